#ifndef TABTRAIN_PICTURE_PREVIEW_H
#define TABTRAIN_PICTURE_PREVIEW_H

#include "tabtrain/image.h"

/* What training would make of some pictures: up to n training rows, spread evenly over them, into
 * `originals` of (n, height * width), and each once changed by the augmentations and the input
 * noise of the configuration into `changed`, both in the values of the file; mixup comes after that
 * and is left out. The same seed gives the same changes. Returns how many rows there are, or -1:
 * TT_BAD_SETTING when the rows are no pictures or an augmentation does not fit them, TT_NO_MEMORY.
 */
int32_t tt_picture_preview(const tt_dataset *dataset, const tt_config *config, int32_t n,
                           uint32_t seed, float *originals, float *changed, tt_error *error);

#endif
