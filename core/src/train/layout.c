#include <string.h>

#include "trainer-state.h"

static void lay_out_optimizer(tt_trainer *trainer, size_t n) {
    const tt_optimizer *optimizer = trainer->plan.optimizer;
    if (optimizer->history_length)
        trainer->history_length = (size_t)optimizer->history_length(trainer->plan.optimizer_params);
    for (int32_t i = 0; i < optimizer->n_slots; i++)
        trainer->slots[i] = tt_arena_take(&trainer->kept, n, sizeof(float));
    trainer->slot_history =
        tt_arena_take(&trainer->kept, trainer->history_length * n, sizeof(float));
    trainer->scalars = tt_arena_take(&trainer->kept, TT_MAX_SCALARS, sizeof(double));
    const tt_network *network = &trainer->network;
    if (optimizer->scratch_size)
        trainer->slot_scratch =
            tt_arena_take(&trainer->scratch,
                          optimizer->scratch_size(network->spans, network->n_spans), sizeof(float));
}

static void lay_out_rows(tt_trainer *trainer) {
    tt_arena *kept = &trainer->kept;
    size_t rows = (size_t)tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    if (trainer->plan.shuffle && trainer->batch_size < (int64_t)rows)
        trainer->order = tt_arena_take(&trainer->scratch, rows, sizeof *trainer->order);
    size_t most_rows = 0;
    for (int32_t part = 0; part < 2; part++) {
        rows = (size_t)tt_dataset_n_rows(trainer->dataset, (tt_part)part);
        most_rows = rows > most_rows ? rows : most_rows;
        trainer->predictions[part] = tt_arena_take(
            kept, rows * (size_t)tt_dataset_n_outputs(trainer->dataset), sizeof(double));
        trainer->targets[part] = tt_arena_take(
            kept, rows * (size_t)tt_dataset_n_targets(trainer->dataset), sizeof(double));
    }
    if (trainer->plan.metric->sorts)
        trainer->ranked = tt_arena_take(
            &trainer->scratch,
            tt_metric_scratch(most_rows, (size_t)tt_dataset_n_classes(trainer->dataset)),
            sizeof *trainer->ranked);
    trainer->waiting = tt_arena_take(kept, (size_t)TT_MAX_WAITING * (size_t)tt_n_history_columns(),
                                     sizeof(double));
}

static float *chunk(tt_trainer *trainer, int32_t width) {
    size_t room = (size_t)trainer->network.chunk_rows * (size_t)width;
    return tt_arena_take(&trainer->scratch, room, sizeof(float));
}

void tt_lay_out(tt_trainer *trainer) {
    tt_arena *kept = &trainer->kept;
    const tt_plan *plan = &trainer->plan;
    tt_shape_network(&trainer->network, plan, trainer->dataset, trainer->batch_size);
    tt_network_lay_out(&trainer->network, kept, &trainer->scratch);
    size_t n = (size_t)trainer->network.n_parameters;
    lay_out_optimizer(trainer, n);
    size_t weights = n + (size_t)trainer->network.n_running;
    trainer->best = tt_arena_take(kept, weights, sizeof(float));
    trainer->good = tt_arena_take(kept, weights, sizeof(float));
    trainer->averaged = tt_arena_take(kept, n, sizeof(float));
    lay_out_rows(trainer);
    int32_t n_inputs = trainer->network.n_inputs, n_outputs = trainer->network.n_outputs;
    trainer->x = chunk(trainer, n_inputs);
    trainer->y = chunk(trainer, n_outputs);
    trainer->linked = chunk(trainer, n_outputs);
    if (tt_dataset_weights(trainer->dataset, TT_TRAINING))
        trainer->weight = chunk(trainer, 1);
    trainer->unclipped = tt_arena_take(&trainer->scratch, n, sizeof(float));
    trainer->before = tt_arena_take(&trainer->scratch, n, sizeof(float));
    tt_augmenter_lay_out(&trainer->augmenter, &trainer->scratch);
    if (trainer->augmenter.n > 0)
        trainer->altered = chunk(trainer, n_inputs);
    if (plan->input_noise > 0 || plan->mixup > 0)
        trainer->augmented = chunk(trainer, n_inputs);
    if (plan->mixup > 0) {
        trainer->mixed_y = chunk(trainer, n_outputs);
        trainer->d_mixed = chunk(trainer, n_outputs);
    }
    size_t counts =
        tt_confusion_size(tt_dataset_task(trainer->dataset), tt_dataset_n_classes(trainer->dataset),
                          tt_dataset_n_targets(trainer->dataset));
    trainer->confusion = tt_arena_take(&trainer->scratch, counts, sizeof(double));
}
