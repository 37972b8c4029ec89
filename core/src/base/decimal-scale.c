#include "decimal-scale.h"

#include <string.h>

#include "powers-of-five.h"
#include "wide.h"

/* The double nearest to (significand + tail) * 2^exponent, ties to even. The tail is 0, or between
 * 0 and 1 if `inexact`; the significand is then at least 2^62, so that the tail only breaks ties.
 */
static double round_to_double(uint64_t significand, int exponent, bool inexact) {
    int shift = __builtin_clzll(significand);
    significand <<= shift;
    exponent += 63 - shift; /* of the leading bit */
    if (exponent > 1023)
        return __builtin_inf();
    int drop = exponent < -1022 ? 11 + (-1022 - exponent) : 11;
    if (drop > 64)
        return 0;
    uint64_t kept = drop < 64 ? significand >> drop : 0;
    uint64_t rest = drop < 64 ? significand & ((UINT64_C(1) << drop) - 1) : significand;
    uint64_t half = UINT64_C(1) << (drop - 1);
    kept += rest > half || (rest == half && (inexact || (kept & 1)));

    /* Adding the leading bit, rather than masking it off, lets a carry reach the exponent. */
    uint64_t bits = kept + (exponent < -1022 ? 0 : (uint64_t)(exponent + 1022) << 52);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The top 128 bits of digits * 5^exponent, where digits has its top bit set: exact up to the last
 * of them where they matter. */
static tt_wide multiply_power(uint64_t digits, int exponent) {
    const uint64_t *power = tt_powers_of_five[exponent - TT_MIN_POWER_OF_FIVE];
    tt_wide product = tt_multiply_wide(digits, power[0]);
    if ((product.high & 0x1ff) == 0x1ff) {
        uint64_t carry = tt_multiply_wide(digits, power[1]).high;
        product.low += carry;
        product.high += product.low < carry;
    }
    return product;
}

bool tt_scale_by_table(uint64_t digits, int64_t power, double *value) {
    if (digits == 0 || power < TT_MIN_POWER_OF_FIVE || power > TT_MAX_POWER_OF_FIVE)
        return false;
    int exponent = (int)power;
    int zeros = __builtin_clzll(digits);
    tt_wide product = multiply_power(digits << zeros, exponent);
    if (product.low == UINT64_MAX && (exponent < -27 || exponent > 55))
        return false;
    int upper = (int)(product.high >> 63), drop = upper + 64 - 52 - 3;
    uint64_t kept = product.high >> drop; /* 54 bits, the last one to round by */
    bool may_be_tie = product.low <= 1 && exponent >= -4 && exponent <= 23 && (kept & 3) == 1;
    if (may_be_tie && kept << drop == product.high)
        kept--;
    kept = (kept + (kept & 1)) >> 1;
    /* floor(log2(10^exponent)); 217706 / 65536 is a little less than log2(10). */
    int binary = (exponent * 217706 >> 16) + 63 + upper - zeros;
    uint64_t bits = kept + ((uint64_t)(binary + 1022) << 52);
    memcpy(value, &bits, sizeof bits);
    return true;
}

/* The quotient of two big integers, to 63 or 64 bits and a remainder. */
double tt_scale_big(tt_big *digits, int exponent, bool inexact) {
    tt_big denominator;
    tt_big_set(&denominator, 1);
    tt_big_multiply_power(exponent < 0 ? &denominator : digits, 5,
                          (uint32_t)(exponent < 0 ? -exponent : exponent));
    int shift = tt_big_bits(&denominator) - tt_big_bits(digits);
    tt_big_shift_left(shift > 0 ? digits : &denominator, shift > 0 ? shift : -shift);
    uint64_t quotient = 0;
    for (int i = 0; i < 64; i++) {
        quotient <<= 1;
        if (tt_big_compare(digits, &denominator) >= 0) {
            tt_big_subtract(digits, &denominator);
            quotient |= 1;
        }
        tt_big_multiply_add(digits, 2, 0);
    }
    return round_to_double(quotient, exponent - shift - 63, inexact || digits->n > 0);
}

double tt_scale_decimal(uint64_t digits, int64_t exponent) {
    double value;
    if (tt_scale_fast(digits, exponent, &value))
        return value;
    if (digits > 0 && exponent > 309)
        return __builtin_inf();
    if (digits == 0 || exponent < -343)
        return 0;
    tt_big big;
    tt_big_set(&big, digits);
    return tt_scale_big(&big, (int)exponent, false);
}
