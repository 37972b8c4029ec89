#include "maths.h"

#include <float.h>

#include "lanes.h"

/* All lanes take the same path: both sides of a condition are computed and one is selected by a bit
 * mask. The polynomials are minimax fits of the remainder that each comment names, weighted by the
 * relative error of the function. */

typedef uint32_t u32x4 __attribute__((vector_size(16)));

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) */
static inline tt_f32x4 polynomial(tt_f32x4 x, int n, const float *c) {
    tt_f32x4 sum = tt_splat(c[n - 1]);
    for (int i = n - 2; i >= 0; i--)
        sum = sum * x + c[i];
    return sum;
}

/* 2^n for -126 <= n <= 127 */
static inline tt_f32x4 power_of_two(tt_i32x4 n) {
    return (tt_f32x4)((u32x4)(n + 127) << 23);
}

/* ln 2 in two parts: a whole number of up to 9 bits times the first one is exact. */
static const float ln2_high = 0x1.62ep-1f, ln2_low = 0x1.0bfbe8p-15f;

/* exp(x) = 2^n exp(r), |r| <= ln(2) / 2: Cody and Waite's reduction (Software Manual for the
 * Elementary Functions, 1980). The polynomial is (exp(r) - 1 - r) / r^2. */
typedef struct exponent_parts {
    tt_i32x4 n;
    tt_f32x4 minus_one; /* exp(r) - 1 */
} exponent_parts;

static inline exponent_parts reduce_exponent(tt_f32x4 x) {
    static const float c[] = {0.49999994f, 0.166665211f, 0.041668389f, 0.00836873706f,
                              0.00138145476f};
    const float rounder = 0x1.8p23f; /* adding it leaves no place for a fraction */
    tt_f32x4 shifted = x * 1.44269504f + rounder;
    tt_f32x4 whole = shifted - rounder;
    tt_f32x4 r = (x - whole * ln2_high) - whole * ln2_low;
    return (exponent_parts){__builtin_convertvector(whole, tt_i32x4),
                            r + r * r * polynomial(r, 5, c)};
}

tt_f32x4 tt_exp_f32x4(tt_f32x4 x) {
    const float underflow = -87.3365448f, overflow = 89.0f;
    tt_f32x4 bounded = tt_select((tt_i32x4)(x > underflow), x, tt_splat(underflow));
    bounded = tt_select((tt_i32x4)(bounded < overflow), bounded, tt_splat(overflow));
    exponent_parts e = reduce_exponent(bounded);

    /* Two factors, since 2^128 is no float. */
    tt_i32x4 half = e.n >> 1;
    tt_f32x4 y = (1.0f + e.minus_one) * power_of_two(half) * power_of_two(e.n - half);
    y = tt_select((tt_i32x4)(x < underflow), tt_splat(0), y);
    return tt_select((tt_i32x4)(x == x), y, x);
}

/* 2^n (exp(r) - 1) + 2^n - 1, with the polynomial and the reduction of exp; halved, since 2^128 is
 * no float. */
tt_f32x4 tt_expm1_f32x4(tt_f32x4 x) {
    const float lowest = -20.0f, overflow = 89.0f; /* -1 in floats from -17.4 down */
    tt_f32x4 bounded = tt_select((tt_i32x4)(x > lowest), x, tt_splat(lowest));
    bounded = tt_select((tt_i32x4)(bounded < overflow), bounded, tt_splat(overflow));
    exponent_parts e = reduce_exponent(bounded);
    tt_f32x4 half = power_of_two(e.n - 1);
    tt_f32x4 y = 2.0f * (half * e.minus_one + (half - 0.5f));
    y = tt_select((tt_i32x4)(tt_absolute(x) < 0x1p-25f), x, y);
    return tt_select((tt_i32x4)(x == x), y, x);
}

/* A positive normal number as 2^exponent * (1 + fraction), with 1 + fraction in
 * [sqrt(1/2), sqrt(2)), so that its logarithm is small on both sides of 1. */
typedef struct parts {
    tt_f32x4 exponent, fraction;
} parts;

static inline parts split(tt_f32x4 x) {
    const uint32_t sqrt_half = 0x3f3504f3, one = 0x3f800000;
    u32x4 bits = (u32x4)x + (one - sqrt_half);
    tt_i32x4 exponent = (tt_i32x4)(bits >> 23) - 127;
    tt_f32x4 mantissa = (tt_f32x4)((bits & 0x007fffff) + sqrt_half);
    return (parts){__builtin_convertvector(exponent, tt_f32x4), mantissa - 1.0f};
}

/* exponent * ln 2 + log(1 + f) + tail, smallest terms first. The polynomial is
 * (log(1 + f) - f + f^2 / 2) / f^3. */
static inline tt_f32x4 log_of_parts(parts x, tt_f32x4 tail) {
    static const float c[] = {0.333333135f,  -0.250000089f, 0.200021192f,
                              -0.166679949f, 0.142195433f,  -0.124055974f,
                              0.118882321f,  -0.116756231f, 0.0674645454f};
    tt_f32x4 f = x.fraction, square = f * f;
    tt_f32x4 y = f * square * polynomial(f, 9, c);
    y += x.exponent * ln2_low + tail;
    y -= 0.5f * square;
    return (f + y) + x.exponent * ln2_high;
}

static inline tt_f32x4 log_limits(tt_f32x4 x, tt_f32x4 y) {
    const float infinity = __builtin_inff();
    y = tt_select((tt_i32x4)(x > 0.0f), y, tt_splat(__builtin_nanf("")));
    y = tt_select((tt_i32x4)(x == 0.0f), tt_splat(-infinity), y);
    return tt_select((tt_i32x4)(x < infinity), y, x);
}

tt_f32x4 tt_log_f32x4(tt_f32x4 x) {
    tt_i32x4 tiny = (tt_i32x4)(x < FLT_MIN);
    parts p = split(tt_select(tiny, x * 0x1p23f, x));
    p.exponent -= tt_select(tiny, tt_splat(23), tt_splat(0));
    return log_limits(x, log_of_parts(p, tt_splat(0)));
}

/* log(u) with u = 1 + x, and the rounding error of u divided by u (Kahan; HP-15C Advanced Functions
 * Handbook, 1982). Near zero x itself is the fraction. */
tt_f32x4 tt_log1p_f32x4(tt_f32x4 x) {
    tt_f32x4 u = 1.0f + x;
    parts p = split(u);
    tt_i32x4 near = (tt_i32x4)(p.exponent == 0.0f);
    p.fraction = tt_select(near, x, p.fraction);
    tt_f32x4 lost = tt_select((tt_i32x4)(x < 1.0f), x - (u - 1.0f), 1.0f - (u - x));
    tt_f32x4 y = log_of_parts(p, tt_select(near, tt_splat(0), lost / u));
    return tt_select((tt_i32x4)(tt_absolute(x) < 0x1p-25f), x, log_limits(u, y));
}

/* Small: the polynomial is (tanh(x) - x) / x^3 in x^2. Otherwise 1 - 2 / (exp(2 x) + 1). */
tt_f32x4 tt_tanh_f32x4(tt_f32x4 x) {
    static const float c[] = {-0.333332777f, 0.133313283f, -0.0537292138f, 0.020601958f,
                              -0.00566073926f};
    tt_f32x4 a = tt_absolute(x), square = a * a;
    tt_f32x4 small = a + a * square * polynomial(square, 5, c);
    tt_f32x4 large = 1.0f - 2.0f / (tt_exp_f32x4(2.0f * a) + 1.0f);
    return tt_with_sign_of(tt_select((tt_i32x4)(a < 0.625f), small, large), x);
}

/* 1 / (1 + e) or e / (1 + e) with e = exp(-|x|), which cannot overflow. The rounding error of the
 * denominator is put right afterwards, for which its reciprocal is at hand. */
tt_f32x4 tt_sigmoid_f32x4(tt_f32x4 x) {
    tt_f32x4 e = tt_exp_f32x4(-tt_absolute(x));
    tt_i32x4 negative = (tt_i32x4)(x < 0.0f);
    tt_f32x4 u = 1.0f + e, lost = e - (u - 1.0f);
    tt_f32x4 y = tt_select(negative, e, tt_splat(1)) / u;
    tt_f32x4 reciprocal = tt_select(negative, 1.0f - y, y);
    return y - y * (lost * reciprocal);
}

/* Small: the polynomial is erf(x) / x - 1 in x^2. Otherwise 1 - exp(log(erfc(x))), where the
 * polynomial is log(erfc(x)) / x + 1 in x. */
tt_f32x4 tt_erf_f32x4(tt_f32x4 x) {
    static const float c_small[] = {0.128379166f,   -0.376126319f,    0.112836786f,   -0.026858462f,
                                    0.00519874413f, -0.000811713398f, 8.26360774e-05f};
    static const float c_large[] = {-0.128657788f,   -0.63511318f,    -0.106300451f,
                                    0.0238172691f,   -0.00366876111f, 0.000329318573f,
                                    -1.18864209e-05f};
    tt_f32x4 a = tt_absolute(x), square = a * a;
    tt_f32x4 small = a + a * polynomial(square, 7, c_small);
    tt_f32x4 bounded =
        tt_select((tt_i32x4)(a > 4.0f), tt_splat(4), a); /* erf rounds to 1 from 3.92 on */
    tt_f32x4 exponent = bounded * polynomial(bounded, 7, c_large) - bounded;
    tt_f32x4 large = 1.0f - tt_exp_f32x4(exponent);
    return tt_with_sign_of(tt_select((tt_i32x4)(a < 0.9375f), small, large), x);
}

/* sin(x + quarter pi / 2) as a sine or cosine of the remainder x - n pi / 2, taken in double so
 * that the multiples of pi / 2 cancel. The polynomials are (sin(r) - r) / r^3 and (cos(r) - 1 + r^2
 * / 2) / r^4 in r^2 (Moshier, Cephes, 1989). */
static inline tt_f32x4 sine_of_quarter(tt_f32x4 x, int32_t quarter) {
    static const float c_sin[] = {-0.166666546f, 0.00833216087f, -0.000195152959f};
    static const float c_cos[] = {0.0416666457f, -0.00138873163f, 2.44331571e-05f};
    typedef double f64x4 __attribute__((vector_size(32)));
    const float limit = 1e6f;
    const double rounder = 0x1.8p52, two_over_pi = 0x1.45f306dc9c883p-1;
    const double high = 0x1.921fb544p0, low = 0x1.0b4611a626331p-34; /* n * high is exact */
    tt_i32x4 inside = (tt_i32x4)(tt_absolute(x) <= limit);
    f64x4 wide = __builtin_convertvector(tt_where(inside, x), f64x4);
    f64x4 whole = (wide * two_over_pi + rounder) - rounder;
    tt_f32x4 r = __builtin_convertvector((wide - whole * high) - whole * low, tt_f32x4);
    tt_f32x4 square = r * r;
    tt_i32x4 n = __builtin_convertvector(whole, tt_i32x4) + quarter;

    tt_f32x4 sine = r + r * square * polynomial(square, 3, c_sin);
    tt_f32x4 cosine = 1.0f - (0.5f * square - square * square * polynomial(square, 3, c_cos));
    tt_f32x4 y = tt_select(-(n & 1), cosine, sine);
    y = (tt_f32x4)((tt_i32x4)y ^ (tt_i32x4)((u32x4)(n & 2) << 30));
    return tt_select(inside, y, tt_splat(__builtin_nanf("")));
}

tt_f32x4 tt_sin_f32x4(tt_f32x4 x) {
    tt_f32x4 y = sine_of_quarter(x, 0);
    return tt_select((tt_i32x4)(x == 0.0f), x, y);
}

tt_f32x4 tt_cos_f32x4(tt_f32x4 x) {
    return sine_of_quarter(x, 1);
}

float tt_exp_f32(float x) {
    return tt_exp_f32x4(tt_splat(x))[0];
}

float tt_expm1_f32(float x) {
    return tt_expm1_f32x4(tt_splat(x))[0];
}

float tt_log_f32(float x) {
    return tt_log_f32x4(tt_splat(x))[0];
}

float tt_log1p_f32(float x) {
    return tt_log1p_f32x4(tt_splat(x))[0];
}

float tt_tanh_f32(float x) {
    return tt_tanh_f32x4(tt_splat(x))[0];
}

float tt_sigmoid_f32(float x) {
    return tt_sigmoid_f32x4(tt_splat(x))[0];
}

float tt_erf_f32(float x) {
    return tt_erf_f32x4(tt_splat(x))[0];
}

float tt_sin_f32(float x) {
    return tt_sin_f32x4(tt_splat(x))[0];
}

float tt_cos_f32(float x) {
    return tt_cos_f32x4(tt_splat(x))[0];
}

float tt_sqrt_f32(float x) {
    return __builtin_sqrtf(x);
}
