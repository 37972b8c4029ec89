#include "decimal.h"

#include <stdint.h>
#include <string.h>

#include "decimal-scale.h"

enum { MAX_EXACT_DIGITS = 19 }; /* of a 64-bit integer */

/* Exponents stop growing here: no text is long enough to make up for more. */
static const int64_t huge_exponent = INT64_C(1) << 60;

static bool is_digit(char c) {
    return (unsigned char)(c - '0') < 10;
}

/* Eight digits at once: each step joins neighbours of 8, 16 and 32 bits. */
static inline bool are_eight_digits(uint64_t bytes) {
    const uint64_t high = 0xf0f0f0f0f0f0f0f0u;
    return ((bytes & high) | ((bytes + 0x0606060606060606u) & high) >> 4) == 0x3333333333333333u;
}

static inline uint64_t value_of_eight(uint64_t bytes) {
    bytes = (bytes & 0x0f0f0f0f0f0f0f0fu) * (1 + (10 << 8)) >> 8;
    bytes = (bytes & 0x00ff00ff00ff00ffu) * (1 + (100 << 16)) >> 16;
    return (bytes & 0x0000ffff0000ffffu) * (1 + (UINT64_C(10000) << 32)) >> 32;
}

/* Behind the digits at p; `*value` goes on with them, and is of use while they are 19 at most. */
static inline const char *scan_digits(const char *p, const char *end, uint64_t *value) {
    uint64_t eight;
    while (end - p >= 8) {
        memcpy(&eight, p, sizeof eight);
        if (!are_eight_digits(eight))
            break;
        *value = *value * 100000000 + value_of_eight(eight);
        p += 8;
    }
    for (; p < end && is_digit(*p); p++)
        *value = 10 * *value + (uint64_t)(*p - '0');
    return p;
}

static bool scan_exponent(const char *p, const char *end, int64_t *exponent) {
    bool negative = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    int64_t value = 0;
    const char *first = p;
    for (; p < end && is_digit(*p); p++)
        if (value < huge_exponent / 10)
            value = 10 * value + (*p - '0');
    *exponent += negative ? -value : value;
    return p > first && p == end;
}

/* A decimal number as it stands in a text: digits * 10^exponent. */
typedef struct decimal {
    const char *digits, *end; /* may contain one point */
    uint64_t value;           /* of the digits, if they are 19 at most */
    int64_t n_digits;
    int64_t exponent; /* of the last digit */
} decimal;

static inline bool scan_decimal(const char *p, const char *end, decimal *number) {
    *number = (decimal){.digits = p};
    p = scan_digits(p, end, &number->value);
    number->n_digits = p - number->digits;
    if (p < end && *p == '.') {
        const char *fraction = ++p;
        p = scan_digits(p, end, &number->value);
        number->exponent = fraction - p;
        number->n_digits += p - fraction;
    }
    number->end = p;
    if (number->n_digits == 0)
        return false;
    return p == end || ((*p | 0x20) == 'e' && scan_exponent(p + 1, end, &number->exponent));
}

/* The first significant digits of the text, at most `max` of them, as an integer; returns how many
 * more there are, and `inexact` tells whether one of these is not zero. */
static int64_t read_digits(const decimal *number, int64_t max, tt_big *value, bool *inexact) {
    int64_t n = 0;
    tt_big_set(value, 0);
    *inexact = false;
    for (const char *p = number->digits; p < number->end; p++) {
        if (*p == '.' || (n == 0 && *p == '0'))
            continue;
        if (n++ < max)
            tt_big_multiply_add(value, 10, (uint32_t)(*p - '0'));
        else if (*p != '0')
            *inexact = true;
    }
    return n > max ? n - max : 0;
}

/* Any number of digits. The first 19 decide nearly always; if not, all: a midpoint between two
 * doubles has at most 767 digits, so that digits behind these can only break a tie. */
static double scale_long(const decimal *number) {
    enum { MAX_DIGITS = 768 };
    tt_big value;
    bool inexact;
    int64_t dropped = read_digits(number, MAX_EXACT_DIGITS, &value, &inexact);
    uint64_t leading = value.n > 0 ? value.word[0] : 0;
    leading |= value.n > 1 ? (uint64_t)value.word[1] << 32 : 0;
    int64_t exponent = number->exponent + dropped;
    double low, high;
    if (!inexact)
        return tt_scale_decimal(leading, exponent);
    if (tt_scale_fast(leading, exponent, &low) && tt_scale_fast(leading + 1, exponent, &high) &&
        low == high)
        return low;
    if (exponent > 309)
        return __builtin_inf();
    if (exponent < -343)
        return 0;
    dropped = read_digits(number, MAX_DIGITS, &value, &inexact);
    return tt_scale_big(&value, (int)(number->exponent + dropped), inexact);
}

static bool equals_ignoring_case(const char *p, const char *end, const char *lower) {
    for (; p < end && *lower; p++, lower++)
        if ((*p | 0x20) != *lower)
            return false;
    return p == end && !*lower;
}

bool tt_parse_decimal(const char *text, size_t size, double *value) {
    const char *p = text, *end = text + size;
    decimal number;
    double magnitude;
    bool negative = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    if (scan_decimal(p, end, &number)) {
        if (number.n_digits > MAX_EXACT_DIGITS)
            magnitude = scale_long(&number);
        else if (!tt_scale_fast(number.value, number.exponent, &magnitude))
            magnitude = tt_scale_decimal(number.value, number.exponent);
    } else if (equals_ignoring_case(p, end, "inf") || equals_ignoring_case(p, end, "infinity")) {
        magnitude = __builtin_inf();
    } else {
        return false;
    }
    *value = negative ? -magnitude : magnitude;
    return true;
}
