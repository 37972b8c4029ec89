#include <stdlib.h>

#include "dataset-store.h"
#include "pixels.h"

static void add_range(tt_text *json, const tt_dataset *dataset, int32_t n, const tt_pixel *pixels) {
    double low = 0, high = 0;
    bool any = false;
    for (int32_t i = 0; i < n; i++) {
        if (pixels[i].encoder < 0)
            continue;
        const tt_encoder *encoder = &dataset->encoders[pixels[i].encoder];
        low = !any || encoder->min < low ? encoder->min : low;
        high = !any || encoder->max > high ? encoder->max : high;
        any = true;
    }
    tt_text_add(json, ",\"low\":%n,\"high\":%n", low, high);
}

static void add_image(tt_text *json, const tt_dataset *dataset, const tt_image *image,
                      const tt_pixel *pixels) {
    int32_t n = image->height * image->width;
    tt_text_add(json, "{\"height\":%i,\"width\":%i,\"set\":%s", (int)image->height,
                (int)image->width, image->set ? "true" : "false");
    add_range(json, dataset, n, pixels);
    tt_text_add(json, ",\"columns\":[");
    for (int32_t i = 0; i < n; i++) {
        tt_text_add(json, i ? "," : "");
        if (pixels[i].feature < 0)
            tt_text_add(json, "null");
        else
            tt_text_add(json, "%j", dataset->feature_names[pixels[i].feature]);
    }
    tt_text_add(json, "]}");
}

char *tt_image_json(const tt_dataset *dataset, const tt_config *config, tt_error *error) {
    tt_image image;
    if (tt_image_find(dataset, config, &image, error) != TT_OK)
        return NULL;
    tt_text json = {0};
    if (image.height == 0) {
        tt_text_add(&json, "null");
        return tt_text_finish(&json);
    }
    tt_pixel *pixels = malloc((size_t)image.height * (size_t)image.width * sizeof *pixels);
    if (!pixels) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for the pictures.");
        return NULL;
    }
    tt_image_pixels(dataset, &image, pixels);
    add_image(&json, dataset, &image, pixels);
    free(pixels);
    return tt_text_finish(&json);
}
