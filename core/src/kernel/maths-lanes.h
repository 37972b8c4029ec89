#ifndef TT_MATHS_LANES_H
#define TT_MATHS_LANES_H

#include <float.h>

#include "lanes.h"

/* The functions of maths.h that training spends its time in, as inline code with the same bits: in
 * a loop over many vectors, a call for every four elements costs as much as the function.
 *
 * All lanes take the same path: both sides of a condition are computed and one is selected by a bit
 * mask. The polynomials are minimax fits of the remainder that each comment names, weighted by the
 * relative error of the function. */

typedef uint32_t tt_u32x4 __attribute__((vector_size(16)));

/* The numbers in these functions. They come from memory, and are defined in another file so that no
 * compiler turns them into constants: V8 takes three instructions to make a constant vector, again
 * at every use, but one to load a number into all lanes. */
typedef struct tt_maths_constants {
    float one, two, least_normal;    /* the last: smaller numbers are subnormal */
    float log2_e, ln2_high, ln2_low; /* ln 2 in two parts: a whole number of up to 9 bits times the
                                        first one is exact */
    float rounder;                   /* adding it leaves no place for a fraction */
    float exp[5], log[9], tanh[5];   /* polynomials, from the lowest power up */
    float exp_underflow;             /* where exp(x) becomes subnormal */
    float tanh_small, tanh_large;    /* where the polynomial ends; where tanh(x) rounds to 1 */
} tt_maths_constants;

extern const tt_maths_constants tt_constants;

/* c[0] + c[1] x + ... + c[n - 1] x^(n - 1) */
static inline tt_f32x4 tt_polynomial(tt_f32x4 x, int n, const float *c) {
    tt_f32x4 sum = tt_splat(c[n - 1]);
    for (int i = n - 2; i >= 0; i--)
        sum = sum * x + c[i];
    return sum;
}

/* exp(x) = 2^n exp(r), |r| <= ln(2) / 2: Cody and Waite's reduction (Software Manual for the
 * Elementary Functions, 1980). The polynomial is (exp(r) - 1 - r) / r^2. */
typedef struct tt_exponent {
    tt_u32x4 n;         /* in its lowest 9 bits; a shift to the exponent loses the others */
    tt_f32x4 minus_one; /* exp(r) - 1 */
} tt_exponent;

static inline tt_exponent tt_reduce_exponent(tt_f32x4 x) {
    const tt_maths_constants *c = &tt_constants;
    tt_f32x4 shifted = x * c->log2_e + c->rounder;
    tt_f32x4 whole = shifted - c->rounder;
    tt_f32x4 r = (x - whole * c->ln2_high) - whole * c->ln2_low;
    return (tt_exponent){(tt_u32x4)shifted, r + r * r * tt_polynomial(r, 5, c->exp)};
}

/* 2^n for -126 <= n <= 127, n in the lowest 9 bits */
static inline tt_f32x4 tt_power_of_two(tt_u32x4 n) {
    return (tt_f32x4)((n << 23) + (tt_u32x4)tt_splat(tt_constants.one));
}

/* exp(x) where it is not subnormal, up to 88, and NaN */
static inline tt_f32x4 tt_exp_normal_lanes(tt_f32x4 x) {
    tt_exponent e = tt_reduce_exponent(x);
    return (tt_constants.one + e.minus_one) * tt_power_of_two(e.n);
}

/* exp(x) for x <= 0, and NaN */
static inline tt_f32x4 tt_exp_negative_lanes(tt_f32x4 x) {
    const float underflow = tt_constants.exp_underflow;
    return tt_where(~(tt_i32x4)(x < underflow), tt_exp_normal_lanes(tt_at_least(x, underflow)));
}

/* By two factors, since 2^128 is no float. */
static inline tt_f32x4 tt_exp_lanes(tt_f32x4 x) {
    const float underflow = tt_constants.exp_underflow, overflow = 89.0f;
    tt_exponent e = tt_reduce_exponent(tt_at_most(tt_at_least(x, underflow), overflow));
    tt_i32x4 n = (tt_i32x4)(e.n << 23) >> 23;
    tt_u32x4 half = (tt_u32x4)(n >> 1), rest = e.n - half;
    tt_f32x4 y = (1.0f + e.minus_one) * tt_power_of_two(half) * tt_power_of_two(rest);
    return tt_where(~(tt_i32x4)(x < underflow), y);
}

/* A positive normal number as 2^exponent * (1 + fraction), with 1 + fraction in
 * [sqrt(1/2), sqrt(2)), so that its logarithm is small on both sides of 1. */
typedef struct tt_parts {
    tt_f32x4 exponent, fraction;
} tt_parts;

static inline tt_parts tt_split(tt_f32x4 x) {
    const uint32_t sqrt_half = 0x3f3504f3, one = 0x3f800000;
    tt_u32x4 bits = (tt_u32x4)x + (one - sqrt_half);
    tt_i32x4 exponent = (tt_i32x4)(bits >> 23) - 127;
    tt_f32x4 mantissa = (tt_f32x4)((bits & 0x007fffff) + sqrt_half);
    return (tt_parts){__builtin_convertvector(exponent, tt_f32x4), mantissa - 1.0f};
}

/* exponent * ln 2 + log(1 + f) + tail, smallest terms first. The polynomial is
 * (log(1 + f) - f + f^2 / 2) / f^3. */
static inline tt_f32x4 tt_log_of_parts(tt_parts x, tt_f32x4 tail) {
    const tt_maths_constants *c = &tt_constants;
    tt_f32x4 f = x.fraction, square = f * f;
    tt_f32x4 y = f * square * tt_polynomial(f, 9, c->log);
    y += x.exponent * c->ln2_low + tail;
    y -= 0.5f * square;
    return (f + y) + x.exponent * c->ln2_high;
}

static inline tt_f32x4 tt_log_limits(tt_f32x4 x, tt_f32x4 y) {
    const float infinity = __builtin_inff();
    y = tt_select((tt_i32x4)(x > 0.0f), y, tt_splat(__builtin_nanf("")));
    y = tt_select((tt_i32x4)(x == 0.0f), tt_splat(-infinity), y);
    return tt_select((tt_i32x4)(x < infinity), y, x);
}

/* log(u) with u = 1 + x, and the rounding error of u divided by u (Kahan; HP-15C Advanced Functions
 * Handbook, 1982). Near zero x itself is the fraction. */
static inline tt_f32x4 tt_log1p_lanes(tt_f32x4 x) {
    tt_f32x4 u = 1.0f + x;
    tt_parts p = tt_split(u);
    tt_i32x4 near = (tt_i32x4)(p.exponent == 0.0f);
    p.fraction = tt_select(near, x, p.fraction);
    tt_f32x4 lost = tt_select((tt_i32x4)(x < 1.0f), x - (u - 1.0f), 1.0f - (u - x));
    tt_f32x4 y = tt_log_of_parts(p, tt_select(near, tt_splat(0), lost / u));
    return tt_select((tt_i32x4)(tt_absolute(x) < 0x1p-25f), x, tt_log_limits(u, y));
}

/* Small: the polynomial is (tanh(x) - x) / x^3 in x^2. Otherwise 1 - 2 / (exp(2 x) + 1). */
static inline tt_f32x4 tt_tanh_lanes(tt_f32x4 x) {
    const tt_maths_constants *c = &tt_constants;
    tt_f32x4 a = tt_absolute(x), square = a * a;
    tt_f32x4 small = a + a * square * tt_polynomial(square, 5, c->tanh);
    tt_f32x4 bounded = tt_at_most(a, c->tanh_large);
    tt_f32x4 large = c->one - c->two / (tt_exp_normal_lanes(bounded + bounded) + c->one);
    return tt_with_sign_of(tt_select((tt_i32x4)(a < c->tanh_small), small, large), x);
}

/* 1 / (1 + e) or e / (1 + e) with e = exp(-|x|), which cannot overflow. The rounding error of the
 * denominator is put right afterwards, for which its reciprocal is at hand. */
static inline tt_f32x4 tt_sigmoid_lanes(tt_f32x4 x) {
    tt_f32x4 e = tt_exp_negative_lanes(-tt_absolute(x));
    tt_i32x4 negative = (tt_i32x4)(x < 0.0f);
    tt_f32x4 one = tt_splat(tt_constants.one), u = one + e, lost = e - (u - one);
    tt_f32x4 y = tt_select(negative, e, one) / u;
    tt_f32x4 reciprocal = tt_select(negative, one - y, y);
    return y - y * (lost * reciprocal);
}

#endif
