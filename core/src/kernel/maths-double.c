#include "maths.h"

#include <stdbool.h>
#include <string.h>

/* Series rather than fitted polynomials: these functions are not in a hot loop, and a Taylor series
 * can be checked by eye. Numbered formulas are those of Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 1964. */

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) */
static double polynomial(double x, int n, const double *c) {
    double sum = c[n - 1];
    for (int i = n - 2; i >= 0; i--)
        sum = sum * x + c[i];
    return sum;
}

static double absolute(double x) {
    return x < 0 ? -x : x;
}

/* The nearest whole number; |x| < 2^51. */
static double round_to_whole(double x) {
    const double rounder = 0x1.8p52; /* adding it leaves no place for a fraction */
    return (x + rounder) - rounder;
}

/* a * b = high + low without error (Dekker, A Floating-Point Technique, 1971); for magnitudes
 * between about 1e-140 and 1e290. */
typedef struct sum {
    double high, low;
} sum;

static sum exact_product(double a, double b) {
    double a_high = a * 0x1.0000002p27, b_high = b * 0x1.0000002p27;
    a_high = a_high - (a_high - a);
    b_high = b_high - (b_high - b);
    double a_low = a - a_high, b_low = b - b_high, product = a * b;
    double low = a_high * b_high - product;
    low += a_high * b_low;
    low += a_low * b_high;
    low += a_low * b_low;
    return (sum){product, low};
}

/* ln 2 in two parts: a whole number of up to 21 bits times the first one is exact. */
static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

/* exp(x) - 1 for |x| <= 0.35: Taylor series (4.2.1). */
static double expm1_small(double x) {
    static const double c[] = {1.0 / 2,       1.0 / 6,        1.0 / 24,        1.0 / 120,
                               1.0 / 720,     1.0 / 5040,     1.0 / 40320,     1.0 / 362880,
                               1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
    return x + x * x * polynomial(x, 12, c);
}

/* 2^n for -1022 <= n <= 1023 */
static double power_of_two(int n) {
    uint64_t bits = (uint64_t)(n + 1023) << 52;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* exp(x.high + x.low) = 2^n exp(r), |r| <= ln(2) / 2; |x| <= 800. */
static double exp_of_sum(sum x) {
    double whole = round_to_whole(x.high * 0x1.71547652b82fep0);
    double r = ((x.high - whole * ln2_high) - whole * ln2_low) + x.low;
    int n = (int)whole, half = n / 2;
    /* Two factors, since 2^1024 and 2^-1074 are out of power_of_two's range. */
    return (1 + expm1_small(r)) * power_of_two(half) * power_of_two(n - half);
}

double tt_exp(double x) {
    if (x != x)
        return x;
    double bounded = x < -800 ? -800 : x > 800 ? 800 : x;
    return exp_of_sum((sum){bounded, 0});
}

/* atanh(s) / s - 1 for |s| < 0.18, where s2 = s^2 (4.6.22). */
static double atanh_tail(double s2) {
    static const double c[] = {1.0 / 3,  1.0 / 5,  1.0 / 7,  1.0 / 9,  1.0 / 11,
                               1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21};
    return s2 * polynomial(s2, 10, c);
}

/* log(x) to about 60 bits, for 0 < x < infinity. With x = 2^e m and m in [sqrt(1/2), sqrt(2)):
 * log x = e ln 2 + 2 atanh((m - 1) / (m + 1)) (4.1.27). */
static sum log_to_sum(double x) {
    const uint64_t sqrt_half = 0x3fe6a09e667f3bcd, one = 0x3ff0000000000000;
    double scale = x < 0x1p-1022 ? 0x1p54 : 1;
    uint64_t bits;
    x *= scale;
    memcpy(&bits, &x, sizeof bits);
    bits += one - sqrt_half;
    double e = (double)((int)(bits >> 52) - 1023 - (scale > 1 ? 54 : 0)), m;
    bits = (bits & 0x000fffffffffffff) + sqrt_half;
    memcpy(&m, &bits, sizeof m);

    /* The quotient s with its rounding error, from the division's exact remainder. */
    double f = m - 1, divisor = m + 1, divisor_low = m - (divisor - 1);
    double s = f / divisor;
    sum back = exact_product(s, divisor);
    double s_low = (((f - back.high) - back.low) - s * divisor_low) / divisor;

    double large = e * ln2_high, high = large + 2 * s;
    double lost = e != 0 ? 2 * s - (high - large) : 0;
    double low = lost + (2 * s_low + 2 * s * atanh_tail(s * s) + e * ln2_low);
    double total = high + low;
    return (sum){total, low - (total - high)};
}

double tt_log(double x) {
    if (x == 0)
        return -__builtin_inf();
    if (x < 0)
        return __builtin_nan("");
    if (!(x < __builtin_inf()))
        return x;
    return log_to_sum(x).high;
}

/* log(u) with u = 1 + x, and the rounding error of u divided by u (Kahan; HP-15C Advanced Functions
 * Handbook, 1982). Near zero x itself goes into the series. */
double tt_log1p(double x) {
    if (x > -0.25 && x < 0.4) {
        double s = x / (2 + x);
        return 2 * (s + s * atanh_tail(s * s));
    }
    double u = 1 + x;
    if (!(x > -1 && u < __builtin_inf()))
        return tt_log(u);
    double lost = x < 1 ? x - (u - 1) : 1 - (u - x);
    return tt_log(u) + lost / u;
}

static bool is_whole(double x) {
    return absolute(x) >= 0x1p53 || (double)(int64_t)x == x;
}

static bool is_odd(double x) {
    return is_whole(x) && absolute(x) < 0x1p53 && ((int64_t)x & 1);
}

/* exp(exponent * log(base)), with the product in two doubles: its error, not its relative error, is
 * the relative error of the power. */
double tt_pow(double base, double exponent) {
    if (exponent == 0)
        return 1;
    if (base != base || exponent != exponent || (base < 0 && !is_whole(exponent)))
        return __builtin_nan("");
    double size = absolute(base);
    double sign = __builtin_signbit(base) && is_odd(exponent) ? -1 : 1;
    if (size == 1)
        return sign;
    double estimate = exponent * tt_log(size);
    if (!(absolute(estimate) < 800))
        return sign * (estimate > 0 ? __builtin_inf() : 0);
    sum logarithm = log_to_sum(size);
    sum product = exact_product(exponent, logarithm.high);
    product.low += exponent * logarithm.low;
    return sign * exp_of_sum(product);
}

/* Taylor series (4.3.65 and 4.3.66) for |x| <= pi / 4. */
static double sin_small(double x) {
    static const double c[] = {-1.0 / 6,        1.0 / 120,        -1.0 / 5040,         1.0 / 362880,
                               -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000};
    double square = x * x;
    return x + x * square * polynomial(square, 7, c);
}

static double cos_small(double x) {
    static const double c[] = {1.0,
                               -1.0 / 2,
                               1.0 / 24,
                               -1.0 / 720,
                               1.0 / 40320,
                               -1.0 / 3628800,
                               1.0 / 479001600,
                               -1.0 / 87178291200,
                               1.0 / 20922789888000};
    return polynomial(x * x, 9, c);
}

/* sin(x + quarters * pi / 2). pi / 2 is in two parts: n times the first one is exact. */
static double sin_from_quarter(double x, int quarters) {
    const double half_pi_high = 0x1.921fb544p0, half_pi_low = 0x1.0b4611a626331p-34;
    if (!(absolute(x) <= 1e6))
        return __builtin_nan("");
    double n = round_to_whole(x * 0x1.45f306dc9c883p-1);
    double r = (x - n * half_pi_high) - n * half_pi_low;
    int quadrant = ((int)n + quarters) & 3;
    double value = quadrant & 1 ? cos_small(r) : sin_small(r);
    return quadrant & 2 ? -value : value;
}

double tt_sin(double x) {
    return sin_from_quarter(x, 0);
}

double tt_cos(double x) {
    return sin_from_quarter(x, 1);
}

double tt_tanh(double x) {
    double a = absolute(x);
    if (a < 0.17) {
        double e = expm1_small(2 * x);
        return e / (e + 2);
    }
    double y = 1 - 2 / (tt_exp(2 * a) + 1);
    return x < 0 ? -y : y;
}

/* 2 / sqrt(pi) exp(-x^2) sum of 2^n x^(2n + 1) / (1 3 5 ... (2n + 1)) (7.1.6): no cancellation. */
static double erf_series(double x) {
    double term = x, total = x;
    for (int odd = 3; term > total * 0x1p-54; odd += 2) {
        term *= 2 * x * x / odd;
        total += term;
    }
    return 0x1.20dd750429b6dp0 * tt_exp(-x * x) * total;
}

/* The continued fraction (7.1.14): exp(-x^2) / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / ...
 * from x = 2 on 60 levels are enough. */
static double erfc_fraction(double x) {
    double value = x;
    for (int level = 60; level > 0; level--)
        value = x + 0.5 * level / value;
    return 0x1.20dd750429b6dp-1 * tt_exp(-x * x) / value;
}

double tt_erf(double x) {
    double a = absolute(x);
    if (!(a > 0))
        return x;
    double y = a < 2 ? erf_series(a) : a < 6 ? 1 - erfc_fraction(a) : 1;
    return x < 0 ? -y : y;
}

double tt_sqrt(double x) {
    return __builtin_sqrt(x);
}
