#include "scanner.h"

#include "table-store.h"
#include "text.h"

enum {
    PIECE_SIZE = 64 << 10,      /* bytes for which room is made at a time */
    MAX_CELL_SIZE = 1 << 20,    /* bytes */
    MAX_RECORD_SIZE = 64 << 20, /* bytes */
};

/* What ends a run of bytes that are copied as they are. */
enum { ENDS_PLAIN = 1, ENDS_QUOTED = 2 };

tt_scanner tt_scanner_new(char delimiter) {
    tt_scanner scanner = {.delimiter = delimiter, .line = 1};
    tt_record_clear(&scanner.record, 1);
    scanner.ends[(unsigned char)delimiter] = ENDS_PLAIN;
    scanner.ends['"'] = ENDS_QUOTED;
    scanner.ends['\n'] = scanner.ends['\r'] = scanner.ends[0] = ENDS_PLAIN | ENDS_QUOTED;
    return scanner;
}

void tt_scanner_free(tt_scanner *scanner) {
    tt_record_free(&scanner->record);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static tt_cell_span trimmed_cell(const tt_scanner *scanner) {
    const char *bytes = scanner->record.bytes;
    size_t start = scanner->cell_start, end = scanner->record.size;
    while (end > scanner->quote_end && is_blank(bytes[end - 1]))
        end--;
    while (!scanner->cell_quoted && start < end && is_blank(bytes[start]))
        start++;
    return (tt_cell_span){(uint32_t)start, (uint32_t)(end - start)};
}

static void begin_cell(tt_scanner *scanner, bool quoted) {
    scanner->cell_start = scanner->quote_end = scanner->record.size;
    scanner->cell_quoted = quoted;
    scanner->record.quoted |= quoted;
    if (quoted)
        scanner->quote_line = scanner->line;
    scanner->state = quoted ? TT_IN_QUOTES : TT_IN_CELL;
}

static tt_status end_cell(tt_scanner *scanner, tt_error *error) {
    tt_record *record = &scanner->record;
    scanner->state = TT_CELL_START;
    if (scanner->width > 0 && record->n_kept == scanner->width) {
        record->n_cells++;
        record->size = scanner->cell_start;
        return TT_OK;
    }
    if (record->n_cells == TT_MAX_COLUMNS)
        return tt_fail_at(error, record->line, 0,
                          "Line %l has more than %i cells, the largest number of columns. If rows "
                          "and columns are swapped, transpose the table first.",
                          record->line, TT_MAX_COLUMNS);
    if (!tt_record_reserve_cell(record))
        return TT_NO_MEMORY;
    record->cells[record->n_kept++] = trimmed_cell(scanner);
    record->n_cells++;
    return TT_OK;
}

static void end_record(tt_scanner *scanner) {
    tt_record *record = &scanner->record;
    bool blank = record->n_cells == 1 && record->cells[0].size == 0 && !record->quoted;
    scanner->complete = !blank;
    if (blank)
        tt_record_clear(record, scanner->line);
}

static tt_status check_limits(const tt_scanner *scanner, tt_error *error) {
    const tt_record *record = &scanner->record;
    int64_t line = scanner->cell_quoted ? scanner->quote_line : record->line;
    if (record->size - scanner->cell_start > MAX_CELL_SIZE)
        return tt_fail_at(
            error, line, record->n_cells + 1,
            scanner->cell_quoted
                ? "A quoted cell that starts at line %l is longer than 1 MB: its quote "
                  "may never close."
                : "A cell in line %l is longer than 1 MB. Is this a CSV file?",
            line);
    if (record->size > MAX_RECORD_SIZE)
        return tt_fail_at(error, record->line, 0,
                          "The record that starts at line %l is longer than 64 MB.", record->line);
    return TT_OK;
}

static tt_status fail_binary(const tt_scanner *scanner, tt_error *error) {
    return tt_fail_at(error, scanner->line, 0,
                      "Line %l has a NUL byte: this is a binary file, or text in UTF-16. Save the "
                      "table as CSV in UTF-8.",
                      scanner->line);
}

static void append(tt_scanner *scanner, char byte) {
    scanner->record.bytes[scanner->record.size++] = byte;
}

/* Copies bytes to the record up to the first that may mean something; room was made before. */
static const char *copy_run(tt_scanner *scanner, const char *at, const char *end,
                            unsigned char what) {
    char *out = scanner->record.bytes + scanner->record.size;
    const char *start = at;
    while (at < end && !(scanner->ends[(unsigned char)*at] & what))
        *out++ = *at++;
    scanner->record.size += (size_t)(at - start);
    return at;
}

static tt_status in_cell(tt_scanner *scanner, const char **at, const char *end, tt_error *error) {
    *at = copy_run(scanner, *at, end, ENDS_PLAIN);
    tt_status status = check_limits(scanner, error);
    if (status != TT_OK || *at == end)
        return status;
    char byte = *(*at)++;
    if (byte == 0)
        return fail_binary(scanner, error);
    status = end_cell(scanner, error);
    if (status != TT_OK || byte == scanner->delimiter)
        return status;
    scanner->line++;
    scanner->state = byte == '\r' ? TT_AFTER_CR : TT_CELL_START;
    end_record(scanner);
    return TT_OK;
}

static tt_status in_quotes(tt_scanner *scanner, const char **at, const char *end, tt_error *error) {
    *at = copy_run(scanner, *at, end, ENDS_QUOTED);
    tt_status status = check_limits(scanner, error);
    if (status != TT_OK || *at == end)
        return status;
    char byte = *(*at)++;
    if (byte == 0)
        return fail_binary(scanner, error);
    if (byte == '"') {
        scanner->state = TT_AFTER_QUOTE;
        scanner->quote_end = scanner->record.size;
        return TT_OK;
    }
    append(scanner, byte);
    scanner->line++;
    scanner->state = byte == '\r' ? TT_CR_IN_QUOTES : TT_IN_QUOTES;
    return TT_OK;
}

static tt_status step(tt_scanner *scanner, const char **at, const char *end, tt_error *error) {
    bool doubled;
    switch (scanner->state) {
    case TT_CELL_START:
        begin_cell(scanner, **at == '"');
        *at += scanner->cell_quoted;
        return TT_OK;
    case TT_IN_CELL:
        return in_cell(scanner, at, end, error);
    case TT_IN_QUOTES:
        return in_quotes(scanner, at, end, error);
    case TT_CR_IN_QUOTES:
        if (**at == '\n')
            append(scanner, *(*at)++);
        scanner->state = TT_IN_QUOTES;
        return TT_OK;
    case TT_AFTER_QUOTE:
        doubled = **at == '"';
        if (doubled)
            append(scanner, *(*at)++);
        scanner->state = doubled ? TT_IN_QUOTES : TT_IN_CELL;
        return TT_OK;
    case TT_AFTER_CR:
        *at += **at == '\n';
        scanner->state = TT_CELL_START;
        return TT_OK;
    }
    return TT_OK;
}

static void begin_record(tt_scanner *scanner) {
    if (scanner->complete)
        tt_record_clear(&scanner->record, scanner->line);
    scanner->complete = false;
}

tt_status tt_scan(tt_scanner *scanner, const char **at, const char *end, tt_error *error) {
    begin_record(scanner);
    size_t size = (size_t)(end - *at);
    size = size < PIECE_SIZE ? size : PIECE_SIZE;
    if (!tt_record_reserve(&scanner->record, size))
        return TT_NO_MEMORY;
    end = *at + size;
    tt_status status = TT_OK;
    while (*at < end && status == TT_OK && !scanner->complete)
        status = step(scanner, at, end, error);
    return status;
}

tt_status tt_scan_end(tt_scanner *scanner, tt_error *error) {
    begin_record(scanner);
    const tt_record *record = &scanner->record;
    if (scanner->state == TT_IN_QUOTES || scanner->state == TT_CR_IN_QUOTES)
        return tt_fail_at(error, scanner->quote_line, record->n_cells + 1,
                          "The quote that opens at line %l never closes. Close it, or double it if "
                          "it belongs to the text.",
                          scanner->quote_line);
    if (scanner->state == TT_AFTER_CR || (scanner->state == TT_CELL_START && record->n_cells == 0))
        return TT_OK;
    if (scanner->state == TT_CELL_START)
        begin_cell(scanner, false);
    tt_status status = end_cell(scanner, error);
    if (status == TT_OK)
        end_record(scanner);
    return status;
}
