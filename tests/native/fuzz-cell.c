#include "fuzz.h"

#include "date.h"
#include "decimal.h"
#include "number-format.h"
#include "number-scan.h"

/* The input is the text of one cell: as a plain number it must be what strtod makes of it, and its
 * other readings must agree with each other. */

enum { MAX_CELL = 4000 };

static const char *skip_digits(const char *p) {
    return p + strspn(p, "0123456789");
}

/* Whether the text is a number as decimal.h has it, told without its parser. */
static bool is_plain_number(const char *text) {
    const char *p = text + (*text == '+' || *text == '-');
    if (strcasecmp(p, "inf") == 0 || strcasecmp(p, "infinity") == 0)
        return true;
    const char *whole = p, *after = skip_digits(p);
    long n_digits = after - whole;
    p = after;
    if (*p == '.') {
        after = skip_digits(p + 1);
        n_digits += after - (p + 1);
        p = after;
    }
    if (n_digits == 0)
        return false;
    if (*p == 'e' || *p == 'E') {
        const char *digits = p + 1 + (p[1] == '+' || p[1] == '-');
        p = skip_digits(digits);
        if (p == digits)
            return false;
    }
    return *p == 0;
}

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

/* `text` is NUL-terminated at `size` or before. */
static void check_plain(const char *text, size_t size) {
    double value, back;
    char written[TT_DECIMAL_SIZE], *copy = fuzz_copy(text, size);
    bool parsed = tt_parse_decimal(copy, size, &value);
    free(copy);
    fuzz_check(parsed == (strlen(text) == size && is_plain_number(text)), "the grammar");
    if (!parsed)
        return;
    fuzz_check(same_bits(value, strtod(text, NULL)), "as strtod");
    size_t length = tt_format_decimal(value, written);
    fuzz_check(length < sizeof written && length == strlen(written), "a number fits");
    fuzz_check(tt_parse_decimal(written, length, &back) && same_bits(value, back), "reads back");
}

/* The fast scan stops where its number ends, and agrees with the parser on it. */
static void check_scan(const char *text, size_t size) {
    char room[MAX_CELL + TT_NUMBER_ROOM + 1] = {0};
    double scanned, parsed;
    memcpy(room, text, size);
    const char *end = tt_scan_number(room, room + size + TT_NUMBER_ROOM, &scanned);
    if (!end)
        return;
    fuzz_check(end <= room + size, "the scan stays within the cell");
    fuzz_check(tt_parse_decimal(room, (size_t)(end - room), &parsed), "what is scanned parses");
    fuzz_check(same_bits(scanned, parsed), "as it parses");
}

/* A number by the comma is, with points and commas exchanged, the same number by the point; by the
 * point there are more, as only commas make Indian groups. */
static void check_formatted(const char *text, size_t size) {
    double by_comma, by_point;
    char *exchanged = fuzz_copy(text, size);
    for (size_t i = 0; i < size; i++)
        exchanged[i] = text[i] == '.' ? ',' : text[i] == ',' ? '.' : text[i];
    if (tt_read_formatted(text, size, ',', &by_comma)) {
        fuzz_check(by_comma - by_comma == 0, "a formatted number is finite");
        fuzz_check(tt_read_formatted(exchanged, size, '.', &by_point), "by the point, too");
        fuzz_check(same_bits(by_comma, by_point), "the same by the point");
    }
    free(exchanged);
}

static void check_date(const char *text, size_t size, tt_date_order order) {
    double seconds, back;
    char written[TT_DATE_SIZE], *copy = fuzz_copy(text, size);
    if (tt_read_date(copy, size, order, &seconds)) {
        size_t length = tt_format_date(seconds, written);
        fuzz_check(length < sizeof written && length == strlen(written), "a date fits");
        fuzz_check(tt_read_date(written, length, order, &back), "a written date reads back");
        double difference = seconds - back;
        fuzz_check(difference < 0.001 && difference > -0.001, "as the same moment");
        for (int part = 0; part < TT_N_DATE_PARTS; part++) {
            double value = tt_part_of_date((tt_date_part)part, seconds, 0);
            fuzz_check(value - value == 0, "parts of a date are finite");
        }
    }
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size > MAX_CELL)
        return 0;
    char text[MAX_CELL + 1] = {0};
    if (size > 0)
        memcpy(text, bytes, size);
    check_plain(text, size);
    check_scan(text, size);
    check_formatted(text, size);
    check_date(text, size, TT_DAY_FIRST);
    check_date(text, size, TT_MONTH_FIRST);
    return 0;
}
