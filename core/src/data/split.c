#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "random.h"
#include "settings.h"

/* Rows are drawn for validation group by group: the groups are the classes, or all rows together.
 */
typedef struct grouping {
    int32_t n_groups;
    int64_t *sizes;
    int64_t *quotas; /* rows of the group still to be drawn */
    bool by_class;
} grouping;

static int32_t group_of(const tt_build *build, const grouping *groups, uint32_t row) {
    return groups->by_class
               ? tt_levels_find(&build->classes, tt_table_cell(build->table, row, build->target))
               : 0;
}

static int64_t clamp(int64_t value, int64_t least, int64_t most) {
    value = value > most ? most : value;
    return value < least ? least : value;
}

/* Shares `total` out over the groups by their sizes. Rounding the running sum, not each part, keeps
 * the total and puts no group more than one row off its share. Groups with one row give none. */
static void set_quotas(grouping *groups, int64_t n_eligible, int64_t total) {
    int64_t seen = 0, given = 0;
    for (int32_t g = 0; g < groups->n_groups; g++) {
        int64_t size = groups->sizes[g];
        if (size < 2)
            continue;
        seen += size;
        int64_t due = (int64_t)((double)total * (double)seen / (double)n_eligible + 0.5);
        groups->quotas[g] = clamp(due - given, 0, size - 1);
        given += groups->quotas[g];
    }
}

static tt_status plan(tt_build *build, grouping *groups) {
    double share = tt_config_number(build->config, "split.validation");
    int64_t n_eligible = 0, n_lasting = 0;
    for (int64_t i = 0; i < build->n_rows; i++)
        groups->sizes[group_of(build, groups, build->rows[i])]++;
    for (int32_t g = 0; g < groups->n_groups; g++) {
        n_eligible += groups->sizes[g] < 2 ? 0 : groups->sizes[g];
        n_lasting += groups->sizes[g] < 2 ? 0 : groups->sizes[g] - 1;
    }
    if (share <= 0)
        return TT_OK;
    if (n_lasting == 0)
        return tt_fail_at(build->error, 0, build->target + 1,
                          "Every class of \"%s\" has only one row, so none is left for validation. "
                          "Set split.validation to 0, or split.stratify to 0.",
                          build->table->columns[build->target].name);
    int64_t total = (int64_t)(share * (double)build->n_rows + 0.5);
    set_quotas(groups, n_eligible, clamp(total, 1, n_lasting));
    return TT_OK;
}

/* Draws the validation rows in the order of a random permutation, then lists both parts in the
 * order of the table. */
static tt_status draw(tt_build *build, grouping *groups) {
    size_t n = (size_t)build->n_rows;
    uint32_t *order = malloc(n * sizeof *order);
    bool *drawn = calloc(n, sizeof *drawn);
    build->part_rows[TT_TRAINING] = malloc(n * sizeof(uint32_t));
    build->part_rows[TT_VALIDATION] = malloc(n * sizeof(uint32_t));
    bool good = order && drawn && build->part_rows[TT_TRAINING] && build->part_rows[TT_VALIDATION];
    if (good) {
        uint64_t seed = (uint64_t)tt_config_number(build->config, "split.seed");
        tt_random random = tt_random_new(seed, TT_FOR_SPLIT);
        tt_random_permutation(&random, (uint32_t)n, order);
        for (size_t i = 0; i < n; i++) {
            int64_t *quota = &groups->quotas[group_of(build, groups, build->rows[order[i]])];
            drawn[order[i]] = *quota > 0;
            *quota -= *quota > 0;
        }
        for (size_t i = 0; i < n; i++)
            build->part_rows[drawn[i]][build->n_part[drawn[i]]++] = build->rows[i];
    }
    free(order);
    free(drawn);
    return good ? TT_OK : tt_build_no_memory(build);
}

static void note_small_classes(tt_build *build, const grouping *groups) {
    const char *name = build->texts.classes.bytes;
    for (int32_t g = 0; groups->by_class && g < groups->n_groups; g++, name += strlen(name) + 1) {
        char message[300];
        if (groups->sizes[g] != 1)
            continue;
        tt_format(message, sizeof message,
                  "class \"%s\" has only one row, which went to the training part", name);
        tt_add_note(build, build->target, message);
    }
}

tt_status tt_split_rows(tt_build *build) {
    bool by_class =
        build->task != TT_REGRESSION && tt_config_number(build->config, "split.stratify") != 0;
    grouping groups = {.n_groups = by_class ? build->classes.n : 1, .by_class = by_class};
    groups.sizes = calloc((size_t)groups.n_groups, sizeof *groups.sizes);
    groups.quotas = calloc((size_t)groups.n_groups, sizeof *groups.quotas);
    tt_status status =
        groups.sizes && groups.quotas ? plan(build, &groups) : tt_build_no_memory(build);
    if (status == TT_OK)
        status = draw(build, &groups);
    if (status == TT_OK && !build->texts.classes.failed)
        note_small_classes(build, &groups);
    free(groups.sizes);
    free(groups.quotas);
    return status;
}
