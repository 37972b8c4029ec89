#ifndef TT_SOFTMAX_H
#define TT_SOFTMAX_H

#include <stdint.h>

/* One row of scores, taken relative to its largest so that no exponential overflows:
 *
 *   softmax(z)[j] = exp(z[j] - most) / (1 + rest)
 *   log softmax(z)[j] = (z[j] - most) - log(1 + rest) */
typedef struct tt_softmax_row {
    int32_t peak; /* the largest score, the first of equals */
    float most;   /* its value */
    float rest;   /* sum of exp(z[j] - most) over all others: small sums keep their digits */
} tt_softmax_row;

/* Looks at the n scores z, and writes e[j] = exp(z[j] - most). e may be z, or NULL. */
tt_softmax_row tt_softmax_of(int32_t n, const float *z, float *e);

/* p = softmax(z), over n scores; p may be z. */
void tt_softmax(int32_t n, const float *z, float *p);

/* log(sum of exp(z[j])), in double: for references. */
double tt_log_sum_exp(int32_t n, const double *z);

#endif
