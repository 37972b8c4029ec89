#include "gemm.h"
#include "optimizer-kinds.h"
#include "reduce.h"

enum {
    MUON_LR,
    MUON_MOMENTUM,
    MUON_NESTEROV,
    MUON_NS_STEPS,
    MUON_DECAY,
    MUON_ADAM_LR,
    MUON_BETA1,
    MUON_BETA2,
    MUON_EPS
};

const tt_param tt_muon_params[] = {
    [MUON_LR] = TT_RATE(0.02),
    [MUON_MOMENTUM] = TT_SHARE("momentum", "Momentum", "Memory of the mean gradient.", 0.95),
    [MUON_NESTEROV] = TT_FLAG("nesterov", "Nesterov", "Looks ahead along the momentum.", 1),
    [MUON_NS_STEPS] = TT_INTEGER("ns_steps", "Newton-Schulz steps",
                                 "Iterations that make the step orthogonal.", 1, 20, 5),
    [MUON_DECAY] = TT_DECAY_DECOUPLED(0),
    [MUON_ADAM_LR] = TT_LOG_REAL("adam_lr", "AdamW rate",
                                 "Learning rate of biases and of the output layer, which are left "
                                 "to AdamW; the schedule moves it along.",
                                 0, 1e12, 3e-4),
    [MUON_BETA1] = TT_BETA1,
    [MUON_BETA2] = TT_BETA2(0.95),
    [MUON_EPS] = TT_EPSILON(1e-10),
};

static bool is_orthogonalized(const tt_span *span) {
    return span->weight && span->hidden;
}

/* A matrix of `rows` by `columns` values, rows <= columns, and the room to work on it. */
typedef struct workspace {
    int32_t rows, columns;
    float *x, *bx, *a, *b;
} workspace;

static size_t aligned(size_t n) {
    return (n + 3) / 4 * 4;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* Lays out the workspace of a tensor from `room` on; returns the floats it takes. */
static size_t lay_out(workspace *work, const tt_span *span, float *room) {
    bool wide = span->n_in <= span->n_out;
    int32_t rows = wide ? span->n_in : span->n_out, columns = wide ? span->n_out : span->n_in;
    size_t full = aligned((size_t)tt_span_size(span)),
           square = aligned((size_t)rows * (size_t)rows);
    if (room)
        *work = (workspace){
            .rows = rows,
            .columns = columns,
            .x = room,
            .bx = room + full,
            .a = room + 2 * full,
            .b = room + 2 * full + square,
        };
    return 2 * full + 2 * square;
}

size_t tt_muon_scratch(const tt_span *span, int32_t n_spans) {
    size_t most = 0;
    for (int32_t i = 0; i < n_spans; i++)
        if (is_orthogonalized(&span[i]))
            most = larger(most, lay_out(NULL, &span[i], NULL));
    return most;
}

/* One step of a fifth-order Newton-Schulz iteration, X = aX + (bA + cA²)X with A = XXᵀ, which moves
 * every singular value of X towards 1. */
static void newton_schulz(const workspace *work) {
    const float a = 3.4445f, b = -4.7750f, c = 2.0315f;
    int32_t rows = work->rows, columns = work->columns;
    tt_matrix x = tt_matrix_of(work->x, columns), xx = tt_matrix_of(work->a, rows);
    tt_gemm(rows, rows, columns, x, tt_transposed(work->x, columns), false, NULL, work->a);
    tt_gemm(rows, rows, rows, xx, xx, false, NULL, work->b);
    for (int64_t i = 0; i < (int64_t)rows * rows; i++)
        work->b[i] = b * work->a[i] + c * work->b[i];
    tt_gemm(rows, columns, rows, tt_matrix_of(work->b, rows), x, false, NULL, work->bx);
    for (int64_t i = 0; i < (int64_t)rows * columns; i++)
        work->x[i] = a * work->x[i] + work->bx[i];
}

static void orthogonalize(const workspace *work, int32_t steps) {
    int64_t n = (int64_t)work->rows * work->columns;
    float shrink = (float)(1 / (tt_sqrt(tt_sum_squares(n, work->x)) + 1e-7));
    for (int64_t i = 0; i < n; i++)
        work->x[i] *= shrink;
    for (int32_t i = 0; i < steps; i++)
        newton_schulz(work);
}

/* Where element (i, o) of the tensor is in the workspace. */
static inline int64_t place(const tt_span *span, int32_t i, int32_t o) {
    return span->n_in <= span->n_out ? (int64_t)i * span->n_out + o : (int64_t)o * span->n_in + i;
}

static void muon_tensor(const tt_step *s, const tt_span *span) {
    const double *p = s->p;
    const float *g = s->g + span->offset;
    float *w = s->w + span->offset, *mean = s->slot[0] + span->offset;
    tt_memory memory = tt_memory_of(p[MUON_MOMENTUM]);
    bool nesterov = p[MUON_NESTEROV] != 0;
    workspace work = {0};
    lay_out(&work, span, s->scratch);
    for (int32_t i = 0; i < span->n_in; i++)
        for (int32_t o = 0; o < span->n_out; o++) {
            int64_t at = (int64_t)i * span->n_out + o;
            mean[at] = tt_remember(memory, mean[at], g[at]);
            work.x[place(span, i, o)] =
                nesterov ? memory.keep * mean[at] + memory.enter * g[at] : mean[at];
        }
    orthogonalize(&work, (int32_t)p[MUON_NS_STEPS]);
    double tall = (double)span->n_out / span->n_in;
    float step = (float)(s->rate * (tall > 1 ? tt_sqrt(tall) : 1));
    float shrink = (float)(s->rate * p[MUON_DECAY]);
    for (int32_t i = 0; i < span->n_in; i++)
        for (int32_t o = 0; o < span->n_out; o++) {
            int64_t at = (int64_t)i * span->n_out + o;
            w[at] -= shrink * w[at] + step * work.x[place(span, i, o)];
        }
}

void tt_muon_step(const tt_step *s) {
    const double *p = s->p;
    double adam_rate = p[MUON_LR] > 0 ? p[MUON_ADAM_LR] * (s->rate / p[MUON_LR]) : 0;
    tt_adam adam = tt_adam_of(adam_rate, p[MUON_BETA1], p[MUON_BETA2], p[MUON_EPS], s->t);
    adam.decay.shrink = (float)(adam_rate * p[MUON_DECAY]);
    for (int32_t i = 0; i < s->n_spans; i++) {
        const tt_span *span = &s->span[i];
        int64_t at = span->offset;
        if (is_orthogonalized(span))
            muon_tensor(s, span);
        else
            tt_adam_update(&adam, tt_span_size(span), s->g + at, s->w + at, s->slot[0] + at,
                           s->slot[1] + at, NULL);
    }
}
