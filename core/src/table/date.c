#include "date.h"

#include <string.h>

enum { DAY_SECONDS = 86400, MAX_DATE = 40 };

/* Days since 1970-01-01 in the Gregorian calendar, and back: years begin in March, so that the leap
 * day is the last of its year (Howard Hinnant, chrono-compatible low-level date algorithms). */
static int64_t days_of(int64_t year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

typedef struct calendar {
    int64_t year;
    int month, day;
} calendar;

static calendar calendar_of(int64_t days) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day = days - era * 146097;
    int64_t of_era = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * of_era + of_era / 4 - of_era / 100);
    int march_month = (int)((5 * of_year + 2) / 153);
    calendar date = {.month = march_month + (march_month < 10 ? 3 : -9),
                     .day = (int)(of_year - (153 * march_month + 2) / 5 + 1)};
    date.year = of_era + era * 400 + (date.month <= 2);
    return date;
}

static int days_in_month(int64_t year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool take(cursor *text, char c) {
    if (text->at == text->end || *text->at != c)
        return false;
    text->at++;
    return true;
}

/* Digits at the cursor as a number: how many there were, or 0 for more than `most`. */
static int take_number(cursor *text, int most, int *value) {
    int n = 0;
    *value = 0;
    for (; text->at < text->end && is_digit(*text->at); text->at++, n++)
        if (n < most)
            *value = 10 * *value + (*text->at - '0');
    return n <= most ? n : 0;
}

/* The name of a month, whole or its first three letters: 1 to 12, or 0. */
static int take_month_name(cursor *text) {
    static const char *const names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
    size_t n = 0;
    char word[16] = "";
    for (; text->at + n < text->end && n < sizeof word - 1; n++) {
        char c = (char)(text->at[n] | 0x20);
        if (c < 'a' || c > 'z')
            break;
        word[n] = c;
    }
    for (int i = 0; i < 12 && n >= 3; i++)
        if (*names[i] == *word && strncmp(names[i], word, n) == 0 && (n == 3 || names[i][n] == 0)) {
            text->at += n;
            return i + 1;
        }
    return 0;
}

static char take_separator(cursor *text) {
    if (text->at < text->end && strchr("-/. ", *text->at))
        return *text->at++;
    return 0;
}

static int64_t full_year(int n_digits, int year) {
    return n_digits == 4 ? year : year < 70 ? 2000 + year : 1900 + year;
}

/* 2024-03-01, or 2024-03 with '-' or '/'. */
static bool take_year_first(cursor *text, int year, calendar *date) {
    char separator = take_separator(text);
    date->year = year;
    date->day = 1;
    if (separator == 0 || separator == ' ' || take_number(text, 2, &date->month) == 0)
        return false;
    if (take(text, separator))
        return take_number(text, 2, &date->day) > 0;
    return separator != '.' && text->at == text->end;
}

/* What follows a first number that is no year: a month by name, or two more numbers. */
static bool take_year_last(cursor *text, int first, tt_date_order order, calendar *date) {
    int year, second = 0, n;
    char separator = take_separator(text);
    if (separator == '.')
        take(text, ' ');
    if (separator == 0)
        return false;
    int named = take_month_name(text);
    if (!named && (separator == ' ' || take_number(text, 2, &second) == 0))
        return false;
    char next = take_separator(text);
    if (next == 0 || (!named && next != separator))
        return false;
    n = take_number(text, 4, &year);
    bool day_first = named || order == TT_DAY_FIRST;
    date->year = full_year(n, year);
    date->month = named ? named : day_first ? second : first;
    date->day = named || day_first ? first : second;
    return n == 2 || n == 4;
}

/* 20240301 */
static bool take_compact(cursor *text, calendar *date) {
    cursor rest = *text;
    int digits;
    if (take_number(&rest, 8, &digits) != 8)
        return false;
    *text = rest;
    *date = (calendar){.year = digits / 10000, .month = digits / 100 % 100, .day = digits % 100};
    return date->year >= 1900 && date->year < 2100;
}

/* Mar 2024, the first of it */
static bool take_month_and_year(cursor *text, calendar *date) {
    cursor rest = *text;
    int year;
    date->month = take_month_name(&rest);
    if (date->month == 0 || take_separator(&rest) == 0 || take_number(&rest, 4, &year) != 4)
        return false;
    *text = rest;
    date->year = year;
    date->day = 1;
    return true;
}

/* Mar 1, 2024 */
static bool take_month_first(cursor *text, calendar *date) {
    int year;
    date->month = take_month_name(text);
    take(text, '.');
    if (date->month == 0 || !take(text, ' ') || take_number(text, 2, &date->day) == 0)
        return false;
    bool comma = take(text, ',');
    bool blank = take(text, ' ');
    bool good = (comma || blank) && take_number(text, 4, &year) == 4;
    date->year = good ? year : 0;
    return good;
}

static bool take_date(cursor *text, tt_date_order order, int64_t *days) {
    calendar date = {0};
    bool good = take_compact(text, &date) || take_month_and_year(text, &date);
    int first, n = good ? 0 : take_number(text, 4, &first);
    if (!good)
        good = n == 4             ? take_year_first(text, first, &date)
               : n == 1 || n == 2 ? take_year_last(text, first, order, &date)
                                  : take_month_first(text, &date);
    if (!good || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > days_in_month(date.year, date.month))
        return false;
    *days = days_of(date.year, date.month, date.day);
    return true;
}

/* The digits behind a point or comma, as a share of one. */
static double take_fraction(cursor *text) {
    double digits = 0, power = 1;
    for (int n = 0; text->at < text->end && is_digit(*text->at); text->at++, n++) {
        if (n >= 9)
            continue;
        digits = 10 * digits + (*text->at - '0');
        power *= 10;
    }
    return digits / power;
}

/* A or P for a time that is counted twice a day; 0 for none. */
static char take_half(cursor *text) {
    cursor rest = *text;
    take(&rest, ' ');
    if (rest.end - rest.at < 2 || (rest.at[1] | 0x20) != 'm')
        return 0;
    char half = (char)(rest.at[0] & ~0x20);
    if (half != 'A' && half != 'P')
        return 0;
    text->at = rest.at + 2;
    return half;
}

static bool take_zone(cursor *text, double *seconds) {
    int hours, minutes = 0;
    take(text, ' ');
    if (take(text, 'Z') || text->at == text->end)
        return true;
    bool west = take(text, '-');
    if ((!west && !take(text, '+')) || take_number(text, 4, &hours) == 0)
        return false;
    if (hours > 99) {
        minutes = hours % 100;
        hours /= 100;
    } else if (take(text, ':') && take_number(text, 2, &minutes) != 2) {
        return false;
    }
    double offset = hours * 3600.0 + minutes * 60.0;
    *seconds += west ? offset : -offset;
    return hours <= 14 && minutes < 60;
}

static bool take_time(cursor *text, double *seconds) {
    int hour, minute, second = 0;
    double fraction = 0;
    if (take_number(text, 2, &hour) == 0 || !take(text, ':') || take_number(text, 2, &minute) != 2)
        return false;
    if (take(text, ':')) {
        if (take_number(text, 2, &second) != 2)
            return false;
        if (take(text, '.') || take(text, ','))
            fraction = take_fraction(text);
    }
    char half = take_half(text);
    if (half && (hour < 1 || hour > 12))
        return false;
    hour = half ? hour % 12 + (half == 'P' ? 12 : 0) : hour;
    *seconds += hour * 3600.0 + minute * 60.0 + second + fraction;
    return hour <= 23 && minute <= 59 && second <= 59 && take_zone(text, seconds);
}

bool tt_read_date(const char *text, size_t size, tt_date_order order, double *seconds) {
    cursor rest = {text, text + size};
    int64_t days;
    if (size > MAX_DATE || !take_date(&rest, order, &days))
        return false;
    double value = (double)days * DAY_SECONDS;
    if (rest.at < rest.end) {
        bool comma = take(&rest, ',');
        bool time = take(&rest, ' ') || (!comma && take(&rest, 'T'));
        if (!time || !take_time(&rest, &value))
            return false;
    }
    if (rest.at != rest.end)
        return false;
    *seconds = value;
    return true;
}

bool tt_read_time(const char *text, size_t size, double *seconds) {
    cursor rest = {text, text + size};
    double value = 0;
    if (size > MAX_DATE || !take_time(&rest, &value) || rest.at != rest.end || value < 0 ||
        value >= DAY_SECONDS)
        return false;
    *seconds = value;
    return true;
}

tt_order_evidence tt_order_of(const char *text, size_t size) {
    double by_day, by_month;
    bool day = tt_read_date(text, size, TT_DAY_FIRST, &by_day);
    bool month = tt_read_date(text, size, TT_MONTH_FIRST, &by_month);
    if (day && month)
        return by_day == by_month ? TT_EITHER_ORDER : TT_ORDER_UNCLEAR;
    return day ? TT_DAY_FOR_SURE : month ? TT_MONTH_FOR_SURE : TT_NO_DATE;
}

static int64_t whole_days(double seconds) {
    int64_t days = (int64_t)(seconds / DAY_SECONDS);
    return (double)days * DAY_SECONDS > seconds ? days - 1 : days;
}

static char *write_padded(char *out, int64_t value, int n) {
    for (int i = n - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + n;
}

static char *write_time(char *out, int64_t milliseconds) {
    *out++ = 'T';
    out = write_padded(out, milliseconds / 3600000, 2);
    *out++ = ':';
    out = write_padded(out, milliseconds / 60000 % 60, 2);
    *out++ = ':';
    out = write_padded(out, milliseconds / 1000 % 60, 2);
    if (milliseconds % 1000 == 0)
        return out;
    *out++ = '.';
    return write_padded(out, milliseconds % 1000, 3);
}

size_t tt_format_date(double seconds, char text[TT_DATE_SIZE]) {
    int64_t days = whole_days(seconds);
    double of_day = seconds - (double)days * DAY_SECONDS;
    int64_t milliseconds = (int64_t)(of_day * 1000 + 0.5);
    if (milliseconds == (int64_t)DAY_SECONDS * 1000) {
        milliseconds = 0;
        days++;
    }
    calendar date = calendar_of(days);
    char *out = write_padded(text, date.year < 0 ? 0 : date.year, 4);
    *out++ = '-';
    out = write_padded(out, date.month, 2);
    *out++ = '-';
    out = write_padded(out, date.day, 2);
    out = milliseconds > 0 ? write_time(out, milliseconds) : out;
    *out = 0;
    return (size_t)(out - text);
}

double tt_part_of_date(tt_date_part part, double seconds, double origin) {
    int64_t days = whole_days(seconds);
    switch (part) {
    case TT_PART_YEAR:
        return (double)calendar_of(days).year;
    case TT_PART_MONTH:
        return calendar_of(days).month;
    case TT_PART_DAY:
        return calendar_of(days).day;
    case TT_PART_WEEKDAY: /* 1970-01-01 was a Thursday */
        return (double)(((days + 3) % 7 + 7) % 7);
    case TT_PART_HOUR:
        return (seconds - (double)days * DAY_SECONDS) / 3600;
    default:
        return (seconds - origin) / DAY_SECONDS;
    }
}
