#ifndef TT_DATASET_BUILD_H
#define TT_DATASET_BUILD_H

#include "dataset-store.h"
#include "table-store.h"

/* The steps from a table to a data set, in the order in which they are taken. Each returns TT_OK or
 * has filled in the error. What they find out is kept in a tt_build, which lives during
 * tt_dataset_new only. */

/* What a column is used as. */
typedef enum tt_role { TT_AS_FOUND, TT_AS_NUMBER, TT_AS_DATE, TT_AS_CATEGORY, TT_AS_TEXT } tt_role;

static inline bool tt_is_numeric_role(tt_role role) {
    return role == TT_AS_NUMBER || role == TT_AS_DATE;
}

typedef struct tt_build {
    const tt_table *table;
    const tt_config *config;
    tt_error *error;

    int32_t *targets; /* columns, in the order of data.target */
    int32_t n_targets;
    int32_t weights, groups, order, parts; /* columns of data.weights, split.*; -1 for none */
    tt_role *roles;                        /* of each column, the targets included */
    bool *features;                        /* whether a column becomes a feature */
    const char **column_steps;             /* of each column its settings in data.by_column, which
                                              the configuration owns; NULL without any */

    uint32_t *rows; /* of the table, ascending: those that are used */
    int64_t n_rows;
    tt_task task;
    tt_levels *classes; /* of each target, in order; none for regression */

    uint8_t *marks; /* of each of `rows` the part that split.part says; NULL for other methods */
    bool validation_is_marked;

    uint32_t *part_rows[TT_N_PARTS]; /* ascending */
    int64_t n_part[TT_N_PARTS];

    /* Of the column at hand, see tt_use_steps. */
    const tt_config *steps;
    tt_config *own; /* what `steps` is where the column has settings of its own, or NULL */
    const tt_scaler *scaler;
    double scaler_params[TT_MAX_PARAMS];

    /* As in tt_dataset. */
    tt_encoder *encoders;
    double *fitted;
    int32_t n_encoders, n_features;
    int64_t n_fitted, n_levels;
    int64_t fitted_room; /* numbers that fit into `fitted` */
    bool target_log;
    double *target_offsets, *target_scales;
    tt_dataset_texts texts;
} tt_build;

/* Begin with the table, the configuration and the error. Free it in any case. */
tt_status tt_build_begin(tt_build *build);
void tt_build_free(tt_build *build);

/* roles.c: targets, roles, features and the columns of weights, groups and order. */
tt_status tt_choose_columns(tt_build *build);

/* What a column is used as when no setting says otherwise; the word for a role (roles.c). */
tt_role tt_role_found(const tt_table *table, int32_t column);
const char *tt_role_key(tt_role role);

/* roles.c: the column with that name, blanks around it left out; fails in the setting `key`.
 * Changes `name`. */
tt_status tt_find_column(const tt_build *build, const char *key, char *name, int32_t *column);

/* column-steps.c: finds the columns that data.by_column names, and checks that their settings suit
 * what they are used as. Then the settings by which one column is prepared, and its scaler; -1
 * stands for a column without settings of its own. */
tt_status tt_choose_steps(tt_build *build);
tt_status tt_use_steps(tt_build *build, int32_t column);

/* target.c: the rows that can be used. split-parts.c: moves those that split.part marks as test
 * from `rows` to their part, and notes the marks of the others; fails at a cell that names no part,
 * and where no row is for training. task.c: the task and the classes, of the rows that are left.
 * split-parts.c: leaves out test rows with other classes. */
tt_status tt_choose_rows(tt_build *build);
tt_status tt_take_test_rows(tt_build *build);
tt_status tt_choose_task(tt_build *build);
tt_status tt_drop_unknown_test_rows(tt_build *build);

/* split.c: the rows of the parts, in the order of the table, from one of the ways below. */
tt_status tt_split_rows(tt_build *build);

/* The ways to split: each marks the rows (by their place in build->rows) that are for validation;
 * `order` holds all places in the order in which they are to be drawn.
 *
 * split-share.c: with split.stratify each class gives its share, up to rounding; a class with one
 * row goes to training. split-folds.c: one of k folds, as in scikit-learn's KFold and
 * StratifiedKFold. split-groups.c: a share of the groups, or a fold of them. split-order.c: the
 * last rows. split-parts.c: those that split.part marks. */
tt_status tt_split_by_share(tt_build *build, const uint32_t *order, bool *validation);
tt_status tt_split_by_fold(tt_build *build, const uint32_t *order, bool *validation);
tt_status tt_split_by_group(tt_build *build, const uint32_t *order, bool *validation);
tt_status tt_split_by_order(tt_build *build, const uint32_t *order, bool *validation);
tt_status tt_split_by_part(tt_build *build, const uint32_t *order, bool *validation);

/* Whether the classes are to be split alike, and the class of the row at a place: 0 if not. */
bool tt_split_is_stratified(const tt_build *build);
int32_t tt_split_class(const tt_build *build, uint32_t place);

/* How many of `n` make up the share split.validation: rounded up, as in scikit-learn, but between 1
 * and `most`, or 0 for a share of 0. */
int64_t tt_split_share_of(const tt_build *build, int64_t n, int64_t most);

/* fit.c, fit-date.c, fit-category.c: the encoders, from the training rows. `values` are those of a
 * column that is not empty, missing ones filled in; `part` has room for as many. */
tt_status tt_fit_encoders(tt_build *build);
tt_status tt_fit_date(tt_build *build, int32_t column, tt_encoder *encoder, const double *values,
                      double *part);
tt_status tt_fit_category(tt_build *build, int32_t column, tt_encoder *encoder, double *codes);
tt_status tt_fit_scaler(tt_build *build, int32_t column, tt_encoder *encoder, int64_t n,
                        double *values);

/* fit-target.c: the scaling of each regression target from the training rows; y of one part. */
tt_status tt_fit_target(tt_build *build);
tt_status tt_encode_target(const tt_build *build, tt_part part, float *y);

/* weights.c: checks data.weights and data.class_weight; the weights of one part, once y of the
 * training part is there. */
tt_status tt_check_weights(tt_build *build);
void tt_write_weights(const tt_build *build, const tt_dataset *dataset, tt_part part);

/* encode.c: fills in x of `n` rows of a table; NULL stands for all rows in order. */
tt_status tt_encode_rows(const tt_dataset *dataset, const tt_table *table, int64_t n,
                         const uint32_t *rows, float *x, tt_error *error);

/* The cell as its column is used: a word among numbers is missing. */
static inline tt_cell tt_build_cell(const tt_build *build, int64_t row, int32_t column) {
    tt_cell cell = tt_table_cell(build->table, row, column);
    return tt_is_numeric_role(build->roles[column]) && !tt_is_number(cell) ? TT_MISSING : cell;
}

/* Notes something about the data; `column` -1 for the data as a whole. */
void tt_add_note(tt_build *build, int32_t column, const char *message);

/* Whether no row has a value of the column, as it is used. */
bool tt_is_empty_column(const tt_build *build, int32_t column);

/* The column of a target is at fault; the message has its name for %s. */
tt_status tt_fail_at_target(const tt_build *build, int32_t target, const char *message);

/* For a number that cannot be scaled: it is too large, or the scaler is not defined for it. */
tt_status tt_fail_too_large(tt_error *error, const tt_table *table, int32_t column);
tt_status tt_fail_at_number(tt_error *error, const tt_table *table, int32_t column,
                            const tt_scaler *scaler, double number);

tt_status tt_build_no_memory(const tt_build *build);

#endif
