#ifndef TT_LANES_H
#define TT_LANES_H

#include "maths.h"

/* What C lacks for a vector of four floats. A comparison of vectors gives a mask: all bits of a
 * lane where it holds, none elsewhere. */

static inline tt_f32x4 tt_splat(float value) {
    return (tt_f32x4){value, value, value, value};
}

/* Lane by lane, `yes` where the mask is set and `no` elsewhere. */
static inline tt_f32x4 tt_select(tt_i32x4 mask, tt_f32x4 yes, tt_f32x4 no) {
    return (tt_f32x4)((mask & (tt_i32x4)yes) | (~mask & (tt_i32x4)no));
}

/* x where the mask is set, 0 elsewhere. */
static inline tt_f32x4 tt_where(tt_i32x4 mask, tt_f32x4 x) {
    return (tt_f32x4)(mask & (tt_i32x4)x);
}

/* limit where x is below, or above it, and x elsewhere: a NaN stays. One instruction in wasm and on
 * x86, unlike the minimum and maximum that look for NaN. */
static inline tt_f32x4 tt_at_least(tt_f32x4 x, float limit) {
#ifdef __wasm_simd128__
    return __builtin_wasm_pmax_f32x4(x, tt_splat(limit));
#else
    return tt_select((tt_i32x4)(x < limit), tt_splat(limit), x);
#endif
}

static inline tt_f32x4 tt_at_most(tt_f32x4 x, float limit) {
#ifdef __wasm_simd128__
    return __builtin_wasm_pmin_f32x4(x, tt_splat(limit));
#else
    return tt_select((tt_i32x4)(x > limit), tt_splat(limit), x);
#endif
}

static inline tt_f32x4 tt_absolute(tt_f32x4 x) {
#ifdef __wasm_simd128__
    return __builtin_wasm_abs_f32x4(x);
#else
    return (tt_f32x4)((tt_i32x4)x & INT32_MAX);
#endif
}

/* The magnitude must not be negative. */
static inline tt_f32x4 tt_with_sign_of(tt_f32x4 magnitude, tt_f32x4 x) {
    return (tt_f32x4)((tt_i32x4)magnitude | ((tt_i32x4)x ^ (tt_i32x4)tt_absolute(x)));
}

#endif
