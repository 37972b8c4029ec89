#ifndef TT_OPTIMIZER_KINDS_H
#define TT_OPTIMIZER_KINDS_H

#include "maths-lanes.h"
#include "optimizer.h"
#include "params.h"

/* What the optimizers share, and the parameters and functions that the table in optimizer.c takes
 * from the file of each kind. */

/* The momentum, or beta 1, stands second in every row that has one. */
enum { TT_MOMENTUM = 1 };

#define TT_RATE(default_rate)                                                                      \
    {                                                                                              \
        .key = "lr", .label = "Learning rate", .help = "Size of a step, before the schedule.",     \
        .kind = TT_KIND_REAL, .min = 0, .max = 1e12, .value = default_rate, .log_scale = true      \
    }
#define TT_KEPT_MOMENTUM TT_SHARE("momentum", "Momentum", "Share of the last step that is kept.", 0)
#define TT_BETA1         TT_SHARE("beta1", "Beta 1", "Memory of the mean gradient.", 0.9)
#define TT_BETA2(default_share)                                                                    \
    TT_SHARE("beta2", "Beta 2", "Memory of the mean squared gradient.", default_share)
#define TT_EPSILON(default_epsilon)                                                                \
    TT_LOG_REAL("eps", "Epsilon", "Keeps the division from blowing up.", 0, 1, default_epsilon)
#define TT_INITIAL_SUM(text) TT_LOG_REAL("initial_accumulator", "Initial sum", text, 0, 1e6, 0)

/* Where the libraries disagree, the row has both definitions. */
enum { TT_FORM_TORCH, TT_FORM_KERAS };
#define TT_FORM(differences) TT_CHOICE("form", "Definition", differences, "torch|keras", "torch")

#define TT_DECAY_DECOUPLED(default_decay)                                                          \
    TT_LOG_REAL("weight_decay", "Weight decay",                                                    \
                "Shrinks every parameter by rate times this at each step, biases too.", 0, 100,    \
                default_decay)

/* Two parameters, one after the other. */
#define TT_DECAY                                                                                   \
    TT_LOG_REAL("weight_decay", "Weight decay", "Pulls every parameter to zero, biases too.", 0,   \
                100, 0),                                                                           \
        TT_FLAG("decoupled", "Decoupled decay",                                                    \
                "Off: decay times weight is added to the gradient. On: every weight shrinks by "   \
                "rate times decay, apart from the gradient (as Keras does).",                      \
                0)

/* A step adds `coupled` times the weight to the gradient, and takes `shrink` times the weight away
 * from the weight: less rounding than to scale by 1 - shrink. */
typedef struct tt_decay {
    float coupled, shrink;
} tt_decay;

/* Of the two parameters of TT_DECAY, of which the first is at p[at]. */
static inline tt_decay tt_decay_of(const tt_step *s, int32_t at) {
    if (s->p[at + 1] != 0)
        return (tt_decay){0, (float)(s->rate * s->p[at])};
    return (tt_decay){(float)s->p[at], 0};
}

/* Subnormal numbers cost a hundred cycles each, and a moment that has decayed this far moves
 * nothing. */
static inline float tt_flush(float x) {
    return __builtin_fabsf(x) < tt_constants.least_normal ? 0 : x;
}

/* Inline, so that the loops over parameters become vector code. */
static inline float tt_root(float x) {
    return __builtin_sqrtf(x);
}

/* A moving average, "old = keep old + enter x", and the least x whose square enters as a number
 * that is not subnormal. */
typedef struct tt_memory {
    float keep, enter, least;
} tt_memory;

static inline tt_memory tt_memory_of(double beta) {
    double least = tt_sqrt((double)tt_constants.least_normal / (1 - beta));
    return (tt_memory){(float)beta, (float)(1 - beta), (float)least};
}

static inline float tt_remember(tt_memory memory, float old, float x) {
    return tt_flush(memory.keep * old + memory.enter * x);
}

/* The same of the square of x, which counts as no smaller than it can without becoming subnormal.
 */
static inline float tt_remember_square(tt_memory memory, float old, float x) {
    float size = __builtin_fabsf(x);
    size = size < memory.least ? memory.least : size;
    return memory.keep * old + memory.enter * (size * size);
}

/* What a moving average that started at zero has to be divided by after t steps. */
static inline double tt_bias(double beta, int64_t t) {
    return 1 - tt_pow(beta, (double)t);
}

/* Adam on a stretch of the parameters. `highest` is NULL without AMSGrad. */
typedef struct tt_adam {
    tt_memory mean, square;
    float step, correction, eps;
    tt_decay decay;
} tt_adam;

/* Moments and bias corrections for the t-th step. */
tt_adam tt_adam_of(double rate, double beta1, double beta2, double eps, int64_t t);
void tt_adam_update(const tt_adam *adam, int64_t n, const float *restrict g, float *restrict w,
                    float *restrict m, float *restrict v, float *restrict highest);

/* optimizer-sgd.c */
extern const tt_param tt_sgd_params[7], tt_asgd_params[6];
void tt_sgd_step(const tt_step *s);
void tt_asgd_step(const tt_step *s);
void tt_asgd_averaged(const tt_step *s, float *averaged);

/* optimizer-adaptive.c */
extern const tt_param tt_adagrad_params[7], tt_adadelta_params[5], tt_rmsprop_params[8],
    tt_ftrl_params[6];
void tt_adagrad_step(const tt_step *s);
void tt_adadelta_step(const tt_step *s);
void tt_rmsprop_step(const tt_step *s);
void tt_ftrl_step(const tt_step *s);

/* optimizer-adam.c */
extern const tt_param tt_adam_params[8], tt_adamw_params[7], tt_adamax_params[7],
    tt_nadam_params[7], tt_radam_params[6];
void tt_adam_step(const tt_step *s);
void tt_adamw_step(const tt_step *s);
void tt_adamax_step(const tt_step *s);
void tt_nadam_step(const tt_step *s);
void tt_radam_step(const tt_step *s);

/* optimizer-moments.c */
extern const tt_param tt_yogi_params[8], tt_adabelief_params[6], tt_lamb_params[6];
void tt_yogi_step(const tt_step *s);
void tt_adabelief_step(const tt_step *s);
void tt_lamb_step(const tt_step *s);

/* optimizer-sign.c */
extern const tt_param tt_rprop_params[5], tt_lion_params[4];
void tt_rprop_step(const tt_step *s);
void tt_lion_step(const tt_step *s);

/* optimizer-schedule-free.c */
extern const tt_param tt_schedulefree_sgd_params[5], tt_schedulefree_adamw_params[7];
void tt_schedulefree_sgd_step(const tt_step *s);
void tt_schedulefree_adamw_step(const tt_step *s);
void tt_schedulefree_averaged(const tt_step *s, float *averaged);

/* optimizer-muon.c */
extern const tt_param tt_muon_params[9];
size_t tt_muon_scratch(const tt_span *span, int32_t n_spans);
void tt_muon_step(const tt_step *s);

/* optimizer-lbfgs.c */
extern const tt_param tt_lbfgs_params[4];
int32_t tt_lbfgs_history(const double *p);
void tt_lbfgs_step(const tt_step *s);
void tt_lbfgs_averaged(const tt_step *s, float *averaged);

#endif
