#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "settings.h"
#include "tabtrain/image.h"

void tt_add_note(tt_build *build, int32_t column, const char *message) {
    tt_text *notes = &build->texts.notes;
    tt_text_add(notes, notes->size ? "," : "");
    tt_text_add(notes, "{\"column\":%j,\"message\":%j}",
                column < 0 ? "" : build->table->columns[column].name, message);
}

tt_status tt_fail_too_large(tt_error *error, const tt_table *table, int32_t column) {
    return tt_fail_at(error, 0, column + 1,
                      "Column \"%s\" has numbers that are too large to train on. Leave it out, or "
                      "divide it by a constant.",
                      table->columns[column].name);
}

tt_status tt_fail_at_number(tt_error *error, const tt_table *table, int32_t column,
                            const tt_scaler *scaler, double number) {
    if (!scaler->defined || scaler->defined(number))
        return tt_fail_too_large(error, table, column);
    return tt_fail_at(error, 0, column + 1,
                      "Column \"%s\" has the number %g, for which %s is not defined. Choose "
                      "another scaler.",
                      table->columns[column].name, number, scaler->about.formula);
}

tt_status tt_build_no_memory(const tt_build *build) {
    int64_t features = build->n_features ? build->n_features : build->table->n_columns;
    return tt_fail(
        build->error, TT_NO_MEMORY,
        "Preparing the data would take about %l MB, more than there is. Use fewer rows or "
        "features.",
        (build->table->n_rows * (features * 4 + 40) >> 20) + 1);
}

tt_status tt_build_begin(tt_build *build) {
    size_t n = (size_t)build->table->n_columns;
    build->roles = calloc(n, sizeof *build->roles);
    build->features = calloc(n, sizeof *build->features);
    build->targets = calloc(n, sizeof *build->targets);
    build->column_steps = calloc(n, sizeof *build->column_steps);
    bool good = build->roles && build->features && build->targets && build->column_steps;
    return good ? TT_OK : tt_build_no_memory(build);
}

/* Everything but the arrays. */
static tt_status plan(tt_build *build) {
    tt_status (*const steps[])(tt_build *) = {tt_build_begin,   tt_choose_columns,
                                              tt_choose_rows,   tt_take_test_rows,
                                              tt_choose_task,   tt_drop_unknown_test_rows,
                                              tt_check_weights, tt_split_rows,
                                              tt_fit_encoders,  tt_fit_target};
    tt_status status = TT_OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == TT_OK; i++)
        status = steps[i](build);
    return status;
}

static tt_dataset *reserve(tt_build *build) {
    int32_t n_classes = build->task & TT_CLASSIFICATION ? build->classes[0].n : 0;
    tt_dataset like = {.task = build->task,
                       .n_features = build->n_features,
                       .n_targets = build->n_targets,
                       .n_classes = n_classes,
                       .n_outputs = build->task == TT_MULTICLASS ? n_classes : build->n_targets,
                       .n_dropped = build->table->n_rows,
                       .weighted = build->weights >= 0 ||
                                   tt_config_is(build->config, "data.class_weight", "balanced"),
                       .scaler = build->scaler,
                       .scaler_size = tt_scaler_n_fitted(build->scaler, build->scaler_params),
                       .n_encoders = build->n_encoders,
                       .n_fitted = build->n_fitted,
                       .n_levels = build->n_levels,
                       .target_log = build->target_log};
    for (int part = 0; part < TT_N_PARTS; part++) {
        like.n_rows[part] = build->n_part[part];
        like.n_dropped -= build->n_part[part];
    }
    for (int32_t t = 0; t < build->n_targets; t++) {
        tt_text_add(&build->texts.targets, "%s", build->table->columns[build->targets[t]].name);
        tt_end_name(&build->texts.targets);
    }
    return tt_dataset_reserve(&like, &build->texts, build->error);
}

static tt_status fill_part(const tt_build *build, tt_dataset *dataset, tt_part part) {
    int64_t n = build->n_part[part];
    const uint32_t *rows = build->part_rows[part];
    memcpy(dataset->source_rows[part], rows, (size_t)n * sizeof *rows);
    tt_status status = tt_encode_target(build, part, dataset->y[part]);
    if (status != TT_OK)
        return status;
    if (dataset->weighted)
        tt_write_weights(build, dataset, part);
    return tt_encode_rows(dataset, build->table, n, rows, dataset->x[part], build->error);
}

static tt_dataset *assemble(tt_build *build) {
    tt_dataset *dataset = reserve(build);
    tt_status status = dataset ? TT_OK : TT_NO_MEMORY;
    if (dataset) {
        memcpy(dataset->encoders, build->encoders,
               (size_t)build->n_encoders * sizeof *build->encoders);
        if (build->n_fitted > 0)
            memcpy(dataset->fitted, build->fitted, (size_t)build->n_fitted * sizeof *build->fitted);
        size_t size = (size_t)build->n_targets * sizeof(double);
        memcpy(dataset->target_offsets, build->target_offsets, size);
        memcpy(dataset->target_scales, build->target_scales, size);
    }
    for (int part = 0; part < TT_N_PARTS && status == TT_OK; part++)
        status = fill_part(build, dataset, (tt_part)part);
    if (status == TT_OK)
        return dataset;
    tt_dataset_free(dataset);
    return NULL;
}

void tt_build_free(tt_build *build) {
    for (int32_t t = 0; build->classes && t < build->n_targets; t++)
        tt_levels_free(&build->classes[t]);
    tt_dataset_texts_free(&build->texts);
    for (int part = 0; part < TT_N_PARTS; part++)
        free(build->part_rows[part]);
    free(build->marks);
    free(build->encoders);
    free(build->fitted);
    free(build->rows);
    free(build->features);
    free(build->roles);
    free(build->column_steps);
    tt_config_free(build->own);
    free(build->targets);
    free(build->classes);
    free(build->target_offsets);
    free(build->target_scales);
}

tt_dataset *tt_dataset_new(const tt_table *table, const tt_config *config, tt_error *error) {
    tt_build build = {.table = table, .config = config, .error = error};
    tt_dataset *dataset = plan(&build) == TT_OK ? assemble(&build) : NULL;
    tt_build_free(&build);
    tt_image image;
    if (!dataset || tt_image_find(dataset, config, &image, error) == TT_OK)
        return dataset;
    tt_dataset_free(dataset);
    return NULL;
}
