#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"

/* The days since 1970-01-01, counted one by one. */
static double counted_days(int year, int month, int day) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    double days = day - 1;
    for (int y = 1970; y < year; y++)
        days += (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 366 : 365;
    for (int y = year; y < 1970; y++)
        days -= (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 366 : 365;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int m = 1; m < month; m++)
        days += lengths[m - 1] + (m == 2 && leap);
    return days;
}

static void expect(const char *text, tt_date_order order, double wanted) {
    double seconds = -1;
    if (!tt_read_date(text, strlen(text), order, &seconds))
        fail_msg("[%s] is no date", text);
    if (seconds != wanted)
        fail_msg("[%s] is %.17g, not %.17g", text, seconds, wanted);
}

static void test_calendar(void **state) {
    (void)state;
    char text[TT_DATE_SIZE], wanted[TT_DATE_SIZE];
    for (int year = 1896; year < 2105; year++)
        for (int month = 1; month <= 12; month++) {
            snprintf(wanted, sizeof wanted, "%04d-%02d-28", year, month);
            double seconds = 86400 * counted_days(year, month, 28);
            expect(wanted, TT_DAY_FIRST, seconds);
            tt_format_date(seconds, text);
            assert_string_equal(text, wanted);
            assert_true(tt_part_of_date(TT_PART_YEAR, seconds, 0) == year);
            assert_true(tt_part_of_date(TT_PART_MONTH, seconds, 0) == month);
            assert_true(tt_part_of_date(TT_PART_DAY, seconds, 0) == 28);
        }
}

static void test_forms(void **state) {
    (void)state;
    const double day = 86400 * counted_days(2024, 3, 1);
    static const char *const texts[] = {"2024-03-01", "2024/3/1",    "2024.03.01",  "2024-03",
                                        "1.3.2024",   "01/03/2024",  "1-3-24",      "1 March 2024",
                                        "1-Mar-2024", "Mar 1, 2024", "mar. 1 2024", "1. MAR 2024"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect(texts[i], TT_DAY_FIRST, day);
    expect("03/01/2024", TT_MONTH_FIRST, day);
    expect("1 Mar 2024", TT_MONTH_FIRST, day);
    expect("2024-03-01", TT_MONTH_FIRST, day);
    expect("1.3.70", TT_DAY_FIRST, 86400 * counted_days(1970, 3, 1));
    expect("1.3.69", TT_DAY_FIRST, 86400 * counted_days(2069, 3, 1));
}

static void test_times(void **state) {
    (void)state;
    const double day = 86400 * counted_days(2024, 3, 1), noon = day + 43200;
    expect("2024-03-01T12:00:00Z", TT_DAY_FIRST, noon);
    expect("2024-03-01 12:00", TT_DAY_FIRST, noon);
    expect("2024-03-01T12:00:00.25", TT_DAY_FIRST, noon + 0.25);
    expect("2024-03-01T14:30:00+02:30", TT_DAY_FIRST, noon);
    expect("2024-03-01 07:00:00 -0500", TT_DAY_FIRST, noon);
    expect("2024-03-01T13:00+01", TT_DAY_FIRST, noon);
    expect("03/01/2024 12:00 PM", TT_MONTH_FIRST, noon);
    expect("03/01/2024 1:05:09 pm", TT_MONTH_FIRST, noon + 3909);
    expect("03/01/24, 12:30 AM", TT_MONTH_FIRST, day + 1800);
    char text[TT_DATE_SIZE];
    tt_format_date(noon + 3909.25, text);
    assert_string_equal(text, "2024-03-01T13:05:09.250");
    tt_format_date(-1, text);
    assert_string_equal(text, "1969-12-31T23:59:59");
}

static void test_compact_dates_and_months(void **state) {
    (void)state;
    const double day = 86400 * counted_days(2024, 3, 1);
    expect("20240301", TT_DAY_FIRST, day);
    expect("20240301 12:30", TT_DAY_FIRST, day + 45000);
    expect("19000101", TT_DAY_FIRST, 86400 * counted_days(1900, 1, 1));
    expect("Mar 2024", TT_MONTH_FIRST, day);
    expect("march-2024", TT_DAY_FIRST, day);
}

static void test_times_of_day(void **state) {
    (void)state;
    double seconds = 7;
    static const char *const others[] = {"",       "23",    "24:00",    "7:5",
                                         "23:60",  "1:2:3", "13:00 pm", "2024-03-01 12:00",
                                         "12:30x", "-1:30"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (tt_read_time(others[i], strlen(others[i]), &seconds))
            fail_msg("[%s] is a time", others[i]);
    assert_true(seconds == 7);
    assert_true(tt_read_time("23:15", 5, &seconds) && seconds == 83700);
    assert_true(tt_read_time("7:05:30.5", 9, &seconds) && seconds == 25530.5);
    assert_true(tt_read_time("12:00 AM", 8, &seconds) && seconds == 0);
    assert_true(tt_read_time("1:00pm", 6, &seconds) && seconds == 46800);
}

static void test_no_dates(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",         "2024",       "202403011",       "2023-02-29",       "2024-13-01",
        "31.4.24",  "1.2",        "1.2.3",           "192.168.1.1",      "2024-03-01T25:00",
        "12:30",    "1/2-2024",   "2024-03-01x",     "2024-03-01 12",    "2024-03-01T12:00+99",
        "0.3.2024", "Foo 1, 24",  "1.3.2024 1:00 X", "2024-03-01T12:60", "May",
        "1,234.5",  "2024 03 01", "2024-3.1",        "18991231",         "21000101",
        "20240230", "Mar 24",     "2024030"};
    double seconds = 7;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        for (int order = 0; order < 2; order++)
            if (tt_read_date(texts[i], strlen(texts[i]), (tt_date_order)order, &seconds))
                fail_msg("[%s] is a date", texts[i]);
    assert_true(seconds == 7);
}

static void expect_order(const char *text, tt_order_evidence wanted) {
    assert_int_equal(tt_order_of(text, strlen(text)), wanted);
}

static void test_evidence(void **state) {
    (void)state;
    expect_order("2024-03-01", TT_EITHER_ORDER);
    expect_order("03/03/2024", TT_EITHER_ORDER);
    expect_order("03/04/2024", TT_ORDER_UNCLEAR);
    expect_order("13/04/2024", TT_DAY_FOR_SURE);
    expect_order("04/13/2024", TT_MONTH_FOR_SURE);
    expect_order("13/13/2024", TT_NO_DATE);
}

static void test_parts(void **state) {
    (void)state;
    const double sunday = 86400 * counted_days(2024, 3, 3),
                 before = 86400 * counted_days(1969, 12, 28);
    assert_true(tt_part_of_date(TT_PART_WEEKDAY, sunday, 0) == 6);
    assert_true(tt_part_of_date(TT_PART_WEEKDAY, sunday + 86400, 0) == 0);
    assert_true(tt_part_of_date(TT_PART_WEEKDAY, before, 0) == 6);
    assert_true(tt_part_of_date(TT_PART_HOUR, sunday + 5400, 0) == 1.5);
    assert_true(tt_part_of_date(TT_PART_ELAPSED, sunday + 43200, sunday - 86400) == 1.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar),     cmocka_unit_test(test_forms),
        cmocka_unit_test(test_times),        cmocka_unit_test(test_compact_dates_and_months),
        cmocka_unit_test(test_times_of_day), cmocka_unit_test(test_no_dates),
        cmocka_unit_test(test_evidence),     cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
