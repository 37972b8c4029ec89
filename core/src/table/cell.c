#include "cell.h"

#include "decimal.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool may_be_number(const char *text, size_t size) {
    size_t sign = text[0] == '+' || text[0] == '-';
    if (sign == size)
        return false;
    char first = text[sign];
    if (first == '0' && size > sign + 1 && is_digit(text[sign + 1]))
        return false;
    return is_digit(first) || first == '.' || first == 'i' || first == 'I';
}

tt_cell_kind tt_read_cell(const char *text, size_t size, double *number) {
    double value;
    if (size == 0)
        return TT_CELL_MISSING;
    if (!may_be_number(text, size) || !tt_parse_decimal(text, size, &value))
        return TT_CELL_WORD;
    if (value - value != 0)
        return TT_CELL_INFINITE;
    *number = value;
    return TT_CELL_NUMBER;
}
