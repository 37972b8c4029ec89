#include "decimal.h"

#include <stdint.h>
#include <string.h>

#include "big-integer.h"

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

/* A decimal number as it stands in a text: digits * 10^exponent, with the first 19 significant
 * digits also as an integer. */
typedef struct decimal {
    const char *digits, *end; /* may contain one point */
    uint64_t leading;         /* value of the first 19 significant digits */
    int64_t n_digits;         /* significant ones, leading zeros not counted */
    int64_t exponent;         /* of the last digit */
} decimal;

enum { MAX_EXACT_DIGITS = 19 };

/* Exponents stop growing here: no text is long enough to make up for more. */
static const int64_t huge_exponent = INT64_C(1) << 60;

static bool is_digit(char c) {
    return (unsigned char)(c - '0') < 10;
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

static bool scan_decimal(const char *p, const char *end, decimal *number) {
    const char *point = NULL;
    bool any = false;
    *number = (decimal){.digits = p};
    for (; p < end; p++) {
        if (is_digit(*p)) {
            any = true;
            if (number->n_digits < MAX_EXACT_DIGITS)
                number->leading = 10 * number->leading + (uint64_t)(*p - '0');
            number->n_digits += number->n_digits > 0 || *p != '0';
        } else if (*p == '.' && !point) {
            point = p;
        } else {
            break;
        }
    }
    number->end = p;
    number->exponent = point ? -(p - point - 1) : 0;
    if (p < end)
        return any && (*p == 'e' || *p == 'E') && scan_exponent(p + 1, end, &number->exponent);
    return any;
}

/* Exact when both operands are: integers below 2^53 and powers of ten up to 10^22 are doubles
 * (Clinger, How to Read Floating Point Numbers Accurately, 1990). */
static double scale_exactly(uint64_t leading, int exponent) {
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return exponent < 0 ? (double)leading / power[-exponent] : (double)leading * power[exponent];
}

/* leading * 10^exponent in 128-bit integers: 10^e = 5^e 2^e, and 5^27 fits in 64 bits. This is
 * the way of numbers that were printed with 17 digits. */
enum { MAX_WORD_POWER = 27 };
static double scale_in_words(uint64_t leading, int exponent) {
    uint64_t five = 1;
    for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--)
        five *= 5;
    int shift = __builtin_clzll(leading);
    unsigned __int128 product;
    bool inexact = false;
    if (exponent < 0) {
        unsigned __int128 dividend = (unsigned __int128)(leading << shift) << 64;
        product = dividend / five;
        inexact = product * five != dividend;
        shift += 64;
    } else {
        product = (unsigned __int128)(leading << shift) * five;
    }
    uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
    if (high == 0)
        return round_to_double(low, exponent - shift, inexact);
    int spare = __builtin_clzll(high);
    uint64_t top = (uint64_t)(product >> (64 - spare));
    inexact = inexact || (low << spare) != 0;
    return round_to_double(top, exponent - shift + 64 - spare, inexact);
}

/* The first significant digits of the text as an integer; `dropped` counts digits left out and
 * `inexact` tells whether one of them was not zero. A midpoint between two doubles has at most 767
 * digits, so that digits behind these can only break a tie. */
enum { MAX_DIGITS = 768 };
static void read_digits(const decimal *number, tt_big *value, int64_t *dropped, bool *inexact) {
    int64_t n = 0;
    tt_big_set(value, 0);
    *inexact = false;
    for (const char *p = number->digits; p < number->end; p++) {
        if (*p == '.' || (n == 0 && *p == '0'))
            continue;
        if (n++ < MAX_DIGITS)
            tt_big_multiply_add(value, 10, (uint32_t)(*p - '0'));
        else if (*p != '0')
            *inexact = true;
    }
    *dropped = n > MAX_DIGITS ? n - MAX_DIGITS : 0;
}

/* Any number: the quotient of two big integers, to 63 or 64 bits and a remainder. */
static double divide_exactly(const decimal *number) {
    tt_big numerator, denominator;
    int64_t dropped;
    bool inexact;
    read_digits(number, &numerator, &dropped, &inexact);
    int exponent = (int)(number->exponent + dropped);
    tt_big_set(&denominator, 1);
    tt_big_multiply_power(exponent < 0 ? &denominator : &numerator, 5,
                          (uint32_t)(exponent < 0 ? -exponent : exponent));

    int shift = tt_big_bits(&denominator) - tt_big_bits(&numerator);
    tt_big_shift_left(shift > 0 ? &numerator : &denominator, shift > 0 ? shift : -shift);
    uint64_t quotient = 0;
    for (int i = 0; i < 64; i++) {
        quotient <<= 1;
        if (tt_big_compare(&numerator, &denominator) >= 0) {
            tt_big_subtract(&numerator, &denominator);
            quotient |= 1;
        }
        tt_big_multiply_add(&numerator, 2, 0);
    }
    return round_to_double(quotient, exponent - shift - 63, inexact || numerator.n > 0);
}

static double decimal_to_double(const decimal *number) {
    if (number->n_digits == 0)
        return 0;
    int64_t magnitude = number->exponent + number->n_digits; /* value < 10^magnitude */
    if (magnitude > 310)
        return __builtin_inf();
    if (magnitude < -323)
        return 0;
    if (number->n_digits <= MAX_EXACT_DIGITS) {
        int exponent = (int)number->exponent, size = exponent < 0 ? -exponent : exponent;
        if (size <= 22 && number->leading < UINT64_C(1) << 53)
            return scale_exactly(number->leading, exponent);
        if (size <= MAX_WORD_POWER)
            return scale_in_words(number->leading, exponent);
    }
    return divide_exactly(number);
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
    if (scan_decimal(p, end, &number))
        magnitude = decimal_to_double(&number);
    else if (equals_ignoring_case(p, end, "inf") || equals_ignoring_case(p, end, "infinity"))
        magnitude = __builtin_inf();
    else
        return false;
    *value = negative ? -magnitude : magnitude;
    return true;
}

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
    decimal number = {.digits = source->digit, .end = source->digit + source->n};
    for (int i = 0; i < source->n; i++)
        number.leading = 10 * number.leading + (uint64_t)(source->digit[i] - '0');
    number.n_digits = source->n;
    number.exponent = source->exponent - (source->n - 1);
    return decimal_to_double(&number);
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
