#include "products.h"

#include "gemm-fused.h"

const tt_products tt_exact_products = {.gemm = tt_gemm, .gemm_naive = tt_gemm_naive};

static bool processor_can_fuse(void) {
#if defined __x86_64__ || defined __i386__
    return __builtin_cpu_supports("fma");
#else
    return true;
#endif
}

/* (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24, of which nothing is left when the square is rounded. */
static bool rounds_once(const tt_products *products) {
    const float factor = 1.0f + 0x1p-12f;
    float sum = -(1.0f + 0x1p-11f);
    const tt_matrix one = tt_matrix_of(&factor, 1);
    products->gemm(1, 1, 1, one, one, true, NULL, &sum);
    return sum == 0x1p-24f;
}

const tt_products *tt_fused_products(void) {
    const tt_products *products = tt_built_fused_products;
    return products && processor_can_fuse() && rounds_once(products) ? products : NULL;
}
