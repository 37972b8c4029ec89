#ifndef TT_AUGMENTATION_H
#define TT_AUGMENTATION_H

#include "random.h"
#include "rows.h"

/* An augmentation changes one training row each time it is used, so that no two epochs see quite
 * the same rows. It acts on the scaled inputs or on the pixels of a picture; the other function is
 * NULL.
 */
typedef struct tt_augmentation {
    tt_descriptor about;

    /* Changes n inputs in place; `deviations` are those of each over the training rows, 0 for an
     * input that is to stay as it is. */
    void (*inputs)(const double *p, int32_t n, const float *deviations, tt_random *random,
                   float *x);

    /* Makes another picture of one of height by width pixels, row by row, in the values of the
     * file.
     */
    void (*picture)(const double *p, int32_t height, int32_t width, tt_random *random,
                    const float *pixels, float *changed);

    /* The value of pixels that come from outside a picture; NULL where none do. */
    double (*background)(const double *p);
} tt_augmentation;

extern const tt_augmentation tt_augmentations[];
extern const tt_family tt_augmentation_family;

#endif
