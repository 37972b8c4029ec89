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

/* The same for the last n floats of an array, 0 < n < 4; the other lanes are 0. One by one: a copy
 * of unknown length is a call. */
static inline tt_f32x4 tt_load_few(const float *values, int32_t n) {
    return (tt_f32x4){values[0], n > 1 ? values[1] : 0, n > 2 ? values[2] : 0, 0};
}

static inline void tt_store_few(float *values, int32_t n, tt_f32x4 v) {
    values[0] = v[0];
    if (n > 1)
        values[1] = v[1];
    if (n > 2)
        values[2] = v[2];
}

/* y[i] = f(x[i]), i < n; y may be x. */
static inline void tt_map_lanes(int32_t n, const float *x, float *y, tt_f32x4 (*f)(tt_f32x4)) {
    int32_t whole = n & ~3, rest = n & 3;
    for (int32_t i = 0; i < whole; i += 4)
        tt_store(y + i, f(tt_load(x + i)));
    if (rest)
        tt_store_few(y + whole, rest, f(tt_load_few(x + whole, rest)));
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

/* Where it stands, x has been computed and nothing behind it has begun. Engines of WebAssembly keep
 * the order of the code, so that what was gathered by the compiler, all loads first, would not find
 * enough registers. LLVM 19 breaks down on vectors in assembler: there the order is not kept. */
#if defined __wasm__ && __clang_major__ < 19
#define TT_IN_ORDER(x) __asm__ volatile("" : "+r"(x) : : "memory")
#else
#define TT_IN_ORDER(x) ((void)(x))
#endif
#if defined __wasm__ && __clang_major__ >= 19
enum { TT_KEEPS_ORDER = 0 };
#else
enum { TT_KEEPS_ORDER = 1 };
#endif

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
