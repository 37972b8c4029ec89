#include "loss-elementwise.h"

#define TWO_PI           6.28318530717958647692
#define LARGEST_EXPONENT 88.0f /* e to this power is still a float */

enum { POISSON_LOG_INPUT, POISSON_FULL, POISSON_EPS };

/* Stirling's approximation of log(y!), for y > 1. */
static tt_f32x4 stirling(tt_f32x4 y) {
    tt_f32x4 log = tt_log_f32x4(tt_at_least(y, 1));
    return tt_where((tt_i32x4)(y > 1), y * log - y + 0.5f * (log + tt_log_f32((float)TWO_PI)));
}

static tt_f32x4 poisson_nll_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    tt_f32x4 loss;
    if (p[POISSON_LOG_INPUT] != 0) {
        tt_i32x4 beyond = (tt_i32x4)(e.z > LARGEST_EXPONENT);
        tt_f32x4 rate = tt_exp_f32x4(tt_select(beyond, tt_splat(LARGEST_EXPONENT), e.z));
        *slope = rate - e.y;
        loss = rate - e.y * e.z;
    } else {
        tt_f32x4 rate = e.z + (float)p[POISSON_EPS];
        *slope = 1.0f - e.y / rate;
        loss = e.z - e.y * tt_log_f32x4(rate);
    }
    return p[POISSON_FULL] != 0 ? loss + stirling(e.y) : loss;
}

static double poisson_nll_at(const double *p, int32_t j, double z, double y) {
    (void)j;
    const double most = (double)LARGEST_EXPONENT;
    double full = p[POISSON_FULL] != 0 && y > 1 ? y * tt_log(y) - y + 0.5 * tt_log(TWO_PI * y) : 0;
    if (p[POISSON_LOG_INPUT] != 0)
        return tt_exp(z < most ? z : most) - y * z + full;
    return z - y * tt_log(z + p[POISSON_EPS]) + full;
}

TT_ELEMENTWISE_LOSS(poisson_nll, NULL)

tt_link tt_poisson_nll_link(const double *p) {
    return p[POISSON_LOG_INPUT] != 0 ? TT_LINK_EXP : TT_LINK_IDENTITY;
}

enum { GAUSSIAN_EXP, GAUSSIAN_DIRECT }; /* the choices of `variance` */
enum { GAUSSIAN_VARIANCE, GAUSSIAN_FULL, GAUSSIAN_EPS };

/* The loss of one pair of outputs, mean and what stands for the variance, and its gradient. As in
 * PyTorch a variance below eps counts as eps, while its gradient passes as if it were free, so that
 * it can leave. */
static float gaussian_pair(const double *p, const float *z, float y, float *gradient) {
    const float eps = (float)p[GAUSSIAN_EPS], d = z[0] - y;
    if ((int32_t)p[GAUSSIAN_VARIANCE] == GAUSSIAN_DIRECT) {
        float variance = z[1] < eps ? eps : z[1], ratio = d / variance;
        gradient[0] = ratio;
        gradient[1] = 0.5f * (1 / variance - ratio * ratio);
        return 0.5f * (tt_log_f32(variance) + d * ratio);
    }
    float least = tt_log_f32(eps), log_variance = z[1] < least ? least : z[1];
    float ratio = d * tt_exp_f32(-log_variance);
    gradient[0] = ratio;
    gradient[1] = 0.5f * (1 - d * ratio);
    return 0.5f * (log_variance + d * ratio);
}

double tt_gaussian_nll_evaluate(const double *p, const tt_rows *rows) {
    const int32_t targets = rows->outputs / 2;
    const double full = p[GAUSSIAN_FULL] != 0 ? 0.5 * tt_log(TWO_PI) : 0;
    double total = 0;
    for (int32_t i = 0; i < rows->n; i++) {
        const float weight = tt_row_weight(rows, i), share = rows->scale / (float)targets * weight;
        for (int32_t t = i * targets; t < (i + 1) * targets; t++) {
            float gradient[2];
            double loss = (double)gaussian_pair(p, rows->z + 2 * t, rows->y[t], gradient);
            total += (double)weight * (loss + full);
            for (int32_t k = 0; rows->dz && k < 2; k++)
                rows->dz[2 * t + k] = share * gradient[k];
        }
    }
    return total / targets;
}

double tt_gaussian_nll_reference(const double *p, int32_t outputs, const double *z,
                                 const float *y) {
    double sum = 0;
    for (int32_t t = 0; t < outputs / 2; t++) {
        double d = z[2 * t] - (double)y[t], variance = z[2 * t + 1];
        if ((int32_t)p[GAUSSIAN_VARIANCE] == GAUSSIAN_EXP)
            variance = tt_exp(variance);
        variance = variance < p[GAUSSIAN_EPS] ? p[GAUSSIAN_EPS] : variance;
        sum += 0.5 * (tt_log(variance) + d * d / variance);
        sum += p[GAUSSIAN_FULL] != 0 ? 0.5 * tt_log(TWO_PI) : 0;
    }
    return sum / (outputs / 2);
}
