#include "pack.h"

#include <string.h>

#include "lanes.h"

/* MOST_COLUMNS: of a panel that is copied by vectors. */
enum { LANES = 4, MOST_COLUMNS = 16 };

/* Rows from `l` to k and columns from `j` to the width, one number at a time. */
static void pack_rest(int32_t l, int32_t k, int32_t j, int32_t columns, int32_t width,
                      tt_matrix matrix, float *panel) {
    for (; l < k; l++) {
        const float *row = matrix.values + l * matrix.row;
        for (int32_t i = j; i < width; i++)
            panel[(ptrdiff_t)l * width + i] = i < columns ? row[i * matrix.column] : 0;
    }
}

/* So many whole vectors of each row, whose elements lie side by side. Inlined with a constant: a
 * loop of variable length would become a call of memcpy, which costs more than it copies. */
static inline __attribute__((always_inline)) void
pack_vectors(int32_t k, const int vectors, int32_t width, tt_matrix matrix, float *panel) {
    for (int32_t l = 0; l < k; l++, panel += width, matrix.values += matrix.row)
        for (int v = 0; v < vectors; v++)
            tt_store(panel + v * LANES, tt_load(matrix.values + v * LANES));
}

static void pack_rows(int32_t k, int32_t columns, int32_t width, tt_matrix matrix, float *panel) {
    switch (columns / LANES) {
    case 0:
        break;
    case 1:
        pack_vectors(k, 1, width, matrix, panel);
        break;
    case 2:
        pack_vectors(k, 2, width, matrix, panel);
        break;
    case 3:
        pack_vectors(k, 3, width, matrix, panel);
        break;
    case 4:
        pack_vectors(k, 4, width, matrix, panel);
    }
}

/* Four rows of the panel from four columns whose elements lie side by side: a transpose of 4 by 4
 * values in registers. */
static inline void pack_square(const float *values, ptrdiff_t column, int32_t width, float *panel) {
    tt_f32x4 a = tt_load(values), b = tt_load(values + column), c = tt_load(values + 2 * column),
             d = tt_load(values + 3 * column);
    tt_f32x4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    tt_f32x4 ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    tt_f32x4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    tt_f32x4 cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    tt_store(panel, __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5));
    tt_store(panel + width, __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7));
    tt_store(panel + 2 * width, __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5));
    tt_store(panel + 3 * width, __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7));
}

/* k and `columns` are multiples of LANES, and the elements of a column lie side by side. */
static void pack_columns(int32_t k, int32_t columns, int32_t width, tt_matrix matrix,
                         float *panel) {
    for (int32_t l = 0; l < k; l += LANES)
        for (int32_t j = 0; j < columns; j += LANES)
            pack_square(matrix.values + l + j * matrix.column, matrix.column, width,
                        panel + (ptrdiff_t)l * width + j);
}

void tt_pack(int32_t k, int32_t columns, int32_t width, tt_matrix matrix, float *panel) {
    int32_t rows = 0, whole = columns - columns % LANES;
    if (matrix.column == 1 && whole <= MOST_COLUMNS) {
        rows = k;
        pack_rows(rows, whole, width, matrix, panel);
    } else if (matrix.row == 1) {
        rows = k - k % LANES;
        pack_columns(rows, whole, width, matrix, panel);
    }
    pack_rest(0, rows, whole, columns, width, matrix, panel);
    pack_rest(rows, k, 0, columns, width, matrix, panel);
}

/* Floats between the rows of a copied transpose. */
static int32_t width_of(int32_t rows) {
    return (rows + LANES - 1) / LANES * LANES;
}

/* MANY: columns of a product, for which the copy is read so often that it pays anyway. */
enum { MANY = 48 };

static bool is_copied(int32_t columns, int32_t n) {
    return columns % 128 == 0 || n >= MANY;
}

size_t tt_transpose_room(int32_t rows, int32_t columns, int32_t n) {
    return is_copied(columns, n) ? (size_t)columns * (size_t)width_of(rows) : 0;
}

tt_matrix tt_transpose(int32_t rows, int32_t columns, const float *values, int32_t n, float *room) {
    tt_matrix transpose = tt_transposed(values, columns);
    if (!is_copied(columns, n))
        return transpose;
    tt_pack(columns, rows, width_of(rows), transpose, room);
    return tt_matrix_of(room, width_of(rows));
}
