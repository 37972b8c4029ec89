#ifndef TT_PACK_H
#define TT_PACK_H

#include "gemm.h"

/* Copies the first k rows and `columns` columns of a matrix to `panel`: rows of `width` floats, one
 * after the other, the rest of each filled with zeros. `width` is a multiple of 4 and at least
 * `columns`; panel is 16-byte aligned. */
void tt_pack(int32_t k, int32_t columns, int32_t width, tt_matrix matrix, float *panel);

/* The transpose of a row-major (rows, columns) matrix, as the operand A of a product with `n`
 * columns. It borrows the values, or is a copy in `room`, which has tt_transpose_room floats (0
 * where none is needed) and is 16-byte aligned: where the product is wide, since all its panels
 * read A and read it faster along its rows, and where the values' rows lie a multiple of 512 bytes
 * apart, since the numbers of a column would share few places of a cache and push each other out.
 */
size_t tt_transpose_room(int32_t rows, int32_t columns, int32_t n);
tt_matrix tt_transpose(int32_t rows, int32_t columns, const float *values, int32_t n, float *room);

#endif
