#ifndef TT_CELL_H
#define TT_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* One cell of a table in 8 bytes: the bits of a finite double, or those of a quiet NaN whose low
 * half tells a missing cell (0) from a word (its code in the dictionary of the column, plus 1).
 * Equal cells have equal bits. Kept as an integer, because a NaN that passes through floating-point
 * registers may lose its bits. */
typedef uint64_t tt_cell;

static const tt_cell TT_MISSING = 0x7ff8000000000000u;

static inline tt_cell tt_cell_of_number(double number) {
    tt_cell cell;
    number += 0.0; /* -0 becomes 0 */
    memcpy(&cell, &number, sizeof cell);
    return cell;
}

static inline tt_cell tt_cell_of_word(uint32_t code) {
    return TT_MISSING + 1 + code;
}

static inline bool tt_is_number(tt_cell cell) {
    return (cell & TT_MISSING) != TT_MISSING;
}

static inline bool tt_is_word(tt_cell cell) {
    return cell > TT_MISSING && (cell & TT_MISSING) == TT_MISSING && cell >> 63 == 0;
}

static inline double tt_number_of(tt_cell cell) {
    double number;
    memcpy(&number, &cell, sizeof number);
    return number;
}

static inline uint32_t tt_word_of(tt_cell cell) {
    return (uint32_t)(cell - TT_MISSING - 1);
}

/* What the text of a cell is. */
typedef enum tt_cell_kind {
    TT_CELL_MISSING,  /* empty */
    TT_CELL_NUMBER,   /* a finite decimal number */
    TT_CELL_INFINITE, /* inf, or a number beyond the range of doubles */
    TT_CELL_WORD, /* anything else; also 007, which is a code: as a number it would lose digits */
} tt_cell_kind;

/* Tells the kind of `size` bytes; `number` is set for TT_CELL_NUMBER only. */
tt_cell_kind tt_read_cell(const char *text, size_t size, double *number);

#endif
