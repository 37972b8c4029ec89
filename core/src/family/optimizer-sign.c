#include "optimizer-kinds.h"

/* Steps that go by the sign of a gradient and not by its size. */

static inline float sign(float x) {
    return (float)((x > 0) - (x < 0));
}

enum { RPROP_LR, RPROP_SHRINK, RPROP_GROW, RPROP_SMALLEST, RPROP_LARGEST };

const tt_param tt_rprop_params[] = {
    [RPROP_LR] = {.key = "lr",
                  .label = "First step size",
                  .help = "Of every parameter; schedules have no say after the first step.",
                  .kind = TT_KIND_REAL,
                  .min = 0,
                  .max = 1e12,
                  .value = 0.01,
                  .log_scale = true},
    [RPROP_SHRINK] = TT_REAL("eta_minus", "Shrink η⁻",
                             "Factor on the step size when the gradient changes sign.", 0, 1, 0.5),
    [RPROP_GROW] = TT_REAL("eta_plus", "Grow η⁺",
                           "Factor on the step size when the gradient keeps its sign.", 1, 10, 1.2),
    [RPROP_SMALLEST] =
        TT_LOG_REAL("step_min", "Smallest step", "No step is shorter.", 0, 1e6, 1e-6),
    [RPROP_LARGEST] = TT_LOG_REAL("step_max", "Largest step", "No step is longer.", 0, 1e6, 50),
};

void tt_rprop_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict last = s->slot[0], *restrict size = s->slot[1];
    float shrink = (float)p[RPROP_SHRINK], grow = (float)p[RPROP_GROW];
    float smallest = (float)p[RPROP_SMALLEST], largest = (float)p[RPROP_LARGEST];
    for (int32_t i = 0; s->t == 1 && i < s->n; i++)
        size[i] = (float)s->rate;
    for (int32_t i = 0; i < s->n; i++) {
        float agreement = sign(g[i]) * sign(last[i]);
        float wanted = size[i] * (agreement > 0 ? grow : agreement < 0 ? shrink : 1);
        wanted = wanted < smallest ? smallest : wanted;
        size[i] = wanted > largest ? largest : wanted;
        last[i] = agreement < 0 ? 0 : g[i];
        w[i] -= sign(last[i]) * size[i];
    }
}

enum { LION_LR, LION_BETA1, LION_BETA2, LION_DECAY };

const tt_param tt_lion_params[] = {
    [LION_LR] = TT_RATE(1e-4),
    [LION_BETA1] = TT_SHARE("beta1", "Beta 1", "Share of the mean in the direction.", 0.9),
    [LION_BETA2] = TT_SHARE("beta2", "Beta 2", "Memory of the mean gradient.", 0.99),
    [LION_DECAY] = TT_DECAY_DECOUPLED(0),
};

void tt_lion_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w, *restrict m = s->slot[0];
    float lr = (float)s->rate, shrink = (float)(s->rate * p[LION_DECAY]);
    tt_memory direction = tt_memory_of(p[LION_BETA1]), mean = tt_memory_of(p[LION_BETA2]);
    for (int32_t i = 0; i < s->n; i++) {
        w[i] -= shrink * w[i] + lr * sign(tt_remember(direction, m[i], g[i]));
        m[i] = tt_remember(mean, m[i], g[i]);
    }
}
