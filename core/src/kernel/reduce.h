#ifndef TT_REDUCE_H
#define TT_REDUCE_H

#include <stdint.h>

/* The sum of x[i]^2, i < n, in double: four running sums, element i into sum i mod 4, added up at
 * the end as (s0 + s1) + (s2 + s3), so that the order is the same for every width of vector. */
double tt_sum_squares(int64_t n, const float *x);

/* The largest |x[i]|, i < n: infinite or NaN as soon as an x is, NaN before infinity; 0 for none.
 */
float tt_largest_magnitude(int64_t n, const float *x);

/* sums[j] += x[0][j], then x[1][j] and so on, for x (rows, n) row-major. */
void tt_add_columns(int32_t rows, int32_t n, const float *x, float *sums);

#endif
