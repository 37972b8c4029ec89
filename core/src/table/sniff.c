#include "sniff.h"

#include <stdlib.h>
#include <string.h>

#include "scanner.h"
#include "table-store.h"

enum {
    MAX_RECORDS = 200, /* that are looked at */
    MAX_SKIP = 20,     /* lines above the table that are found */
};

/* What a dialect makes of the first records. */
typedef struct tally {
    int32_t cells[MAX_RECORDS];
    int64_t lines[MAX_RECORDS];
    bool empty_last[MAX_RECORDS]; /* the last cell is empty */
    bool wordy[MAX_RECORDS];      /* no cell is empty or begins like a number */
    bool padded[MAX_RECORDS];     /* more than two cells, all but the first empty: a title that a
                                     spreadsheet has saved as wide as its table */
    int32_t n, n_bad, n_quoted;
    int32_t usual; /* number of cells */
    int32_t lead;  /* records above the first that has the usual number filled */
    int32_t n_fit; /* from there on with that number and good quotes */
    bool trailing;
} tally;

static bool is_wordy(const tt_record *record) {
    for (int32_t i = 0; i < record->n_kept; i++) {
        const tt_cell_text *cell = &record->cells[i];
        unsigned char first = cell->size > 0 ? (unsigned char)*cell->text : '0';
        if (cell->form == TT_PLAIN_NUMBER || (unsigned)(first - '0') < 10 || first == '-' ||
            first == '.')
            return false;
    }
    return true;
}

/* Whether a cell from `first` on has text. */
static bool has_text(const tt_record *record, int32_t first) {
    for (int32_t i = first; i < record->n_kept; i++)
        if (record->cells[i].size > 0)
            return true;
    return false;
}

static void note_record(tally *t, const tt_record *record) {
    int32_t i = t->n++;
    t->cells[i] = record->n_cells;
    t->lines[i] = record->line;
    t->empty_last[i] = record->cells[record->n_kept - 1].size == 0 && has_text(record, 0);
    t->wordy[i] = is_wordy(record);
    t->padded[i] = record->n_kept > 2 && !has_text(record, 1);
    t->n_bad += record->bad_quote > 0;
    t->n_quoted += record->quoted;
}

/* Reads records until there are enough; false when memory runs out. A record that the head cuts off
 * counts only if it is the first, and if a quote keeps it open over most of the head. */
static bool read_records(tally *t, const tt_dialect *dialect, const char *at, size_t size,
                         bool complete) {
    const char *end = at + size;
    tt_scanner scanner = tt_scanner_new(dialect);
    tt_status status;
    do {
        status = tt_scan(&scanner, &at, end, complete, NULL);
        if (status == TT_OK && scanner.complete)
            note_record(t, &scanner.record);
    } while (status == TT_OK && scanner.complete && t->n < MAX_RECORDS);
    size_t left = (size_t)(end - at);
    if (status == TT_OK && !complete && t->n < MAX_RECORDS && (t->n == 0 || left > size / 2)) {
        status = tt_scan(&scanner, &at, end, true, NULL);
        if (status == TT_OK && scanner.complete && t->n == 0)
            note_record(t, &scanner.record);
    }
    if (status == TT_BAD_DATA)
        t->n_bad += t->n + 1;
    tt_scanner_free(&scanner);
    return status != TT_NO_MEMORY;
}

/* Lines that all end in a delimiter, though the first may not. */
static void find_trailing(tally *t) {
    t->trailing = t->n > 1 && (t->empty_last[0] || t->cells[0] + 1 == t->cells[1]);
    for (int32_t i = 1; i < t->n; i++)
        t->trailing &= t->empty_last[i] && t->cells[i] > 2;
    for (int32_t i = 0; t->trailing && i < t->n; i++)
        t->cells[i] -= t->empty_last[i];
}

static int32_t count_alike(const tally *t, int32_t cells) {
    int32_t n = 0;
    for (int32_t i = 0; i < t->n; i++)
        n += t->cells[i] == cells;
    return n;
}

static void find_usual(tally *t) {
    int32_t most = 0;
    for (int32_t i = 0; i < t->n; i++) {
        int32_t n = count_alike(t, t->cells[i]);
        if (n > most) {
            most = n;
            t->usual = t->cells[i];
        }
    }
    t->n_fit = most;
}

static bool has_numbers(const tally *t, int32_t from) {
    for (int32_t i = from; i < t->n; i++)
        if (!t->wordy[i])
            return true;
    return false;
}

/* Records above the table have fewer cells that are filled; the table begins with names, and has
 * numbers below. */
static void find_lead(tally *t) {
    int32_t lead = 0;
    while (lead < t->n && (t->cells[lead] < t->usual || t->padded[lead]))
        lead++;
    if (lead < t->n && t->usual > 1 && t->cells[lead] == t->usual && t->wordy[lead] &&
        t->lines[lead] <= MAX_SKIP + 1 && has_numbers(t, lead + 1))
        t->lead = lead;
}

static bool take_tally(tally *t, const tt_dialect *dialect, bool may_skip, const char *bytes,
                       size_t size, bool complete) {
    *t = (tally){0};
    if (!read_records(t, dialect, bytes, size, complete))
        return false;
    find_trailing(t);
    find_usual(t);
    if (may_skip)
        find_lead(t);
    if (t->lead == 0 && t->n > 0) {
        t->usual = t->cells[0];
        t->n_fit = count_alike(t, t->usual);
    }
    t->n_fit -= t->n_bad < t->n_fit ? t->n_bad : t->n_fit;
    return true;
}

static bool is_better(const tally *a, const tally *b) {
    int64_t left = (int64_t)a->n_fit * (b->n - b->lead),
            right = (int64_t)b->n_fit * (a->n - a->lead);
    if (left != right)
        return left > right;
    if (a->lead != b->lead)
        return a->lead < b->lead;
    if (a->usual != b->usual)
        return a->usual > b->usual;
    return a->n_quoted > b->n_quoted && a->n_bad == 0;
}

typedef struct search {
    const char *bytes;
    size_t size;
    bool complete, any;
    const tt_dialect *set; /* by the person */
    tally best, next;
    tt_dialect dialect; /* of the best */
} search;

/* Whether what is found by itself is plain to see: quotes that quote something, and spaces that
 * divide all records alike, with numbers among them, where nothing else divides most of them; words
 * with spaces are common. */
static bool is_plausible(const search *s, const tt_dialect *dialect) {
    const tally *t = &s->next;
    if (t->usual < 2)
        return false;
    if (dialect->quote == '\'' && s->set->quote == TT_UNKNOWN && (t->n_quoted == 0 || t->n_bad > 0))
        return false;
    if (dialect->delimiter != ' ' || s->set->delimiter == ' ')
        return true;
    bool other = s->best.usual > 1 && 2 * s->best.n_fit > s->best.n;
    return !other && t->n > 1 && t->n_fit == t->n && has_numbers(t, 1);
}

static bool try_dialect(search *s, const tt_dialect *dialect) {
    if (!take_tally(&s->next, dialect, s->set->skip < 0, s->bytes, s->size, s->complete))
        return false;
    if (s->any && !(is_plausible(s, dialect) && is_better(&s->next, &s->best)))
        return true;
    s->best = s->next;
    s->dialect = *dialect;
    s->any = true;
    if (s->best.usual < 2) /* one column is what is left when nothing else fits */
        s->best.n_fit = 0;
    return true;
}

enum { MAX_CANDIDATES = 8 };

/* The characters to try for a part: what the settings fix; or the first of `all`, and those others
 * that the bytes have, because one that they do not have changes nothing. Both lists end in
 * TT_UNKNOWN. */
static void find_candidates(const search *s, char set, const char *all,
                            char found[MAX_CANDIDATES]) {
    *found++ = set == TT_UNKNOWN ? *all : set;
    for (const char *other = all + 1; set == TT_UNKNOWN && *other != TT_UNKNOWN; other++)
        if (memchr(s->bytes, *other, s->size))
            *found++ = *other;
    *found = TT_UNKNOWN;
}

static bool try_all(search *s) {
    static const char delimiters[] = {',', ';', '\t', '|', ' ', TT_UNKNOWN};
    static const char quotes[] = {'"', '\'', TT_UNKNOWN};
    static const char escapes[] = {0, '\\', TT_UNKNOWN}, comments[] = {0, '#', TT_UNKNOWN};
    char all[4][MAX_CANDIDATES];
    const tt_dialect *set = s->set;
    find_candidates(s, set->delimiter, delimiters, all[0]);
    find_candidates(s, set->quote, quotes, all[1]);
    find_candidates(s, set->escape, escapes, all[2]);
    find_candidates(s, set->comment, comments, all[3]);
    tt_dialect dialect = {.skip = set->skip > 0 ? set->skip : 0};
    for (const char *d = all[0]; (dialect.delimiter = *d) != TT_UNKNOWN; d++)
        for (const char *q = all[1]; (dialect.quote = *q) != TT_UNKNOWN; q++)
            for (const char *e = all[2]; (dialect.escape = *e) != TT_UNKNOWN; e++)
                for (const char *c = all[3]; (dialect.comment = *c) != TT_UNKNOWN; c++)
                    if (!try_dialect(s, &dialect))
                        return false;
    return true;
}

/* A first line such as "sep=;", which Excel writes and reads. */
static void read_separator_line(tt_file_form *form, const char *bytes, size_t size) {
    if (size < 6 || (memcmp(bytes, "sep=", 4) != 0 && memcmp(bytes, "SEP=", 4) != 0) ||
        (bytes[5] != '\n' && bytes[5] != '\r') || form->dialect.skip > 0)
        return;
    if (form->dialect.delimiter == TT_UNKNOWN &&
        strcmp(tt_dialect_name(TT_DELIMITER, bytes[4]), "none") != 0) {
        form->dialect.delimiter = bytes[4];
        tt_format(form->part[TT_DELIMITER].evidence, sizeof form->part[0].evidence,
                  "the first line says %s", bytes[4] == '\t' ? "sep=tab" : "sep=");
    }
    if (form->part[TT_SKIP].found)
        tt_format(form->part[TT_SKIP].evidence, sizeof form->part[0].evidence,
                  "the first line says %s", "sep=");
    form->dialect.skip = 1;
}

static void tell(tt_file_form *form, tt_dialect_part part, const char *format, int a, int b,
                 int c) {
    char *evidence = form->part[part].evidence;
    if (form->part[part].found && !*evidence)
        tt_format(evidence, sizeof form->part[part].evidence, format, a, b, c);
}

static void tell_all(tt_file_form *form, const tally *t) {
    const tt_dialect *dialect = &form->dialect;
    int n = t->n - t->lead;
    if (t->usual > 1)
        tell(form, TT_DELIMITER, "%i of the first %i records have %i cells",
             count_alike(t, t->usual), n, t->usual);
    else
        tell(form, TT_DELIMITER, "nothing divides the records alike", 0, 0, 0);
    tell(form, TT_QUOTE,
         t->n_quoted ? "%i of the first %i records have quoted cells" : "no cell is quoted",
         t->n_quoted, n, 0);
    tell(form, TT_ESCAPE, dialect->escape ? "backslashes stand before quotes" : "no quote needs it",
         0, 0, 0);
    tell(form, TT_COMMENT,
         dialect->comment ? "lines that begin with # do not have the cells of the others"
                          : "no line looks like a comment",
         0, 0, 0);
    tell(form, TT_SKIP,
         t->lead ? "%i records above the names have fewer cells filled than the table"
                 : "the first line has the cells of the others",
         t->lead, 0, 0);
}

bool tt_sniff_dialect(tt_file_form *form, const char *bytes, size_t size, bool complete) {
    read_separator_line(form, bytes, size);
    tt_dialect set = form->dialect;
    search *s = calloc(1, sizeof *s);
    if (!s)
        return false;
    *s = (search){.bytes = bytes, .size = size, .complete = complete, .set = &set};
    bool good = try_all(s);
    form->dialect = s->dialect;
    form->dialect.trailing = s->best.trailing;
    if (s->best.lead > 0)
        form->dialect.skip = (int32_t)s->best.lines[s->best.lead] - 1;
    tell_all(form, &s->best);
    free(s);
    return good;
}

static bool starts_with(const char *bytes, size_t size, const char *magic, size_t length) {
    return size >= length && memcmp(bytes, magic, length) == 0;
}

static const char *skip_spaces(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

/* {"name": ... or [{ ... */
static bool begins_as_json(const char *bytes, size_t size) {
    const char *end = bytes + size, *at = skip_spaces(bytes, end);
    const char *next = at < end ? skip_spaces(at + 1, end) : end;
    return next < end && ((*at == '{' && *next == '"') || (*at == '[' && *next == '{'));
}

const char *tt_sniff_format(const char *bytes, size_t size) {
    if (starts_with(bytes, size, "PK\3\4", 4))
        return "This file is a ZIP archive or a spreadsheet (.xlsx), not a CSV file. Open it in a "
               "spreadsheet program and save the sheet as CSV.";
    if (starts_with(bytes, size, "\xd0\xcf\x11\xe0", 4))
        return "This file is an old spreadsheet (.xls), not a CSV file. Open it in a spreadsheet "
               "program and save the sheet as CSV.";
    if (starts_with(bytes, size, "\x1f\x8b", 2))
        return "This file is compressed by gzip. Unpack it first.";
    if (starts_with(bytes, size, "PAR1", 4))
        return "This file is in the Parquet format. Write the table as CSV.";
    if (begins_as_json(bytes, size))
        return "This file is JSON, not a CSV file. Write the records as CSV, with their names in "
               "the "
               "first line.";
    return NULL;
}

bool tt_is_binary(const char *bytes, size_t size) {
    size_t n_nul = 0, n_control = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        n_nul += c == 0;
        n_control += (c > 0 && c < '\t') || (c > '\r' && c < ' ');
    }
    return n_nul > 0 && (n_nul > size / 2 || n_control > 4 + size / 64);
}
