#ifndef TT_TABLE_STORE_H
#define TT_TABLE_STORE_H

#include "dialect.h"
#include "dictionary.h"
#include "levels.h"
#include "reading.h"
#include "record.h"
#include "summary.h"
#include "tabtrain/table.h"
#include "text.h"

/* The inside of a table, and how a reader builds one.
 *
 * Cells lie in blocks of about 1 MB: a block has `block_rows` rows (a power of two) of every
 * column, column after column. So a table grows without ever being copied, and 5,000 columns cost
 * no more than their cells. */

enum {
    TT_MAX_COLUMNS = 10000,
    TT_MAX_NAME = 240,    /* bytes of a column name */
    TT_MAX_WORDS = 50000, /* distinct words that a column keeps */
    TT_MAX_WORD_BYTES = 8 << 20,
    TT_MAX_LEVELS_FOUND = 100, /* more distinct values make a column of words a text column */
};

/* The code of a word that came when the dictionary of its column was full. */
static const uint32_t TT_OTHER_WORD = UINT32_MAX - 1;

/* Rows from `row` on lie `offset` lines below their own number, until the next shift: blank lines,
 * dropped records and line breaks in quotes move what follows. */
typedef struct tt_line_shift {
    int64_t row, offset;
} tt_line_shift;

struct tt_table {
    int64_t n_rows;
    int64_t n_left_out; /* records that the sample does not have */
    int32_t n_columns;
    tt_column *columns;
    tt_summary *summaries;
    tt_dictionary *words; /* of each column */
    tt_reading *readings; /* of each column */
    bool *plain; /* of each column: a plain decimal is that number, without a closer look */
    tt_dictionary missing_words;
    bool missing_numbers; /* one of these is a number */
    int64_t n_sample;     /* rows after which the readings are settled */
    tt_dictionary names;  /* the code of a name is the index of its column */
    tt_cell **blocks;
    int32_t n_blocks, block_capacity;
    tt_cell **slabs; /* what is allocated: each holds some of the blocks */
    int32_t n_slabs;
    int32_t block_shift;  /* block_rows = 1 << block_shift */
    int32_t block_stride; /* cells from a column of a block to the next */
    tt_file_form form;    /* of the file */
    uint64_t fingerprint; /* see tt_table_fingerprint */
    tt_problem problems[TT_MAX_PROBLEMS];
    int64_t n_problems, n_problems_of[TT_N_PROBLEM_KINDS];
    tt_line_shift *line_shifts; /* by rising row */
    int64_t n_line_shifts, line_shift_capacity;
    char *scratch; /* for the conversion of a word to UTF-8 */
    size_t scratch_size;
};

/* An empty table with unnamed columns; NULL when memory runs out. */
tt_table *tt_table_new(int32_t n_columns);

/* Names the columns after the cells of `record`: trimmed, cut to TT_MAX_NAME bytes, in UTF-8,
 * without control characters, "column_3" where empty, with "_2" behind a name that was there
 * before. NULL names them column_1, column_2, ... False when memory runs out. */
bool tt_table_set_names(tt_table *table, const tt_record *record);

/* Takes what the settings say about missing words and the reading of the named columns; false when
 * memory runs out (table-settings.c). */
bool tt_table_configure(tt_table *table, const tt_config *config);

/* Settles the readings, all of them when the table is `complete`, and reads the texts that were
 * kept until then by them. One column, whose words are too many to keep: for good. False when
 * memory runs out (settle.c). */
bool tt_table_settle(tt_table *table, bool complete);
bool tt_table_settle_column(tt_table *table, int32_t column);

/* Adds a record with one cell for each column; false when memory runs out. */
bool tt_table_add_row(tt_table *table, const tt_record *record);

/* Notes the line on which the next row begins; false when memory runs out (table-lines.c). */
bool tt_table_note_line(tt_table *table, int64_t line);

/* Lists something that is wrong but not fatal. */
void tt_table_add_problem(tt_table *table, tt_problem_kind kind, int64_t line, int32_t column,
                          const char *message);

/* The type of a column of words with so many values and distinct ones. */
static inline tt_column_type tt_type_of_words(int64_t n_values, int64_t n_distinct) {
    bool few = n_distinct <= TT_MAX_LEVELS_FOUND && (n_values <= 20 || n_distinct * 2 < n_values);
    return few ? TT_COLUMN_CATEGORY : TT_COLUMN_TEXT;
}

/* Once all rows are in: settles the readings, and then finds the type and the summary of each
 * column. False when memory runs out. */
bool tt_table_close(tt_table *table);
bool tt_table_describe(tt_table *table, int32_t column);

static inline tt_cell tt_table_cell(const tt_table *table, int64_t row, int32_t column) {
    const tt_cell *block = table->blocks[row >> table->block_shift];
    int64_t in_block = row & (((int64_t)1 << table->block_shift) - 1);
    return block[(int64_t)column * table->block_stride + in_block];
}

/* A word of a column as a string, "…" for one that the full dictionary turned away. */
const char *tt_table_word(const tt_table *table, int32_t column, tt_cell cell);

/* A number of a column as tt_table_text writes it. */
void tt_table_format_number(const tt_table *table, int32_t column, double number,
                            char text[TT_DATE_SIZE]);

/* Counts the distinct values of a column into `levels`, which is cleared first; stops at `max` of
 * them, and says whether there were no more. Missing cells do not count. */
bool tt_table_levels(const tt_table *table, int32_t column, int32_t max, tt_levels *levels);

/* Orders the levels of a column: numbers ascending, then words by code point. False when memory
 * runs out. */
bool tt_table_sort_levels(const tt_table *table, int32_t column, tt_levels *levels);

/* Adds the whole text of a cell, as in tt_table_text. */
void tt_table_add_text(const tt_table *table, int32_t column, tt_cell cell, tt_text *text);

#endif
