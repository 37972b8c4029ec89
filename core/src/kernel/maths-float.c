#include "maths.h"

#include "maths-lanes.h"

const tt_maths_constants tt_constants = {
    .one = 1,
    .two = 2,
    .least_normal = FLT_MIN,
    .log2_e = 1.44269504f,
    .ln2_high = 0x1.62ep-1f,
    .ln2_low = 0x1.0bfbe8p-15f,
    .rounder = 0x1.8p23f,
    .exp = {0.49999994f, 0.166665211f, 0.041668389f, 0.00836873706f, 0.00138145476f},
    .log = {0.333333135f, -0.250000089f, 0.200021192f, -0.166679949f, 0.142195433f, -0.124055974f,
            0.118882321f, -0.116756231f, 0.0674645454f},
    .tanh = {-0.333332777f, 0.133313283f, -0.0537292138f, 0.020601958f, -0.00566073926f},
    .exp_underflow = -87.3365448f,
    .tanh_small = 0.625f,
    .tanh_large = 10,
};

tt_f32x4 tt_exp_f32x4(tt_f32x4 x) {
    return tt_exp_lanes(x);
}

/* 2^n (exp(r) - 1) + 2^n - 1, with the polynomial and the reduction of exp; halved, since 2^128 is
 * no float. */
tt_f32x4 tt_expm1_f32x4(tt_f32x4 x) {
    const float lowest = -20.0f, overflow = 89.0f; /* -1 in floats from -17.4 down */
    tt_f32x4 bounded = tt_select((tt_i32x4)(x > lowest), x, tt_splat(lowest));
    bounded = tt_select((tt_i32x4)(bounded < overflow), bounded, tt_splat(overflow));
    tt_exponent e = tt_reduce_exponent(bounded);
    tt_f32x4 half = tt_power_of_two(e.n - 1);
    tt_f32x4 y = 2.0f * (half * e.minus_one + (half - 0.5f));
    y = tt_select((tt_i32x4)(tt_absolute(x) < 0x1p-25f), x, y);
    return tt_select((tt_i32x4)(x == x), y, x);
}

tt_f32x4 tt_log_f32x4(tt_f32x4 x) {
    tt_i32x4 tiny = (tt_i32x4)(x < FLT_MIN);
    tt_parts p = tt_split(tt_select(tiny, x * 0x1p23f, x));
    p.exponent -= tt_select(tiny, tt_splat(23), tt_splat(0));
    return tt_log_limits(x, tt_log_of_parts(p, tt_splat(0)));
}

tt_f32x4 tt_log1p_f32x4(tt_f32x4 x) {
    return tt_log1p_lanes(x);
}

tt_f32x4 tt_tanh_f32x4(tt_f32x4 x) {
    return tt_tanh_lanes(x);
}

tt_f32x4 tt_sigmoid_f32x4(tt_f32x4 x) {
    return tt_sigmoid_lanes(x);
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
    tt_f32x4 small = a + a * tt_polynomial(square, 7, c_small);
    tt_f32x4 bounded =
        tt_select((tt_i32x4)(a > 4.0f), tt_splat(4), a); /* erf rounds to 1 from 3.92 on */
    tt_f32x4 exponent = bounded * tt_polynomial(bounded, 7, c_large) - bounded;
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

    tt_f32x4 sine = r + r * square * tt_polynomial(square, 3, c_sin);
    tt_f32x4 cosine = 1.0f - (0.5f * square - square * square * tt_polynomial(square, 3, c_cos));
    tt_f32x4 y = tt_select(-(n & 1), cosine, sine);
    y = (tt_f32x4)((tt_i32x4)y ^ (tt_i32x4)((tt_u32x4)(n & 2) << 30));
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
