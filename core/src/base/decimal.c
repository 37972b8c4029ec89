#include "decimal.h"

#include <string.h>

#include "big-integer.h"
#include "decimal-scale.h"
#include "wide.h"

/* Decimal digits of a positive double: d0.d1d2... * 10^exponent. */
enum { SHORTEST_DIGITS = 17, EXACT_DIGITS = SHORTEST_DIGITS + 1 };
typedef struct digits {
    int exponent, n;
    char digit[EXACT_DIGITS]; /* '0' to '9' */
    bool more;                /* the value has digits other than zero beyond these */
} digits;

/* A positive double as bits * 2^power. */
typedef struct binary {
    uint64_t bits;
    int power;
} binary;

static binary binary_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    int biased = (int)(bits >> 52);
    bits &= (UINT64_C(1) << 52) - 1;
    return (binary){biased ? bits | UINT64_C(1) << 52 : bits, (biased ? biased : 1) - 1075};
}

/* The decimal exponent, or a little less: 1233 / 4096 is a little less than log10(2). */
static int estimate_exponent(binary value) {
    int leading = value.power + 63 - __builtin_clzll(value.bits);
    return leading * 1233 / 4096 - (leading < 0 ? 2 : 0);
}

/* floor(x / 2^shift) of a wide integer, which fits into 64 bits or is UINT64_MAX. */
static uint64_t shift_right(tt_wide x, int shift, bool *more) {
    uint64_t high = shift < 64 ? x.high : 0, low = shift < 64 ? x.low : x.high;
    int rest = shift % 64;
    uint64_t lost = low & ((UINT64_C(1) << rest) - 1);
    *more = lost > 0 || (shift >= 64 && x.low > 0);
    if (high >> rest)
        return UINT64_MAX;
    return rest == 0 ? low : high << (64 - rest) | low >> rest;
}

/* The same as exact_digits, in 128 bits, for values from 1e-10 to 1e17: the digits are those of
 * bits * 5^n * 2^(power + n) with the n that leaves EXACT_DIGITS before the point. */
static bool quick_digits(binary value, digits *result) {
    enum { MOST = 27 }; /* 5^27 is the largest power below 2^63 */
    static const uint64_t end = UINT64_C(1000000000000000000);
    uint64_t whole = UINT64_MAX;
    int exponent = estimate_exponent(value) - 1;
    while (whole >= end) {
        int n = EXACT_DIGITS - 1 - ++exponent;
        if (n < 0 || n > MOST || value.power + n > 0)
            return false;
        uint64_t five = 1;
        for (int i = 0; i < n; i++)
            five *= 5;
        whole = shift_right(tt_multiply_wide(value.bits, five), -(value.power + n), &result->more);
    }
    result->exponent = exponent;
    result->n = EXACT_DIGITS;
    for (int i = EXACT_DIGITS - 1; i >= 0; i--, whole /= 10)
        result->digit[i] = (char)('0' + whole % 10);
    return true;
}

/* The first EXACT_DIGITS digits, cut off, not rounded. */
static digits exact_digits(double positive) {
    digits result = {.n = EXACT_DIGITS};
    binary value = binary_of(positive);
    if (quick_digits(value, &result))
        return result;
    tt_big numerator, denominator;
    tt_big_set(&numerator, value.bits);
    tt_big_set(&denominator, 1);
    result.exponent = estimate_exponent(value);
    tt_big_multiply_power(result.exponent < 0 ? &numerator : &denominator, 10,
                          (uint32_t)(result.exponent < 0 ? -result.exponent : result.exponent));
    tt_big_shift_left(value.power > 0 ? &numerator : &denominator,
                      value.power > 0 ? value.power : -value.power);
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

/* Whether n digits are enough to read the value back, and which. Both neighbours are tried, since
 * above a power of two the doubles lie twice as far apart as below: there the farther one may be
 * the one that reads back. */
static bool reads_back(const digits *exact, int n, double value, digits *found) {
    bool up = nearest_is_up(exact, n);
    for (int i = 0; i < 2; i++) {
        digits candidate = cut_digits(exact, n, i == 0 ? up : !up);
        if (digits_to_double(&candidate) == value) {
            *found = candidate;
            return true;
        }
    }
    return false;
}

/* Where n digits are enough, more are too. Most values have few digits or nearly all, so the search
 * begins with few and doubles them. */
static digits shortest_digits(double value) {
    digits exact = exact_digits(value), found;
    int least = 1, most = 1;
    while (most < SHORTEST_DIGITS && !reads_back(&exact, most, value, &found)) {
        least = most + 1;
        most = 2 * most < SHORTEST_DIGITS ? 2 * most : SHORTEST_DIGITS;
    }
    if (most == SHORTEST_DIGITS)
        found = cut_digits(&exact, SHORTEST_DIGITS, nearest_is_up(&exact, SHORTEST_DIGITS));
    while (least < most) {
        int n = (least + most) / 2;
        if (reads_back(&exact, n, value, &found))
            most = n;
        else
            least = n + 1;
    }
    return found;
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
