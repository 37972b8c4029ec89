#include <stdlib.h>

#include "dataset-build.h"
#include "row-set.h"
#include "settings.h"

tt_status tt_fail_at_target(const tt_build *build, int32_t target, const char *message) {
    int32_t column = build->targets[target];
    return tt_fail_at(build->error, 0, column + 1, message, build->table->columns[column].name);
}

/* Which rows cannot be used beside those without a target. */
typedef struct dropping {
    bool *columns;    /* of the table: features in which a value must be there */
    bool missing;     /* there are such columns */
    bool bad_numbers; /* in no feature */
} dropping;

static bool is_dropped(const tt_build *build, int64_t row, int32_t feature, const dropping *drop) {
    if (tt_build_cell(build, row, feature) != TT_MISSING)
        return false;
    bool bad = tt_table_cell(build->table, row, feature) != TT_MISSING;
    return drop->columns[feature] || (bad && drop->bad_numbers);
}

static bool is_usable(const tt_build *build, int64_t row, const dropping *drop) {
    bool any = drop->missing || drop->bad_numbers;
    for (int32_t t = 0; t < build->n_targets; t++)
        if (tt_build_cell(build, row, build->targets[t]) == TT_MISSING)
            return false;
    for (int32_t i = 0; any && i < build->table->n_columns; i++)
        if (build->features[i] && is_dropped(build, row, i, drop))
            return false;
    return true;
}

static tt_status choose_dropping(tt_build *build, dropping *drop) {
    *drop = (dropping){.columns = calloc((size_t)build->table->n_columns, sizeof *drop->columns),
                       .bad_numbers = tt_config_is(build->config, "data.bad_numbers", "drop")};
    tt_status status = drop->columns ? TT_OK : tt_build_no_memory(build);
    for (int32_t i = 0; i < build->table->n_columns && status == TT_OK; i++) {
        if (!build->features[i])
            continue;
        status = tt_use_steps(build, i);
        drop->columns[i] = status == TT_OK && tt_config_is(build->steps, "data.missing", "drop");
        drop->missing |= drop->columns[i];
    }
    return status;
}

static tt_status check_n_rows(const tt_build *build, const dropping *drop) {
    for (int32_t t = 0; t < build->n_targets; t++)
        if (tt_is_empty_column(build, build->targets[t]))
            return tt_fail_at_target(build, t,
                                     "The target \"%s\" has nothing but missing values. Choose "
                                     "another column in data.target.");
    if (build->n_rows == 0 && build->n_targets > 1 && !drop->missing && !drop->bad_numbers)
        return tt_fail_key(build->error, "data.target",
                           "No row has a value in every target column. Choose fewer of them.");
    if (build->n_rows == 0 && drop->missing)
        return tt_fail_key(
            build->error,
            tt_config_is(build->config, "data.missing", "drop") ? "data.missing" : "data.by_column",
            "Every row has a missing value, so that drop leaves none. Fill in the "
            "mean or the median, or leave out the columns with most missing values.");
    if (build->n_rows == 0 && drop->bad_numbers)
        return tt_fail_key(
            build->error, "data.bad_numbers",
            "Every row has a bad number, so that drop leaves none. Choose missing or text.");
    if (build->n_rows < 2)
        return tt_fail_at(build->error, 0, 0,
                          "Only one row can be used; training needs two at least, and many more to "
                          "learn something.");
    return TT_OK;
}

/* Keeps the first of the rows that are the same in all features and targets. */
static tt_status drop_repeats(tt_build *build) {
    int32_t n_columns = 0;
    tt_row_set set = {0};
    tt_row_column *columns = malloc((size_t)build->table->n_columns * 2 * sizeof *columns);
    for (int32_t i = 0; columns && i < build->table->n_columns; i++)
        if (build->features[i])
            columns[n_columns++] = (tt_row_column){i, tt_is_numeric_role(build->roles[i])};
    for (int32_t t = 0; columns && t < build->n_targets; t++)
        columns[n_columns++] =
            (tt_row_column){build->targets[t], build->roles[build->targets[t]] == TT_AS_NUMBER};
    bool good = columns && tt_row_set_new(&set, build->table, n_columns, columns, build->n_rows);
    int64_t n = 0;
    for (int64_t i = 0; good && i < build->n_rows; i++)
        if (tt_row_set_add(&set, build->rows[i]) == TT_NEW_ROW)
            build->rows[n++] = build->rows[i];
    if (good && n < build->n_rows) {
        char message[120];
        tt_format(message, sizeof message, "rows that repeat one before were dropped: %l",
                  build->n_rows - n);
        tt_add_note(build, -1, message);
        build->n_rows = n;
    }
    tt_row_set_free(&set);
    free(columns);
    return good ? TT_OK : tt_build_no_memory(build);
}

tt_status tt_choose_rows(tt_build *build) {
    int64_t n = build->table->n_rows;
    dropping drop;
    tt_status status = choose_dropping(build, &drop);
    build->rows = n < UINT32_MAX ? malloc((size_t)n * sizeof *build->rows) : NULL;
    if (status == TT_OK && !build->rows)
        status = tt_build_no_memory(build);
    for (int64_t row = 0; row < n && status == TT_OK; row++)
        if (is_usable(build, row, &drop))
            build->rows[build->n_rows++] = (uint32_t)row;
    if (status == TT_OK && tt_config_is(build->config, "data.duplicates", "drop"))
        status = drop_repeats(build);
    if (status == TT_OK)
        status = check_n_rows(build, &drop);
    free(drop.columns);
    return status;
}
