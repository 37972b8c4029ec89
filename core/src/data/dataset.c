#include <stdlib.h>

#include "dataset-build.h"

void tt_add_note(tt_build *build, int32_t column, const char *message) {
    tt_text *notes = &build->texts.notes;
    tt_text_add(notes, notes->size ? "," : "");
    tt_text_add(notes, "{\"column\":%j,\"message\":%j}",
                column < 0 ? "" : build->table->columns[column].name, message);
}

tt_status tt_build_no_memory(const tt_build *build) {
    int64_t features = build->n_features ? build->n_features : build->table->n_columns;
    return tt_fail(
        build->error, TT_NO_MEMORY,
        "Preparing the data would take about %l MB, more than there is. Use fewer rows or "
        "features.",
        (build->table->n_rows * (features * 4 + 40) >> 20) + 1);
}

/* Everything but the arrays. */
static tt_status plan(tt_build *build) {
    tt_status (*const steps[])(tt_build *) = {tt_choose_columns, tt_choose_rows,  tt_choose_task,
                                              tt_split_rows,     tt_fit_encoders, tt_fit_target};
    size_t n = (size_t)build->table->n_columns;
    build->roles = calloc(n, sizeof *build->roles);
    build->features = calloc(n, sizeof *build->features);
    tt_status status = build->roles && build->features ? TT_OK : tt_build_no_memory(build);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == TT_OK; i++)
        status = steps[i](build);
    return status;
}

static tt_dataset *reserve(tt_build *build) {
    bool classes = build->task != TT_REGRESSION;
    tt_dataset like = {.task = build->task,
                       .n_features = build->n_features,
                       .n_classes = classes ? build->classes.n : 0,
                       .n_outputs = build->task == TT_MULTICLASS ? build->classes.n : 1,
                       .n_rows = {build->n_part[TT_TRAINING], build->n_part[TT_VALIDATION]},
                       .n_dropped = build->table->n_rows - build->n_rows,
                       .target_offset = build->target_offset,
                       .target_scale = build->target_scale};
    tt_text_add(&build->texts.target, "%s", build->table->columns[build->target].name);
    return tt_dataset_reserve(&like, &build->texts, build->error);
}

static tt_dataset *assemble(tt_build *build) {
    tt_dataset *dataset = reserve(build);
    tt_status status = dataset ? TT_OK : TT_NO_MEMORY;
    for (int part = TT_TRAINING; part <= TT_VALIDATION && status == TT_OK; part++) {
        status = tt_encode_part(build, (tt_part)part, dataset->x[part], dataset->y[part]);
        for (int64_t i = 0; i < build->n_part[part]; i++)
            dataset->source_rows[part][i] = build->part_rows[part][i];
    }
    if (status == TT_OK)
        return dataset;
    tt_dataset_free(dataset);
    return NULL;
}

static void free_build(tt_build *build) {
    for (int32_t i = 0; i < build->n_encoders; i++)
        tt_levels_free(&build->encoders[i].levels);
    tt_levels_free(&build->classes);
    tt_dataset_texts_free(&build->texts);
    free(build->part_rows[TT_TRAINING]);
    free(build->part_rows[TT_VALIDATION]);
    free(build->encoders);
    free(build->rows);
    free(build->features);
    free(build->roles);
}

tt_dataset *tt_dataset_new(const tt_table *table, const tt_config *config, tt_error *error) {
    tt_build build = {.table = table, .config = config, .error = error};
    tt_dataset *dataset = plan(&build) == TT_OK ? assemble(&build) : NULL;
    free_build(&build);
    return dataset;
}
