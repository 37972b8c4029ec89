#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "describer.h"
#include "read-csv.h"
#include "relation.h"
#include "select.h"

static void assert_close(double value, double wanted) {
    if (!(fabs(value - wanted) <= 1e-12 * (1 + fabs(wanted))))
        fail_msg("%.17g is not %.17g", value, wanted);
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void test_quantiles(void **state) {
    (void)state;
    double sorted[60], x[60];
    for (int n = 1; n <= 60; n++)
        for (int q = 0; q <= 10; q++) {
            for (int i = 0; i < n; i++)
                sorted[i] = x[i] = (i * 37 + n) % 23 - 7.5;
            qsort(sorted, (size_t)n, sizeof *sorted, compare_doubles);
            double place = q / 10.0 * (n - 1);
            int below = (int)floor(place), above = below + 1 < n ? below + 1 : below;
            double wanted = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
            assert_close(tt_quantile(n, x, q / 10.0), wanted);
        }
}

/* So many that a band of them is looked at: even, skewed, with ties, and in order. */
static void test_quantiles_of_many(void **state) {
    (void)state;
    enum { N = 50000 };
    double *sorted = malloc(N * sizeof *sorted), *x = malloc(N * sizeof *x);
    tt_random random = tt_random_new(5, TT_FOR_SPLIT);
    for (int kind = 0; kind < 4; kind++) {
        for (int i = 0; i < N; i++) {
            double u = tt_random_uniform(&random);
            sorted[i] = kind == 0 ? u : kind == 1 ? exp(300 * u) : kind == 2 ? floor(3 * u) : i;
        }
        memcpy(x, sorted, N * sizeof *x);
        qsort(sorted, N, sizeof *sorted, compare_doubles);
        assert_true(tt_median(N, x) == sorted[N / 2 - 1] / 2 + sorted[N / 2] / 2);
        for (int q = 0; q <= 10; q++) {
            int below = q * (N - 1) / 10, above = below + 1 < N ? below + 1 : below;
            double rest = q / 10.0 * (N - 1) - below;
            assert_close(tt_quantile(N, x, q / 10.0),
                         sorted[below] + rest * (sorted[above] - sorted[below]));
        }
    }
    free(sorted);
    free(x);
}

static void test_pearson(void **state) {
    (void)state;
    const double x[] = {1, 2, NAN, 3, 4, 5}, y[] = {2, 4, 9, 6, 8, 10};
    const double down[] = {5, 3, 1, 1, -1, -3}, flat[] = {7, 7, 7, 7, 7, 7};
    const double u[] = {1, 2, 3, 4}, v[] = {1, 3, 2, 4};
    assert_close(tt_pearson(6, x, y), 1);
    assert_close(tt_pearson(6, x, down), -1);
    assert_close(tt_pearson(4, u, v), 0.8); /* 1 - 6 sum d^2 / (n (n^2 - 1)) of two rankings */
    assert_true(isnan(tt_pearson(6, x, flat)));
}

static void test_eta_squared(void **state) {
    (void)state;
    const double x[] = {1, 2, 3, 5, 6, 7, NAN, 100};
    const int32_t groups[] = {0, 0, 0, 1, 1, 1, 1, -1};
    double value;
    assert_true(tt_eta_squared(8, x, 2, groups, &value));
    assert_close(value, 24.0 / 28); /* 6 * 2^2 between, 2 + 2 within */
    const double flat[] = {4, 4, 4, 4, 4, 4, 4, 4};
    assert_true(tt_eta_squared(8, flat, 2, groups, &value));
    assert_true(isnan(value));
}

static void test_cramers_v(void **state) {
    (void)state;
    /* Of two by two it is |ad - bc| / sqrt of the product of the four sums. */
    const int counts[2][2] = {{10, 20}, {35, 5}};
    int32_t a[71], b[71], n = 0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            for (int k = 0; k < counts[i][j]; k++, n++)
                a[n] = i, b[n] = 2 * j; /* a level without rows lies between */
    a[n] = 1, b[n++] = -1;
    double value;
    assert_true(tt_cramers_v(n, 2, a, 3, b, &value));
    assert_close(value, fabs(10.0 * 5 - 20.0 * 35) / sqrt(30.0 * 40 * 45 * 25));
    assert_true(tt_cramers_v(n - 1, 2, a, 2, a, &value));
    assert_close(value, 1);
    for (int i = 0; i < n; i++)
        b[i] = 0;
    assert_true(tt_cramers_v(n, 2, a, 3, b, &value));
    assert_true(isnan(value));
}

typedef struct described {
    tt_table *table;
    tt_config *config;
    tt_describer describer;
} described;

static void begin(described *d, const char *text, const char *cfg) {
    tt_error error;
    d->table = good_table(text, cfg);
    d->config = config_of(cfg);
    assert_int_equal(tt_describer_begin(&d->describer, d->table, d->config, &error), TT_OK);
}

static void end(described *d) {
    tt_describer_free(&d->describer);
    tt_config_free(d->config);
    tt_table_free(d->table);
}

static void test_numbers(void **state) {
    (void)state;
    described d;
    begin(&d, "x,y\n1,2\n4,3\n,9\n2,5\nbad,7\n3,11\n", "data.numbers = x");
    const tt_describer *x = &d.describer;
    assert_int_equal(tt_describe_column(&d.describer, 0, 10), TT_OK);
    assert_int_equal(x->n_values, 4);
    assert_int_equal(x->n_missing, 1);
    assert_int_equal(x->n_bad, 1);
    assert_int_equal(x->levels.n, 4);
    assert_true(x->of.min == 1 && x->of.max == 4 && x->median == 2.5 && x->of.mean == 2.5);
    assert_true(x->first_quartile == 1.75 && x->third_quartile == 3.25);
    assert_close(x->of.deviation, sqrt(1.25));
    assert_int_equal(x->of.n_bins, 4); /* one for each whole number */
    assert_true(x->of.low == 0.5 && x->of.high == 4.5);
    for (int i = 0; i < 4; i++)
        assert_int_equal(x->of.bins[i], 1);
    assert_int_equal(x->measure, TT_PEARSON);
    const double a[] = {1, 4, 2, 3}, b[] = {2, 3, 5, 11};
    assert_close(x->relation, tt_pearson(4, a, b));
    assert_int_equal(tt_describe_column(&d.describer, 1, 3), TT_OK);
    assert_int_equal(x->measure, TT_NO_MEASURE); /* the target itself */
    assert_int_equal(x->of.n_bins, 3);           /* 2, 3 | 5, 7 | 9, 11 */
    assert_true(x->of.bins[0] == 2 && x->of.bins[1] == 2 && x->of.bins[2] == 2);
    end(&d);
}

static void test_levels_and_relation_by_kind(void **state) {
    (void)state;
    described d;
    begin(&d, "c,x,y\na,1,yes\nb,2,no\na,1,yes\nb,4,no\na,3,no\n,5,yes\n", "");
    assert_int_equal(tt_describe_column(&d.describer, 0, 10), TT_OK);
    assert_int_equal(d.describer.measure, TT_CRAMERS_V);
    assert_close(d.describer.relation, 2 * 2 / sqrt(3.0 * 2 * 2 * 3)); /* a: 2 yes 1 no; b: 2 no */
    assert_int_equal(d.describer.of.n_bins, 0);
    assert_true(isnan(d.describer.median));
    assert_int_equal(tt_describe_column(&d.describer, 1, 10), TT_OK);
    assert_int_equal(d.describer.measure, TT_ETA_SQUARED);
    end(&d);
}

static void test_json(void **state) {
    (void)state;
    tt_error error;
    tt_table *table = good_table("c,y\nred,1\nblue,2.5\nred,4\nred,\n", "");
    tt_config *config = config_of("");
    const int32_t columns[] = {0, 1}, beyond[] = {2};
    char *json = tt_describe_json(table, config, 2, columns, 2, &error);
    assert_mentions(json, "{\"target\":\"y\",\"task\":\"regression\",\"classes\":[],");
    assert_mentions(json, "{\"text\":\"red\",\"count\":3,\"target_mean\":2.5,"
                          "\"target_counts\":null}");
    assert_mentions(json, "\"histogram\":{\"low\":1,\"high\":4,\"counts\":[1,2]}");
    assert_mentions(json, "\"first\":[\"1\",\"2.5\",\"4\"],\"last\":[\"1\",\"2.5\",\"4\"]");
    tt_free_text(json);
    assert_null(tt_describe_json(table, config, 1, beyond, 2, &error));
    assert_mentions(error.message, "no column 3");
    tt_config_free(config);
    config = config_of("data.target = nowhere");
    json = tt_describe_json(table, config, 1, columns, 2, &error);
    assert_mentions(json, "\"target\":null");
    assert_mentions(json, "\"relation\":null");
    tt_free_text(json);
    tt_config_free(config);
    tt_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_quantiles_of_many),
        cmocka_unit_test(test_pearson),
        cmocka_unit_test(test_eta_squared),
        cmocka_unit_test(test_cramers_v),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_levels_and_relation_by_kind),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
