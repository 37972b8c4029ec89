#ifndef TT_DECIMAL_SCALE_H
#define TT_DECIMAL_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "big-integer.h"

/* The double nearest to digits * 10^exponent, ties to even; infinity beyond the largest one. */
double tt_scale_decimal(uint64_t digits, int64_t exponent);

/* By one or two 64-bit products with a table of powers of five (Lemire, Number Parsing at a
 * Gigabyte per Second, 2021). False for 0, for exponents beyond the table, and for the rare product
 * that is too close to the middle of two doubles to be told from it. */
bool tt_scale_by_table(uint64_t digits, int64_t exponent, double *value);

/* The same as tt_scale_decimal where it takes no big integers, else false. The quotient or product
 * of two doubles is exactly rounded, and integers below 2^53 and powers of ten up to 10^22 are
 * doubles (Clinger, How to Read Floating Point Numbers Accurately, 1990). */
static inline bool tt_scale_fast(uint64_t digits, int64_t exponent, double *value) {
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    enum { MAX_POWER = 22 };
    if (digits >> 53 || exponent < -MAX_POWER || exponent > MAX_POWER)
        return tt_scale_by_table(digits, exponent, value);
    *value = exponent < 0 ? (double)digits / power[-exponent] : (double)digits * power[exponent];
    return true;
}

/* The double nearest to (digits + tail) * 10^exponent, the exponent within +-1100. The tail is 0,
 * or between 0 and 1 if `inexact`. Changes `digits`, which is not 0. */
double tt_scale_big(tt_big *digits, int exponent, bool inexact);

#endif
