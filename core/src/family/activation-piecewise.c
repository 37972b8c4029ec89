#include <math.h>

#include "activation-map.h"

void tt_linear_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    (void)p;
    if (y != x)
        memcpy(y, x, (size_t)(rows * cols) * sizeof *y);
}

void tt_linear_backward(const double *p, int32_t rows, int32_t cols, const float *kept,
                        const float *dy, float *dx) {
    (void)p, (void)kept;
    if (dx != dy)
        memcpy(dx, dy, (size_t)(rows * cols) * sizeof *dx);
}

void tt_linear_reference(const double *p, int32_t cols, const double *x, double *y) {
    (void)p;
    for (int32_t j = 0; j < cols; j++)
        y[j] = x[j];
}

static tt_f32x4 relu_of(const double *p, tt_f32x4 x) {
    (void)p;
    return tt_at_least(x, 0);
}

static tt_f32x4 relu_slope(const double *p, tt_f32x4 y) {
    (void)p;
    return tt_where((tt_i32x4)(y > 0), tt_splat(1));
}

static double relu_at(const double *p, double x) {
    (void)p;
    return x < 0 ? 0 : x;
}

TT_ELEMENTWISE(relu)

static tt_f32x4 leaky_relu_of(const double *p, tt_f32x4 x) {
    return tt_select((tt_i32x4)(x > 0), x, x * (float)p[0]);
}

static tt_f32x4 leaky_relu_slope(const double *p, tt_f32x4 y) {
    return tt_select((tt_i32x4)(y > 0), tt_splat(1), tt_splat((float)p[0]));
}

static double leaky_relu_at(const double *p, double x) {
    return x > 0 ? x : p[0] * x;
}

TT_ELEMENTWISE(leaky_relu)

/* A trained slope may turn negative, when the sign of the output no longer tells the side: the row
 * keeps its input. */
#define prelu_of    leaky_relu_of
#define prelu_slope leaky_relu_slope
#define prelu_at    leaky_relu_at

TT_ELEMENTWISE(prelu)

double tt_prelu_slope_gradient(const double *p, int32_t n, const float *x, const float *dy) {
    (void)p;
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += x[i] > 0 ? 0 : (double)x[i] * (double)dy[i];
    return sum;
}

static tt_f32x4 clip(tt_f32x4 x, float low, float high) {
    x = tt_select((tt_i32x4)(x < low), tt_splat(low), x);
    return tt_select((tt_i32x4)(x > high), tt_splat(high), x);
}

static tt_f32x4 is_between(tt_f32x4 x, float low, float high) {
    return tt_where((tt_i32x4)(x > low) & (tt_i32x4)(x < high), tt_splat(1));
}

static double clip_at(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

static tt_f32x4 hard_tanh_of(const double *p, tt_f32x4 x) {
    return clip(x, (float)p[0], (float)p[1]);
}

static tt_f32x4 hard_tanh_slope(const double *p, tt_f32x4 y) {
    return is_between(y, (float)p[0], (float)p[1]);
}

static double hard_tanh_at(const double *p, double x) {
    return clip_at(x, p[0], p[1]);
}

TT_ELEMENTWISE(hard_tanh)

static tt_f32x4 relu6_of(const double *p, tt_f32x4 x) {
    (void)p;
    return clip(x, 0, 6);
}

static tt_f32x4 relu6_slope(const double *p, tt_f32x4 y) {
    (void)p;
    return is_between(y, 0, 6);
}

static double relu6_at(const double *p, double x) {
    (void)p;
    return clip_at(x, 0, 6);
}

TT_ELEMENTWISE(relu6)

static tt_f32x4 hard_sigmoid_of(const double *p, tt_f32x4 x) {
    (void)p;
    return clip(x + 3.0f, 0, 6) / 6.0f;
}

static tt_f32x4 hard_sigmoid_slope(const double *p, tt_f32x4 x) {
    (void)p;
    return is_between(x, -3, 3) / 6.0f;
}

static double hard_sigmoid_at(const double *p, double x) {
    (void)p;
    return clip_at(x / 6 + 0.5, 0, 1);
}

TT_ELEMENTWISE(hard_sigmoid)

static tt_f32x4 hard_swish_of(const double *p, tt_f32x4 x) {
    return x * hard_sigmoid_of(p, x);
}

static tt_f32x4 hard_swish_slope(const double *p, tt_f32x4 x) {
    (void)p;
    tt_f32x4 between = is_between(x, -3, 3);
    return tt_select((tt_i32x4)(between > 0), x / 3.0f + 0.5f,
                     tt_where((tt_i32x4)(x > 0), tt_splat(1)));
}

static double hard_swish_at(const double *p, double x) {
    return x * hard_sigmoid_at(p, x);
}

TT_ELEMENTWISE(hard_swish)

void tt_hard_tanh_limits(const double *p, double limits[2]) {
    limits[0] = p[0];
    limits[1] = p[1];
}

void tt_relu6_limits(const double *p, double limits[2]) {
    (void)p;
    limits[0] = -INFINITY;
    limits[1] = 6;
}
