#include <string.h>

#include "optimizer-kinds.h"

enum { SGD_LR, SGD_MOMENTUM, SGD_DAMPENING, SGD_NESTEROV, SGD_FORM, SGD_DECAY };

const tt_param tt_sgd_params[] = {
    [SGD_LR] = TT_RATE(0.01),
    [SGD_MOMENTUM] = TT_KEPT_MOMENTUM,
    [SGD_DAMPENING] = TT_REAL("dampening", "Dampening",
                              "Share of the gradient that does not enter the momentum.", 0, 1, 0),
    [SGD_NESTEROV] =
        TT_FLAG("nesterov", "Nesterov", "Looks ahead: steps along gradient plus momentum.", 0),
    [SGD_FORM] = TT_FORM("Momentum gathers gradients (torch) or steps (keras); they differ when "
                         "the rate changes."),
    [SGD_DECAY] = TT_DECAY,
};

static void plain_step(const tt_step *s, tt_decay decay) {
    const float *restrict g = s->g;
    float *restrict w = s->w;
    float lr = (float)s->rate;
    for (int32_t i = 0; i < s->n; i++)
        w[i] -= decay.shrink * w[i] + lr * (g[i] + decay.coupled * w[i]);
}

/* What multiplies the gradient on its way into the momentum, and the momentum on its way into the
 * weights. */
typedef struct momentum_factors {
    float keep, before, enter, after;
} momentum_factors;

/* Inlined with constants, so that the loop has neither branches nor terms that are zero. */
static inline __attribute__((always_inline)) void momentum_loop(const tt_step *s, tt_decay decay,
                                                                momentum_factors by,
                                                                const bool decays,
                                                                const bool nesterov) {
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict b = s->slot[0];
    for (int32_t i = 0; i < s->n; i++) {
        float weight = w[i];
        float step = by.before * (decays ? g[i] + decay.coupled * weight : g[i]);
        float kept = tt_flush(by.keep * b[i] + by.enter * step);
        float change = by.after * (nesterov ? step + by.keep * kept : kept);
        b[i] = kept;
        w[i] = weight - (decays ? decay.shrink * weight + change : change);
    }
}

static void momentum_step(const tt_step *s, tt_decay decay, momentum_factors by) {
    bool decays = decay.coupled != 0 || decay.shrink != 0, nesterov = s->p[SGD_NESTEROV] != 0;
    if (decays && nesterov)
        momentum_loop(s, decay, by, true, true);
    else if (decays)
        momentum_loop(s, decay, by, true, false);
    else if (nesterov)
        momentum_loop(s, decay, by, false, true);
    else
        momentum_loop(s, decay, by, false, false);
}

void tt_sgd_step(const tt_step *s) {
    const double *p = s->p;
    tt_decay decay = tt_decay_of(s, SGD_DECAY);
    float rate = (float)s->rate;
    bool gathers_steps = p[SGD_FORM] == TT_FORM_KERAS;
    momentum_factors by = {.keep = (float)p[SGD_MOMENTUM],
                           .before = gathers_steps ? rate : 1,
                           .enter = s->t == 1 ? 1 : (float)(1 - p[SGD_DAMPENING]),
                           .after = gathers_steps ? 1 : rate};
    if (p[SGD_MOMENTUM] == 0)
        plain_step(s, decay);
    else
        momentum_step(s, decay, by);
}

enum { ASGD_LR, ASGD_LAMBDA, ASGD_ALPHA, ASGD_T0, ASGD_DECAY };

const tt_param tt_asgd_params[] = {
    [ASGD_LR] = TT_RATE(0.01),
    [ASGD_LAMBDA] = TT_LOG_REAL("lambd", "Decay λ", "Shrinks the weights, and the rate over time.",
                                0, 100, 1e-4),
    [ASGD_ALPHA] = TT_REAL("alpha", "Power α", "How fast the rate falls.", 0, 10, 0.75),
    [ASGD_T0] = TT_LOG_REAL("t0", "Average from step",
                            "Steps before the averaging of the weights begins.", 0, 1e12, 1e6),
    [ASGD_DECAY] = TT_DECAY,
};

void tt_asgd_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict average = s->slot[0];
    double done = (double)(s->t - 1), late = done - p[ASGD_T0];
    double eta = s->rate / tt_pow(1 + p[ASGD_LAMBDA] * s->rate * done, p[ASGD_ALPHA]);
    tt_decay decay = tt_decay_of(s, ASGD_DECAY);
    float step = (float)eta, shrink = (float)(p[ASGD_LAMBDA] * eta);
    float share = late > 1 ? (float)(1 / late) : 1;
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        w[i] -= (shrink + decay.shrink) * w[i] + step * gradient;
        average[i] = share == 1 ? w[i] : average[i] + share * (w[i] - average[i]);
    }
}

/* Until the average begins it is the weights, as the limits on them have left them. */
void tt_asgd_averaged(const tt_step *s, float *averaged) {
    bool begun = (double)(s->t - 1) - s->p[ASGD_T0] > 1;
    memcpy(averaged, begun ? s->slot[0] : s->w, (size_t)s->n * sizeof *averaged);
}
