#include <stdlib.h>

#include "maths.h"
#include "number-format.h"
#include "table-store.h"
#include "text.h"
#include "utf8.h"

enum {
    BLOCK_CELLS = 1 << 17,
    MIN_BLOCK_SHIFT = 3,
    MOST_BAD = 10,           /* so many numbers at least for one that is bad */
    MOST_NUMBER_LEVELS = 10, /* distinct numbers that may be levels beside words */
};

/* Columns whose distance is a multiple of 2 KB or so fall into few sets of the cache, and a row
 * that is written across all of them would push itself out: longer columns lie 64 bytes further
 * apart. */
static void choose_block_shape(tt_table *table) {
    int32_t shift = MIN_BLOCK_SHIFT;
    while ((int64_t)table->n_columns << (shift + 1) <= BLOCK_CELLS)
        shift++;
    table->block_shift = shift;
    table->block_stride = (1 << shift) + (shift >= 8 ? 8 : 0);
}

tt_table *tt_table_new(int32_t n_columns) {
    tt_table *table = calloc(1, sizeof *table);
    if (!table)
        return NULL;
    size_t n = (size_t)n_columns;
    table->n_columns = n_columns;
    table->columns = calloc(n, sizeof *table->columns);
    table->summaries = calloc(n, sizeof *table->summaries);
    table->words = calloc(n, sizeof *table->words);
    table->readings = calloc(n, sizeof *table->readings);
    table->plain = calloc(n, sizeof *table->plain);
    if (!table->columns || !table->summaries || !table->words || !table->readings ||
        !table->plain) {
        tt_table_free(table);
        return NULL;
    }
    for (int32_t i = 0; i < n_columns; i++)
        table->summaries[i] = tt_summary_new();
    choose_block_shape(table);
    return table;
}

static bool reserve_scratch(tt_table *table, size_t size) {
    if (size <= table->scratch_size)
        return true;
    char *scratch = realloc(table->scratch, size);
    if (!scratch)
        return false;
    table->scratch = scratch;
    table->scratch_size = size;
    return true;
}

/* The text as UTF-8: itself, or its Windows-1252 reading in the scratch buffer; NULL without
 * memory. */
static const char *as_utf8(tt_table *table, const char *text, size_t *size, int64_t line,
                           int32_t column) {
    if (tt_is_utf8(text, *size))
        return text;
    if (!reserve_scratch(table, 3 * *size))
        return NULL;
    *size = tt_windows1252_to_utf8(text, *size, table->scratch);
    tt_table_add_problem(
        table, TT_BAD_BYTES, line, column,
        "this cell is not UTF-8 and was read as Windows-1252; save the file as UTF-8");
    return table->scratch;
}

/* Copies a name without control characters, and without spaces around it; returns its length. */
static size_t clean_name(const char *text, size_t size, char name[TT_MAX_NAME + 1]) {
    while (size > 0 && (unsigned char)text[size - 1] <= ' ')
        size--;
    while (size > 0 && (unsigned char)*text <= ' ')
        text++, size--;
    size = tt_utf8_cut(text, size, TT_MAX_NAME);
    for (size_t i = 0; i < size; i++)
        name[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
    name[size] = 0;
    return size;
}

/* Adds the name or, when it is taken, the first of name_2, name_3, ... that is free. `tries` keeps
 * the last number given to each name, so that equal names stay cheap. */
static bool add_unique_name(tt_dictionary *names, const char *name, size_t size, int32_t *tries) {
    uint32_t taken = tt_dictionary_find(names, name, size);
    if (taken == TT_NO_WORD)
        return tt_dictionary_add(names, name, size) != TT_NO_WORD;
    char numbered[TT_MAX_NAME + 16];
    do
        tt_format(numbered, sizeof numbered, "%s_%i", name, ++tries[taken] + 1);
    while (tt_dictionary_find(names, numbered, strlen(numbered)) != TT_NO_WORD);
    return tt_dictionary_add(names, numbered, strlen(numbered)) != TT_NO_WORD;
}

static bool add_name(tt_table *table, int32_t column, const tt_record *record, int32_t *tries) {
    char name[TT_MAX_NAME + 1];
    size_t size = 0;
    if (record) {
        size = record->cells[column].size;
        const char *text = record->cells[column].text;
        text = as_utf8(table, text, &size, record->line, column + 1);
        if (!text)
            return false;
        size = clean_name(text, size, name);
    }
    if (size == 0) {
        tt_format(name, sizeof name, "column_%i", column + 1);
        size = strlen(name);
    }
    return add_unique_name(&table->names, name, size, tries);
}

bool tt_table_set_names(tt_table *table, const tt_record *record) {
    int32_t *tries = calloc((size_t)table->n_columns, sizeof *tries);
    bool good = tries != NULL;
    for (int32_t i = 0; good && i < table->n_columns; i++)
        good = add_name(table, i, record, tries);
    free(tries);
    for (int32_t i = 0; good && i < table->n_columns; i++)
        table->columns[i].name = tt_dictionary_word(&table->names, (uint32_t)i);
    return good;
}

/* The code of a word whose bytes are none of the known ones, though it may be one in UTF-8;
 * TT_NO_WORD when memory runs out. */
static uint32_t new_word_code(tt_table *table, int32_t column, const char *text, size_t size,
                              int64_t line) {
    tt_dictionary *words = &table->words[column];
    const char *utf8 = as_utf8(table, text, &size, line, column + 1);
    if (!utf8)
        return TT_NO_WORD;
    uint32_t code = utf8 == text ? TT_NO_WORD : tt_dictionary_find(words, utf8, size);
    if (code != TT_NO_WORD)
        return code;
    if (words->n_words >= TT_MAX_WORDS || words->n_bytes + size > TT_MAX_WORD_BYTES)
        return TT_OTHER_WORD;
    return tt_dictionary_add(words, utf8, size);
}

/* The word for a missing value that the text is, or TT_NO_WORD. */
static uint32_t missing_word(const tt_table *table, int32_t column, const char *text, size_t size) {
    if (table->readings[column].keeps_all)
        return TT_NO_WORD;
    return tt_dictionary_find(&table->missing_words, text, size);
}

static void count_missing_word(tt_table *table, int32_t column, uint32_t word) {
    tt_column *about = &table->columns[column];
    if (about->n_missing_words++ == 0)
        about->missing_word = tt_dictionary_word(&table->missing_words, word);
}

static bool is_infinite(const char *text, size_t size) {
    double number;
    return tt_read_cell(text, size, &number) == TT_CELL_INFINITE;
}

static bool is_full(const tt_dictionary *words) {
    return words->n_words >= TT_MAX_WORDS || words->n_bytes >= TT_MAX_WORD_BYTES;
}

static bool read_known_word(const tt_table *table, int32_t column, const char *text, size_t size,
                            tt_cell *cell) {
    uint32_t code = tt_dictionary_find(&table->words[column], text, size);
    if (code != TT_NO_WORD)
        *cell = tt_cell_of_word(code);
    return code != TT_NO_WORD;
}

static bool read_new_word(tt_table *table, const tt_record *record, int32_t column, tt_cell *cell) {
    const char *text = record->cells[column].text;
    size_t size = record->cells[column].size;
    uint32_t code = new_word_code(table, column, text, size, record->line);
    *cell = tt_cell_of_word(code);
    return code != TT_NO_WORD;
}

/* A word that is known was looked at when it came first: it is no number by the reading of the
 * column, and stands for no missing value. */
static bool read_text(tt_table *table, const tt_record *record, int32_t column, tt_cell *cell) {
    const char *text = record->cells[column].text;
    size_t size = record->cells[column].size;
    const tt_reading *reading = &table->readings[column];
    *cell = TT_MISSING;
    if (size == 0)
        return true;
    bool settles = !reading->final && is_full(&table->words[column]);
    if (!settles && read_known_word(table, column, text, size, cell))
        return true;
    uint32_t word = missing_word(table, column, text, size);
    if (word != TT_NO_WORD) {
        count_missing_word(table, column, word);
        return true;
    }
    if (settles && !tt_table_settle_column(table, column))
        return false;
    if (reading->settled && tt_read_by(reading, text, size, cell))
        return true;
    if (settles && read_known_word(table, column, text, size, cell))
        return true;
    if (reading->kind == TT_READ_VERBATIM || !is_infinite(text, size))
        return read_new_word(table, record, column, cell);
    tt_table_add_problem(table, TT_INFINITE_NUMBER, record->line, column + 1,
                         "an infinite or too large number counts as missing");
    return true;
}

/* Blocks lie in slabs of as many as an eighth of those before: the memory of a tab grows in few
 * steps, each of which is costly, and at most an eighth too far. */
static bool add_slab(tt_table *table) {
    int32_t n = 1 + table->n_blocks / 8, needed = table->n_blocks + n;
    tt_cell **blocks = realloc(table->blocks, (size_t)needed * sizeof *blocks);
    if (blocks)
        table->blocks = blocks;
    tt_cell **slabs = realloc(table->slabs, ((size_t)table->n_slabs + 1) * sizeof *slabs);
    if (slabs)
        table->slabs = slabs;
    size_t cells = (size_t)table->n_columns * (size_t)table->block_stride;
    tt_cell *slab = blocks && slabs ? malloc((size_t)n * cells * sizeof *slab) : NULL;
    if (!slab)
        return false;
    table->slabs[table->n_slabs++] = slab;
    for (int32_t i = 0; i < n; i++)
        table->blocks[table->n_blocks + i] = slab + (size_t)i * cells;
    table->block_capacity = needed;
    return true;
}

static bool add_block(tt_table *table) {
    if (table->n_blocks == table->block_capacity && !add_slab(table))
        return false;
    table->n_blocks++;
    return true;
}

static void summarise_block(tt_table *table, int64_t n_rows) {
    const tt_cell *cells = table->blocks[table->n_blocks - 1];
    for (int32_t i = 0; i < table->n_columns; i++)
        tt_summary_add(&table->summaries[i], cells + (size_t)i * (size_t)table->block_stride,
                       n_rows);
}

bool tt_table_add_row(tt_table *table, const tt_record *record) {
    int64_t block_rows = (int64_t)1 << table->block_shift;
    int64_t in_block = table->n_rows & (block_rows - 1);
    if ((in_block == 0 && !add_block(table)) || !tt_table_note_line(table, record->line))
        return false;
    tt_cell *cell = table->blocks[table->n_blocks - 1] + in_block;
    for (int32_t i = 0; i < table->n_columns; i++, cell += table->block_stride) {
        if (record->cells[i].form == TT_PLAIN_NUMBER && table->plain[i])
            *cell = tt_cell_of_number(record->cells[i].number);
        else if (!read_text(table, record, i, cell))
            return false;
    }
    table->n_rows++;
    if (in_block + 1 == block_rows)
        summarise_block(table, block_rows);
    return table->n_rows != table->n_sample || tt_table_settle(table, false);
}

void tt_table_add_problem(tt_table *table, tt_problem_kind kind, int64_t line, int32_t column,
                          const char *message) {
    table->n_problems_of[kind]++;
    if (table->n_problems++ >= TT_MAX_PROBLEMS)
        return;
    tt_problem *problem = &table->problems[table->n_problems - 1];
    problem->kind = kind;
    problem->line = line;
    problem->column = column;
    tt_format(problem->message, sizeof problem->message, "%s", message);
}

/* Numbers with a few other texts among them, which are then bad numbers; not if one of these is a
 * code, such as 007, or if the numbers themselves may be levels. */
static bool has_bad_numbers(const tt_table *table, int32_t column, int64_t n_distinct) {
    const tt_summary *summary = &table->summaries[column];
    const tt_dictionary *words = &table->words[column];
    tt_reading_kind kind = table->readings[column].kind;
    if (summary->n_words * MOST_BAD > summary->n_numbers || kind == TT_READ_VERBATIM)
        return false;
    if (kind != TT_READ_DATE && n_distinct - words->n_words <= MOST_NUMBER_LEVELS)
        return false;
    for (uint32_t code = 0; code < words->n_words; code++)
        if (tt_is_code(tt_dictionary_word(words, code), tt_dictionary_length(words, code)))
            return false;
    return true;
}

static tt_column_type find_type(const tt_table *table, int32_t column, int64_t n_distinct) {
    const tt_summary *summary = &table->summaries[column];
    if (summary->n_words == 0 || has_bad_numbers(table, column, n_distinct))
        return table->readings[column].kind == TT_READ_DATE ? TT_COLUMN_DATE : TT_COLUMN_NUMBER;
    return tt_type_of_words(summary->n_numbers + summary->n_words, n_distinct);
}

static void describe_column(tt_table *table, int32_t index, int64_t n_distinct) {
    tt_column *column = &table->columns[index];
    const tt_summary *summary = &table->summaries[index];
    bool any = summary->n_numbers > 0;
    column->type = find_type(table, index, n_distinct);
    column->whole = any && summary->whole;
    column->n_missing = summary->n_missing;
    column->n_words = summary->n_words;
    column->n_distinct = n_distinct;
    column->min = any ? summary->min : __builtin_nan("");
    column->max = any ? summary->max : __builtin_nan("");
    column->mean = any ? summary->mean : __builtin_nan("");
    column->deviation =
        any ? tt_sqrt(summary->squares / (double)summary->n_numbers) : __builtin_nan("");
}

static void list_bad_number(tt_table *table, int64_t row, int32_t column, tt_cell cell) {
    char message[sizeof((tt_problem *)0)->message], text[40], name[48];
    bool date = table->columns[column].type == TT_COLUMN_DATE;
    tt_format(text, sizeof text, "%s", tt_table_word(table, column, cell));
    tt_format(name, sizeof name, "%s", table->columns[column].name);
    tt_format(message, sizeof message,
              date ? "\"%s\" in the column \"%s\" is not a date"
                   : "\"%s\" in the column \"%s\" is not a number",
              text, name);
    tt_table_add_problem(table, TT_BAD_NUMBER, tt_table_line(table, row), column + 1, message);
}

static void list_bad_numbers(tt_table *table, int32_t column) {
    bool numbers = table->columns[column].type == TT_COLUMN_NUMBER ||
                   table->columns[column].type == TT_COLUMN_DATE;
    int64_t n = numbers ? table->columns[column].n_words : 0;
    for (int64_t row = 0; n > 0 && row < table->n_rows; row++) {
        tt_cell cell = tt_table_cell(table, row, column);
        if (!tt_is_word(cell))
            continue;
        list_bad_number(table, row, column, cell);
        n--;
    }
}

bool tt_table_close(tt_table *table) {
    int64_t rest = table->n_rows & (((int64_t)1 << table->block_shift) - 1);
    if (rest > 0)
        summarise_block(table, rest);
    free(table->scratch);
    table->scratch = NULL;
    table->scratch_size = 0;
    return tt_table_settle(table, true);
}

/* Distinct values up to TT_MAX_DISTINCT; -1 when memory runs out. Each word that the column keeps
 * is in one of its cells; where there are no numbers, and no word was turned away for its length,
 * nothing is left to be counted. */
static int64_t count_distinct(const tt_table *table, int32_t column) {
    const tt_dictionary *words = &table->words[column];
    if (table->summaries[column].n_numbers == 0 && words->n_bytes < TT_MAX_WORD_BYTES / 2)
        return words->n_words < TT_MAX_DISTINCT ? words->n_words : TT_MAX_DISTINCT;
    tt_levels levels = {0};
    tt_table_levels(table, column, TT_MAX_DISTINCT, &levels);
    int64_t n = levels.failed ? -1 : levels.n;
    tt_levels_free(&levels);
    return n;
}

bool tt_table_describe(tt_table *table, int32_t column) {
    tt_dictionary_close(&table->words[column]);
    int64_t n_distinct = count_distinct(table, column);
    if (n_distinct < 0)
        return false;
    describe_column(table, column, n_distinct);
    list_bad_numbers(table, column);
    return true;
}
