#include <stdlib.h>

#include "dataset-build.h"
#include "random.h"
#include "settings.h"

bool tt_split_is_stratified(const tt_build *build) {
    return (build->task & TT_CLASSIFICATION) &&
           tt_config_number(build->config, "split.stratify") != 0;
}

int32_t tt_split_class(const tt_build *build, uint32_t place) {
    if (!tt_split_is_stratified(build))
        return 0;
    return tt_levels_find(&build->classes[0],
                          tt_build_cell(build, build->rows[place], build->targets[0]));
}

int64_t tt_split_share_of(const tt_build *build, int64_t n, int64_t most) {
    double exact = tt_config_number(build->config, "split.validation") * (double)n;
    int64_t share = (int64_t)exact;
    share += (double)share < exact;
    return exact <= 0 ? 0 : share < 1 ? 1 : share > most ? most : share;
}

static tt_status check_folds(const tt_build *build) {
    double folds = tt_config_number(build->config, "split.folds");
    if (folds == 0)
        return TT_OK;
    if (folds == 1)
        return tt_fail_key(build->error, "split.folds",
                           "One fold leaves nothing to train on. Use 2 or more, or 0 for a share.");
    if (folds > (double)build->n_rows)
        return tt_fail_key(build->error, "split.folds",
                           "There are only %l rows, fewer than folds. Use fewer folds.",
                           build->n_rows);
    if (tt_config_number(build->config, "split.fold") > folds)
        return tt_fail_key(build->error, "split.fold",
                           "There are only %l folds; the first one is 1. Choose one of them.",
                           (int64_t)folds);
    if (tt_config_is(build->config, "split.method", "order"))
        return tt_fail_key(build->error, "split.folds",
                           "Folds would train on rows that come after those they are judged by. "
                           "Set split.folds to 0, or split.method to random.");
    if (tt_config_is(build->config, "split.method", "part"))
        return tt_fail_key(
            build->error, "split.folds",
            "A column names the part of each row, so that none is left to folds. Set "
            "split.folds to 0, or split.method to random.");
    return TT_OK;
}

/* The places in the order in which they are drawn: shuffled, or as they are. */
static void make_order(const tt_build *build, uint32_t *order) {
    uint64_t seed = (uint64_t)tt_config_number(build->config, "split.seed");
    tt_random random = tt_random_new(seed, TT_FOR_SPLIT);
    if (tt_config_number(build->config, "split.shuffle") != 0)
        tt_random_permutation(&random, (uint32_t)build->n_rows, order);
    else
        for (int64_t i = 0; i < build->n_rows; i++)
            order[i] = (uint32_t)i;
}

static tt_status split(tt_build *build, const uint32_t *order, bool *validation) {
    if (build->validation_is_marked)
        return tt_split_by_part(build, order, validation);
    if (build->groups >= 0)
        return tt_split_by_group(build, order, validation);
    if (tt_config_is(build->config, "split.method", "order"))
        return tt_split_by_order(build, order, validation);
    if (tt_config_number(build->config, "split.folds") > 0)
        return tt_split_by_fold(build, order, validation);
    return tt_split_by_share(build, order, validation);
}

static void list_parts(tt_build *build, const bool *validation) {
    for (int64_t i = 0; i < build->n_rows; i++) {
        int part = validation[i] ? TT_VALIDATION : TT_TRAINING;
        build->part_rows[part][build->n_part[part]++] = build->rows[i];
    }
}

static tt_status check_column(const tt_build *build) {
    if (tt_config_is(build->config, "split.method", "group") && build->groups < 0)
        return tt_fail_key(build->error, "split.group",
                           "A split by group needs the column that tells the groups.");
    if (tt_config_is(build->config, "split.method", "part") && build->parts < 0)
        return tt_fail_key(build->error, "split.part",
                           "A split by part needs the column that names the part of each row.");
    return TT_OK;
}

static bool reserve_parts(tt_build *build) {
    bool good = true;
    for (int part = 0; part < TT_TEST; part++) {
        build->part_rows[part] = malloc((size_t)build->n_rows * sizeof(uint32_t));
        good = good && build->part_rows[part];
    }
    return good;
}

tt_status tt_split_rows(tt_build *build) {
    tt_status status = check_folds(build);
    if (status == TT_OK)
        status = check_column(build);
    if (status != TT_OK)
        return status;
    size_t n = (size_t)build->n_rows;
    uint32_t *order = malloc(n * sizeof *order);
    bool *validation = calloc(n, sizeof *validation);
    if (!reserve_parts(build) || !order || !validation)
        status = tt_build_no_memory(build);
    if (status == TT_OK) {
        make_order(build, order);
        status = split(build, order, validation);
        list_parts(build, validation);
    }
    free(order);
    free(validation);
    return status;
}
