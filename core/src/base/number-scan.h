#ifndef TT_NUMBER_SCAN_H
#define TT_NUMBER_SCAN_H

#include <stdbool.h>
#include <string.h>

#include "byte-lanes.h"
#include "decimal-scale.h"

/* The fast way for numbers as files have them, to be compiled into the loop over cells: a sign,
 * digits and a point among them, an exponent; no loop over digits and no branch on how many there
 * are. Where the next number begins hangs on as little work as can be, the digits that a comparison
 * of 16 bytes finds; what the number is worth is worked out beside that. */

enum { TT_NUMBER_ROOM = 64, TT_MAX_WORD_DIGITS = 19, TT_HALF_DIGITS = 8 };

/* The digits and the point of a number, as digits * 10^-n_decimals. */
typedef struct tt_scanned {
    uint64_t digits; /* modulo 2^64 */
    int64_t n_digits, n_decimals;
} tt_scanned;

/* The value of digits, one in each byte, the first lowest: neighbours of 8, 16 and 32 bits are
 * joined. */
static inline uint64_t tt_value_of_bytes(uint64_t bytes) {
    bytes = (bytes * (1 + (10 << 8)) >> 8) & 0x00ff00ff00ff00ffu;
    bytes = (bytes * (1 + (100 << 16)) >> 16) & 0x0000ffff0000ffffu;
    return (bytes * (1 + (UINT64_C(10000) << 32))) >> 32;
}

/* The value of the n digits at p, from 1 to 8: shifting them up puts zeros before them. */
static inline uint64_t tt_value_of_digits(const char *p, uint32_t n) {
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return tt_value_of_bytes((word ^ 0x3030303030303030u) << (8 * (TT_HALF_DIGITS - n)));
}

static inline uint64_t tt_power_of_ten(int64_t n) {
    static const uint64_t powers[] = {1,      10,      100,      1000,     10000,
                                      100000, 1000000, 10000000, 100000000};
    return powers[n];
}

/* A bit for each of the 16 bytes at p that is no digit, and for all bits behind these. */
static inline uint32_t tt_non_digits(const char *p) {
    tt_u8x16 values = tt_load_bytes(p) - tt_splat_byte('0');
    return tt_top_bits((tt_u8x16)(values > 9)) | 0xffff0000u;
}

/* The digits and the point at p, behind a sign where there is `sign`, if each side of the point has
 * from 1 to 8 digits; NULL for any other number. The sign is looked at together with the digits, so
 * that they need not wait for it. */
static inline const char *tt_scan_short(const char *p, uint32_t sign, tt_scanned *number) {
    uint32_t stops = tt_non_digits(p) & ~sign;
    uint32_t point = (uint32_t)__builtin_ctz(stops), n = point - sign;
    if (n - 1 >= TT_HALF_DIGITS)
        return NULL;
    uint64_t whole = tt_value_of_digits(p + sign, n);
    if (p[point] != '.') {
        *number = (tt_scanned){whole, n, 0};
        return p + point;
    }
    uint32_t end = (uint32_t)__builtin_ctz(stops & (stops - 1)), decimals = end - point - 1;
    if (decimals - 1 >= TT_HALF_DIGITS || end >= TT_BYTE_LANES)
        return NULL;
    uint64_t fraction = tt_value_of_digits(p + point + 1, decimals);
    *number = (tt_scanned){whole * tt_power_of_ten(decimals) + fraction, n + decimals, decimals};
    return p + end;
}

/* The digits at p, 24 of them at most; `*value` goes on with them. */
static inline const char *tt_scan_digits(const char *p, uint64_t *value) {
    const char *first = p;
    uint32_t n;
    do {
        n = (uint32_t)__builtin_ctz(tt_non_digits(p));
        n = n < TT_HALF_DIGITS ? n : TT_HALF_DIGITS;
        if (n > 0)
            *value = *value * tt_power_of_ten(n) + tt_value_of_digits(p, n);
        p += n;
    } while (n == TT_HALF_DIGITS && p - first < 3 * TT_HALF_DIGITS);
    return p;
}

/* As tt_scan_short, for as many digits as there are. */
static inline const char *tt_scan_long(const char *p, tt_scanned *number) {
    const char *first = p;
    *number = (tt_scanned){0};
    p = tt_scan_digits(p, &number->digits);
    number->n_digits = p - first;
    if (*p != '.')
        return p;
    first = ++p;
    p = tt_scan_digits(p, &number->digits);
    number->n_decimals = p - first;
    number->n_digits += p - first;
    return p;
}

/* The exponent behind the e at p, of up to 3 digits; NULL for any other text. */
static inline const char *tt_scan_exponent(const char *p, int64_t *exponent) {
    bool negative = *++p == '-';
    p += negative || *p == '+';
    uint32_t n = (uint32_t)__builtin_ctz(tt_non_digits(p));
    if (n - 1 >= 3)
        return NULL;
    int64_t value = (int64_t)tt_value_of_digits(p, n);
    *exponent = negative ? -value : value;
    return p + n;
}

/* No branch: the signs of numbers in a file are hard to foresee. */
static inline double tt_with_sign(double number, bool negative) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    bits ^= (uint64_t)negative << 63;
    memcpy(&number, &bits, sizeof bits);
    return number;
}

/* Reads the number at p and returns the byte behind it; NULL for anything that is not a plain
 * finite number of at most 19 digits, and within TT_NUMBER_ROOM bytes of `end`: tt_parse_decimal
 * tells more. Numbers with leading zeros, such as 007, are not plain. */
static inline const char *tt_scan_number(const char *p, const char *end, double *number) {
    if (end - p < TT_NUMBER_ROOM)
        return NULL;
    bool negative = *p == '-';
    uint32_t sign = negative || *p == '+';
    if (p[sign] == '0' && (unsigned char)(p[sign + 1] - '0') < 10)
        return NULL;
    tt_scanned scanned;
    const char *behind = tt_scan_short(p, sign, &scanned);
    if (!behind)
        behind = tt_scan_long(p + sign, &scanned);
    if (scanned.n_digits == 0 || scanned.n_digits > TT_MAX_WORD_DIGITS)
        return NULL;
    int64_t exponent = 0;
    bool has_exponent = (*behind | 0x20) == 'e';
    if (has_exponent)
        behind = tt_scan_exponent(behind, &exponent);
    if (!behind || !tt_scale_fast(scanned.digits, exponent - scanned.n_decimals, number) ||
        (has_exponent && *number - *number != 0))
        return NULL;
    *number = tt_with_sign(*number, negative);
    return behind;
}

#endif
