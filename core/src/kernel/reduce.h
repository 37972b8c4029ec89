#ifndef TT_REDUCE_H
#define TT_REDUCE_H

#include <stdint.h>

/* The sum of x[i]^2, i < n, in double: sixteen running sums, element i into sum i mod 16, of which
 * at the end the second half is added to the first, and so on down to one, so that the order is the
 * same for every width of vector. */
double tt_sum_squares(int64_t n, const float *x);

/* The same to about four digits, in a third of the time: sixteen sums in single precision. Not
 * finite as soon as an x is not, but also when a square or a sum overflows, for |x| above 1e19. */
float tt_sum_squares_roughly(int64_t n, const float *x);

/* The largest |x[i]|, i < n: infinite or NaN as soon as an x is, NaN before infinity; 0 for none.
 */
float tt_largest_magnitude(int64_t n, const float *x);

/* sums[j] += x[0][j], then x[1][j] and so on, for x (rows, n) row-major. */
void tt_add_columns(int32_t rows, int32_t n, const float *x, float *sums);

#endif
