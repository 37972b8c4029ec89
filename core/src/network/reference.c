#include <string.h>

#include "maths.h"
#include "network.h"

static int32_t widest(const tt_network *network) {
    int32_t width = network->n_inputs;
    for (int32_t l = 0; l < network->n_layers; l++)
        width = network->layers[l].n_out > width ? network->layers[l].n_out : width;
    return width;
}

size_t tt_network_reference_room(const tt_network *network, int32_t rows) {
    return (size_t)(network->n_layers + 1) * (size_t)rows * (size_t)widest(network);
}

static void linear(const tt_layer *layer, const double *w, const double *in, double *out) {
    for (int32_t o = 0; o < layer->n_out; o++) {
        out[o] = w[layer->bias + o];
        for (int32_t i = 0; i < layer->n_in; i++)
            out[o] += in[i] * w[layer->weight + (int64_t)i * layer->n_out + o];
    }
}

/* Makes `n` values at a distance of `stride` mean 0 and deviation 1. */
static void standardize(const tt_network *network, int32_t n, int32_t stride, double *x) {
    double mean = 0, square = 0;
    for (int32_t i = 0; i < n; i++)
        mean += x[i * stride] / n;
    for (int32_t i = 0; i < n; i++)
        square += (x[i * stride] - mean) * (x[i * stride] - mean) / n;
    for (int32_t i = 0; i < n; i++)
        x[i * stride] = (x[i * stride] - mean) / tt_sqrt(square + network->norm_epsilon);
}

static void normalize(const tt_network *network, const tt_layer *layer, const double *w,
                      int32_t rows, double *x) {
    int32_t n = layer->n_out;
    if (layer->norm == TT_NORM_BATCH)
        for (int32_t j = 0; j < n; j++)
            standardize(network, rows, n, x + j);
    else
        for (int32_t i = 0; i < rows; i++)
            standardize(network, n, 1, x + i * n);
    for (int32_t i = 0; i < rows * n; i++)
        x[i] = w[layer->scale + i % n] * x[i] + w[layer->shift + i % n];
}

/* One layer over all rows; `block` is the input of its block, or NULL. */
static void run_layer(const tt_network *network, const tt_layer *layer, const double *w,
                      int32_t rows, const double *in, const double *block, double *out) {
    double params[TT_MAX_PARAMS];
    memcpy(params, layer->params, sizeof params);
    if (layer->slope >= 0)
        params[0] = w[layer->slope];
    for (int32_t i = 0; i < rows; i++)
        linear(layer, w, in + i * layer->n_in, out + i * layer->n_out);
    if (layer->norm != TT_NORM_NONE)
        normalize(network, layer, w, rows, out);
    for (int32_t i = 0; layer->activation && i < rows; i++)
        layer->activation->reference(params, layer->n_out, out + i * layer->n_out,
                                     out + i * layer->n_out);
    for (int32_t i = 0; i < rows * layer->n_out; i++)
        out[i] = out[i] * (layer->mask ? (double)layer->mask[i] : 1) + (block ? block[i] : 0);
}

double tt_network_reference_loss(const tt_network *network, const double *parameters,
                                 const tt_loss *loss, const double *loss_params, int32_t rows,
                                 const float *x, const float *y, double *room) {
    size_t stage = (size_t)rows * (size_t)widest(network);
    for (int32_t i = 0; i < rows * network->n_inputs; i++)
        room[i] = (double)x[i];
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        const double *in = room + (size_t)l * stage;
        const double *block =
            layer->block > 0 ? room + (size_t)(l + 1 - layer->block) * stage : NULL;
        run_layer(network, layer, parameters, rows, in, block, room + (size_t)(l + 1) * stage);
    }
    const double *z = room + (size_t)network->n_layers * stage;
    int32_t per_target = loss->outputs_per_target > 0 ? loss->outputs_per_target : 1;
    int32_t n_targets = loss->target == TT_TARGET_CLASS ? 1 : network->n_outputs / per_target;
    double total = 0;
    for (int32_t row = 0; row < rows; row++)
        total += loss->reference(loss_params, network->n_outputs, z + row * network->n_outputs,
                                 y + row * n_targets);
    return total;
}
