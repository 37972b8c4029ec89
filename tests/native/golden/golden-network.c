#include "golden-network.h"

void golden_network_begin(golden *g, golden_network *net, int32_t rows) {
    net->network.chunk_rows = rows;
    net->random = tt_random_new(0, TT_FOR_DROPOUT);
    tt_network_lay_out(&net->network, &net->state, &net->scratch);
    if (!tt_arena_reserve(&net->state) || !tt_arena_reserve(&net->scratch))
        abort();
    tt_network_lay_out(&net->network, &net->state, &net->scratch);
    double p[TT_MAX_PARAMS];
    int32_t zeros = golden_row(g, &tt_initializer_family, "zeros");
    golden_params(g, &tt_initializer_family, zeros, NULL, NULL, p);
    tt_network_initialize(&net->network, &tt_initializers[zeros], p, &net->random);
    net->values = golden_room(g, (size_t)net->network.n_parameters, sizeof *net->values);
}

void golden_network_end(golden_network *net) {
    tt_arena_free(&net->state);
    tt_arena_free(&net->scratch);
}

void golden_layer_begin(golden *g, golden_network *net, const tt_layer *layer, int32_t rows,
                        double epsilon, double momentum) {
    *net = (golden_network){
        .network = {
            .n_layers = 2, .n_inputs = rows, .norm_epsilon = epsilon, .norm_momentum = momentum}};
    net->network.layers[0] = *layer;
    net->network.layers[1].n_out = layer->n_out;
    golden_network_begin(g, net, rows);
    float *parameters = net->network.parameters;
    for (int32_t i = 0; i < layer->n_out; i++)
        for (int32_t j = 0; j < layer->n_out; j++)
            parameters[net->network.layers[1].weight + i * layer->n_out + j] = i == j;
}

void golden_layer_affine(golden *g, golden_network *net, const cJSON *scale, const cJSON *shift) {
    const tt_layer *layer = &net->network.layers[0];
    size_t size = (size_t)layer->n_out * sizeof(float);
    if (scale)
        memcpy(net->network.parameters + layer->scale, golden_floats(g, scale), size);
    if (shift)
        memcpy(net->network.parameters + layer->shift, golden_floats(g, shift), size);
}

static const float *one_hot_rows(golden *g, int32_t rows, int32_t n_inputs) {
    float *inputs = golden_room(g, (size_t)rows * (size_t)n_inputs, sizeof *inputs);
    for (int32_t i = 0; i < rows; i++)
        inputs[i * n_inputs + i] = 1;
    return inputs;
}

const float *golden_layer_forward(golden *g, golden_network *net, const cJSON *x, bool training) {
    tt_network *network = &net->network;
    int32_t rows = golden_dimension(x, 0);
    memcpy(network->parameters + network->layers[0].weight, golden_floats(g, x),
           (size_t)golden_size(x) * sizeof(float));
    tt_network_touch(network);
    return tt_network_forward(network, rows, one_hot_rows(g, rows, network->n_inputs),
                              training ? &net->random : NULL);
}

void golden_layer_backward(golden *g, golden_network *net, const cJSON *dy, float *dx,
                           float *d_scale, float *d_shift) {
    tt_network *network = &net->network;
    const tt_layer *layer = &network->layers[0];
    int32_t rows = golden_dimension(dy, 0);
    size_t size = (size_t)layer->n_out * sizeof(float);
    memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
    memcpy(network->d_outputs, golden_floats(g, dy), (size_t)golden_size(dy) * sizeof(float));
    tt_network_backward(network, rows, one_hot_rows(g, rows, network->n_inputs));
    memcpy(dx, network->gradient + layer->weight, (size_t)rows * size);
    if (d_scale && layer->scale >= 0)
        memcpy(d_scale, network->gradient + layer->scale, size);
    if (d_shift && layer->shift >= 0)
        memcpy(d_shift, network->gradient + layer->shift, size);
}
