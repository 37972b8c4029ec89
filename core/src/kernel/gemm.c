#include "gemm.h"

#include <string.h>

#include "lanes.h"
#include "pack.h"

/* LANES: floats of a vector. MOST_VECTORS: of a tile's width. STRETCH: the rows of B in a panel at
 * most; 30 KB of them leave little room in a cache of 32 KB for the rows of A that pass by, but
 * these come in order from the next one, and C is taken up less often. FEW_ROWS: so few rows of A
 * that packing B for them would cost more than it saves. TURNS: of the loop over k that are
 * unrolled, where that leaves their order as it is. */
enum { LANES = 4, MOST_VECTORS = 3, MOST_ROWS = 6, STRETCH = 640, FEW_ROWS = 8 };
enum { TURNS = TT_KEEPS_ORDER ? 4 : 1 };

/* A panel of B, the rows of A that it meets, and the columns of C that come out. */
typedef struct pass {
    int32_t m, k, columns;
    const float *a;
    ptrdiff_t a_row, a_column;
    const float *b;
    ptrdiff_t b_row;
    const float *bias; /* as wide as the panel; NULL for none */
    float *c;
    ptrdiff_t c_row;
    bool accumulate;
} pass;

#define INLINE static inline __attribute__((always_inline))

/* One turn: row l of the panel, times element l of each row of A. */
INLINE void add_products(const int rows, const int vectors, const float *const *element, int l,
                         const float *b, tt_f32x4 sum[MOST_ROWS][MOST_VECTORS]) {
    tt_f32x4 strip[MOST_VECTORS];
    for (int v = 0; v < vectors; v++) {
        strip[v] = tt_load(b + v * LANES);
        TT_IN_ORDER(strip[v]);
    }
    for (int r = 0; r < rows; r++) {
        const tt_f32x4 splat = tt_splat(element[r][l]);
        for (int v = 0; v < vectors; v++) {
            sum[r][v] = tt_madd(splat, strip[v], sum[r][v]);
            TT_IN_ORDER(sum[r][v]);
        }
    }
}

/* The loop over k, which takes several turns at once where all strides are known. */
INLINE void add_all_products(const pass *p, const int rows, const int vectors, const float *a,
                             tt_f32x4 sum[MOST_ROWS][MOST_VECTORS]) {
    const float *element[MOST_ROWS], *b = p->b, *end = b + p->k * p->b_row;
    const ptrdiff_t a_column = p->a_column, b_row = p->b_row;
    const int width = vectors * LANES;
    for (int r = 0; r < rows; r++)
        element[r] = a + r * p->a_row;
    if (a_column == 1 && b_row == width) {
        const float *last = b + p->k / TURNS * TURNS * width;
        for (; b != last; b += TURNS * width) {
            for (int l = 0; l < TURNS; l++)
                add_products(rows, vectors, element, l, b + l * width, sum);
            for (int r = 0; r < rows; r++)
                element[r] += TURNS;
        }
    }
    for (; b != end; b += b_row) {
        add_products(rows, vectors, element, 0, b, sum);
        for (int r = 0; r < rows; r++)
            element[r] += a_column;
    }
}

/* Vector v of a tile's row in C, where the last one may have fewer than LANES numbers. */
INLINE tt_f32x4 take(const float *c, const int v, const int vectors, int32_t of_last) {
    c += v * LANES;
    return v < vectors - 1 || of_last == LANES ? tt_load(c) : tt_load_few(c, of_last);
}

INLINE void put(float *c, const int v, const int vectors, int32_t of_last, tt_f32x4 sum) {
    c += v * LANES;
    if (v < vectors - 1 || of_last == LANES)
        tt_store(c, sum);
    else
        tt_store_few(c, of_last, sum);
}

/* One tile. Inlined with constants, so that its loops unroll and its sums live in registers. */
INLINE void multiply_tile(const pass *p, const int rows, const int vectors, int32_t of_last,
                          const float *a, float *c, ptrdiff_t c_row) {
    tt_f32x4 sum[MOST_ROWS][MOST_VECTORS];
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++)
            sum[r][v] = tt_splat(0);
    for (int r = 0; p->accumulate && r < rows; r++)
        for (int v = 0; v < vectors; v++)
            sum[r][v] = take(c + r * c_row, v, vectors, of_last);
    add_all_products(p, rows, vectors, a, sum);
    for (int r = 0; p->bias && r < rows; r++)
        for (int v = 0; v < vectors; v++)
            sum[r][v] += tt_load(p->bias + v * LANES);
    for (int r = 0; r < rows; r++)
        for (int v = 0; v < vectors; v++)
            put(c + r * c_row, v, vectors, of_last, sum[r][v]);
}

INLINE void multiply_some(const pass *p, const int rows, const int vectors, int32_t of_last,
                          int32_t i) {
    multiply_tile(p, rows, vectors, of_last, p->a + i * p->a_row, p->c + i * p->c_row, p->c_row);
}

INLINE void multiply_rows(const pass *p, const int rows, const int vectors, int32_t of_last) {
    int32_t i = 0;
    for (; i + rows <= p->m; i += rows)
        multiply_some(p, rows, vectors, of_last, i);
    for (; i + 2 <= p->m; i += 2)
        multiply_some(p, 2, vectors, of_last, i);
    for (; i < p->m; i++)
        multiply_some(p, 1, vectors, of_last, i);
}

INLINE void multiply_by_width(const pass *p, int32_t vectors, int32_t of_last) {
    switch (vectors) {
    case 1:
        multiply_rows(p, 6, 1, of_last);
        break;
    case 2:
        multiply_rows(p, 4, 2, of_last);
        break;
    default:
        multiply_rows(p, 3, 3, of_last);
    }
}

/* Two functions, so that what the second needs takes no registers from the first. */
static __attribute__((noinline)) void multiply_panel(const pass *p, int32_t vectors) {
    multiply_by_width(p, vectors, LANES);
}

static __attribute__((noinline)) void multiply_cut_panel(const pass *p, int32_t vectors) {
    multiply_by_width(p, vectors, p->columns - (vectors - 1) * LANES);
}

/* Rows first to first + k of B; `p` holds what all panels share. */
static void multiply_stretch(pass p, int32_t n, tt_matrix b, const float *bias, float *c) {
    float padded[MOST_VECTORS * LANES] = {0};
    _Alignas(16) float packed[STRETCH * MOST_VECTORS * LANES];
    for (int32_t j = 0; j < n; j += MOST_VECTORS * LANES) {
        p.columns = n - j < MOST_VECTORS * LANES ? n - j : MOST_VECTORS * LANES;
        int32_t vectors = (p.columns + LANES - 1) / LANES, width = vectors * LANES;
        tt_matrix panel = {b.values + j * b.column, b.row, b.column};
        bool direct = b.column == 1 && p.columns == width && (b.row == width || p.m <= FEW_ROWS);
        if (!direct)
            tt_pack(p.k, p.columns, width, panel, packed);
        p.b = direct ? panel.values : packed;
        p.b_row = direct ? b.row : width;
        p.bias = bias ? bias + j : NULL;
        if (bias && p.columns < width)
            p.bias = memcpy(padded, bias + j, (size_t)p.columns * sizeof *bias);
        p.c = c + j;
        if (p.columns == width)
            multiply_panel(&p, vectors);
        else
            multiply_cut_panel(&p, vectors);
    }
}

/* Stretches of about the same length. */
static int32_t stretch_of(int32_t k) {
    int32_t n = (k + STRETCH - 1) / STRETCH;
    return n > 0 ? (k + n - 1) / n : STRETCH;
}

/* C as one row, with the operands the other way round and transposed, is the same numbers in the
 * same places. */
static void multiply_to_column(int32_t m, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
                               const float *bias, float *c) {
    const tt_matrix at = {a.values, a.column, a.row}, bt = {b.values, b.column, b.row};
    tt_gemm(1, m, k, bt, at, accumulate, NULL, c);
    for (int32_t i = 0; bias && i < m; i++)
        c[i] += *bias;
}

void tt_gemm(int32_t m, int32_t n, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
             const float *bias, float *c) {
    if (n == 1 && m > 1) {
        multiply_to_column(m, k, a, b, accumulate, bias, c);
        return;
    }
    pass p = {.m = m, .a_row = a.row, .a_column = a.column, .c_row = n, .accumulate = accumulate};
    int32_t stretch = stretch_of(k), first = 0;
    do {
        p.k = k - first < stretch ? k - first : stretch;
        p.a = a.values + first * a.column;
        bool last = first + p.k == k;
        multiply_stretch(p, n, (tt_matrix){b.values + first * b.row, b.row, b.column},
                         last ? bias : NULL, c);
        p.accumulate = true;
        first += p.k;
    } while (first < k);
}

void tt_gemm_naive(int32_t m, int32_t n, int32_t k, tt_matrix a, tt_matrix b, bool accumulate,
                   const float *bias, float *c) {
    for (int32_t i = 0; i < m; i++)
        for (int32_t j = 0; j < n; j++, c++) {
            tt_f32x4 sum = tt_splat(accumulate ? *c : 0.0f);
            for (int32_t l = 0; l < k; l++)
                sum = tt_madd(tt_splat(a.values[i * a.row + l * a.column]),
                              tt_splat(b.values[l * b.row + j * b.column]), sum);
            *c = bias ? sum[0] + bias[j] : sum[0];
        }
}
