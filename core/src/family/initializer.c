#include "initializer.h"

#include <string.h>

#include "maths.h"
#include "normal.h"
#include "params.h"

/* A normal distribution that is cut at two deviations has this share of its deviation left. */
static const double left_by_cutting = 0.87962566103423978;

static void fill_between(double low, double high, int64_t n, tt_random *random, float *w) {
    double middle = (low + high) / 2, reach = (high - low) / 2;
    for (int64_t i = 0; i < n; i++)
        w[i] = (float)(middle + reach * (2 * tt_random_uniform(random) - 1));
}

static void fill_normal(double deviation, int64_t n, tt_random *random, float *w) {
    for (int64_t i = 0; i < n; i++)
        w[i] = (float)(deviation * tt_random_normal(random));
}

static void fill_cut_normal(double deviation, int64_t n, tt_random *random, float *w) {
    for (int64_t i = 0; i < n; i++) {
        double x = tt_random_normal(random);
        while (x < -2 || x > 2)
            x = tt_random_normal(random);
        w[i] = (float)(deviation * x);
    }
}

static int64_t size(int32_t fan_in, int32_t fan_out) {
    return (int64_t)fan_in * fan_out;
}

#define FILL(name)                                                                                 \
    static void name(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random, float *w)

#define GAIN_PARAM                                                                                 \
    TT_REAL("gain", "Gain", "Factor on every weight; 5/3 is advised for tanh.", 0, 100, 1)
#define CUT_PARAM                                                                                  \
    TT_FLAG("truncated", "Without tails",                                                          \
            "Draws again beyond two deviations, and keeps the spread (as Keras does).", 0)
#define SLOPE_PARAM TT_REAL("a", "Negative slope", "Of a leaky ReLU; 0 for ReLU.", 0, 10, 0)
#define MODE_PARAM                                                                                 \
    TT_CHOICE("mode", "Keeps alike",                                                               \
              "Signals on the way forward (fan_in) or gradients on the way back (fan_out).",       \
              "fan_in|fan_out", "fan_in")

static const tt_param gain_params[] = {GAIN_PARAM};
static const tt_param gain_cut_params[] = {GAIN_PARAM, CUT_PARAM};
static const tt_param lecun_uniform_params[] = {GAIN_PARAM, MODE_PARAM};
static const tt_param lecun_normal_params[] = {GAIN_PARAM, MODE_PARAM, CUT_PARAM};
static const tt_param he_uniform_params[] = {SLOPE_PARAM, MODE_PARAM};
static const tt_param he_normal_params[] = {SLOPE_PARAM, MODE_PARAM, CUT_PARAM};

/* Weights of the variance gain² / fan. */
static void scaled_uniform(double gain, double fan, int64_t n, tt_random *random, float *w) {
    double bound = gain * tt_sqrt(3 / fan);
    fill_between(-bound, bound, n, random, w);
}

static void scaled_normal(double gain, double fan, bool cut, int64_t n, tt_random *random,
                          float *w) {
    double deviation = gain * tt_sqrt(1 / fan);
    if (cut)
        fill_cut_normal(deviation / left_by_cutting, n, random, w);
    else
        fill_normal(deviation, n, random, w);
}

FILL(glorot_uniform) {
    scaled_uniform(p[0], ((double)fan_in + fan_out) / 2, size(fan_in, fan_out), random, w);
}

FILL(glorot_normal) {
    scaled_normal(p[0], ((double)fan_in + fan_out) / 2, p[1] != 0, size(fan_in, fan_out), random,
                  w);
}

static int32_t fan_of(double mode, int32_t fan_in, int32_t fan_out) {
    return mode != 0 ? fan_out : fan_in;
}

FILL(lecun_uniform) {
    scaled_uniform(p[0], fan_of(p[1], fan_in, fan_out), size(fan_in, fan_out), random, w);
}

FILL(lecun_normal) {
    scaled_normal(p[0], fan_of(p[1], fan_in, fan_out), p[2] != 0, size(fan_in, fan_out), random, w);
}

static double he_gain(const double *p) {
    return tt_sqrt(2 / (1 + p[0] * p[0]));
}

FILL(he_uniform) {
    scaled_uniform(he_gain(p), fan_of(p[1], fan_in, fan_out), size(fan_in, fan_out), random, w);
}

FILL(he_normal) {
    scaled_normal(he_gain(p), fan_of(p[1], fan_in, fan_out), p[2] != 0, size(fan_in, fan_out),
                  random, w);
}

FILL(torch_linear) {
    (void)p;
    double bound = 1 / tt_sqrt(fan_in);
    fill_between(-bound, bound, size(fan_in, fan_out), random, w);
}

static void torch_linear_bias(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                              float *b) {
    (void)p;
    double bound = 1 / tt_sqrt(fan_in);
    fill_between(-bound, bound, fan_out, random, b);
}

static const tt_param sklearn_params[] = {
    TT_CHOICE("activation", "Activation", "The bound is narrower for logistic units.",
              "relu|logistic", "relu"),
};

static double sklearn_bound(const double *p, int32_t fan_in, int32_t fan_out) {
    return tt_sqrt((p[0] != 0 ? 2.0 : 6.0) / ((double)fan_in + fan_out));
}

FILL(sklearn) {
    double bound = sklearn_bound(p, fan_in, fan_out);
    fill_between(-bound, bound, size(fan_in, fan_out), random, w);
}

static void sklearn_bias(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                         float *b) {
    double bound = sklearn_bound(p, fan_in, fan_out);
    fill_between(-bound, bound, fan_out, random, b);
}

static const tt_param uniform_params[] = {
    TT_REAL("low", "Lowest", "No weight is lower.", -1e6, 1e6, -0.05),
    TT_REAL("high", "Highest", "No weight is higher.", -1e6, 1e6, 0.05),
};

FILL(uniform) {
    fill_between(p[0], p[1], size(fan_in, fan_out), random, w);
}

static const tt_param normal_params[] = {
    TT_LOG_REAL("std", "Deviation", "Of the normal distribution.", 0, 1e6, 0.05),
};

FILL(normal) {
    fill_normal(p[0], size(fan_in, fan_out), random, w);
}

FILL(truncated_normal) {
    fill_cut_normal(p[0], size(fan_in, fan_out), random, w);
}

static const tt_param constant_params[] = {
    TT_REAL("value", "Value", "Of every weight.", -1e6, 1e6, 0.01),
};

FILL(constant) {
    (void)random;
    for (int64_t i = 0; i < size(fan_in, fan_out); i++)
        w[i] = (float)p[0];
}

FILL(zeros) {
    (void)p, (void)random;
    memset(w, 0, (size_t)size(fan_in, fan_out) * sizeof *w);
}

/* A vector among the rows or columns of a matrix. */
typedef struct strided {
    float *x;
    int64_t stride;
    int32_t n;
} strided;

static double dot(strided a, strided b) {
    double sum = 0;
    for (int32_t i = 0; i < a.n; i++)
        sum += (double)a.x[i * a.stride] * (double)b.x[i * b.stride];
    return sum;
}

/* a = scale a + add b. */
static void combine(strided a, double scale, double add, strided b) {
    for (int32_t i = 0; i < a.n; i++)
        a.x[i * a.stride] =
            (float)(scale * (double)a.x[i * a.stride] + add * (double)b.x[i * b.stride]);
}

static strided vector_of(float *w, int32_t fan_in, int32_t fan_out, int32_t index) {
    if (fan_out <= fan_in)
        return (strided){w + (int64_t)index * fan_in, 1, fan_in};
    return (strided){w + index, fan_in, fan_out};
}

/* Gram and Schmidt on the rows or columns, whichever are fewer, of normal numbers: the Q of a QR
 * decomposition whose R has a positive diagonal. The second round takes away what rounding left. */
FILL(orthogonal) {
    int32_t n = fan_out <= fan_in ? fan_out : fan_in;
    fill_normal(1, size(fan_in, fan_out), random, w);
    for (int32_t j = 0; j < n; j++) {
        strided vector = vector_of(w, fan_in, fan_out, j);
        for (int round = 0; round < 2; round++) {
            for (int32_t i = 0; i < j; i++) {
                strided done = vector_of(w, fan_in, fan_out, i);
                combine(vector, 1, -dot(vector, done), done);
            }
            combine(vector, 1 / tt_sqrt(dot(vector, vector)), 0, vector);
        }
    }
    for (int64_t i = 0; i < size(fan_in, fan_out); i++)
        w[i] *= (float)p[0];
}

const tt_initializer tt_initializers[] = {
    {.about = {.key = "glorot_uniform",
               .label = "Glorot uniform",
               .help =
                   "Keeps the size of signals alike in both directions; suits tanh and sigmoid.",
               .formula = "U(−b, b), b = gain √(6 / (fan_in + fan_out))",
               .source = "Glorot and Bengio, 2010",
               .names = {.pytorch = "nn.init.xavier_uniform_", .keras = "GlorotUniform"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(gain_params)},
     .fill = glorot_uniform},
    {.about = {.key = "glorot_normal",
               .label = "Glorot normal",
               .help = "As Glorot uniform, drawn from a normal distribution.",
               .formula = "N(0, σ²), σ = gain √(2 / (fan_in + fan_out))",
               .source = "Glorot and Bengio, 2010",
               .names = {.pytorch = "nn.init.xavier_normal_", .keras = "GlorotNormal"},
               .differs =
                   "Keras cuts the normal distribution at two deviations: switch Truncated on.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(gain_cut_params)},
     .fill = glorot_normal},
    {.about = {.key = "he_uniform",
               .label = "He uniform",
               .help = "Allows for the half that ReLU cuts off; suits ReLU and its relatives.",
               .formula = "U(−b, b), b = √(6 / ((1 + a²) fan))",
               .source = "He et al., 2015",
               .names = {.pytorch = "nn.init.kaiming_uniform_", .keras = "HeUniform"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(he_uniform_params)},
     .fill = he_uniform},
    {.about = {.key = "he_normal",
               .label = "He normal",
               .help = "As He uniform, drawn from a normal distribution.",
               .formula = "N(0, σ²), σ = √(2 / ((1 + a²) fan))",
               .source = "He et al., 2015",
               .names = {.pytorch = "nn.init.kaiming_normal_", .keras = "HeNormal"},
               .differs =
                   "Keras cuts the normal distribution at two deviations: switch Truncated on.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(he_normal_params)},
     .fill = he_normal},
    {.about = {.key = "lecun_uniform",
               .label = "LeCun uniform",
               .help = "Keeps the size of signals on the way forward; suits SELU.",
               .formula = "U(−b, b), b = gain √(3 / fan)",
               .source = "LeCun et al., 1998",
               .names = {.pytorch = "nn.init.kaiming_uniform_(nonlinearity='linear')",
                         .keras = "LecunUniform"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(lecun_uniform_params)},
     .fill = lecun_uniform},
    {.about = {.key = "lecun_normal",
               .label = "LeCun normal",
               .help = "As LeCun uniform, drawn from a normal distribution.",
               .formula = "N(0, σ²), σ = gain √(1 / fan)",
               .source = "LeCun et al., 1998; Klambauer et al., 2017",
               .names = {.pytorch = "nn.init.kaiming_normal_(nonlinearity='linear')",
                         .keras = "LecunNormal"},
               .differs =
                   "Keras cuts the normal distribution at two deviations: switch Truncated on.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(lecun_normal_params)},
     .fill = lecun_normal},
    {.about = {.key = "orthogonal",
               .label = "Orthogonal",
               .help = "Weights of units at right angles to one another; suits deep networks.",
               .formula = "W Wᵀ = gain² I (or Wᵀ W)",
               .source = "Saxe, McClelland and Ganguli, 2014",
               .names = {.pytorch = "nn.init.orthogonal_", .keras = "Orthogonal"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(gain_params)},
     .fill = orthogonal},
    {.about = {.key = "torch_linear",
               .label = "PyTorch default",
               .help = "What PyTorch's linear layer starts with, biases too.",
               .formula = "U(−b, b), b = 1 / √fan_in",
               .names = {.pytorch = "nn.Linear as it starts"},
               .tasks = TT_ANY_TASK},
     .fill_bias = torch_linear_bias,
     .fill = torch_linear},
    {.about =
         {.key = "sklearn",
          .label = "scikit-learn default",
          .help = "What scikit-learn's perceptrons start with, biases too.",
          .formula =
              "U(−b, b), b = √(6 / (fan_in + fan_out)), or √(2 / (fan_in + fan_out)) for logistic",
          .names = {.sklearn = "MLPClassifier, MLPRegressor as they start"},
          .tasks = TT_ANY_TASK,
          TT_PARAMS(sklearn_params)},
     .fill_bias = sklearn_bias,
     .fill = sklearn},
    {.about = {.key = "uniform",
               .label = "Uniform",
               .help = "The same distribution in every layer, whatever its size.",
               .formula = "U(low, high)",
               .names = {.pytorch = "nn.init.uniform_", .keras = "RandomUniform"},
               .differs = "From -0.05 to 0.05 as in Keras; from 0 to 1 in PyTorch.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(uniform_params)},
     .fill = uniform},
    {.about = {.key = "normal",
               .label = "Normal",
               .help = "The same distribution in every layer, whatever its size.",
               .formula = "N(0, σ²)",
               .names = {.pytorch = "nn.init.normal_", .keras = "RandomNormal"},
               .differs = "Deviation 0.05 as in Keras; 1 in PyTorch.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(normal_params)},
     .fill = normal},
    {.about = {.key = "truncated_normal",
               .label = "Truncated normal",
               .help = "A normal distribution without what lies beyond two deviations.",
               .formula = "N(0, σ²) where |w| ≤ 2σ",
               .names = {.pytorch = "nn.init.trunc_normal_", .keras = "TruncatedNormal"},
               .differs = "Cut at two deviations, as in Keras; PyTorch cuts at -2 and 2 whatever "
                          "the deviation, and has deviation 1.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(normal_params)},
     .fill = truncated_normal},
    {.about = {.key = "constant",
               .label = "Constant",
               .help = "One value for all; all units of a layer stay alike and learn the same.",
               .formula = "value",
               .names = {.pytorch = "nn.init.constant_", .keras = "Constant"},
               .differs = "The value is 0.01 unless told otherwise; 0 in Keras.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(constant_params)},
     .fill = constant},
    {.about = {.key = "zeros",
               .label = "Zeros",
               .help = "Right for models without a hidden layer; with hidden layers all units stay "
                       "alike and learn the same.",
               .formula = "0",
               .names = {.pytorch = "nn.init.zeros_", .keras = "Zeros"},
               .tasks = TT_ANY_TASK},
     .fill = zeros},
};

const tt_family tt_initializer_family = {
    .key = "initializer",
    .label = "Initial weights",
    .help = "Where the weights start; biases start at zero unless the choice says otherwise.",
    .pick = TT_PICK_ONE,
    .choice = "glorot_uniform",
    TT_ROWS(tt_initializers),
};
