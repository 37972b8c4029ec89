#include "unit.h"

#include <math.h>

#include "random.h"
#include "reduce.h"

enum { MOST_COLUMNS = 37, MOST_ROWS = 9, GUARD = 4 };

static void fill(float *values, int32_t n) {
    tt_random random = tt_random_new(7, TT_FOR_WEIGHTS);
    for (int32_t i = 0; i < n; i++)
        values[i] = (float)(2 * tt_random_uniform(&random) - 1);
}

static void columns_add_up_row_by_row(void **state) {
    (void)state;
    float x[MOST_ROWS * MOST_COLUMNS];
    fill(x, MOST_ROWS * MOST_COLUMNS);
    for (int32_t rows = 0; rows <= MOST_ROWS; rows++)
        for (int32_t n = 1; n <= MOST_COLUMNS; n++) {
            float sums[MOST_COLUMNS + GUARD], naive[MOST_COLUMNS + GUARD];
            for (int32_t j = 0; j < MOST_COLUMNS + GUARD; j++)
                sums[j] = naive[j] = (float)j / 3;
            for (int32_t i = 0; i < rows; i++)
                for (int32_t j = 0; j < n; j++)
                    naive[j] += x[i * n + j];
            tt_add_columns(rows, n, x, sums);
            assert_memory_equal(sums, naive, sizeof sums);
        }
}

static void what_is_not_finite_stays_in_its_column(void **state) {
    (void)state;
    const float x[] = {1, INFINITY, NAN, -0.0f, 2, 1, 4, 1, -0.0f, 3};
    float sums[5] = {0, 0, 0, -0.0f, 0};
    tt_add_columns(2, 5, x, sums);
    assert_true(sums[0] == 2 && isinf(sums[1]) && isnan(sums[2]) && sums[4] == 5);
    assert_true(sums[3] == 0 && signbit(sums[3]));
}

static void squares_add_up_in_sixteen_sums(void **state) {
    (void)state;
    float x[MOST_COLUMNS];
    fill(x, MOST_COLUMNS);
    for (int32_t n = 0; n <= MOST_COLUMNS; n++) {
        double s[16] = {0};
        for (int32_t i = 0; i < n; i++)
            s[i % 16] += (double)x[i] * (double)x[i];
        double even = ((s[0] + s[8]) + (s[4] + s[12])) + ((s[2] + s[10]) + (s[6] + s[14]));
        double odd = ((s[1] + s[9]) + (s[5] + s[13])) + ((s[3] + s[11]) + (s[7] + s[15]));
        assert_true(tt_sum_squares(n, x) == even + odd);
    }
}

static void rough_squares_keep_four_digits_and_what_is_not_finite(void **state) {
    (void)state;
    for (int32_t n = 0; n <= MOST_COLUMNS; n++) {
        float x[MOST_COLUMNS];
        double expected = 0;
        for (int32_t i = 0; i < n; i++) {
            x[i] = (float)(i % 7 - 3) * 0.3f;
            expected += (double)x[i] * (double)x[i];
        }
        assert_near(tt_sum_squares_roughly(n, x), expected, 1e-5, 0);
        for (int32_t place = 0; place < n; place++) {
            const float kept = x[place], bad[] = {NAN, INFINITY, -INFINITY, 1e20f};
            for (int k = 0; k < 4; k++) {
                x[place] = bad[k];
                assert_false(isfinite(tt_sum_squares_roughly(n, x)));
            }
            x[place] = kept;
        }
    }
}

static void the_largest_magnitude_is_found_in_every_place(void **state) {
    (void)state;
    const float largest[] = {-3, 3, INFINITY, -INFINITY};
    for (int32_t n = 1; n <= MOST_COLUMNS; n++)
        for (int32_t place = 0; place < n; place++)
            for (int k = 0; k < 4; k++) {
                float x[MOST_COLUMNS] = {0};
                x[place] = largest[k];
                assert_true(tt_largest_magnitude(n, x) == fabsf(largest[k]));
                x[0] = NAN;
                assert_true(isnan(tt_largest_magnitude(n, x)));
            }
    assert_true(tt_largest_magnitude(0, NULL) == 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(columns_add_up_row_by_row),
    cmocka_unit_test(what_is_not_finite_stays_in_its_column),
    cmocka_unit_test(squares_add_up_in_sixteen_sums),
    cmocka_unit_test(rough_squares_keep_four_digits_and_what_is_not_finite),
    cmocka_unit_test(the_largest_magnitude_is_found_in_every_place),
};

RUN_TESTS(tests)
