#ifndef TT_AUGMENTER_H
#define TT_AUGMENTER_H

#include "arena.h"
#include "augmentation.h"
#include "pixels.h"

enum { TT_MAX_AUGMENTATIONS = 8 };

/* The augmentations that are on, with what they need to know of a data set. */
typedef struct tt_augmenter {
    const tt_dataset *dataset;
    int32_t n; /* 0: none, and nothing else is there */
    struct {
        const tt_augmentation *row;
        double params[TT_MAX_PARAMS];
    } rows[TT_MAX_AUGMENTATIONS];
    tt_image image;    /* 0 by 0 unless a row acts on pictures */
    float background;  /* for pixels that were left out */
    float *deviations; /* (n_features) of columns of numbers in the training rows, else 0 */
    tt_pixel *pixels;  /* of the image */
    float *pictures[2];
} tt_augmenter;

/* Reads `augmentation` and its parameters. TT_BAD_SETTING when pictures are to be changed and there
 * are none, or their background cannot be scaled. */
tt_status tt_augmenter_begin(tt_augmenter *augmenter, const tt_dataset *dataset,
                             const tt_config *config, tt_error *error);

/* Takes its arrays from an arena; fills them in, once there is room. */
void tt_augmenter_lay_out(tt_augmenter *augmenter, tt_arena *arena);
void tt_augmenter_fit(tt_augmenter *augmenter);

/* Changes n rows of inputs in place: first their pictures, then the inputs as they are scaled. Rows
 * draw one after the other, so that it is the same in portions of any size. */
void tt_augment_rows(const tt_augmenter *augmenter, int32_t n, tt_random *random, float *x);

/* Adds normal noise to n inputs. */
void tt_add_noise(double deviation, int64_t n, tt_random *random, float *x);

#endif
