#include <assert.h>
#include <stdlib.h>

#include "decimal.h"
#include "random.h"
#include "table-store.h"
#include "text.h"

void tt_table_free(tt_table *table) {
    if (!table)
        return;
    for (int32_t i = 0; table->words && i < table->n_columns; i++)
        tt_dictionary_free(&table->words[i]);
    for (int32_t i = 0; i < table->n_slabs; i++)
        free(table->slabs[i]);
    tt_dictionary_free(&table->names);
    tt_dictionary_free(&table->missing_words);
    free(table->readings);
    free(table->plain);
    free(table->words);
    free(table->slabs);
    free(table->blocks);
    free(table->columns);
    free(table->summaries);
    free(table->line_shifts);
    free(table->scratch);
    free(table);
}

int64_t tt_table_n_rows(const tt_table *table) {
    return table->n_rows;
}

int32_t tt_table_n_columns(const tt_table *table) {
    return table->n_columns;
}

const tt_column *tt_table_column(const tt_table *table, int32_t column) {
    assert(column >= 0 && column < table->n_columns);
    return &table->columns[column];
}

int32_t tt_table_find(const tt_table *table, const char *name) {
    return (int32_t)tt_dictionary_find(&table->names, name, strlen(name));
}

static bool may_be_target(const tt_table *table, const tt_column *column) {
    int64_t n_values = table->n_rows - column->n_missing, n = column->n_distinct;
    if (column->type == TT_COLUMN_CATEGORY)
        return n > 1 && n < n_values;
    return column->type == TT_COLUMN_NUMBER && n > 1;
}

int32_t tt_table_default_target(const tt_table *table) {
    int32_t last = table->n_columns - 1, column = last;
    while (column >= 0 && !may_be_target(table, &table->columns[column]))
        column--;
    return column >= 0 ? column : last;
}

uint64_t tt_table_fingerprint(const tt_table *table) {
    return table->fingerprint;
}

static tt_cell cell_at(const tt_table *table, int64_t row, int32_t column) {
    assert(row >= 0 && row < table->n_rows && column >= 0 && column < table->n_columns);
    return tt_table_cell(table, row, column);
}

double tt_table_number(const tt_table *table, int64_t row, int32_t column) {
    tt_cell cell = cell_at(table, row, column);
    return tt_is_number(cell) ? tt_number_of(cell) : __builtin_nan("");
}

const char *tt_table_word(const tt_table *table, int32_t column, tt_cell cell) {
    uint32_t code = tt_word_of(cell);
    return code == TT_OTHER_WORD ? "\u2026" : tt_dictionary_word(&table->words[column], code);
}

void tt_table_format_number(const tt_table *table, int32_t column, double number,
                            char text[TT_DATE_SIZE]) {
    if (table->readings[column].kind == TT_READ_DATE)
        tt_format_date(number, text);
    else
        tt_format_decimal(number, text);
}

size_t tt_table_text(const tt_table *table, int64_t row, int32_t column, char *text, size_t size) {
    tt_cell cell = cell_at(table, row, column);
    char digits[TT_DATE_SIZE] = "";
    const char *whole = digits;
    if (tt_is_number(cell))
        tt_table_format_number(table, column, tt_number_of(cell), digits);
    else if (tt_is_word(cell))
        whole = tt_table_word(table, column, cell);
    tt_format(text, size, "%s", whole);
    return strlen(whole);
}

int64_t tt_table_n_problems(const tt_table *table) {
    return table->n_problems;
}

const tt_problem *tt_table_problem(const tt_table *table, int32_t index) {
    assert(index >= 0 && index < TT_MAX_PROBLEMS && index < table->n_problems);
    return &table->problems[index];
}

int64_t tt_table_draw_rows(const tt_table *table, int64_t n, uint64_t seed, uint32_t *rows) {
    tt_random random = tt_random_new(seed, TT_FOR_SAMPLES);
    return tt_random_sample(&random, (uint32_t)table->n_rows, n, rows);
}

const char *tt_problem_kind_key(tt_problem_kind kind) {
    static const char *const keys[TT_N_PROBLEM_KINDS] = {
        [TT_RAGGED_ROW] = "ragged_rows", [TT_BAD_QUOTE] = "bad_quotes",
        [TT_BAD_BYTES] = "bad_bytes",    [TT_INFINITE_NUMBER] = "infinite_numbers",
        [TT_BAD_NUMBER] = "bad_numbers",
    };
    return keys[kind];
}
