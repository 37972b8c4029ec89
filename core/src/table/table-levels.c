#include <stdlib.h>

#include "table-store.h"

bool tt_table_levels(const tt_table *table, int32_t column, int32_t max, tt_levels *levels) {
    tt_levels_clear(levels);
    for (int64_t row = 0; row < table->n_rows; row++) {
        tt_cell cell = tt_table_cell(table, row, column);
        if (cell != TT_MISSING && !tt_levels_count(levels, cell, max))
            return false;
    }
    return true;
}

typedef struct sort_key {
    tt_level level;
    const char *word; /* NULL for a number */
} sort_key;

static int compare_keys(const void *a, const void *b) {
    const sort_key *left = a, *right = b;
    if (left->word && right->word)
        return strcmp(left->word, right->word);
    if (left->word || right->word)
        return left->word ? 1 : -1;
    double x = tt_number_of(left->level.cell), y = tt_number_of(right->level.cell);
    return x < y ? -1 : x > y;
}

bool tt_table_sort_levels(const tt_table *table, int32_t column, tt_levels *levels) {
    sort_key *keys = malloc(((size_t)levels->n + 1) * sizeof *keys);
    if (!keys)
        return false;
    for (int32_t i = 0; i < levels->n; i++) {
        tt_cell cell = levels->items[i].cell;
        keys[i].level = levels->items[i];
        keys[i].word = tt_is_word(cell) ? tt_table_word(table, column, cell) : NULL;
    }
    qsort(keys, (size_t)levels->n, sizeof *keys, compare_keys);
    for (int32_t i = 0; i < levels->n; i++)
        levels->items[i] = keys[i].level;
    tt_levels_reindex(levels);
    free(keys);
    return true;
}

void tt_table_add_text(const tt_table *table, int32_t column, tt_cell cell, tt_text *text) {
    char digits[TT_DATE_SIZE];
    if (tt_is_number(cell)) {
        tt_table_format_number(table, column, tt_number_of(cell), digits);
        tt_text_add(text, "%s", digits);
    } else if (tt_is_word(cell)) {
        tt_text_add(text, "%s", tt_table_word(table, column, cell));
    }
}
