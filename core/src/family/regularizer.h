#ifndef TT_REGULARIZER_H
#define TT_REGULARIZER_H

#include "rows.h"
#include "span.h"

/* A regularizer acts at one place of a step or more; the functions of the others are NULL. `w` and
 * `g` point to the first value of the tensor that a span describes. */
typedef struct tt_regularizer {
    tt_descriptor about;

    /* Before the update: the penalty on one tensor, whose gradient is added to g; 0 for tensors it
     * does not concern. */
    double (*penalty)(const double *p, const tt_span *span, const float *w, float *g);

    tt_descriptor column; /* its penalty as a column of the history: key, label, help */

    /* Naive twin of `penalty` in double, without the gradient. */
    double (*reference_penalty)(const double *p, const tt_span *span, const double *w);

    /* Before the update: a limit on the n gradients of all parameters; `norm` is their Euclidean
     * norm. */
    void (*clip)(const double *p, int32_t n, double norm, float *g);

    /* Likewise, a limit on the gradient of one tensor. */
    void (*clip_tensor)(const double *p, const tt_span *span, float *g);

    /* After the update: a limit on one tensor. */
    void (*constrain)(const double *p, const tt_span *span, float *w);

    /* After the update: the share of the present weights in the average that is evaluated instead
     * of them, average += share (w - average); 0 leaves it. `t` counts steps from 1; `*taken`
     * counts how often weights were taken before. */
    double (*average)(const double *p, int64_t t, int64_t steps_per_epoch, int64_t *taken);

    /* After each epoch: whether to stop, going by its validation loss. `state` holds {best, epochs
     * without improvement}, {infinity, 0} at the start. */
    bool (*stop)(const double *p, double loss, double state[2]);

    /* At the end of a run, stopped early or not: whether the weights of its best epoch come back.
     */
    bool (*restores_best)(const double *p);
} tt_regularizer;

extern const tt_regularizer tt_regularizers[];
extern const tt_family tt_regularizer_family;

#endif
