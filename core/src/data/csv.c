#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "record.h"
#include "settings.h"
#include "sniff.h"
#include "table-store.h"
#include "text.h"

/* The reader is a state machine over bytes. It copies the cells of one record into a tt_record, and
 * hands the record to the table when its line ends; so a chunk may end anywhere. */

enum {
    HEAD_SIZE = 64 << 10,       /* bytes that are looked at before the first cell is read */
    PIECE_SIZE = 64 << 10,      /* bytes of a chunk for which room is made at a time */
    MAX_CELL_SIZE = 1 << 20,    /* bytes */
    MAX_RECORD_SIZE = 64 << 20, /* bytes */
};

typedef enum state {
    CELL_START,
    IN_CELL,
    IN_QUOTES,
    CR_IN_QUOTES, /* a line feed that follows belongs to the same line break */
    AFTER_QUOTE,  /* the quote closes the cell, or is the first of two */
    AFTER_CR,
} state;

/* What ends a run of bytes that are copied as they are. */
enum { ENDS_PLAIN = 1, ENDS_QUOTED = 2 };

typedef enum header_mode { HEADER_AUTO, HEADER_YES, HEADER_NO } header_mode;

struct tt_csv {
    char delimiter; /* 0 until it is known */
    header_mode header;
    tt_error error; /* sticky */

    char *head; /* the first bytes, kept until there are enough to choose the delimiter */
    size_t head_size;
    bool started;

    state state;
    unsigned char ends[256];
    int64_t line;       /* of the next byte, counted from 1 */
    int64_t quote_line; /* where the newest quote opened */
    size_t cell_start;  /* in record.bytes */
    size_t quote_end;   /* of the part of the cell that was quoted; cell_start for none */
    bool cell_quoted;
    tt_record record;

    tt_table *table; /* from the first record on */
    int64_t n_records, n_ragged;
    int64_t ragged_line; /* of the first ragged record, and its number of cells */
    int32_t ragged_cells;
};

static tt_status out_of_memory(tt_csv *csv) {
    int64_t rows = csv->table ? csv->table->n_rows : 0;
    int64_t columns = csv->table ? csv->table->n_columns : 0;
    return tt_fail(
        &csv->error, TT_NO_MEMORY,
        "Memory ran out at line %l: the table has %l rows already, %l MB. Use fewer rows "
        "or columns.",
        csv->line, rows, rows * columns * 8 >> 20);
}

tt_csv *tt_csv_new(const tt_config *config, tt_error *error) {
    tt_csv *csv = calloc(1, sizeof *csv);
    char *head = malloc(HEAD_SIZE);
    if (!csv || !head) {
        free(csv);
        free(head);
        tt_fail(error, TT_NO_MEMORY, "Memory ran out before the file was read.");
        return NULL;
    }
    csv->head = head;
    csv->delimiter = tt_delimiter_of(tt_config_get(config, "data.delimiter"));
    csv->header = tt_config_is(config, "data.header", "yes")  ? HEADER_YES
                  : tt_config_is(config, "data.header", "no") ? HEADER_NO
                                                              : HEADER_AUTO;
    csv->line = 1;
    tt_record_clear(&csv->record, 1);
    return csv;
}

void tt_csv_free(tt_csv *csv) {
    if (!csv)
        return;
    tt_table_free(csv->table);
    tt_record_free(&csv->record);
    free(csv->head);
    free(csv);
}

/* Records */

static bool all_numbers(const tt_record *record) {
    int32_t n_numbers = 0;
    for (int32_t i = 0; i < record->n_cells; i++) {
        double number;
        if (record->cells[i].size == 0)
            continue;
        if (tt_read_cell(tt_record_cell(record, i), record->cells[i].size, &number) !=
            TT_CELL_NUMBER)
            return false;
        n_numbers++;
    }
    return n_numbers > 0;
}

static tt_status add_record(tt_csv *csv) {
    const tt_record *record = &csv->record;
    csv->n_records++;
    if (record->n_cells == csv->table->n_columns)
        return tt_table_add_row(csv->table, record) ? TT_OK : out_of_memory(csv);
    char message[120];
    tt_format(message, sizeof message,
              "line %l has %i cell%s, the %s has %i: the record was dropped", record->line,
              record->n_cells, record->n_cells == 1 ? "" : "s",
              csv->table->has_header ? "header" : "first record", csv->table->n_columns);
    tt_table_add_problem(csv->table, record->line, 0, message);
    if (csv->n_ragged++ == 0) {
        csv->ragged_line = record->line;
        csv->ragged_cells = record->n_cells;
    }
    return TT_OK;
}

static tt_status begin_table(tt_csv *csv) {
    const tt_record *record = &csv->record;
    bool has_header = csv->header == HEADER_AUTO ? !all_numbers(record) : csv->header == HEADER_YES;
    csv->table = tt_table_new(record->n_cells);
    if (!csv->table || !tt_table_set_names(csv->table, has_header ? record : NULL))
        return out_of_memory(csv);
    csv->table->has_header = has_header;
    csv->table->delimiter = csv->delimiter;
    return has_header ? TT_OK : add_record(csv);
}

static tt_status end_record(tt_csv *csv) {
    tt_record *record = &csv->record;
    bool blank = record->n_cells == 1 && record->cells[0].size == 0 && !record->quoted;
    tt_status status = blank ? TT_OK : csv->table ? add_record(csv) : begin_table(csv);
    tt_record_clear(record, csv->line);
    csv->cell_start = 0;
    return status;
}

/* Cells */

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static tt_span trimmed_cell(const tt_csv *csv) {
    const char *bytes = csv->record.bytes;
    size_t start = csv->cell_start, end = csv->record.size;
    while (end > csv->quote_end && is_blank(bytes[end - 1]))
        end--;
    while (!csv->cell_quoted && start < end && is_blank(bytes[start]))
        start++;
    return (tt_span){(uint32_t)start, (uint32_t)(end - start)};
}

static void begin_cell(tt_csv *csv, bool quoted) {
    csv->cell_start = csv->quote_end = csv->record.size;
    csv->cell_quoted = quoted;
    csv->record.quoted |= quoted;
    if (quoted)
        csv->quote_line = csv->line;
    csv->state = quoted ? IN_QUOTES : IN_CELL;
}

/* Cells beyond the width of the table are counted, not kept: their record is ragged anyway. */
static tt_status end_cell(tt_csv *csv) {
    tt_record *record = &csv->record;
    csv->state = CELL_START;
    if (csv->table && record->n_kept == csv->table->n_columns) {
        record->n_cells++;
        record->size = csv->cell_start;
        return TT_OK;
    }
    if (record->n_cells == TT_MAX_COLUMNS)
        return tt_fail_at(&csv->error, record->line, 0,
                          "Line %l has more than %i cells, the largest number of columns. If rows "
                          "and columns are swapped, transpose the table first.",
                          record->line, TT_MAX_COLUMNS);
    if (!tt_record_reserve_cell(record))
        return out_of_memory(csv);
    record->cells[record->n_kept++] = trimmed_cell(csv);
    record->n_cells++;
    return TT_OK;
}

static tt_status check_limits(tt_csv *csv) {
    int64_t line = csv->cell_quoted ? csv->quote_line : csv->record.line;
    int32_t column = csv->record.n_cells + 1;
    if (csv->record.size - csv->cell_start > MAX_CELL_SIZE)
        return tt_fail_at(
            &csv->error, line, column,
            csv->cell_quoted
                ? "A quoted cell that starts at line %l is longer than 1 MB: its quote "
                  "may never close."
                : "A cell in line %l is longer than 1 MB. Is this a CSV file?",
            line);
    if (csv->record.size > MAX_RECORD_SIZE)
        return tt_fail_at(&csv->error, csv->record.line, 0,
                          "The record that starts at line %l is longer than 64 MB.",
                          csv->record.line);
    return TT_OK;
}

/* Bytes */

static tt_status fail_binary(tt_csv *csv) {
    return tt_fail_at(&csv->error, csv->line, 0,
                      "Line %l has a NUL byte: this is a binary file, or text in UTF-16. Save the "
                      "table as CSV in UTF-8.",
                      csv->line);
}

static void append(tt_csv *csv, char byte) {
    csv->record.bytes[csv->record.size++] = byte;
}

/* Copies bytes to the record up to the first that may mean something; room was made before. */
static const char *copy_run(tt_csv *csv, const char *at, const char *end, unsigned char what) {
    char *out = csv->record.bytes + csv->record.size;
    const char *start = at;
    while (at < end && !(csv->ends[(unsigned char)*at] & what))
        *out++ = *at++;
    csv->record.size += (size_t)(at - start);
    return at;
}

static tt_status end_plain(tt_csv *csv, char byte) {
    if (byte == 0)
        return fail_binary(csv);
    tt_status status = end_cell(csv);
    if (status != TT_OK || byte == csv->delimiter)
        return status;
    csv->line++;
    csv->state = byte == '\r' ? AFTER_CR : CELL_START;
    return end_record(csv);
}

static tt_status in_cell(tt_csv *csv, const char **at, const char *end) {
    *at = copy_run(csv, *at, end, ENDS_PLAIN);
    tt_status status = check_limits(csv);
    return status == TT_OK && *at < end ? end_plain(csv, *(*at)++) : status;
}

static tt_status in_quotes(tt_csv *csv, const char **at, const char *end) {
    *at = copy_run(csv, *at, end, ENDS_QUOTED);
    tt_status status = check_limits(csv);
    if (status != TT_OK || *at == end)
        return status;
    char byte = *(*at)++;
    if (byte == 0)
        return fail_binary(csv);
    if (byte == '"') {
        csv->state = AFTER_QUOTE;
        csv->quote_end = csv->record.size;
        return TT_OK;
    }
    append(csv, byte);
    csv->line++;
    csv->state = byte == '\r' ? CR_IN_QUOTES : IN_QUOTES;
    return TT_OK;
}

/* A quote that does not double ends the quoted part; text behind it up to the delimiter is kept. */
static void after_quote(tt_csv *csv, const char **at) {
    csv->state = **at == '"' ? IN_QUOTES : IN_CELL;
    if (**at == '"')
        append(csv, *(*at)++);
}

static tt_status step(tt_csv *csv, const char **at, const char *end) {
    switch (csv->state) {
    case AFTER_CR:
        *at += **at == '\n';
        csv->state = CELL_START;
        return TT_OK;
    case CELL_START:
        begin_cell(csv, **at == '"');
        *at += csv->cell_quoted;
        return TT_OK;
    case IN_CELL:
        return in_cell(csv, at, end);
    case CR_IN_QUOTES:
        if (**at == '\n')
            append(csv, *(*at)++);
        csv->state = IN_QUOTES;
        return TT_OK;
    case IN_QUOTES:
        return in_quotes(csv, at, end);
    case AFTER_QUOTE:
        after_quote(csv, at);
        return TT_OK;
    }
    return TT_OK;
}

static tt_status parse(tt_csv *csv, const char *at, size_t size) {
    for (size_t piece; size > 0; size -= piece) {
        piece = size < PIECE_SIZE ? size : PIECE_SIZE;
        if (!tt_record_reserve(&csv->record, piece))
            return out_of_memory(csv);
        for (const char *end = at + piece; at < end;) {
            tt_status status = step(csv, &at, end);
            if (status != TT_OK)
                return status;
        }
    }
    return TT_OK;
}

/* The file */

static void mark_ends(tt_csv *csv) {
    csv->ends[(unsigned char)csv->delimiter] |= ENDS_PLAIN;
    csv->ends['"'] |= ENDS_QUOTED;
    csv->ends['\n'] = csv->ends['\r'] = csv->ends[0] = ENDS_PLAIN | ENDS_QUOTED;
}

/* Looks at the head, then reads it. */
static tt_status start(tt_csv *csv, bool complete) {
    const char *head = csv->head;
    size_t size = csv->head_size;
    csv->started = true;
    const char *why_not = tt_sniff_binary(head, size);
    if (why_not)
        return tt_fail_at(&csv->error, 1, 0, "%s", why_not);
    if (size >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0) {
        head += 3;
        size -= 3;
    }
    if (csv->delimiter == 0)
        csv->delimiter = tt_sniff_delimiter(head, size, complete);
    mark_ends(csv);
    tt_status status = parse(csv, head, size);
    free(csv->head);
    csv->head = NULL;
    return status;
}

static tt_status read_bytes(tt_csv *csv, const char *bytes, size_t size) {
    if (csv->started)
        return parse(csv, bytes, size);
    size_t room = HEAD_SIZE - csv->head_size;
    size_t kept = size < room ? size : room;
    if (kept > 0)
        memcpy(csv->head + csv->head_size, bytes, kept);
    csv->head_size += kept;
    if (csv->head_size < HEAD_SIZE)
        return TT_OK;
    tt_status status = start(csv, false);
    return status == TT_OK ? parse(csv, bytes + kept, size - kept) : status;
}

static tt_status report(const tt_csv *csv, tt_error *error) {
    if (csv->error.status != TT_OK && error)
        *error = csv->error;
    return csv->error.status;
}

tt_status tt_csv_feed(tt_csv *csv, const char *bytes, size_t size, tt_error *error) {
    if (csv->error.status == TT_OK)
        read_bytes(csv, bytes, size);
    return report(csv, error);
}

/* Ends the last record when no line break did. */
static tt_status end_file(tt_csv *csv) {
    if (csv->state == IN_QUOTES || csv->state == CR_IN_QUOTES)
        return tt_fail_at(&csv->error, csv->quote_line, csv->record.n_cells + 1,
                          "The quote that opens at line %l never closes. Close it, or double it if "
                          "it belongs to the text.",
                          csv->quote_line);
    if (csv->state == AFTER_CR || (csv->state == CELL_START && csv->record.n_cells == 0))
        return TT_OK;
    if (csv->state == CELL_START)
        begin_cell(csv, false);
    tt_status status = end_cell(csv);
    return status == TT_OK ? end_record(csv) : status;
}

static tt_status check_ragged(tt_csv *csv) {
    if (csv->n_ragged * 2 <= csv->n_records)
        return TT_OK;
    return tt_fail_at(&csv->error, csv->ragged_line, 0,
                      "%l of %l records do not have the %i cells of the %s; line %l has %i. Is "
                      "%s the delimiter? Choose another in data.delimiter.",
                      csv->n_ragged, csv->n_records, csv->table->n_columns,
                      csv->table->has_header ? "header" : "first record", csv->ragged_line,
                      csv->ragged_cells, tt_delimiter_key(csv->delimiter));
}

static tt_status complete(tt_csv *csv) {
    tt_status status = csv->started ? TT_OK : start(csv, true);
    if (status == TT_OK)
        status = end_file(csv);
    if (status != TT_OK)
        return status;
    if (!csv->table)
        return tt_fail_at(&csv->error, 1, 0,
                          "The file is empty. A table needs a header and some rows.");
    if (csv->n_records == 0)
        return tt_fail_at(
            &csv->error, csv->line, 0,
            "The file has a header but no row below it. If its only line is data, set "
            "data.header to no.");
    status = check_ragged(csv);
    return status != TT_OK || tt_table_complete(csv->table) ? status : out_of_memory(csv);
}

tt_table *tt_csv_finish(tt_csv *csv, tt_error *error) {
    if (csv->error.status == TT_OK)
        complete(csv);
    if (report(csv, error) != TT_OK)
        return NULL;
    tt_table *table = csv->table;
    csv->table = NULL;
    return table;
}
