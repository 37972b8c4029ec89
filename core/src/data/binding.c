#include "binding.h"

#include <stdlib.h>

static bool add_level(tt_bound *at, tt_cell cell, int32_t level) {
    at->codes[at->levels.n] = level;
    return tt_levels_count(&at->levels, cell, INT32_MAX);
}

/* The level with the name `word` among names in order, or -1. */
static int32_t search(const char *const *names, int32_t low, int32_t high, const char *word) {
    while (low < high) {
        int32_t middle = low + (high - low) / 2, order = strcmp(names[middle], word);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* Levels are in order: numbers, then words by code point, then "other". In a column that is kept as
 * it is written all are words. */
static bool bind_levels(const tt_binding *binding, tt_bound *at) {
    const tt_encoder *encoder = at->encoder;
    const char *const *names = binding->dataset->level_names + encoder->levels;
    const tt_dictionary *words = &binding->table->words[at->column];
    int32_t n_named = encoder->n_levels - (encoder->other >= 0), n_numbers = 0;
    tt_reading_kind kind = binding->table->readings[at->column].kind;
    const tt_reading as_written = {.kind = kind == TT_READ_FORMATTED ? TT_READ_PLAIN : kind};
    tt_cell cell;
    at->codes = malloc(((size_t)n_named + 1) * sizeof *at->codes);
    if (!at->codes)
        return false;
    for (; n_numbers < n_named; n_numbers++) {
        const char *name = names[n_numbers];
        if (!tt_read_by(&as_written, name, strlen(name), &cell))
            break;
        if (!add_level(at, cell, n_numbers))
            return false;
    }
    for (uint32_t code = 0; code < words->n_words; code++) {
        int32_t level = search(names, n_numbers, n_named, tt_dictionary_word(words, code));
        if (level >= 0 && !add_level(at, tt_cell_of_word(code), level))
            return false;
    }
    return true;
}

static tt_status no_memory(tt_error *error) {
    return tt_fail(error, TT_NO_MEMORY, "There is no memory left to encode the table.");
}

tt_status tt_bind(tt_binding *binding, const tt_dataset *dataset, const tt_table *table,
                  tt_error *error) {
    *binding = (tt_binding){dataset, table, NULL};
    binding->columns = calloc((size_t)dataset->n_encoders, sizeof *binding->columns);
    if (!binding->columns)
        return no_memory(error);
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        tt_bound *at = &binding->columns[e];
        at->encoder = &dataset->encoders[e];
        at->column = tt_table_find(table, dataset->column_names[e]);
        if (at->column < 0)
            return tt_fail(error, TT_BAD_DATA,
                           "The table has no column \"%s\", which the network was trained with.",
                           dataset->column_names[e]);
        if (!tt_is_numeric(at->encoder) && !bind_levels(binding, at))
            return no_memory(error);
    }
    return TT_OK;
}

void tt_binding_free(tt_binding *binding) {
    for (int32_t e = 0; binding->columns && e < binding->dataset->n_encoders; e++) {
        tt_levels_free(&binding->columns[e].levels);
        free(binding->columns[e].codes);
    }
    free(binding->columns);
    binding->columns = NULL;
}

int32_t tt_bound_level(const tt_bound *bound, tt_cell cell) {
    if (cell == TT_MISSING)
        return bound->encoder->fill_level;
    int32_t index = tt_levels_find(&bound->levels, cell);
    return index >= 0 ? bound->codes[index] : bound->encoder->other;
}
