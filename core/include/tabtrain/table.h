#ifndef TABTRAIN_TABLE_H
#define TABTRAIN_TABLE_H

#include <stddef.h>

#include "tabtrain/config.h"

/* A CSV file as typed columns.
 *
 * The reader is streaming and follows RFC 4180: quotes, doubled quotes, line breaks inside quotes,
 * LF, CRLF or CR. From the first 64 KB it finds by itself the delimiter (comma, semicolon, tab,
 * pipe, space), the quote (double, single), backslash escapes, comments, lines above the table,
 * whether the first record gives the names, delimiters at the ends of lines, a first line such as
 * "sep=;", and the encoding (UTF-8, UTF-16, Windows-1252); each of data.delimiter, data.quote,
 * data.escape, data.comment, data.skip, data.header and data.charset can be set instead. Blank
 * lines are skipped. Any split of the bytes into chunks gives the same table. */
typedef struct tt_csv tt_csv;
typedef struct tt_table tt_table;

/* Takes from `config`, during the call only, the settings of data.* that say how a file is read:
 * those marked reads_file in the catalogue. NULL with TT_BAD_SETTING for a data.skip that is no
 * number. */
tt_csv *tt_csv_new(const tt_config *config, tt_error *error);

/* Takes the next `size` bytes. TT_BAD_DATA ends the reading (a binary file, a cell or record over
 * the limits), and so does TT_NO_MEMORY. The bytes are not kept. */
tt_status tt_csv_feed(tt_csv *csv, const char *bytes, size_t size, tt_error *error);

/* What has been read so far, for those who want to stop before memory runs out. All are 0 until the
 * first record has been read. */
typedef struct tt_csv_progress {
    int64_t n_rows;     /* of the table */
    int64_t n_left_out; /* records outside data.sample_share */
    int32_t n_columns;
} tt_csv_progress;

tt_csv_progress tt_csv_so_far(const tt_csv *csv);

/* The table, owned by the caller; NULL with TT_BAD_DATA for an empty file, one without a row
 * below its header, a quote that never closes, or one in which most records are ragged; or with
 * TT_NO_MEMORY. */
tt_table *tt_csv_finish(tt_csv *csv, tt_error *error);

/* The work of tt_csv_finish, which looks at every cell, in pieces of a column at most: how many of
 * them are left, or -1 where it fails. For those who cannot be away for long; tt_csv_finish does
 * what is left. */
int32_t tt_csv_finish_piece(tt_csv *csv, tt_error *error);
void tt_csv_free(tt_csv *csv);
void tt_table_free(tt_table *table);

typedef enum tt_column_type {
    TT_COLUMN_NUMBER,   /* numbers; see n_words */
    TT_COLUMN_DATE,     /* dates and times, as numbers: seconds since 1970-01-01 (date.h) */
    TT_COLUMN_CATEGORY, /* words from a small set of levels */
    TT_COLUMN_TEXT,     /* words from a set too large for levels: left out of the features */
} tt_column_type;

/* A column and its summary. Cells that are empty or hold one of data.missing_words are missing; so
 * is an infinite number, which is also listed as a problem. A number with leading zeros, such as
 * 007, is a word.
 *
 * How numbers are written is found for each column from its texts: a decimal point or comma, groups
 * of digits, signs of currency or percent (number-format.h lists the forms). A column is one of
 * numbers when at least ten of eleven texts are and, if any is not, when there are more than ten
 * different numbers and no code such as 007: the others are bad numbers, each listed as a problem,
 * and data.bad_numbers says what becomes of them. */
typedef struct tt_column {
    const char *name;    /* UTF-8, unique in the table, owned by the table */
    tt_column_type type; /* as found; data.numbers and data.categories override it in a data set */
    bool whole;          /* all its numbers are whole */
    int64_t n_missing;
    int64_t n_missing_words;  /* those of them that hold one of data.missing_words */
    const char *missing_word; /* the first of these, owned by the table; NULL without any */
    int64_t n_words;    /* cells that are neither a number nor missing: bad numbers if the type is
                           TT_COLUMN_NUMBER, or bad dates */
    int64_t n_distinct; /* of values that are not missing, counted up to TT_MAX_DISTINCT */
    double min, max, mean, deviation; /* of the numbers (population deviation); NaN without any */
} tt_column;

enum { TT_MAX_DISTINCT = 1000 };

int64_t tt_table_n_rows(const tt_table *table);
int32_t tt_table_n_columns(const tt_table *table);
const tt_column *tt_table_column(const tt_table *table, int32_t column);
int32_t tt_table_find(const tt_table *table, const char *name); /* -1 when there is none */

/* The column that is predicted when no setting says so: the last one of numbers or categories that
 * come again, or just the last one. */
int32_t tt_table_default_target(const tt_table *table);

/* XXH64 of all bytes of the file: whether a table was read from the same file. */
uint64_t tt_table_fingerprint(const tt_table *table);

/* The number in a cell; NaN when it is missing or a word. */
double tt_table_number(const tt_table *table, int64_t row, int32_t column);

/* The text of a cell as a NUL-terminated UTF-8 string cut to `size` bytes; numbers in their
 * shortest form, dates as 2024-03-01T12:00:00, missing cells as "". Returns the length before
 * cutting. */
size_t tt_table_text(const tt_table *table, int64_t row, int32_t column, char *text, size_t size);

/* The line of the file, counted from 1, on which a row begins. */
int64_t tt_table_line(const tt_table *table, int64_t row);

/* What was wrong in the file without being fatal. The first TT_MAX_PROBLEMS are kept, all are
 * counted. Settings say what becomes of them: data.ragged_rows, data.bad_quotes,
 * data.bad_numbers. */
typedef enum tt_problem_kind {
    TT_RAGGED_ROW,      /* more or fewer cells than columns */
    TT_BAD_QUOTE,       /* text behind a closing quote */
    TT_BAD_BYTES,       /* bytes that are no text in the charset of the file; NULs, left out */
    TT_INFINITE_NUMBER, /* infinite or too large: missing */
    TT_BAD_NUMBER,      /* a text among the numbers of a column */
    TT_N_PROBLEM_KINDS
} tt_problem_kind;

/* The name of a kind in JSON: "ragged_rows". */
const char *tt_problem_kind_key(tt_problem_kind kind);

typedef struct tt_problem {
    tt_problem_kind kind;
    int64_t line;      /* where the record starts, counted from 1; 0 for the whole file */
    int32_t column;    /* counted from 1; 0 for the whole record */
    char message[120]; /* one sentence */
} tt_problem;

enum { TT_MAX_PROBLEMS = 50 };

int64_t tt_table_n_problems(const tt_table *table);
const tt_problem *tt_table_problem(const tt_table *table, int32_t index);

/* Columns with summaries and levels, the first `n_rows` rows as texts, problems, dialect,
 * fingerprint (16 hexadecimal digits): one JSON text for a preview (schema: table-json.c). The
 * caller frees it with tt_free_text. */
char *tt_table_json(const tt_table *table, int32_t n_rows);

/* Names of the columns, and some rows (from 0) as texts, cut to 200 bytes a cell, with their lines:
 * one JSON text (schema: table-json.c). The caller frees it with tt_free_text. NULL with
 * TT_BAD_DATA for a row that is not there, or TT_NO_MEMORY. */
char *tt_table_rows_json(const tt_table *table, int32_t n, const int32_t *rows, tt_error *error);

/* Texts of a column, whole, of `n` rows from `first`: a JSON list. Rows must be there. The caller
 * frees it with tt_free_text. NULL when memory runs out. */
char *tt_table_cells_json(const tt_table *table, int32_t column, int64_t first, int32_t n);

/* Up to `n` rows drawn without replacement, ascending, into `rows`; all of them when there are no
 * more. Returns how many. The same seed draws the same rows. */
int64_t tt_table_draw_rows(const tt_table *table, int64_t n, uint64_t seed, uint32_t *rows);

#endif
