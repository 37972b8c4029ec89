#include <stdlib.h>
#include <string.h>

#include "charset.h"
#include "hash.h"
#include "random.h"
#include "read-settings.h"
#include "scanner.h"
#include "sniff.h"
#include "table-store.h"
#include "text.h"

enum {
    HEAD_SIZE = 64 << 10, /* bytes that are looked at before the first cell is read */
    MIN_PIECE = 4 << 10,  /* bytes added to the rest at a time */
};

struct tt_csv {
    tt_read_settings settings;
    tt_config *config;
    tt_file_form form; /* what is fixed, then what was found */
    tt_error error;    /* sticky */
    tt_hash hash;      /* of all bytes so far */
    tt_random random;  /* draws the sample: a number for each record below the header */

    char *head; /* the first bytes, kept until there are enough to find out how they are written */
    size_t head_size;
    bool started;

    tt_decoder decoder;
    tt_scanner scanner;
    char *rest; /* a record that has not ended yet, kept until the next bytes come */
    size_t rest_size, rest_capacity;
    size_t rest_due; /* the size at which it is looked at again */
    tt_table *table; /* from the first record on */
    int64_t n_records, n_ragged;
    int64_t ragged_line; /* of the first ragged record, and its number of cells */
    int32_t ragged_cells;
    bool ended;          /* all bytes have been read */
    int32_t n_described; /* columns, once they have */
};

static tt_status out_of_memory(tt_csv *csv) {
    int64_t rows = csv->table ? csv->table->n_rows : 0;
    int64_t columns = csv->table ? csv->table->n_columns : 0;
    return tt_fail(
        &csv->error, TT_NO_MEMORY,
        "Memory ran out at line %l: the table has %l rows already, %l MB. Use fewer columns, or a "
        "random sample of the rows: set data.sample_share below %g.",
        csv->scanner.line, rows, rows * columns * 8 >> 20, csv->settings.sample_share);
}

tt_csv *tt_csv_new(const tt_config *config, tt_error *error) {
    tt_read_settings settings;
    if (tt_read_settings_of(config, &settings, error) != TT_OK)
        return NULL;
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
    csv->settings = settings;
    csv->form = settings.form;
    csv->random = tt_random_new(settings.sample_seed, TT_FOR_SAMPLES);
    return csv;
}

void tt_csv_free(tt_csv *csv) {
    if (!csv)
        return;
    tt_table_free(csv->table);
    tt_scanner_free(&csv->scanner);
    tt_decoder_free(&csv->decoder);
    tt_config_free(csv->config);
    free(csv->head);
    free(csv->rest);
    free(csv);
}

static const char *first_record_name(const tt_csv *csv) {
    return csv->form.header ? "header" : "first record";
}

/* Lists a record that has too few or too many cells. */
static void note_ragged(tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    char message[sizeof((tt_problem *)0)->message];
    const char *end = !csv->settings.fill_ragged                ? "the record was dropped"
                      : record->n_cells < csv->table->n_columns ? "the others count as missing"
                                                                : "the last were left out";
    tt_format(message, sizeof message, "line %l has %i cell%s, the %s has %i: %s", record->line,
              record->n_cells, record->n_cells == 1 ? "" : "s", first_record_name(csv),
              csv->table->n_columns, end);
    tt_table_add_problem(csv->table, TT_RAGGED_ROW, record->line, 0, message);
    if (csv->n_ragged++ == 0) {
        csv->ragged_line = record->line;
        csv->ragged_cells = record->n_cells;
    }
}

/* Gives the record as many cells as the table has columns; false when memory runs out. */
static bool fit_record(tt_csv *csv) {
    tt_record *record = &csv->scanner.record;
    if (!tt_record_reserve(record, csv->table->n_columns))
        return false;
    while (record->n_kept < csv->table->n_columns)
        record->cells[record->n_kept++] = (tt_cell_text){.text = ""};
    return true;
}

/* An empty cell behind the last column, where lines end in a delimiter. */
static bool ends_in_delimiter(const tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    int32_t n = csv->table->n_columns;
    return csv->form.dialect.trailing && record->n_cells == n + 1 && record->cells[n].size == 0;
}

static bool is_outside_sample(tt_csv *csv) {
    double share = csv->settings.sample_share;
    return share < 1 && tt_random_uniform(&csv->random) >= share;
}

static void note_nul(tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    if (record->nul)
        tt_table_add_problem(csv->table, TT_BAD_BYTES, record->line, record->nul,
                             "this cell has NUL bytes, which were left out");
}

static tt_status add_record(tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    if (is_outside_sample(csv)) {
        csv->table->n_left_out++;
        return TT_OK;
    }
    csv->n_records++;
    note_nul(csv);
    if (record->bad_quote) {
        bool drop = csv->settings.drop_bad_quotes;
        tt_table_add_problem(csv->table, TT_BAD_QUOTE, record->line, record->bad_quote,
                             drop ? "text stands behind a closing quote: the record was dropped"
                                  : "text stands behind a closing quote: it belongs to the cell");
        if (drop)
            return TT_OK;
    }
    if (record->n_cells != csv->table->n_columns && !ends_in_delimiter(csv)) {
        note_ragged(csv);
        if (!csv->settings.fill_ragged)
            return TT_OK;
        if (!fit_record(csv))
            return out_of_memory(csv);
    }
    return tt_table_add_row(csv->table, record) ? TT_OK : out_of_memory(csv);
}

static tt_status begin_table(tt_csv *csv) {
    const tt_record *record = &csv->scanner.record;
    bool trailing = csv->form.dialect.trailing, has_header = csv->form.header;
    int32_t n = record->n_kept;
    n -= trailing && n > 1 && record->cells[n - 1].size == 0;
    csv->table = tt_table_new(n);
    if (!csv->table || !tt_table_set_names(csv->table, has_header ? record : NULL) ||
        !tt_table_configure(csv->table, csv->config))
        return out_of_memory(csv);
    csv->scanner.width = n + trailing;
    csv->table->form = csv->form;
    if (!has_header)
        return add_record(csv);
    note_nul(csv);
    return TT_OK;
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

/* Finds out how the file is written. */
static tt_status find_form(tt_csv *csv, const char *text, size_t size, bool complete) {
    if (!tt_sniff_dialect(&csv->form, text, size, complete) ||
        (csv->form.part[TT_HEADER].found && !tt_sniff_header(&csv->form, text, size, complete)))
        return out_of_memory(csv);
    csv->scanner = tt_scanner_new(&csv->form.dialect);
    return TT_OK;
}

/* Decodes bytes, and hands on what they say. */
static tt_status decode(tt_csv *csv, const char *bytes, size_t size, bool last) {
    const char *text = tt_decode(&csv->decoder, bytes, &size, last);
    return text ? parse(csv, text, size) : out_of_memory(csv);
}

/* Looks at the head, then reads it. */
static tt_status start(tt_csv *csv, bool complete) {
    const char *head = csv->head;
    size_t size = csv->head_size;
    csv->started = true;
    const char *why_not = tt_sniff_format(head, size);
    if (why_not)
        return tt_fail_at(&csv->error, 1, 0, "%s", why_not);
    char *evidence = csv->form.part[TT_CHARSET].evidence;
    tt_charset charset =
        csv->settings.charset >= 0
            ? (tt_charset)csv->settings.charset
            : tt_sniff_charset(head, size, complete, evidence, sizeof csv->form.part[0].evidence);
    if (charset != TT_UTF16_LE && charset != TT_UTF16_BE && tt_is_binary(head, size))
        return tt_fail_at(&csv->error, 1, 0,
                          "This is a binary file: it has NUL bytes and control characters where a "
                          "table has text. Save the table as CSV.");
    csv->form.charset = tt_charset_name(charset);
    size_t mark = tt_mark_size(charset, head, size);
    csv->decoder = (tt_decoder){.charset = charset, .offset = (int64_t)mark};
    size -= mark;
    const char *text = tt_decode(&csv->decoder, head + mark, &size, complete);
    tt_status status = text ? find_form(csv, text, size, complete) : out_of_memory(csv);
    if (status == TT_OK)
        status = parse(csv, text, size);
    free(csv->head);
    csv->head = NULL;
    return status;
}

static tt_status read_bytes(tt_csv *csv, const char *bytes, size_t size) {
    if (csv->started)
        return decode(csv, bytes, size, false);
    size_t room = HEAD_SIZE - csv->head_size;
    size_t kept = size < room ? size : room;
    if (kept > 0)
        memcpy(csv->head + csv->head_size, bytes, kept);
    csv->head_size += kept;
    if (csv->head_size < HEAD_SIZE)
        return TT_OK;
    tt_status status = start(csv, false);
    return status == TT_OK ? decode(csv, bytes + kept, size - kept, false) : status;
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
    if (csv->n_ragged * 2 <= csv->n_records || csv->settings.fill_ragged)
        return TT_OK;
    return tt_fail_at(&csv->error, csv->ragged_line, 0,
                      "%l of %l records do not have the %i cells of the %s; line %l has %i. Is "
                      "%s the delimiter? Choose another in data.delimiter.",
                      csv->n_ragged, csv->n_records, csv->table->n_columns, first_record_name(csv),
                      csv->ragged_line, csv->ragged_cells,
                      tt_dialect_name(TT_DELIMITER, csv->form.dialect.delimiter));
}

static void note_bad_characters(tt_csv *csv) {
    char message[sizeof((tt_problem *)0)->message];
    const tt_decoder *decoder = &csv->decoder;
    if (decoder->n_bad == 0)
        return;
    tt_format(message, sizeof message,
              "%l halves of UTF-16 characters stand alone, the first at byte %l of the file",
              decoder->n_bad, decoder->first_bad + 1);
    tt_table_add_problem(csv->table, TT_BAD_BYTES, 0, 0, message);
}

/* Reads what is left, and says whether it makes a table. */
static tt_status end_reading(tt_csv *csv) {
    csv->ended = true;
    tt_status status = csv->started ? decode(csv, "", 0, true) : start(csv, true);
    const char *rest = csv->rest;
    if (status == TT_OK && csv->rest_size > 0)
        status = read_records(csv, &rest, rest + csv->rest_size, true);
    if (status != TT_OK)
        return status;
    if (!csv->table)
        return tt_fail_at(&csv->error, 1, 0,
                          "The file is empty. A table needs a header and some rows.");
    if (csv->n_records == 0 && csv->table->n_left_out > 0)
        return tt_fail_key(&csv->error, "data.sample_share",
                           "The sample has none of the %l rows. Raise data.sample_share.",
                           csv->table->n_left_out);
    if (csv->n_records == 0)
        return tt_fail_at(
            &csv->error, csv->scanner.line, 0,
            "The file has a header but no row below it. If its only line is data, set "
            "data.header to no.");
    note_bad_characters(csv);
    status = check_ragged(csv);
    if (status == TT_OK && csv->table->n_rows == 0)
        return tt_fail_key(&csv->error, "data.bad_quotes",
                           "Every record has text behind a closing quote, and so was dropped. Set "
                           "data.bad_quotes to keep.");
    return status != TT_OK || tt_table_close(csv->table) ? status : out_of_memory(csv);
}

tt_csv_progress tt_csv_so_far(const tt_csv *csv) {
    const tt_table *table = csv->table;
    return table ? (tt_csv_progress){table->n_rows, table->n_left_out, table->n_columns}
                 : (tt_csv_progress){0};
}

int32_t tt_csv_finish_piece(tt_csv *csv, tt_error *error) {
    if (csv->error.status == TT_OK && !csv->ended)
        end_reading(csv);
    else if (csv->error.status == TT_OK && csv->n_described < csv->table->n_columns &&
             !tt_table_describe(csv->table, csv->n_described++))
        out_of_memory(csv);
    return report(csv, error) == TT_OK ? csv->table->n_columns - csv->n_described : -1;
}

tt_table *tt_csv_finish(tt_csv *csv, tt_error *error) {
    int32_t left;
    do
        left = tt_csv_finish_piece(csv, error);
    while (left > 0);
    if (left < 0)
        return NULL;
    tt_table *table = csv->table;
    csv->table = NULL;
    table->fingerprint = tt_hash_value(&csv->hash);
    return table;
}
