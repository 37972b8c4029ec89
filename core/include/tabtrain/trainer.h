#ifndef TABTRAIN_TRAINER_H
#define TABTRAIN_TRAINER_H

#include "tabtrain/dataset.h"

/* A network and its training.
 *
 * One step is: batch -> forward -> loss -> backward -> penalty -> clip -> optimizer. All memory is
 * taken by tt_trainer_new; nothing is allocated afterwards. Equal settings and seeds give equal
 * bits on every build. */
typedef struct tt_trainer tt_trainer;

/* Borrows the data set, which must outlive the trainer; copies the configuration. The first history
 * row, the state before any step, waits for the first tt_trainer_run. TT_BAD_SETTING names what
 * does not fit (a loss that is not for this task), TT_NO_MEMORY says how much would have been
 * needed. */
tt_trainer *tt_trainer_new(const tt_dataset *dataset, const tt_config *config, tt_error *error);
void tt_trainer_free(tt_trainer *trainer);

/* Goes on until `until_step` optimizer steps are done and evaluated, or `max_work` is spent, or the
 * history is full. Work is counted in rows that are evaluated; a row that trains counts as three
 * and an update of the weights as sixteen, so that equal work takes about equal time and a caller
 * can time its slices. The work ends with a chunk of 256 rows or fewer; one is always done.
 *
 * The network is evaluated on the validation rows, and a history row written, before the first
 * step, at the end of every epoch, every train.report_every steps, and at `until_step`.
 *
 * TT_OK: there is more to do. TT_FINISHED, TT_STOPPED_EARLY: the run is over, with its last weights
 * or, where regularizer.early_stopping.restore_best asks for them, its best. TT_DIVERGED: a number
 * is not finite; the error names step and tensor, and the last good weights are back. */
tt_status tt_trainer_run(tt_trainer *trainer, int64_t until_step, int32_t max_work,
                         tt_error *error);

/* Where the run is. */
typedef struct tt_progress {
    tt_status status; /* TT_OK, TT_FINISHED, TT_STOPPED_EARLY or TT_DIVERGED */
    int64_t step, total_steps, steps_per_epoch;
    int64_t epoch;      /* full epochs done */
    int64_t rows_seen;  /* training rows, each time one is used */
    int64_t best_epoch; /* with the lowest validation loss (training loss without validation rows);
                           -1: none */
    double best_loss;   /* that loss */
    double batch_loss;  /* of the newest batch, before its update, without penalty */
    double learning_rate; /* of the next step */
    bool evaluating;      /* an evaluation is under way */
} tt_progress;

void tt_trainer_progress(const tt_trainer *trainer, tt_progress *progress);

/* The history: one row of doubles a report. The columns are named by tt_history_column and in the
 * catalogue under "history"; there are TT_MAX_HISTORY_COLUMNS of them at most. Rows wait in the
 * trainer until they are taken (TT_MAX_WAITING at most: a full history makes tt_trainer_run
 * return). Copies up to `max_rows` rows to `rows`, which has room for max_rows *
 * tt_n_history_columns() values; returns how many. NaN where a value does not exist. */
enum { TT_MAX_WAITING = 256, TT_MAX_HISTORY_COLUMNS = 32 };
int32_t tt_n_history_columns(void);
const tt_descriptor *tt_history_column(int32_t column);
int32_t tt_trainer_take_history(tt_trainer *trainer, double *rows, int32_t max_rows);

/* Changes a setting of the run under way: those of the families marked live (optimizer parameters,
 * regularizers). Takes effect at the next step. TT_BAD_SETTING for any other key. */
tt_status tt_trainer_set(tt_trainer *trainer, const char *key, const char *value, tt_error *error);

/* Puts the weights of the best epoch back. No effect before the first epoch ends. */
void tt_trainer_restore_best(tt_trainer *trainer);

/* A snapshot: everything a run needs to go on, with the same bits, as if it had never stopped:
 * weights, the optimizer's state, random numbers, the order of this epoch, the schedule's place,
 * the best weights, waiting history rows and the live settings. Its size depends on settings that
 * may change during a run, so ask each time.
 *
 * tt_trainer_save writes tt_trainer_snapshot_size bytes. tt_trainer_load puts a trainer back to
 * them: the trainer must have been made from the same data and, but for live settings, the same
 * settings; otherwise TT_BAD_DATA, and the trainer stays as it was. The bytes are the same on every
 * build.
 *
 * train.epochs may differ too: the trainer's own count, so that a finished run with more epochs
 * goes on. TT_BAD_SETTING when the run is past them. */
size_t tt_trainer_snapshot_size(const tt_trainer *trainer);
tt_status tt_trainer_save(const tt_trainer *trainer, void *snapshot, size_t size, tt_error *error);
tt_status tt_trainer_load(tt_trainer *trainer, const void *snapshot, size_t size, tt_error *error);

/* The parameters as tensors, in order: for each layer its weight (out, in), its bias (out), then
 * the scale and shift of its normalization (out) and the trained slope of its activation, where it
 * has them. The flat arrays hold all tensors one after the other, row-major. */
typedef struct tt_tensor {
    char name[24];    /* "hidden 1 weight", "output bias" */
    int32_t shape[2]; /* (out, in), or (out, 1) */
    int64_t offset;   /* of its first value in the flat array */
} tt_tensor;

int32_t tt_trainer_n_tensors(const tt_trainer *trainer);
void tt_trainer_tensor(const tt_trainer *trainer, int32_t index, tt_tensor *tensor);
int64_t tt_trainer_n_parameters(const tt_trainer *trainer);
void tt_trainer_parameters(const tt_trainer *trainer, float *values);
void tt_trainer_set_parameters(tt_trainer *trainer, const float *values);

/* The gradient of loss and penalties on the first training rows, by backpropagation and by central
 * differences of the naive twin in double. For each tensor: how many of its values were compared,
 * and the worst, with its place in the tensor. The relative error of a right gradient is around
 * 1e-5 or below. `checks` has room for tt_trainer_n_tensors results; `n_rows` and `most_per_tensor`
 * bound the work. The run goes on as if nothing had happened. */
typedef struct tt_gradient_check {
    char name[24];
    int64_t n_checked;
    double worst; /* relative error */
    int32_t row, column;
    double backpropagated, difference;
} tt_gradient_check;

tt_status tt_trainer_check_gradient(tt_trainer *trainer, int32_t n_rows, int32_t most_per_tensor,
                                    tt_gradient_check *checks, tt_error *error);

/* The same as one JSON text: [{"name", "n_checked", "worst", "row", "column", "backpropagated",
 * "difference"}]. The caller frees it with tt_free_text. NULL with an error when memory runs out.
 */
char *tt_trainer_gradient_json(tt_trainer *trainer, int32_t n_rows, int32_t most_per_tensor,
                               tt_error *error);

/* FNV-1a, 64 bit, over the bytes of tt_trainer_parameters (little-endian): equal hashes, equal
 * runs. */
uint64_t tt_trainer_hash(const tt_trainer *trainer);

/* The gradient of the last step, as flat as the parameters: of the loss with the penalties, before
 * any clipping. Only after a tt_trainer_run that ended with a step, and until the next one. */
void tt_trainer_gradient(const tt_trainer *trainer, float *values);

/* Gives the batches of an epoch instead of cutting them from the rows: batch i takes the next
 * sizes[i] of `rows`, which are training rows from 0. Every epoch repeats them. They may leave rows
 * out or repeat some, but hold no more than the training part has, all together. Copied. Before the
 * first step only; TT_BAD_SETTING says what does not fit. */
tt_status tt_trainer_set_batches(tt_trainer *trainer, int32_t n_batches, const int32_t *sizes,
                                 const int32_t *rows, tt_error *error);

/* Gives the dropout masks of a hidden layer (from 0) instead of drawing them: `masks` is (n_steps,
 * n_rows, units), zero where a unit is off. Step s, from 0, uses mask s mod n_steps, of which a
 * batch takes the first rows. Borrowed for the rest of the run; NULL draws again. Give batches
 * first. TT_BAD_SETTING when the layer has no dropout, or a batch more rows than a mask. */
tt_status tt_trainer_set_masks(tt_trainer *trainer, int32_t hidden, int32_t n_steps, int32_t n_rows,
                               const float *masks, tt_error *error);

/* Which of the family's rows this run uses, with "auto" resolved: "loss" and "metric". Borrowed. */
const tt_descriptor *tt_trainer_loss(const tt_trainer *trainer);
const tt_descriptor *tt_trainer_metric(const tt_trainer *trainer);

/* Loss and metric in use, size and tensors as one JSON text: {"loss", "metric", "n_parameters",
 * "tensors": [{"name", "shape", "offset"}]}. The caller frees it with tt_free_text. */
char *tt_trainer_json(const tt_trainer *trainer);

/* The learning rate that the settings give at each of `n` points spread evenly over `total_steps`
 * steps of `steps_per_epoch`: what the page draws before a run starts. `momenta`, unless NULL, gets
 * the momentum likewise; NaN where the schedule leaves the optimizer's own alone. */
tt_status tt_schedule_preview(const tt_config *config, int64_t total_steps, int64_t steps_per_epoch,
                              int32_t n, double *rates, double *momenta, tt_error *error);

/* A report on one part of the data with the present weights: predictions and every metric of the
 * task. Predictions are (n_rows, n_outputs): target values in the file's units, the probability of
 * the second class, of each class, or of each label. Targets are (n_rows, n_targets): values in the
 * file's units, class indices, or labels as 0 and 1. The report borrows the data set; the run goes
 * on as if it had not been made. TT_BAD_SETTING when the part has no rows. */
typedef struct tt_report tt_report;

tt_report *tt_report_new(tt_trainer *trainer, tt_part part, tt_error *error);
void tt_report_free(tt_report *report);

/* The same in pieces, between which the run may go on, be saved or put back: a report is always of
 * the weights there were at tt_report_begin. tt_report_run predicts a chunk of 256 rows or fewer,
 * or measures one metric: TT_OK while there is more to do, TT_FINISHED once the report is whole.
 * The trainer must live until then; before, nothing but tt_report_free may be asked. */
tt_report *tt_report_begin(tt_trainer *trainer, tt_part part, tt_error *error);
tt_status tt_report_run(tt_report *report);

int64_t tt_report_n_rows(const tt_report *report);
int32_t tt_report_n_outputs(const tt_report *report);
int32_t tt_report_n_targets(const tt_report *report);
const float *tt_report_predictions(const tt_report *report); /* borrowed */
const float *tt_report_targets(const tt_report *report);     /* borrowed */

/* Row of the table (from 0) that row `index` of the report came from. */
int64_t tt_report_source_row(const tt_report *report, int64_t index);

/* The loss, and each metric of the task: its value, and its row of the family (borrowed). */
double tt_report_loss(const tt_report *report);
int32_t tt_report_n_metrics(const tt_report *report);
const tt_descriptor *tt_report_metric(const tt_report *report, int32_t index, double *value);

/* Loss and metrics by key, confusion matrix [true][predicted], precision, recall, F1 and support by
 * class or label, metrics by target, ROC, precision-recall and calibration curves: one JSON text
 * (schema: report-json.c). The caller frees it with tt_free_text. */
char *tt_report_json(const tt_report *report);

#endif
