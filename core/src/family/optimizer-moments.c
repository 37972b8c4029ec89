#include "optimizer-kinds.h"

/* Relatives of Adam: two moments, used another way. */

enum { YOGI_LR, YOGI_BETA1, YOGI_BETA2, YOGI_INITIAL, YOGI_BIAS_CORRECTION, YOGI_EPS, YOGI_DECAY };

const tt_param tt_yogi_params[] = {
    [YOGI_LR] = TT_RATE(0.01),
    [YOGI_BETA1] = TT_BETA1,
    [YOGI_BETA2] = TT_BETA2(0.999),
    [YOGI_INITIAL] = TT_INITIAL_SUM("Where the mean squared gradient starts."),
    [YOGI_BIAS_CORRECTION] = TT_FLAG("bias_correction", "Bias correction",
                                     "Makes up for means that start at zero, as Adam does.", 0),
    [YOGI_EPS] = TT_EPSILON(1e-3),
    [YOGI_DECAY] = TT_DECAY,
};

void tt_yogi_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict m = s->slot[0], *restrict v = s->slot[1];
    tt_adam a = tt_adam_of(s->rate, p[YOGI_BETA1], p[YOGI_BETA2], p[YOGI_EPS], s->t);
    tt_decay decay = tt_decay_of(s, YOGI_DECAY);
    if (p[YOGI_BIAS_CORRECTION] == 0) {
        a.step = (float)s->rate;
        a.correction = 1;
    }
    for (int32_t i = 0; s->t == 1 && i < s->n; i++)
        v[i] = (float)p[YOGI_INITIAL];
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        float square = gradient * gradient, change = a.square.enter * square;
        m[i] = tt_remember(a.mean, m[i], gradient);
        v[i] = tt_flush(v[i] > square ? v[i] - change : v[i] < square ? v[i] + change : v[i]);
        w[i] -= decay.shrink * w[i] + a.step * (m[i] / (tt_root(v[i]) / a.correction + a.eps));
    }
}

enum { BELIEF_LR, BELIEF_BETA1, BELIEF_BETA2, BELIEF_EPS, BELIEF_DECAY };

const tt_param tt_adabelief_params[] = {
    [BELIEF_LR] = TT_RATE(0.001),
    [BELIEF_BETA1] = TT_BETA1,
    [BELIEF_BETA2] =
        TT_SHARE("beta2", "Beta 2", "Memory of the gradient's squared surprise.", 0.999),
    [BELIEF_EPS] = TT_EPSILON(1e-8),
    [BELIEF_DECAY] = TT_DECAY,
};

void tt_adabelief_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict m = s->slot[0], *restrict v = s->slot[1];
    tt_adam a = tt_adam_of(s->rate, p[BELIEF_BETA1], p[BELIEF_BETA2], p[BELIEF_EPS], s->t);
    tt_decay decay = tt_decay_of(s, BELIEF_DECAY);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        m[i] = tt_remember(a.mean, m[i], gradient);
        float surprise = gradient - m[i];
        v[i] = tt_remember_square(a.square, v[i], surprise) + a.eps;
        w[i] -= decay.shrink * w[i] + a.step * (m[i] / (tt_root(v[i]) / a.correction + a.eps));
    }
}

enum { LAMB_LR, LAMB_BETA1, LAMB_BETA2, LAMB_EPS, LAMB_DECAY };

const tt_param tt_lamb_params[] = {
    [LAMB_LR] = TT_RATE(0.001),
    [LAMB_BETA1] = TT_BETA1,
    [LAMB_BETA2] = TT_BETA2(0.999),
    [LAMB_EPS] = TT_EPSILON(1e-6),
    [LAMB_DECAY] = TT_LOG_REAL("weight_decay", "Weight decay",
                               "Pulls every parameter to zero, biases too.", 0, 100, 0),
    TT_FLAG("decoupled", "Decoupled decay",
            "Off: the decay is part of the step whose length is set by the trust ratio (paper). "
            "On: it is not (Keras).",
            0),
};

/* The direction of parameter i before it gets its length. */
static inline float lamb_direction(const tt_adam *a, float mean_bias, float m, float v, float w) {
    return m / mean_bias / (tt_root(v) / a->correction + a->eps) + a->decay.coupled * w;
}

static void lamb_tensor(const tt_adam *a, float mean_bias, float rate, int64_t n,
                        const float *restrict g, float *restrict w, float *restrict m,
                        float *restrict v) {
    double weights = 0, directions = 0;
    for (int64_t i = 0; i < n; i++) {
        m[i] = tt_remember(a->mean, m[i], g[i]);
        v[i] = tt_remember_square(a->square, v[i], g[i]);
        w[i] -= a->decay.shrink * w[i];
        double direction = (double)lamb_direction(a, mean_bias, m[i], v[i], w[i]);
        weights += (double)w[i] * (double)w[i];
        directions += direction * direction;
    }
    double trust = weights > 0 && directions > 0 ? tt_sqrt(weights / directions) : 1;
    float step = (float)((double)rate * trust);
    for (int64_t i = 0; i < n; i++)
        w[i] -= step * lamb_direction(a, mean_bias, m[i], v[i], w[i]);
}

void tt_lamb_step(const tt_step *s) {
    const double *p = s->p;
    tt_adam a = tt_adam_of(s->rate, p[LAMB_BETA1], p[LAMB_BETA2], p[LAMB_EPS], s->t);
    a.decay = tt_decay_of(s, LAMB_DECAY);
    float mean_bias = (float)tt_bias(p[LAMB_BETA1], s->t);
    for (int32_t i = 0; i < s->n_spans; i++) {
        int64_t at = s->span[i].offset;
        lamb_tensor(&a, mean_bias, (float)s->rate, tt_span_size(&s->span[i]), s->g + at, s->w + at,
                    s->slot[0] + at, s->slot[1] + at);
    }
}
