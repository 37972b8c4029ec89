#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "gemm.h"
#include "pack.h"
#include "random.h"

/* Sums longer than LONG are cut into stretches, of lengths that are not all the same. */
enum { MAX_SIZE = 40, LONG = 651, ROOM = 9 * LONG, GUARD = 3 };

typedef struct operands {
    float a[ROOM], b[ROOM], bias[MAX_SIZE];
    float c[MAX_SIZE * MAX_SIZE + GUARD], c_naive[MAX_SIZE * MAX_SIZE + GUARD];
} operands;

typedef struct shape {
    int32_t m, n, k;
} shape;

static operands data;

static void fill(float *values, int32_t n, tt_random *random) {
    for (int32_t i = 0; i < n; i++)
        values[i] = (float)(2 * tt_random_uniform(random) - 1);
}

static void fill_operands(uint64_t seed) {
    tt_random random = tt_random_new(seed, TT_FOR_WEIGHTS);
    fill(data.a, ROOM, &random);
    fill(data.b, ROOM, &random);
    fill(data.c, MAX_SIZE * MAX_SIZE + GUARD, &random);
    fill(data.bias, MAX_SIZE, &random);
    memcpy(data.c_naive, data.c, sizeof data.c);
}

static void sprinkle_special_values(float *values, int32_t n, uint64_t seed) {
    const float special[] = {0.0f, -0.0f, __builtin_inff(), -__builtin_inff(), __builtin_nanf("")};
    tt_random random = tt_random_new(seed, TT_FOR_BATCHES);
    for (int32_t i = 0; i < n; i++)
        if (tt_random_below(&random, 20) < 5)
            values[i] = special[tt_random_below(&random, 5)];
}

/* Which NaN a sum gives depends on the processor; everything else is compared bit by bit. */
static void assert_same_bits(const float *a, const float *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isnan(a[i]) || !isnan(b[i]))
            assert_memory_equal(&a[i], &b[i], sizeof *a);
}

/* The bits of a layout: which operand is transposed, and what else a product takes. */
enum { A_TRANSPOSED = 1, B_TRANSPOSED = 2, ACCUMULATED = 4, WITH_BIAS = 8, N_LAYOUTS = 16 };

static tt_matrix matrix(const float *values, int32_t rows, int32_t columns, bool transposed) {
    return transposed ? tt_transposed(values, rows) : tt_matrix_of(values, columns);
}

/* Both kernels on the same operands; the guards behind C are compared as well, and the naive twin
 * never writes there. */
static void compare_with_naive(shape s, int layout) {
    tt_matrix a = matrix(data.a, s.m, s.k, layout & A_TRANSPOSED),
              b = matrix(data.b, s.k, s.n, layout & B_TRANSPOSED);
    const float *bias = layout & WITH_BIAS ? data.bias : NULL;
    tt_gemm(s.m, s.n, s.k, a, b, layout & ACCUMULATED, bias, data.c);
    tt_gemm_naive(s.m, s.n, s.k, a, b, layout & ACCUMULATED, bias, data.c_naive);
    assert_same_bits(data.c, data.c_naive, MAX_SIZE * MAX_SIZE + GUARD);
}

static void test_all_small_sizes(void **state) {
    (void)state;
    for (int32_t m = 1; m <= 17; m++)
        for (int32_t n = 1; n <= 17; n++)
            for (int32_t k = 1; k <= 17; k++) {
                if (k == 1)
                    fill_operands((uint64_t)(m * 17 + n));
                compare_with_naive((shape){m, n, k}, (m + 2 * n + 4 * k) % N_LAYOUTS);
            }
}

static const shape odd_shapes[] = {
    {3, 7, 40},  {4, 8, 1},   {5, 9, 2},   {15, 16, 17}, {16, 15, 40}, {31, 33, 32}, {40, 40, 40},
    {1, 40, 40}, {40, 1, 40}, {40, 40, 1}, {7, 23, 31},  {9, 9, LONG}, {9, 1, LONG}, {1, 8, LONG}};
enum { N_ODD_SHAPES = sizeof odd_shapes / sizeof *odd_shapes };

static void test_all_layouts(void **state) {
    (void)state;
    for (int i = 0; i < N_ODD_SHAPES; i++)
        for (int layout = 0; layout < N_LAYOUTS; layout++) {
            fill_operands((uint64_t)(N_LAYOUTS * i + layout));
            compare_with_naive(odd_shapes[i], layout);
        }
}

static void test_zeros_infinities_and_nan(void **state) {
    (void)state;
    for (int i = 0; i < N_ODD_SHAPES; i++)
        for (int layout = 0; layout < N_LAYOUTS; layout++) {
            fill_operands((uint64_t)(1000 + N_LAYOUTS * i + layout));
            sprinkle_special_values(data.a, ROOM, 1);
            sprinkle_special_values(data.b, ROOM, 2);
            sprinkle_special_values(data.c, MAX_SIZE * MAX_SIZE, 3);
            sprinkle_special_values(data.bias, MAX_SIZE, 4);
            memcpy(data.c_naive, data.c, sizeof data.c);
            compare_with_naive(odd_shapes[i], layout);
        }
}

static void test_known_product(void **state) {
    (void)state;
    const float values[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, bias[] = {1, -1};
    const float product[] = {58, 64, 139, 154}, twice[] = {117, 127, 279, 307};
    const tt_matrix a = tt_matrix_of(values, 3), b = tt_matrix_of(values + 6, 2);
    float c[4];
    tt_gemm(2, 2, 3, a, b, false, NULL, c);
    assert_memory_equal(c, product, sizeof c);
    tt_gemm(2, 2, 3, a, b, true, bias, c);
    assert_memory_equal(c, twice, sizeof c);
}

static void test_empty_sum_is_zero(void **state) {
    (void)state;
    float c[] = {1, 2, 3}, kept[] = {1, 2, 3}, zeros[] = {0, 0, 0};
    const tt_matrix none = tt_matrix_of(data.a, 0), empty = tt_matrix_of(data.b, 3);
    tt_gemm(1, 3, 0, none, empty, true, NULL, c);
    assert_memory_equal(c, kept, sizeof c);
    tt_gemm(1, 3, 0, none, empty, false, NULL, c);
    assert_memory_equal(c, zeros, sizeof c);
}

static void test_packing_pads_with_zeros(void **state) {
    (void)state;
    const float b[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    const float wanted[] = {1, 2, 3, 0, 7, 8, 9, 0, 13, 14, 15, 0};
    _Alignas(16) float panel[12];
    tt_pack(3, 3, 4, tt_matrix_of(b, 6), panel);
    assert_memory_equal(panel, wanted, sizeof wanted);
}

/* Panels of rows and of columns that lie side by side, and of those that do not, are the same. */
static void test_packing_of_every_layout(void **state) {
    (void)state;
    enum { WIDTH = 8, GAP = 3 };
    _Alignas(16) float panel[17 * WIDTH], wanted[17 * WIDTH];
    for (int32_t k = 0; k <= 17; k++)
        for (int32_t columns = 1; columns <= WIDTH; columns++) {
            const tt_matrix layouts[] = {
                {data.a, WIDTH + GAP, 1}, {data.a, 1, 17}, {data.a, 20, 2}};
            fill_operands((uint64_t)(k * WIDTH + columns));
            for (int i = 0; i < 3; i++) {
                const tt_matrix from = layouts[i];
                for (int32_t l = 0; l < k; l++)
                    for (int32_t j = 0; j < WIDTH; j++)
                        wanted[l * WIDTH + j] =
                            j < columns ? from.values[l * from.row + j * from.column] : 0;
                tt_pack(k, columns, WIDTH, from, panel);
                assert_memory_equal(panel, wanted, (size_t)(k * WIDTH) * sizeof *panel);
            }
        }
}

/* For a wide product and for narrow ones, of a matrix whose columns crowd and of one whose columns
 * do not, with whole and cut vectors. */
static void test_transposes(void **state) {
    (void)state;
    enum { MOST_ROWS = 9, MOST_COLUMNS = 256 };
    static _Alignas(16) float room[MOST_COLUMNS * (MOST_ROWS + 3)];
    const struct {
        int32_t columns, n;
        bool copied;
    } cases[] = {{100, 10, false}, {100, 64, true}, {128, 10, true}, {256, 64, true}};
    fill_operands(11);
    for (int i = 0; i < 4; i++)
        for (int32_t rows = 1; rows <= MOST_ROWS; rows++) {
            int32_t columns = cases[i].columns, n = cases[i].n;
            tt_matrix t = tt_transpose(rows, columns, data.a, n, room);
            assert_true(tt_transpose_room(rows, columns, n) <= sizeof room / sizeof *room);
            assert_int_equal(t.values == room, cases[i].copied);
            for (int32_t r = 0; r < rows; r++)
                for (int32_t c = 0; c < columns; c++)
                    assert_memory_equal(&t.values[c * t.row + r * t.column],
                                        &data.a[r * columns + c], sizeof(float));
        }
}

/* A sum over k in one call, or over its parts in two, has the same bits. */
static void test_sums_continue(void **state) {
    (void)state;
    enum { M = 6, N = 11, K = 21, FIRST = 8 };
    float whole[M * N], parts[M * N];
    fill_operands(7);
    tt_gemm(M, N, K, tt_matrix_of(data.a, K), tt_matrix_of(data.b, N), false, NULL, whole);
    tt_gemm(M, N, FIRST, tt_matrix_of(data.a, K), tt_matrix_of(data.b, N), false, NULL, parts);
    tt_gemm(M, N, K - FIRST, tt_matrix_of(data.a + FIRST, K), tt_matrix_of(data.b + FIRST * N, N),
            true, NULL, parts);
    assert_memory_equal(parts, whole, sizeof whole);
}

/* Catches what the naive twin would share: fused or extended arithmetic of a compiler. FNV-1a. */
static void test_golden_hash(void **state) {
    (void)state;
    fill_operands(1);
    compare_with_naive((shape){MAX_SIZE, MAX_SIZE, MAX_SIZE}, ACCUMULATED);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < MAX_SIZE * MAX_SIZE; i++) {
        uint32_t bits;
        memcpy(&bits, &data.c[i], sizeof bits);
        for (int shift = 0; shift < 32; shift += 8)
            hash = (hash ^ (bits >> shift & 0xff)) * UINT64_C(0x100000001b3);
    }
    if (hash != UINT64_C(0x1e2029b8721bd133))
        fail_msg("hash %#llx", (unsigned long long)hash);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_small_sizes),
        cmocka_unit_test(test_all_layouts),
        cmocka_unit_test(test_zeros_infinities_and_nan),
        cmocka_unit_test(test_known_product),
        cmocka_unit_test(test_empty_sum_is_zero),
        cmocka_unit_test(test_packing_pads_with_zeros),
        cmocka_unit_test(test_packing_of_every_layout),
        cmocka_unit_test(test_transposes),
        cmocka_unit_test(test_sums_continue),
        cmocka_unit_test(test_golden_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
