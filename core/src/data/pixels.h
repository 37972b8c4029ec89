#ifndef TT_PIXELS_H
#define TT_PIXELS_H

#include "tabtrain/image.h"

/* One pixel of the pictures in a data set. */
typedef struct tt_pixel {
    int32_t encoder; /* of the preparation; -1 where there is no column, or no preparation */
    int32_t feature; /* -1 for a pixel that was left out */
} tt_pixel;

/* Fills in the height * width pixels of an image that tt_image_find has found, row by row. */
void tt_image_pixels(const tt_dataset *dataset, const tt_image *image, tt_pixel *pixels);

/* The values that n pixels had in the file, from one scaled row x: through the inverse of the
 * scaler, up to rounding. A pixel that was left out is `absent`. Without a preparation these are
 * the features as they are. */
void tt_read_pixels(const tt_dataset *dataset, int32_t n, const tt_pixel *pixels, float absent,
                    const float *x, float *values);

/* The inputs of such values, as if they had come from the file: a pixel that is constant in the
 * training rows stays 0. */
void tt_write_pixels(const tt_dataset *dataset, int32_t n, const tt_pixel *pixels,
                     const float *values, float *x);

#endif
