#include "big-integer.h"

#include <string.h>

void tt_big_set(tt_big *a, uint64_t value) {
    a->word[0] = (uint32_t)value;
    a->word[1] = (uint32_t)(value >> 32);
    a->n = a->word[1] ? 2 : a->word[0] ? 1 : 0;
}

void tt_big_multiply_add(tt_big *a, uint32_t factor, uint32_t term) {
    uint64_t carry = term;
    for (int i = 0; i < a->n; i++) {
        carry += (uint64_t)a->word[i] * factor;
        a->word[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        a->word[a->n++] = (uint32_t)carry;
}

void tt_big_multiply_power(tt_big *a, uint32_t base, uint32_t exponent) {
    for (; exponent >= 8; exponent -= 8)
        tt_big_multiply_add(a, base * base * base * base * base * base * base * base, 0);
    for (; exponent > 0; exponent--)
        tt_big_multiply_add(a, base, 0);
}

void tt_big_shift_left(tt_big *a, int bits) {
    int words = bits / 32;
    if (a->n == 0)
        return;
    memmove(a->word + words, a->word, (size_t)a->n * sizeof *a->word);
    memset(a->word, 0, (size_t)words * sizeof *a->word);
    a->n += words;
    tt_big_multiply_add(a, UINT32_C(1) << bits % 32, 0);
}

int tt_big_bits(const tt_big *a) {
    return a->n == 0 ? 0 : 32 * a->n - __builtin_clz(a->word[a->n - 1]);
}

int tt_big_compare(const tt_big *a, const tt_big *b) {
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (int i = a->n - 1; i >= 0; i--)
        if (a->word[i] != b->word[i])
            return a->word[i] < b->word[i] ? -1 : 1;
    return 0;
}

void tt_big_subtract(tt_big *a, const tt_big *b) {
    uint32_t borrow = 0;
    for (int i = 0; i < a->n; i++) {
        uint64_t difference = (uint64_t)a->word[i] - (i < b->n ? b->word[i] : 0) - borrow;
        a->word[i] = (uint32_t)difference;
        borrow = (uint32_t)(difference >> 63);
    }
    while (a->n > 0 && a->word[a->n - 1] == 0)
        a->n--;
}
