#ifndef TT_SCANNER_H
#define TT_SCANNER_H

#include "dialect.h"
#include "record.h"
#include "tabtrain/error.h"

/* Cuts bytes into records by RFC 4180 and a dialect. Blanks around cells are trimmed, but not
 * inside their quotes; a quote in the middle of a cell is an ordinary character; text behind a
 * closing quote belongs to the cell and is noted in the record. Lines end in LF, CRLF or CR. Blank
 * lines and comments are skipped.
 *
 * A record is cut in one go from bytes that hold all of it, so the cut of a file cannot depend on
 * how it came in chunks. */
typedef struct tt_scanner {
    tt_dialect dialect;
    tt_record record;
    bool complete; /* `record` is whole; the next call begins another */
    bool after_cr; /* a line feed that comes next belongs to the line break before it */
    int32_t width; /* cells kept of a record, the others are only counted; 0 until it is known */
    int64_t line;  /* of the next byte, counted from 1 */
    int32_t lines_to_skip;
} tt_scanner;

tt_scanner tt_scanner_new(const tt_dialect *dialect);
void tt_scanner_free(tt_scanner *scanner);

/* Reads one record and moves `*at` behind it. When the bytes end before the record does, it is not
 * `complete` and `*at` stays at its first byte: call again with the same bytes and more behind
 * them. `last` says that there are no more, so that the end completes a record that no line break
 * ended.
 *
 * TT_BAD_DATA for an open quote at the end, a cell of more than 1 MB, a record of more
 * than 64 MB or of more than TT_MAX_COLUMNS cells while the width is not known. TT_NO_MEMORY leaves
 * `error` to the caller. */
tt_status tt_scan(tt_scanner *scanner, const char **at, const char *end, bool last,
                  tt_error *error);

#endif
