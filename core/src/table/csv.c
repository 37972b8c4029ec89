#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "hash.h"
#include "scanner.h"
#include "settings.h"
#include "sniff.h"
#include "table-store.h"
#include "text.h"

enum {
    HEAD_SIZE = 64 << 10, /* bytes that are looked at before the first cell is read */
    MIN_PIECE = 4 << 10,  /* bytes added to the rest at a time */
};

typedef enum header_mode { HEADER_AUTO, HEADER_YES, HEADER_NO } header_mode;

struct tt_csv {
    char delimiter; /* 0 until it is known */
    header_mode header;
    tt_config *config;
    tt_error error; /* sticky */
    tt_hash hash;   /* of all bytes so far */

    char *head; /* the first bytes, kept until there are enough to choose the delimiter */
    size_t head_size;
    bool started;

    tt_scanner scanner;
    char *rest; /* a record that has not ended yet, kept until the next bytes come */
    size_t rest_size, rest_capacity;
    size_t rest_due; /* the size at which it is looked at again */
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
        csv->scanner.line, rows, rows * columns * 8 >> 20);
}

tt_csv *tt_csv_new(const tt_config *config, tt_error *error) {
    tt_csv *csv = calloc(1, sizeof *csv);
    char *head = malloc(HEAD_SIZE);
    tt_config *copy = tt_config_copy(config);
    if (!csv || !head || !copy) {
        free(csv);
        free(head);
        tt_config_free(copy);
        tt_fail(error, TT_NO_MEMORY, "Memory ran out before the file was read.");
        return NULL;
    }
    csv->head = head;
    csv->config = copy;
    csv->hash = tt_hash_new();
    csv->delimiter = tt_delimiter_of(tt_config_get(config, "data.delimiter"));
    csv->header = tt_config_is(config, "data.header", "yes")  ? HEADER_YES
                  : tt_config_is(config, "data.header", "no") ? HEADER_NO
                                                              : HEADER_AUTO;
    return csv;
}

void tt_csv_free(tt_csv *csv) {
    if (!csv)
        return;
    tt_table_free(csv->table);
    tt_scanner_free(&csv->scanner);
    tt_config_free(csv->config);
    free(csv->head);
    free(csv->rest);
    free(csv);
}

static bool all_numbers(const tt_record *record) {
    int32_t n_numbers = 0;
    for (int32_t i = 0; i < record->n_cells; i++) {
        double number;
        const tt_cell_text *cell = &record->cells[i];
        if (cell->size == 0)
            continue;
        if (tt_read_cell(cell->text, cell->size, &number) != TT_CELL_NUMBER)
            return false;
        n_numbers++;
    }
    return n_numbers > 0;
}

static const char *first_record_name(const tt_csv *csv) {
    return csv->table->has_header ? "header" : "first record";
}

static void drop_ragged(tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    char message[sizeof((tt_problem *)0)->message];
    tt_format(message, sizeof message,
              "line %l has %i cell%s, the %s has %i: the record was dropped", record->line,
              record->n_cells, record->n_cells == 1 ? "" : "s", first_record_name(csv),
              csv->table->n_columns);
    tt_table_add_problem(csv->table, record->line, 0, message);
    if (csv->n_ragged++ == 0) {
        csv->ragged_line = record->line;
        csv->ragged_cells = record->n_cells;
    }
}

static tt_status add_record(tt_csv *csv) {
    csv->n_records++;
    if (csv->scanner.record.n_cells == csv->table->n_columns)
        return tt_table_add_row(csv->table, &csv->scanner.record) ? TT_OK : out_of_memory(csv);
    drop_ragged(csv);
    return TT_OK;
}

static tt_status begin_table(tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    bool has_header = csv->header == HEADER_AUTO ? !all_numbers(record) : csv->header == HEADER_YES;
    csv->table = tt_table_new(record->n_cells);
    if (!csv->table || !tt_table_set_names(csv->table, has_header ? record : NULL) ||
        !tt_table_configure(csv->table, csv->config))
        return out_of_memory(csv);
    csv->scanner.width = record->n_cells;
    csv->table->has_header = has_header;
    csv->table->delimiter = csv->delimiter;
    return has_header ? TT_OK : add_record(csv);
}

/* Reads all records that end within the bytes and moves `*at` to the first that does not. */
static tt_status read_records(tt_csv *csv, const char **at, const char *end, bool last) {
    tt_scanner *scanner = &csv->scanner;
    for (;;) {
        tt_status status = tt_scan(scanner, at, end, last, &csv->error);
        if (status == TT_NO_MEMORY)
            return out_of_memory(csv);
        if (status != TT_OK || !scanner->complete)
            return status;
        status = csv->table ? add_record(csv) : begin_table(csv);
        if (status != TT_OK)
            return status;
    }
}

static tt_status keep_rest(tt_csv *csv, const char *bytes, size_t size) {
    size_t needed = csv->rest_size + size;
    if (needed > csv->rest_capacity) {
        char *rest = realloc(csv->rest, 2 * needed);
        if (!rest)
            return out_of_memory(csv);
        csv->rest = rest;
        csv->rest_capacity = 2 * needed;
    }
    if (size > 0)
        memcpy(csv->rest + csv->rest_size, bytes, size);
    csv->rest_size = needed;
    return TT_OK;
}

static void drop_from_rest(tt_csv *csv, size_t size) {
    memmove(csv->rest, csv->rest + size, csv->rest_size - size);
    csv->rest_size -= size;
    csv->rest_due = 0;
}

/* Adds bytes at `*at` to the rest and reads the records that end in it; `*at` moves behind what was
 * read or kept. A rest that holds no whole record is looked at again when it has doubled, so that a
 * long record costs no more than its size. */
static tt_status extend_rest(tt_csv *csv, const char **at, const char *end) {
    size_t before = csv->rest_size, size = (size_t)(end - *at);
    size = size < before + MIN_PIECE ? size : before + MIN_PIECE;
    tt_status status = keep_rest(csv, *at, size);
    if (status != TT_OK)
        return status;
    *at += size;
    if (csv->rest_size < csv->rest_due)
        return TT_OK;
    const char *next = csv->rest;
    status = read_records(csv, &next, next + csv->rest_size, false);
    size_t done = (size_t)(next - csv->rest);
    csv->rest_due = 2 * csv->rest_size;
    if (done >= before) { /* the record that was begun is whole: go on where the bytes lie */
        *at -= csv->rest_size - done;
        csv->rest_size = csv->rest_due = 0;
    } else if (done > 0) {
        drop_from_rest(csv, done);
    }
    return status;
}

static tt_status parse(tt_csv *csv, const char *at, size_t size) {
    const char *end = at + size;
    tt_status status = TT_OK;
    while (status == TT_OK && csv->rest_size > 0 && at < end)
        status = extend_rest(csv, &at, end);
    if (status == TT_OK)
        status = read_records(csv, &at, end, false);
    return status == TT_OK && at < end ? keep_rest(csv, at, (size_t)(end - at)) : status;
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
    csv->scanner = tt_scanner_new(&(tt_dialect){.delimiter = csv->delimiter, .quote = '"'});
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
    if (csv->error.status == TT_OK) {
        tt_hash_add(&csv->hash, bytes, size);
        read_bytes(csv, bytes, size);
    }
    return report(csv, error);
}

static tt_status check_ragged(tt_csv *csv) {
    if (csv->n_ragged * 2 <= csv->n_records)
        return TT_OK;
    return tt_fail_at(&csv->error, csv->ragged_line, 0,
                      "%l of %l records do not have the %i cells of the %s; line %l has %i. Is "
                      "%s the delimiter? Choose another in data.delimiter.",
                      csv->n_ragged, csv->n_records, csv->table->n_columns, first_record_name(csv),
                      csv->ragged_line, csv->ragged_cells, tt_delimiter_key(csv->delimiter));
}

static tt_status complete(tt_csv *csv) {
    tt_status status = csv->started ? TT_OK : start(csv, true);
    const char *rest = csv->rest;
    if (status == TT_OK && csv->rest_size > 0)
        status = read_records(csv, &rest, rest + csv->rest_size, true);
    if (status != TT_OK)
        return status;
    if (!csv->table)
        return tt_fail_at(&csv->error, 1, 0,
                          "The file is empty. A table needs a header and some rows.");
    if (csv->n_records == 0)
        return tt_fail_at(
            &csv->error, csv->scanner.line, 0,
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
    table->fingerprint = tt_hash_value(&csv->hash);
    return table;
}
