/* This file alone is compiled for processors with fused multiply-add: see CMakeLists.txt. */

#define TT_FUSED      1
#define tt_gemm       tt_gemm_fused
#define tt_gemm_naive tt_gemm_naive_fused

#include "gemm-fused.h"
#include "lanes.h"

#ifdef TT_CAN_FUSE

#include "gemm.c"

static const tt_products products = {.gemm = tt_gemm, .gemm_naive = tt_gemm_naive};
const tt_products *const tt_built_fused_products = &products;

#else

const tt_products *const tt_built_fused_products = NULL;

#endif
