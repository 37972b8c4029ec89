#ifndef TT_ASIDE_H
#define TT_ASIDE_H

#include "trainer-state.h"

/* Passes beside a run, which may be in the middle of a batch: they work on a gradient of their own,
 * draw dropout from a copy of the random numbers, and the running statistics are put back. */
typedef struct tt_aside {
    tt_trainer *trainer;
    float *gradient, *running; /* of the run, while it stands aside */
    tt_random dropout;
    const float *given[TT_MAX_HIDDEN];
} tt_aside;

/* From here to the end network.gradient is another array, of zeros. TT_NO_MEMORY when there is no
 * room for it, and then there is nothing to end. */
tt_status tt_aside_begin(tt_aside *aside, tt_trainer *trainer, tt_error *error);
void tt_aside_end(tt_aside *aside);

/* Adds the gradient of n rows of a part from `first` on, a chunk at the most, as a training step
 * without noise finds it: divided by `weight`, and without penalties. Goes down to layer `last` and
 * returns the gradient of its sums: see tt_network_backward_to. */
const float *tt_aside_gradient(tt_aside *aside, tt_part part, int64_t first, int32_t n,
                               double weight, int32_t last);

#endif
