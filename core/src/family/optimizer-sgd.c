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

void tt_sgd_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict b = s->slot[0];
    tt_decay decay = tt_decay_of(s, SGD_DECAY);
    float momentum = (float)p[SGD_MOMENTUM];
    if (momentum == 0) {
        plain_step(s, decay);
        return;
    }
    bool nesterov = p[SGD_NESTEROV] != 0, gathers_steps = p[SGD_FORM] == TT_FORM_KERAS;
    float enter = s->t == 1 ? 1 : (float)(1 - p[SGD_DAMPENING]);
    float before = gathers_steps ? (float)s->rate : 1, after = gathers_steps ? 1 : (float)s->rate;
    for (int32_t i = 0; i < s->n; i++) {
        float step = before * (g[i] + decay.coupled * w[i]);
        b[i] = tt_flush(momentum * b[i] + enter * step);
        w[i] -= decay.shrink * w[i] + after * (nesterov ? step + momentum * b[i] : b[i]);
    }
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
