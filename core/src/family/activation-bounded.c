#include <math.h>

#include "activation-map.h"
#include "maths-lanes.h"

static tt_f32x4 tanh_of(const double *p, tt_f32x4 x) {
    (void)p;
    return tt_tanh_lanes(x);
}

static tt_f32x4 tanh_slope(const double *p, tt_f32x4 y) {
    (void)p;
    return 1.0f - y * y;
}

static double tanh_at(const double *p, double x) {
    (void)p;
    return tt_tanh(x);
}

TT_ELEMENTWISE(tanh)

static tt_f32x4 sigmoid_of(const double *p, tt_f32x4 x) {
    (void)p;
    return tt_sigmoid_lanes(x);
}

static tt_f32x4 sigmoid_slope(const double *p, tt_f32x4 y) {
    (void)p;
    return y * (1.0f - y);
}

static double sigmoid_at(const double *p, double x) {
    (void)p;
    return 1 / (1 + tt_exp(-x));
}

TT_ELEMENTWISE(sigmoid)

static tt_f32x4 softsign_of(const double *p, tt_f32x4 x) {
    (void)p;
    return x / (1.0f + tt_absolute(x));
}

static tt_f32x4 softsign_slope(const double *p, tt_f32x4 x) {
    (void)p;
    tt_f32x4 inverse = 1.0f / (1.0f + tt_absolute(x));
    return inverse * inverse;
}

static double softsign_at(const double *p, double x) {
    (void)p;
    return x / (1 + (x < 0 ? -x : x));
}

TT_ELEMENTWISE(softsign)

static tt_f32x4 sine_of(const double *p, tt_f32x4 x) {
    return tt_sin_f32x4(x * (float)p[0]);
}

static tt_f32x4 sine_slope(const double *p, tt_f32x4 x) {
    return (float)p[0] * tt_cos_f32x4(x * (float)p[0]);
}

static double sine_at(const double *p, double x) {
    return tt_sin(x * p[0]);
}

TT_ELEMENTWISE(sine)

static tt_f32x4 softplus_of(const double *p, tt_f32x4 x) {
    tt_f32x4 scaled = x * (float)p[0];
    tt_f32x4 positive = tt_where((tt_i32x4)(scaled > 0), scaled);
    tt_f32x4 y =
        (positive + tt_log1p_lanes(tt_exp_negative_lanes(-tt_absolute(scaled)))) / (float)p[0];
    return tt_select((tt_i32x4)(scaled > (float)p[1]), x, y);
}

static tt_f32x4 softplus_slope(const double *p, tt_f32x4 x) {
    tt_f32x4 scaled = x * (float)p[0];
    return tt_select((tt_i32x4)(scaled > (float)p[1]), tt_splat(1), tt_sigmoid_f32x4(scaled));
}

static double softplus_at(const double *p, double x) {
    return p[0] * x > p[1] ? x : tt_log1p(tt_exp(p[0] * x)) / p[0];
}

TT_ELEMENTWISE(softplus)

static tt_f32x4 log_sigmoid_of(const double *p, tt_f32x4 x) {
    (void)p;
    tt_f32x4 negative = tt_where((tt_i32x4)(x < 0), x);
    return negative - tt_log1p_f32x4(tt_exp_f32x4(-tt_absolute(x)));
}

static tt_f32x4 log_sigmoid_slope(const double *p, tt_f32x4 x) {
    (void)p;
    return tt_sigmoid_f32x4(-x);
}

static double log_sigmoid_at(const double *p, double x) {
    (void)p;
    return x < 0 ? x - tt_log1p(tt_exp(x)) : -tt_log1p(tt_exp(-x));
}

TT_ELEMENTWISE(log_sigmoid)

void tt_tanh_limits(const double *p, double limits[2]) {
    (void)p;
    limits[0] = -1;
    limits[1] = 1;
}

void tt_sigmoid_limits(const double *p, double limits[2]) {
    (void)p;
    limits[0] = 0;
    limits[1] = 1;
}

void tt_softplus_limits(const double *p, double limits[2]) {
    (void)p;
    limits[0] = 0;
    limits[1] = INFINITY;
}

void tt_log_sigmoid_limits(const double *p, double limits[2]) {
    (void)p;
    limits[0] = -INFINITY;
    limits[1] = 0;
}
