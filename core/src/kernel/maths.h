#ifndef TT_MATHS_H
#define TT_MATHS_H

#include <stdint.h>

/* Elementary functions of our own: a platform's libm may differ in the last bit, and then the same
 * run would give other weights on another machine. They use +, -, *, /, square root, comparisons
 * and integer operations only, so every IEEE 754 compiler gives the same bits (without contraction
 * to fused operations; which NaN comes out is the processor's choice). NaN gives NaN; out-of-range
 * arguments give the limits (0, infinity, +-1). */

/* Four floats, the width of wasm SIMD and SSE; natively and in wasm the same source. */
typedef float tt_f32x4 __attribute__((vector_size(16)));
typedef int32_t tt_i32x4 __attribute__((vector_size(16)));

/* Within 2 units in the last place of the true value, for every float, subnormal ones included.
 * Where exp and sigmoid would be below 2^-126 they may be 0 instead. Odd functions and log1p keep
 * the sign of a zero. A lane's result does not depend on the other lanes. */
tt_f32x4 tt_exp_f32x4(tt_f32x4 x);
tt_f32x4 tt_expm1_f32x4(tt_f32x4 x);   /* exp(x) - 1, accurate near 0 */
tt_f32x4 tt_log_f32x4(tt_f32x4 x);     /* -inf at 0, NaN below */
tt_f32x4 tt_log1p_f32x4(tt_f32x4 x);   /* accurate near 0 */
tt_f32x4 tt_tanh_f32x4(tt_f32x4 x);    /* accurate near 0 */
tt_f32x4 tt_sigmoid_f32x4(tt_f32x4 x); /* 1 / (1 + exp(-x)) */
tt_f32x4 tt_erf_f32x4(tt_f32x4 x);
tt_f32x4 tt_sin_f32x4(tt_f32x4 x); /* NaN beyond 1e6 */
tt_f32x4 tt_cos_f32x4(tt_f32x4 x);

/* The same for one number, with the bits of a lane. */
float tt_exp_f32(float x);
float tt_expm1_f32(float x);
float tt_log_f32(float x);
float tt_log1p_f32(float x);
float tt_tanh_f32(float x);
float tt_sigmoid_f32(float x);
float tt_erf_f32(float x);
float tt_sin_f32(float x);
float tt_cos_f32(float x);

/* Doubles, for schedules, initial weights, metrics and reference results: relative error below
 * 1e-14, where the result is not subnormal. */
double tt_exp(double x);
double tt_log(double x);
double tt_log1p(double x);
double tt_pow(double base, double exponent); /* NaN for base < 0 with a fraction; 0^0 = 1 */
double tt_cos(double x); /* absolute error below 1e-14 for |x| <= 1e6; NaN beyond */
double tt_sin(double x);
double tt_tanh(double x);
double tt_erf(double x);
double tt_sqrt(double x); /* exactly rounded */
float tt_sqrt_f32(float x);

#endif
