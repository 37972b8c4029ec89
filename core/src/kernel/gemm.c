#include "gemm.h"

#include <string.h>

#include "lanes.h"

/* A tile of C is TT_ROWS rows by one panel: eight vectors of sums, which with two vectors of B and
 * a broadcast element of A fit the 16 vector registers of x86-64. */
enum { TT_ROWS = 4, LANES = 4, VECTORS = TT_PANEL / LANES };

size_t tt_packed_size(int32_t k, int32_t n) {
    size_t n_panels = ((size_t)n + TT_PANEL - 1) / TT_PANEL;
    return n_panels * (size_t)k * TT_PANEL;
}

void tt_pack(int32_t k, int32_t n, const float *b, ptrdiff_t row_stride, ptrdiff_t column_stride,
             float *packed) {
    for (int32_t first = 0; first < n; first += TT_PANEL) {
        for (int32_t i = 0; i < k; i++) {
            for (int32_t j = first; j < first + TT_PANEL; j++)
                *packed++ = j < n ? b[i * row_stride + j * column_stride] : 0.0f;
        }
    }
}

/* The sums of `rows` rows of A with one panel of B, added to sums[rows][TT_PANEL]. Inlined with a
 * constant `rows`, so that the loops over it unroll and the sums live in registers. */
static inline __attribute__((always_inline)) void
add_products(const int rows, int32_t k, const float *a, ptrdiff_t a_row_stride,
             ptrdiff_t a_k_stride, const tt_f32x4 *panel, tt_f32x4 sums[TT_ROWS][VECTORS]) {
    tt_f32x4 sum[TT_ROWS][VECTORS];
    const float *row[TT_ROWS];
    for (int i = 0; i < rows; i++) {
        row[i] = a + i * a_row_stride;
        sum[i][0] = sums[i][0];
        sum[i][1] = sums[i][1];
    }
    for (int32_t l = 0; l < k; l++, panel += VECTORS) {
        tt_f32x4 b0 = panel[0], b1 = panel[1];
        for (int i = 0; i < rows; i++) {
            tt_f32x4 element = tt_splat(row[i][l * a_k_stride]);
            sum[i][0] = tt_madd(element, b0, sum[i][0]);
            sum[i][1] = tt_madd(element, b1, sum[i][1]);
        }
    }
    for (int i = 0; i < rows; i++) {
        sums[i][0] = sum[i][0];
        sums[i][1] = sum[i][1];
    }
}

/* One tile: at most TT_ROWS rows and TT_PANEL columns of C. memcpy is an unaligned vector move for
 * a full panel; columns beyond the matrix are computed with the padding and not stored. */
static void multiply_tile(int32_t rows, int32_t columns, int32_t k, const float *a,
                          ptrdiff_t a_row_stride, ptrdiff_t a_k_stride, const float *panel,
                          float *c, ptrdiff_t c_row_stride, bool accumulate) {
    tt_f32x4 sums[TT_ROWS][VECTORS] = {0};
    const tt_f32x4 *b = (const tt_f32x4 *)(const void *)panel;
    size_t row_bytes = (size_t)columns * sizeof *c;
    for (int32_t i = 0; accumulate && i < rows; i++)
        memcpy(sums[i], c + i * c_row_stride, row_bytes);
    switch (rows) {
    case 1:
        add_products(1, k, a, a_row_stride, a_k_stride, b, sums);
        break;
    case 2:
        add_products(2, k, a, a_row_stride, a_k_stride, b, sums);
        break;
    case 3:
        add_products(3, k, a, a_row_stride, a_k_stride, b, sums);
        break;
    default:
        add_products(TT_ROWS, k, a, a_row_stride, a_k_stride, b, sums);
    }
    for (int32_t i = 0; i < rows; i++)
        memcpy(c + i * c_row_stride, sums[i], row_bytes);
}

void tt_gemm(int32_t m, int32_t n, int32_t k, const float *a, ptrdiff_t a_row_stride,
             ptrdiff_t a_k_stride, const float *packed, float *c, ptrdiff_t c_row_stride,
             bool accumulate) {
    for (int32_t j = 0; j < n; j += TT_PANEL) {
        int32_t columns = n - j < TT_PANEL ? n - j : TT_PANEL;
        const float *panel = packed + (ptrdiff_t)j * k;
        for (int32_t i = 0; i < m; i += TT_ROWS) {
            int32_t rows = m - i < TT_ROWS ? m - i : TT_ROWS;
            multiply_tile(rows, columns, k, a + i * a_row_stride, a_row_stride, a_k_stride, panel,
                          c + i * c_row_stride + j, c_row_stride, accumulate);
        }
    }
}

void tt_gemm_naive(int32_t m, int32_t n, int32_t k, const float *a, ptrdiff_t a_row_stride,
                   ptrdiff_t a_k_stride, const float *packed, float *c, ptrdiff_t c_row_stride,
                   bool accumulate) {
    for (int32_t i = 0; i < m; i++) {
        for (int32_t j = 0; j < n; j++) {
            const float *column = packed + (ptrdiff_t)(j / TT_PANEL) * TT_PANEL * k + j % TT_PANEL;
            tt_f32x4 sum = tt_splat(accumulate ? c[i * c_row_stride + j] : 0.0f);
            for (int32_t l = 0; l < k; l++)
                sum = tt_madd(tt_splat(a[i * a_row_stride + l * a_k_stride]),
                              tt_splat(column[(ptrdiff_t)l * TT_PANEL]), sum);
            c[i * c_row_stride + j] = sum[0];
        }
    }
}
