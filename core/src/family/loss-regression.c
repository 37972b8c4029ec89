#include "loss-elementwise.h"

static inline double size_of(double d) {
    return d < 0 ? -d : d;
}

static tt_f32x4 mse_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 d = e.z - e.y;
    *slope = 2.0f * d;
    return d * d;
}

static double mse_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    return (z - y) * (z - y);
}

TT_ELEMENTWISE_LOSS(mse, NULL)

static tt_f32x4 mae_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 d = e.z - e.y;
    *slope = tt_sign(d);
    return tt_absolute(d);
}

static double mae_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    return size_of(z - y);
}

TT_ELEMENTWISE_LOSS(mae, NULL)

static tt_f32x4 huber_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    const float delta = (float)p[0];
    tt_f32x4 d = e.z - e.y, size = tt_absolute(d);
    tt_i32x4 inside = (tt_i32x4)(size <= delta);
    *slope = tt_select(inside, d, delta * tt_sign(d));
    return tt_select(inside, 0.5f * d * d, delta * (size - 0.5f * delta));
}

static double huber_at(const double *p, int32_t j, double z, double y) {
    (void)j;
    double size = size_of(z - y);
    return size <= p[0] ? 0.5 * size * size : p[0] * (size - 0.5 * p[0]);
}

TT_ELEMENTWISE_LOSS(huber, NULL)

static tt_f32x4 smooth_l1_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    const float beta = (float)p[0];
    tt_f32x4 d = e.z - e.y, size = tt_absolute(d);
    tt_i32x4 inside = (tt_i32x4)(size < beta);
    *slope = tt_select(inside, d / beta, tt_sign(d));
    return tt_select(inside, 0.5f * d * d / beta, size - 0.5f * beta);
}

static double smooth_l1_at(const double *p, int32_t j, double z, double y) {
    (void)j;
    double size = size_of(z - y);
    return size < p[0] ? 0.5 * size * size / p[0] : size - 0.5 * p[0];
}

TT_ELEMENTWISE_LOSS(smooth_l1, NULL)

/* For small d, log(cosh(d)) = -log(1 - tanh(d)^2) / 2 keeps its digits. */
static tt_f32x4 log_cosh_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    const float ln2 = 0x1.62e43p-1f;
    tt_f32x4 d = e.z - e.y, size = tt_absolute(d), tanh = tt_tanh_f32x4(d);
    tt_f32x4 small = -0.5f * tt_log1p_f32x4(-tanh * tanh);
    tt_f32x4 large = size + (tt_log1p_f32x4(tt_exp_f32x4(-2.0f * size)) - ln2);
    *slope = tanh;
    return tt_select((tt_i32x4)(size < 1), small, large);
}

static double log_cosh_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    double size = size_of(z - y);
    return size + tt_log1p(tt_exp(-2 * size)) - tt_log(2);
}

TT_ELEMENTWISE_LOSS(log_cosh, NULL)

static tt_f32x4 quantile_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    const float q = (float)p[0];
    tt_f32x4 d = e.z - e.y;
    tt_f32x4 side = tt_select((tt_i32x4)(d < 0), tt_splat(-q), tt_splat((float)(1 - p[0])));
    *slope = tt_where((tt_i32x4)(d != 0), side);
    return side * d;
}

static double quantile_at(const double *p, int32_t j, double z, double y) {
    (void)j;
    return y > z ? p[0] * (y - z) : (p[0] - 1) * (y - z);
}

TT_ELEMENTWISE_LOSS(quantile, NULL)

#define MAPE_LEAST 1e-7

static tt_f32x4 mape_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 d = e.z - e.y, whole = tt_at_least(tt_absolute(e.y), (float)MAPE_LEAST);
    *slope = 100.0f * tt_sign(d) / whole;
    return 100.0f * (tt_absolute(d) / whole);
}

static double mape_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    double whole = size_of(y) > MAPE_LEAST ? size_of(y) : MAPE_LEAST;
    return 100 * size_of(z - y) / whole;
}

TT_ELEMENTWISE_LOSS(mape, NULL)

#define MSLE_LEAST -0.999999f /* the logarithm ends at -1 */

static tt_f32x4 msle_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 z = tt_at_least(e.z, MSLE_LEAST), y = tt_at_least(e.y, MSLE_LEAST);
    tt_f32x4 d = tt_log1p_f32x4(z) - tt_log1p_f32x4(y);
    *slope = tt_where((tt_i32x4)(e.z > MSLE_LEAST), 2.0f * d / (1.0f + z));
    return d * d;
}

static double msle_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    const double least = (double)MSLE_LEAST;
    double d = tt_log1p(z > least ? z : least) - tt_log1p(y > least ? y : least);
    return d * d;
}

TT_ELEMENTWISE_LOSS(msle, NULL)
