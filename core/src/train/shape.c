/* From settings and data to the shape of a network. */

#include <string.h>

#include "plan.h"

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

void tt_shape_network(tt_network *network, const tt_plan *plan, const tt_dataset *dataset,
                      int64_t batch_size) {
    *network = (tt_network){.n_inputs = tt_dataset_n_features(dataset),
                            .n_layers = plan->n_hidden + 1,
                            .products = plan->products,
                            .norm_epsilon = plan->norm_epsilon,
                            .norm_momentum = plan->norm_momentum,
                            .norm_biased = plan->norm_biased};
    for (int32_t l = 0; l < plan->n_hidden; l++) {
        shape_hidden(plan, l, &network->layers[l]);
        network->layers[l].block = block_of(plan, network->n_inputs, l);
    }
    tt_layer *output = &network->layers[plan->n_hidden];
    int32_t per_target = plan->loss->outputs_per_target;
    output->n_out = tt_dataset_n_outputs(dataset) * (per_target > 0 ? per_target : 1);
    output->activation = plan->output_activation;
    memcpy(output->params, plan->output_params, sizeof output->params);
    network->chunk_rows = rows_of_chunk(network);
    for (int32_t l = 0; l < plan->n_hidden; l++)
        if (plan->norms[l] == TT_NORM_BATCH && batch_size > network->chunk_rows)
            network->chunk_rows = (int32_t)batch_size;
}
