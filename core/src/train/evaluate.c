#include <math.h>
#include <string.h>

#include "maths.h"
#include "reduce.h"
#include "trainer-state.h"

void tt_swap_averaged(tt_trainer *trainer) {
    if (!trainer->state.averaged_is_current)
        return;
    float *latest = trainer->network.parameters;
    trainer->network.parameters = trainer->averaged;
    trainer->averaged = latest;
    tt_network_touch(&trainer->network);
}

void tt_evaluation_begin(tt_trainer *trainer, tt_part first) {
    trainer->state.evaluation = (tt_evaluation){.under_way = true, .part = first};
}

static double metric_of(const tt_trainer *trainer, tt_part part, int64_t n_rows) {
    if (n_rows == 0)
        return NAN;
    const tt_dataset *dataset = trainer->dataset;
    tt_outcome outcome = {
        .task = tt_dataset_task(dataset),
        .n_rows = n_rows,
        .n_outputs = tt_dataset_n_outputs(dataset),
        .n_targets = tt_dataset_n_targets(dataset),
        .n_classes = tt_dataset_n_classes(dataset),
        .predictions = trainer->predictions[part],
        .targets = trainer->targets[part],
        .confusion = trainer->confusion,
        .scratch = trainer->ranked,
    };
    if (outcome.task != TT_REGRESSION)
        tt_count_confusion(&outcome);
    return tt_metric_value(trainer->plan.metric, trainer->plan.metric_params, &outcome);
}

static void write_row(tt_trainer *trainer, double training_loss, double validation_loss) {
    const tt_progress *p = &trainer->state.progress;
    const tt_network *network = &trainer->network;
    int64_t n_training = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    bool first = p->step == 0;
    double *row = trainer->waiting + trainer->state.n_waiting++ * TT_N_HISTORY;
    row[TT_EPOCH] = (double)p->rows_seen / (double)trainer->epoch_rows;
    row[TT_STEP] = (double)p->step;
    row[TT_LEARNING_RATE] = first ? tt_plan_rate(&trainer->plan, 0, p->steps_per_epoch,
                                                 p->total_steps, trainer->state.schedule_state)
                                  : trainer->state.used_rate;
    row[TT_TRAINING_LOSS] = training_loss;
    row[TT_PENALTY] = first ? tt_add_penalties(trainer) : trainer->state.penalty;
    row[TT_VALIDATION_LOSS] = validation_loss;
    row[TT_TRAINING_METRIC] =
        metric_of(trainer, TT_TRAINING, first ? n_training : trainer->state.row);
    row[TT_VALIDATION_METRIC] =
        metric_of(trainer, TT_VALIDATION, tt_dataset_n_rows(trainer->dataset, TT_VALIDATION));
    row[TT_GRADIENT_NORM] = trainer->state.gradient_norm;
    row[TT_WEIGHT_NORM] = tt_sqrt(tt_sum_squares(network->n_parameters, network->parameters));
}

/* Whether to stop now, by the word of any regularizer. */
static bool wants_stop(tt_trainer *trainer, double loss) {
    bool stop = false;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        if (row->stop)
            stop |=
                row->stop(trainer->plan.regularizers[r].params, loss, trainer->state.stop_state[r]);
    }
    return stop;
}

static tt_status end_run(tt_trainer *trainer, tt_status status) {
    bool restore = false;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        restore |= row->restores_best && row->restores_best(trainer->plan.regularizers[r].params);
    }
    if (restore)
        tt_trainer_restore_best(trainer);
    return status;
}

/* Keeps the weights of the best epoch, and ends the run or begins the next epoch. */
static tt_status end_epoch(tt_trainer *trainer, double loss) {
    tt_progress *p = &trainer->state.progress;
    p->epoch += 1;
    if (p->best_epoch < 0 || loss < p->best_loss) {
        p->best_epoch = p->epoch;
        p->best_loss = loss;
        tt_keep_weights(trainer, true, trainer->best);
    }
    const tt_schedule *schedule = trainer->plan.schedule;
    if (schedule->observe)
        schedule->observe(trainer->plan.schedule_params, trainer->plan.optimizer_params[0], loss,
                          trainer->state.schedule_state);
    bool stop = wants_stop(trainer, loss);
    if (p->step == p->total_steps)
        return end_run(trainer, TT_FINISHED);
    if (stop)
        return end_run(trainer, TT_STOPPED_EARLY);
    tt_begin_epoch(trainer);
    return TT_OK;
}

static tt_status end_evaluation(tt_trainer *trainer) {
    tt_progress *p = &trainer->state.progress;
    int64_t n_validation = tt_dataset_n_rows(trainer->dataset, TT_VALIDATION);
    const tt_evaluation *evaluation = &trainer->state.evaluation;
    double training_loss = p->step == 0
                               ? evaluation->loss[TT_TRAINING] / evaluation->weight[TT_TRAINING]
                               : trainer->state.epoch_sum / trainer->state.epoch_weight;
    double validation_loss =
        n_validation > 0 ? evaluation->loss[TT_VALIDATION] / evaluation->weight[TT_VALIDATION]
                         : NAN;
    trainer->state.evaluation.under_way = false;
    write_row(trainer, training_loss, validation_loss);
    double loss = n_validation > 0 ? validation_loss : training_loss;
    double norm = trainer->waiting[(trainer->state.n_waiting - 1) * TT_N_HISTORY + TT_WEIGHT_NORM];
    if (!isfinite(norm))
        return tt_diverge(trainer, "weights", 0);
    if (!isfinite(loss))
        return tt_diverge(trainer, "validation loss", 0);
    tt_keep_weights(trainer, false, trainer->good);
    trainer->state.good_step = p->step;
    bool epoch_done = p->step > 0 && trainer->state.row == trainer->epoch_rows;
    return epoch_done ? end_epoch(trainer, loss) : TT_OK;
}

tt_status tt_evaluate_unit(tt_trainer *trainer) {
    tt_evaluation *evaluation = &trainer->state.evaluation;
    int64_t left = tt_dataset_n_rows(trainer->dataset, evaluation->part) - evaluation->row;
    int32_t rows =
        (int32_t)(left < trainer->network.chunk_rows ? left : trainer->network.chunk_rows);
    if (rows > 0) {
        tt_swap_averaged(trainer);
        const float *x = tt_take_rows(trainer, evaluation->part, NULL, evaluation->row, rows);
        const float *outputs = tt_network_forward(&trainer->network, rows, x, NULL);
        evaluation->loss[evaluation->part] +=
            tt_loss_of(trainer, rows, trainer->y, outputs, 1, NULL);
        evaluation->weight[evaluation->part] +=
            tt_weight_of(trainer, evaluation->part, NULL, evaluation->row, rows);
        tt_write_predictions(trainer, evaluation->part, NULL, evaluation->row, rows, outputs,
                             trainer->predictions[evaluation->part],
                             trainer->targets[evaluation->part]);
        tt_swap_averaged(trainer);
    }
    evaluation->row += rows;
    if (rows < left)
        return TT_OK;
    if (evaluation->part == TT_TRAINING) {
        evaluation->part = TT_VALIDATION;
        evaluation->row = 0;
        return TT_OK;
    }
    return end_evaluation(trainer);
}
