#ifndef TT_RELATION_H
#define TT_RELATION_H

#include <stdbool.h>
#include <stdint.h>

/* How two columns of n rows hang together. A number is NaN, and a code, which counts from 0, is
 * negative where it is missing; pairs that lack one are left out. The result is NaN where one of
 * the two does not vary. */

double tt_pearson(int64_t n, const double *x, const double *y);

/* The share of the variance of x that the means of its groups have. False when memory runs out. */
bool tt_eta_squared(int64_t n, const double *x, int32_t n_groups, const int32_t *groups,
                    double *result);

/* False when memory runs out. */
bool tt_cramers_v(int64_t n, int32_t n_a, const int32_t *a, int32_t n_b, const int32_t *b,
                  double *result);

#endif
