#include "dataset-store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "maths.h"

void tt_end_name(tt_text *names) {
    tt_text_add_bytes(names, "", 1);
}

static char *take_text(tt_arena *arena, const tt_text *text) {
    char *copy = tt_arena_take(arena, text->size + 1, 1);
    if (copy && text->size > 0)
        memcpy(copy, text->bytes, text->size);
    return copy;
}

static const char **take_names(tt_arena *arena, const tt_text *text, int64_t n) {
    const char **names = tt_arena_take(arena, (size_t)n, sizeof *names);
    const char *name = take_text(arena, text);
    for (int64_t i = 0; name && i < n; i++, name += strlen(name) + 1)
        names[i] = name;
    return names;
}

int32_t tt_n_class_names(const tt_dataset *dataset) {
    return dataset->task == TT_MULTILABEL ? 2 * dataset->n_targets : dataset->n_classes;
}

static void lay_out(tt_dataset *dataset, const tt_dataset_texts *texts) {
    tt_arena *arena = &dataset->arena;
    for (int part = 0; part < TT_N_PARTS; part++) {
        size_t n = (size_t)dataset->n_rows[part];
        dataset->x[part] = tt_arena_take(arena, n, (size_t)dataset->n_features * sizeof(float));
        dataset->y[part] = tt_arena_take(arena, n, (size_t)dataset->n_targets * sizeof(float));
        dataset->source_rows[part] = tt_arena_take(arena, n, sizeof(uint32_t));
        if (dataset->weighted)
            dataset->weights[part] = tt_arena_take(arena, n, sizeof(float));
    }
    dataset->encoders =
        tt_arena_take(arena, (size_t)dataset->n_encoders, sizeof *dataset->encoders);
    dataset->fitted = tt_arena_take(arena, (size_t)dataset->n_fitted, sizeof *dataset->fitted);
    dataset->column_names = take_names(arena, &texts->columns, dataset->n_encoders);
    dataset->level_names = take_names(arena, &texts->levels, dataset->n_levels);
    dataset->feature_names = take_names(arena, &texts->features, dataset->n_features);
    dataset->class_names = take_names(arena, &texts->classes, tt_n_class_names(dataset));
    dataset->target_names = take_names(arena, &texts->targets, dataset->n_targets);
    dataset->target_offsets = tt_arena_take(arena, (size_t)dataset->n_targets, sizeof(double));
    dataset->target_scales = tt_arena_take(arena, (size_t)dataset->n_targets, sizeof(double));
    dataset->notes = take_text(arena, &texts->notes);
}

tt_dataset *tt_dataset_reserve(const tt_dataset *like, const tt_dataset_texts *texts,
                               tt_error *error) {
    bool failed = texts->features.failed || texts->classes.failed || texts->columns.failed ||
                  texts->levels.failed || texts->targets.failed || texts->notes.failed;
    tt_dataset *dataset = failed ? NULL : malloc(sizeof *dataset);
    size_t needed = 0;
    if (dataset) {
        *dataset = *like;
        dataset->arena = (tt_arena){0};
        lay_out(dataset, texts);
        needed = dataset->arena.used;
        if (tt_arena_reserve(&dataset->arena)) {
            lay_out(dataset, texts);
            return dataset;
        }
        free(dataset);
    }
    tt_fail(error, TT_NO_MEMORY,
            "The data set would take %l MB, more than there is. Use fewer rows or features.",
            (int64_t)(needed >> 20) + 1);
    return NULL;
}

void tt_dataset_texts_free(tt_dataset_texts *texts) {
    free(texts->features.bytes);
    free(texts->classes.bytes);
    free(texts->columns.bytes);
    free(texts->levels.bytes);
    free(texts->targets.bytes);
    free(texts->notes.bytes);
    *texts = (tt_dataset_texts){0};
}

void tt_dataset_free(tt_dataset *dataset) {
    if (dataset)
        tt_arena_free(&dataset->arena);
    free(dataset);
}

tt_task tt_dataset_task(const tt_dataset *dataset) {
    return dataset->task;
}

const char *tt_part_key(tt_part part) {
    static const char *const keys[TT_N_PARTS] = {"training", "validation", "test"};
    return keys[part];
}

int64_t tt_dataset_n_rows(const tt_dataset *dataset, tt_part part) {
    return dataset->n_rows[part];
}

int32_t tt_dataset_n_features(const tt_dataset *dataset) {
    return dataset->n_features;
}

int32_t tt_dataset_n_targets(const tt_dataset *dataset) {
    return dataset->n_targets;
}

int32_t tt_dataset_n_classes(const tt_dataset *dataset) {
    return dataset->n_classes;
}

int32_t tt_dataset_n_outputs(const tt_dataset *dataset) {
    return dataset->n_outputs;
}

const float *tt_dataset_x(const tt_dataset *dataset, tt_part part) {
    return dataset->x[part];
}

const float *tt_dataset_y(const tt_dataset *dataset, tt_part part) {
    return dataset->y[part];
}

const float *tt_dataset_weights(const tt_dataset *dataset, tt_part part) {
    return dataset->weights[part];
}

double tt_dataset_target_value(const tt_dataset *dataset, int32_t target, double y) {
    double value = dataset->target_offsets[target] + dataset->target_scales[target] * y;
    return dataset->target_log ? tt_exp(value) - 1 : value;
}

void tt_dataset_target_values(const tt_dataset *dataset, int64_t n, double *values) {
    const int32_t n_targets = dataset->n_targets;
    for (int32_t t = 0; t < n_targets; t++) {
        const double offset = dataset->target_offsets[t], scale = dataset->target_scales[t];
        for (int64_t i = t; i < n * n_targets; i += n_targets)
            values[i] = offset + scale * values[i];
    }
    for (int64_t i = 0; dataset->target_log && i < n * n_targets; i++)
        values[i] = tt_exp(values[i]) - 1;
}

double tt_dataset_scaled_target(const tt_dataset *dataset, int32_t target, double value) {
    double y = dataset->target_log ? tt_log1p(value) : value;
    return (y - dataset->target_offsets[target]) / dataset->target_scales[target];
}

double tt_dataset_target_offset(const tt_dataset *dataset, int32_t target) {
    assert(target >= 0 && target < dataset->n_targets);
    return dataset->target_offsets[target];
}

double tt_dataset_target_scale(const tt_dataset *dataset, int32_t target) {
    assert(target >= 0 && target < dataset->n_targets);
    return dataset->target_scales[target];
}

const char *tt_dataset_feature_name(const tt_dataset *dataset, int32_t feature) {
    assert(feature >= 0 && feature < dataset->n_features);
    return dataset->feature_names[feature];
}

const char *tt_dataset_target_name(const tt_dataset *dataset, int32_t target) {
    assert(target >= 0 && target < dataset->n_targets);
    return dataset->target_names[target];
}

const char *tt_dataset_class_name(const tt_dataset *dataset, int32_t index) {
    assert(index >= 0 && index < dataset->n_classes);
    return dataset->class_names[index];
}

const char *tt_dataset_label_value(const tt_dataset *dataset, int32_t target, bool yes) {
    assert(dataset->task == TT_MULTILABEL && target >= 0 && target < dataset->n_targets);
    return dataset->class_names[2 * target + yes];
}

int64_t tt_dataset_source_row(const tt_dataset *dataset, tt_part part, int64_t index) {
    assert(index >= 0 && index < dataset->n_rows[part]);
    return dataset->source_rows[part][index];
}
