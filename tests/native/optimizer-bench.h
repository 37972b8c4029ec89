#ifndef OPTIMIZER_BENCH_H
#define OPTIMIZER_BENCH_H

/* A bench on which one optimizer runs, with all the room that any row asks for. */

#include "family-rows.h"

#include "optimizer.h"

enum { N = 8, FIRST_TENSOR = 6, MAX_N = 64, MAX_HISTORY = 256, MAX_SCRATCH = 4096 };

typedef struct bench {
    const tt_optimizer *row;
    double p[TT_MAX_PARAMS], scalars[TT_MAX_SCALARS];
    float w[MAX_N], g[MAX_N], state[TT_MAX_SLOTS][MAX_N], history[MAX_HISTORY * MAX_N];
    float scratch[MAX_SCRATCH] __attribute__((aligned(16)));
    float *slot[TT_MAX_SLOTS];
    tt_span span[2];
    tt_step step;
} bench;

/* N parameters: a matrix, and a vector from FIRST_TENSOR on. */
static const tt_span two_tensors[] = {{0, 3, 2, true, true}, {FIRST_TENSOR, 1, 2, false, true}};

static inline void set_up(bench *b, int32_t row, int32_t n, const tt_span *spans, int32_t n_spans) {
    memset(b, 0, sizeof *b);
    b->row = &tt_optimizers[row];
    row_defaults(&tt_optimizer_family, row, b->p);
    for (int i = 0; i < TT_MAX_SLOTS; i++)
        b->slot[i] = i < b->row->n_slots ? b->state[i] : NULL;
    b->step = (tt_step){.n = n,
                        .p = b->p,
                        .g = b->g,
                        .w = b->w,
                        .slot = b->slot,
                        .history = b->history,
                        .scalars = b->scalars,
                        .scratch = b->scratch,
                        .span = spans,
                        .n_spans = n_spans};
    if (b->row->history_length)
        assert_true(b->row->history_length(b->p) <= MAX_HISTORY);
    if (b->row->scratch_size)
        assert_true(b->row->scratch_size(spans, n_spans) <= MAX_SCRATCH);
}

static inline void take_step(bench *b, double rate, double loss) {
    b->step.t += 1;
    b->step.rate = rate;
    b->step.loss = loss;
    b->row->step(&b->step);
}

#endif
