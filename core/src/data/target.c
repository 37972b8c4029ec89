#include <stdlib.h>

#include "dataset-build.h"
#include "settings.h"

tt_status tt_fail_at_target(const tt_build *build, int32_t target, const char *message) {
    int32_t column = build->targets[target];
    return tt_fail_at(build->error, 0, column + 1, message, build->table->columns[column].name);
}

/* Which rows cannot be used beside those without a target. */
typedef struct dropping {
    bool missing, bad_numbers; /* in a feature */
} dropping;

static bool is_dropped(const tt_build *build, int64_t row, int32_t feature, dropping drop) {
    if (tt_build_cell(build, row, feature) != TT_MISSING)
        return false;
    bool bad = tt_table_cell(build->table, row, feature) != TT_MISSING;
    return drop.missing || (bad && drop.bad_numbers);
}

static bool is_usable(const tt_build *build, int64_t row, dropping drop) {
    for (int32_t t = 0; t < build->n_targets; t++)
        if (tt_build_cell(build, row, build->targets[t]) == TT_MISSING)
            return false;
    for (int32_t i = 0; (drop.missing || drop.bad_numbers) && i < build->table->n_columns; i++)
        if (build->features[i] && is_dropped(build, row, i, drop))
            return false;
    return true;
}

static tt_status check_n_rows(const tt_build *build, bool drop_missing) {
    for (int32_t t = 0; t < build->n_targets; t++)
        if (tt_is_empty_column(build, build->targets[t]))
            return tt_fail_at_target(build, t,
                                     "The target \"%s\" has nothing but missing values. Choose "
                                     "another column in data.target.");
    if (build->n_rows == 0 && build->n_targets > 1 && !drop_missing)
        return tt_fail_key(build->error, "data.target",
                           "No row has a value in every target column. Choose fewer of them.");
    if (build->n_rows == 0 && drop_missing)
        return tt_fail_key(
            build->error, "data.missing",
            "Every row has a missing value, so that drop leaves none. Fill in the "
            "mean or the median, or leave out the columns with most missing values.");
    if (build->n_rows < 2)
        return tt_fail_at(build->error, 0, 0,
                          "Only one row can be used; training needs two at least, and many more to "
                          "learn something.");
    return TT_OK;
}

tt_status tt_choose_rows(tt_build *build) {
    int64_t n = build->table->n_rows;
    dropping drop = {tt_config_is(build->config, "data.missing", "drop"),
                     tt_config_is(build->config, "data.bad_numbers", "drop")};
    build->rows = n < UINT32_MAX ? malloc((size_t)n * sizeof *build->rows) : NULL;
    if (!build->rows)
        return tt_build_no_memory(build);
    for (int64_t row = 0; row < n; row++)
        if (is_usable(build, row, drop))
            build->rows[build->n_rows++] = (uint32_t)row;
    return check_n_rows(build, drop.missing);
}
