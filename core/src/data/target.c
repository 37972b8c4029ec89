#include <stdlib.h>

#include "dataset-build.h"
#include "settings.h"

enum {
    MAX_CLASSES = 1000,
    MAX_NUMBER_CLASSES = 20, /* whole numbers with more distinct values are a quantity */
};

static tt_status fail_at_target(const tt_build *build, const char *message) {
    return tt_fail_at(build->error, 0, build->target + 1, message,
                      build->table->columns[build->target].name);
}

static bool is_usable(const tt_build *build, int64_t row, bool drop_missing) {
    if (tt_build_cell(build, row, build->target) == TT_MISSING)
        return false;
    for (int32_t i = 0; drop_missing && i < build->table->n_columns; i++)
        if (build->features[i] && tt_build_cell(build, row, i) == TT_MISSING)
            return false;
    return true;
}

static tt_status check_n_rows(const tt_build *build, bool drop_missing) {
    const tt_column *target = &build->table->columns[build->target];
    bool as_number = build->roles[build->target] == TT_AS_NUMBER;
    if (target->n_missing + (as_number ? target->n_words : 0) == build->table->n_rows)
        return fail_at_target(build, "The target \"%s\" has nothing but missing values. Choose "
                                     "another column in data.target.");
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
    bool drop_missing = tt_config_is(build->config, "data.missing", "drop");
    build->rows = n < UINT32_MAX ? malloc((size_t)n * sizeof *build->rows) : NULL;
    if (!build->rows)
        return tt_build_no_memory(build);
    for (int64_t row = 0; row < n; row++)
        if (is_usable(build, row, drop_missing))
            build->rows[build->n_rows++] = (uint32_t)row;
    return check_n_rows(build, drop_missing);
}

/* The distinct target values of the rows in use; false when there are more than MAX_CLASSES. */
static bool find_classes(tt_build *build) {
    for (int64_t i = 0; i < build->n_rows; i++) {
        tt_cell cell = tt_build_cell(build, build->rows[i], build->target);
        if (!tt_levels_count(&build->classes, cell, MAX_CLASSES))
            return false;
    }
    return true;
}

static bool looks_like_classes(const tt_build *build, bool few) {
    int32_t n = build->classes.n;
    return build->roles[build->target] == TT_AS_CATEGORY ||
           (few && build->table->columns[build->target].whole && n <= MAX_NUMBER_CLASSES &&
            (int64_t)n * 4 < build->n_rows);
}

static tt_status choose_regression(tt_build *build, bool asked) {
    const char *name = build->table->columns[build->target].name;
    build->task = TT_REGRESSION;
    tt_levels_free(&build->classes);
    if (build->roles[build->target] == TT_AS_NUMBER)
        return TT_OK;
    if (asked)
        return tt_fail_key(
            build->error, "data.task",
            "Regression needs numbers, but \"%s\" holds words. Choose another target, "
            "or list it in data.numbers to count its words as missing.",
            name);
    return tt_fail_key(build->error, "data.target",
                       "\"%s\" is text with too many different values for classes. Choose another "
                       "target, or list it in data.categories.",
                       name);
}

static tt_status choose_classes(tt_build *build, bool few, bool must_be_two) {
    const char *name = build->table->columns[build->target].name;
    if (!few)
        return tt_fail_key(build->error, "data.task",
                           "\"%s\" has more than %i different values, too many for classes. Try "
                           "regression or another target.",
                           name, MAX_CLASSES);
    if (must_be_two && build->classes.n != 2)
        return tt_fail_key(build->error, "data.task",
                           "binary needs two classes, but \"%s\" has %i. Choose multiclass.", name,
                           build->classes.n);
    if (!tt_table_sort_levels(build->table, build->target, &build->classes))
        return tt_build_no_memory(build);
    for (int32_t i = 0; i < build->classes.n; i++) {
        tt_table_add_text(build->table, build->target, build->classes.items[i].cell,
                          &build->texts.classes);
        tt_end_name(&build->texts.classes);
    }
    return TT_OK;
}

tt_status tt_choose_task(tt_build *build) {
    bool few = find_classes(build);
    if (build->classes.failed)
        return tt_build_no_memory(build);
    if (build->classes.n == 1)
        return fail_at_target(build,
                              "The target \"%s\" has the same value in every row, so there is "
                              "nothing to learn. Choose another column in data.target.");
    bool binary = tt_config_is(build->config, "data.task", "binary");
    bool multiclass = tt_config_is(build->config, "data.task", "multiclass");
    bool regression = tt_config_is(build->config, "data.task", "regression");
    if (regression || (!binary && !multiclass && !looks_like_classes(build, few)))
        return choose_regression(build, regression);
    build->task = multiclass || (!binary && build->classes.n > 2) ? TT_MULTICLASS : TT_BINARY;
    return choose_classes(build, few, binary);
}
