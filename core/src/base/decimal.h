#ifndef TT_DECIMAL_H
#define TT_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

/* Decimal text and doubles, independent of platform and locale. */

/* Parses all `size` bytes as a decimal number: sign, digits with an optional point, exponent; or
 * inf, infinity in any case. Exactly rounded to nearest, ties to even; overflow gives an infinity.
 * False (and `value` untouched) for anything else: blanks, hex, nan, "1e", ".". */
bool tt_parse_decimal(const char *text, size_t size, double *value);

/* The shortest decimal that parses back to the same double, NUL-terminated: "0.1", "1e-10", "150",
 * "nan", "inf", "-inf". Exponents are used below 1e-6 and from 1e15 on. Returns its length. */
enum { TT_DECIMAL_SIZE = 32 };
size_t tt_format_decimal(double value, char text[TT_DECIMAL_SIZE]);

#endif
