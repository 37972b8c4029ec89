/* The fused products against libm's fmaf, and what a run says where there are none. */

#include "unit.h"

#include <math.h>

#include "products.h"
#include "random.h"
#include "tabtrain/tabtrain.h"

enum { MOST = 17 };

static float a[MOST * MOST], b[MOST * MOST], c[MOST * MOST], twin[MOST * MOST];

static void fill(float *values, tt_random *random) {
    for (int i = 0; i < MOST * MOST; i++)
        values[i] = (float)(2 * tt_random_uniform(random) - 1);
}

static void fill_operands(uint64_t seed) {
    tt_random random = tt_random_new(seed, TT_FOR_WEIGHTS);
    fill(a, &random);
    fill(b, &random);
    fill(c, &random);
    memcpy(twin, c, sizeof c);
}

static void multiply_by_fmaf(int32_t m, int32_t n, int32_t k, bool accumulate) {
    for (int32_t i = 0; i < m; i++)
        for (int32_t j = 0; j < n; j++) {
            float sum = accumulate ? twin[i * n + j] : 0.0f;
            for (int32_t l = 0; l < k; l++)
                sum = fmaf(a[i * k + l], b[l * n + j], sum);
            twin[i * n + j] = sum;
        }
}

static void every_size_gives_the_bits_of_fmaf(void **state) {
    (void)state;
    const tt_products *fused = tt_fused_products();
    if (!fused) {
        print_message("no fused multiply-add here\n");
        return;
    }
    for (int32_t m = 1; m <= MOST; m++)
        for (int32_t n = 1; n <= MOST; n++)
            for (int32_t k = 1; k <= MOST; k += 1 + (m + n) % 3) {
                bool accumulate = (m + n + k) % 2;
                fill_operands((uint64_t)(m * MOST + n));
                fused->gemm(m, n, k, tt_matrix_of(a, k), tt_matrix_of(b, n), accumulate, NULL, c);
                multiply_by_fmaf(m, n, k, accumulate);
                assert_memory_equal(c, twin, sizeof c);
                fused->gemm(m, n, k, tt_transposed(a, m), tt_transposed(b, k), true, b, c);
                fused->gemm_naive(m, n, k, tt_transposed(a, m), tt_transposed(b, k), true, b, twin);
                assert_memory_equal(c, twin, sizeof c);
            }
}

static void exact_products_round_twice(void **state) {
    (void)state;
    const float factor = 1.0f + 0x1p-12f;
    float sum = -(1.0f + 0x1p-11f), naive = sum;
    const tt_matrix one = tt_matrix_of(&factor, 1);
    tt_exact_products.gemm(1, 1, 1, one, one, true, NULL, &sum);
    tt_exact_products.gemm_naive(1, 1, 1, one, one, true, NULL, &naive);
    assert_true(sum == 0);
    assert_true(naive == 0);
}

/* Either the run is there and differs, or the mistake names the setting. */
static void a_run_has_the_arithmetic_it_asks_for(void **state) {
    (void)state;
    fill_operands(1);
    const int64_t rows[2] = {MOST, 0};
    const float *const xs[2] = {a, NULL}, *const ys[2] = {b, NULL};
    tt_dataset *dataset = tt_dataset_from_arrays(TT_REGRESSION, MOST, 1, 0, rows, xs, ys, NULL);
    tt_config *config = tt_config_new();
    tt_error error;
    tt_trainer *exact = tt_trainer_new(dataset, config, &error);
    assert_non_null(exact);
    assert_int_equal(tt_config_set(config, "train.arithmetic", "fused", &error), TT_OK);
    tt_trainer *fused = tt_trainer_new(dataset, config, &error);
    if (tt_fused_products()) {
        assert_non_null(fused);
        assert_true(tt_trainer_hash(fused) == tt_trainer_hash(exact));
        tt_trainer_run(fused, 100, INT32_MAX, &error);
        tt_trainer_run(exact, 100, INT32_MAX, &error);
        assert_true(tt_trainer_hash(fused) != tt_trainer_hash(exact));
    } else {
        assert_null(fused);
        assert_string_equal(error.key, "train.arithmetic");
        assert_non_null(strstr(error.message, "Choose \"exact\""));
    }
    tt_trainer_free(fused);
    tt_trainer_free(exact);
    tt_config_free(config);
    tt_dataset_free(dataset);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_size_gives_the_bits_of_fmaf),
    cmocka_unit_test(exact_products_round_twice),
    cmocka_unit_test(a_run_has_the_arithmetic_it_asks_for),
};

RUN_TESTS(tests)
