#ifndef TT_LANES_H
#define TT_LANES_H

#include <string.h>

#include "maths.h"

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

/* sum + a b. Every multiplication and addition of a matrix product goes through here. */
static inline tt_f32x4 tt_madd(tt_f32x4 a, tt_f32x4 b, tt_f32x4 sum) {
    return sum + a * b;
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
