#include "optimizer-kinds.h"

enum { ADAGRAD_LR, ADAGRAD_LR_DECAY, ADAGRAD_INITIAL, ADAGRAD_FORM, ADAGRAD_EPS, ADAGRAD_DECAY };

const tt_param tt_adagrad_params[] = {
    [ADAGRAD_LR] = TT_RATE(0.01),
    [ADAGRAD_LR_DECAY] = TT_LOG_REAL("lr_decay", "Rate decay",
                                     "Divides the rate by 1 + (steps done) times this.", 0, 1, 0),
    [ADAGRAD_INITIAL] = TT_INITIAL_SUM("Where the sum of squared gradients starts."),
    [ADAGRAD_FORM] = TT_FORM("Epsilon outside the root (torch) or inside (keras)."),
    [ADAGRAD_EPS] = TT_EPSILON(1e-10),
    [ADAGRAD_DECAY] = TT_DECAY,
};

static void fill(int32_t n, double value, float *x) {
    for (int32_t i = 0; i < n; i++)
        x[i] = (float)value;
}

/* Epsilon to add inside the root, and the one to add to the root. */
typedef struct epsilons {
    float inside, outside;
} epsilons;

static epsilons epsilons_of(double eps, double form) {
    return form == TT_FORM_KERAS ? (epsilons){(float)eps, 0} : (epsilons){0, (float)eps};
}

static inline float root(float square, epsilons eps) {
    return tt_root(square + eps.inside) + eps.outside;
}

void tt_adagrad_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict sum = s->slot[0];
    float lr = (float)(s->rate / (1 + (double)(s->t - 1) * p[ADAGRAD_LR_DECAY]));
    tt_decay decay = tt_decay_of(s, ADAGRAD_DECAY);
    epsilons eps = epsilons_of(p[ADAGRAD_EPS], p[ADAGRAD_FORM]);
    if (s->t == 1)
        fill(s->n, p[ADAGRAD_INITIAL], sum);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        sum[i] = tt_flush(sum[i] + gradient * gradient);
        float divisor = root(sum[i], eps);
        w[i] -= decay.shrink * w[i] + lr * (divisor > 0 ? gradient / divisor : 0);
    }
}

enum { ADADELTA_LR, ADADELTA_RHO, ADADELTA_EPS, ADADELTA_DECAY };

const tt_param tt_adadelta_params[] = {
    [ADADELTA_LR] = TT_RATE(1),
    [ADADELTA_RHO] = TT_SHARE("rho", "Memory ρ",
                              "Memory of the squared gradients and of the squared steps.", 0.9),
    [ADADELTA_EPS] =
        TT_LOG_REAL("eps", "Epsilon", "Starts the steps and keeps them going.", 1e-12, 1, 1e-6),
    [ADADELTA_DECAY] = TT_DECAY,
};

void tt_adadelta_step(const tt_step *s) {
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict square = s->slot[0], *restrict moved = s->slot[1];
    float lr = (float)s->rate, eps = (float)s->p[ADADELTA_EPS];
    tt_memory rho = tt_memory_of(s->p[ADADELTA_RHO]);
    tt_decay decay = tt_decay_of(s, ADADELTA_DECAY);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        square[i] = tt_remember_square(rho, square[i], gradient);
        float step = tt_root(moved[i] + eps) / tt_root(square[i] + eps) * gradient;
        moved[i] = tt_remember_square(rho, moved[i], step);
        w[i] -= decay.shrink * w[i] + lr * step;
    }
}

enum {
    RMSPROP_LR,
    RMSPROP_MOMENTUM,
    RMSPROP_ALPHA,
    RMSPROP_CENTERED,
    RMSPROP_FORM,
    RMSPROP_EPS,
    RMSPROP_DECAY
};

const tt_param tt_rmsprop_params[] = {
    [RMSPROP_LR] = TT_RATE(0.01),
    [RMSPROP_MOMENTUM] = TT_KEPT_MOMENTUM,
    [RMSPROP_ALPHA] = TT_SHARE("alpha", "Smoothing", "Memory of the mean squared gradient.", 0.99),
    [RMSPROP_CENTERED] = TT_FLAG("centered", "Centered",
                                 "Divides by an estimate of the gradient's deviation instead.", 0),
    [RMSPROP_FORM] = TT_FORM("Epsilon outside the root and momentum without the rate (torch), or "
                             "epsilon inside and momentum with the rate (keras)."),
    [RMSPROP_EPS] = TT_EPSILON(1e-8),
    [RMSPROP_DECAY] = TT_DECAY,
};

void tt_rmsprop_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w;
    float *restrict v = s->slot[0], *restrict mean = s->slot[1], *restrict b = s->slot[2];
    bool centered = p[RMSPROP_CENTERED] != 0, gathers_steps = p[RMSPROP_FORM] == TT_FORM_KERAS;
    float before = gathers_steps ? (float)s->rate : 1, after = gathers_steps ? 1 : (float)s->rate;
    float momentum = (float)p[RMSPROP_MOMENTUM];
    tt_memory alpha = tt_memory_of(p[RMSPROP_ALPHA]);
    tt_decay decay = tt_decay_of(s, RMSPROP_DECAY);
    epsilons eps = epsilons_of(p[RMSPROP_EPS], p[RMSPROP_FORM]);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        v[i] = tt_remember_square(alpha, v[i], gradient);
        float variance = v[i];
        if (centered) {
            mean[i] = tt_remember(alpha, mean[i], gradient);
            variance -= mean[i] * mean[i];
            variance = variance < 0 ? 0 : variance;
        }
        float divisor = root(variance, eps);
        float step = divisor > 0 ? before * gradient / divisor : 0;
        if (momentum != 0)
            step = b[i] = tt_flush(momentum * b[i] + step);
        w[i] -= decay.shrink * w[i] + after * step;
    }
}

enum { FTRL_LR, FTRL_INITIAL, FTRL_L1, FTRL_L2, FTRL_L2_SHRINKAGE, FTRL_BETA };

const tt_param tt_ftrl_params[] = {
    [FTRL_LR] = TT_RATE(0.05),
    [FTRL_INITIAL] = TT_LOG_REAL("initial_accumulator", "Initial sum",
                                 "Where the sum of squared gradients starts.", 0, 1e6, 0.1),
    [FTRL_L1] = TT_LOG_REAL("l1", "L1", "Pull to exactly zero, biases too.", 0, 1e6, 0),
    [FTRL_L2] = TT_LOG_REAL("l2", "L2", "Pull towards zero, biases too.", 0, 1e6, 0),
    [FTRL_L2_SHRINKAGE] =
        TT_LOG_REAL("l2_shrinkage", "L2 shrinkage",
                    "Adds twice this times the weight to the gradient.", 0, 1e6, 0),
    [FTRL_BETA] = TT_LOG_REAL("beta", "Beta", "Makes the first steps shorter.", 0, 1e6, 0),
};

void tt_ftrl_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict sum = s->slot[0], *restrict z = s->slot[1];
    if (s->rate <= 0)
        return;
    float per_rate = (float)(1 / s->rate), l1 = (float)p[FTRL_L1];
    float twice_l2 = (float)(2 * p[FTRL_L2] + p[FTRL_BETA] / s->rate);
    float shrinkage = (float)(2 * p[FTRL_L2_SHRINKAGE]);
    if (s->t == 1)
        fill(s->n, p[FTRL_INITIAL], sum);
    for (int32_t i = 0; i < s->n; i++) {
        float square = g[i] * g[i], before = tt_root(sum[i]);
        sum[i] = tt_flush(sum[i] + square);
        float after = tt_root(sum[i]), both = before + after;
        float grown = both > 0 ? square / both : 0; /* after - before, without cancellation */
        z[i] = tt_flush(z[i] + (g[i] + shrinkage * w[i]) - grown * per_rate * w[i]);
        float divisor = after * per_rate + twice_l2;
        float pull = z[i] > l1 ? l1 - z[i] : z[i] < -l1 ? -l1 - z[i] : 0;
        w[i] = divisor > 0 ? pull / divisor : w[i];
    }
}
