#include <math.h>
#include <string.h>

#include "maths.h"
#include "reduce.h"
#include "trainer-state.h"

/* Targets as the loss wants them: class indices become one-hot rows for a loss on values. */
static void take_targets(tt_trainer *trainer, int32_t n, const uint32_t *order, int64_t first,
                         const float *y) {
    int32_t outputs = trainer->network.n_outputs;
    bool one_hot = trainer->plan.loss->target == TT_TARGET_VALUES && outputs > 1;
    for (int32_t i = 0; i < n; i++) {
        float value = y[order ? order[first + i] : first + i];
        if (!one_hot) {
            trainer->y[i] = value;
            continue;
        }
        float *row = trainer->y + (int64_t)i * outputs;
        for (int32_t j = 0; j < outputs; j++)
            row[j] = (float)(j == (int32_t)value);
    }
}

const float *tt_take_rows(tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                          int32_t n) {
    const float *x = tt_dataset_x(trainer->dataset, part);
    int64_t width = trainer->network.n_inputs;
    take_targets(trainer, n, order, first, tt_dataset_y(trainer->dataset, part));
    if (!order)
        return x + first * width;
    for (int32_t i = 0; i < n; i++)
        memcpy(trainer->x + i * width, x + order[first + i] * width, (size_t)width * sizeof *x);
    return trainer->x;
}

void tt_write_predictions(const tt_trainer *trainer, tt_part part, const uint32_t *order,
                          int64_t first, int32_t n, const float *outputs, float *predictions,
                          float *targets) {
    const tt_dataset *dataset = trainer->dataset;
    int32_t width = trainer->network.n_outputs;
    const float *y = tt_dataset_y(dataset, part);
    predictions += first * width;
    targets += first;
    memcpy(predictions, outputs, (size_t)n * (size_t)width * sizeof *predictions);
    tt_apply_link(trainer->plan.loss->link, n, width, predictions);
    for (int32_t i = 0; i < n; i++)
        targets[i] = y[order ? order[first + i] : first + i];
    if (tt_dataset_task(dataset) != TT_REGRESSION)
        return;
    double offset = tt_dataset_target_offset(dataset), scale = tt_dataset_target_scale(dataset);
    for (int32_t i = 0; i < n; i++) {
        predictions[i] = (float)(offset + scale * (double)predictions[i]);
        targets[i] = (float)(offset + scale * (double)targets[i]);
    }
}

double tt_add_penalties(tt_trainer *trainer) {
    tt_network *network = &trainer->network;
    double penalty = 0;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        for (int32_t i = 0; row->penalty && i < network->n_spans; i++) {
            const tt_span *span = &network->spans[i];
            penalty +=
                row->penalty(trainer->plan.regularizers[r].params, span,
                             network->parameters + span->offset, network->gradient + span->offset);
        }
    }
    return penalty;
}

static void clip(tt_trainer *trainer) {
    int32_t n = (int32_t)trainer->network.n_parameters;
    double norm = trainer->gradient_norm;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        if (!row->clip)
            continue;
        row->clip(trainer->plan.regularizers[r].params, n, norm, trainer->network.gradient);
        norm = tt_sqrt(tt_sum_squares(n, trainer->network.gradient));
    }
}

double tt_loss_of(const tt_trainer *trainer, int32_t n, const float *outputs, float scale,
                  float *d_outputs) {
    const tt_rows rows = {.n = n,
                          .outputs = trainer->network.n_outputs,
                          .z = outputs,
                          .y = trainer->y,
                          .scale = scale,
                          .dz = d_outputs};
    return trainer->plan.loss->evaluate(trainer->plan.loss_params, &rows);
}

static tt_step make_step(tt_trainer *trainer) {
    tt_network *network = &trainer->network;
    const tt_progress *p = &trainer->progress;
    return (tt_step){
        .n = (int32_t)network->n_parameters,
        .p = trainer->plan.optimizer_params,
        .rate = trainer->used_rate,
        .t = p->step + 1,
        .loss = p->batch_loss + trainer->penalty,
        .g = network->gradient,
        .w = network->parameters,
        .slot = trainer->slots,
        .history = trainer->slot_history,
        .scalars = trainer->scalars,
        .span = network->spans,
        .n_spans = network->n_spans,
    };
}

/* What comes after the optimizer: limits on the weights, then their averages. */
static void finish_update(tt_trainer *trainer, const tt_step *step) {
    tt_network *network = &trainer->network;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        const double *params = trainer->plan.regularizers[r].params;
        for (int32_t i = 0; row->constrain && i < network->n_spans; i++)
            row->constrain(params, &network->spans[i],
                           network->parameters + network->spans[i].offset);
        if (!row->average)
            continue;
        float share = (float)row->average(params, step->t, trainer->progress.steps_per_epoch,
                                          &trainer->averages_taken);
        for (int32_t i = 0; share != 0 && i < step->n; i++)
            trainer->averaged[i] += share * (network->parameters[i] - trainer->averaged[i]);
    }
    if (trainer->plan.optimizer->averaged)
        trainer->plan.optimizer->averaged(step, trainer->averaged);
    trainer->averaged_is_current = trainer->averages_taken > 0 || trainer->plan.optimizer->averaged;
}

/* Penalty, clip, optimizer, limits: the end of a step. */
static tt_status update(tt_trainer *trainer, int32_t rows) {
    tt_network *network = &trainer->network;
    tt_plan *plan = &trainer->plan;
    tt_progress *p = &trainer->progress;
    trainer->penalty = tt_add_penalties(trainer);
    trainer->gradient_norm = tt_sqrt(tt_sum_squares(network->n_parameters, network->gradient));
    if (!isfinite(p->batch_loss))
        return tt_diverge(trainer, "loss", rows);
    if (!isfinite(trainer->gradient_norm))
        return tt_diverge(trainer, "gradient", rows);
    clip(trainer);
    trainer->used_rate =
        tt_plan_rate(plan, p->step, p->steps_per_epoch, p->total_steps, trainer->schedule_state);
    double momentum = tt_plan_momentum(plan, p->step, p->steps_per_epoch, p->total_steps);
    if (momentum >= 0 && plan->optimizer->momentum > 0)
        plan->optimizer_params[plan->optimizer->momentum] = momentum;
    tt_step step = make_step(trainer);
    plan->optimizer->step(&step);
    finish_update(trainer, &step);
    tt_network_touch(network);
    p->step += 1;
    return TT_OK;
}

tt_status tt_train_unit(tt_trainer *trainer) {
    tt_network *network = &trainer->network;
    int64_t n_training = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    int64_t batch_start = trainer->row - trainer->row_in_batch;
    int64_t batch = n_training - batch_start;
    batch = batch < trainer->batch_size ? batch : trainer->batch_size;
    int64_t left = batch - trainer->row_in_batch;
    int32_t rows = (int32_t)(left < TT_CHUNK_ROWS ? left : TT_CHUNK_ROWS);
    if (trainer->row_in_batch == 0) {
        memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
        trainer->batch_sum = 0;
    }
    const float *x = tt_take_rows(trainer, TT_TRAINING, trainer->order, trainer->row, rows);
    const float *outputs = tt_network_forward(network, rows, x, &trainer->dropout);
    tt_write_predictions(trainer, TT_TRAINING, trainer->order, trainer->row, rows, outputs,
                         trainer->predictions[TT_TRAINING], trainer->targets[TT_TRAINING]);
    trainer->batch_sum +=
        tt_loss_of(trainer, rows, outputs, (float)(1 / (double)batch), network->d_outputs);
    tt_network_backward(network, rows, x);
    trainer->row += rows;
    trainer->row_in_batch += rows;
    trainer->progress.rows_seen += rows;
    if (trainer->row_in_batch < batch)
        return TT_OK;
    trainer->row_in_batch = 0;
    trainer->epoch_sum += trainer->batch_sum;
    trainer->progress.batch_loss = trainer->batch_sum / (double)batch;
    return update(trainer, rows);
}
