#include "decimal.h"

#include <string.h>

#include "big-integer.h"
#include "decimal-scale.h"

/* Decimal digits of a positive double: d0.d1d2... * 10^exponent. */
enum { SHORTEST_DIGITS = 17, EXACT_DIGITS = SHORTEST_DIGITS + 1 };
typedef struct digits {
    int exponent, n;
    char digit[EXACT_DIGITS]; /* '0' to '9' */
    bool more;                /* the value has digits other than zero beyond these */
} digits;

/* The first EXACT_DIGITS digits, cut off, not rounded. */
static digits exact_digits(double value) {
    digits result = {.n = EXACT_DIGITS};
    tt_big numerator, denominator;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int biased = (int)(bits >> 52);
    int binary_exponent = (biased ? biased : 1) - 1075;
    bits &= (UINT64_C(1) << 52) - 1;
    tt_big_set(&numerator, biased ? bits | UINT64_C(1) << 52 : bits);
    tt_big_set(&denominator, 1);

    /* 1233 / 4096 is a little less than log10(2): the estimate is right or too small. */
    int leading = binary_exponent + tt_big_bits(&numerator) - 1;
    result.exponent = leading * 1233 / 4096 - (leading < 0 ? 2 : 0);
    tt_big_multiply_power(result.exponent < 0 ? &numerator : &denominator, 10,
                          (uint32_t)(result.exponent < 0 ? -result.exponent : result.exponent));
    tt_big_shift_left(binary_exponent > 0 ? &numerator : &denominator,
                      binary_exponent > 0 ? binary_exponent : -binary_exponent);
    tt_big ten = denominator;
    for (tt_big_multiply_add(&ten, 10, 0); tt_big_compare(&numerator, &ten) >= 0;
         tt_big_multiply_add(&ten, 10, 0)) {
        denominator = ten;
        result.exponent++;
    }
    for (int i = 0; i < EXACT_DIGITS; i++) {
        result.digit[i] = '0';
        for (; tt_big_compare(&numerator, &denominator) >= 0; result.digit[i]++)
            tt_big_subtract(&numerator, &denominator);
        tt_big_multiply_add(&numerator, 10, 0);
    }
    result.more = numerator.n > 0;
    return result;
}

/* `exact` cut to n digits, or the next number of n digits above it. */
static digits cut_digits(const digits *exact, int n, bool up) {
    digits result = *exact;
    result.n = n;
    if (!up)
        return result;
    int i = n - 1;
    while (i >= 0 && result.digit[i] == '9')
        result.digit[i--] = '0';
    if (i >= 0) {
        result.digit[i]++;
    } else {
        result.digit[0] = '1';
        result.exponent++;
    }
    return result;
}

/* Whether the nearest number of n digits is the one above; of two equally near, the even one. */
static bool nearest_is_up(const digits *exact, int n) {
    if (exact->digit[n] != '5')
        return exact->digit[n] > '5';
    for (int i = n + 1; i < EXACT_DIGITS; i++)
        if (exact->digit[i] != '0')
            return true;
    return exact->more || (exact->digit[n - 1] & 1);
}

static double digits_to_double(const digits *source) {
    uint64_t value = 0;
    for (int i = 0; i < source->n; i++)
        value = 10 * value + (uint64_t)(source->digit[i] - '0');
    return tt_scale_decimal(value, source->exponent - (source->n - 1));
}

/* Both neighbours are tried, since above a power of two the doubles lie twice as far apart as
 * below: there the farther one may be the one that reads back. */
static digits shortest_digits(double value) {
    digits exact = exact_digits(value);
    for (int n = 1; n < SHORTEST_DIGITS; n++) {
        bool up = nearest_is_up(&exact, n);
        for (int i = 0; i < 2; i++) {
            digits candidate = cut_digits(&exact, n, i == 0 ? up : !up);
            if (digits_to_double(&candidate) == value)
                return candidate;
        }
    }
    return cut_digits(&exact, SHORTEST_DIGITS, nearest_is_up(&exact, SHORTEST_DIGITS));
}

static char *write_digits(char *out, const digits *number, int from, int to) {
    for (int i = from; i < to; i++)
        *out++ = i < number->n ? number->digit[i] : '0';
    return out;
}

static char *write_exponent(char *out, int exponent) {
    *out++ = 'e';
    if (exponent < 0)
        *out++ = '-';
    int size = exponent < 0 ? -exponent : exponent;
    for (int power = size >= 100 ? 100 : size >= 10 ? 10 : 1; power > 0; power /= 10)
        *out++ = (char)('0' + size / power % 10);
    return out;
}

static char *write_positive(char *out, double value) {
    digits number = shortest_digits(value);
    int exponent = number.exponent;
    bool scientific = exponent < -6 || exponent >= 15;
    if (!scientific && exponent < 0) {
        memcpy(out, "0.000000", 8);
        return write_digits(out + 1 - exponent, &number, 0, number.n);
    }
    int whole = scientific ? 1 : exponent + 1;
    out = write_digits(out, &number, 0, whole);
    if (number.n > whole) {
        *out++ = '.';
        out = write_digits(out, &number, whole, number.n);
    }
    return scientific ? write_exponent(out, exponent) : out;
}

size_t tt_format_decimal(double value, char text[TT_DECIMAL_SIZE]) {
    char *out = text;
    if (value != value) {
        memcpy(text, "nan", 4);
        return 3;
    }
    if (__builtin_signbit(value)) {
        *out++ = '-';
        value = -value;
    }
    if (value == __builtin_inf()) {
        memcpy(out, "inf", 3);
        out += 3;
    } else if (value == 0) {
        *out++ = '0';
    } else {
        out = write_positive(out, value);
    }
    *out = '\0';
    return (size_t)(out - text);
}
