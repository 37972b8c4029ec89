#include <math.h>

#include "maths.h"
#include "scaler-functions.h"

/* All of these are a curve and then a shift and a scale. */
enum { CURVE, EXPONENT, MEAN, DEVIATION, N_FITTED };
typedef enum curve { YEO_JOHNSON, SIGNED_POWER, LOG1P } curve;

enum {
    MAX_LOOKED_AT = 10000, /* values that the exponent is found from */
    N_NARROWINGS = 45,     /* of the interval for the exponent: 10 to 4e-9 */
};

static double expm1_of(double x) {
    bool small = x > -1e-5 && x < 1e-5;
    return small ? x * (1 + x / 2 + x * x / 6) : tt_exp(x) - 1;
}

static double yeo_johnson(double lambda, double x) {
    if (x < 0)
        return -yeo_johnson(2 - lambda, -x);
    double log = tt_log1p(x);
    return lambda == 0 ? log : expm1_of(lambda * log) / lambda;
}

static double signed_power(double exponent, double x) {
    return x < 0 ? -tt_pow(-x, exponent) : tt_pow(x, exponent);
}

static double unbend_yeo_johnson(double lambda, double y) {
    if (y < 0)
        return -unbend_yeo_johnson(2 - lambda, -y);
    return expm1_of(lambda == 0 ? y : tt_log1p(lambda * y) / lambda);
}

static double bend(const double *fitted, double x) {
    if ((curve)fitted[CURVE] == LOG1P)
        return tt_log1p(x);
    return (curve)fitted[CURVE] == YEO_JOHNSON ? yeo_johnson(fitted[EXPONENT], x)
                                               : signed_power(fitted[EXPONENT], x);
}

static double unbend(const double *fitted, double y) {
    if ((curve)fitted[CURVE] == LOG1P)
        return expm1_of(y);
    return (curve)fitted[CURVE] == YEO_JOHNSON ? unbend_yeo_johnson(fitted[EXPONENT], y)
                                               : signed_power(1 / fitted[EXPONENT], y);
}

/* The logarithm of the likelihood that the transformed values are from a normal distribution, but
 * for a constant (Yeo and Johnson, 2000); least where they overflow. */
static double likelihood(double lambda, int64_t n, int64_t stride, const double *x) {
    double mean = 0, squares = 0, jacobian = 0, count = 0;
    for (int64_t i = 0; i < n; i += stride) {
        double y = yeo_johnson(lambda, x[i]), d = y - mean;
        count += 1;
        mean += d / count;
        squares += d * (y - mean);
        jacobian += x[i] < 0 ? -tt_log1p(-x[i]) : tt_log1p(x[i]);
    }
    double value = (lambda - 1) * jacobian - count / 2 * tt_log(squares / count);
    return value - value == 0 ? value : -INFINITY;
}

/* Golden-section search. */
static double best_exponent(int64_t n, const double *x) {
    const double ratio = 0.6180339887498949;
    int64_t stride = (n + MAX_LOOKED_AT - 1) / MAX_LOOKED_AT;
    double low = -5, high = 5, a = high - ratio * (high - low), b = low + ratio * (high - low);
    double of_a = likelihood(a, n, stride, x), of_b = likelihood(b, n, stride, x);
    for (int i = 0; i < N_NARROWINGS; i++) {
        if (of_a > of_b) {
            high = b;
            b = a;
            of_b = of_a;
            a = high - ratio * (high - low);
            of_a = likelihood(a, n, stride, x);
        } else {
            low = a;
            a = b;
            of_a = of_b;
            b = low + ratio * (high - low);
            of_b = likelihood(b, n, stride, x);
        }
    }
    return (low + high) / 2;
}

int32_t tt_power_n_fitted(const double *p) {
    (void)p;
    return N_FITTED;
}

static void standardize(bool wanted, int64_t n, double *x, double *fitted) {
    fitted[MEAN] = 0;
    fitted[DEVIATION] = 1;
    if (!wanted)
        return;
    for (int64_t i = 0; i < n; i++)
        x[i] = bend(fitted, x[i]);
    tt_mean_and_deviation(n, x, &fitted[MEAN], &fitted[DEVIATION]);
}

void tt_log1p_fit(const double *p, int64_t n, double *x, double *fitted) {
    fitted[CURVE] = LOG1P;
    fitted[EXPONENT] = 0;
    standardize(p[0] != 0, n, x, fitted);
}

static bool is_constant(int64_t n, const double *x) {
    for (int64_t i = 1; i < n; i++)
        if (x[i] != x[0])
            return false;
    return true;
}

void tt_power_fit(const double *p, int64_t n, double *x, double *fitted) {
    fitted[CURVE] = p[0];
    fitted[EXPONENT] = p[1];
    if ((curve)p[0] == YEO_JOHNSON)
        fitted[EXPONENT] = is_constant(n, x) ? 1 : best_exponent(n, x);
    standardize(p[2] != 0, n, x, fitted);
}

double tt_power_apply(const double *fitted, double x) {
    return (bend(fitted, x) - fitted[MEAN]) / fitted[DEVIATION];
}

double tt_power_invert(const double *fitted, double y) {
    return unbend(fitted, fitted[MEAN] + fitted[DEVIATION] * y);
}

bool tt_power_plausible(int32_t n, const double *fitted) {
    return n == N_FITTED && fitted[CURVE] >= YEO_JOHNSON && fitted[CURVE] <= LOG1P;
}
