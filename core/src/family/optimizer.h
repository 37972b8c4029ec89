#ifndef TT_OPTIMIZER_H
#define TT_OPTIMIZER_H

#include "rows.h"

enum { TT_MAX_SLOTS = 3 };

typedef struct tt_optimizer {
    tt_descriptor about;
    int32_t n_slots; /* arrays of state, one value a parameter, zero at the start */

    /* One update of the n parameters w with their gradient g. `p` holds the row's parameters in
     * order, of which the first is the base rate; `rate` is the rate of this step, `t` counts
     * steps from 1. Tiny moments are flushed to zero (subnormals are slow everywhere, and wasm
     * cannot flush them by itself). */
    void (*step)(int32_t n, const double *p, double rate, int64_t t, const float *g, float *w,
                 float *const slot[]);
} tt_optimizer;

extern const tt_optimizer tt_optimizers[];
extern const tt_family tt_optimizer_family;

#endif
