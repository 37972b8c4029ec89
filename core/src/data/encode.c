#include <assert.h>
#include <stdlib.h>

#include "dataset-build.h"

enum { TILE_ROWS = 256 }; /* rows of x that are filled together, so that they stay in the cache */

/* An encoder on a table: its column, and the cells that its levels are there. */
typedef struct bound {
    const tt_encoder *encoder;
    const double *fitted;
    int32_t column;
    tt_levels levels; /* those that the table has */
    int32_t *codes;   /* the level that each of them is */
} bound;

static bool add_level(bound *at, tt_cell cell, int32_t level) {
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

/* Levels are in order: numbers, then words by code point, then "other". */
static bool bind_levels(const tt_dataset *dataset, const tt_table *table, bound *at) {
    const tt_encoder *encoder = at->encoder;
    const char *const *names = dataset->level_names + encoder->levels;
    const tt_dictionary *words = &table->words[at->column];
    int32_t n_named = encoder->n_levels - (encoder->other >= 0), n_numbers = 0;
    double number;
    at->codes = malloc(((size_t)n_named + 1) * sizeof *at->codes);
    if (!at->codes)
        return false;
    for (; n_numbers < n_named; n_numbers++) {
        const char *name = names[n_numbers];
        if (tt_read_cell(name, strlen(name), &number) != TT_CELL_NUMBER)
            break;
        if (!add_level(at, tt_cell_of_number(number), n_numbers))
            return false;
    }
    for (uint32_t code = 0; code < words->n_words; code++) {
        int32_t level = search(names, n_numbers, n_named, tt_dictionary_word(words, code));
        if (level >= 0 && !add_level(at, tt_cell_of_word(code), level))
            return false;
    }
    return true;
}

static tt_status bind(const tt_dataset *dataset, const tt_table *table, bound *all,
                      tt_error *error) {
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        bound *at = &all[e];
        at->encoder = &dataset->encoders[e];
        at->fitted = dataset->fitted + at->encoder->fitted;
        at->column = tt_table_find(table, dataset->column_names[e]);
        if (at->column < 0)
            return tt_fail(error, TT_BAD_DATA,
                           "The table has no column \"%s\", which the network was trained with.",
                           dataset->column_names[e]);
        if (at->encoder->coding != TT_CODE_NUMBER && !bind_levels(dataset, table, at))
            return tt_fail(error, TT_NO_MEMORY, "There is no memory left to encode the table.");
    }
    return TT_OK;
}

static tt_cell cell_at(const bound *at, const tt_table *table, int64_t row) {
    tt_cell cell = tt_table_cell(table, row, at->column);
    return at->encoder->coding == TT_CODE_NUMBER && !tt_is_number(cell) ? TT_MISSING : cell;
}

/* -1 for an unknown one. */
static int32_t level_of(const bound *at, tt_cell cell) {
    if (cell == TT_MISSING)
        return at->encoder->fill_level;
    int32_t index = tt_levels_find(&at->levels, cell);
    return index >= 0 ? at->codes[index] : at->encoder->other;
}

static double value_of(const bound *at, tt_cell cell) {
    if (at->encoder->coding == TT_CODE_ORDINAL)
        return level_of(at, cell);
    return cell == TT_MISSING ? at->encoder->fill : tt_number_of(cell);
}

static void encode_one_hot(const bound *at, tt_cell cell, float *x) {
    int32_t feature = level_of(at, cell) - at->encoder->dropped;
    if (feature >= 0 && !at->encoder->constant)
        x[feature] = 1;
}

/* False when the scaled value is not finite. */
static bool encode_value(const tt_scaler *scaler, const bound *at, tt_cell cell, float *x) {
    if (at->encoder->flag)
        x[1] = cell == TT_MISSING;
    if (!at->encoder->constant)
        x[0] = (float)scaler->apply(at->fitted, value_of(at, cell));
    return x[0] - x[0] == 0;
}

static tt_status encode_column(const tt_dataset *dataset, const tt_table *table, const bound *at,
                               int64_t first, int64_t n, const uint32_t *rows, float *x,
                               tt_error *error) {
    x += at->encoder->first;
    for (int64_t i = 0; i < n; i++, x += dataset->n_features) {
        tt_cell cell = cell_at(at, table, rows ? rows[first + i] : first + i);
        if (at->encoder->coding == TT_CODE_ONE_HOT)
            encode_one_hot(at, cell, x);
        else if (!encode_value(dataset->scaler, at, cell, x))
            return tt_fail_at_number(error, table, at->column, dataset->scaler, value_of(at, cell));
    }
    return TT_OK;
}

tt_status tt_encode_rows(const tt_dataset *dataset, const tt_table *table, int64_t n_rows,
                         const uint32_t *rows, float *x, tt_error *error) {
    bound *all = calloc((size_t)dataset->n_encoders, sizeof *all);
    tt_status status =
        all ? bind(dataset, table, all, error)
            : tt_fail(error, TT_NO_MEMORY, "There is no memory left to encode the table.");
    for (int64_t row = 0; row < n_rows && status == TT_OK; row += TILE_ROWS) {
        int64_t n = n_rows - row < TILE_ROWS ? n_rows - row : TILE_ROWS;
        float *tile = x + row * dataset->n_features;
        for (int32_t e = 0; e < dataset->n_encoders && status == TT_OK; e++)
            status = encode_column(dataset, table, &all[e], row, n, rows, tile, error);
    }
    for (int32_t e = 0; all && e < dataset->n_encoders; e++) {
        tt_levels_free(&all[e].levels);
        free(all[e].codes);
    }
    free(all);
    return status;
}

tt_status tt_dataset_encode(const tt_dataset *dataset, const tt_table *table, float *x,
                            tt_error *error) {
    assert(dataset->n_encoders > 0);
    int64_t n = table->n_rows;
    memset(x, 0, (size_t)(n * dataset->n_features) * sizeof *x);
    return tt_encode_rows(dataset, table, n, NULL, x, error);
}
