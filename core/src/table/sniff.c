#include "sniff.h"

#include <stdint.h>
#include <string.h>

static const struct {
    char delimiter;
    const char *key;
} delimiters[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}};

enum { N_DELIMITERS = sizeof delimiters / sizeof delimiters[0] };

char tt_delimiter_of(const char *key) {
    for (int i = 0; i < N_DELIMITERS; i++)
        if (strcmp(delimiters[i].key, key) == 0)
            return delimiters[i].delimiter;
    return 0;
}

const char *tt_delimiter_key(char delimiter) {
    for (int i = 0; i < N_DELIMITERS; i++)
        if (delimiters[i].delimiter == delimiter)
            return delimiters[i].key;
    return "auto";
}

typedef struct record_count {
    int64_t cells;
    bool complete; /* a line break ended it */
} record_count;

/* Counts the cells of the record at the cursor, and moves the cursor behind it. */
static record_count count_cells(const char **cursor, const char *end, char delimiter) {
    record_count count = {.cells = 1};
    const char *start =
        *cursor; /* of the cell; a quote opens here only, or right after it closed */
    bool quoted = false;
    for (const char *at = *cursor; at < end; at++) {
        if (*at == '"' && (quoted || at == start)) {
            quoted = !quoted;
            start = at + 1;
        } else if (!quoted && (*at == '\n' || *at == '\r')) {
            count.complete = true;
            *cursor = at + 1;
            return count;
        } else if (!quoted && *at == delimiter) {
            count.cells++;
            start = at + 1;
        }
    }
    *cursor = end;
    return count;
}

typedef struct tally {
    int64_t first, alike, records; /* cells of the first record; records with as many; all */
} tally;

static tally take_tally(const char *bytes, size_t size, char delimiter, bool complete) {
    const char *at = bytes, *end = bytes + size;
    tally t = {0};
    while (at < end) {
        if (*at == '\n' || *at == '\r') {
            at++;
            continue;
        }
        record_count count = count_cells(&at, end, delimiter);
        if (!count.complete && !complete && t.records > 0)
            break;
        if (t.records++ == 0)
            t.first = count.cells;
        t.alike += count.cells == t.first;
    }
    return t;
}

static bool is_better(tally a, tally b) {
    if (a.alike * b.records != b.alike * a.records)
        return a.alike * b.records > b.alike * a.records;
    return a.first > b.first;
}

char tt_sniff_delimiter(const char *bytes, size_t size, bool complete) {
    tally best = {.first = 1, .records = 1};
    char delimiter = ',';
    for (int i = 0; i < N_DELIMITERS; i++) {
        tally t = take_tally(bytes, size, delimiters[i].delimiter, complete);
        if (t.first > 1 && is_better(t, best)) {
            best = t;
            delimiter = delimiters[i].delimiter;
        }
    }
    return delimiter;
}

static bool starts_with(const char *bytes, size_t size, const char *magic, size_t length) {
    return size >= length && memcmp(bytes, magic, length) == 0;
}

const char *tt_sniff_binary(const char *bytes, size_t size) {
    if (starts_with(bytes, size, "\xff\xfe", 2) || starts_with(bytes, size, "\xfe\xff", 2))
        return "This file is UTF-16 text. Save it as CSV in UTF-8.";
    if (starts_with(bytes, size, "PK\3\4", 4))
        return "This file is a ZIP archive or a spreadsheet, not a CSV file. Open it in a "
               "spreadsheet "
               "program and save the sheet as CSV.";
    if (starts_with(bytes, size, "\x1f\x8b", 2))
        return "This file is compressed by gzip. Unpack it first.";
    if (starts_with(bytes, size, "PAR1", 4))
        return "This file is in the Parquet format. Write the table as CSV.";
    return NULL;
}
