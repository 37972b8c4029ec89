#ifndef TT_PRODUCTS_H
#define TT_PRODUCTS_H

#include "gemm.h"

/* The matrix products in two arithmetics, as tables of the functions that gemm.h explains.
 *
 * Exact: each product is rounded, then each sum, as every processor can: the same bits everywhere.
 * Fused: a * b + c is rounded once, in one instruction. It is faster where the processor has that
 * instruction, and gives the same bits wherever it runs, but not those of the exact products. */
typedef struct tt_products {
    void (*gemm)(int32_t m, int32_t n, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
                 const float *bias, float *c);
    void (*gemm_naive)(int32_t m, int32_t n, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
                       const float *bias, float *c);
} tt_products;

extern const tt_products tt_exact_products;

/* NULL where this build has no such instruction, where the processor lacks it, and where it turns
 * out to round twice, as relaxed SIMD of WebAssembly may. */
const tt_products *tt_fused_products(void);

#endif
