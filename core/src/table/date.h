#ifndef TT_DATE_H
#define TT_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Dates and times as people write them:
 *
 *   2024-03-01   2024/3/1   2024-03   2024-03-01T12:34:56.5Z   2024-03-01 12:34 +01:00
 *   1.3.2024   03/01/2024   1-3-24 1:05 PM   1 March 2024   01-Mar-2024   Mar 1, 2024
 *   20240301   20240301 12:34   Mar 2024
 *
 * The order of day and month matters only where both are numbers in front of the year. A year of
 * two digits is 1970 to 2069; eight digits in a row are a date from 1900 to 2099. A time without a
 * zone is taken as it is; one with a zone is moved to that of Greenwich. */
typedef enum tt_date_order { TT_DAY_FIRST, TT_MONTH_FIRST } tt_date_order;

/* All `size` bytes as seconds since 1970-01-01 00:00, without leap seconds. False, and `seconds`
 * untouched, for anything else and for days that are not in the calendar. */
bool tt_read_date(const char *text, size_t size, tt_date_order order, double *seconds);

/* All `size` bytes as a time of day alone, 23:15 or 11:15:30 pm, in seconds after midnight. False,
 * and `seconds` untouched, for anything else. */
bool tt_read_time(const char *text, size_t size, double *seconds);

/* What a text says about the order in its column. */
typedef enum tt_order_evidence {
    TT_NO_DATE,
    TT_EITHER_ORDER, /* the same day by both */
    TT_DAY_FOR_SURE,
    TT_MONTH_FOR_SURE,
    TT_ORDER_UNCLEAR, /* 03/04/2024 */
} tt_order_evidence;

tt_order_evidence tt_order_of(const char *text, size_t size);

/* "2024-03-01", or "2024-03-01T12:34:56" where the time is not midnight, NUL-terminated; it reads
 * back by both orders. Returns its length. Fractions of a second have up to three digits. */
enum { TT_DATE_SIZE = 48 };
size_t tt_format_date(double seconds, char text[TT_DATE_SIZE]);

/* Parts of a date that can be features. */
typedef enum tt_date_part {
    TT_PART_ELAPSED, /* days since `origin`, with their fraction */
    TT_PART_YEAR,
    TT_PART_MONTH,   /* 1 to 12 */
    TT_PART_DAY,     /* of the month, 1 to 31 */
    TT_PART_WEEKDAY, /* Monday is 0, Sunday 6 */
    TT_PART_HOUR,    /* 0 to 24, with its fraction */
    TT_N_DATE_PARTS
} tt_date_part;

double tt_part_of_date(tt_date_part part, double seconds, double origin);

#endif
