#include "optimizer-kinds.h"

tt_adam tt_adam_of(double rate, double beta1, double beta2, double eps, int64_t t) {
    return (tt_adam){
        .mean = tt_memory_of(beta1),
        .square = tt_memory_of(beta2),
        .step = (float)(rate / tt_bias(beta1, t)),
        .correction = (float)tt_sqrt(tt_bias(beta2, t)),
        .eps = (float)eps,
    };
}

/* Inlined with a constant, so that without a correction there is one division less, which takes
 * more time than all that is not a division or a root. */
static inline __attribute__((always_inline)) void
update(const bool corrects, const tt_adam a, int64_t n, const float *restrict g, float *restrict w,
       float *restrict m, float *restrict v, float *restrict highest) {
    for (int64_t i = 0; i < n; i++) {
        float gradient = g[i] + a.decay.coupled * w[i];
        m[i] = tt_remember(a.mean, m[i], gradient);
        v[i] = tt_remember_square(a.square, v[i], gradient);
        float square = v[i];
        if (highest)
            square = highest[i] = v[i] > highest[i] ? v[i] : highest[i];
        float divisor = corrects ? tt_root(square) / a.correction : tt_root(square);
        w[i] -= a.decay.shrink * w[i] + a.step * (m[i] / (divisor + a.eps));
    }
}

/* The correction nears 1, and after some 16,000 steps with the usual beta 2 it is. */
void tt_adam_update(const tt_adam *adam, int64_t n, const float *restrict g, float *restrict w,
                    float *restrict m, float *restrict v, float *restrict highest) {
    if (adam->correction == 1)
        update(false, *adam, n, g, w, m, v, highest);
    else
        update(true, *adam, n, g, w, m, v, highest);
}

enum { ADAM_LR, ADAM_BETA1, ADAM_BETA2, ADAM_AMSGRAD, ADAM_FORM, ADAM_EPS, ADAM_DECAY };

#define FIRST_ADAM_PARAMS                                                                          \
    [ADAM_LR] = TT_RATE(0.001), [ADAM_BETA1] = TT_BETA1, [ADAM_BETA2] = TT_BETA2(0.999),           \
    [ADAM_AMSGRAD] =                                                                               \
        TT_FLAG("amsgrad", "AMSGrad",                                                              \
                "Divides by the largest mean square so far, so that steps never grow "             \
                "again.",                                                                          \
                0),                                                                                \
    [ADAM_FORM] =                                                                                  \
        TT_FORM("Epsilon is added after the bias correction (torch) or before (keras)."),          \
    [ADAM_EPS] = TT_EPSILON(1e-8)

const tt_param tt_adam_params[] = {FIRST_ADAM_PARAMS, [ADAM_DECAY] = TT_DECAY};
const tt_param tt_adamw_params[] = {FIRST_ADAM_PARAMS, [ADAM_DECAY] = TT_DECAY_DECOUPLED(0.01)};

static void adam_update(const tt_step *s, tt_decay decay) {
    const double *p = s->p;
    tt_adam adam = tt_adam_of(s->rate, p[ADAM_BETA1], p[ADAM_BETA2], p[ADAM_EPS], s->t);
    adam.decay = decay;
    if (p[ADAM_FORM] == TT_FORM_KERAS)
        adam.eps /= adam.correction;
    tt_adam_update(&adam, s->n, s->g, s->w, s->slot[0], s->slot[1],
                   p[ADAM_AMSGRAD] != 0 ? s->slot[2] : NULL);
}

void tt_adam_step(const tt_step *s) {
    adam_update(s, tt_decay_of(s, ADAM_DECAY));
}

void tt_adamw_step(const tt_step *s) {
    adam_update(s, (tt_decay){0, (float)(s->rate * s->p[ADAM_DECAY])});
}

enum { ADAMAX_LR, ADAMAX_BETA1, ADAMAX_BETA2, ADAMAX_FORM, ADAMAX_EPS, ADAMAX_DECAY };

const tt_param tt_adamax_params[] = {
    [ADAMAX_LR] = TT_RATE(0.002),
    [ADAMAX_BETA1] = TT_BETA1,
    [ADAMAX_BETA2] = TT_SHARE("beta2", "Beta 2", "Memory of the largest gradient.", 0.999),
    [ADAMAX_FORM] = TT_FORM("Epsilon is added to the newest gradient (torch) or to the largest "
                            "(keras)."),
    [ADAMAX_EPS] =
        TT_LOG_REAL("eps", "Epsilon", "Keeps the division from blowing up.", 1e-30, 1, 1e-8),
    [ADAMAX_DECAY] = TT_DECAY,
};

void tt_adamax_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict m = s->slot[0], *restrict u = s->slot[1];
    float step = (float)(s->rate / tt_bias(p[ADAMAX_BETA1], s->t)), beta2 = (float)p[ADAMAX_BETA2];
    bool keras = p[ADAMAX_FORM] == TT_FORM_KERAS;
    float early = keras ? 0 : (float)p[ADAMAX_EPS], late = keras ? (float)p[ADAMAX_EPS] : 0;
    tt_memory mean = tt_memory_of(p[ADAMAX_BETA1]);
    tt_decay decay = tt_decay_of(s, ADAMAX_DECAY);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        float size = (gradient < 0 ? -gradient : gradient) + early, faded = beta2 * u[i];
        m[i] = tt_remember(mean, m[i], gradient);
        u[i] = tt_flush(faded > size ? faded : size);
        w[i] -= decay.shrink * w[i] + step * (m[i] / (u[i] + late));
    }
}

enum { NADAM_LR, NADAM_BETA1, NADAM_BETA2, NADAM_MOMENTUM_DECAY, NADAM_EPS, NADAM_DECAY };

const tt_param tt_nadam_params[] = {
    [NADAM_LR] = TT_RATE(0.002),
    [NADAM_BETA1] = TT_BETA1,
    [NADAM_BETA2] = TT_BETA2(0.999),
    [NADAM_MOMENTUM_DECAY] = TT_LOG_REAL(
        "momentum_decay", "Momentum decay ψ",
        "How fast the momentum climbs to beta 1; 0.004 in PyTorch, 1 in Keras.", 0, 10, 0.004),
    [NADAM_EPS] = TT_EPSILON(1e-8),
    [NADAM_DECAY] = TT_DECAY,
};

static double nadam_momentum(const tt_step *s, int64_t t) {
    double exponent = (double)t * s->p[NADAM_MOMENTUM_DECAY];
    return s->p[NADAM_BETA1] * (1 - 0.5 * tt_pow(0.96, exponent));
}

void tt_nadam_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict m = s->slot[0], *restrict v = s->slot[1];
    double now = nadam_momentum(s, s->t), next = nadam_momentum(s, s->t + 1);
    double *product = &s->scalars[0];
    *product = (s->t == 1 ? 1 : *product) * now;
    float by_gradient = (float)(s->rate * (1 - now) / (1 - *product));
    float by_mean = (float)(s->rate * next / (1 - *product * next));
    float correction = (float)tt_sqrt(tt_bias(p[NADAM_BETA2], s->t)), eps = (float)p[NADAM_EPS];
    tt_memory mean = tt_memory_of(p[NADAM_BETA1]), square = tt_memory_of(p[NADAM_BETA2]);
    tt_decay decay = tt_decay_of(s, NADAM_DECAY);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        m[i] = tt_remember(mean, m[i], gradient);
        v[i] = tt_remember_square(square, v[i], gradient);
        float divisor = tt_root(v[i]) / correction + eps;
        w[i] -= decay.shrink * w[i] + (by_gradient * gradient + by_mean * m[i]) / divisor;
    }
}

enum { RADAM_LR, RADAM_BETA1, RADAM_BETA2, RADAM_EPS, RADAM_DECAY };

const tt_param tt_radam_params[] = {
    [RADAM_LR] = TT_RATE(0.001),    [RADAM_BETA1] = TT_BETA1, [RADAM_BETA2] = TT_BETA2(0.999),
    [RADAM_EPS] = TT_EPSILON(1e-8), [RADAM_DECAY] = TT_DECAY,
};

/* The factor that makes up for the variance of the early adaptive rates; 0 as long as there are too
 * few steps to know it. */
static double rectification(double beta2, int64_t t) {
    double limit = 2 / (1 - beta2) - 1, faded = tt_pow(beta2, (double)t);
    double rho = limit - 2 * (double)t * faded / (1 - faded);
    if (rho <= 5)
        return 0;
    return tt_sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
}

void tt_radam_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict m = s->slot[0], *restrict v = s->slot[1];
    double factor = rectification(p[RADAM_BETA2], s->t),
           rate = s->rate / tt_bias(p[RADAM_BETA1], s->t);
    float plain = (float)rate, eps = (float)p[RADAM_EPS];
    float adapted = (float)(rate * factor * tt_sqrt(tt_bias(p[RADAM_BETA2], s->t)));
    tt_memory mean = tt_memory_of(p[RADAM_BETA1]), square = tt_memory_of(p[RADAM_BETA2]);
    tt_decay decay = tt_decay_of(s, RADAM_DECAY);
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay.coupled * w[i];
        m[i] = tt_remember(mean, m[i], gradient);
        v[i] = tt_remember_square(square, v[i], gradient);
        float step = factor > 0 ? adapted * (m[i] / (tt_root(v[i]) + eps)) : plain * m[i];
        w[i] -= decay.shrink * w[i] + step;
    }
}
