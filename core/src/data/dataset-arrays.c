#include <assert.h>
#include <string.h>

#include "dataset-store.h"

static void name_all(tt_dataset_texts *texts, const tt_dataset *like) {
    for (int32_t i = 0; i < like->n_features; i++) {
        tt_text_add(&texts->features, "feature_%i", i + 1);
        tt_end_name(&texts->features);
    }
    for (int32_t i = 0; i < tt_n_class_names(like); i++) {
        tt_text_add(&texts->classes, "%i", like->task == TT_MULTILABEL ? i % 2 : i);
        tt_end_name(&texts->classes);
    }
    for (int32_t i = 0; i < like->n_targets; i++) {
        tt_text_add(&texts->targets, like->n_targets > 1 ? "target_%i" : "target", i + 1);
        tt_end_name(&texts->targets);
    }
}

static void copy_part(tt_dataset *dataset, int part, const float *x, const float *y,
                      int64_t first_row) {
    int64_t n = dataset->n_rows[part];
    if (n > 0) {
        memcpy(dataset->x[part], x, (size_t)(n * dataset->n_features) * sizeof *x);
        memcpy(dataset->y[part], y, (size_t)(n * dataset->n_targets) * sizeof *y);
    }
    for (int64_t i = 0; i < n; i++) {
        assert(dataset->n_classes == 0 || (y[i] >= 0 && y[i] < (float)dataset->n_classes));
        dataset->source_rows[part][i] = (uint32_t)(first_row + i);
    }
}

tt_dataset *tt_dataset_from_arrays(tt_task task, int32_t n_features, int32_t n_targets,
                                   int32_t n_classes, const int64_t n_rows[2],
                                   const float *const x[2], const float *const y[2],
                                   tt_error *error) {
    assert(n_features > 0 && n_targets > 0 && n_rows[TT_TRAINING] > 0);
    assert(task & TT_CLASSIFICATION ? n_targets == 1 : n_classes == 0);
    assert(task != TT_BINARY || n_classes == 2);
    assert(task != TT_MULTICLASS || n_classes > 1);
    tt_dataset like = {.task = task,
                       .n_features = n_features,
                       .n_targets = n_targets,
                       .n_classes = n_classes,
                       .n_outputs = task == TT_MULTICLASS ? n_classes : n_targets,
                       .n_rows = {n_rows[TT_TRAINING], n_rows[TT_VALIDATION]}};
    tt_dataset_texts texts = {0};
    name_all(&texts, &like);
    tt_dataset *dataset = tt_dataset_reserve(&like, &texts, error);
    tt_dataset_texts_free(&texts);
    if (dataset) {
        for (int32_t t = 0; t < n_targets; t++)
            dataset->target_scales[t] = 1;
        copy_part(dataset, TT_TRAINING, x[TT_TRAINING], y[TT_TRAINING], 0);
        copy_part(dataset, TT_VALIDATION, x[TT_VALIDATION], y[TT_VALIDATION], n_rows[TT_TRAINING]);
    }
    return dataset;
}
