#ifndef TT_GEMM_H
#define TT_GEMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The matrix product that everything else waits for: C = A B, with A (m, k), B (k, n), C (m, n).
 *
 * A tile of C, a few rows by one to three vectors of columns, stays in registers while the loop
 * runs over k. Each turn loads a strip of B's row and multiplies it by one element of each row of
 * A:
 *
 *                          B      |b b b b|b b b b|   <- one load a vector,
 *                                     .       .          used for all rows of the tile
 *        A                            .       .
 *      |a . . .   -> splat ->     |s s s s|s s s s|   <- sums, in registers
 *      |a . . .   -> splat ->     |s s s s|s s s s|      from the first turn to the last
 *
 * A tile of r rows and v vectors loads r + v times for r v multiplications and additions, and wants
 * r v + v + 2 of the 16 registers of x86-64 (wasm engines keep one for themselves). So 3 x 3
 * vectors do the most with a load; the columns that are left over take 4 x 2 or 6 x 1.
 *
 * B is taken in panels as wide as a tile. Where its rows lie far apart or run the wrong way, the
 * panel is first packed: copied to a small buffer in the order in which the tiles read it,
 *
 *      B  | 1 2 3 4 | 5 6 7 8 |         panel 0:  1 2 3 4 a b c d ...
 *         | a b c d | e f g h |         panel 1:  5 6 7 8 e f g h ...
 *         | . . .                       (here with panels of 4 columns)
 *
 * so that they stream through the nearest cache; columns beyond the matrix are zeros. That pays
 * because all rows of A pass by the same panel. A long sum is cut into stretches of k, for which
 * the panel fits that cache; in between, the sums rest in C.
 *
 * Every element of C is the sum over k = 0, 1, 2, ... in this order, one multiplication and one
 * addition each, starting from zero (or from C itself when accumulating): neither the shape of a
 * tile nor the stretches change a bit of the result, and a sum may be continued by a second call.
 */

/* A matrix to read; borrows its values. Element (i, j) is values[i * row + j * column]. */
typedef struct tt_matrix {
    const float *values;
    ptrdiff_t row, column; /* strides in floats */
} tt_matrix;

/* Of a row-major matrix with `columns` columns, or of its transpose. */
static inline tt_matrix tt_matrix_of(const float *values, int32_t columns) {
    return (tt_matrix){values, columns, 1};
}

static inline tt_matrix tt_transposed(const float *values, int32_t columns) {
    return (tt_matrix){values, 1, columns};
}

/* C = A B, or C += A B when accumulating; then `bias` (n) is added to each row unless it is NULL.
 * c is row-major, without gaps and apart from the operands. No alignment is needed. */
void tt_gemm(int32_t m, int32_t n, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
             const float *bias, float *c);

/* The naive twin: same operands, same bits, three plain loops. */
void tt_gemm_naive(int32_t m, int32_t n, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
                   const float *bias, float *c);

#endif
