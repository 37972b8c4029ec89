#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "settings.h"

enum {
    MAX_CLASSES = 1000,
    MAX_NUMBER_CLASSES = 20, /* whole numbers with more distinct values are a quantity */
};

static const char *name_of(const tt_build *build, int32_t target) {
    return build->table->columns[build->targets[target]].name;
}

static tt_role role_of(const tt_build *build, int32_t target) {
    return build->roles[build->targets[target]];
}

/* The distinct values of a target in the rows for training and validation; false when there are
 * more than MAX_CLASSES.
 */
static bool find_classes(tt_build *build, int32_t target) {
    for (int64_t i = 0; i < build->n_rows; i++) {
        tt_cell cell = tt_build_cell(build, build->rows[i], build->targets[target]);
        if (!tt_levels_count(&build->classes[target], cell, MAX_CLASSES))
            return false;
    }
    return true;
}

static tt_status name_classes(tt_build *build, int32_t target) {
    tt_levels *classes = &build->classes[target];
    int32_t column = build->targets[target];
    if (!tt_table_sort_levels(build->table, column, classes))
        return tt_build_no_memory(build);
    for (int32_t i = 0; i < classes->n; i++) {
        tt_table_add_text(build->table, column, classes->items[i].cell, &build->texts.classes);
        tt_end_name(&build->texts.classes);
    }
    return TT_OK;
}

static bool looks_like_classes(const tt_build *build, bool few) {
    int32_t n = build->classes[0].n;
    return role_of(build, 0) == TT_AS_CATEGORY ||
           (few && role_of(build, 0) == TT_AS_NUMBER &&
            build->table->columns[build->targets[0]].whole && n <= MAX_NUMBER_CLASSES &&
            (int64_t)n * 4 < build->n_rows);
}

/* Two words, or the numbers 0 and 1. */
static bool looks_like_label(const tt_build *build, int32_t target) {
    const tt_levels *classes = &build->classes[target];
    if (classes->n != 2)
        return false;
    return role_of(build, target) == TT_AS_CATEGORY ||
           (tt_levels_find(classes, tt_cell_of_number(0)) >= 0 &&
            tt_levels_find(classes, tt_cell_of_number(1)) >= 0);
}

static tt_status choose_regression(tt_build *build, bool asked) {
    build->task = TT_REGRESSION;
    for (int32_t t = 0; t < build->n_targets; t++) {
        tt_levels_free(&build->classes[t]);
        if (role_of(build, t) == TT_AS_NUMBER)
            continue;
        if (role_of(build, t) == TT_AS_DATE)
            return tt_fail_key(build->error, "data.target",
                               "\"%s\" holds dates, which can be features but no target. Choose "
                               "another target.",
                               name_of(build, t));
        if (asked)
            return tt_fail_key(
                build->error, "data.task",
                "Regression needs numbers, but \"%s\" holds words. Choose another target, "
                "or list it in data.numbers to count its words as missing.",
                name_of(build, t));
        return tt_fail_key(build->error, "data.target",
                           "\"%s\" is text with too many different values for classes. Choose "
                           "another target, or list it in data.categories.",
                           name_of(build, t));
    }
    return TT_OK;
}

static tt_status choose_classes(tt_build *build, bool few, bool must_be_two) {
    const char *name = name_of(build, 0);
    if (!few)
        return tt_fail_key(build->error, "data.task",
                           "\"%s\" has more than %i different values, too many for classes. Try "
                           "regression or another target.",
                           name, MAX_CLASSES);
    if (must_be_two && build->classes[0].n != 2)
        return tt_fail_key(build->error, "data.task",
                           "binary needs two classes, but \"%s\" has %i. Choose multiclass.", name,
                           build->classes[0].n);
    return name_classes(build, 0);
}

static tt_status choose_labels(tt_build *build) {
    build->task = TT_MULTILABEL;
    for (int32_t t = 0; t < build->n_targets; t++) {
        if (build->classes[t].n != 2)
            return tt_fail_key(build->error, "data.task",
                               "multilabel needs two values in each target, but \"%s\" has more. "
                               "Choose other columns in data.target.",
                               name_of(build, t));
        tt_status status = name_classes(build, t);
        if (status != TT_OK)
            return status;
    }
    return TT_OK;
}

/* Several targets without a task asked for. */
static tt_status choose_by_values(tt_build *build) {
    int32_t word = -1, many = -1; /* a target that is no number, and one that is no label */
    for (int32_t t = build->n_targets - 1; t >= 0; t--) {
        word = role_of(build, t) != TT_AS_NUMBER ? t : word;
        many = looks_like_label(build, t) ? many : t;
    }
    if (many < 0)
        return choose_labels(build);
    if (word < 0)
        return choose_regression(build, false);
    return tt_fail_key(build->error, "data.target",
                       "Several targets must be all numbers, or all of two values (0 and 1, or two "
                       "words). \"%s\" is no number, and \"%s\" has other values.",
                       name_of(build, word), name_of(build, many));
}

static tt_status choose_task_of_one(tt_build *build, bool few) {
    bool binary = tt_config_is(build->config, "data.task", "binary");
    bool multiclass = tt_config_is(build->config, "data.task", "multiclass");
    if (!binary && !multiclass && !looks_like_classes(build, few))
        return choose_regression(build, false);
    build->task = multiclass || (!binary && build->classes[0].n > 2) ? TT_MULTICLASS : TT_BINARY;
    return choose_classes(build, few, binary);
}

tt_status tt_choose_task(tt_build *build) {
    const char *asked = tt_config_get(build->config, "data.task");
    bool few = true;
    build->classes = calloc((size_t)build->n_targets, sizeof *build->classes);
    if (!build->classes)
        return tt_build_no_memory(build);
    for (int32_t t = 0; t < build->n_targets; t++) {
        few = find_classes(build, t);
        if (build->classes[t].failed)
            return tt_build_no_memory(build);
        if (build->classes[t].n == 1)
            return tt_fail_at_target(
                build, t,
                "The target \"%s\" has the same value in every row, so there is nothing to learn. "
                "Choose another column in data.target.");
    }
    if (strcmp(asked, "multilabel") == 0)
        return choose_labels(build);
    if (strcmp(asked, "regression") == 0)
        return choose_regression(build, true);
    if (build->n_targets == 1)
        return choose_task_of_one(build, few);
    if (strcmp(asked, "auto") == 0)
        return choose_by_values(build);
    return tt_fail_key(build->error, "data.task",
                       "%s predicts one column, but data.target names %i. Choose regression or "
                       "multilabel.",
                       asked, build->n_targets);
}
