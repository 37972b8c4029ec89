#ifndef TABTRAIN_MODEL_H
#define TABTRAIN_MODEL_H

#include "tabtrain/trainer.h"

/* What is needed to predict, and nothing of the run: the settings, the preparation as it was fitted
 * on the training rows, the network with its weights. A model owns all of it and keeps neither
 * trainer nor data set, so a run that goes on changes no model, and a model changes no run. */
typedef struct tt_model tt_model;

/* TT_PRESENT: the weights that an evaluation would use now, averaged ones where there are some.
 * TT_BEST: those of the best epoch; the first ones before any epoch has ended. */
typedef enum tt_weights { TT_PRESENT, TT_BEST } tt_weights;

/* TT_BAD_DATA for a run on arrays, which has no preparation. */
tt_model *tt_model_new(const tt_trainer *trainer, tt_weights weights, tt_error *error);
void tt_model_free(tt_model *model);

/* A model as bytes, the same on every build, with a version and a checksum (layout: model-file.c).
 * tt_model_save writes tt_model_size bytes. tt_model_load takes nothing on trust: TT_BAD_DATA says
 * whether the bytes are no model, are cut off or damaged, or come from another version. */
size_t tt_model_size(const tt_model *model);
void tt_model_save(const tt_model *model, void *bytes);
tt_model *tt_model_load(const void *bytes, size_t size, tt_error *error);

/* The settings of the run; those of the reader suit files like the one it was trained on.
 * Borrowed. */
const tt_config *tt_model_config(const tt_model *model);

/* Columns that the model needs, each of them a column of the file, not a feature of the network. */
int32_t tt_model_n_columns(const tt_model *model);
const char *tt_model_column_name(const tt_model *model, int32_t column); /* borrowed */
int32_t tt_model_find_column(const tt_model *model, const char *name);   /* -1: there is none */

/* How many values one prediction has: see tt_report in trainer.h. */
int32_t tt_model_n_outputs(const tt_model *model);

/* {"task": "regression" | "binary" | "multiclass" | "multilabel", "loss", "metric",
 *  "n_parameters", "n_outputs", "targets": ["price"], "outputs": ["price"],
 *  "classes": ["no", "yes"], "labels": [{"name": "spam", "no": "0", "yes": "1"}],
 *  "columns": [...], "image": {...},
 *  "settings": "train.epochs = 20\n..."}
 * as one JSON text. The columns are as in tt_dataset_json: codings, levels, and the ranges, medians
 * and most frequent levels of the training rows; the image is as in tt_image_json. `outputs` names
 * what each value of a prediction is of: a target, a class, a label. The caller frees it with
 * tt_free_text. */
char *tt_model_json(const tt_model *model);

/* The prediction of every row of a table. Columns are found by name, in any order; other ones are
 * carried along. What does not fit is counted and told by line, not dropped: a missing cell, or a
 * word among numbers, is filled in as in training, and an unknown level becomes "other" where rare
 * levels did, else no level at all.
 *
 * tt_prediction_new borrows both, which must outlive the result; TT_BAD_DATA names a column that
 * the table lacks. tt_prediction_run does up to `max_rows` rows more: TT_OK while there are more to
 * do, TT_FINISHED after the last one, TT_BAD_DATA for a number that cannot be scaled. */
typedef struct tt_prediction tt_prediction;

tt_prediction *tt_prediction_new(tt_model *model, const tt_table *table, tt_error *error);
void tt_prediction_free(tt_prediction *prediction);
tt_status tt_prediction_run(tt_prediction *prediction, int64_t max_rows, tt_error *error);

/* Borrowed: (rows of the table, n_outputs), in the units of tt_report_predictions and, as floats,
 * with the same bits. */
const double *tt_prediction_values(const tt_prediction *prediction);

/* {"n_rows": 3, "columns": ["predicted_price"],
 *  "notes": [{"column": "age", "kind": "missing" | "word" | "unknown", "count": 2, "lines": [4, 9],
 *             "fill": 38.5 | "red" | null, "message": "Cells that are missing count as 38.5."}]}
 * : the columns that tt_prediction_csv adds; what was filled in, with the lines of the first few,
 * and what stands for it, null for no level at all. The caller frees it with tt_free_text. */
char *tt_prediction_json(const tt_prediction *prediction);

/* Rows first..first + n_rows - 1 of the table as CSV (RFC 4180, commas), all its columns and then
 * the predictions: "predicted_" and the target's name, the value, class or word; for classes and
 * labels "probability_" and the class or label. With the line of names where `first` is 0. The
 * caller frees it with tt_free_text. */
char *tt_prediction_csv(const tt_prediction *prediction, int64_t first, int64_t n_rows);

#endif
