#include "pixels.h"

#include "dataset-store.h"

static float value_of(const tt_dataset *dataset, const tt_encoder *encoder, float x) {
    if (encoder->constant)
        return (float)encoder->min;
    return (float)encoder->scaler->invert(dataset->fitted + encoder->fitted, x);
}

void tt_read_pixels(const tt_dataset *dataset, int32_t n, const tt_pixel *pixels, float absent,
                    const float *x, float *values) {
    for (int32_t i = 0; i < n; i++) {
        const tt_pixel *pixel = &pixels[i];
        if (pixel->feature < 0)
            values[i] = absent;
        else if (pixel->encoder < 0)
            values[i] = x[pixel->feature];
        else
            values[i] = value_of(dataset, &dataset->encoders[pixel->encoder], x[pixel->feature]);
    }
}

void tt_write_pixels(const tt_dataset *dataset, int32_t n, const tt_pixel *pixels,
                     const float *values, float *x) {
    for (int32_t i = 0; i < n; i++) {
        const tt_pixel *pixel = &pixels[i];
        if (pixel->feature < 0)
            continue;
        const tt_encoder *encoder = pixel->encoder < 0 ? NULL : &dataset->encoders[pixel->encoder];
        if (!encoder)
            x[pixel->feature] = values[i];
        else if (!encoder->constant)
            x[pixel->feature] =
                (float)tt_scale(encoder->scaler, dataset->fitted + encoder->fitted, values[i]);
    }
}
