#ifndef TT_SOFTMAX_H
#define TT_SOFTMAX_H

#include "lanes.h"

/* Up to four rows of scores at a time, one in each lane, so that a row of three classes wastes no
 * lane. Each is taken relative to its largest score, and no exponential overflows:
 *
 *   softmax(z)[j] = exp(z[j] - most) / (1 + rest)
 *   log softmax(z)[j] = (z[j] - most) - log(1 + rest) */
typedef struct tt_softmax_lanes {
    tt_i32x4 peak; /* the largest score, the first of equals */
    tt_f32x4 most; /* its value */
    tt_f32x4 rest; /* sum of exp(z[j] - most) over all others: small sums keep their digits */
} tt_softmax_lanes;

/* Where the rows of the lanes begin in an array of rows of n values; a lane without a row of its
 * own stands for the last one. */
static inline tt_i32x4 tt_row_offsets(int32_t rows, int32_t n) {
    const int32_t last = rows - 1;
    return (tt_i32x4){0, (last < 1 ? last : 1) * n, (last < 2 ? last : 2) * n,
                      (last < 3 ? last : 3) * n};
}

/* Column j of these rows. */
static inline tt_f32x4 tt_column(const float *z, tt_i32x4 at, int32_t j) {
    z += j;
    return (tt_f32x4){z[at[0]], z[at[1]], z[at[2]], z[at[3]]};
}

static inline void tt_put_column(float *z, tt_i32x4 at, int32_t j, tt_f32x4 v) {
    z += j;
    z[at[0]] = v[0];
    z[at[1]] = v[1];
    z[at[2]] = v[2];
    z[at[3]] = v[3];
}

/* Looks at the first `rows` rows of n scores in z, 1 to 4, and writes e[j] = exp(z[j] - most) in
 * their places. e may be z, or NULL. */
tt_softmax_lanes tt_softmax_of(int32_t rows, int32_t n, const float *z, float *e);

/* p = softmax(z), (rows, n) row-major; p may be z. */
void tt_softmax(int32_t rows, int32_t n, const float *z, float *p);

/* log(sum of exp(z[j])), in double: for references. */
double tt_log_sum_exp(int32_t n, const double *z);

#endif
