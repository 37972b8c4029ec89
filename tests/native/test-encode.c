/* From cells to inputs: filling, coding and weighing, and the same for another table. */

#include "unit.h"

#include "read-csv.h"

#define ALL_TRAIN "split.validation = 0\nscaler = none\n"

static void test_fills_with_the_most_frequent(void **state) {
    (void)state;
    tt_dataset *dataset =
        good_dataset("a,y\n5,1.5\n2,2\n2,3\n5,4\n,5\n", ALL_TRAIN "data.missing = most_frequent");
    expect_x(dataset, TT_TRAINING, 0, (double[]){5, 2, 2, 5, 2});
    tt_dataset_free(dataset);
}

static void test_fills_with_a_constant(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset("a,b,y\n5,1,1.5\n,2,2\n2,,3\n",
                                       ALL_TRAIN "data.missing = constant\ndata.fill_value = -1");
    expect_x(dataset, TT_TRAINING, 0, (double[]){5, -1, 2});
    expect_x(dataset, TT_TRAINING, 1, (double[]){1, 2, -1});
    tt_dataset_free(dataset);
}

static void test_flags_missing_numbers(void **state) {
    (void)state;
    tt_dataset *dataset =
        good_dataset("a,b,c,y\n5,1,,1.5\n,2,7,2\n2,4,7,3\n", ALL_TRAIN "data.missing_flag = 1");
    expect_features(dataset, 5, (const char *[]){"a", "a=missing", "b", "c", "c=missing"});
    expect_x(dataset, TT_TRAINING, 0, (double[]){5, 3.5, 2});
    expect_x(dataset, TT_TRAINING, 1, (double[]){0, 1, 0});
    /* Filled up, c is constant; where it was missing still tells something. */
    expect_x(dataset, TT_TRAINING, 3, (double[]){0, 0, 0});
    expect_x(dataset, TT_TRAINING, 4, (double[]){1, 0, 0});
    tt_dataset_free(dataset);
}

static const char sizes[] = "s,y\nM,1.5\nS,2\nXL,3\nL,4\nS,5\n,6\n";

static void test_ordinal_codes(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset(sizes, ALL_TRAIN "data.encoding = ordinal");
    expect_features(dataset, 1, (const char *[]){"s"});
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 2, 3, 0, 2, 2});
    tt_dataset_free(dataset);
    dataset =
        good_dataset(sizes, "split.validation = 0\nscaler = max_abs\ndata.encoding = ordinal");
    expect_x(dataset, TT_TRAINING, 0, (double[]){1 / 3.0, 2 / 3.0, 1, 0, 2 / 3.0, 2 / 3.0});
    tt_dataset_free(dataset);
}

static void test_missing_categories_may_be_no_level(void **state) {
    (void)state;
    static const char cfg[] = ALL_TRAIN "data.missing_category = none\n";
    char ordinal[120];
    tt_dataset *dataset = good_dataset(sizes, cfg);
    expect_features(dataset, 4, (const char *[]){"s=L", "s=M", "s=S", "s=XL"});
    expect_x(dataset, TT_TRAINING, 2, (double[]){0, 1, 0, 0, 1, 0});
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "\"coding\":\"one_hot\",\"fill\":null,");
    tt_free_text(json);
    tt_dataset_free(dataset);
    snprintf(ordinal, sizeof ordinal, "%sdata.encoding = ordinal", cfg);
    dataset = good_dataset(sizes, ordinal);
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 2, 3, 0, 2, -1});
    tt_dataset_free(dataset);
}

static void test_drops_the_first_level(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset(sizes, ALL_TRAIN "data.drop_first = 1");
    expect_features(dataset, 3, (const char *[]){"s=M", "s=S", "s=XL"});
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 0, 0, 0, 0, 0});
    expect_x(dataset, TT_TRAINING, 1, (double[]){0, 1, 0, 0, 1, 1});
    expect_x(dataset, TT_TRAINING, 2, (double[]){0, 0, 1, 0, 0, 0});
    tt_dataset_free(dataset);
}

static void test_rare_levels_become_other(void **state) {
    (void)state;
    static const char text[] = "c,y\nb,1.5\nz,2\na,3\nb,4\nc,5\nc,6\nc,7\n";
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN "data.min_count = 2");
    expect_features(dataset, 3, (const char *[]){"c=b", "c=c", "c=other"});
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 0, 0, 1, 0, 0, 0});
    expect_x(dataset, TT_TRAINING, 2, (double[]){0, 1, 1, 0, 0, 0, 0});
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "2 levels with fewer than 2 training rows became other");
    assert_mentions(json, "\"levels\":[\"b\",\"c\",\"other\"],\"mode\":\"c\",\"other\":true");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

static void encode(const char *text, const char *cfg, const char *other, int n_values,
                   const double *wanted) {
    tt_error error = {0};
    float x[64];
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_table *table = good_table(other, "");
    assert_int_equal(n_values, tt_table_n_rows(table) * tt_dataset_n_features(dataset));
    if (tt_dataset_encode(dataset, table, x, &error) != TT_OK)
        fail_msg("%s", error.message);
    for (int i = 0; i < n_values; i++)
        assert_near((double)x[i], wanted[i], 1e-7, 0);
    tt_table_free(table);
    tt_dataset_free(dataset);
}

/* Columns in another order, words in another order, one more column, no target. */
static void test_a_column_of_missing_words_is_told(void **state) {
    (void)state;
    static const char text[] = "a,b,c,y\n1,None,,1.5\n2,None,,2\n3,,,3\n";
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN);
    expect_features(dataset, 1, (const char *[]){"a"});
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "{\"column\":\"b\",\"message\":\"has nothing but missing values, such as "
                          "\\\"None\\\", and was left out; list it in data.not_missing");
    assert_mentions(json, "{\"column\":\"c\",\"message\":\"has nothing but missing values and was "
                          "left out\"}");
    tt_free_text(json);
    tt_dataset_free(dataset);
    dataset = good_dataset(text, ALL_TRAIN "data.not_missing = b");
    expect_features(dataset, 2, (const char *[]){"a", "b=None"});
    tt_dataset_free(dataset);
}

static void test_encodes_another_table(void **state) {
    (void)state;
    static const char text[] = "n,c,y\n1,red,1.5\n3,blue,2\n5,red,3\n,7,4\n";
    static const char other[] = "c,extra,n\n7,0,3\nblue,0,\nred,0,words\n,0,9\npink,0,0\n";
    /* n: mean 3; levels 7, blue, red (the most frequent) */
    encode(text, ALL_TRAIN, other, 20,
           (double[]){3, 1, 0, 0, 3, 0, 1, 0, 3, 0, 0, 1, 9, 0, 0, 1, 0, 0, 0, 0});
    encode(text, ALL_TRAIN "data.encoding = ordinal", other, 10,
           (double[]){3, 0, 3, 1, 3, 2, 9, 2, 0, -1});
    encode(text, ALL_TRAIN "data.min_count = 2", other, 15,
           (double[]){3, 0, 1, 3, 0, 1, 3, 1, 0, 9, 1, 0, 0, 0, 1});
    encode(text, "split.validation = 0\nscaler = minmax\ndata.ignore = c", other, 5,
           (double[]){0.5, 0.5, 0.5, 2, -0.25});
    encode(text, ALL_TRAIN "data.missing_flag = 1\ndata.ignore = c", other, 10,
           (double[]){3, 0, 3, 1, 3, 1, 9, 0, 0, 0});
}

/* Codes that look like numbers stay the texts that they are, in the order of texts. */
static void test_texts_of_digits_are_levels(void **state) {
    (void)state;
    static const char text[] = "code,y\n10,1.5\n9,2\n-1,3\nx,4\n9,5\n";
    static const char cfg[] = ALL_TRAIN "data.texts = code\ndata.categories = code\n"
                                        "data.encoding = ordinal\n";
    const float codes[] = {1, 2, 0, 3, 2};
    float x[5];
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_table *table = good_table(text, cfg);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 5);
    assert_memory_equal(tt_dataset_x(dataset, TT_TRAINING), codes, sizeof codes);
    assert_int_equal(tt_dataset_encode(dataset, table, x, NULL), TT_OK);
    assert_memory_equal(x, codes, sizeof codes);
    tt_table_free(table);
    tt_dataset_free(dataset);
}

/* The table itself, encoded again, gives the bits that the network trains on. */
static void test_encodes_its_own_table_alike(void **state) {
    (void)state;
    static char text[4000] = "a,b,c,y\n";
    static const char *const cfgs[] = {"split.validation = 0.3",
                                       "scaler = quantile\ndata.missing_flag = 1",
                                       "scaler = power\ndata.encoding = ordinal", "scaler = log1p",
                                       "scaler = robust\ndata.min_count = 11\ndata.drop_first = 1"};
    for (int i = 0; i < 60; i++)
        sprintf(text + strlen(text), i % 9 ? "%d.25,l%d,%d,%d.5\n" : "%.0d,l%d,%d,%d.5\n",
                i % 9 ? i * 7 % 31 : 0, i % 5, i % 11, i);
    for (size_t c = 0; c < sizeof cfgs / sizeof cfgs[0]; c++) {
        float x[60 * 16];
        tt_dataset *dataset = good_dataset(text, cfgs[c]);
        tt_table *table = good_table(text, "");
        int32_t width = tt_dataset_n_features(dataset);
        assert_in_range(width, 2, 16);
        assert_int_equal(tt_dataset_encode(dataset, table, x, NULL), TT_OK);
        for (int part = 0; part < 2; part++)
            for (int64_t i = 0; i < tt_dataset_n_rows(dataset, (tt_part)part); i++)
                assert_memory_equal(tt_dataset_x(dataset, (tt_part)part) + i * width,
                                    x + tt_dataset_source_row(dataset, (tt_part)part, i) * width,
                                    (size_t)width * sizeof *x);
        tt_table_free(table);
        tt_dataset_free(dataset);
    }
}

static void test_bad_tables(void **state) {
    (void)state;
    tt_error error = {0};
    float x[8];
    tt_dataset *dataset = good_dataset("n,m,y\n1,2,1.5\n3,4,2\n", "split.validation = 0");
    tt_table *table = good_table("m,y\n1,2\n", "");
    assert_int_equal(tt_dataset_encode(dataset, table, x, &error), TT_BAD_DATA);
    assert_mentions(error.message, "no column \"n\"");
    tt_table_free(table);
    table = good_table("m,n\n1,2\n1e200,2\n", "");
    assert_int_equal(tt_dataset_encode(dataset, table, x, &error), TT_BAD_DATA);
    assert_int_equal(error.column, 1);
    assert_mentions(error.message, "too large");
    tt_table_free(table);
    tt_dataset_free(dataset);
}

static void test_bad_scaling(void **state) {
    (void)state;
    static const char text[] = "a,y\n-3,1.5\n3,2\n5,3\n";
    expect_bad_data(text, "split.validation = 0\nscaler = log1p", 1, "has the number -3");
    expect_bad_setting(text, "scaler = minmax\nscaler.minmax.low = 2", "scaler", "must lie below");
}

static void test_log_target(void **state) {
    (void)state;
    static const char text[] = "a,y\n1,0\n2,1\n3,3\n4,7.5\n";
    const double ys[] = {0, 1, 3, 7.5};
    for (int scaled = 0; scaled < 2; scaled++) {
        tt_dataset *dataset =
            good_dataset(text, scaled ? "split.validation = 0\ndata.log_target = 1"
                                      : "split.validation = 0\ndata.log_target = 1\n"
                                        "data.scale_target = 0");
        const float *y = tt_dataset_y(dataset, TT_TRAINING);
        double mean = 0;
        for (int i = 0; i < 4; i++) {
            mean += (double)y[i] / 4;
            assert_near(tt_dataset_target_value(dataset, 0, (double)y[i]), ys[i], 1e-6, 1e-6);
            if (!scaled)
                assert_near((double)y[i], log1p(ys[i]), 1e-7, 0);
        }
        if (scaled)
            assert_near(mean, 0, 0, 1e-7);
        tt_dataset_free(dataset);
    }
    expect_bad_setting("a,y\n1,-1\n2,1\n3,2.5\n", "data.log_target = 1", "data.log_target",
                       "above -1");
    tt_dataset *classes = good_dataset("a,y\n1,u\n2,v\n3,v\n", ALL_TRAIN "data.log_target = 1");
    assert_near(tt_dataset_target_value(classes, 0, 1), 1, 0, 0);
    tt_dataset_free(classes);
}

static void expect_weights(const char *text, const char *cfg, int n, const double *wanted) {
    tt_dataset *dataset = good_dataset(text, cfg);
    const float *weights = tt_dataset_weights(dataset, TT_TRAINING);
    assert_non_null(weights);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), n);
    assert_int_equal(tt_dataset_n_features(dataset), 1);
    for (int i = 0; i < n; i++)
        assert_near((double)weights[i], wanted[i], 1e-7, 0);
    tt_dataset_free(dataset);
}

static void test_weights(void **state) {
    (void)state;
    static const char text[] = "a,w,y\n1,0.5,u\n2,2,v\n3,1,u\n4,0,u\n";
    expect_weights(text, ALL_TRAIN "data.weights = w", 4, (double[]){0.5, 2, 1, 0});
    /* 4 rows in 2 classes: 4 / (2 * 3) for u, 4 / (2 * 1) for v */
    expect_weights(text, ALL_TRAIN "data.class_weight = balanced\ndata.ignore = w", 4,
                   (double[]){2 / 3.0, 2, 2 / 3.0, 2 / 3.0});
    expect_weights(text, ALL_TRAIN "data.class_weight = balanced\ndata.weights = w", 4,
                   (double[]){1 / 3.0, 4, 2 / 3.0, 0});
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN);
    assert_null(tt_dataset_weights(dataset, TT_TRAINING));
    tt_dataset_free(dataset);
}

static void test_bad_weights(void **state) {
    (void)state;
    expect_bad_data("a,w,y\n1,1,1.5\n2,-1,2\n", "data.weights = w", 2, "Line 3");
    expect_bad_data("a,w,y\n1,,1.5\n2,1,2\n", "data.weights = w", 2, "Line 2");
    expect_bad_setting("a,w,y\n1,2024-01-01,1.5\n2,2024-01-02,2\n", "data.weights = w",
                       "data.weights", "holds dates");
    expect_bad_data("a,w,y\n1,0,1.5\n2,0,2\n", "data.weights = w", 2, "Every weight");
    expect_bad_setting("a,w,y\n1,1,1.5\n2,1,2\n", "data.class_weight = balanced",
                       "data.class_weight", "needs classes");
    expect_bad_setting("a,w,y\n1,1,1.5\n2,1,2\n", "data.weights = y", "data.weights",
                       "is the target");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_fills_with_the_most_frequent),
    cmocka_unit_test(test_fills_with_a_constant),
    cmocka_unit_test(test_flags_missing_numbers),
    cmocka_unit_test(test_ordinal_codes),
    cmocka_unit_test(test_missing_categories_may_be_no_level),
    cmocka_unit_test(test_drops_the_first_level),
    cmocka_unit_test(test_rare_levels_become_other),
    cmocka_unit_test(test_a_column_of_missing_words_is_told),
    cmocka_unit_test(test_encodes_another_table),
    cmocka_unit_test(test_texts_of_digits_are_levels),
    cmocka_unit_test(test_encodes_its_own_table_alike),
    cmocka_unit_test(test_bad_tables),
    cmocka_unit_test(test_bad_scaling),
    cmocka_unit_test(test_log_target),
    cmocka_unit_test(test_weights),
    cmocka_unit_test(test_bad_weights),
};

RUN_TESTS(tests)
