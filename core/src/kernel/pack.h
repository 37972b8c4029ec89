#ifndef TT_PACK_H
#define TT_PACK_H

#include "gemm.h"

/* Copies the first k rows and `columns` columns of a matrix to `panel`: rows of `width` floats, one
 * after the other, the rest of each filled with zeros. `width` is a multiple of 4 and at least
 * `columns`; panel is 16-byte aligned. */
void tt_pack(int32_t k, int32_t columns, int32_t width, tt_matrix matrix, float *panel);

#endif
