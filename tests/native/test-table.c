#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "cell.h"
#include "dictionary.h"
#include "levels.h"
#include "read-csv.h"
#include "select.h"
#include "utf8.h"

static void assert_close(double value, double wanted) {
    if (!(fabs(value - wanted) <= 1e-12 * (1 + fabs(wanted))))
        fail_msg("%.17g is not %.17g", value, wanted);
}

static void expect_kind(const char *text, tt_cell_kind wanted) {
    double number = -1;
    tt_cell_kind kind = tt_read_cell(text, strlen(text), &number);
    if (kind != wanted)
        fail_msg("[%s] is of kind %d, not %d", text, kind, wanted);
}

static void test_kinds_of_cells(void **state) {
    (void)state;
    static const char *const numbers[] = {"0",  "-0",  "+5",    "1e3", ".5",
                                          "5.", "0.5", "-1E-7", "0e1"};
    static const char *const words[] = {"007",  "-01", "00",    "1,5", "0x10", "e5", "-",  "+", ".",
                                        "none", "NA",  "1 000", "5%",  "12-3", "i",  "I5", "?!"};
    static const char *const infinite[] = {"inf", "-inf", "Infinity", "1e999", "-1e400"};
    expect_kind("", TT_CELL_MISSING);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        expect_kind(numbers[i], TT_CELL_NUMBER);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        expect_kind(words[i], TT_CELL_WORD);
    for (size_t i = 0; i < sizeof infinite / sizeof infinite[0]; i++)
        expect_kind(infinite[i], TT_CELL_INFINITE);
}

static void test_cells_keep_what_they_are(void **state) {
    (void)state;
    static const double numbers[] = {0, 1, -1.5, 1.7976931348623157e308, 5e-324, -5e-324};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        tt_cell cell = tt_cell_of_number(numbers[i]);
        assert_true(tt_is_number(cell) && !tt_is_word(cell));
        assert_true(tt_number_of(cell) == numbers[i]);
    }
    assert_true(tt_cell_of_number(-0.0) == tt_cell_of_number(0.0));
    for (uint32_t code = 0; code < 4000000000u; code += 399999999u) {
        assert_true(tt_is_word(tt_cell_of_word(code)) && !tt_is_number(tt_cell_of_word(code)));
        assert_true(tt_word_of(tt_cell_of_word(code)) == code);
    }
    assert_false(tt_is_word(TT_MISSING) || tt_is_number(TT_MISSING));
}

static void test_dictionary(void **state) {
    (void)state;
    enum { N = 5000 };
    tt_dictionary dictionary = {0};
    char word[32];
    assert_true(tt_dictionary_find(&dictionary, "a", 1) == TT_NO_WORD);
    for (uint32_t i = 0; i < N; i++) {
        size_t size = (size_t)sprintf(word, "word %u", i * 7919u);
        assert_true(tt_dictionary_find(&dictionary, word, size) == TT_NO_WORD);
        assert_true(tt_dictionary_add(&dictionary, word, size) == i);
    }
    for (uint32_t i = 0; i < N; i++) {
        size_t size = (size_t)sprintf(word, "word %u", i * 7919u);
        assert_true(tt_dictionary_find(&dictionary, word, size) == i);
        assert_string_equal(tt_dictionary_word(&dictionary, i), word);
        assert_int_equal(tt_dictionary_length(&dictionary, i), size);
        assert_true(tt_dictionary_find(&dictionary, word, size - 1) != i);
    }
    tt_dictionary_close(&dictionary);
    assert_string_equal(tt_dictionary_word(&dictionary, 1), "word 7919");
    tt_dictionary_free(&dictionary);
}

static void test_levels(void **state) {
    (void)state;
    tt_levels levels = {0};
    assert_int_equal(tt_levels_find(&levels, tt_cell_of_number(1)), -1);
    for (int i = 0; i < 300; i++)
        assert_true(tt_levels_count(&levels, tt_cell_of_number(i % 100), 100));
    assert_int_equal(levels.n, 100);
    assert_false(tt_levels_count(&levels, tt_cell_of_number(100), 100));
    assert_true(tt_levels_count(&levels, tt_cell_of_number(42), 100));
    for (int i = 0; i < 100; i++) {
        assert_int_equal(tt_levels_find(&levels, tt_cell_of_number(i)), i);
        assert_int_equal(levels.items[i].count, i == 42 ? 4 : 3);
    }
    tt_levels_clear(&levels);
    assert_int_equal(tt_levels_find(&levels, tt_cell_of_number(42)), -1);
    tt_levels_free(&levels);
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void test_median(void **state) {
    (void)state;
    double sorted[101], x[101];
    for (int64_t n = 1; n <= 101; n++) {
        for (int64_t i = 0; i < n; i++)
            sorted[i] = x[i] = (double)((i * 37 + n) % (n % 3 == 0 ? 5 : 101)) - 20;
        qsort(sorted, (size_t)n, sizeof *sorted, compare_doubles);
        assert_true(tt_median(n, x) == (sorted[(n - 1) / 2] + sorted[n / 2]) / 2);
    }
}

static bool is_utf8(const char *text) {
    return tt_is_utf8(text, strlen(text));
}

static void test_utf8(void **state) {
    (void)state;
    assert_true(is_utf8("") && is_utf8("plain") && is_utf8("\xc3\xa9") && is_utf8("\xe2\x82\xac") &&
                is_utf8("\xf0\x9f\x98\x80") && is_utf8("\xed\x9f\xbf") &&
                is_utf8("\xf4\x8f\xbf\xbf"));
    assert_false(is_utf8("\xe9") || is_utf8("\xc3") || is_utf8("\xc0\x80") || is_utf8("\x80"));
    assert_false(is_utf8("\xe0\x80\x80") || is_utf8("\xed\xa0\x80") || is_utf8("\xe2\x82"));
    assert_false(is_utf8("\xf4\x90\x80\x80") || is_utf8("\xf5\x80\x80\x80") || is_utf8("\xc3("));
    char text[16];
    assert_int_equal(tt_windows1252_to_utf8("a\xe9\xff\x80\x81", 5, text), 10);
    assert_memory_equal(text, "a\xc3\xa9\xc3\xbf\xe2\x82\xac\xc2\x81", 10);
    assert_int_equal(tt_utf8_cut("a\xc3\xa9", 3, 2), 1);
    assert_int_equal(tt_utf8_cut("a\xc3\xa9", 3, 3), 3);
}

static void test_summaries(void **state) {
    (void)state;
    tt_table *table =
        good_table("a,b,c\n2,x,\n4,,NA\n4,y,?\n4,x,\n5,1,\n5,x,\n7,y,\n9,x,\n-1,y,\n", "");
    const tt_column *a = tt_table_column(table, 0);
    assert_int_equal(a->type, TT_COLUMN_NUMBER);
    assert_true(a->whole);
    assert_int_equal(a->n_distinct, 6);
    assert_true(a->min == -1 && a->max == 9);
    assert_close(a->mean, 39 / 9.0);
    assert_close(a->deviation, sqrt(233 / 9.0 - 39 / 9.0 * (39 / 9.0)));
    const tt_column *b = tt_table_column(table, 1);
    assert_int_equal(b->type, TT_COLUMN_CATEGORY);
    assert_int_equal(b->n_missing, 1);
    assert_int_equal(b->n_words, 7);
    assert_int_equal(b->n_distinct, 3);
    assert_true(b->mean == 1);
    const tt_column *c = tt_table_column(table, 2);
    assert_int_equal(c->type, TT_COLUMN_NUMBER);
    assert_int_equal(c->n_missing, 9);
    assert_int_equal(c->n_distinct, 0);
    assert_false(c->whole);
    assert_true(c->mean != c->mean && c->min != c->min && c->deviation != c->deviation);
    tt_table_free(table);
}

/* Builds a table with one column `x`: `n` records made by `format` from i % period. */
static tt_table *make_column(const char *format, int n, int period) {
    char *text = malloc((size_t)n * 48 + 8);
    size_t size = (size_t)sprintf(text, "x\n");
    for (int i = 0; i < n; i++)
        size += (size_t)sprintf(text + size, format, i % period);
    tt_table *table = good_table(text, "data.delimiter = comma\ndata.header = yes");
    free(text);
    return table;
}

static void expect_type(const char *format, int n, int period, tt_column_type type,
                        int64_t n_distinct) {
    tt_table *table = make_column(format, n, period);
    const tt_column *column = tt_table_column(table, 0);
    assert_int_equal(column->type, type);
    assert_int_equal(column->n_distinct, n_distinct);
    tt_table_free(table);
}

static void test_types(void **state) {
    (void)state;
    expect_type("w%d\n", 20, 20, TT_COLUMN_CATEGORY, 20);
    expect_type("w%d\n", 22, 11, TT_COLUMN_TEXT, 11);
    expect_type("w%d\n", 23, 11, TT_COLUMN_CATEGORY, 11);
    expect_type("w%d\n", 1000, 100, TT_COLUMN_CATEGORY, 100);
    expect_type("w%d\n", 1000, 101, TT_COLUMN_TEXT, 101);
    expect_type("w%d\n", 3000, 2000, TT_COLUMN_TEXT, 1000);
    expect_type("0%d\n", 100, 5, TT_COLUMN_CATEGORY, 5);
    expect_type("%d\n", 3000, 2000, TT_COLUMN_NUMBER, 1000);
    expect_type("%d\nz\n", 100, 5, TT_COLUMN_CATEGORY, 6);
}

/* More rows than a block of cells holds: sums of blocks are put together. */
static void test_long_column(void **state) {
    (void)state;
    enum { N = 300000 };
    tt_table *table = make_column("1%06d\n", N, N);
    const tt_column *column = tt_table_column(table, 0);
    assert_int_equal(tt_table_n_rows(table), N);
    assert_true(column->min == 1000000 && column->max == 1000000 + N - 1);
    assert_close(column->mean, 1000000 + (N - 1) / 2.0);
    assert_close(column->deviation, sqrt(((double)N * N - 1) / 12));
    assert_int_equal(column->n_distinct, TT_MAX_DISTINCT);
    for (int row = 0; row < N; row += 997)
        assert_true(tt_table_number(table, row, 0) == 1000000 + row);
    tt_table_free(table);
}

/* Large values close together: a sum of squares would lose all digits of the deviation. */
static void test_deviation_is_stable(void **state) {
    (void)state;
    tt_table *table = make_column("10000000000%d\n", 200000, 2);
    assert_close(tt_table_column(table, 0)->mean, 100000000000.5);
    assert_close(tt_table_column(table, 0)->deviation, 0.5);
    tt_table_free(table);
}

static void test_too_many_words(void **state) {
    (void)state;
    char text[16];
    tt_table *table = make_column("word %d\n", 60000, 60000);
    assert_int_equal(tt_table_column(table, 0)->type, TT_COLUMN_TEXT);
    assert_int_equal(tt_table_column(table, 0)->n_words, 60000);
    assert_int_equal(tt_table_text(table, 49999, 0, text, sizeof text), 10);
    assert_string_equal(text, "word 49999");
    tt_table_text(table, 59999, 0, text, sizeof text);
    assert_string_equal(text, "\u2026");
    tt_table_free(table);
}

static void test_texts(void **state) {
    (void)state;
    char text[4];
    tt_table *table = good_table("a,b\n1.50,h\xc3\xa9llo\nNA,na\n1e2,x\n", "");
    assert_int_equal(tt_table_text(table, 0, 0, text, sizeof text), 3);
    assert_string_equal(text, "1.5");
    assert_int_equal(tt_table_text(table, 0, 1, text, sizeof text), 6);
    assert_string_equal(text, "h\xc3\xa9");
    assert_int_equal(tt_table_text(table, 1, 0, text, sizeof text), 0);
    assert_string_equal(text, "");
    tt_table_text(table, 2, 0, text, sizeof text);
    assert_string_equal(text, "100");
    tt_table_free(table);
}

static void test_json(void **state) {
    (void)state;
    tt_table *table = good_table("n;w\n1;<b>\n2;\"q\"\"\"\n3;<b>\n5\n", "");
    char *json = tt_table_json(table, 2);
    assert_string_equal(
        json, "{\"n_rows\":3,\"n_left_out\":0,"
              "\"fingerprint\":\"102e42bb7d8422f1\",\"dialect\":{"
              "\"delimiter\":{\"value\":\"semicolon\",\"found\":true,"
              "\"evidence\":\"4 of the first 5 records have 2 cells\"},"
              "\"quote\":{\"value\":\"double\",\"found\":true,"
              "\"evidence\":\"1 of the first 5 records have quoted cells\"},"
              "\"escape\":{\"value\":\"none\",\"found\":true,"
              "\"evidence\":\"no quote needs it\"},"
              "\"comment\":{\"value\":\"none\",\"found\":true,"
              "\"evidence\":\"no line looks like a comment\"},"
              "\"skip\":{\"value\":\"0\",\"found\":true,"
              "\"evidence\":\"the first line has the cells of the others\"},"
              "\"header\":{\"value\":\"yes\",\"found\":true,"
              "\"evidence\":\"words stand above numbers\"},"
              "\"charset\":{\"value\":\"utf-8\",\"found\":true,"
              "\"evidence\":\"its letters are plain ASCII\"}},"
              "\"trailing_delimiter\":false,\"target\":\"w\",\"columns\":["
              "{\"name\":\"n\",\"type\":\"number\",\"whole\":true,\"n_missing\":0,\"n_words\":0,"
              "\"n_distinct\":3,\"n_missing_words\":0,\"missing_word\":null,\"min\":1,\"max\":3,"
              "\"mean\":2,"
              "\"deviation\":0.816496580927726,\"reading\":null,\"levels\":[],\"counts\":[]},"
              "{\"name\":\"w\",\"type\":\"category\",\"whole\":false,\"n_missing\":0,\"n_words\":3,"
              "\"n_distinct\":2,\"n_missing_words\":0,\"missing_word\":null,\"min\":null,\"max\":"
              "null,\"mean\":null,\"deviation\":null,"
              "\"reading\":null,\"levels\":[\"<b>\",\"q\\\"\"],\"counts\":[2,1]}],"
              "\"rows\":[[\"1\",\"<b>\"],[\"2\",\"q\\\"\"]],\"n_problems\":1,\"problems\":["
              "{\"kind\":\"ragged_rows\",\"line\":5,\"column\":0,"
              "\"message\":\"line 5 has 1 cell, the header has 2: the record was dropped\"}],"
              "\"problem_counts\":{\"ragged_rows\":1,\"bad_quotes\":0,\"bad_bytes\":0,"
              "\"infinite_numbers\":0,\"bad_numbers\":0}}");
    tt_free_text(json);
    tt_table_free(table);
}

static void expect_target(const char *text, const char *wanted) {
    tt_table *table = good_table(text, "data.delimiter = comma\ndata.header = yes");
    int32_t target = tt_table_default_target(table);
    assert_string_equal(tt_table_column(table, target)->name, wanted);
    tt_table_free(table);
}

static void test_default_target(void **state) {
    (void)state;
    expect_target("a,b\n1,2\n3,4\n", "b");
    expect_target("a,b\n1,u\n3,v\n4,u\n", "b");
    expect_target("a,day\n1,2024-03-01\n3,2024-03-02\n", "a"); /* no date */
    expect_target("a,b,c\n1,2,5\n3,4,5\n", "b");               /* nothing to learn */
    expect_target("a,b,c\n1,2,\n3,4,\n", "b");
    expect_target("a,name\n1,Ann\n3,Bob\n", "a"); /* no value comes again */
    expect_target("a,b\nAnn,2024-03-01\nBob,2024-03-02\n", "b");
}

static void test_missing_words_are_counted(void **state) {
    (void)state;
    const char *text = "a,b\nNone,1\n,2\nx,3\nNA,4\n";
    tt_table *table = good_table(text, "");
    assert_int_equal(tt_table_column(table, 0)->n_missing, 3);
    assert_int_equal(tt_table_column(table, 0)->n_missing_words, 2);
    assert_string_equal(tt_table_column(table, 0)->missing_word, "None");
    assert_int_equal(tt_table_column(table, 1)->n_missing_words, 0);
    assert_null(tt_table_column(table, 1)->missing_word);
    tt_table_free(table);
    table = good_table(text, "data.not_missing = a");
    assert_int_equal(tt_table_column(table, 0)->n_missing_words, 0);
    tt_table_free(table);
}

static void test_rows_know_their_lines(void **state) {
    (void)state;
    tt_table *table = good_table("a,b\n1,2\n\n3\n\"4\n5\",6\n7,8\n9,10\n", "");
    const int lines[] = {2, 5, 7, 8}; /* line 3 is blank, line 4 ragged, line 6 inside quotes */
    assert_int_equal(tt_table_n_rows(table), 4);
    for (int row = 0; row < 4; row++)
        assert_int_equal(tt_table_line(table, row), lines[row]);
    tt_table_free(table);
    table = good_table("1,2\n3,4\n", "data.header = no");
    assert_int_equal(tt_table_line(table, 0), 1);
    assert_int_equal(tt_table_line(table, 1), 2);
    tt_table_free(table);
}

static void test_json_levels_by_count(void **state) {
    (void)state;
    char text[2000] = "w\n";
    for (int level = 0; level < 25; level++)
        for (int i = 0; i <= level % 5 + 2; i++)
            sprintf(text + strlen(text), "l%d\n", level);
    tt_table *table = good_table(text, "");
    char *json = tt_table_json(table, 0);
    assert_mentions(json, "\"levels\":[\"l4\",\"l9\",\"l14\",\"l19\",\"l24\",\"l3\",\"l8\",");
    assert_mentions(json, "\"counts\":[7,7,7,7,7,6,6,6,6,6,5,5,5,5,5,4,4,4,4,4]");
    assert_mentions(json, "\"rows\":[]");
    tt_free_text(json);
    tt_table_free(table);
}

/* Equal names must not cost the square of their number. */
static void test_equal_names(void **state) {
    (void)state;
    enum { N = 10000 };
    char text[4 * N + 4] = "";
    size_t size = 0;
    for (int i = 0; i < N; i++)
        size += (size_t)sprintf(text + size, i ? ",a" : "a");
    text[size++] = '\n';
    for (int i = 0; i < N; i++)
        size += (size_t)sprintf(text + size, i ? ",1" : "1");
    tt_table *table = good_table(text, "");
    assert_string_equal(tt_table_column(table, 0)->name, "a");
    assert_string_equal(tt_table_column(table, N - 1)->name, "a_10000");
    assert_int_equal(tt_table_find(table, "a_777"), 776);
    tt_table_free(table);
}

static void test_rows_drawn_by_a_seed(void **state) {
    (void)state;
    char text[2000] = "a\n";
    uint32_t rows[100], again[10], others[10];
    for (int i = 0; i < 100; i++)
        sprintf(text + strlen(text), "%d\n", i);
    tt_table *table = good_table(text, "");
    assert_int_equal(tt_table_draw_rows(table, 10, 1, rows), 10);
    for (int i = 1; i < 10; i++)
        assert_true(rows[i] > rows[i - 1] && rows[i] < 100);
    tt_table_draw_rows(table, 10, 1, again);
    assert_memory_equal(again, rows, sizeof again);
    tt_table_draw_rows(table, 10, 2, others);
    assert_memory_not_equal(others, rows, sizeof others);
    assert_int_equal(tt_table_draw_rows(table, 200, 1, rows), 100);
    assert_int_equal(rows[99], 99);
    tt_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_of_cells),
        cmocka_unit_test(test_cells_keep_what_they_are),
        cmocka_unit_test(test_dictionary),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_summaries),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_long_column),
        cmocka_unit_test(test_deviation_is_stable),
        cmocka_unit_test(test_too_many_words),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_default_target),
        cmocka_unit_test(test_missing_words_are_counted),
        cmocka_unit_test(test_rows_know_their_lines),
        cmocka_unit_test(test_json_levels_by_count),
        cmocka_unit_test(test_equal_names),
        cmocka_unit_test(test_rows_drawn_by_a_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
