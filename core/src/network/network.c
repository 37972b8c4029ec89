#include "network.h"

#include <assert.h>
#include <string.h>

#include "gemm.h"

static int32_t widest(const tt_network *network) {
    int32_t width = 0;
    for (int32_t l = 0; l < network->n_layers; l++)
        width = network->layers[l].n_out > width ? network->layers[l].n_out : width;
    return width;
}

static float *chunk(tt_arena *arena, int32_t width) {
    return tt_arena_take(arena, (size_t)TT_CHUNK_ROWS * (size_t)width, sizeof(float));
}

static void lay_out_layer(tt_layer *layer, bool first, tt_arena *arena) {
    bool needs_sum = layer->activation && !layer->activation->from_output;
    layer->active = chunk(arena, layer->n_out);
    layer->sum = needs_sum ? chunk(arena, layer->n_out) : layer->active;
    layer->mask = layer->dropout > 0 ? chunk(arena, layer->n_out) : NULL;
    layer->dropped = layer->dropout > 0 ? chunk(arena, layer->n_out) : layer->active;
    layer->packed = tt_arena_take(arena, tt_packed_size(layer->n_in, layer->n_out), sizeof(float));
    layer->packed_transposed =
        first ? NULL
              : tt_arena_take(arena, tt_packed_size(layer->n_out, layer->n_in), sizeof(float));
}

void tt_network_lay_out(tt_network *network, tt_arena *arena) {
    int64_t offset = 0;
    network->n_spans = 0;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_layer *layer = &network->layers[l];
        bool hidden = l + 1 < network->n_layers;
        layer->n_in = l == 0 ? network->n_inputs : network->layers[l - 1].n_out;
        layer->weight = offset;
        layer->bias = offset + (int64_t)layer->n_in * layer->n_out;
        offset = layer->bias + layer->n_out;
        network->spans[network->n_spans++] =
            (tt_span){layer->weight, layer->n_in, layer->n_out, true, hidden};
        network->spans[network->n_spans++] = (tt_span){layer->bias, 1, layer->n_out, false, hidden};
        lay_out_layer(layer, l == 0, arena);
    }
    network->n_outputs = network->layers[network->n_layers - 1].n_out;
    network->n_parameters = offset;
    network->parameters = tt_arena_take(arena, (size_t)offset, sizeof(float));
    network->gradient = tt_arena_take(arena, (size_t)offset, sizeof(float));
    int32_t width = widest(network);
    network->d_outputs = chunk(arena, width);
    network->d_inputs = chunk(arena, width);
    network->packed_d_outputs =
        tt_arena_take(arena, tt_packed_size(TT_CHUNK_ROWS, width), sizeof(float));
    network->packed_is_current = false;
}

void tt_network_initialize(tt_network *network, const tt_initializer *initializer, const double *p,
                           tt_random *random) {
    float *values = network->gradient;
    memset(values, 0, (size_t)network->n_parameters * sizeof *values);
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        initializer->fill(p, layer->n_in, layer->n_out, random, values + layer->weight);
    }
    tt_network_import(network, values);
}

void tt_network_touch(tt_network *network) {
    network->packed_is_current = false;
}

static void pack_weights(tt_network *network) {
    if (network->packed_is_current)
        return;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_layer *layer = &network->layers[l];
        const float *w = network->parameters + layer->weight;
        tt_pack(layer->n_in, layer->n_out, w, layer->n_out, 1, layer->packed);
        if (layer->packed_transposed)
            tt_pack(layer->n_out, layer->n_in, w, 1, layer->n_out, layer->packed_transposed);
    }
    network->packed_is_current = true;
}

static void add_bias(int32_t rows, int32_t n, const float *bias, float *sum) {
    for (int32_t i = 0; i < rows; i++, sum += n)
        for (int32_t j = 0; j < n; j++)
            sum[j] += bias[j];
}

/* Inverted dropout: what is kept is scaled up, so that evaluation needs no change. */
static void drop(const tt_layer *layer, int32_t n, tt_random *random) {
    uint32_t threshold = (uint32_t)(layer->dropout * 0x1p32);
    float kept = (float)(1 / (1 - layer->dropout));
    for (int32_t i = 0; i < n; i++) {
        layer->mask[i] = tt_random_bits(random) < threshold ? 0 : kept;
        layer->dropped[i] = layer->active[i] * layer->mask[i];
    }
}

float *tt_network_forward(tt_network *network, int32_t rows, const float *x, tt_random *dropout) {
    assert(rows <= TT_CHUNK_ROWS);
    pack_weights(network);
    const float *input = x;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_layer *layer = &network->layers[l];
        int32_t n = rows * layer->n_out;
        tt_gemm(rows, layer->n_out, layer->n_in, input, layer->n_in, 1, layer->packed, layer->sum,
                layer->n_out, false);
        add_bias(rows, layer->n_out, network->parameters + layer->bias, layer->sum);
        if (layer->activation)
            layer->activation->forward(layer->params, rows, layer->n_out, layer->sum,
                                       layer->active);
        if (layer->mask && dropout)
            drop(layer, n, dropout);
        input = layer->mask && dropout ? layer->dropped : layer->active;
    }
    return network->layers[network->n_layers - 1].active;
}

static void add_bias_gradient(int32_t rows, int32_t n, const float *d_sum, float *d_bias) {
    for (int32_t i = 0; i < rows; i++, d_sum += n)
        for (int32_t j = 0; j < n; j++)
            d_bias[j] += d_sum[j];
}

/* From the gradient of what a layer hands on to the gradient of its sum, in place. */
static void through_activation(const tt_layer *layer, int32_t rows, float *d) {
    if (layer->mask)
        for (int32_t i = 0; i < rows * layer->n_out; i++)
            d[i] *= layer->mask[i];
    const float *kept = layer->activation->from_output ? layer->active : layer->sum;
    layer->activation->backward(layer->params, rows, layer->n_out, kept, d, d);
}

void tt_network_backward(tt_network *network, int32_t rows, const float *x) {
    for (int32_t l = network->n_layers - 1; l >= 0; l--) {
        const tt_layer *layer = &network->layers[l];
        const tt_layer *below = l > 0 ? layer - 1 : NULL;
        const float *input = below ? below->dropped : x;
        float *d_sum = network->d_outputs;
        tt_pack(rows, layer->n_out, d_sum, layer->n_out, 1, network->packed_d_outputs);
        tt_gemm(layer->n_in, layer->n_out, rows, input, 1, layer->n_in, network->packed_d_outputs,
                network->gradient + layer->weight, layer->n_out, true);
        add_bias_gradient(rows, layer->n_out, d_sum, network->gradient + layer->bias);
        if (!below)
            break;
        tt_gemm(rows, layer->n_in, layer->n_out, d_sum, layer->n_out, 1, layer->packed_transposed,
                network->d_inputs, layer->n_in, false);
        through_activation(below, rows, network->d_inputs);
        network->d_outputs = network->d_inputs;
        network->d_inputs = d_sum;
    }
}

void tt_network_export(const tt_network *network, float *values) {
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        const float *w = network->parameters + layer->weight;
        for (int32_t o = 0; o < layer->n_out; o++)
            for (int32_t i = 0; i < layer->n_in; i++)
                *values++ = w[(int64_t)i * layer->n_out + o];
        memcpy(values, network->parameters + layer->bias, (size_t)layer->n_out * sizeof *values);
        values += layer->n_out;
    }
}

void tt_network_import(tt_network *network, const float *values) {
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        float *w = network->parameters + layer->weight;
        for (int32_t o = 0; o < layer->n_out; o++)
            for (int32_t i = 0; i < layer->n_in; i++)
                w[(int64_t)i * layer->n_out + o] = *values++;
        memcpy(network->parameters + layer->bias, values, (size_t)layer->n_out * sizeof *values);
        values += layer->n_out;
    }
    tt_network_touch(network);
}
