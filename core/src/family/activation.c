#include "activation.h"

#include <string.h>

#include "maths.h"

typedef tt_f32x4 (*map_f32x4)(const double *p, tt_f32x4 a, tt_f32x4 b);

/* out[i] = f(a[i], b[i]) four at a time; the last few go through a padded vector, so that every
 * element takes the same path whatever n is. */
static inline void map(const double *p, int32_t n, const float *a, const float *b, float *out,
                       map_f32x4 f) {
    int32_t i = 0;
    for (; i + 4 <= n; i += 4) {
        tt_f32x4 u, v;
        memcpy(&u, a + i, sizeof u);
        memcpy(&v, b + i, sizeof v);
        u = f(p, u, v);
        memcpy(out + i, &u, sizeof u);
    }
    if (i < n) {
        tt_f32x4 u = {0}, v = {0};
        memcpy(&u, a + i, (size_t)(n - i) * sizeof(float));
        memcpy(&v, b + i, (size_t)(n - i) * sizeof(float));
        u = f(p, u, v);
        memcpy(out + i, &u, (size_t)(n - i) * sizeof(float));
    }
}

/* A reference for rows from one for numbers. */
#define ELEMENTWISE(name)                                                                          \
    static void name##_reference(const double *p, int32_t cols, const double *x, double *y) {      \
        for (int32_t j = 0; j < cols; j++)                                                         \
            y[j] = name##_at(p, x[j]);                                                             \
    }

static void linear_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    const int32_t n = rows * cols;
    (void)p;
    if (y != x)
        memcpy(y, x, (size_t)n * sizeof *y);
}

static void linear_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                            const float *dy, float *dx) {
    const int32_t n = rows * cols;
    (void)p, (void)y;
    if (dx != dy)
        memcpy(dx, dy, (size_t)n * sizeof *dx);
}

static double linear_at(const double *p, double x) {
    (void)p;
    return x;
}
ELEMENTWISE(linear)

static void relu_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    const int32_t n = rows * cols;
    (void)p;
    for (int32_t i = 0; i < n; i++)
        y[i] = x[i] < 0 ? 0 : x[i];
}

static void relu_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                          const float *dy, float *dx) {
    const int32_t n = rows * cols;
    (void)p;
    for (int32_t i = 0; i < n; i++)
        dx[i] = y[i] > 0 ? dy[i] : 0;
}

static double relu_at(const double *p, double x) {
    (void)p;
    return x < 0 ? 0 : x;
}
ELEMENTWISE(relu)

static const tt_param leaky_relu_params[] = {
    {.key = "slope",
     .label = "Negative slope",
     .help = "Slope for negative inputs; at 0 the negative side counts.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0.01},
};

static void leaky_relu_forward(const double *p, int32_t rows, int32_t cols, const float *x,
                               float *y) {
    const int32_t n = rows * cols;
    float slope = (float)p[0];
    for (int32_t i = 0; i < n; i++)
        y[i] = x[i] > 0 ? x[i] : slope * x[i];
}

static void leaky_relu_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                                const float *dy, float *dx) {
    const int32_t n = rows * cols;
    float slope = (float)p[0];
    for (int32_t i = 0; i < n; i++)
        dx[i] = y[i] > 0 ? dy[i] : slope * dy[i];
}

static double leaky_relu_at(const double *p, double x) {
    return x > 0 ? x : p[0] * x;
}
ELEMENTWISE(leaky_relu)

static tt_f32x4 tanh_of(const double *p, tt_f32x4 x, tt_f32x4 unused) {
    (void)p, (void)unused;
    return tt_tanh_f32x4(x);
}

static void tanh_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    const int32_t n = rows * cols;
    map(p, n, x, x, y, tanh_of);
}

static void tanh_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                          const float *dy, float *dx) {
    const int32_t n = rows * cols;
    (void)p;
    for (int32_t i = 0; i < n; i++)
        dx[i] = dy[i] * (1 - y[i] * y[i]);
}

static double tanh_at(const double *p, double x) {
    (void)p;
    return tt_tanh(x);
}
ELEMENTWISE(tanh)

static tt_f32x4 sigmoid_of(const double *p, tt_f32x4 x, tt_f32x4 unused) {
    (void)p, (void)unused;
    return tt_sigmoid_f32x4(x);
}

static void sigmoid_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    const int32_t n = rows * cols;
    map(p, n, x, x, y, sigmoid_of);
}

static void sigmoid_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                             const float *dy, float *dx) {
    const int32_t n = rows * cols;
    (void)p;
    for (int32_t i = 0; i < n; i++)
        dx[i] = dy[i] * (y[i] * (1 - y[i]));
}

static double sigmoid_at(const double *p, double x) {
    (void)p;
    return 1 / (1 + tt_exp(-x));
}
ELEMENTWISE(sigmoid)

#define SQRT_HALF            0.70710678118654752440
#define SQRT_HALF_PI_INVERSE 0.39894228040143267794 /* 1 / sqrt(2 pi) */

static tt_f32x4 normal_cdf(tt_f32x4 x) {
    return 0.5f * (1.0f + tt_erf_f32x4(x * (float)SQRT_HALF));
}

static tt_f32x4 gelu_of(const double *p, tt_f32x4 x, tt_f32x4 unused) {
    (void)p, (void)unused;
    return x * normal_cdf(x);
}

static tt_f32x4 gelu_slope(const double *p, tt_f32x4 x, tt_f32x4 dy) {
    (void)p;
    tt_f32x4 density = (float)SQRT_HALF_PI_INVERSE * tt_exp_f32x4(-0.5f * x * x);
    return dy * (normal_cdf(x) + x * density);
}

static void gelu_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    const int32_t n = rows * cols;
    map(p, n, x, x, y, gelu_of);
}

static void gelu_backward(const double *p, int32_t rows, int32_t cols, const float *x,
                          const float *dy, float *dx) {
    const int32_t n = rows * cols;
    map(p, n, x, dy, dx, gelu_slope);
}

static double gelu_at(const double *p, double x) {
    (void)p;
    return 0.5 * x * (1 + tt_erf(x * SQRT_HALF));
}
ELEMENTWISE(gelu)

const tt_activation tt_activations[] = {
    {.about = {.key = "linear",
               .label = "Linear",
               .help = "No bend at all; hidden layers then add nothing over a linear model.",
               .formula = "y = x",
               .source = "PyTorch nn.Identity, Keras linear",
               .tasks = TT_ANY_TASK},
     .forward = linear_forward,
     .backward = linear_backward,
     .from_output = true,
     .reference = linear_reference},
    {.about = {.key = "relu",
               .label = "ReLU",
               .help = "Zero for negative inputs; quick, and the usual first choice.",
               .formula = "y = max(0, x); y' = 0 at 0",
               .source = "Nair and Hinton, 2010; PyTorch nn.ReLU",
               .tasks = TT_ANY_TASK},
     .forward = relu_forward,
     .backward = relu_backward,
     .from_output = true,
     .reference = relu_reference},
    {.about = {.key = "leaky_relu",
               .label = "Leaky ReLU",
               .help = "A small slope for negative inputs, so that no unit dies.",
               .formula = "y = x for x > 0, slope·x otherwise",
               .source = "Maas, Hannun and Ng, 2013; PyTorch nn.LeakyReLU",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(leaky_relu_params)},
     .forward = leaky_relu_forward,
     .backward = leaky_relu_backward,
     .from_output = true,
     .reference = leaky_relu_reference},
    {.about = {.key = "tanh",
               .label = "Tanh",
               .help = "Smooth, between -1 and 1; good for small networks and smooth targets.",
               .formula = "y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)",
               .source = "PyTorch nn.Tanh",
               .tasks = TT_ANY_TASK},
     .forward = tanh_forward,
     .backward = tanh_backward,
     .from_output = true,
     .reference = tanh_reference},
    {.about = {.key = "sigmoid",
               .label = "Sigmoid",
               .help = "Smooth, between 0 and 1; the classic, slow to train in deep networks.",
               .formula = "y = 1 / (1 + e⁻ˣ)",
               .source = "PyTorch nn.Sigmoid",
               .tasks = TT_ANY_TASK},
     .forward = sigmoid_forward,
     .backward = sigmoid_backward,
     .from_output = true,
     .reference = sigmoid_reference},
    {.about = {.key = "gelu",
               .label = "GELU",
               .help = "A smooth relative of ReLU, weighted by the normal distribution.",
               .formula = "y = x Φ(x), Φ the normal distribution function",
               .source = "Hendrycks and Gimpel, 2016; PyTorch nn.GELU (exact)",
               .tasks = TT_ANY_TASK},
     .forward = gelu_forward,
     .backward = gelu_backward,
     .from_output = false,
     .reference = gelu_reference},
};

const tt_family tt_activation_family = {
    .key = "activation",
    .label = "Activation",
    .help = "The bend in each hidden layer: one for all of them, or a list with one for each.",
    .pick = TT_PICK_PER_LAYER,
    .choice = "relu",
    TT_ROWS(tt_activations),
};
