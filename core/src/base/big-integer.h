#ifndef TT_BIG_INTEGER_H
#define TT_BIG_INTEGER_H

#include <stdint.h>

/* Unsigned integers for exact conversion between decimal and binary; not a general library: nothing
 * checks for overflow. The longest numbers that the conversions need are a mantissa of 768 digits,
 * of 2552 bits, and 5^1091, of 2534 bits. */
enum { TT_BIG_WORDS = 84 };
typedef struct tt_big {
    int n; /* words in use, least significant first; the last one is not zero */
    uint32_t word[TT_BIG_WORDS];
} tt_big;

void tt_big_set(tt_big *a, uint64_t value);

/* a = a * factor + term */
void tt_big_multiply_add(tt_big *a, uint32_t factor, uint32_t term);

/* a = a * base^exponent, base at most 10 */
void tt_big_multiply_power(tt_big *a, uint32_t base, uint32_t exponent);

/* a = a * 2^bits */
void tt_big_shift_left(tt_big *a, int bits);

/* a = a - b, where b <= a */
void tt_big_subtract(tt_big *a, const tt_big *b);

/* Negative, zero or positive as a is below, equal to or above b. */
int tt_big_compare(const tt_big *a, const tt_big *b);

/* Length in bits; 0 for zero. */
int tt_big_bits(const tt_big *a);

#endif
