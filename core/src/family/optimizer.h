#ifndef TT_OPTIMIZER_H
#define TT_OPTIMIZER_H

#include "rows.h"
#include "span.h"

enum { TT_MAX_SLOTS = 4, TT_MAX_SCALARS = 64 };

/* One update. */
typedef struct tt_step {
    int32_t n;           /* parameters in all */
    const double *p;     /* the row's parameters, of which the first is the base rate */
    double rate;         /* of this step, after the schedule */
    int64_t t;           /* counts steps from 1 */
    double loss;         /* of this batch with penalty, at w */
    const float *g;      /* (n) gradient at w */
    float *w;            /* (n) parameters, updated in place */
    float *const *slot;  /* n_slots arrays of n values, zero before the first step */
    float *history;      /* history_length(p) arrays of n values, likewise */
    double *scalars;     /* TT_MAX_SCALARS values, likewise */
    float *scratch;      /* scratch_size values, 16-byte aligned, that no step leaves to the next */
    const tt_span *span; /* the tensors, in order and without gaps */
    int32_t n_spans;
} tt_step;

/* Tiny moments are flushed to zero (subnormals are slow everywhere, and wasm cannot flush them by
 * itself). All state is in slots, history and scalars, so that a snapshot is a copy of them. */
typedef struct tt_optimizer {
    tt_descriptor about;
    int32_t n_slots;  /* arrays of state, one value a parameter */
    int32_t momentum; /* which parameter a schedule with a momentum of its own replaces; 0: none */
    bool full_batch;  /* takes all rows in every step, whatever the batch size */
    int32_t (*history_length)(const double *p); /* more arrays of state; NULL for none */
    size_t (*scratch_size)(const tt_span *span, int32_t n_spans); /* floats; NULL for none */
    void (*step)(const tt_step *step);

    /* The parameters to evaluate and predict with, where they are not w itself; NULL otherwise. */
    void (*averaged)(const tt_step *step, float *averaged);
} tt_optimizer;

extern const tt_optimizer tt_optimizers[];
extern const tt_family tt_optimizer_family;

#endif
