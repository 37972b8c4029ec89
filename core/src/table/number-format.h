#ifndef TT_NUMBER_FORMAT_H
#define TT_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers as people write them, which plain decimals are not:
 *
 *   1.234,56   1 234.5   1'234   12,34,567
 *       a decimal mark, and groups of digits before it, set apart by the other mark, a space of any
 *       width, or an apostrophe; groups have three digits, or two and at last three, as in India
 *
 *   $5   -€ 3   7 EUR   12,5 %   (1,234.50)
 *       a currency or percent sign, which changes nothing: 12 % is 12; a number in parentheses is
 *       negative
 *
 *   5-   +3   −2   1,5e-3
 *       a sign on either side; an exponent
 *
 *   23:15   11:15:30 pm
 *       a time of day, in hours: 23.25
 *
 * A whole part that begins with 0 and goes on, such as 007, is a code and no number. */

/* Reads all `size` bytes with `mark`, '.' or ',', as the decimal mark. Exactly rounded. False, and
 * `number` untouched, for anything else, and for a number beyond the range of doubles. */
bool tt_read_formatted(const char *text, size_t size, char mark, double *number);

/* What a text says about the decimal mark of its column. */
typedef enum tt_mark_evidence {
    TT_NO_NUMBER,
    TT_EITHER_MARK,    /* the same number by both */
    TT_POINT_FOR_SURE, /* 1.5, 1,234.5 */
    TT_COMMA_FOR_SURE, /* 1,5, 1.234,5 */
    TT_MARK_UNCLEAR,   /* 1,234 or 1.234: thousands or decimals */
} tt_mark_evidence;

tt_mark_evidence tt_mark_of(const char *text, size_t size);

/* Whether the text is a number as a time of day. */
bool tt_is_time(const char *text, size_t size);

/* Whether the text is a row of digits with a zero in front of others: a code, such as 007. */
bool tt_is_code(const char *text, size_t size);

#endif
