#include <math.h>

#include "activation-map.h"

/* scale * x above 0, scale * alpha (exp(x / width) - 1) below */
static inline tt_f32x4 bent(tt_f32x4 x, float scale, float alpha, float width) {
    tt_f32x4 below = alpha * tt_expm1_f32x4(x / width);
    return scale * tt_select((tt_i32x4)(x > 0), x, below);
}

static inline tt_f32x4 bent_slope(tt_f32x4 x, float scale, float alpha, float width) {
    tt_f32x4 below = alpha / width * tt_exp_f32x4(x / width);
    return scale * tt_select((tt_i32x4)(x > 0), tt_splat(1), below);
}

static double bent_at(double x, double scale, double alpha, double width) {
    return scale * (x > 0 ? x : alpha * (tt_exp(x / width) - 1));
}

static tt_f32x4 elu_of(const double *p, tt_f32x4 x) {
    return bent(x, 1, (float)p[0], 1);
}

static tt_f32x4 elu_slope(const double *p, tt_f32x4 x) {
    return bent_slope(x, 1, (float)p[0], 1);
}

static double elu_at(const double *p, double x) {
    return bent_at(x, 1, p[0], 1);
}

TT_ELEMENTWISE(elu)

/* The fixed point of mean 0 and variance 1 (Klambauer et al., 2017). */
#define SELU_SCALE 1.0507009873554804934193349852946
#define SELU_ALPHA 1.6732632423543772848170429916717

static tt_f32x4 selu_of(const double *p, tt_f32x4 x) {
    (void)p;
    return bent(x, (float)SELU_SCALE, (float)SELU_ALPHA, 1);
}

static tt_f32x4 selu_slope(const double *p, tt_f32x4 x) {
    (void)p;
    return bent_slope(x, (float)SELU_SCALE, (float)SELU_ALPHA, 1);
}

static double selu_at(const double *p, double x) {
    (void)p;
    return bent_at(x, SELU_SCALE, SELU_ALPHA, 1);
}

TT_ELEMENTWISE(selu)

static tt_f32x4 celu_of(const double *p, tt_f32x4 x) {
    return bent(x, 1, (float)p[0], (float)p[0]);
}

static tt_f32x4 celu_slope(const double *p, tt_f32x4 x) {
    return bent_slope(x, 1, (float)p[0], (float)p[0]);
}

static double celu_at(const double *p, double x) {
    return bent_at(x, 1, p[0], p[0]);
}

TT_ELEMENTWISE(celu)

#define LARGEST_EXPONENT 88.0f /* e to this power is still a float */

static tt_f32x4 exponential_of(const double *p, tt_f32x4 x) {
    (void)p;
    return tt_exp_f32x4(tt_select((tt_i32x4)(x > LARGEST_EXPONENT), tt_splat(LARGEST_EXPONENT), x));
}

static tt_f32x4 exponential_slope(const double *p, tt_f32x4 y) {
    (void)p;
    return y;
}

static double exponential_at(const double *p, double x) {
    (void)p;
    return tt_exp(x > (double)LARGEST_EXPONENT ? (double)LARGEST_EXPONENT : x);
}

TT_ELEMENTWISE(exponential)

void tt_elu_limits(const double *p, double limits[2]) {
    limits[0] = -p[0];
    limits[1] = INFINITY;
}

void tt_selu_limits(const double *p, double limits[2]) {
    (void)p;
    limits[0] = -SELU_SCALE * SELU_ALPHA;
    limits[1] = INFINITY;
}
