#ifndef TT_DATASET_STORE_H
#define TT_DATASET_STORE_H

#include "arena.h"
#include "tabtrain/dataset.h"
#include "text.h"

/* The inside of a data set. Arrays and names lie in the arena. */
struct tt_dataset {
    tt_arena arena;
    tt_task task;
    int32_t n_features, n_classes, n_outputs;
    int64_t n_rows[2]; /* by tt_part */
    int64_t n_dropped; /* rows of the table in neither part */
    float *x[2], *y[2];
    uint32_t *source_rows[2];
    double target_offset, target_scale;
    const char **feature_names, **class_names;
    char *target_name;
    char *notes; /* the items of the JSON list of notes */
};

/* The texts that go into a data set; names end in NUL, one behind the other. */
typedef struct tt_dataset_texts {
    tt_text features, classes, target, notes;
} tt_dataset_texts;

/* A data set with the task and the sizes of `like`, its texts copied, its arrays zero. NULL with
 * TT_NO_MEMORY, which says how many MB it would take. */
tt_dataset *tt_dataset_reserve(const tt_dataset *like, const tt_dataset_texts *texts,
                               tt_error *error);
void tt_dataset_texts_free(tt_dataset_texts *texts);

/* Adds the NUL that ends a name. */
void tt_end_name(tt_text *names);

#endif
