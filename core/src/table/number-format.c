#include "number-format.h"

#include <string.h>

#include "date.h"
#include "decimal.h"

enum { MAX_NUMBER = 128 }; /* bytes; longer texts are no formatted numbers */

/* No number goes on with one after its signs and units. */
static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

typedef struct span {
    const char *at, *end;
} span;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A first byte that differs tells most texts apart without a call. */
static bool take(span *text, const char *what) {
    size_t size = strlen(what);
    if (text->at == text->end || *text->at != *what || (size_t)(text->end - text->at) < size ||
        memcmp(text->at, what, size) != 0)
        return false;
    text->at += size;
    return true;
}

static bool take_last(span *text, const char *what) {
    size_t size = strlen(what);
    if (text->at == text->end || text->end[-1] != what[size - 1] ||
        (size_t)(text->end - text->at) < size || memcmp(text->end - size, what, size) != 0)
        return false;
    text->end -= size;
    return true;
}

static const char *const spaces[] = {" ", "\u00a0", "\u202f", "\u2009"};
static const char *const units[] = {"%",   "$",   "\u20ac", "\u00a3", "\u00a5", "\u20b9",
                                    "USD", "EUR", "GBP",    "CHF",    "CNY",    "JPY"};
static const char *const minuses[] = {"-", "\u2212"};

enum {
    N_SPACES = sizeof spaces / sizeof spaces[0],
    N_UNITS = sizeof units / sizeof units[0],
    N_MINUSES = sizeof minuses / sizeof minuses[0],
};

typedef bool taker(span *, const char *);

static bool take_any(span *text, int n, const char *const *words, taker *from) {
    for (int i = 0; i < n; i++)
        if (from(text, words[i]))
            return true;
    return false;
}

/* Signs, units and spaces at one end; false when one of them is there twice. */
static bool take_ornaments(span *text, taker *from, int *n_signs, int *n_units, bool *negative) {
    for (;;) {
        if (take_any(text, N_MINUSES, minuses, from)) {
            *negative = true;
            ++*n_signs;
        } else if (from(text, "+")) {
            ++*n_signs;
        } else if (take_any(text, N_UNITS, units, from)) {
            ++*n_units;
        } else if (!take_any(text, N_SPACES, spaces, from)) {
            return *n_signs <= 1 && *n_units <= 1;
        }
    }
}

/* Strips what is around the digits. */
static bool strip(span *text, bool *negative) {
    int n_signs = 0, n_units = 0;
    *negative = false;
    if (!take_ornaments(text, take, &n_signs, &n_units, negative))
        return false;
    if (text->at < text->end && is_letter(*text->at))
        return false;
    if (take(text, "(")) {
        if (!take_last(text, ")") || n_signs > 0)
            return false;
        *negative = true;
        n_signs = 1;
        if (!take_ornaments(text, take, &n_signs, &n_units, negative))
            return false;
    }
    return take_ornaments(text, take_last, &n_signs, &n_units, negative);
}

/* What sets groups apart at the cursor, which moves behind it; 0 for nothing. All spaces are one
 * kind, both apostrophes another. */
static char take_group_mark(span *text, char mark) {
    char other = mark == '.' ? ',' : '.';
    if (text->at < text->end && *text->at == other) {
        text->at++;
        return other;
    }
    if (take_any(text, N_SPACES, spaces, take))
        return ' ';
    return take(text, "'") || take(text, "\u2019") ? '\'' : 0;
}

typedef struct plain {
    char bytes[MAX_NUMBER + 1];
    size_t size;
} plain;

static int take_digits(span *text, plain *number) {
    int n = 0;
    for (; text->at < text->end && is_digit(*text->at); text->at++, n++)
        number->bytes[number->size++] = *text->at;
    return n;
}

/* The digits before the decimal mark. */
static bool take_whole_part(span *text, plain *number, char mark, int *n_digits) {
    size_t start = number->size;
    char group = 0;
    int n = take_digits(text, number), first = n, last = 0;
    *n_digits = n;
    for (span before = *text; n > 0; before = *text) {
        char next = take_group_mark(text, mark);
        if (next == 0)
            break;
        int size = take_digits(text, number);
        if ((group && next != group) || size == 0) {
            *text = before;
            return false;
        }
        bool two = size == 2 && next == ',';
        if (first > 3 || (last == 3 && two) || (size != 3 && !two))
            return false;
        group = next;
        last = size;
        *n_digits += size;
    }
    bool code = *n_digits > 1 && number->bytes[start] == '0';
    return !code && last != 2;
}

/* A decimal mark, its digits, an exponent: the rest of the text. */
static bool take_rest(span *text, plain *number, char mark, int n_digits) {
    if (text->at < text->end && *text->at == mark) {
        text->at++;
        number->bytes[number->size++] = '.';
        n_digits += take_digits(text, number);
    }
    if (n_digits == 0)
        return false;
    if (text->at < text->end && (*text->at | 0x20) == 'e') {
        size_t size = (size_t)(text->end - text->at);
        memcpy(number->bytes + number->size, text->at, size);
        number->size += size;
        return true;
    }
    return text->at == text->end;
}

bool tt_is_time(const char *text, size_t size) {
    double seconds;
    return memchr(text, ':', size) && tt_read_time(text, size, &seconds);
}

bool tt_read_formatted(const char *text, size_t size, char mark, double *number) {
    span rest = {text, text + size};
    plain digits = {.size = 0};
    bool negative;
    int n_digits;
    double value, seconds;
    if (memchr(text, ':', size)) {
        bool time = tt_read_time(text, size, &seconds);
        if (time)
            *number = seconds / 3600;
        return time;
    }
    if (size > MAX_NUMBER || !strip(&rest, &negative) ||
        !take_whole_part(&rest, &digits, mark, &n_digits) ||
        !take_rest(&rest, &digits, mark, n_digits) ||
        !tt_parse_decimal(digits.bytes, digits.size, &value) || value - value != 0)
        return false;
    *number = negative ? -value : value;
    return true;
}

static size_t count_digits(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && is_digit(text[n]))
        n++;
    return n;
}

/* What is told by digits with a point among them at most, and a sign: most numbers are so, and need
 * not be read twice. TT_NO_NUMBER for any other text, of which nothing is said. */
static tt_mark_evidence mark_of_plain(const char *text, size_t size) {
    size_t sign = *text == '-', whole = count_digits(text + sign, size - sign);
    const char *point = text + sign + whole;
    size_t rest = size - sign - whole;
    bool zero = text[sign] == '0';
    if (size > MAX_NUMBER || whole == 0 || (zero && whole > 1))
        return TT_NO_NUMBER;
    if (rest == 0)
        return TT_EITHER_MARK;
    if (*point != '.' || rest == 1 || count_digits(point + 1, rest - 1) < rest - 1)
        return TT_NO_NUMBER;
    return whole <= 3 && rest == 4 && !zero ? TT_MARK_UNCLEAR : TT_POINT_FOR_SURE;
}

tt_mark_evidence tt_mark_of(const char *text, size_t size) {
    double by_point, by_comma;
    tt_mark_evidence simple = mark_of_plain(text, size);
    if (simple != TT_NO_NUMBER)
        return simple;
    bool point = tt_read_formatted(text, size, '.', &by_point);
    bool comma = tt_read_formatted(text, size, ',', &by_comma);
    if (point && comma)
        return by_point == by_comma ? TT_EITHER_MARK : TT_MARK_UNCLEAR;
    return point ? TT_POINT_FOR_SURE : comma ? TT_COMMA_FOR_SURE : TT_NO_NUMBER;
}

bool tt_is_code(const char *text, size_t size) {
    if (size < 2 || text[0] != '0')
        return false;
    for (size_t i = 0; i < size; i++)
        if (!is_digit(text[i]))
            return false;
    return true;
}
