#include <math.h>
#include <string.h>

#include "maths.h"
#include "reduce.h"
#include "trainer-state.h"

/* The penalty of one regularizer, added to `all` tensor by tensor. */
static double add_penalty(tt_network *network, const tt_regularizer *row, const double *p,
                          double *all) {
    double own = 0;
    for (int32_t i = 0; i < network->n_spans; i++) {
        const tt_span *span = &network->spans[i];
        double of_tensor = row->penalty(p, span, network->parameters + span->offset,
                                        network->gradient + span->offset);
        own += of_tensor;
        *all += of_tensor;
    }
    return own;
}

double tt_add_penalties(tt_trainer *trainer, double penalties[TT_MAX_PENALTIES]) {
    double all = 0;
    for (int32_t i = 0; i < TT_MAX_PENALTIES; i++)
        penalties[i] = NAN;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        int32_t index = trainer->plan.regularizers[r].penalty;
        if (index >= 0)
            penalties[index] = add_penalty(&trainer->network, trainer->plan.regularizers[r].row,
                                           trainer->plan.regularizers[r].params, &all);
    }
    return all;
}

static bool clips(const tt_regularizer *row) {
    return row->clip || row->clip_tensor;
}

static void clip_by(const tt_regularizer *row, const double *p, double norm, tt_network *network) {
    if (row->clip)
        row->clip(p, (int32_t)network->n_parameters, norm, network->gradient);
    for (int32_t i = 0; row->clip_tensor && i < network->n_spans; i++)
        row->clip_tensor(p, &network->spans[i], network->gradient + network->spans[i].offset);
}

static void clip(tt_trainer *trainer) {
    int32_t n = (int32_t)trainer->network.n_parameters;
    double norm = trainer->state.gradient_norm;
    trainer->clipped = false;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        if (!clips(row))
            continue;
        if (!trainer->clipped)
            memcpy(trainer->unclipped, trainer->network.gradient, (size_t)n * sizeof(float));
        trainer->clipped = true;
        clip_by(row, trainer->plan.regularizers[r].params, norm, &trainer->network);
        norm = tt_sqrt(tt_sum_squares(n, trainer->network.gradient));
    }
}

static tt_step make_step(tt_trainer *trainer) {
    tt_network *network = &trainer->network;
    const tt_progress *p = &trainer->state.progress;
    return (tt_step){
        .n = (int32_t)network->n_parameters,
        .p = trainer->plan.optimizer_params,
        .rate = trainer->state.used_rate,
        .t = p->step + 1,
        .loss = p->batch_loss + trainer->state.penalty,
        .g = network->gradient,
        .w = network->parameters,
        .slot = trainer->slots,
        .history = trainer->slot_history,
        .scalars = trainer->scalars,
        .scratch = trainer->slot_scratch,
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
        float share = (float)row->average(params, step->t, trainer->state.progress.steps_per_epoch,
                                          &trainer->state.averages_taken);
        for (int32_t i = 0; share != 0 && i < step->n; i++)
            trainer->averaged[i] += share * (network->parameters[i] - trainer->averaged[i]);
    }
    if (trainer->plan.optimizer->averaged)
        trainer->plan.optimizer->averaged(step, trainer->averaged);
    trainer->state.averaged_is_current =
        trainer->state.averages_taken > 0 || trainer->plan.optimizer->averaged;
}

/* How far the step has moved each weight matrix, for its length. */
static void measure_update(tt_trainer *trainer) {
    const tt_network *network = &trainer->network;
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        const float *before = trainer->before + layer->weight;
        const float *after = network->parameters + layer->weight;
        double squares = 0, moved = 0;
        for (int64_t i = 0; i < (int64_t)layer->n_in * layer->n_out; i++) {
            double change = (double)after[i] - (double)before[i];
            squares += (double)before[i] * (double)before[i];
            moved += change * change;
        }
        trainer->state.update_ratio[l] = squares > 0 ? tt_sqrt(moved / squares) : NAN;
    }
}

static bool any_clips(const tt_plan *plan) {
    for (int32_t r = 0; r < plan->n_regularizers; r++)
        if (clips(plan->regularizers[r].row))
            return true;
    return false;
}

/* In most steps nobody but an autopsy would ever read it, and a few digits are enough. */
static double gradient_norm(const tt_trainer *trainer, bool reported) {
    int64_t n = trainer->network.n_parameters;
    const float *gradient = trainer->network.gradient;
    double squares = INFINITY;
    if (!reported && !any_clips(&trainer->plan))
        squares = (double)tt_sum_squares_roughly(n, gradient);
    return tt_sqrt(isfinite(squares) ? squares : tt_sum_squares(n, gradient));
}

/* Penalty, clip, optimizer, limits: the end of a step whose last chunk had `rows` rows. */
static tt_status update(tt_trainer *trainer, int32_t rows, bool reported) {
    tt_network *network = &trainer->network;
    tt_plan *plan = &trainer->plan;
    tt_progress *p = &trainer->state.progress;
    trainer->state.penalty = tt_add_penalties(trainer, trainer->state.penalties);
    trainer->state.epoch_penalty += trainer->state.penalty * trainer->state.batch_weight;
    trainer->state.gradient_norm = gradient_norm(trainer, reported);
    if (!isfinite(p->batch_loss))
        return tt_diverge(trainer, "loss", false);
    if (!isfinite(trainer->state.gradient_norm))
        return tt_diverge(trainer, "gradient norm", false);
    clip(trainer);
    trainer->state.used_rate = tt_plan_rate(plan, p->step, p->steps_per_epoch, p->total_steps,
                                            trainer->state.schedule_state);
    double momentum = tt_plan_momentum(plan, p->step, p->steps_per_epoch, p->total_steps);
    if (momentum >= 0 && plan->optimizer->momentum > 0)
        plan->optimizer_params[plan->optimizer->momentum] = momentum;
    tt_step step = make_step(trainer);
    if (reported)
        memcpy(trainer->before, network->parameters, (size_t)step.n * sizeof(float));
    plan->optimizer->step(&step);
    finish_update(trainer, &step);
    if (reported)
        measure_update(trainer);
    tt_network_touch(network);
    p->step += 1;
    tt_record_vitals(trainer, rows);
    return TT_OK;
}

/* Rows that all weigh nothing have a loss of 0. */
static double mean_of(double sum, double weight) {
    return weight > 0 ? sum / weight : 0;
}

/* The loss of a chunk and its gradient: of the rows themselves, and of those mixed into them. */
static double chunk_loss(tt_trainer *trainer, int32_t n, const float *outputs, float share) {
    tt_network *network = &trainer->network;
    float scale = (float)mean_of(1, trainer->state.batch_weight);
    double loss = tt_loss_of(trainer, n, trainer->y, outputs, share * scale, network->d_outputs);
    if (share == 1)
        return loss;
    double mixed =
        tt_loss_of(trainer, n, trainer->mixed_y, outputs, (1 - share) * scale, trainer->d_mixed);
    for (int32_t i = 0; i < n * network->n_outputs; i++)
        network->d_outputs[i] += trainer->d_mixed[i];
    return (double)share * loss + (double)(1 - share) * mixed;
}

static void begin_batch(tt_trainer *trainer, int32_t batch) {
    tt_network *network = &trainer->network;
    tt_network_clear_gradient(network);
    trainer->state.batch_start =
        (tt_batch_start){trainer->state.row, trainer->state.dropout, trainer->state.augmentation};
    trainer->state.batch_sum = 0;
    trainer->state.batch_weight =
        tt_weight_of(trainer, TT_TRAINING, trainer->order, trainer->state.row, batch);
}

void tt_train_chunk(tt_trainer *trainer, int32_t rows) {
    tt_network *network = &trainer->network;
    tt_state *state = &trainer->state;
    float share;
    const float *x = tt_take_rows(trainer, TT_TRAINING, trainer->order, state->row, rows);
    x = tt_augment(trainer, rows, x, &share);
    tt_place_masks(trainer);
    const float *outputs = tt_network_forward(network, rows, x, &state->dropout);
    tt_write_predictions(trainer, TT_TRAINING, trainer->order, state->row, rows, outputs,
                         trainer->predictions[TT_TRAINING], trainer->targets[TT_TRAINING]);
    state->batch_sum += chunk_loss(trainer, rows, outputs, share);
    tt_network_backward(network, rows, x);
    state->row += rows;
    state->row_in_batch += rows;
    state->progress.rows_seen += rows;
}

tt_status tt_train_unit(tt_trainer *trainer, int64_t until_step) {
    tt_state *state = &trainer->state;
    int64_t batch = tt_batch_rows(trainer), most = trainer->network.chunk_rows;
    int64_t left = batch - state->row_in_batch;
    int32_t rows = (int32_t)(left < most ? left : most);
    if (state->row_in_batch == 0)
        begin_batch(trainer, (int32_t)batch);
    tt_train_chunk(trainer, rows);
    if (state->row_in_batch < batch)
        return TT_OK;
    state->row_in_batch = 0;
    state->epoch_sum += state->batch_sum;
    state->epoch_weight += state->batch_weight;
    state->progress.batch_loss = mean_of(state->batch_sum, state->batch_weight);
    return update(trainer, rows, tt_is_due(trainer, state->progress.step + 1, until_step));
}
