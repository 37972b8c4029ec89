#ifndef TT_LANES_H
#define TT_LANES_H

#include <string.h>

#include "maths.h"

/* A file that defines TT_FUSED before it includes this one gets the fused tt_madd, if the machine
 * it is compiled for has one: TT_CAN_FUSE says so. */
#if defined TT_FUSED && defined __FMA__
#include <immintrin.h>
#define TT_CAN_FUSE 1
#elif defined TT_FUSED && defined __aarch64__
#include <arm_neon.h>
#define TT_CAN_FUSE 1
#elif defined TT_FUSED && defined __wasm_relaxed_simd__
#include <wasm_simd128.h>
#define TT_CAN_FUSE 1
#endif

/* What C lacks for a vector of four floats. A comparison of vectors gives a mask: all bits of a
 * lane where it holds, none elsewhere. */

static inline tt_f32x4 tt_splat(float value) {
    return (tt_f32x4){value, value, value, value};
}

/* From and to four floats in memory, of any alignment. */
static inline tt_f32x4 tt_load(const float *values) {
    tt_f32x4 v;
    memcpy(&v, values, sizeof v);
    return v;
}

static inline void tt_store(float *values, tt_f32x4 v) {
    memcpy(values, &v, sizeof v);
}

/* sum + a b, rounded once where TT_CAN_FUSE, else after the multiplication and after the addition.
 * Every multiplication and addition of a matrix product goes through here. */
static inline tt_f32x4 tt_madd(tt_f32x4 a, tt_f32x4 b, tt_f32x4 sum) {
#ifndef TT_CAN_FUSE
    return sum + a * b;
#elif defined __FMA__
    return (tt_f32x4)_mm_fmadd_ps((__m128)a, (__m128)b, (__m128)sum);
#elif defined __aarch64__
    return (tt_f32x4)vfmaq_f32((float32x4_t)sum, (float32x4_t)a, (float32x4_t)b);
#else
    return (tt_f32x4)wasm_f32x4_relaxed_madd((v128_t)a, (v128_t)b, (v128_t)sum);
#endif
}

/* Lane by lane, `yes` where the mask is set and `no` elsewhere. */
static inline tt_f32x4 tt_select(tt_i32x4 mask, tt_f32x4 yes, tt_f32x4 no) {
    return (tt_f32x4)((mask & (tt_i32x4)yes) | (~mask & (tt_i32x4)no));
}

/* x where the mask is set, 0 elsewhere. */
static inline tt_f32x4 tt_where(tt_i32x4 mask, tt_f32x4 x) {
    return (tt_f32x4)(mask & (tt_i32x4)x);
}

static inline tt_f32x4 tt_absolute(tt_f32x4 x) {
    return (tt_f32x4)((tt_i32x4)x & INT32_MAX);
}

static inline tt_f32x4 tt_with_sign_of(tt_f32x4 magnitude, tt_f32x4 x) {
    return (tt_f32x4)((tt_i32x4)magnitude | ((tt_i32x4)x & INT32_MIN));
}

#endif
