#include <string.h>

#include "trainer-state.h"

static void shape_hidden(const tt_plan *plan, int32_t l, tt_layer *layer) {
    layer->n_out = plan->widths[l];
    layer->activation = plan->activations[l];
    layer->norm = plan->norms[l];
    layer->dropout = plan->dropouts[l];
    memcpy(layer->params, plan->activation_params[l], sizeof layer->params);
}

/* A block of `skip` layers adds its input to its output where both are equally wide. */
static int32_t block_of(const tt_plan *plan, int32_t n_inputs, int32_t l) {
    if (plan->skip == 0 || (l + 1) % plan->skip != 0)
        return 0;
    int32_t begin = l - plan->skip;
    int32_t width = begin < 0 ? n_inputs : plan->widths[begin];
    return width == plan->widths[l] ? plan->skip : 0;
}

/* Rows of a chunk: fewer in a large network, so that a unit of work stays short enough for a caller
 * to answer a person in between. */
static int32_t rows_of_chunk(const tt_network *network) {
    const int64_t most_products = 160000000;
    int64_t products = 0;
    for (int32_t l = 0, n_in = network->n_inputs; l < network->n_layers; l++) {
        products += (int64_t)n_in * network->layers[l].n_out;
        n_in = network->layers[l].n_out;
    }
    int32_t rows = TT_CHUNK_ROWS;
    while (rows > 8 && rows * products > most_products)
        rows /= 2;
    return rows;
}

static void shape_network(tt_trainer *trainer) {
    const tt_plan *plan = &trainer->plan;
    tt_network *network = &trainer->network;
    *network = (tt_network){.n_inputs = tt_dataset_n_features(trainer->dataset),
                            .n_layers = plan->n_hidden + 1,
                            .norm_epsilon = plan->norm_epsilon,
                            .norm_momentum = plan->norm_momentum,
                            .norm_biased = plan->norm_biased};
    for (int32_t l = 0; l < plan->n_hidden; l++) {
        shape_hidden(plan, l, &network->layers[l]);
        network->layers[l].block = block_of(plan, network->n_inputs, l);
    }
    tt_layer *output = &network->layers[plan->n_hidden];
    int32_t per_target = plan->loss->outputs_per_target;
    output->n_out = tt_dataset_n_outputs(trainer->dataset) * (per_target > 0 ? per_target : 1);
    output->activation = plan->output_activation;
    memcpy(output->params, plan->output_params, sizeof output->params);
    network->chunk_rows = rows_of_chunk(network);
    for (int32_t l = 0; l < plan->n_hidden; l++)
        if (plan->norms[l] == TT_NORM_BATCH && trainer->batch_size > network->chunk_rows)
            network->chunk_rows = (int32_t)trainer->batch_size;
}

static void lay_out_optimizer(tt_trainer *trainer, size_t n) {
    const tt_optimizer *optimizer = trainer->plan.optimizer;
    size_t length = optimizer->history_length
                        ? (size_t)optimizer->history_length(trainer->plan.optimizer_params)
                        : 0;
    for (int32_t i = 0; i < optimizer->n_slots; i++)
        trainer->slots[i] = tt_arena_take(&trainer->kept, n, sizeof(float));
    trainer->slot_history = tt_arena_take(&trainer->kept, length * n, sizeof(float));
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
        trainer->order = tt_arena_take(kept, rows, sizeof *trainer->order);
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
    shape_network(trainer);
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
