#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "gemm.h"
#include "random.h"

enum { MAX_SIZE = 40, GUARD_COLUMNS = 3, MAX_STRIDE = MAX_SIZE + GUARD_COLUMNS };

typedef struct operands {
    float a[MAX_SIZE * MAX_SIZE], b[MAX_SIZE * MAX_SIZE];
    float c[MAX_SIZE * MAX_STRIDE], c_naive[MAX_SIZE * MAX_STRIDE];
    _Alignas(16) float packed[(MAX_SIZE + TT_PANEL) * MAX_SIZE];
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
    fill(data.a, MAX_SIZE * MAX_SIZE, &random);
    fill(data.b, MAX_SIZE * MAX_SIZE, &random);
    fill(data.c, MAX_SIZE * MAX_STRIDE, &random);
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

/* Both kernels on the same operands; the guard columns behind each row of C are compared as well,
 * and the naive twin never writes there. */
static void compare_with_naive(shape s, bool a_transposed, bool b_transposed, bool accumulate) {
    ptrdiff_t a_row = a_transposed ? 1 : s.k, a_k = a_transposed ? s.m : 1;
    ptrdiff_t b_row = b_transposed ? 1 : s.n, b_column = b_transposed ? s.k : 1;
    ptrdiff_t c_row = s.n + GUARD_COLUMNS;
    tt_pack(s.k, s.n, data.b, b_row, b_column, data.packed);
    tt_gemm(s.m, s.n, s.k, data.a, a_row, a_k, data.packed, data.c, c_row, accumulate);
    tt_gemm_naive(s.m, s.n, s.k, data.a, a_row, a_k, data.packed, data.c_naive, c_row, accumulate);
    assert_same_bits(data.c, data.c_naive, MAX_SIZE * MAX_STRIDE);
}

static void test_all_small_sizes(void **state) {
    (void)state;
    for (int32_t m = 1; m <= 17; m++)
        for (int32_t n = 1; n <= 17; n++)
            for (int32_t k = 1; k <= 17; k++) {
                if (k == 1)
                    fill_operands((uint64_t)(m * 17 + n));
                compare_with_naive((shape){m, n, k}, m & 1, n & 1, k & 1);
            }
}

static const shape odd_shapes[] = {{3, 7, 40},   {4, 8, 1},    {5, 9, 2},    {15, 16, 17},
                                   {16, 15, 40}, {31, 33, 32}, {40, 40, 40}, {1, 40, 40},
                                   {40, 1, 40},  {40, 40, 1},  {7, 23, 31}};
enum { N_ODD_SHAPES = sizeof odd_shapes / sizeof *odd_shapes };

static void test_all_layouts(void **state) {
    (void)state;
    for (int i = 0; i < N_ODD_SHAPES; i++)
        for (int layout = 0; layout < 8; layout++) {
            fill_operands((uint64_t)(8 * i + layout));
            compare_with_naive(odd_shapes[i], layout & 1, layout & 2, layout & 4);
        }
}

static void test_zeros_infinities_and_nan(void **state) {
    (void)state;
    for (int i = 0; i < N_ODD_SHAPES; i++)
        for (int layout = 0; layout < 8; layout++) {
            fill_operands((uint64_t)(100 + 8 * i + layout));
            sprinkle_special_values(data.a, MAX_SIZE * MAX_SIZE, 1);
            sprinkle_special_values(data.b, MAX_SIZE * MAX_SIZE, 2);
            sprinkle_special_values(data.c, MAX_SIZE * MAX_STRIDE, 3);
            memcpy(data.c_naive, data.c, sizeof data.c);
            compare_with_naive(odd_shapes[i], layout & 1, layout & 2, layout & 4);
        }
}

static void test_known_product(void **state) {
    (void)state;
    const float a[] = {1, 2, 3, 4, 5, 6}, b[] = {7, 8, 9, 10, 11, 12};
    const float product[] = {58, 64, 139, 154}, twice[] = {116, 128, 278, 308};
    float c[4];
    tt_pack(3, 2, b, 2, 1, data.packed);
    tt_gemm(2, 2, 3, a, 3, 1, data.packed, c, 2, false);
    assert_memory_equal(c, product, sizeof c);
    tt_gemm(2, 2, 3, a, 3, 1, data.packed, c, 2, true);
    assert_memory_equal(c, twice, sizeof c);
}

static void test_empty_sum_is_zero(void **state) {
    (void)state;
    float c[] = {1, 2, 3}, kept[] = {1, 2, 3}, zeros[] = {0, 0, 0};
    tt_gemm(1, 3, 0, data.a, 0, 1, data.packed, c, 3, true);
    assert_memory_equal(c, kept, sizeof c);
    tt_gemm(1, 3, 0, data.a, 0, 1, data.packed, c, 3, false);
    assert_memory_equal(c, zeros, sizeof c);
}

static void test_packing_pads_with_zeros(void **state) {
    (void)state;
    const float b[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    const float wanted[] = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17,
                            9, 0, 0, 0, 0, 0, 0, 0, 18, 0,  0,  0,  0,  0,  0,  0};
    assert_int_equal(tt_packed_size(2, 9), 32);
    assert_int_equal(tt_packed_size(2, 8), 16);
    assert_int_equal(tt_packed_size(5, 0), 0);
    tt_pack(2, 9, b, 9, 1, data.packed);
    assert_memory_equal(data.packed, wanted, sizeof wanted);
}

/* A sum over k in one call, or over its parts in two, has the same bits. */
static void test_sums_continue(void **state) {
    (void)state;
    enum { M = 6, N = 11, K = 21, FIRST = 8 };
    float whole[M * N], parts[M * N];
    fill_operands(7);
    tt_pack(K, N, data.b, N, 1, data.packed);
    tt_gemm(M, N, K, data.a, K, 1, data.packed, whole, N, false);
    tt_pack(FIRST, N, data.b, N, 1, data.packed);
    tt_gemm(M, N, FIRST, data.a, K, 1, data.packed, parts, N, false);
    tt_pack(K - FIRST, N, data.b + FIRST * N, N, 1, data.packed);
    tt_gemm(M, N, K - FIRST, data.a + FIRST, K, 1, data.packed, parts, N, true);
    assert_memory_equal(parts, whole, sizeof whole);
}

/* Catches what the naive twin would share: fused or extended arithmetic of a compiler. FNV-1a. */
static void test_golden_hash(void **state) {
    (void)state;
    fill_operands(1);
    compare_with_naive((shape){MAX_SIZE, MAX_SIZE, MAX_SIZE}, false, false, true);
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < MAX_SIZE * MAX_STRIDE; i++) {
        uint32_t bits;
        memcpy(&bits, &data.c[i], sizeof bits);
        for (int shift = 0; shift < 32; shift += 8)
            hash = (hash ^ (bits >> shift & 0xff)) * UINT64_C(0x100000001b3);
    }
    if (hash != UINT64_C(0xf4653715ce52d94a))
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
        cmocka_unit_test(test_sums_continue),
        cmocka_unit_test(test_golden_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
