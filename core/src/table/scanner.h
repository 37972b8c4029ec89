#ifndef TT_SCANNER_H
#define TT_SCANNER_H

#include "record.h"
#include "tabtrain/error.h"

/* Cuts bytes into records by RFC 4180: a state machine that copies the cells of one record into a
 * tt_record, so that a chunk of bytes may end anywhere. Blanks around cells are trimmed, but not
 * inside their quotes; a quote in the middle of a cell is an ordinary character; text behind a
 * closing quote belongs to the cell. Blank lines are skipped. */

typedef enum tt_scan_state {
    TT_CELL_START,
    TT_IN_CELL,
    TT_IN_QUOTES,
    TT_CR_IN_QUOTES, /* a line feed that follows belongs to the same line break */
    TT_AFTER_QUOTE,  /* the quote closes the cell, or is the first of two */
    TT_AFTER_CR,
} tt_scan_state;

typedef struct tt_scanner {
    tt_record record;
    bool complete; /* `record` is whole; the next call begins another */
    int32_t width; /* cells kept of a record, the others are only counted; 0 until it is known */
    int64_t line;  /* of the next byte, counted from 1 */

    char delimiter;
    unsigned char ends[256]; /* what each byte may end */
    tt_scan_state state;
    int64_t quote_line; /* where the newest quote opened */
    size_t cell_start;  /* in record.bytes */
    size_t quote_end;   /* of the part of the cell that was quoted; cell_start for none */
    bool cell_quoted;
} tt_scanner;

tt_scanner tt_scanner_new(char delimiter);
void tt_scanner_free(tt_scanner *scanner);

/* Reads on at `*at`, which it moves, until a record is complete or the bytes end (or a good part of
 * them: look at `*at`). TT_BAD_DATA for a NUL byte, a cell of more than 1 MB, a record of more than
 * 64 MB or of more than TT_MAX_COLUMNS cells while the width is not known. TT_NO_MEMORY leaves
 * `error` to the caller. */
tt_status tt_scan(tt_scanner *scanner, const char **at, const char *end, tt_error *error);

/* The end of the file completes a record that no line break ended. TT_BAD_DATA for an open quote.
 */
tt_status tt_scan_end(tt_scanner *scanner, tt_error *error);

#endif
