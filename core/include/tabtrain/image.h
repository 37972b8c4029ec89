#ifndef TABTRAIN_IMAGE_H
#define TABTRAIN_IMAGE_H

#include "tabtrain/dataset.h"

/* Rows that are pictures: a column for each pixel, of one channel. */
typedef struct tt_image {
    int32_t height, width; /* 0 and 0 where the rows are no pictures */
    bool set;              /* by data.image, not found */

    /* Which columns are pixels: those named like column `leader` of the preparation, or all numbers
     * in order where it is -1; and the number that their names count from, 0 or 1. */
    int32_t leader, base;
} tt_image;

/* Goes by data.image: "none", a size such as 28x28 (height x width), or "auto". That finds
 *
 *   - columns of numbers named by row and column (pixel_0_0, 1x1 ... 28x28), at least 4 by 4, if
 * the name says pixel or their values lie in one range;
 *   - columns named by one number (pixel0 ... pixel783) that make up a square of at least 4 by 4,
 * if the name says pixel or their values are like greys;
 *   - all columns in the order of the file, if they are a square number of such greys.
 *
 * One range: no value is below 0, most columns begin there, and a third of them reach nearly the
 * highest value. Like greys: at least 6 by 6 in one range of whole numbers up to 15 or more. Up to
 * half of the pixels may be left out where names tell which. For a data set from arrays only a size
 * finds anything: the features in order.
 *
 * TT_BAD_SETTING (data.image) for a text that is none of these, or a size that does not fit. */
tt_status tt_image_find(const tt_dataset *dataset, const tt_config *config, tt_image *image,
                        tt_error *error);

/* {"height": 8, "width": 8, "set": false, "low": 0, "high": 16, "columns": ["pixel_0_0", ...,
 * null]} with the range of the training rows and the column of each pixel, row by row; null for a
 * pixel that was left out, and in place of all when there is no picture. The caller frees it with
 * tt_free_text; NULL with TT_NO_MEMORY, or as tt_image_find fails. */
char *tt_image_json(const tt_dataset *dataset, const tt_config *config, tt_error *error);

#endif
