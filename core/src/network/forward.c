#include <assert.h>

#include "gemm.h"
#include "network.h"

static void take_slopes(tt_network *network) {
    if (network->slopes_are_current)
        return;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_layer *layer = &network->layers[l];
        if (layer->slope >= 0)
            layer->params[0] = (double)network->parameters[layer->slope];
    }
    network->slopes_are_current = true;
}

/* Inverted dropout: what is kept is scaled up, so that evaluation needs no change. */
static void draw_mask(const tt_layer *layer, int32_t n, tt_random *random) {
    uint32_t threshold = (uint32_t)(layer->dropout * 0x1p32);
    float kept = (float)(1 / (1 - layer->dropout));
    for (int32_t i = 0; i < n; i++) {
        bool off = layer->given ? layer->given[i] == 0 : tt_random_bits(random) < threshold;
        layer->mask[i] = off ? 0 : kept;
    }
}

/* Dropout and the input of the block: from `active` to `output`. */
static void finish_layer(const tt_layer *layer, int32_t n, const float *block, tt_random *dropout) {
    bool masked = layer->mask && dropout;
    if (masked)
        draw_mask(layer, n, dropout);
    if (layer->output == layer->active)
        return;
    for (int32_t i = 0; i < n; i++) {
        float value = masked ? layer->active[i] * layer->mask[i] : layer->active[i];
        layer->output[i] = block ? value + block[i] : value;
    }
}

void tt_network_sum(tt_network *network, int32_t l, int32_t rows, const float *x, bool training) {
    tt_layer *layer = &network->layers[l];
    const float *input = l > 0 ? network->layers[l - 1].output : x;
    assert(rows <= network->chunk_rows);
    take_slopes(network);
    const float *w = network->parameters + layer->weight;
    network->products->gemm(rows, layer->n_out, layer->n_in, tt_matrix_of(input, layer->n_in),
                            tt_matrix_of(w, layer->n_out), false, network->parameters + layer->bias,
                            layer->sum);
    if (layer->norm != TT_NORM_NONE)
        tt_norm_forward(network, layer, rows, training);
}

void tt_network_activate(tt_network *network, int32_t l, int32_t rows, const float *x,
                         tt_random *dropout) {
    const tt_layer *layer = &network->layers[l];
    const float *block = NULL;
    if (layer->block > 0)
        block = layer->block > l ? x : network->layers[l - layer->block].output;
    if (layer->activation)
        layer->activation->forward(layer->params, rows, layer->n_out, layer->sum, layer->active);
    finish_layer(layer, rows * layer->n_out, block, dropout);
}

float *tt_network_forward(tt_network *network, int32_t rows, const float *x, tt_random *dropout) {
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_network_sum(network, l, rows, x, dropout != NULL);
        tt_network_activate(network, l, rows, x, dropout);
    }
    return network->layers[network->n_layers - 1].output;
}
