#ifndef TT_REGULARIZER_H
#define TT_REGULARIZER_H

#include "rows.h"

/* A regularizer acts at one of three places of a step; the functions of the others are NULL. */
typedef struct tt_regularizer {
    tt_descriptor about;

    /* A penalty on the n weights w (biases excluded): returns it, and adds its gradient to g. */
    double (*penalty)(const double *p, int32_t n, const float *w, float *g);

    /* A limit on the n gradients of all parameters; `norm` is their Euclidean norm. */
    void (*clip)(const double *p, int32_t n, double norm, float *g);

    /* Whether to stop, after each epoch with its validation loss. `state` holds {best, epochs
     * without improvement}, {infinity, 0} at the start. */
    bool (*stop)(const double *p, double loss, double state[2]);
} tt_regularizer;

extern const tt_regularizer tt_regularizers[];
extern const tt_family tt_regularizer_family;

#endif
