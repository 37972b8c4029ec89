#include "describer.h"

#include <stdlib.h>

#include "maths.h"
#include "relation.h"
#include "select.h"

enum {
    MAX_COUNTED = 1 << 20,     /* distinct values */
    MAX_RELATED_LEVELS = 1000, /* as many as a feature or a target may have */
};

static bool is_numeric(const tt_describer *d, int32_t column) {
    return tt_is_numeric_role(d->build.roles[column]);
}

static tt_status reserve_rows(tt_describer *d, tt_column_rows *rows) {
    size_t n = (size_t)d->build.table->n_rows;
    rows->numbers = malloc(n * sizeof *rows->numbers);
    rows->codes = malloc(n * sizeof *rows->codes);
    return rows->numbers && rows->codes ? TT_OK : tt_build_no_memory(&d->build);
}

/* Columns as they were found. */
static void take_roles_as_found(tt_build *build) {
    for (int32_t i = 0; i < build->table->n_columns; i++)
        build->roles[i] = tt_role_found(build->table, i);
}

static bool choose_target(tt_build *build) {
    tt_error ignored;
    tt_error *error = build->error;
    build->error = &ignored;
    bool chosen = tt_choose_columns(build) == TT_OK;
    if (!chosen)
        take_roles_as_found(build);
    chosen = chosen && tt_choose_rows(build) == TT_OK && tt_choose_task(build) == TT_OK;
    build->error = error;
    return chosen;
}

static void gather_target(tt_describer *d) {
    const tt_build *build = &d->build;
    bool numbers = build->task == TT_REGRESSION;
    d->target.n_codes = numbers ? 0 : build->classes[0].n;
    for (int64_t row = 0; row < build->table->n_rows; row++) {
        tt_cell cell = tt_build_cell(build, row, build->targets[0]);
        bool there = cell != TT_MISSING;
        d->target.numbers[row] = numbers && there ? tt_number_of(cell) : __builtin_nan("");
        d->target.codes[row] = numbers || !there ? -1 : tt_levels_find(&build->classes[0], cell);
    }
}

tt_status tt_describer_begin(tt_describer *d, const tt_table *table, const tt_config *config,
                             tt_error *error) {
    *d = (tt_describer){.build = {.table = table, .config = config, .error = error}};
    tt_status status = tt_build_begin(&d->build);
    if (status == TT_OK)
        status = reserve_rows(d, &d->rows);
    if (status == TT_OK)
        status = reserve_rows(d, &d->target);
    d->present = malloc((size_t)table->n_rows * sizeof *d->present);
    if (status != TT_OK || !d->present)
        return tt_build_no_memory(&d->build);
    d->has_target = choose_target(&d->build);
    if (d->has_target)
        gather_target(d);
    return TT_OK;
}

void tt_describer_free(tt_describer *d) {
    tt_build_free(&d->build);
    tt_levels_free(&d->levels);
    free(d->rows.numbers);
    free(d->rows.codes);
    free(d->target.numbers);
    free(d->target.codes);
    free(d->present);
}

/* Fills in the rows and the levels; counts. */
static void gather(tt_describer *d, int32_t column) {
    const tt_table *table = d->build.table;
    tt_levels_clear(&d->levels);
    d->n_values = d->n_missing = d->n_bad = 0;
    d->all_levels = true;
    for (int64_t row = 0; row < table->n_rows; row++) {
        tt_cell cell = tt_build_cell(&d->build, row, column);
        d->rows.numbers[row] = tt_is_number(cell) ? tt_number_of(cell) : __builtin_nan("");
        d->rows.codes[row] = -1;
        if (cell == TT_MISSING) {
            bool bad = tt_table_cell(table, row, column) != TT_MISSING;
            d->n_bad += bad;
            d->n_missing += !bad;
            continue;
        }
        d->n_values++;
        if (tt_levels_count(&d->levels, cell, MAX_COUNTED))
            d->rows.codes[row] = tt_levels_find(&d->levels, cell);
        else
            d->all_levels = false;
    }
    d->rows.n_codes = is_numeric(d, column) ? 0 : d->levels.n;
}

static void describe_numbers(tt_describer *d, int32_t column, int32_t n_bins) {
    int64_t n = 0;
    for (int64_t row = 0; row < d->build.table->n_rows; row++)
        if (d->rows.numbers[row] == d->rows.numbers[row])
            d->present[n++] = d->rows.numbers[row];
    if (n == 0)
        return;
    tt_distribute(n, d->present, d->build.table->columns[column].whole, n_bins, &d->of);
    d->first_quartile = tt_quantile(n, d->present, 0.25);
    d->median = tt_quantile(n, d->present, 0.5);
    d->third_quartile = tt_quantile(n, d->present, 0.75);
}

static bool relate(tt_describer *d, int32_t column) {
    const tt_column_rows *x = &d->rows, *y = &d->target;
    int64_t n = d->build.table->n_rows;
    bool too_many = d->build.roles[column] == TT_AS_TEXT || x->n_codes > MAX_RELATED_LEVELS;
    d->measure = TT_NO_MEASURE;
    d->relation = __builtin_nan("");
    if (!d->has_target || too_many || column == d->build.targets[0] || d->n_values == 0)
        return true;
    if (x->n_codes > 0 && y->n_codes > 0) {
        d->measure = TT_CRAMERS_V;
        return tt_cramers_v(n, x->n_codes, x->codes, y->n_codes, y->codes, &d->relation);
    }
    if (x->n_codes == 0 && y->n_codes == 0) {
        d->measure = TT_PEARSON;
        d->relation = tt_pearson(n, x->numbers, y->numbers);
        return true;
    }
    d->measure = TT_ETA_SQUARED;
    return x->n_codes > 0 ? tt_eta_squared(n, y->numbers, x->n_codes, x->codes, &d->relation)
                          : tt_eta_squared(n, x->numbers, y->n_codes, y->codes, &d->relation);
}

tt_status tt_describe_column(tt_describer *d, int32_t column, int32_t n_bins) {
    gather(d, column);
    tt_distribute(0, NULL, false, n_bins, &d->of);
    d->first_quartile = d->median = d->third_quartile = __builtin_nan("");
    if (is_numeric(d, column))
        describe_numbers(d, column, n_bins);
    bool good = !d->levels.failed && relate(d, column);
    return good ? TT_OK : tt_build_no_memory(&d->build);
}
