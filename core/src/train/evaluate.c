#include <math.h>
#include <string.h>

#include "trainer-state.h"

void tt_swap_averaged(tt_trainer *trainer) {
    if (!trainer->state.averaged_is_current)
        return;
    float *latest = trainer->network.parameters;
    trainer->network.parameters = trainer->averaged;
    trainer->averaged = latest;
    tt_network_touch(&trainer->network);
}

double tt_metric_of(const tt_trainer *trainer, int64_t n_rows, const double *predictions,
                    const double *targets) {
    if (n_rows == 0)
        return NAN;
    const tt_dataset *dataset = trainer->dataset;
    tt_outcome outcome = {
        .task = tt_dataset_task(dataset),
        .n_rows = n_rows,
        .n_outputs = tt_dataset_n_outputs(dataset),
        .n_targets = tt_dataset_n_targets(dataset),
        .n_classes = tt_dataset_n_classes(dataset),
        .predictions = predictions,
        .targets = targets,
        .confusion = trainer->confusion,
        .scratch = trainer->ranked,
    };
    if (outcome.task != TT_REGRESSION)
        tt_count_confusion(&outcome);
    return tt_metric_value(trainer->plan.metric, trainer->plan.metric_params, &outcome);
}

/* Whether the training loss of an epoch is another one than the validation loss is: with dropout,
 * noise or augmentation, by a batch's own statistics, or of other weights than those that are
 * judged. */
static bool modes_differ(const tt_trainer *trainer) {
    const tt_plan *plan = &trainer->plan;
    bool differ = plan->input_noise > 0 || plan->mixup > 0 || trainer->augmenter.n > 0 ||
                  plan->optimizer->averaged;
    for (int32_t l = 0; l < plan->n_hidden; l++)
        differ |= plan->dropouts[l] > 0 || plan->norms[l] == TT_NORM_BATCH;
    for (int32_t r = 0; r < plan->n_regularizers; r++)
        differ |= plan->regularizers[r].row->average != NULL;
    return differ;
}

static bool evaluates_training(const tt_trainer *trainer) {
    int64_t n_rows = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    switch (trainer->plan.evaluate_training) {
    case TT_EVALUATE_AUTO:
        return n_rows <= TT_MOST_ROWS_TO_EVALUATE && modes_differ(trainer);
    case TT_EVALUATE_NEVER:
        return false;
    case TT_EVALUATE_EPOCH:
        return true;
    }
    return false;
}

void tt_evaluation_begin(tt_trainer *trainer) {
    tt_evaluation *evaluation = &trainer->state.evaluation;
    bool first = trainer->state.progress.step == 0;
    bool epoch_done = trainer->state.row == trainer->epoch_rows;
    *evaluation = (tt_evaluation){.under_way = true, .part = TT_VALIDATION, .metric = NAN};
    evaluation->training = (first || epoch_done) && evaluates_training(trainer);
    if (first || evaluation->training)
        evaluation->part = TT_TRAINING;
    if (!first)
        evaluation->metric =
            tt_metric_of(trainer, trainer->state.row, trainer->predictions[TT_TRAINING],
                         trainer->targets[TT_TRAINING]);
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

/* What a schedule watches. Where no rows are kept to judge it is all that training lowers, with its
 * penalties, as in scikit-learn and Keras. */
static double watched_loss(const tt_trainer *trainer, double loss) {
    if (tt_dataset_n_rows(trainer->dataset, TT_VALIDATION) > 0)
        return loss;
    return loss + trainer->state.epoch_penalty / trainer->state.epoch_weight;
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
        schedule->observe(trainer->plan.schedule_params, trainer->plan.optimizer_params[0],
                          watched_loss(trainer, loss), trainer->state.schedule_state);
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
    tt_write_history_row(trainer, training_loss, validation_loss);
    double loss = n_validation > 0 ? validation_loss : training_loss;
    if (!isfinite(tt_weight_norm(trainer)))
        return tt_diverge(trainer, "weights", true);
    if (!isfinite(loss))
        return tt_diverge(trainer, n_validation > 0 ? "validation loss" : "training loss", true);
    tt_keep_weights(trainer, false, trainer->good);
    trainer->state.good_step = p->step;
    bool epoch_done = p->step > 0 && trainer->state.row == trainer->epoch_rows;
    return epoch_done ? end_epoch(trainer, loss) : TT_OK;
}

/* Whether the loss of the part at hand is the one that must be finite. */
static bool is_judged(const tt_trainer *trainer) {
    return trainer->state.evaluation.part == TT_VALIDATION ||
           tt_dataset_n_rows(trainer->dataset, TT_VALIDATION) == 0;
}

static int64_t rows_left(const tt_trainer *trainer) {
    const tt_evaluation *evaluation = &trainer->state.evaluation;
    return tt_dataset_n_rows(trainer->dataset, evaluation->part) - evaluation->row;
}

int32_t tt_evaluation_rows(const tt_trainer *trainer) {
    int64_t left = rows_left(trainer), most = trainer->network.chunk_rows;
    return (int32_t)(left < most ? left : most);
}

tt_status tt_evaluate_unit(tt_trainer *trainer) {
    tt_evaluation *evaluation = &trainer->state.evaluation;
    int64_t left = rows_left(trainer);
    int32_t rows = tt_evaluation_rows(trainer);
    if (rows > 0) {
        tt_swap_averaged(trainer);
        const float *x = tt_take_rows(trainer, evaluation->part, NULL, evaluation->row, rows);
        const float *outputs = tt_network_forward(&trainer->network, rows, x, NULL);
        double loss = tt_loss_of(trainer, rows, trainer->y, outputs, 1, NULL);
        if (!isfinite(loss) && is_judged(trainer) && !evaluation->failed)
            evaluation->failed = tt_find_fault(trainer, evaluation->part, evaluation->row, rows);
        evaluation->loss[evaluation->part] += loss;
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
