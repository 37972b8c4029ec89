#include "scanner.h"

#include "byte-lanes.h"
#include "number-scan.h"
#include "table-store.h"
#include "text.h"

enum {
    MAX_CELL_SIZE = 1 << 20,    /* bytes */
    MAX_RECORD_SIZE = 64 << 20, /* bytes */
};

/* A record that is being cut. */
typedef struct cut {
    const char *start, *at, *end;
    bool last;
    int64_t line, quote_line;
} cut;

tt_scanner tt_scanner_new(const tt_dialect *dialect) {
    return (tt_scanner){.dialect = *dialect, .lines_to_skip = dialect->skip, .line = 1};
}

void tt_scanner_free(tt_scanner *scanner) {
    tt_record_free(&scanner->record);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_line_break(char c) {
    return c == '\n' || c == '\r';
}

/* A bit for each of the 16 bytes that is one of the two or a control character up to CR. */
static inline uint32_t stops_in(const char *at, tt_u8x16 one, tt_u8x16 other) {
    tt_u8x16 bytes = tt_load_bytes(at);
    return tt_top_bits((tt_u8x16)(bytes == one) | (tt_u8x16)(bytes == other) |
                       (tt_u8x16)(bytes <= (unsigned char)'\r'));
}

/* The first byte that is one of the two or a control character up to CR, which line breaks and NUL
 * are; `end` without any. */
static inline const char *next_stop(const char *at, const char *end, char one, char other) {
    const tt_u8x16 ones = tt_splat_byte(one), others = tt_splat_byte(other);
    for (; end - at >= TT_BYTE_LANES; at += TT_BYTE_LANES) {
        uint32_t bits = stops_in(at, ones, others);
        if (bits)
            return at + __builtin_ctz(bits);
    }
    while (at < end && *at != one && *at != other && (unsigned char)*at > '\r')
        at++;
    return at;
}

static tt_status fail_width(const tt_record *record, tt_error *error) {
    return tt_fail_at(error, record->line, 0,
                      "Line %l has more than %i cells, the largest number of columns. If rows "
                      "and columns are swapped, transpose the table first.",
                      record->line, TT_MAX_COLUMNS);
}

static tt_status fail_cell_size(const tt_record *record, const cut *c, bool quoted,
                                tt_error *error) {
    int64_t line = quoted ? c->quote_line : record->line;
    return tt_fail_at(error, line, record->n_cells + 1,
                      quoted ? "A quoted cell that starts at line %l is longer than 1 MB: its "
                               "quote may never close."
                             : "A cell in line %l is longer than 1 MB. Is this a CSV file?",
                      line);
}

static tt_status fail_record_size(const tt_record *record, tt_error *error) {
    return tt_fail_at(error, record->line, 0,
                      "The record that starts at line %l is longer than 64 MB.", record->line);
}

static tt_status fail_open_quote(const tt_record *record, const cut *c, tt_error *error) {
    return tt_fail_at(error, c->quote_line, record->n_cells + 1,
                      "The quote that opens at line %l never closes. Close it, double it if it "
                      "belongs to the text, or set data.quote to none.",
                      c->quote_line);
}

/* The cell has a NUL, which is to be taken out: no text of C can hold one. */
static void note_nul(tt_record *record) {
    if (record->nul == 0)
        record->nul = record->n_cells + 1;
}

/* The cell comes in parts, and is put together where it stays: as a structure it would be written
 * to memory twice. */
static inline tt_status keep_cell(tt_scanner *scanner, const char *text, uint32_t size,
                                  tt_cell_form form, double number, tt_error *error) {
    tt_record *record = &scanner->record;
    if (scanner->width > 0 && record->n_kept == scanner->width) {
        record->n_cells++;
        return TT_OK;
    }
    if (record->n_cells == TT_MAX_COLUMNS)
        return fail_width(record, error);
    if (record->n_kept == record->capacity && !tt_record_reserve(record, record->n_kept + 1))
        return TT_NO_MEMORY;
    tt_cell_text *cell = &record->cells[record->n_kept++];
    cell->text = text;
    cell->size = size;
    cell->form = form;
    cell->number = number;
    record->n_raw += form >= TT_RAW_QUOTED;
    record->n_cells++;
    return TT_OK;
}

/* Keeps the cell from `start` to `end`, and `at` moves to the stop that ended it. */
static inline tt_status end_cell(tt_scanner *scanner, cut *c, const char *start, const char *end,
                                 tt_cell_form form, tt_error *error) {
    if (end - start > MAX_CELL_SIZE)
        return fail_cell_size(&scanner->record, c, form == TT_RAW_QUOTED, error);
    return keep_cell(scanner, start, (uint32_t)(end - start), form, 0, error);
}

/* What to do when the bytes end within a cell: NULL for `*stop` says that more are needed. */
static tt_status need_more(const tt_scanner *scanner, const cut *c, const char *start, bool quoted,
                           const char **stop, tt_error *error) {
    *stop = NULL;
    return c->end - start > MAX_CELL_SIZE ? fail_cell_size(&scanner->record, c, quoted, error)
                                          : TT_OK;
}

/* A cell from `start`, of which the bytes before c->at are read already. */
static inline tt_status cut_plain(tt_scanner *scanner, cut *c, const char *start, tt_cell_form form,
                                  const char *keep, const char **stop, tt_error *error) {
    char delimiter = scanner->dialect.delimiter, escape = scanner->dialect.escape;
    const char *at = c->at;
    for (;;) {
        at = next_stop(at, c->end, delimiter, escape ? escape : delimiter);
        if (at == c->end && !c->last)
            return need_more(scanner, c, start, form == TT_RAW_QUOTED, stop, error);
        if (at == c->end || *at == delimiter || is_line_break(*at))
            break;
        if (*at == 0) {
            form = form == TT_TEXT ? TT_RAW_PLAIN : form;
            note_nul(&scanner->record);
        } else if (escape && *at == escape && at + 1 < c->end) {
            form = form == TT_TEXT ? TT_RAW_PLAIN : form;
            keep = at + 2;
            at++;
        } else if (escape && *at == escape && !c->last) {
            return need_more(scanner, c, start, form == TT_RAW_QUOTED, stop, error);
        }
        at++;
    }
    *stop = at;
    while (at > keep && is_blank(at[-1]))
        at--;
    return end_cell(scanner, c, start, at, form, error);
}

/* Moves c->at behind the line break at it; CR and LF that come together are one. */
static void pass_line_break(cut *c) {
    bool both = *c->at == '\r' && c->at + 1 < c->end && c->at[1] == '\n';
    c->at += both ? 2 : 1;
    c->line++;
}

/* Moves c->at to the quote that closes the cell; `*raw` when quotes, escapes or NULs are to be
 * taken out. False when the bytes end before. */
static bool find_closing_quote(tt_scanner *scanner, cut *c, bool *raw) {
    const tt_dialect *dialect = &scanner->dialect;
    char quote = dialect->quote, escape = dialect->escape ? dialect->escape : quote;
    for (;;) {
        c->at = next_stop(c->at, c->end, quote, escape);
        if (c->at == c->end)
            return false;
        if (is_line_break(*c->at)) {
            pass_line_break(c);
        } else if (*c->at == quote) {
            if (c->at + 1 < c->end ? c->at[1] != quote : c->last)
                return true;
            if (c->at + 1 == c->end)
                return false;
            *raw = true;
            c->at += 2;
        } else if (*c->at == escape) {
            if (c->at + 1 == c->end)
                return false;
            *raw = true;
            c->at += is_line_break(c->at[1]) || c->at[1] == 0 ? 1 : 2;
        } else {
            if (*c->at == 0) {
                *raw = true;
                note_nul(&scanner->record);
            }
            c->at++;
        }
    }
}

/* A cell whose opening quote is at c->at. */
static tt_status cut_quoted(tt_scanner *scanner, cut *c, const char **stop, tt_error *error) {
    const char *start = ++c->at;
    bool raw = false;
    c->quote_line = c->line;
    scanner->record.quoted = true;
    if (!find_closing_quote(scanner, c, &raw)) {
        if (c->last)
            return fail_open_quote(&scanner->record, c, error);
        return need_more(scanner, c, start, true, stop, error);
    }
    const char *close = c->at++;
    while (c->at < c->end && is_blank(*c->at) && *c->at != scanner->dialect.delimiter)
        c->at++;
    *stop = c->at;
    if (c->at < c->end ? *c->at == scanner->dialect.delimiter || is_line_break(*c->at) : c->last)
        return end_cell(scanner, c, start, close, raw ? TT_RAW_QUOTED : TT_TEXT, error);
    if (scanner->record.bad_quote == 0 && c->at < c->end)
        scanner->record.bad_quote = scanner->record.n_cells + 1;
    return cut_plain(scanner, c, start, TT_RAW_QUOTED, close + 1, stop, error);
}

/* Whether the byte may begin a number, or is a comma or a slash. */
static inline bool may_be_number(char c) {
    return (unsigned char)(c - '+') <= '9' - '+';
}

/* A cell that is nothing but a plain number, at c->at; `*stop` is NULL for all others. */
static inline tt_status cut_number(tt_scanner *scanner, cut *c, const char **stop,
                                   tt_error *error) {
    double number;
    *stop = tt_scan_number(c->at, c->end, &number);
    if (!*stop)
        return TT_OK;
    if (**stop != scanner->dialect.delimiter && !is_line_break(**stop)) {
        *stop = NULL;
        return TT_OK;
    }
    return keep_cell(scanner, c->at, (uint32_t)(*stop - c->at), TT_PLAIN_NUMBER, number, error);
}

/* A cell without quotes that ends within a few bytes, as most texts do; `*stop` is NULL for all
 * others. */
static inline tt_status cut_short(tt_scanner *scanner, const cut *c, const char **stop,
                                  tt_error *error) {
    char delimiter = scanner->dialect.delimiter, escape = scanner->dialect.escape;
    if (c->end - c->at < TT_BYTE_LANES)
        return TT_OK;
    uint32_t stops = stops_in(c->at, tt_splat_byte(delimiter), tt_splat_byte(escape));
    if (!stops)
        return TT_OK;
    const char *at = c->at + __builtin_ctz(stops);
    bool ends = *at == delimiter || is_line_break(*at);
    if (!ends || (at > c->at && is_blank(at[-1])))
        return TT_OK;
    *stop = at;
    return keep_cell(scanner, c->at, (uint32_t)(at - c->at), TT_TEXT, 0, error);
}

static inline void skip_blanks(cut *c, char delimiter) {
    while (c->at < c->end && (*c->at == ' ' || (*c->at == '\t' && delimiter != '\t')))
        c->at++;
}

/* Cuts all cells and stops at what ended the last of them; `*stop` is NULL when the bytes end
 * first. */
static tt_status cut_cells(tt_scanner *scanner, cut *c, const char **stop, tt_error *error) {
    const tt_dialect *dialect = &scanner->dialect;
    for (;;) {
        if (c->at - c->start > MAX_RECORD_SIZE)
            return fail_record_size(&scanner->record, error);
        skip_blanks(c, dialect->delimiter);
        bool any = c->at < c->end;
        /* Blanks at the end of a line are no cell where they are the delimiter. */
        if (dialect->delimiter == ' ' && scanner->record.n_cells > 0 &&
            (any ? is_line_break(*c->at) : c->last)) {
            *stop = c->at;
            return TT_OK;
        }
        tt_status status = TT_OK;
        *stop = NULL;
        if (any && may_be_number(*c->at))
            status = cut_number(scanner, c, stop, error);
        bool quoted = any && dialect->quote && *c->at == dialect->quote;
        if (status == TT_OK && !*stop && any && !quoted)
            status = cut_short(scanner, c, stop, error);
        if (status == TT_OK && !*stop)
            status = quoted ? cut_quoted(scanner, c, stop, error)
                            : cut_plain(scanner, c, c->at, TT_TEXT, c->at, stop, error);
        if (status != TT_OK || !*stop || *stop == c->end || **stop != dialect->delimiter)
            return status;
        c->at = *stop + 1;
    }
}

/* Moves `*at` behind the end of its line; false when the bytes end before. */
static bool skip_line(tt_scanner *scanner, const char **at, const char *end, bool last) {
    const char *stop = *at;
    while (stop < end && !is_line_break(*stop))
        stop++;
    if (stop == end && !last)
        return false;
    scanner->line += stop < end;
    scanner->after_cr = stop < end && *stop == '\r';
    *at = stop + (stop < end);
    return true;
}

static bool is_blank_line(const tt_record *record) {
    return record->n_cells == 1 && record->cells[0].size == 0 && !record->quoted && !record->nul;
}

/* Cuts one record, which may be a blank line. */
static tt_status cut_record(tt_scanner *scanner, const char **at, const char *end, bool last,
                            tt_error *error) {
    cut c = {.start = *at, .at = *at, .end = end, .last = last, .line = scanner->line};
    const char *stop = NULL;
    tt_record_clear(&scanner->record, scanner->line);
    tt_status status = cut_cells(scanner, &c, &stop, error);
    if (status != TT_OK || !stop)
        return status;
    scanner->complete = true;
    scanner->line = c.line + (stop < end);
    scanner->after_cr = stop < end && *stop == '\r';
    *at = stop + (stop < end);
    return tt_record_unescape(&scanner->record, scanner->dialect.quote, scanner->dialect.escape)
               ? TT_OK
               : TT_NO_MEMORY;
}

tt_status tt_scan(tt_scanner *scanner, const char **at, const char *end, bool last,
                  tt_error *error) {
    scanner->complete = false;
    for (;;) {
        if (scanner->after_cr && *at < end) {
            *at += **at == '\n';
            scanner->after_cr = false;
        }
        if (*at == end)
            return TT_OK;
        bool comment = scanner->dialect.comment && **at == scanner->dialect.comment;
        if (scanner->lines_to_skip > 0 || comment) {
            if (!skip_line(scanner, at, end, last))
                return TT_OK;
            scanner->lines_to_skip -= scanner->lines_to_skip > 0;
            continue;
        }
        tt_status status = cut_record(scanner, at, end, last, error);
        if (status != TT_OK || !scanner->complete || !is_blank_line(&scanner->record))
            return status;
        scanner->complete = false;
    }
}
