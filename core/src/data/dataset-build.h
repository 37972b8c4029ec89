#ifndef TT_DATASET_BUILD_H
#define TT_DATASET_BUILD_H

#include "dataset-store.h"
#include "table-store.h"

/* The steps from a table to a data set, in the order in which they are taken. Each returns TT_OK or
 * has filled in the error. What they find out is kept in a tt_build, which lives during
 * tt_dataset_new only. */

/* What a column is used as. */
typedef enum tt_role { TT_AS_FOUND, TT_AS_NUMBER, TT_AS_CATEGORY, TT_AS_TEXT } tt_role;

/* How a column becomes `width` features, starting at feature `first`. */
typedef struct tt_encoder {
    int32_t column;
    bool constant; /* in the training rows: the features are zero */
    int32_t first, width;
    double offset, scale; /* numbers: feature = (x - offset) / scale */
    double fill;          /* numbers: stands for a missing one */
    tt_levels levels;     /* categories: of the training rows, in order; one feature each */
    int32_t fill_level;   /* categories: stands for a missing one */
} tt_encoder;

typedef struct tt_build {
    const tt_table *table;
    const tt_config *config;
    tt_error *error;

    int32_t target;
    tt_role *roles; /* of each column, the target included */
    bool *features; /* whether a column becomes a feature */

    uint32_t *rows; /* of the table, ascending: those that are used */
    int64_t n_rows;
    tt_task task;
    tt_levels classes; /* in order; none for regression */

    uint32_t *part_rows[2]; /* ascending; `rows` told apart */
    int64_t n_part[2];

    tt_encoder *encoders;
    int32_t n_encoders, n_features;
    double target_offset, target_scale;
    tt_dataset_texts texts;
} tt_build;

/* roles.c: target, roles and features from data.target, .ignore, .numbers, .categories and .task.
 */
tt_status tt_choose_columns(tt_build *build);

/* target.c: the rows that can be used, the task and the classes. */
tt_status tt_choose_rows(tt_build *build);
tt_status tt_choose_task(tt_build *build);

/* split.c: training and validation rows. With split.stratify each class gives its share to the
 * validation part, up to rounding; a class with one row goes to training. */
tt_status tt_split_rows(tt_build *build);

/* fit.c: the encoders, and the scaling of a regression target, from the training rows. */
tt_status tt_fit_encoders(tt_build *build);
tt_status tt_fit_target(tt_build *build);

/* encode.c: fills in x and y of one part, which are zero before. */
tt_status tt_encode_part(const tt_build *build, tt_part part, float *x, float *y);

/* The cell as its column is used: a word among numbers is missing. */
static inline tt_cell tt_build_cell(const tt_build *build, int64_t row, int32_t column) {
    tt_cell cell = tt_table_cell(build->table, row, column);
    return build->roles[column] == TT_AS_NUMBER && !tt_is_number(cell) ? TT_MISSING : cell;
}

/* Notes something about the data; `column` -1 for the data as a whole. */
void tt_add_note(tt_build *build, int32_t column, const char *message);

tt_status tt_build_no_memory(const tt_build *build);

#endif
