#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "settings.h"

/* Rows are drawn for validation class by class, or from all rows together. */
typedef struct quota_list {
    int32_t n;
    int64_t *sizes; /* rows of each class */
    int64_t *left;  /* of these, rows still to be drawn */
} quota_list;

static int64_t clamp(int64_t value, int64_t least, int64_t most) {
    value = value > most ? most : value;
    return value < least ? least : value;
}

/* Shares `total` out over the classes by their sizes. Rounding the running sum, not each part,
 * keeps the total and puts no class more than one row off its share. Classes with one row give
 * none. */
static void share_out(quota_list *quotas, int64_t n_eligible, int64_t total) {
    int64_t seen = 0, given = 0;
    for (int32_t k = 0; k < quotas->n; k++) {
        int64_t size = quotas->sizes[k];
        if (size < 2)
            continue;
        seen += size;
        int64_t due = (int64_t)((double)total * (double)seen / (double)n_eligible + 0.5);
        quotas->left[k] = clamp(due - given, 0, size - 1);
        given += quotas->left[k];
    }
}

static tt_status plan(const tt_build *build, quota_list *quotas) {
    int64_t n_eligible = 0, n_lasting = 0;
    for (int64_t i = 0; i < build->n_rows; i++)
        quotas->sizes[tt_split_class(build, (uint32_t)i)]++;
    for (int32_t k = 0; k < quotas->n; k++) {
        n_eligible += quotas->sizes[k] < 2 ? 0 : quotas->sizes[k];
        n_lasting += quotas->sizes[k] < 2 ? 0 : quotas->sizes[k] - 1;
    }
    int64_t total = tt_split_share_of(build, build->n_rows, n_lasting);
    if (n_lasting == 0 && tt_config_number(build->config, "split.validation") > 0)
        return tt_fail_at(build->error, 0, build->targets[0] + 1,
                          "Every class of \"%s\" has only one row, so none is left for validation. "
                          "Set split.validation to 0, or split.stratify to 0.",
                          build->table->columns[build->targets[0]].name);
    if (total > 0)
        share_out(quotas, n_eligible, total);
    return TT_OK;
}

static void note_small_classes(tt_build *build, const quota_list *quotas) {
    const char *name = build->texts.classes.bytes;
    if (!tt_split_is_stratified(build) || build->texts.classes.failed)
        return;
    for (int32_t k = 0; k < quotas->n; k++, name += strlen(name) + 1) {
        char message[300];
        if (quotas->sizes[k] != 1)
            continue;
        tt_format(message, sizeof message,
                  "class \"%s\" has only one row, which went to the training part", name);
        tt_add_note(build, build->targets[0], message);
    }
}

/* Without shuffling the last rows of each class are drawn. */
static void draw(const tt_build *build, const quota_list *quotas, const uint32_t *order,
                 bool *validation) {
    bool shuffled = tt_config_number(build->config, "split.shuffle") != 0;
    for (int64_t i = 0; i < build->n_rows; i++) {
        uint32_t place = order[shuffled ? i : build->n_rows - 1 - i];
        int64_t *left = &quotas->left[tt_split_class(build, place)];
        validation[place] = *left > 0;
        *left -= *left > 0;
    }
}

tt_status tt_split_by_share(tt_build *build, const uint32_t *order, bool *validation) {
    quota_list quotas = {.n = tt_split_is_stratified(build) ? build->classes[0].n : 1};
    quotas.sizes = calloc((size_t)quotas.n, sizeof *quotas.sizes);
    quotas.left = calloc((size_t)quotas.n, sizeof *quotas.left);
    tt_status status =
        quotas.sizes && quotas.left ? plan(build, &quotas) : tt_build_no_memory(build);
    if (status == TT_OK) {
        draw(build, &quotas, order, validation);
        note_small_classes(build, &quotas);
    }
    free(quotas.sizes);
    free(quotas.left);
    return status;
}
