#include "model-run.h"
#include "table-store.h"

/* How the numbers of whole columns are understood. */

static void expect_numbers(const tt_table *table, int32_t column, int32_t n, const double *wanted) {
    assert_int_equal(tt_table_column(table, column)->type, TT_COLUMN_NUMBER);
    for (int32_t row = 0; row < n; row++) {
        double number = tt_table_number(table, row, column);
        if (isnan(wanted[row]) ? !isnan(number) : number != wanted[row])
            fail_msg("row %d of column %d is %.17g, not %.17g", (int)row, (int)column, number,
                     wanted[row]);
    }
}

static void expect_column(const char *text, const char *cfg, int32_t n, const double *wanted) {
    tt_table *table = good_table(text, cfg);
    expect_numbers(table, 0, n, wanted);
    tt_table_free(table);
}

static void test_decimal_comma(void **state) {
    (void)state;
    tt_table *table = good_table("a;b;c;d\n44,5;1.234,56;x;1.250\n3,25;12;y;2.500\n", "");
    expect_numbers(table, 0, 2, (const double[]){44.5, 3.25});
    expect_numbers(table, 1, 2, (const double[]){1234.56, 12});
    expect_numbers(table, 3, 2, (const double[]){1250, 2500}); /* as its neighbours write them */
    assert_string_equal(table->readings[1].evidence, "1.234,56");
    assert_string_equal(table->readings[3].evidence, "1.250");
    assert_false(table->readings[3].unclear);
    char *json = tt_table_json(table, 2);
    assert_mentions(json, "\"reading\":{\"decimal\":\"comma\",\"date\":null,\"hours\":false,"
                          "\"evidence\":\"44,5\",\"unclear\":false}");
    tt_free_text(json);
    tt_table_free(table);
}

static void test_thousands_and_units(void **state) {
    (void)state;
    tt_table *table = good_table(
        "a,b,c,d\n\"$1,234.50\",12%,(5),\"1,234\"\n$3,7.5 %,7-,\"2,500\"\n,,-1,17\n", "");
    expect_numbers(table, 0, 3, (const double[]){1234.5, 3, NAN});
    expect_numbers(table, 1, 3, (const double[]){12, 7.5, NAN});
    expect_numbers(table, 2, 3, (const double[]){-5, -7, -1});
    expect_numbers(table, 3, 3, (const double[]){1234, 2500, 17});
    assert_false(table->readings[3].unclear); /* 1,234.50 tells */
    tt_table_free(table);
}

static void test_unclear_marks(void **state) {
    (void)state;
    const double thousands[] = {1234, 2345}, decimals[] = {1.234, 2.345};
    tt_table *table = good_table("a\n\"1,234\"\n\"2,345\"\n", "data.delimiter = comma");
    expect_numbers(table, 0, 2, thousands);
    assert_true(table->readings[0].unclear);
    tt_table_free(table);
    table = good_table("a;b\n1,234;x\n2,345;y\n", "");
    expect_numbers(table, 0, 2, decimals);
    assert_true(table->readings[0].unclear);
    tt_table_free(table);
    table = good_table("a,b\n1.234,x\n2.345,y\n", "");
    expect_numbers(table, 0, 2, decimals);
    assert_false(table->readings[0].unclear);
    tt_table_free(table);
    expect_column("a;b\n1,234;x\n2,345;y\n", "data.decimal = point", 2, thousands);
    expect_column("a;b\n1.234;x\n2.345;y\n", "data.decimal = comma", 2, thousands);
    expect_column("a;b\n1,234;x\n2,345;y\n", "data.decimal_point = a", 2, thousands);
    expect_column("a;b\n1.234;x\n2.345;y\n", "data.decimal_comma = a", 2, thousands);
}

static void test_times_of_day_are_hours(void **state) {
    (void)state;
    tt_table *table = good_table("at;y\n07:30;1\n23:15;2\n;3\n", "");
    expect_numbers(table, 0, 2, (const double[]){7.5, 23.25});
    char *json = tt_table_json(table, 1);
    assert_mentions(json, "\"hours\":true,\"evidence\":\"07:30\"");
    tt_free_text(json);
    tt_table_free(table);
}

static void test_settings_that_cannot_be_obeyed(void **state) {
    (void)state;
    /* 44,5 is no number by a point, whatever is asked for; one slip of a hundred is. */
    expect_column("a;b\n44,5;1\n3,25;2\n", "data.decimal = point", 2, (const double[]){44.5, 3.25});
    char text[1200] = "a;b\n1,5;0\n";
    for (int i = 0; i < 99; i++)
        sprintf(text + strlen(text), "1,%03d;0\n", i + 100);
    tt_table *table = good_table(text, "data.decimal_point = a");
    assert_int_equal(tt_table_column(table, 0)->n_words, 1);
    assert_true(tt_table_number(table, 1, 0) == 1100);
    tt_table_free(table);
    expect_column(text, "", 2, (const double[]){1.5, 1.1});
}

static void test_what_stays_text(void **state) {
    (void)state;
    tt_table *table =
        good_table("zip,hex,size,plain\n01234,0x10,S,1.5\n94110,0x11,\"4,5\",2\n", "");
    char text[16];
    for (int32_t i = 0; i < 3; i++)
        assert_int_equal(tt_table_column(table, i)->type, TT_COLUMN_CATEGORY);
    tt_table_text(table, 0, 0, text, sizeof text);
    assert_string_equal(text, "01234");
    tt_table_text(table, 1, 2, text, sizeof text);
    assert_string_equal(text, "4,5");
    expect_numbers(table, 3, 2, (const double[]){1.5, 2});
    tt_table_free(table);
    table = good_table("a,b\n1.50,2\nNA,3\n", "data.texts = a");
    assert_int_equal(tt_table_column(table, 0)->type, TT_COLUMN_CATEGORY);
    assert_int_equal(tt_table_column(table, 0)->n_missing, 1);
    tt_table_text(table, 0, 0, text, sizeof text);
    assert_string_equal(text, "1.50");
    tt_table_free(table);
}

static void expect_missing(const char *text, const char *cfg, int64_t a, int64_t b) {
    tt_table *table = good_table(text, cfg);
    assert_int_equal(tt_table_column(table, 0)->n_missing, a);
    assert_int_equal(tt_table_column(table, 1)->n_missing, b);
    tt_table_free(table);
}

static void test_missing_words(void **state) {
    (void)state;
    const char *text = "a,b\nNA,NA\n-,-\n,\n-999,none\nx,y\n";
    expect_missing(text, "", 3, 3);
    expect_missing(text, "data.not_missing = b", 3, 1);
    expect_missing(text, "data.missing_words = none", 1, 2);
    expect_missing(text, "data.missing_words =", 1, 1);
    expect_column("a,b\n-999,1\n5,2\n", "data.missing_words = NA, -999", 2,
                  (const double[]){NAN, 5});
}

/* `n` numbers of a format, a bad text behind them, and a second column. */
static char *numbers_with(const char *format, int n, const char *bad) {
    char *text = malloc((size_t)n * 40 + 64);
    size_t size = (size_t)sprintf(text, "x;y\n");
    for (int i = 0; i < n; i++)
        size += (size_t)sprintf(text + size, format, i, i % 10, i);
    sprintf(text + size, "%s;7\n", bad);
    return text;
}

static void test_bad_numbers(void **state) {
    (void)state;
    char *text = numbers_with("%d,%d;%d\n", 30, "about 5");
    tt_table *table = good_table(text, "");
    const tt_column *x = tt_table_column(table, 0);
    assert_int_equal(x->type, TT_COLUMN_NUMBER);
    assert_int_equal(x->n_words, 1);
    assert_int_equal(tt_table_n_problems(table), 1);
    assert_int_equal(tt_table_problem(table, 0)->line, 32);
    assert_int_equal(tt_table_problem(table, 0)->column, 1);
    assert_string_equal(tt_table_problem(table, 0)->message,
                        "\"about 5\" in the column \"x\" is not a number");
    tt_table_free(table);

    tt_dataset *dataset = good_dataset(text, "data.target = y\nsplit.validation = 0");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 31);
    tt_dataset_free(dataset);
    dataset = good_dataset(text, "data.target = y\nsplit.validation = 0\ndata.bad_numbers = drop");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 30);
    tt_dataset_free(dataset);
    expect_bad_setting(text, "data.target = y\ndata.bad_numbers = text", "data.ignore", "feature");
    free(text);

    text = numbers_with("%d,%d;%d\n", 30, "007"); /* a code makes codes of all */
    table = good_table(text, "");
    assert_int_equal(tt_table_column(table, 0)->type, TT_COLUMN_TEXT);
    assert_int_equal(tt_table_n_problems(table), 0);
    tt_table_free(table);
    free(text);
}

/* More rows than are looked at before a column is settled, and more words than it can keep. */
static void test_long_columns(void **state) {
    (void)state;
    enum { N = 120000, AFTER_SAMPLE = 5000 };
    char *text = malloc((size_t)N * 48);
    size_t size = (size_t)sprintf(text, "a;b;c\n");
    for (int i = 0; i < N; i++) {
        size += (size_t)sprintf(text + size, "%d,%02d;", i, i % 100);
        size += (size_t)sprintf(text + size, i < AFTER_SAMPLE ? "%d;" : "%d,5;", i);
        size += (size_t)sprintf(text + size, "%d.%03d\n", 1 + i % 900, i % 1000);
    }
    tt_table *table = good_table(text, "");
    for (int i = 0; i < N; i += 997) {
        assert_true(tt_table_number(table, i, 0) == (i * 100 + i % 100) / 100.0);
        assert_true(tt_table_number(table, i, 1) == (i < AFTER_SAMPLE ? i : i + 0.5));
        assert_true(tt_table_number(table, i, 2) == (1 + i % 900) * 1000 + i % 1000);
    }
    const tt_column *a = tt_table_column(table, 0);
    double sum = 0;
    for (int i = 0; i < N; i++)
        sum += (i * 100 + i % 100) / 100.0;
    assert_true(fabs(a->mean - sum / N) < 1e-6);
    assert_int_equal(a->n_words, 0);
    tt_table_free(table);
    free(text);
}

/* A file that does not tell by itself is read as the one that the model was trained on. */
static void test_a_model_keeps_how_its_file_was_written(void **state) {
    (void)state;
    model_run run = start_run("day;size;y\n1/2/2024;1,5;1\n13/2/2024;2,25;2\n3/4/2024;1,125;3\n",
                              "split.validation = 0\nmodel.hidden =");
    tt_model *model = good_model(&run, TT_PRESENT);
    const tt_config *config = tt_model_config(model);
    assert_string_equal(tt_config_get(config, "data.decimal_comma"), "\"size\"");
    assert_string_equal(tt_config_get(config, "data.date_order"), "day_month");
    char *cfg = tt_config_text(config);
    tt_table *table = good_table("day,size\n3/4/2024,\"1,125\"\n", cfg);
    assert_true(tt_table_number(table, 0, 1) == 1.125);
    float x[16];
    tt_error error;
    assert_int_equal(tt_dataset_encode(run.dataset, table, x, &error), TT_OK);
    int32_t n = tt_dataset_n_features(run.dataset);
    assert_memory_equal(x, tt_dataset_x(run.dataset, TT_TRAINING) + 2 * n, (size_t)n * sizeof *x);
    tt_table_free(table);
    tt_free_text(cfg);
    tt_model_free(model);
    end_run(&run);
}

static void test_a_model_keeps_what_was_found_against_a_setting(void **state) {
    (void)state;
    model_run run = start_run("size;w;y\n1,5;1;1\n2,25;2;2\n1,75;3;3\n",
                              "split.validation = 0\nmodel.hidden =\ndata.decimal_point = size,w");
    tt_model *model = good_model(&run, TT_PRESENT);
    const tt_config *config = tt_model_config(model);
    assert_string_equal(tt_config_get(config, "data.decimal_comma"), "\"size\"");
    assert_string_equal(tt_config_get(config, "data.decimal_point"), "\"w\"");
    tt_model_free(model);
    end_run(&run);
}

static void test_a_rule_that_leaves_no_row(void **state) {
    (void)state;
    tt_error error = {0};
    assert_null(read_text("a,y\n\"1\"x,2\n\"3\"x,4\n", "data.bad_quotes = drop", &error));
    assert_int_equal(error.status, TT_BAD_SETTING);
    assert_string_equal(error.key, "data.bad_quotes");
    assert_mentions(error.message, "so was dropped");
}

static void test_reading_settings_name_columns(void **state) {
    (void)state;
    expect_bad_setting("a,b\n1,2\n2,3\n", "data.texts = c", "data.texts", "no column \"c\"");
    expect_bad_setting("a,b\n1,2\n2,3\n", "data.decimal_comma = q", "data.decimal_comma",
                       "nearest");
}

/* Words that come late count against all the numbers before them. */
static void test_formatted_numbers_behind_late_words(void **state) {
    (void)state;
    enum { N = 20000 };
    char *text = malloc(8 * N + 100), *end = text + sprintf(text, "a,b\n");
    for (int i = 0; i < N; i++)
        end += sprintf(end, "%d,1\n", 1000 + i % 5000);
    strcpy(end, "x,1\ny,1\n1 234,1\n");
    tt_table *table = good_table(text, "data.delimiter = comma");
    assert_int_equal(tt_table_column(table, 0)->n_words, 2);
    assert_true(tt_table_number(table, N + 2, 0) == 1234);
    tt_table_free(table);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal_comma),
        cmocka_unit_test(test_thousands_and_units),
        cmocka_unit_test(test_unclear_marks),
        cmocka_unit_test(test_times_of_day_are_hours),
        cmocka_unit_test(test_settings_that_cannot_be_obeyed),
        cmocka_unit_test(test_what_stays_text),
        cmocka_unit_test(test_missing_words),
        cmocka_unit_test(test_bad_numbers),
        cmocka_unit_test(test_long_columns),
        cmocka_unit_test(test_formatted_numbers_behind_late_words),
        cmocka_unit_test(test_a_model_keeps_how_its_file_was_written),
        cmocka_unit_test(test_a_model_keeps_what_was_found_against_a_setting),
        cmocka_unit_test(test_a_rule_that_leaves_no_row),
        cmocka_unit_test(test_reading_settings_name_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
