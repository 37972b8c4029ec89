#ifndef TT_TRAINER_STATE_H
#define TT_TRAINER_STATE_H

#include "history.h"
#include "plan.h"
#include "tabtrain/trainer.h"

/* What the files of this room share. */

/* Why an evaluation is under way, and how far it is. */
typedef struct tt_evaluation {
    bool under_way;
    tt_part part;   /* the training part is only evaluated before the first step */
    int64_t row;    /* next row */
    double loss[2]; /* sums over the rows done, by part */
} tt_evaluation;

struct tt_trainer {
    tt_arena arena;
    const tt_dataset *dataset;
    tt_config *config;
    tt_plan plan;
    tt_network network;
    int64_t batch_size, steps_per_epoch;

    /* Of the optimizer; see tt_step. */
    float *slots[TT_MAX_SLOTS], *slot_history;
    double *scalars;
    double schedule_state[TT_SCHEDULE_STATE];

    float *best; /* parameters of the best epoch */
    float *good; /* parameters when everything was last seen to be finite */
    int64_t good_step;

    /* Parameters that are evaluated instead of the latest ones, by the optimizer's or a
     * regularizer's wish; NULL when nobody wishes so. */
    float *averaged;
    int64_t averages_taken;
    bool averaged_is_current;

    tt_random batches, dropout;
    uint32_t *order; /* (n_training) rows in the order of this epoch; NULL when not shuffled */
    float *x, *y;    /* one chunk: inputs, and targets as the loss wants them */
    int64_t row;     /* training rows of this epoch done */
    int64_t row_in_batch;
    double batch_sum; /* losses of this batch's rows so far */
    double epoch_sum; /* losses of this epoch's rows so far */

    /* Predictions and targets, as in tt_outcome, for the metric of each part; the training rows in
     * the order in which this epoch has used them. */
    float *predictions[2], *targets[2];
    double *confusion;

    tt_evaluation evaluation;
    tt_progress progress;
    double penalty, gradient_norm, used_rate; /* of the last step */
    double stop_state[TT_MAX_REGULARIZERS][2];
    tt_error failure;

    double *waiting; /* (TT_MAX_WAITING, TT_N_HISTORY) */
    int32_t n_waiting;
};

/* Takes n rows (at most TT_CHUNK_ROWS) of a part from position `first` on; `order` maps positions
 * to rows and may be NULL. The targets go to trainer->y as the loss wants them. Returns the inputs,
 * which are the data set's own where nothing has to be moved. */
const float *tt_take_rows(tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                          int32_t n);

/* Writes what the outputs of these rows mean, and their targets, from position `first` on, to
 * arrays over all rows of the part: see tt_report for the units. */
void tt_write_predictions(const tt_trainer *trainer, tt_part part, const uint32_t *order,
                          int64_t first, int32_t n, const float *outputs, float *predictions,
                          float *targets);

/* The sum of the losses of n rows whose targets are in trainer->y; unless NULL, d_outputs receives
 * `scale` times its gradient. */
double tt_loss_of(const tt_trainer *trainer, int32_t n, const float *outputs, float scale,
                  float *d_outputs);

/* Puts the averaged parameters in the network's place while something is evaluated, and the latest
 * ones back. Without averages nothing happens. */
void tt_swap_averaged(tt_trainer *trainer);

/* The penalties of the present weights; their gradients are added to the network's. */
double tt_add_penalties(tt_trainer *trainer);

/* One chunk of a batch, and after its last chunk the update (step.c). */
tt_status tt_train_unit(tt_trainer *trainer);

/* One chunk of an evaluation; after its last chunk the history row and the end of the epoch
 * (evaluate.c). */
void tt_evaluation_begin(tt_trainer *trainer, tt_part first);
tt_status tt_evaluate_unit(tt_trainer *trainer);

/* Ends the run as diverged because `what` is not finite: finds the tensor it began in, among the
 * activations of the last `rows` rows, the gradient and the weights, and puts the last good weights
 * back (diverge.c). */
tt_status tt_diverge(tt_trainer *trainer, const char *what, int32_t rows);

void tt_begin_epoch(tt_trainer *trainer);

/* The name of tensor `index`: "hidden 1 weight". */
void tt_tensor_name(const tt_network *network, int32_t index, char *name, size_t size);

#endif
