#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "read-csv.h"

static const char ALL_TRAIN[] = "split.validation = 0\nscaler = none\n";

static void expect_column(const char *text, const char *cfg, const double *wanted) {
    char whole[400];
    snprintf(whole, sizeof whole, "%s%s", ALL_TRAIN, cfg);
    tt_dataset *dataset = good_dataset(text, whole);
    expect_x(dataset, TT_TRAINING, 0, wanted);
    tt_dataset_free(dataset);
}

static void test_scalers(void **state) {
    (void)state;
    static const char text[] = "a,y\n1,10\n2,20\n3,30\n";
    double s = sqrt(1.5);
    expect_column(text, "scaler = none", (double[]){1, 2, 3});
    expect_column(text, "scaler = standard", (double[]){-s, 0, s});
    expect_column(text, "scaler = minmax", (double[]){0, 0.5, 1});
}

static void test_target_scale(void **state) {
    (void)state;
    static const char text[] = "a,y\n1,10\n2,20\n3,30\n";
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN);
    assert_int_equal(tt_dataset_task(dataset), TT_REGRESSION);
    assert_true(tt_dataset_target_offset(dataset, 0) == 20);
    assert_true(fabs(tt_dataset_target_scale(dataset, 0) - 10 * sqrt(2 / 3.0)) < 1e-12);
    assert_true(tt_dataset_y(dataset, TT_TRAINING)[2] == (float)sqrt(1.5));
    tt_dataset_free(dataset);
    dataset = good_dataset(text, "split.validation = 0\ndata.scale_target = 0");
    assert_true(tt_dataset_target_offset(dataset, 0) == 0 &&
                tt_dataset_target_scale(dataset, 0) == 1);
    assert_true(tt_dataset_y(dataset, TT_TRAINING)[2] == 30);
    tt_dataset_free(dataset);
}

static void test_fills_numbers(void **state) {
    (void)state;
    static const char odd[] = "a,y\n1,10\n,20\n3,30\n8,40\n";
    static const char even[] = "a,y\n1,10\n,20\n3,30\n8,40\n9,50\n";
    expect_column(odd, "data.missing = mean", (double[]){1, 4, 3, 8});
    expect_column(odd, "data.missing = median", (double[]){1, 3, 3, 8});
    expect_column(even, "data.missing = median", (double[]){1, 5.5, 3, 8, 9});
    /* The scaler sees the column with its gaps filled. */
    expect_column(odd, "data.missing = mean\nscaler = standard",
                  (double[]){-3 / sqrt(6.5), 0, -1 / sqrt(6.5), 4 / sqrt(6.5)});
}

static void test_drops_rows(void **state) {
    (void)state;
    tt_dataset *dataset =
        good_dataset("a,c,e,y\n1,u,,10\n,u,,20\n3,,,30\n4,v,,\n5,v,,50\n6,u,,60\n",
                     "split.validation = 0\nscaler = none\ndata.missing = drop");
    static const int64_t rows[] = {0, 4, 5};
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(tt_dataset_source_row(dataset, TT_TRAINING, i), rows[i]);
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 5, 6});
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "\"n_dropped\":3");
    assert_mentions(json, "{\"column\":\"e\",\"message\":\"has nothing but missing values");
    tt_free_text(json);
    tt_dataset_free(dataset);
    dataset = good_dataset("a,y\n1,10\n2,NA\n3,30\n", ALL_TRAIN);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 2);
    tt_dataset_free(dataset);
}

static void test_one_hot(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset(
        "n,colour,y\n1,red,1.5\n2,Z,2.5\n3,,3.5\n4,red,4.5\n5,blue,5.5\n6,blue,6.5\n", ALL_TRAIN);
    expect_features(dataset, 4, (const char *[]){"n", "colour=Z", "colour=blue", "colour=red"});
    expect_x(dataset, TT_TRAINING, 1, (double[]){0, 1, 0, 0, 0, 0});
    /* blue and red are equally frequent: the first one stands for the missing cell. */
    expect_x(dataset, TT_TRAINING, 2, (double[]){0, 0, 1, 0, 1, 1});
    expect_x(dataset, TT_TRAINING, 3, (double[]){1, 0, 0, 1, 0, 0});
    tt_dataset_free(dataset);
    dataset = good_dataset("c,y\n10,1.5\n2,2.5\n2.5,3.5\nx,4\n10,5\n",
                           "split.validation = 0\nscaler = standard\ndata.categories = c");
    expect_features(dataset, 4, (const char *[]){"c=2", "c=2.5", "c=10", "c=x"});
    expect_x(dataset, TT_TRAINING, 2, (double[]){1, 0, 0, 0, 1});
    tt_dataset_free(dataset);
}

static void test_overrides(void **state) {
    (void)state;
    static const char text[] = "a,\"b,c\",d,y\n1,x,7,0.5\nz,5,7,1.5\n3,9,8,2.5\n";
    tt_dataset *dataset = good_dataset(
        text, "split.validation = 0\nscaler = none\ndata.numbers = a,\"b,c\"\ndata.ignore = d");
    expect_features(dataset, 2, (const char *[]){"a", "b,c"});
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 2, 3});
    expect_x(dataset, TT_TRAINING, 1, (double[]){7, 5, 9});
    tt_dataset_free(dataset);
    dataset =
        good_dataset(text, "split.validation = 0\nscaler = none\ndata.target = d\n"
                           "data.categories = d\ndata.ignore = a,y,d\ndata.numbers = \"b,c\"");
    expect_features(dataset, 1, (const char *[]){"b,c"});
    assert_int_equal(tt_dataset_task(dataset), TT_BINARY);
    assert_string_equal(tt_dataset_class_name(dataset, 1), "8");
    tt_dataset_free(dataset);
}

static void test_constant_and_text_columns(void **state) {
    (void)state;
    char text[4000] = "k,w,a,c,y\n";
    for (int i = 0; i < 60; i++)
        sprintf(text + strlen(text), "5,word %d,%d,same,%d.5\n", i, i, i);
    tt_dataset *dataset = good_dataset(text, "split.validation = 0");
    expect_features(dataset, 3, (const char *[]){"k", "a", "c=same"});
    static const double zeros[60];
    expect_x(dataset, TT_TRAINING, 0, zeros);
    expect_x(dataset, TT_TRAINING, 2, zeros);
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "{\"column\":\"k\",\"message\":\"is constant");
    assert_mentions(json, "{\"column\":\"c\",\"message\":\"is constant");
    assert_mentions(json, "{\"column\":\"w\",\"message\":\"is different in every row");
    tt_free_text(json);
    tt_dataset_free(dataset);
    dataset = good_dataset(text, "split.validation = 0\ndata.categories = w");
    assert_int_equal(tt_dataset_n_features(dataset), 63);
    assert_string_equal(tt_dataset_feature_name(dataset, 1), "w=word 0");
    tt_dataset_free(dataset);
}

/* What a level that only the validation part has becomes: nothing. */
static void test_unknown_levels(void **state) {
    (void)state;
    char text[1000] = "c,y\n";
    for (int i = 0; i < 20; i++)
        sprintf(text + strlen(text), "u%d,%d.5\n", i, i);
    tt_dataset *dataset = good_dataset(text, "split.validation = 0.3\ndata.categories = c");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 14);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), 6);
    assert_int_equal(tt_dataset_n_features(dataset), 14);
    for (int i = 0; i < 14 * 14; i++)
        assert_true(tt_dataset_x(dataset, TT_TRAINING)[i] == 0 ||
                    tt_dataset_x(dataset, TT_TRAINING)[i] == 1);
    for (int i = 0; i < 6 * 14; i++)
        assert_true(tt_dataset_x(dataset, TT_VALIDATION)[i] == 0);
    for (int i = 0; i < 14; i++) {
        float sum = 0;
        for (int j = 0; j < 14; j++)
            sum += tt_dataset_x(dataset, TT_TRAINING)[i * 14 + j];
        assert_true(sum == 1);
    }
    tt_dataset_free(dataset);
}

/* A table of 50 rows; those marked in `changed` have quite other values. */
static void write_rows(char *text, const bool *changed) {
    sprintf(text, "a,b,c,y\n");
    for (int i = 0; i < 50; i++) {
        const char *row = changed[i] ? "1000,-77,other,-5000\n" : NULL;
        if (row)
            strcat(text, row);
        else if (i % 7 == 0)
            sprintf(text + strlen(text), ",%d,l%d,%d.25\n", i, i % 3, i);
        else
            sprintf(text + strlen(text), "%d,%d,l%d,%d.25\n", i * i % 17, i, i % 3, i);
    }
}

static void check_no_leak(const char *cfg) {
    static char text[4000];
    bool changed[50] = {false};
    write_rows(text, changed);
    tt_dataset *before = good_dataset(text, cfg);
    int64_t n_training = tt_dataset_n_rows(before, TT_TRAINING);
    int64_t n_validation = tt_dataset_n_rows(before, TT_VALIDATION);
    assert_int_equal(n_training + n_validation, 50);
    for (int64_t i = 0; i < n_validation; i++)
        changed[tt_dataset_source_row(before, TT_VALIDATION, i)] = true;
    write_rows(text, changed);
    tt_dataset *after = good_dataset(text, cfg);
    int32_t n_features = tt_dataset_n_features(before);
    assert_int_equal(tt_dataset_n_features(after), n_features);
    assert_memory_equal(tt_dataset_x(before, TT_TRAINING), tt_dataset_x(after, TT_TRAINING),
                        (size_t)(n_training * n_features) * sizeof(float));
    assert_memory_equal(tt_dataset_y(before, TT_TRAINING), tt_dataset_y(after, TT_TRAINING),
                        (size_t)n_training * sizeof(float));
    assert_true(tt_dataset_target_scale(before, 0) == tt_dataset_target_scale(after, 0));
    assert_true(memcmp(tt_dataset_x(before, TT_VALIDATION), tt_dataset_x(after, TT_VALIDATION),
                       (size_t)(n_validation * n_features) * sizeof(float)) != 0);
    tt_dataset_free(before);
    tt_dataset_free(after);
}

static void test_fit_on_training_rows_only(void **state) {
    (void)state;
    check_no_leak("split.validation = 0.3\nscaler = standard\ndata.missing = mean");
    check_no_leak("split.validation = 0.3\nscaler = minmax\ndata.missing = median");
    check_no_leak("split.validation = 0.9\nscaler = none\nsplit.seed = 5");
    check_no_leak("split.folds = 3\nscaler = robust\ndata.missing = most_frequent");
    check_no_leak("split.folds = 4\nscaler = quantile\ndata.missing_flag = 1");
    check_no_leak("split.method = order\nscaler = power\ndata.encoding = ordinal");
    check_no_leak("split.method = order\nscaler = max_abs\ndata.min_count = 12");
}

/* `n` rows whose target runs through `period` values written by `format`. */
static char *make_target(const char *format, int n, int period) {
    char *text = malloc((size_t)n * 32 + 8);
    size_t size = (size_t)sprintf(text, "a,y\n");
    for (int i = 0; i < n; i++) {
        size += (size_t)sprintf(text + size, "%d,", i);
        size += (size_t)sprintf(text + size, format, i % period);
        text[size++] = '\n';
    }
    text[size] = 0;
    return text;
}

static void expect_task(const char *format, int n, int period, const char *cfg, tt_task task,
                        int32_t n_outputs) {
    char *text = make_target(format, n, period);
    tt_dataset *dataset = good_dataset(text, cfg);
    assert_int_equal(tt_dataset_task(dataset), task);
    assert_int_equal(tt_dataset_n_outputs(dataset), n_outputs);
    assert_int_equal(tt_dataset_n_classes(dataset), task == TT_REGRESSION ? 0 : period);
    tt_dataset_free(dataset);
    free(text);
}

static void test_infers_task(void **state) {
    (void)state;
    expect_task("%d", 100, 2, "", TT_BINARY, 1);
    expect_task("%d", 100, 3, "", TT_MULTICLASS, 3);
    expect_task("%d", 100, 20, "", TT_MULTICLASS, 20);
    expect_task("%d", 100, 21, "", TT_REGRESSION, 1);
    expect_task("%d", 80, 20, "", TT_REGRESSION, 1);
    expect_task("%d.5", 100, 3, "", TT_REGRESSION, 1);
    expect_task("w%d", 100, 2, "", TT_BINARY, 1);
    expect_task("w%d", 100, 5, "", TT_MULTICLASS, 5);
    expect_task("%d", 100, 2, "data.task = regression", TT_REGRESSION, 1);
    expect_task("%d", 100, 2, "data.task = multiclass", TT_MULTICLASS, 2);
    expect_task("%d.5", 100, 50, "data.task = multiclass", TT_MULTICLASS, 50);
    expect_task("w%d", 150, 120, "data.task = multiclass\ndata.target = y", TT_MULTICLASS, 120);
    expect_task("%d", 100, 50, "data.categories = y", TT_MULTICLASS, 50);
}

static void test_orders_classes(void **state) {
    (void)state;
    char *text = make_target("%d", 100, 11);
    tt_dataset *dataset = good_dataset(text, "");
    for (int32_t i = 0; i < 11; i++) {
        char name[16];
        sprintf(name, "%d", i);
        assert_string_equal(tt_dataset_class_name(dataset, i), name);
    }
    tt_dataset_free(dataset);
    free(text);
    dataset = good_dataset("a,y\n1,b\n2,\xc3\xa4\n3,B\n4,b\n5,B\n6,\xc3\xa4\n", ALL_TRAIN);
    assert_string_equal(tt_dataset_class_name(dataset, 0), "B");
    assert_string_equal(tt_dataset_class_name(dataset, 1), "b");
    assert_string_equal(tt_dataset_class_name(dataset, 2), "\xc3\xa4");
    static const float wanted[] = {1, 2, 0, 1, 0, 2};
    assert_memory_equal(tt_dataset_y(dataset, TT_TRAINING), wanted, sizeof wanted);
    tt_dataset_free(dataset);
}

static void test_bad_settings(void **state) {
    (void)state;
    static const char text[] = "width,height,y\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,1,c\n";
    expect_bad_setting(text, "data.target = Y1", "data.target",
                       "\"Y1\"; the nearest name is \"y\"");
    expect_bad_setting(text, "data.ignore = width,heigth", "data.ignore", "\"height\"");
    expect_bad_setting(text, "data.numbers = x", "data.numbers", "no column \"x\"");
    expect_bad_setting(text, "data.categories = widht", "data.categories", "\"width\"");
    expect_bad_setting(text, "data.numbers = width\ndata.categories = width", "data.categories",
                       "in data.numbers and in data.categories");
    expect_bad_setting(text, "data.ignore = width,height", "data.ignore", "No feature is left");
    expect_bad_setting("y\n1\n2\n3\n", "data.target = y", "data.delimiter", "only one column");
    expect_bad_setting(text, "data.task = regression", "data.task", "holds words");
    expect_bad_setting(text, "data.task = binary", "data.task", "has 3");
    expect_bad_setting("a,y\n1,\n,2\n", "data.missing = drop", "data.missing", "leaves none");
    char *many = make_target("w%d", 150, 120);
    expect_bad_setting(many, "data.target = y", "data.target", "too many different values");
    free(many);
    many = make_target("%d", 2500, 1500);
    expect_bad_setting(many, "data.task = multiclass", "data.task", "more than 1000");
    expect_bad_setting(many, "data.target = a\ndata.categories = y", "data.categories",
                       "more than 1000 levels");
    free(many);
}

static void test_bad_data(void **state) {
    (void)state;
    expect_bad_data("a,b,y\n1,2,c\n3,4,c\n5,6,c\n", "data.target = y", 3,
                    "the same value in every row");
    expect_bad_data("a,y\n1,5\n3,5\n", "data.target = y", 2, "the same value in every row");
    expect_bad_data("a,y\n1,2\n", "", 0, "Only one row");
    expect_bad_data("y,a\n,1\nNA,2\n", "data.target = y", 1, "nothing but missing");
    expect_bad_data("a,y\n1,u\n2,v\n3,w\n", "data.target = y\nsplit.validation = 0.5", 2,
                    "only one row");
    expect_bad_data("a,y\n1e39,1.5\n2,2.5\n3,3.5\n", "split.validation = 0\nscaler = none", 1,
                    "too large");
    expect_bad_data("a,y\n1e308,1.5\n-1e308,2.5\n3,3.5\n", "split.validation = 0", 1, "too large");
    expect_bad_data("a,y\n1,1e308\n2,-1e308\n3,3.5\n", "split.validation = 0", 2, "too large");
}

static void test_json(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset("a,c,y\n1,u,no\n2,v,yes\n3,u,no\n", ALL_TRAIN);
    char *json = tt_dataset_json(dataset);
    assert_string_equal(
        json,
        "{\"task\":\"binary\",\"target\":\"y\",\"targets\":[\"y\"],\"n_training\":3,\"n_"
        "validation\":0,"
        "\"n_test\":0,\"n_dropped\":0,\"n_features\":3,\"n_classes\":2,\"n_outputs\":1,"
        "\"target_offset\":0,\"target_scale\":1,\"target_offsets\":[0],\"target_scales\":[1],"
        "\"target_log\":false,\"weighted\":false,"
        "\"columns\":[{\"name\":\"a\",\"scaler\":\"none\",\"coding\":\"number\",\"fill\":2,"
        "\"flag\":false,\"whole\":"
        "true,\"min\":1,\"max\":3,\"median\":2},"
        "{\"name\":\"c\",\"scaler\":null,\"coding\":\"one_hot\",\"fill\":\"u\",\"levels\":[\"u\","
        "\"v\"],"
        "\"mode\":\"u\",\"other\":false,\"dropped\":0}],\"features\":[\"a\",\"c=u\",\"c=v\"],"
        "\"classes\":[{\"name\":\"no\",\"training\":2,\"validation\":0},"
        "{\"name\":\"yes\",\"training\":1,\"validation\":0}],"
        "\"notes\":[{\"column\":\"y\",\"message\":\"class \\\"yes\\\" has only one row, which "
        "went to the training part\"}]}");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

static void test_from_arrays(void **state) {
    (void)state;
    tt_error error;
    float x_training[] = {1, 2, 3, 4, 5, 6}, x_validation[] = {7, 8};
    float y_training[] = {0, 2, 1}, y_validation[] = {2};
    const float *const x[] = {x_training, x_validation}, *const y[] = {y_training, y_validation};
    const int64_t n_rows[] = {3, 1};
    tt_dataset *dataset = tt_dataset_from_arrays(TT_MULTICLASS, 2, 1, 3, n_rows, x, y, &error);
    assert_non_null(dataset);
    x_training[0] = 99;
    assert_true(tt_dataset_x(dataset, TT_TRAINING)[0] == 1);
    assert_memory_equal(tt_dataset_x(dataset, TT_VALIDATION), x_validation, sizeof x_validation);
    assert_memory_equal(tt_dataset_y(dataset, TT_TRAINING), y_training, sizeof y_training);
    assert_int_equal(tt_dataset_n_outputs(dataset), 3);
    assert_int_equal(tt_dataset_source_row(dataset, TT_VALIDATION, 0), 3);
    assert_string_equal(tt_dataset_feature_name(dataset, 1), "feature_2");
    assert_string_equal(tt_dataset_class_name(dataset, 2), "2");
    tt_dataset_free(dataset);
    const int64_t only_training[] = {3, 0};
    dataset = tt_dataset_from_arrays(TT_REGRESSION, 2, 1, 0, only_training, x, y, &error);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), 0);
    assert_int_equal(tt_dataset_n_outputs(dataset), 1);
    tt_dataset_free(dataset);
    tt_dataset_free(NULL);
}

static void test_wide_table(void **state) {
    (void)state;
    enum { N_COLUMNS = 5000, N_ROWS = 200 };
    char *text = malloc((size_t)N_COLUMNS * (N_ROWS + 1) * 8);
    size_t size = 0;
    for (int c = 0; c < N_COLUMNS; c++)
        size += (size_t)sprintf(text + size, c ? ",f%d" : "f%d", c);
    for (int r = 0; r < N_ROWS; r++)
        for (int c = 0; c < N_COLUMNS; c++)
            size += (size_t)sprintf(text + size, c ? ",%d" : "\n%d", (r * 31 + c * 17) % 101);
    tt_dataset *dataset = good_dataset(text, "split.validation = 0.25\nscaler = minmax");
    assert_int_equal(tt_dataset_n_features(dataset), N_COLUMNS - 1);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), N_ROWS / 4);
    assert_string_equal(tt_dataset_feature_name(dataset, 4998), "f4998");
    for (int64_t i = 0; i < 150 * (N_COLUMNS - 1); i++) {
        float value = tt_dataset_x(dataset, TT_TRAINING)[i];
        assert_true(value >= 0 && value <= 1);
    }
    tt_dataset_free(dataset);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalers),
        cmocka_unit_test(test_target_scale),
        cmocka_unit_test(test_fills_numbers),
        cmocka_unit_test(test_drops_rows),
        cmocka_unit_test(test_one_hot),
        cmocka_unit_test(test_overrides),
        cmocka_unit_test(test_constant_and_text_columns),
        cmocka_unit_test(test_unknown_levels),
        cmocka_unit_test(test_fit_on_training_rows_only),
        cmocka_unit_test(test_infers_task),
        cmocka_unit_test(test_orders_classes),
        cmocka_unit_test(test_bad_settings),
        cmocka_unit_test(test_bad_data),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_from_arrays),
        cmocka_unit_test(test_wide_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
