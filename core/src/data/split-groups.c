#include <stdlib.h>

#include "dataset-build.h"
#include "settings.h"

typedef struct group {
    int32_t index; /* in the order in which the groups are drawn */
    int64_t size;
} group;

static int by_falling_size(const void *a, const void *b) {
    const group *left = a, *right = b;
    if (left->size != right->size)
        return left->size < right->size ? 1 : -1;
    return left->index - right->index;
}

/* The groups in the order of their first row in `order`. */
static tt_status find_groups(const tt_build *build, const uint32_t *order, tt_levels *groups) {
    const char *name = build->table->columns[build->groups].name;
    for (int64_t i = 0; i < build->n_rows; i++) {
        uint32_t row = build->rows[order[i]];
        tt_cell cell = tt_table_cell(build->table, row, build->groups);
        if (cell == TT_MISSING || cell == tt_cell_of_word(TT_OTHER_WORD))
            return tt_fail_at(
                build->error, tt_table_line(build->table, row), build->groups + 1,
                "Line %l of the column of groups \"%s\" has no value that can be told "
                "from others. Every row needs a group.",
                tt_table_line(build->table, row), name);
        if (!tt_levels_count(groups, cell, INT32_MAX / 4))
            return tt_build_no_memory(build);
    }
    if (groups->n < 2)
        return tt_fail_key(build->error, "split.group",
                           "\"%s\" has the same value in every row. Choose a column with two "
                           "groups or more.",
                           name);
    return TT_OK;
}

/* The largest group goes to the emptiest fold, and so on. */
static tt_status deal(const tt_build *build, const tt_levels *levels, bool *drawn) {
    int64_t folds = (int64_t)tt_config_number(build->config, "split.folds");
    int64_t wanted = (int64_t)tt_config_number(build->config, "split.fold") - 1;
    if (folds > levels->n)
        return tt_fail_key(build->error, "split.folds",
                           "There are only %i groups, fewer than folds. Use fewer folds.",
                           levels->n);
    group *groups = malloc((size_t)levels->n * sizeof *groups);
    int64_t *sizes = calloc((size_t)folds, sizeof *sizes);
    for (int32_t i = 0; groups && i < levels->n; i++)
        groups[i] = (group){i, levels->items[i].count};
    if (groups && sizes) {
        qsort(groups, (size_t)levels->n, sizeof *groups, by_falling_size);
        for (int32_t i = 0; i < levels->n; i++) {
            int64_t emptiest = 0;
            for (int64_t f = 1; f < folds; f++)
                emptiest = sizes[f] < sizes[emptiest] ? f : emptiest;
            sizes[emptiest] += groups[i].size;
            drawn[groups[i].index] = emptiest == wanted;
        }
    }
    tt_status status = groups && sizes ? TT_OK : tt_build_no_memory(build);
    free(groups);
    free(sizes);
    return status;
}

/* A share of the groups, not of the rows, as in scikit-learn's GroupShuffleSplit; without shuffling
 * those that come last. */
static void draw(const tt_build *build, const tt_levels *levels, bool *drawn) {
    bool shuffled = tt_config_number(build->config, "split.shuffle") != 0;
    int64_t n = tt_split_share_of(build, levels->n, levels->n - 1);
    for (int64_t i = 0; i < n; i++)
        drawn[shuffled ? i : levels->n - 1 - i] = true;
}

static tt_status mark(const tt_build *build, const tt_levels *groups, bool *validation) {
    bool *drawn = calloc((size_t)groups->n, sizeof *drawn);
    if (!drawn)
        return tt_build_no_memory(build);
    tt_status status = TT_OK;
    if (tt_config_number(build->config, "split.folds") > 0)
        status = deal(build, groups, drawn);
    else
        draw(build, groups, drawn);
    for (int64_t i = 0; i < build->n_rows; i++)
        validation[i] = drawn[tt_levels_find(
            groups, tt_table_cell(build->table, build->rows[i], build->groups))];
    free(drawn);
    return status;
}

tt_status tt_split_by_group(tt_build *build, const uint32_t *order, bool *validation) {
    tt_levels groups = {0};
    tt_status status = find_groups(build, order, &groups);
    if (status == TT_OK)
        status = mark(build, &groups, validation);
    tt_levels_free(&groups);
    return status;
}
