#ifndef TABTRAIN_DATASET_H
#define TABTRAIN_DATASET_H

#include "tabtrain/table.h"

/* A table made ready for a network: the targets told from the features, categories as numbers,
 * missing ones filled in, everything scaled, rows split into a training, a validation and perhaps a
 * test part. All of it is fitted on the training rows only, and kept to encode other tables in the
 * same way. */
typedef struct tt_dataset tt_dataset;

/* Test rows are told by split.method part only. Neither training nor anything that is chosen by the
 * validation rows sees them. */
typedef enum tt_part { TT_TRAINING, TT_VALIDATION, TT_TEST, TT_N_PARTS } tt_part;

const char *tt_part_key(tt_part part); /* "training", "validation", "test" */

/* Reads data.*, split.* and scaler of the configuration; keeps neither table nor configuration.
 * TT_BAD_SETTING names the setting at fault (a target that is not there, no feature left, a task
 * that does not fit the target), TT_BAD_DATA the column (one class only, nothing but missing
 * values). The caller owns the result. */
tt_dataset *tt_dataset_new(const tt_table *table, const tt_config *config, tt_error *error);

/* A data set from numbers that are ready, without test rows: `x` is (n_rows[part], n_features)
 * row-major for each part, `y` is (n_rows[part], n_targets) row-major: values, class indices
 * 0..n_classes-1, or 0 and 1 for labels. n_classes is 0 for regression and labels; n_targets is 1
 * for classes. The arrays are copied. For programs that do their own preparation, and tests. */
tt_dataset *tt_dataset_from_arrays(tt_task task, int32_t n_features, int32_t n_targets,
                                   int32_t n_classes, const int64_t n_rows[2],
                                   const float *const x[2], const float *const y[2],
                                   tt_error *error);
void tt_dataset_free(tt_dataset *dataset);

tt_task tt_dataset_task(const tt_dataset *dataset);
int64_t tt_dataset_n_rows(const tt_dataset *dataset, tt_part part);
int32_t tt_dataset_n_features(const tt_dataset *dataset); /* columns of x, after one-hot */
int32_t tt_dataset_n_targets(const tt_dataset *dataset);  /* columns of y */
int32_t tt_dataset_n_classes(const tt_dataset *dataset);  /* 0 for regression and labels */
int32_t tt_dataset_n_outputs(const tt_dataset *dataset);  /* n_classes for TT_MULTICLASS, else
                                                             n_targets */

/* Borrowed: x (n_rows, n_features) and y (n_rows, n_targets), row-major. y holds scaled values,
 * class indices, or 0 and 1 for the labels. */
const float *tt_dataset_x(const tt_dataset *dataset, tt_part part);
const float *tt_dataset_y(const tt_dataset *dataset, tt_part part);

/* Borrowed: (n_rows) what each row counts, by data.weights times that of its class by
 * data.class_weight (from the training rows, for all parts); NULL when every row counts 1. */
const float *tt_dataset_weights(const tt_dataset *dataset, tt_part part);

/* Encodes all rows of another table with what was fitted on this one's training rows, into x of
 * (n_rows of the table, n_features). The columns are found by name, in any order; others are
 * ignored. An unknown level becomes "other" where rare levels did, else no level at all (one-hot:
 * zeros; ordinal: -1). TT_BAD_DATA names a column that is missing or a number that is too large.
 * Not for a data set made from arrays. */
tt_status tt_dataset_encode(const tt_dataset *dataset, const tt_table *table, float *x,
                            tt_error *error);

/* From a scaled regression target back to the file's units: offset + scale * y, and of that
 * exp(...) - 1 with data.log_target. A class index or label stays as it is. */
double tt_dataset_target_value(const tt_dataset *dataset, int32_t target, double y);
double tt_dataset_scaled_target(const tt_dataset *dataset, int32_t target, double value); /* back */
double tt_dataset_target_offset(const tt_dataset *dataset, int32_t target);
double tt_dataset_target_scale(const tt_dataset *dataset, int32_t target);

/* Names, borrowed: "petal_width", or "colour=red" for a one-hot column; a target column; a class;
 * the words that a label's 0 and 1 stand for. */
const char *tt_dataset_feature_name(const tt_dataset *dataset, int32_t feature);
const char *tt_dataset_target_name(const tt_dataset *dataset, int32_t target);
const char *tt_dataset_class_name(const tt_dataset *dataset, int32_t index);
const char *tt_dataset_label_value(const tt_dataset *dataset, int32_t target, bool yes);

/* Row of the table (from 0) that row `index` of a part came from. */
int64_t tt_dataset_source_row(const tt_dataset *dataset, tt_part part, int64_t index);

/* Task, sizes, what became of each column, features, class names and counts by part, dropped rows,
 * notes about the data (a constant feature, a class with one row): one JSON text (schema:
 * dataset-json.c). The caller frees it with tt_free_text. */
char *tt_dataset_json(const tt_dataset *dataset);

#endif
