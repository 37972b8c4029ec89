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
#include "table-store.h"

/* How columns of dates are understood, and what features they become. */

#define AS_THEY_ARE "split.validation = 0\nscaler = none\n"

static void expect_date(const char *text, const char *cfg, bool unclear, const char *first) {
    char cell[TT_DATE_SIZE];
    tt_table *table = good_table(text, cfg);
    assert_int_equal(tt_table_column(table, 0)->type, TT_COLUMN_DATE);
    tt_table_text(table, 0, 0, cell, sizeof cell);
    assert_string_equal(cell, first);
    if (table->readings[0].unclear != unclear)
        fail_msg("[%s] is %sclear", text, unclear ? "" : "not ");
    tt_table_free(table);
}

static void test_order_of_day_and_month(void **state) {
    (void)state;
    expect_date("d,y\n03/04/2024,1\n04/13/2024,2\n", "", false, "2024-03-04");
    expect_date("d,y\n03/04/2024,1\n13/04/2024,2\n", "", false, "2024-04-03");
    expect_date("d,y\n03/04/2024,1\n05/06/2024,2\n", "", true, "2024-03-04");
    expect_date("d;y\n03/04/2024;1\n05/06/2024;2\n", "", true, "2024-04-03");
    expect_date("d,y\n3.4.2024,1\n5.6.2024,2\n", "", true, "2024-04-03");
    expect_date("d,e\n03/04/2024,13/01/2024\n05/06/2024,14/01/2024\n", "", false, "2024-04-03");
    expect_date("d,y\n03/04/2024,1\n05/06/2024,2\n", "data.date_order = day_month", false,
                "2024-04-03");
    expect_date("d,y\n2024-03-04T12:30:00Z,1\n2024-03-05,2\n", "", false, "2024-03-04T12:30:00");
}

static void test_what_is_told_of_dates(void **state) {
    (void)state;
    tt_table *table = good_table("d,y\n03/04/2024,1\n04/13/2024,2\n,3\n", "");
    assert_int_equal(tt_table_column(table, 0)->n_missing, 1);
    assert_int_equal(tt_table_column(table, 0)->n_distinct, 2);
    char *json = tt_table_json(table, 1);
    assert_mentions(json, "\"type\":\"date\"");
    assert_mentions(json, "\"reading\":{\"decimal\":null,\"date\":\"month_day\",\"hours\":false,"
                          "\"evidence\":\"04/13/2024\",\"unclear\":false}");
    assert_mentions(json, "\"rows\":[[\"2024-03-04\",\"1\"]]");
    tt_free_text(json);
    tt_table_free(table);
    table = good_table("d,y\n2024-03-04,1\n2024-03-05,2\n", "data.texts = d");
    assert_int_equal(tt_table_column(table, 0)->type, TT_COLUMN_CATEGORY);
    tt_table_free(table);
}

static void expect_type(const char *text, const char *cfg, int32_t column, tt_column_type type) {
    tt_table *table = good_table(text, cfg);
    if (tt_table_column(table, column)->type != type)
        fail_msg("column %d of [%s] has type %d", (int)column, text,
                 (int)tt_table_column(table, column)->type);
    tt_table_free(table);
}

static void test_dates_can_be_taken_for_something_else(void **state) {
    (void)state;
    static const char codes[] = "d,e,y\n20240301,03/04/2024,1\n20240302,13/04/2024,2\n";
    expect_type(codes, "", 0, TT_COLUMN_DATE);
    expect_type(codes, "data.not_dates = d", 0, TT_COLUMN_NUMBER);
    expect_type(codes, "data.not_dates = d", 1, TT_COLUMN_DATE);
    expect_type(codes, "data.not_dates = \"e\"", 1, TT_COLUMN_CATEGORY);
    tt_table *table = good_table(codes, "data.not_dates = d, e");
    assert_true(tt_table_number(table, 1, 0) == 20240302);
    tt_table_free(table);
    /* What is no date has no say about the others. */
    expect_date("d,e\n03/04/2024,13/01/2024\n05/06/2024,14/01/2024\n", "data.not_dates = e", true,
                "2024-03-04");
    tt_dataset *dataset = good_dataset(codes, AS_THEY_ARE "data.not_dates = d\ndata.ignore = e");
    assert_string_equal(tt_dataset_feature_name(dataset, 0), "d");
    assert_int_equal(tt_dataset_n_features(dataset), 1);
    tt_dataset_free(dataset);
    expect_bad_setting(codes, "data.not_dates = date", "data.not_dates", "no column \"date\"");
}

static void test_dates_among_numbers_are_told(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset("d,y\n2024-03-01,1.5\n2024-03-02,2\n2024-03-07,3\n",
                                       AS_THEY_ARE "data.numbers = d");
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "{\"column\":\"d\",\"message\":\"holds dates, which are numbers already");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

static void test_bad_dates(void **state) {
    (void)state;
    char text[1024] = "d,y\n";
    for (int day = 1; day <= 20; day++)
        sprintf(text + strlen(text), "2024-03-%02d,%d\n", day, day);
    strcat(text, "soon,3\n");
    tt_table *table = good_table(text, "");
    assert_int_equal(tt_table_column(table, 0)->type, TT_COLUMN_DATE);
    assert_int_equal(tt_table_n_problems(table), 1);
    assert_string_equal(tt_table_problem(table, 0)->message,
                        "\"soon\" in the column \"d\" is not a date");
    tt_table_free(table);
    tt_dataset *dataset = good_dataset(text, AS_THEY_ARE "data.bad_numbers = drop");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 20);
    tt_dataset_free(dataset);
}

static const char *const WEEK = "when,y\n2024-02-28 06:00,1\n2024-02-29 12:00,2\n"
                                "2024-03-01 18:00,3\n,4\n2024-03-03 00:00,5\n";

static void test_a_part_named_again_counts_once(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset(WEEK, AS_THEY_ARE "data.date_parts = hour,hour,hour,hour,"
                                                         "hour,hour,hour,hour,hour");
    static const char *const names[] = {"when.hour"};
    expect_features(dataset, 1, names);
    tt_dataset_free(dataset);
}

static void test_features(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset(WEEK, AS_THEY_ARE "data.missing = median\n"
                                                         "data.date_parts = year,hour,elapsed,"
                                                         "month,weekday,day\n"
                                                         "data.missing_flag = 1");
    static const char *const names[] = {"when.elapsed", "when.month", "when.day",
                                        "when.weekday", "when.hour",  "when=missing"};
    expect_features(dataset, 6, names); /* the year never changes */
    /* The missing one is half way between noon of the 29th and 18:00 of the 1st: 03:00 of the 1st.
     */
    expect_x(dataset, TT_TRAINING, 0, (const double[]){0, 1.25, 2.5, 1.875, 3.75});
    expect_x(dataset, TT_TRAINING, 1, (const double[]){2, 2, 3, 3, 3});
    expect_x(dataset, TT_TRAINING, 2, (const double[]){28, 29, 1, 1, 3});
    expect_x(dataset, TT_TRAINING, 3, (const double[]){2, 3, 4, 4, 6}); /* Wednesday is 2 */
    expect_x(dataset, TT_TRAINING, 4, (const double[]){6, 12, 18, 3, 0});
    expect_x(dataset, TT_TRAINING, 5, (const double[]){0, 0, 0, 1, 0});
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "\"coding\":\"date\",\"flag\":true,\"parts\":[\"elapsed\",\"month\","
                          "\"day\",\"weekday\",\"hour\"]");
    assert_mentions(json, "\"typical\":\"2024-03-01T03:00:00\"");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

static void test_other_tables_are_encoded_alike(void **state) {
    (void)state;
    tt_error error;
    tt_dataset *dataset = good_dataset(WEEK, "split.validation = 0\nscaler = minmax");
    int32_t n = tt_dataset_n_features(dataset);
    assert_int_equal(n, 4);
    tt_table *table = good_table("y,when\n0,Mar 3 2024\n0,28.02.2024 06:00\n0,\n", "");
    float x[12];
    assert_int_equal(tt_dataset_encode(dataset, table, x, &error), TT_OK);
    assert_true(x[0] == 1 && x[1] == 1 && x[2] == 1 && x[3] == 0);
    assert_true(x[4] == 0 && x[5] == 0 && x[6] == 0 && fabsf(x[7] - 6.0f / 18) < 1e-6f);
    tt_table_free(table);
    table = good_table("when\n1709251200\n", "data.header = yes"); /* a number is no date */
    assert_int_equal(tt_dataset_encode(dataset, table, x, &error), TT_OK);
    assert_true(x[0] == x[8] && x[1] == x[9] && x[2] == x[10] && x[3] == x[11]);
    tt_table_free(table);
    tt_dataset_free(dataset);
}

static void test_dates_never_change(void **state) {
    (void)state;
    tt_dataset *dataset =
        good_dataset("d,x,y\n2024-03-01,1,1\n2024-03-01,2,2\n2024-03-01,3,4\n", AS_THEY_ARE);
    static const char *const names[] = {"d.elapsed", "x"};
    expect_features(dataset, 2, names);
    expect_x(dataset, TT_TRAINING, 0, (const double[]){0, 0, 0});
    tt_dataset_free(dataset);
}

static void test_a_date_is_no_target(void **state) {
    (void)state;
    expect_bad_setting("x,d\n1,2024-03-01\n2,2024-03-02\n3,2024-03-03\n", "data.target = d",
                       "data.target", "holds dates");
}

static void test_rows_are_split_by_time(void **state) {
    (void)state;
    tt_dataset *dataset =
        good_dataset("d,y\n03/04/2023,4\n13/01/2024,5\n01/02/2022,1\n02/01/2023,3\n",
                     "split.method = order\nsplit.order = d\nsplit.validation = 0.25\n"
                     "data.scale_target = 0");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), 1);
    assert_true(tt_dataset_y(dataset, TT_VALIDATION)[0] == 5);
    tt_dataset_free(dataset);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_of_day_and_month),
        cmocka_unit_test(test_what_is_told_of_dates),
        cmocka_unit_test(test_dates_can_be_taken_for_something_else),
        cmocka_unit_test(test_dates_among_numbers_are_told),
        cmocka_unit_test(test_bad_dates),
        cmocka_unit_test(test_a_part_named_again_counts_once),
        cmocka_unit_test(test_features),
        cmocka_unit_test(test_other_tables_are_encoded_alike),
        cmocka_unit_test(test_dates_never_change),
        cmocka_unit_test(test_a_date_is_no_target),
        cmocka_unit_test(test_rows_are_split_by_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
