#include <string.h>

#include "optimizer-kinds.h"

/* Defazio et al., 2024: gradients are taken at y, between the fast sequence z and its average x.
 * During training w is y; x is what is evaluated. Slot 0 holds z, slot 1 holds x. */

enum { Z_SLOT, X_SLOT, SQUARE_SLOT };
enum { LARGEST_RATE, WEIGHT_SUM };

#define BETWEEN(default_share)                                                                     \
    TT_SHARE("beta1", "Beta",                                                                      \
             "Where the gradient is taken: 0 at the fast sequence, towards 1 at the average.",     \
             default_share)
#define RATE_POWER                                                                                 \
    TT_REAL("weight_lr_power", "Power of the rate",                                                \
            "Weight in the average: the largest rate so far to this power; matters in a warm-up.", \
            0, 10, 2)
#define STEP_POWER                                                                                 \
    TT_REAL("r", "Power of the step", "Weight in the average: the step's number to this power.",   \
            0, 10, 0)
#define DECAY_AT_Y                                                                                 \
    TT_LOG_REAL("weight_decay", "Weight decay",                                                    \
                "Pulls every parameter to zero by rate times this, biases too.", 0, 100, 0)

enum { SGD_LR, SGD_BETA, SGD_R, SGD_RATE_POWER, SGD_DECAY };

const tt_param tt_schedulefree_sgd_params[] = {
    [SGD_LR] = TT_RATE(1),         [SGD_BETA] = BETWEEN(0.9), [SGD_R] = STEP_POWER,
    [SGD_RATE_POWER] = RATE_POWER, [SGD_DECAY] = DECAY_AT_Y,
};

/* The share of the newest z in x. */
static float average_share(const tt_step *s, double r, double rate_power) {
    double *largest = &s->scalars[LARGEST_RATE], *sum = &s->scalars[WEIGHT_SUM];
    *largest = s->rate > *largest ? s->rate : *largest;
    double weight = tt_pow((double)s->t, r) * tt_pow(*largest, rate_power);
    *sum += weight;
    return *sum > 0 ? (float)(weight / *sum) : 0;
}

static void begin(const tt_step *s) {
    memcpy(s->slot[Z_SLOT], s->w, (size_t)s->n * sizeof(float));
    memcpy(s->slot[X_SLOT], s->w, (size_t)s->n * sizeof(float));
}

/* One step of z along `direction`, after which x and y follow. */
static inline void follow(float direction, float rate, float share, float beta, float *z, float *x,
                          float *y) {
    *z -= rate * direction;
    *x += share * (*z - *x);
    *y = *z + beta * (*x - *z);
}

void tt_schedulefree_sgd_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict y = s->w, *restrict z = s->slot[Z_SLOT], *restrict x = s->slot[X_SLOT];
    float rate = (float)s->rate, decay = (float)p[SGD_DECAY], beta = (float)p[SGD_BETA];
    float share = average_share(s, p[SGD_R], p[SGD_RATE_POWER]);
    if (s->t == 1)
        begin(s);
    for (int32_t i = 0; i < s->n; i++)
        follow(g[i] + decay * y[i], rate, share, beta, &z[i], &x[i], &y[i]);
}

enum { ADAMW_LR, ADAMW_BETA1, ADAMW_BETA2, ADAMW_R, ADAMW_RATE_POWER, ADAMW_EPS, ADAMW_DECAY };

const tt_param tt_schedulefree_adamw_params[] = {
    [ADAMW_LR] = TT_RATE(0.0025), [ADAMW_BETA1] = BETWEEN(0.9),    [ADAMW_BETA2] = TT_BETA2(0.999),
    [ADAMW_R] = STEP_POWER,       [ADAMW_RATE_POWER] = RATE_POWER, [ADAMW_EPS] = TT_EPSILON(1e-8),
    [ADAMW_DECAY] = DECAY_AT_Y,
};

void tt_schedulefree_adamw_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict y = s->w, *restrict z = s->slot[Z_SLOT], *restrict x = s->slot[X_SLOT],
                    *restrict v = s->slot[SQUARE_SLOT];
    float rate = (float)s->rate, decay = (float)p[ADAMW_DECAY], beta = (float)p[ADAMW_BETA1];
    float correction = (float)tt_sqrt(tt_bias(p[ADAMW_BETA2], s->t)), eps = (float)p[ADAMW_EPS];
    float share = average_share(s, p[ADAMW_R], p[ADAMW_RATE_POWER]);
    tt_memory square = tt_memory_of(p[ADAMW_BETA2]);
    if (s->t == 1)
        begin(s);
    for (int32_t i = 0; i < s->n; i++) {
        v[i] = tt_remember_square(square, v[i], g[i]);
        float direction = g[i] / (tt_root(v[i]) / correction + eps) + decay * y[i];
        follow(direction, rate, share, beta, &z[i], &x[i], &y[i]);
    }
}

void tt_schedulefree_averaged(const tt_step *s, float *averaged) {
    memcpy(averaged, s->slot[X_SLOT], (size_t)s->n * sizeof *averaged);
}
