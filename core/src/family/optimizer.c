#include "optimizer.h"

#include <float.h>

#include "maths.h"

/* Subnormal numbers cost a hundred cycles each, and a moment that has decayed this far moves
 * nothing. */
static inline float flush(float x) {
    return x < FLT_MIN && x > -FLT_MIN ? 0 : x;
}

#define RATE(default_rate)                                                                         \
    {                                                                                              \
        .key = "lr", .label = "Learning rate", .help = "Size of a step, before the schedule.",     \
        .kind = TT_KIND_REAL, .min = 0, .max = 1e12, .value = default_rate, .log_scale = true      \
    }
#define WEIGHT_DECAY(default_decay, how)                                                           \
    {                                                                                              \
        .key = "weight_decay", .label = "Weight decay", .help = how, .kind = TT_KIND_REAL,         \
        .min = 0, .max = 100, .value = default_decay, .log_scale = true                            \
    }
#define EPSILON(default_epsilon)                                                                   \
    {                                                                                              \
        .key = "eps", .label = "Epsilon", .help = "Keeps the division from blowing up.",           \
        .kind = TT_KIND_REAL, .min = 0, .max = 1, .value = default_epsilon, .log_scale = true      \
    }
#define SHARE(name, title, text, default_share)                                                    \
    {                                                                                              \
        .key = name, .label = title, .help = text, .kind = TT_KIND_REAL, .min = 0,                 \
        .max = 0.999999, .value = default_share                                                    \
    }
#define DECAY_AS_PENALTY "Adds this times the weight to every gradient (biases too)."
#define DECAY_DECOUPLED  "Shrinks every parameter by rate times this at each step, biases too."

enum { SGD_LR, SGD_MOMENTUM, SGD_DAMPENING, SGD_NESTEROV, SGD_WEIGHT_DECAY };

static const tt_param sgd_params[] = {
    [SGD_LR] = RATE(0.01),
    [SGD_MOMENTUM] = SHARE("momentum", "Momentum", "Share of the last step that is kept.", 0),
    [SGD_DAMPENING] = {.key = "dampening",
                       .label = "Dampening",
                       .help = "Share of the gradient that does not enter the momentum.",
                       .kind = TT_KIND_REAL,
                       .min = 0,
                       .max = 1,
                       .value = 0},
    [SGD_NESTEROV] = {.key = "nesterov",
                      .label = "Nesterov",
                      .help = "Looks ahead: steps along gradient plus momentum.",
                      .kind = TT_KIND_FLAG,
                      .max = 1},
    [SGD_WEIGHT_DECAY] = WEIGHT_DECAY(0, DECAY_AS_PENALTY),
};

static void sgd_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w;
    float lr = (float)s->rate, decay = (float)p[SGD_WEIGHT_DECAY],
          momentum = (float)p[SGD_MOMENTUM];
    if (momentum == 0) {
        for (int32_t i = 0; i < s->n; i++)
            w[i] -= lr * (g[i] + decay * w[i]);
        return;
    }
    float *restrict b = s->slot[0];
    float enter = s->t == 1 ? 1 : (float)(1 - p[SGD_DAMPENING]);
    bool nesterov = p[SGD_NESTEROV] != 0;
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay * w[i];
        b[i] = flush(momentum * b[i] + enter * gradient);
        w[i] -= lr * (nesterov ? gradient + momentum * b[i] : b[i]);
    }
}

enum {
    RMSPROP_LR,
    RMSPROP_ALPHA,
    RMSPROP_MOMENTUM,
    RMSPROP_CENTERED,
    RMSPROP_WEIGHT_DECAY,
    RMSPROP_EPS
};

static const tt_param rmsprop_params[] = {
    [RMSPROP_LR] = RATE(0.01),
    [RMSPROP_ALPHA] = SHARE("alpha", "Smoothing", "Memory of the mean squared gradient.", 0.99),
    [RMSPROP_MOMENTUM] = SHARE("momentum", "Momentum", "Share of the last step that is kept.", 0),
    [RMSPROP_CENTERED] = {.key = "centered",
                          .label = "Centered",
                          .help = "Divides by an estimate of the gradient's deviation instead.",
                          .kind = TT_KIND_FLAG,
                          .max = 1},
    [RMSPROP_WEIGHT_DECAY] = WEIGHT_DECAY(0, DECAY_AS_PENALTY),
    [RMSPROP_EPS] = EPSILON(1e-8),
};

static void rmsprop_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w;
    float lr = (float)s->rate, decay = (float)p[RMSPROP_WEIGHT_DECAY], eps = (float)p[RMSPROP_EPS];
    float alpha = (float)p[RMSPROP_ALPHA], rest = (float)(1 - p[RMSPROP_ALPHA]);
    float momentum = (float)p[RMSPROP_MOMENTUM];
    bool centered = p[RMSPROP_CENTERED] != 0;
    float *restrict v = s->slot[0], *restrict mean = s->slot[1], *restrict b = s->slot[2];
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay * w[i];
        v[i] = flush(alpha * v[i] + rest * gradient * gradient);
        float variance = v[i];
        if (centered) {
            mean[i] = flush(alpha * mean[i] + rest * gradient);
            variance -= mean[i] * mean[i];
            variance = variance < 0 ? 0 : variance;
        }
        float step = gradient / (__builtin_sqrtf(variance) + eps);
        if (momentum != 0)
            step = b[i] = flush(momentum * b[i] + step);
        w[i] -= lr * step;
    }
}

enum { ADAM_LR, ADAM_BETA1, ADAM_BETA2, ADAM_WEIGHT_DECAY, ADAM_EPS };

#define ADAM_PARAMS(default_decay, how)                                                            \
    {                                                                                              \
        [ADAM_LR] = RATE(0.001),                                                                   \
        [ADAM_BETA1] = SHARE("beta1", "Beta 1", "Memory of the mean gradient.", 0.9),              \
        [ADAM_BETA2] = SHARE("beta2", "Beta 2", "Memory of the mean squared gradient.", 0.999),    \
        [ADAM_WEIGHT_DECAY] = WEIGHT_DECAY(default_decay, how), [ADAM_EPS] = EPSILON(1e-8),        \
    }

static const tt_param adam_params[] = ADAM_PARAMS(0, DECAY_AS_PENALTY);
static const tt_param adamw_params[] = ADAM_PARAMS(0.01, DECAY_DECOUPLED);

/* `coupled` is added to the gradient as a share of the weight, `keep` scales the weight first. */
static void adam_update(const tt_step *s, float coupled, float keep) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w;
    float beta1 = (float)p[ADAM_BETA1], rest1 = (float)(1 - p[ADAM_BETA1]);
    float beta2 = (float)p[ADAM_BETA2], rest2 = (float)(1 - p[ADAM_BETA2]);
    float step = (float)(s->rate / (1 - tt_pow(p[ADAM_BETA1], (double)s->t)));
    float correction = (float)tt_sqrt(1 - tt_pow(p[ADAM_BETA2], (double)s->t));
    float eps = (float)p[ADAM_EPS];
    float *restrict m = s->slot[0], *restrict v = s->slot[1];
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + coupled * w[i];
        m[i] = flush(beta1 * m[i] + rest1 * gradient);
        v[i] = flush(beta2 * v[i] + rest2 * gradient * gradient);
        w[i] = keep * w[i] - step * (m[i] / (__builtin_sqrtf(v[i]) / correction + eps));
    }
}

static void adam_step(const tt_step *s) {
    adam_update(s, (float)s->p[ADAM_WEIGHT_DECAY], 1);
}

static void adamw_step(const tt_step *s) {
    adam_update(s, 0, (float)(1 - s->rate * s->p[ADAM_WEIGHT_DECAY]));
}

enum { ADAGRAD_LR, ADAGRAD_LR_DECAY, ADAGRAD_INITIAL, ADAGRAD_WEIGHT_DECAY, ADAGRAD_EPS };

static const tt_param adagrad_params[] = {
    [ADAGRAD_LR] = RATE(0.01),
    [ADAGRAD_LR_DECAY] = {.key = "lr_decay",
                          .label = "Rate decay",
                          .help = "Divides the rate by 1 + (steps done) times this.",
                          .kind = TT_KIND_REAL,
                          .min = 0,
                          .max = 1,
                          .value = 0,
                          .log_scale = true},
    [ADAGRAD_INITIAL] = {.key = "initial_accumulator",
                         .label = "Initial sum",
                         .help = "Where the sum of squared gradients starts.",
                         .kind = TT_KIND_REAL,
                         .min = 0,
                         .max = 1e6,
                         .value = 0,
                         .log_scale = true},
    [ADAGRAD_WEIGHT_DECAY] = WEIGHT_DECAY(0, DECAY_AS_PENALTY),
    [ADAGRAD_EPS] = EPSILON(1e-10),
};

static void adagrad_step(const tt_step *s) {
    const double *p = s->p;
    const float *restrict g = s->g;
    float *restrict w = s->w;
    float lr = (float)(s->rate / (1 + (double)(s->t - 1) * p[ADAGRAD_LR_DECAY]));
    float decay = (float)p[ADAGRAD_WEIGHT_DECAY], eps = (float)p[ADAGRAD_EPS];
    float *restrict sum = s->slot[0];
    if (s->t == 1)
        for (int32_t i = 0; i < s->n; i++)
            sum[i] = (float)p[ADAGRAD_INITIAL];
    for (int32_t i = 0; i < s->n; i++) {
        float gradient = g[i] + decay * w[i];
        sum[i] = flush(sum[i] + gradient * gradient);
        w[i] -= lr * (gradient / (__builtin_sqrtf(sum[i]) + eps));
    }
}

const tt_optimizer tt_optimizers[] = {
    {.about = {.key = "sgd",
               .label = "SGD",
               .help = "Plain gradient descent, with momentum if asked; sensitive to the rate, "
                       "often best in the end.",
               .formula = "b = μb + (1 − dampening)g;  w = w − lr·b  (nesterov: g + μb)",
               .source = "Robbins and Monro, 1951; Sutskever et al., 2013; PyTorch optim.SGD",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(sgd_params)},
     .n_slots = 1,
     .momentum = SGD_MOMENTUM,
     .step = sgd_step},
    {.about = {.key = "rmsprop",
               .label = "RMSprop",
               .help = "Divides each step by the recent size of the gradient.",
               .formula = "v = αv + (1 − α)g²;  w = w − lr·g / (√v + ε)",
               .source = "Hinton, 2012; PyTorch optim.RMSprop",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(rmsprop_params)},
     .n_slots = 3,
     .momentum = RMSPROP_MOMENTUM,
     .step = rmsprop_step},
    {.about = {.key = "adam",
               .label = "Adam",
               .help =
                   "Momentum and step sizes of their own for every weight; a good first choice.",
               .formula = "m = β₁m + (1 − β₁)g;  v = β₂v + (1 − β₂)g²;  w = w − lr·m̂ / (√v̂ + ε)",
               .source = "Kingma and Ba, 2015; PyTorch optim.Adam",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(adam_params)},
     .n_slots = 2,
     .momentum = ADAM_BETA1,
     .step = adam_step},
    {.about = {.key = "adamw",
               .label = "AdamW",
               .help = "Adam with weight decay that is not mixed into the moments.",
               .formula = "w = (1 − lr·λ)w, then the step of Adam",
               .source = "Loshchilov and Hutter, 2019; PyTorch optim.AdamW",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(adamw_params)},
     .n_slots = 2,
     .momentum = ADAM_BETA1,
     .step = adamw_step},
    {.about = {.key = "adagrad",
               .label = "Adagrad",
               .help = "Steps shrink with the sum of all squared gradients; suits sparse features.",
               .formula = "s = s + g²;  w = w − lr·g / (√s + ε)",
               .source = "Duchi, Hazan and Singer, 2011; PyTorch optim.Adagrad",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(adagrad_params)},
     .n_slots = 1,
     .step = adagrad_step},
};

const tt_family tt_optimizer_family = {
    .key = "optimizer",
    .label = "Optimizer",
    .help = "How a gradient becomes a step.",
    .pick = TT_PICK_ONE,
    .choice = "adam",
    .live = true,
    TT_ROWS(tt_optimizers),
};
