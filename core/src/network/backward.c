#include <string.h>

#include "gemm.h"
#include "network.h"
#include "pack.h"
#include "reduce.h"

/* From the gradient of a layer's output to the gradient of x W + b, in place. */
static void through_layer(tt_network *network, int32_t l, int32_t rows, float *d) {
    const tt_layer *layer = &network->layers[l];
    int32_t n = rows * layer->n_out;
    if (layer->block > 0 && layer->block <= l)
        memcpy(network->layers[l - layer->block].d_block, d, (size_t)n * sizeof *d);
    for (int32_t i = 0; layer->mask && i < n; i++)
        d[i] *= layer->mask[i];
    const tt_activation *activation = layer->activation;
    if (layer->slope >= 0)
        network->gradient[layer->slope] +=
            (float)activation->slope_gradient(layer->params, n, layer->sum, d);
    if (activation)
        activation->backward(layer->params, rows, layer->n_out,
                             activation->from_output ? layer->active : layer->sum, d, d);
    if (layer->norm != TT_NORM_NONE)
        tt_norm_backward(network, layer, rows, d);
}

void tt_network_clear_gradient(tt_network *network) {
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        int64_t end = l + 1 < network->n_layers ? layer[1].weight : network->n_parameters;
        memset(network->gradient + layer->bias, 0,
               (size_t)(end - layer->bias) * sizeof *network->gradient);
    }
    network->overwrites_gradient = true;
}

const float *tt_network_backward_to(tt_network *network, int32_t rows, const float *x,
                                    int32_t last) {
    for (int32_t l = network->n_layers - 1;; l--) {
        const tt_layer *layer = &network->layers[l];
        const tt_layer *below = l > 0 ? layer - 1 : NULL;
        const float *input = below ? below->output : x;
        float *d_sum = network->d_outputs;
        through_layer(network, l, rows, d_sum);
        network->products->gemm(
            layer->n_in, layer->n_out, rows,
            tt_transpose(rows, layer->n_in, input, layer->n_out, network->transposed),
            tt_matrix_of(d_sum, layer->n_out), !network->overwrites_gradient, NULL,
            network->gradient + layer->weight);
        tt_add_columns(rows, layer->n_out, d_sum, network->gradient + layer->bias);
        if (l == last)
            break;
        network->products->gemm(rows, layer->n_in, layer->n_out, tt_matrix_of(d_sum, layer->n_out),
                                tt_transposed(network->parameters + layer->weight, layer->n_out),
                                false, NULL, network->d_inputs);
        for (int32_t i = 0; below->d_block && i < rows * layer->n_in; i++)
            network->d_inputs[i] += below->d_block[i];
        network->d_outputs = network->d_inputs;
        network->d_inputs = d_sum;
    }
    network->overwrites_gradient = false;
    return network->d_outputs;
}

void tt_network_backward(tt_network *network, int32_t rows, const float *x) {
    tt_network_backward_to(network, rows, x, 0);
}
