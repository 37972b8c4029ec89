#ifndef TT_GEMM_FUSED_H
#define TT_GEMM_FUSED_H

#include "products.h"

/* gemm.c compiled a second time, with fused multiply-add; NULL where the compiler has none for the
 * machine it builds for. The functions may be called only where the processor has it too. */
extern const tt_products *const tt_built_fused_products;

#endif
