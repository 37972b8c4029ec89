#ifndef TT_SELECT_H
#define TT_SELECT_H

#include <stdint.h>

/* The median of n >= 1 numbers without NaN, the mean of the two middle ones when n is even. Puts
 * `x` in another order. Expected time O(n). */
double tt_median(int64_t n, double *x);

/* The quantile at `share`, 0 to 1: linear between the two nearest numbers, as in NumPy (type 7 of
 * Hyndman and Fan, 1996). Otherwise as above. */
double tt_quantile(int64_t n, double *x, double share);

#endif
