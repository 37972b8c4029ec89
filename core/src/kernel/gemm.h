#ifndef TT_GEMM_H
#define TT_GEMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The matrix product that everything else waits for: C = A B, or C += A B.
 *
 *   A is (m, k), read element by element through two strides, so that a transpose costs nothing.
 *   B is (k, n), packed beforehand: panels of TT_PANEL columns, each stored k-major and padded with
 *     zeros, so that the inner loop reads it as one contiguous run of vectors.
 *   C is (m, n) row-major.
 *
 * A tile of C stays in registers while the loop runs over k. Every element of C is the sum over
 * k = 0, 1, 2, ... in this order, one multiplication and one addition each, starting from zero (or
 * from C itself when accumulating): the width of the vectors and the shape of the tile do not
 * change a bit of the result, and a sum may be continued by a second call. */

enum { TT_PANEL = 8 };

/* Floats that a packed (k, n) matrix takes. */
size_t tt_packed_size(int32_t k, int32_t n);

/* Packs B(i, j) = b[i * row_stride + j * column_stride], i < k, j < n; strides in floats. */
void tt_pack(int32_t k, int32_t n, const float *b, ptrdiff_t row_stride, ptrdiff_t column_stride,
             float *packed);

/* A(i, l) = a[i * a_row_stride + l * a_k_stride]. `packed` is 16-byte aligned; c needs no alignment
 * and has n columns at a distance of c_row_stride floats between rows. */
void tt_gemm(int32_t m, int32_t n, int32_t k, const float *a, ptrdiff_t a_row_stride,
             ptrdiff_t a_k_stride, const float *packed, float *c, ptrdiff_t c_row_stride,
             bool accumulate);

/* The naive twin: same operands, same bits, three plain loops. */
void tt_gemm_naive(int32_t m, int32_t n, int32_t k, const float *a, ptrdiff_t a_row_stride,
                   ptrdiff_t a_k_stride, const float *packed, float *c, ptrdiff_t c_row_stride,
                   bool accumulate);

#endif
