/* Columns before and after the preparation, as JSON. */

#include "unit.h"

#include <cjson/cJSON.h>

#include "read-csv.h"

/* The last two of ten rows judge: with them mean, deviation and levels would be others. */
static const char text[] = "a,colour,when,skip,y\n"
                           "1,red,2024-01-01,u,0\n2,blue,2024-01-02,v,10\n,red,2024-01-03,w,20\n"
                           "3,red,2024-01-04,x,30\n6,,2024-01-05,y,40\n4,blue,2024-01-06,z,50\n"
                           "bad,red,2024-01-07,a,60\n2,blue,2024-01-08,b,70\n"
                           "900,green,2024-05-01,c,8000\n-900,green,2024-06-01,d,9000\n";

#define SPLIT "split.validation = 0.2\nsplit.shuffle = 0\ndata.numbers = a\ndata.ignore = skip\n"

enum { A, COLOUR, WHEN, SKIP, Y };

static cJSON *prepared_of(const char *cfg, int32_t column, int n_rows) {
    tt_error error;
    tt_table *table = good_table(text, cfg);
    tt_config *config = config_of(cfg);
    tt_dataset *dataset = tt_dataset_new(table, config, &error);
    if (!dataset)
        fail_msg("%s: %s", error.key, error.message);
    char *json = tt_prepared_json(table, dataset, 1, &column, 10, &error);
    cJSON *parsed = cJSON_Parse(json);
    assert_non_null(parsed);
    assert_int_equal(cJSON_GetObjectItem(parsed, "n_rows")->valueint, n_rows);
    cJSON *only = cJSON_DetachItemFromArray(cJSON_GetObjectItem(parsed, "columns"), 0);
    cJSON_Delete(parsed);
    tt_free_text(json);
    tt_dataset_free(dataset);
    tt_config_free(config);
    tt_table_free(table);
    return only;
}

static cJSON *prepared(const char *cfg, int32_t column) {
    return prepared_of(cfg, column, 8);
}

static cJSON *after(const cJSON *column, int i) {
    return cJSON_GetArrayItem(cJSON_GetObjectItem(column, "after"), i);
}

static double number(const cJSON *of, const char *key) {
    return cJSON_GetObjectItem(of, key)->valuedouble;
}

static void expect(const cJSON *of, double min, double max, double mean, double deviation) {
    assert_near(number(of, "min"), min, 1e-6, 1e-6);
    assert_near(number(of, "max"), max, 1e-6, 1e-6);
    assert_near(number(of, "mean"), mean, 1e-6, 1e-6);
    assert_near(number(of, "deviation"), deviation, 1e-6, 1e-6);
}

static void expect_counts(const cJSON *of, int n, const int *wanted) {
    const cJSON *counts = cJSON_GetObjectItem(cJSON_GetObjectItem(of, "histogram"), "counts");
    assert_int_equal(cJSON_GetArraySize(counts), n);
    for (int i = 0; i < n; i++)
        assert_int_equal(cJSON_GetArrayItem(counts, i)->valueint, wanted[i]);
}

/* 1 2 3 6 4 2 are there; two cells are filled with their mean 3, which changes the deviation. */
static void test_number(void **state) {
    (void)state;
    cJSON *column = prepared(SPLIT "scaler = standard", A);
    const cJSON *before = cJSON_GetObjectItem(column, "before");
    expect(before, 1, 6, 3, sqrt(16.0 / 6));
    expect_counts(before, 6, (int[]){1, 2, 1, 1, 0, 1});
    assert_int_equal(number(column, "n_missing"), 2);
    assert_string_equal(cJSON_GetObjectItem(column, "use")->valuestring, "feature");
    double scale = sqrt(16.0 / 8);
    expect(after(column, 0), -2 / scale, 3 / scale, 0, 1);
    cJSON_Delete(column);
    column = prepared(SPLIT "scaler = minmax\ndata.missing = constant\ndata.fill_value = 11\n"
                            "data.missing_flag = 1",
                      A);
    assert_int_equal(number(column, "n_after"), 2);
    expect(after(column, 0), 0, 1, (18.0 + 22 - 8) / 8 / 10,
           sqrt((70.0 + 242) / 8 - 25) / 10); /* of 1 2 3 6 4 2 11 11 */
    expect(after(column, 1), 0, 1, 0.25, sqrt(3.0 / 16));
    expect_counts(after(column, 1), 2, (int[]){6, 2});
    cJSON_Delete(column);
}

/* The missing colour is filled with red, the most frequent one of the training rows. */
static void test_words(void **state) {
    (void)state;
    cJSON *column = prepared(SPLIT, COLOUR);
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(column, "before")));
    assert_int_equal(number(column, "n_missing"), 1);
    assert_int_equal(number(column, "n_after"), 2);
    assert_string_equal(cJSON_GetObjectItem(after(column, 0), "name")->valuestring, "colour=blue");
    expect_counts(after(column, 0), 2, (int[]){5, 3});
    expect_counts(after(column, 1), 2, (int[]){3, 5});
    cJSON_Delete(column);
}

static void test_date(void **state) {
    (void)state;
    cJSON *column = prepared(SPLIT "scaler = none\ndata.date_parts = elapsed", WHEN);
    expect(cJSON_GetObjectItem(column, "before"), 1704067200, 1704067200 + 7 * 86400,
           1704067200 + 3.5 * 86400, 86400 * sqrt(5.25));
    expect(after(column, 0), 0, 7, 3.5, sqrt(5.25));
    cJSON_Delete(column);
}

static void test_target(void **state) {
    (void)state;
    cJSON *column = prepared(SPLIT, Y);
    double deviation = sqrt(525);
    expect(cJSON_GetObjectItem(column, "before"), 0, 70, 35, deviation);
    expect(after(column, 0), -35 / deviation, 35 / deviation, 0, 1);
    cJSON_Delete(column);
    column = prepared(SPLIT "data.scale_target = 0\ndata.log_target = 1", Y);
    assert_near(number(after(column, 0), "max"), log(71), 1e-6, 1e-6);
    assert_near(number(after(column, 0), "min"), 0, 1e-6, 1e-6);
    cJSON_Delete(column);
    column = prepared_of(SPLIT "data.target = colour", COLOUR, 7); /* one row has no colour */
    assert_int_equal(number(column, "n_after"), 0);
    cJSON_Delete(column);
}

static void test_unused(void **state) {
    (void)state;
    cJSON *column = prepared(SPLIT, SKIP);
    assert_string_equal(cJSON_GetObjectItem(column, "use")->valuestring, "none");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(column, "after")), 0);
    cJSON_Delete(column);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_number), cmocka_unit_test(test_words),  cmocka_unit_test(test_date),
    cmocka_unit_test(test_target), cmocka_unit_test(test_unused),
};

RUN_TESTS(tests)
