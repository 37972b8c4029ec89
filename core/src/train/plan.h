#ifndef TT_PLAN_H
#define TT_PLAN_H

#include "loss.h"
#include "metric.h"
#include "network.h"
#include "optimizer.h"
#include "regularizer.h"
#include "schedule.h"
#include "tabtrain/trainer.h"

/* The settings of a run, looked up once: rows instead of keys, numbers instead of texts. */

enum { TT_MAX_REGULARIZERS = 16 };

/* When the training part is evaluated as the validation part is, in the order of the choices of
 * train.evaluate_training. TT_EVALUATE_AUTO: where the training loss is not the same already, and
 * the part has TT_MOST_ROWS_TO_EVALUATE rows at most: a pass forward costs a third of an epoch. */
typedef enum tt_evaluate { TT_EVALUATE_AUTO, TT_EVALUATE_NEVER, TT_EVALUATE_EPOCH } tt_evaluate;
enum { TT_MOST_ROWS_TO_EVALUATE = 10000 };

typedef struct tt_plan {
    const tt_loss *loss;
    double loss_params[TT_MAX_PARAMS];
    bool loss_weighs; /* rows, by own_weight: an empty list of weights does not */
    const tt_metric *metric;
    double metric_params[TT_MAX_PARAMS];
    const tt_initializer *initializer;
    double initializer_params[TT_MAX_PARAMS];
    const tt_optimizer *optimizer;
    double optimizer_params[TT_MAX_PARAMS];
    const tt_schedule *schedule;
    double schedule_params[TT_MAX_PARAMS];
    double schedule_shared[TT_MAX_PARAMS];
    bool rate_per_step;
    struct {
        const tt_regularizer *row;
        double params[TT_MAX_PARAMS];
        int32_t penalty; /* see tt_penalty_index; -1 without */
    } regularizers[TT_MAX_REGULARIZERS];
    int32_t n_regularizers;
    int32_t n_hidden;
    int32_t widths[TT_MAX_HIDDEN];
    const tt_activation *activations[TT_MAX_HIDDEN];
    double activation_params[TT_MAX_HIDDEN][TT_MAX_PARAMS];
    double dropouts[TT_MAX_HIDDEN];
    tt_norm norms[TT_MAX_HIDDEN];
    double norm_epsilon, norm_momentum;
    bool norm_biased;
    int32_t skip;                           /* layers in a block that adds its input; 0 for none */
    const tt_activation *output_activation; /* NULL for none */
    double output_params[TT_MAX_PARAMS];
    double input_noise, mixup;
    int64_t epochs, batch_size, report_every;
    tt_evaluate evaluate_training;
    const tt_products *products; /* exact where the settings want fused ones that are not here */
    bool shuffle;
    uint64_t model_seed, train_seed;
} tt_plan;

/* TT_BAD_SETTING for choices that do not fit the task or one another, with the key at fault. */
tt_status tt_plan_read(tt_plan *plan, const tt_config *config, tt_task task, tt_error *error);

/* TT_BAD_SETTING when the loss wants more than `n_outputs`, or has a list of another length than 1
 * or `n_outputs`. */
tt_status tt_plan_check_outputs(const tt_plan *plan, int32_t n_outputs, tt_error *error);

/* TT_BAD_SETTING when the settings want an arithmetic that is not here. A run needs it to have its
 * bits; a finished model predicts without. */
tt_status tt_plan_check_arithmetic(const tt_plan *plan, const tt_config *config, tt_error *error);

/* Gives the network the plan's layers for the features and outputs of a data set, ready to be laid
 * out, with chunks that hold a batch where batch normalization trains on it whole (shape.c). */
void tt_shape_network(tt_network *network, const tt_plan *plan, const tt_dataset *dataset,
                      int64_t batch_size);

/* The part of it that may change during a run: optimizer parameters and regularizers. */
void tt_plan_read_live(tt_plan *plan, const tt_config *config);

/* The learning rate of step `step` (from 0); `state` is that of the schedule. */
double tt_plan_rate(const tt_plan *plan, int64_t step, int64_t steps_per_epoch, int64_t total_steps,
                    const double *state);

/* The momentum of step `step`, where the schedule moves it; -1 otherwise. */
double tt_plan_momentum(const tt_plan *plan, int64_t step, int64_t steps_per_epoch,
                        int64_t total_steps);

#endif
