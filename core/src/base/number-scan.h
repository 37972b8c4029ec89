#ifndef TT_NUMBER_SCAN_H
#define TT_NUMBER_SCAN_H

#include <stdbool.h>
#include <string.h>

#include "decimal-scale.h"

/* The fast way for numbers as files have them, to be compiled into the loop over cells: a sign,
 * digits and a point among them, no loop over digits and no branch on how many there are. */

/* The digits that eight bytes begin with: how many, and their value. Bytes count from the lowest,
 * so that shifting the digits up puts zeros before them; then neighbours of 8, 16 and 32 bits are
 * joined. */
static inline int tt_leading_digits(const char *bytes, uint64_t *value) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    word ^= 0x3030303030303030u;
    /* A byte above 9 carries into its top bit; what it does to the bytes behind it is no matter. */
    uint64_t others = ((word + 0x7676767676767676u) | word) & 0x8080808080808080u;
    int n = others ? __builtin_ctzll(others) >> 3 : 8;
    if (n < 8)
        word = word << (56 - 8 * n) << 8;
    word = (word * (1 + (10 << 8)) >> 8) & 0x00ff00ff00ff00ffu;
    word = (word * (1 + (100 << 16)) >> 16) & 0x0000ffff0000ffffu;
    *value = (word * (1 + (UINT64_C(10000) << 32))) >> 32;
    return n;
}

/* The digits at p, 24 of them at most; `*value` goes on with them, modulo 2^64. */
static inline const char *tt_scan_digits(const char *p, uint64_t *value) {
    static const uint64_t powers[] = {1,      10,      100,      1000,     10000,
                                      100000, 1000000, 10000000, 100000000};
    const char *first = p;
    int n;
    do {
        uint64_t digits;
        n = tt_leading_digits(p, &digits);
        *value = *value * powers[n] + digits;
        p += n;
    } while (n == 8 && p - first < 24);
    return p;
}

enum { TT_NUMBER_ROOM = 64, TT_MAX_WORD_DIGITS = 19 };

/* Reads the number at p and returns the byte behind it; NULL for anything that is not a plain
 * number of at most 19 digits, and within TT_NUMBER_ROOM bytes of `end`: tt_parse_decimal tells
 * more. Numbers with leading zeros, such as 007, are not plain. */
static inline const char *tt_scan_number(const char *p, const char *end, double *number) {
    if (end - p < TT_NUMBER_ROOM)
        return NULL;
    bool negative = *p == '-';
    p += negative || *p == '+';
    if (*p == '0' && (unsigned char)(p[1] - '0') < 10)
        return NULL;
    uint64_t value = 0;
    const char *first = p;
    p = tt_scan_digits(p, &value);
    int64_t n = p - first, decimals = 0;
    if (*p == '.') {
        first = ++p;
        p = tt_scan_digits(p, &value);
        decimals = p - first;
    }
    n += decimals;
    if (n == 0 || n > TT_MAX_WORD_DIGITS || !tt_scale_fast(value, -decimals, number))
        return NULL;
    *number = negative ? -*number : *number;
    return p;
}

#endif
