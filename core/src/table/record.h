#ifndef TT_RECORD_H
#define TT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One record of a CSV file. Its cells point into the bytes of the file, or into the record where
 * doubled quotes or escapes had to go: they are borrowed until the next record is read. Begin with
 * {0}. */
typedef enum tt_cell_form {
    TT_TEXT,
    TT_PLAIN_NUMBER, /* `number` is its value */
    TT_RAW_QUOTED,   /* begins behind the opening quote; doubled quotes, escapes, a closing quote */
    TT_RAW_PLAIN, /* escapes and NULs are still to be taken out, as above; in no complete record */
} tt_cell_form;

typedef struct tt_cell_text {
    const char *text;
    uint32_t size;
    tt_cell_form form;
    double number;
} tt_cell_text;

typedef struct tt_record {
    tt_cell_text *cells;
    int32_t n_cells; /* that the record has */
    int32_t n_kept;  /* of these, the first ones, that `cells` holds */
    int32_t capacity;
    int32_t n_raw;
    int32_t nul;       /* the first cell, from 1, that had a NUL byte; 0 for none */
    int32_t bad_quote; /* the first cell, from 1, with text behind its closing quote; 0 for none */
    bool quoted;       /* it has a quoted cell */
    int64_t line;      /* where it starts, counted from 1 */
    char *scratch;     /* for the cells that were raw */
    size_t scratch_size;
} tt_record;

/* Makes room for `n` cells in all; false when memory runs out. */
bool tt_record_reserve(tt_record *record, int32_t n);

/* Takes quotes, escapes and NULs out of the raw cells, which become texts; false when memory runs
 * out. */
bool tt_record_unescape(tt_record *record, char quote, char escape);

void tt_record_clear(tt_record *record, int64_t line);
void tt_record_free(tt_record *record);

#endif
