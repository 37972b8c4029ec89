#include "initializer.h"

#include <string.h>

#include "maths.h"

static void fill_uniform(double bound, int64_t n, tt_random *random, float *w) {
    for (int64_t i = 0; i < n; i++)
        w[i] = (float)(bound * (2 * tt_random_uniform(random) - 1));
}

/* Box and Muller, 1958; one draw a pair of uniform numbers keeps the sequence simple. */
static void fill_normal(double deviation, int64_t n, tt_random *random, float *w) {
    const double two_pi = 6.28318530717958647693;
    for (int64_t i = 0; i < n; i++) {
        double u = 1 - tt_random_uniform(random);
        double angle = two_pi * tt_random_uniform(random);
        w[i] = (float)(deviation * tt_sqrt(-2 * tt_log(u)) * tt_cos(angle));
    }
}

static int64_t size(int32_t fan_in, int32_t fan_out) {
    return (int64_t)fan_in * fan_out;
}

static void glorot_uniform(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                           float *w) {
    (void)p;
    fill_uniform(tt_sqrt(6.0 / (fan_in + fan_out)), size(fan_in, fan_out), random, w);
}

static void glorot_normal(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                          float *w) {
    (void)p;
    fill_normal(tt_sqrt(2.0 / (fan_in + fan_out)), size(fan_in, fan_out), random, w);
}

static void he_uniform(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                       float *w) {
    (void)p;
    fill_uniform(tt_sqrt(6.0 / fan_in), size(fan_in, fan_out), random, w);
}

static void he_normal(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                      float *w) {
    (void)p;
    fill_normal(tt_sqrt(2.0 / fan_in), size(fan_in, fan_out), random, w);
}

static void zeros(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random, float *w) {
    (void)p;
    (void)random;
    memset(w, 0, (size_t)size(fan_in, fan_out) * sizeof *w);
}

const tt_initializer tt_initializers[] = {
    {.about = {.key = "glorot_uniform",
               .label = "Glorot uniform",
               .help =
                   "Keeps the size of signals alike in both directions; suits tanh and sigmoid.",
               .formula = "U(−b, b), b = √(6 / (fan_in + fan_out))",
               .source = "Glorot and Bengio, 2010; PyTorch xavier_uniform_",
               .tasks = TT_ANY_TASK},
     .fill = glorot_uniform},
    {.about = {.key = "glorot_normal",
               .label = "Glorot normal",
               .help = "As Glorot uniform, drawn from a normal distribution.",
               .formula = "N(0, σ²), σ = √(2 / (fan_in + fan_out))",
               .source = "Glorot and Bengio, 2010; PyTorch xavier_normal_",
               .tasks = TT_ANY_TASK},
     .fill = glorot_normal},
    {.about = {.key = "he_uniform",
               .label = "He uniform",
               .help = "Allows for the half that ReLU cuts off; suits ReLU and its relatives.",
               .formula = "U(−b, b), b = √(6 / fan_in)",
               .source = "He et al., 2015; PyTorch kaiming_uniform_ with nonlinearity relu",
               .tasks = TT_ANY_TASK},
     .fill = he_uniform},
    {.about = {.key = "he_normal",
               .label = "He normal",
               .help = "As He uniform, drawn from a normal distribution.",
               .formula = "N(0, σ²), σ = √(2 / fan_in)",
               .source = "He et al., 2015; PyTorch kaiming_normal_ with nonlinearity relu",
               .tasks = TT_ANY_TASK},
     .fill = he_normal},
    {.about = {.key = "zeros",
               .label = "Zeros",
               .help = "Right for models without a hidden layer; with hidden layers all units stay "
                       "alike and learn the same.",
               .formula = "0",
               .source = "PyTorch zeros_",
               .tasks = TT_ANY_TASK},
     .fill = zeros},
};

const tt_family tt_initializer_family = {
    .key = "initializer",
    .label = "Initial weights",
    .help = "Where the weights start; biases start at zero.",
    .pick = TT_PICK_ONE,
    .choice = "glorot_uniform",
    TT_ROWS(tt_initializers),
};
