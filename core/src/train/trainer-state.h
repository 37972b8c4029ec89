#ifndef TT_TRAINER_STATE_H
#define TT_TRAINER_STATE_H

#include "augmenter.h"
#include "history.h"
#include "plan.h"
#include "tabtrain/autopsy.h"
#include "tabtrain/trainer.h"

/* What the files of this room share. */

/* Why an evaluation is under way, and how far it is. */
typedef struct tt_evaluation {
    bool under_way;
    tt_part part;     /* the training part comes first, where it is evaluated */
    bool training;    /* it is */
    double metric;    /* over this epoch's batches: the evaluation needs its room */
    int64_t row;      /* next row */
    double loss[2];   /* sums over the rows done, by part */
    double weight[2]; /* of these rows */
    bool failed;      /* a loss was not finite, and state.autopsy says of which row */
} tt_evaluation;

/* Where the batch under way began, to go through it once more. */
typedef struct tt_batch_start {
    int64_t row;
    tt_random dropout, augmentation;
} tt_batch_start;

/* tt_vitals before it is known which layer they are wanted of. */
typedef struct tt_step_vitals {
    int64_t step;
    double loss, gradient_norm, learning_rate;
    float largest[TT_MAX_HIDDEN + 1]; /* by layer */
} tt_step_vitals;

/* What changes during a run, apart from arrays: with the arrays of the `kept` arena it is all that
 * a snapshot holds. No pointers. */
typedef struct tt_state {
    tt_progress progress;
    tt_evaluation evaluation;
    tt_random batches, dropout, augmentation;
    tt_random order; /* what the order of this epoch was drawn from: see tt_draw_order */
    int64_t row;     /* training rows of this epoch done */
    int64_t row_in_batch;
    double batch_sum,
        batch_weight; /* losses of this batch's rows so far; weight of the whole batch */
    double epoch_sum, epoch_weight;           /* of this epoch's batches so far */
    double epoch_penalty;                     /* theirs, each times the weight of its batch */
    double penalty, gradient_norm, used_rate; /* of the last step */
    double penalties[TT_MAX_PENALTIES];       /* its parts, NaN for those that are off */
    double update_ratio[TT_MAX_HIDDEN + 1];   /* by layer, at the last step that was reported */
    double schedule_state[TT_SCHEDULE_STATE];
    double stop_state[TT_MAX_REGULARIZERS][2];
    int64_t good_step, averages_taken;
    bool averaged_is_current;
    int32_t n_waiting;
    tt_batch_start batch_start;
    tt_step_vitals vitals[TT_MAX_VITALS]; /* step s is item s mod TT_MAX_VITALS */
    tt_error failure;
    tt_autopsy autopsy; /* of that failure */
} tt_state;

/* What a caller gives in place of what is drawn otherwise (given.c). */
typedef struct tt_given_masks {
    const float *values; /* (n_steps, n_rows, units), borrowed; NULL for none */
    int32_t n_steps, n_rows;
} tt_given_masks;

typedef struct tt_given {
    int32_t n_batches; /* of an epoch; 0 for none */
    int32_t *sizes;    /* rows in each batch */
    uint32_t *rows;    /* of all batches, in order */
    tt_given_masks masks[TT_MAX_HIDDEN];
} tt_given;

struct tt_trainer {
    const tt_dataset *dataset;
    tt_config *config;
    tt_plan plan;
    tt_network network;
    tt_augmenter augmenter;
    int64_t batch_size, steps_per_epoch, epoch_rows;
    tt_given given;
    tt_state state;

    /* Arrays that a snapshot holds, where the run still needs them. */
    tt_arena kept;
    float *slots[TT_MAX_SLOTS], *slot_history; /* of the optimizer; see tt_step */
    size_t history_length;                     /* arrays in slot_history */
    double *scalars;
    float *best;     /* weights of the best epoch, as tt_keep_weights leaves them */
    float *good;     /* weights when everything was last seen to be finite */
    float *averaged; /* parameters that are evaluated instead of the latest ones, when
                        averaged_is_current */
    double *waiting; /* (TT_MAX_WAITING, tt_n_history_columns()) */

    /* Predictions and targets, as in tt_outcome, for the metric of each part; the training rows in
     * the order in which this epoch has used them. */
    double *predictions[2], *targets[2];

    /* Arrays that are made anew: by tt_draw_order, and before each use for one chunk of rows. */
    tt_arena scratch;
    uint32_t *order;     /* (n_training) rows in the order of this epoch; NULL when not shuffled */
    float *x, *y;        /* inputs, and targets as the loss wants them */
    float *weight;       /* what each row counts; NULL when all count 1 */
    float *altered;      /* inputs that the augmenter has changed; NULL without any */
    float *augmented;    /* inputs with noise or mixed with others; NULL without either */
    float *mixed_y;      /* targets of the rows that were mixed in; NULL without */
    float *d_mixed;      /* their loss gradient */
    float *slot_scratch; /* of the optimizer */
    float *linked;       /* (chunk, n_outputs) outputs as predictions */
    float *unclipped;    /* the gradient before it was clipped */
    bool clipped;        /* whether the last step clipped */
    float *before;       /* the parameters before a step that is reported */
    double *confusion;   /* as in tt_outcome */
    tt_scored *ranked;   /* twice the rows of the larger part; NULL unless the metric sorts */
};

/* Takes the room of a trainer from its arenas; call twice (layout.c). */
void tt_lay_out(tt_trainer *trainer);

/* Takes n rows (at most a chunk) of a part from position `first` on; `order` maps positions
 * to rows and may be NULL. The targets go to trainer->y as the loss wants them. Returns the inputs,
 * which are the data set's own where nothing has to be moved. */
const float *tt_take_rows(tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                          int32_t n);

/* Numbers in trainer->y for each row. */
int32_t tt_targets_per_row(const tt_trainer *trainer);

/* Writes what the outputs of the rows just taken mean, and their targets, from position `first` on,
 * to arrays over all rows of the part: see tt_report for the units. */
void tt_write_predictions(const tt_trainer *trainer, tt_part part, const uint32_t *order,
                          int64_t first, int32_t n, const float *outputs, double *predictions,
                          double *targets);

/* The same in parts, for rows that no trainer holds: the targets of n rows as the loss wants them;
 * what `n_outputs` outputs a row mean (`linked` has room for as many values); the targets of one
 * row; the weight of rows in the mean loss. */
void tt_take_targets(const tt_plan *plan, const tt_dataset *dataset, tt_part part,
                     const uint32_t *order, int64_t first, int32_t n, float *y);
void tt_interpret(const tt_plan *plan, const tt_dataset *dataset, int32_t n, int32_t n_outputs,
                  const float *outputs, float *linked, double *predictions);
void tt_write_target(const tt_dataset *dataset, tt_part part, int64_t row, double *targets);
double tt_weight_of_rows(const tt_plan *plan, const tt_dataset *dataset, tt_part part,
                         const uint32_t *order, int64_t first, int32_t n);

/* The sum of the losses of n rows with targets y as the loss wants them; unless NULL, d_outputs
 * receives `scale` times its gradient. */
double tt_loss_of(const tt_trainer *trainer, int32_t n, const float *y, const float *outputs,
                  float scale, float *d_outputs);

/* Parameters and running statistics, to and from an array of n_parameters + n_running values; the
 * averaged parameters where there are some and `averaged` asks for them. */
void tt_keep_weights(const tt_trainer *trainer, bool averaged, float *weights);
void tt_put_weights(tt_trainer *trainer, const float *weights);

/* Puts the averaged parameters in the network's place while something is evaluated, and the latest
 * ones back. Without averages nothing happens. */
void tt_swap_averaged(tt_trainer *trainer);

/* The weight of n rows of a part in the mean loss: n, unless the loss weighs classes. */
double tt_weight_of(const tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                    int32_t n);

/* Changes a chunk of inputs by the augmentations that are on, mixes rows and adds noise, if the
 * settings say so (augment.c). Returns the
 * inputs to use; `*share` is what the rows themselves keep, 1 without mixing, and trainer->mixed_y
 * has the targets of the others. */
const float *tt_augment(tt_trainer *trainer, int32_t n, const float *x, float *share);

/* The penalties of the present weights, together and each (see tt_state.penalties); their gradients
 * are added to the network's. */
double tt_add_penalties(tt_trainer *trainer, double penalties[TT_MAX_PENALTIES]);

/* Whether the state after step `step` is to be evaluated. */
bool tt_is_due(const tt_trainer *trainer, int64_t step, int64_t until_step);

/* Rows of the batch under way; the dropout masks that were given for its next chunk (given.c). */
int64_t tt_batch_rows(const tt_trainer *trainer);
void tt_place_masks(tt_trainer *trainer);
void tt_given_free(tt_given *given);

/* One chunk of a batch, and after its last chunk the update (step.c). */
tt_status tt_train_unit(tt_trainer *trainer, int64_t until_step);

/* The next rows of the batch under way, forward and backward. */
void tt_train_chunk(tt_trainer *trainer, int32_t rows);

/* One chunk of an evaluation; after its last chunk the history row and the end of the epoch
 * (evaluate.c). */
void tt_evaluation_begin(tt_trainer *trainer);
int32_t tt_evaluation_rows(const tt_trainer *trainer); /* of its next chunk */
tt_status tt_evaluate_unit(tt_trainer *trainer);

/* The run's metric over predictions and targets as in tt_outcome; NaN without rows. */
double tt_metric_of(const tt_trainer *trainer, int64_t n_rows, const double *predictions,
                    const double *targets);

/* Euclidean norm of all parameters. */
double tt_weight_norm(const tt_trainer *trainer);

/* Writes the history row of the evaluation that has ended (history-row.c). */
void tt_write_history_row(tt_trainer *trainer, double training_loss, double validation_loss);

/* Ends the run as diverged because `what` is not finite: in a step, after all its chunks, or when
 * an evaluation has ended. Finds out where it began and puts the last good weights back
 * (diverge.c). */
tt_status tt_diverge(tt_trainer *trainer, const char *what, bool evaluating);

/* Looks for what is not finite among the chunk of rows that has just been evaluated, and notes it
 * in state.autopsy; false when there is nothing. */
bool tt_find_fault(tt_trainer *trainer, tt_part part, int64_t first, int32_t rows);

/* Notes how the step just done went, its last chunk having had `rows` rows; the last such notes for
 * the layer of an autopsy (autopsy.c). */
void tt_record_vitals(tt_trainer *trainer, int32_t rows);
void tt_copy_vitals(const tt_trainer *trainer, tt_autopsy *autopsy);

void tt_begin_epoch(tt_trainer *trainer);

/* Puts the rows in the order of this epoch, by state.order. */
void tt_draw_order(tt_trainer *trainer);

/* The name of a layer, "hidden 1" or "output", and of tensor `index`: "hidden 1 weight" (names.c).
 */
void tt_layer_name(const tt_network *network, int32_t l, char *name, size_t size);
void tt_tensor_name(const tt_network *network, int32_t index, char *name, size_t size);

#endif
