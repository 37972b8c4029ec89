#include <math.h>

#include "maths.h"
#include "reduce.h"
#include "trainer-state.h"

double tt_weight_norm(const tt_trainer *trainer) {
    const tt_network *network = &trainer->network;
    return tt_sqrt(tt_sum_squares(network->n_parameters, network->parameters));
}

/* What has changed since the last row by training. */
static void write_step(tt_trainer *trainer, double *row) {
    const tt_state *state = &trainer->state;
    const tt_progress *p = &state->progress;
    bool first = p->step == 0;
    row[TT_EPOCH] = (double)p->rows_seen / (double)trainer->epoch_rows;
    row[TT_STEP] = (double)p->step;
    row[TT_SECONDS] = NAN;
    row[TT_LEARNING_RATE] = first ? tt_plan_rate(&trainer->plan, 0, p->steps_per_epoch,
                                                 p->total_steps, state->schedule_state)
                                  : state->used_rate;
    if (first)
        trainer->state.penalty = tt_add_penalties(trainer, trainer->state.penalties);
    row[TT_PENALTY] = state->penalty;
    row[TT_GRADIENT_NORM] = state->gradient_norm;
    row[TT_WEIGHT_NORM] = tt_weight_norm(trainer);
    for (int32_t l = 0; l <= TT_MAX_HIDDEN; l++)
        row[TT_UPDATE_RATIO + l] = state->update_ratio[l];
    for (int32_t i = 0; i < tt_n_penalties(); i++)
        row[TT_PENALTIES + i] = state->penalties[i];
}

void tt_write_history_row(tt_trainer *trainer, double training_loss, double validation_loss) {
    const tt_evaluation *evaluation = &trainer->state.evaluation;
    int64_t n_training = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    int64_t n_validation = tt_dataset_n_rows(trainer->dataset, TT_VALIDATION);
    bool first = trainer->state.progress.step == 0;
    double *row = trainer->waiting + trainer->state.n_waiting++ * tt_n_history_columns();
    write_step(trainer, row);
    row[TT_TRAINING_LOSS] = training_loss;
    row[TT_VALIDATION_LOSS] = validation_loss;
    row[TT_EVALUATED_LOSS] = evaluation->training
                                 ? evaluation->loss[TT_TRAINING] / evaluation->weight[TT_TRAINING]
                                 : NAN;
    double evaluated = first || evaluation->training
                           ? tt_metric_of(trainer, n_training, trainer->predictions[TT_TRAINING],
                                          trainer->targets[TT_TRAINING])
                           : NAN;
    row[TT_TRAINING_METRIC] = first ? evaluated : evaluation->metric;
    row[TT_EVALUATED_METRIC] = evaluation->training ? evaluated : NAN;
    row[TT_VALIDATION_METRIC] =
        tt_metric_of(trainer, n_validation, trainer->predictions[TT_VALIDATION],
                     trainer->targets[TT_VALIDATION]);
}
