#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number-format.h"

static void expect(const char *text, char mark, double wanted) {
    double number = -77;
    if (!tt_read_formatted(text, strlen(text), mark, &number))
        fail_msg("[%s] is no number by %c", text, mark);
    if (number != wanted)
        fail_msg("[%s] is %.17g by %c, not %.17g", text, number, mark, wanted);
}

static void refuse(const char *text, char mark) {
    double number = -77;
    if (tt_read_formatted(text, strlen(text), mark, &number))
        fail_msg("[%s] is %.17g by %c, and should be no number", text, number, mark);
    assert_true(number == -77);
}

static void test_decimal_marks_and_groups(void **state) {
    (void)state;
    expect("44,5", ',', 44.5);
    expect("1.234,56", ',', 1234.56);
    expect("1.234.567", ',', 1234567);
    expect("1,234.5", '.', 1234.5);
    expect("1,234", '.', 1234);
    expect("1,234", ',', 1.234);
    expect("12,34,567.5", '.', 1234567.5);
    expect("1 234.5", '.', 1234.5);
    expect("1\u00a0234,5", ',', 1234.5);
    expect("1\u202f234\u202f567", '.', 1234567);
    expect("1\u2009234", ',', 1234);
    expect("1'234'567.25", '.', 1234567.25);
    expect("1\u2019234", '.', 1234);
    expect(",5", ',', 0.5);
    expect("5,", ',', 5);
    expect("0,1", ',', 0.1);
    expect("1,5e-3", ',', 0.0015);
    expect("2E5", ',', 2e5);
}

static void test_signs_and_units(void **state) {
    (void)state;
    expect("$5", '.', 5);
    expect("-$5.25", '.', -5.25);
    expect("$-5", '.', -5);
    expect("3,20 \u20ac", ',', 3.2);
    expect("7 EUR", '.', 7);
    expect("USD 1,000", '.', 1000);
    expect("12.5%", '.', 12.5);
    expect("12,5 %", ',', 12.5);
    expect("5-", '.', -5);
    expect("\u22125", '.', -5);
    expect("+3", '.', 3);
    expect("(1,234.50)", '.', -1234.5);
    expect("($3)", '.', -3);
    expect("$(3)", '.', -3);
}

static void test_times_of_day(void **state) {
    (void)state;
    expect("23:15", '.', 23.25);
    expect("23:15", ',', 23.25);
    expect("11:15:36 PM", '.', 23.26);
    expect("00:00", '.', 0);
    refuse("16:9", '.');
    refuse("$1:30", '.');
    assert_true(tt_is_time("06:30", 5));
    assert_false(tt_is_time("6.5", 3) || tt_is_time("a:30", 4));
}

static void test_what_is_no_number(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",      "abc",  "007",       "00,5",       "1,23,4", "1.2.3",  "12,3456", "1234,567,8",
        "1 23",  "--5",  "5--",       "-5-",        "(-5)",   "(5",     "5)",      "$",
        "$$5",   "5 %%", "0x10",      "1e",         "e5",     "1,2,3",  "nan",     "inf",
        "1e999", "%",    "1'234 567", "12.03.2024", "1_000",  "1,234,", "5 kg",    "01,234"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        refuse(texts[i], '.');
        if (strcmp(texts[i], "12,3456") != 0)
            refuse(texts[i], ',');
    }
    char longest[200];
    memset(longest, '1', sizeof longest);
    double number;
    assert_false(tt_read_formatted(longest, sizeof longest, '.', &number));
}

/* The decimal digits are exactly rounded: strtod reads the same text with a point. */
static void test_rounding_is_that_of_strtod(void **state) {
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 20000; i++) {
        char text[64], comma[64];
        random = random * 6364136223846793005u + 1442695040888963407u;
        int decimals = 1 + (int)(random >> 60);
        snprintf(text, sizeof text, "%.*f", decimals, (double)(random >> 20) / 7e5);
        strcpy(comma, text);
        *strchr(comma, '.') = ',';
        expect(comma, ',', strtod(text, NULL));
    }
}

static void expect_mark(const char *text, tt_mark_evidence wanted) {
    tt_mark_evidence found = tt_mark_of(text, strlen(text));
    if (found != wanted)
        fail_msg("[%s] is evidence %d, not %d", text, found, wanted);
}

static void test_evidence(void **state) {
    (void)state;
    expect_mark("5", TT_EITHER_MARK);
    expect_mark("1 234", TT_EITHER_MARK);
    expect_mark("5 %", TT_EITHER_MARK);
    expect_mark("1.5", TT_POINT_FOR_SURE);
    expect_mark("0.123", TT_POINT_FOR_SURE);
    expect_mark("1234.567", TT_POINT_FOR_SURE);
    expect_mark("1,234,567", TT_POINT_FOR_SURE);
    expect_mark("1,5", TT_COMMA_FOR_SURE);
    expect_mark("0,123", TT_COMMA_FOR_SURE);
    expect_mark("1.234.567", TT_COMMA_FOR_SURE);
    expect_mark("1,234", TT_MARK_UNCLEAR);
    expect_mark("1.234", TT_MARK_UNCLEAR);
    expect_mark("x", TT_NO_NUMBER);
    assert_true(tt_is_code("007", 3) && tt_is_code("00", 2));
    assert_false(tt_is_code("0", 1) || tt_is_code("7", 1) || tt_is_code("0a", 2));
}

/* What both readings of a text tell together. */
static tt_mark_evidence mark_by_reading(const char *text) {
    double by_point, by_comma;
    bool point = tt_read_formatted(text, strlen(text), '.', &by_point);
    bool comma = tt_read_formatted(text, strlen(text), ',', &by_comma);
    if (point && comma)
        return by_point == by_comma ? TT_EITHER_MARK : TT_MARK_UNCLEAR;
    return point ? TT_POINT_FOR_SURE : comma ? TT_COMMA_FOR_SURE : TT_NO_NUMBER;
}

/* All texts of up to six of these characters. */
static void test_evidence_is_that_of_both_readings(void **state) {
    (void)state;
    static const char characters[] = {'-', '0', '1', '.', ',', ' '};
    enum { BASE = sizeof characters + 1, SIZE = 6 };
    for (int32_t code = 1; code < BASE * BASE * BASE * BASE * BASE * BASE; code++) {
        char text[SIZE + 1];
        int n = 0;
        for (int32_t rest = code; rest % BASE > 0 && n < SIZE; rest /= BASE)
            text[n++] = characters[rest % BASE - 1];
        text[n] = 0;
        if (n > 0)
            expect_mark(text, mark_by_reading(text));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal_marks_and_groups),
        cmocka_unit_test(test_signs_and_units),
        cmocka_unit_test(test_times_of_day),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_rounding_is_that_of_strtod),
        cmocka_unit_test(test_evidence),
        cmocka_unit_test(test_evidence_is_that_of_both_readings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
