#include "network.h"

#include <string.h>

#include "pack.h"

static int32_t widest(const tt_network *network) {
    int32_t width = 0;
    for (int32_t l = 0; l < network->n_layers; l++)
        width = network->layers[l].n_out > width ? network->layers[l].n_out : width;
    return width;
}

static int64_t add_span(tt_network *network, int32_t n_in, int32_t n_out, bool weight,
                        bool hidden) {
    int64_t offset = network->n_parameters;
    tt_span *span = &network->spans[network->n_spans++];
    *span = (tt_span){offset, n_in, n_out, weight, hidden};
    network->n_parameters += tt_span_size(span);
    return offset;
}

static void lay_out_parameters(tt_network *network) {
    network->n_spans = network->n_running = 0;
    network->n_parameters = 0;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_layer *layer = &network->layers[l];
        bool hidden = l + 1 < network->n_layers;
        bool slope = layer->activation && layer->activation->slope_gradient;
        layer->n_in = l == 0 ? network->n_inputs : network->layers[l - 1].n_out;
        layer->weight = add_span(network, layer->n_in, layer->n_out, true, hidden);
        layer->bias = add_span(network, 1, layer->n_out, false, hidden);
        bool norm = layer->norm != TT_NORM_NONE;
        layer->scale = norm ? add_span(network, 1, layer->n_out, false, hidden) : -1;
        layer->shift = norm ? add_span(network, 1, layer->n_out, false, hidden) : -1;
        layer->slope = slope ? add_span(network, 1, 1, false, hidden) : -1;
        network->n_running += layer->norm == TT_NORM_BATCH ? 2 * layer->n_out : 0;
    }
    network->n_outputs = network->layers[network->n_layers - 1].n_out;
}

static float *take(tt_arena *arena, size_t n) {
    return tt_arena_take(arena, n, sizeof(float));
}

static void lay_out_layer(const tt_network *network, int32_t l, tt_layer *layer,
                          tt_arena *scratch) {
    size_t room = (size_t)network->chunk_rows * (size_t)layer->n_out;
    bool norm = layer->norm != TT_NORM_NONE;
    bool keeps_sum = layer->activation && !layer->activation->from_output;
    bool changes = layer->dropout > 0 || layer->block > 0;
    const tt_layer *next = l + 1 < network->n_layers ? layer + 1 : NULL;
    layer->sum = take(scratch, room);
    layer->active = keeps_sum ? take(scratch, room) : layer->sum;
    layer->output = changes ? take(scratch, room) : layer->active;
    layer->mask = layer->dropout > 0 ? take(scratch, room) : NULL;
    layer->normal = norm ? take(scratch, room) : NULL;
    layer->inverse =
        norm ? take(scratch,
                    (size_t)(layer->norm == TT_NORM_BATCH ? layer->n_out : network->chunk_rows))
             : NULL;
    bool begins_block = false;
    for (int32_t m = l + 1; next && m < network->n_layers; m++)
        begins_block |= network->layers[m].block == m - l;
    layer->d_block = begins_block ? take(scratch, room) : NULL;
}

static size_t room_to_transpose(const tt_network *network) {
    size_t most = 0;
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        size_t room = tt_transpose_room(network->chunk_rows, layer->n_in, layer->n_out);
        most = room > most ? room : most;
    }
    return most;
}

void tt_network_lay_out(tt_network *network, tt_arena *state, tt_arena *scratch) {
    network->products = network->products ? network->products : &tt_exact_products;
    lay_out_parameters(network);
    network->parameters = take(state, (size_t)network->n_parameters);
    network->gradient = take(state, (size_t)network->n_parameters);
    network->running = take(state, (size_t)network->n_running);
    float *running = network->running;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_layer *layer = &network->layers[l];
        bool batch = layer->norm == TT_NORM_BATCH && running;
        layer->running_mean = batch ? running : NULL;
        layer->running_variance = batch ? running + layer->n_out : NULL;
        if (batch)
            running += 2 * layer->n_out;
        lay_out_layer(network, l, layer, scratch);
    }
    size_t width = (size_t)widest(network), rows = (size_t)network->chunk_rows;
    network->d_outputs = take(scratch, rows * width);
    network->d_inputs = take(scratch, rows * width);
    network->transposed = take(scratch, room_to_transpose(network));
    network->columns = tt_arena_take(scratch, 2 * width, sizeof(double));
    network->slopes_are_current = false;
}

static void fill(float *values, int64_t n, float value) {
    for (int64_t i = 0; i < n; i++)
        values[i] = value;
}

void tt_network_initialize(tt_network *network, const tt_initializer *initializer, const double *p,
                           tt_random *random) {
    float *values = network->gradient;
    memset(values, 0, (size_t)network->n_parameters * sizeof *values);
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        initializer->fill(p, layer->n_in, layer->n_out, random, values + layer->weight);
        if (initializer->fill_bias)
            initializer->fill_bias(p, layer->n_in, layer->n_out, random, values + layer->bias);
        if (layer->scale >= 0)
            fill(values + layer->scale, layer->n_out, 1);
        if (layer->slope >= 0)
            values[layer->slope] = (float)layer->params[0];
        if (layer->running_variance)
            fill(layer->running_variance, layer->n_out, 1);
    }
    tt_network_import(network, values, network->parameters);
    tt_network_touch(network);
}

void tt_network_touch(tt_network *network) {
    network->slopes_are_current = false;
}

void tt_network_export(const tt_network *network, const float *inner, float *values) {
    for (int32_t s = 0; s < network->n_spans; s++) {
        const tt_span *span = &network->spans[s];
        for (int32_t o = 0; o < span->n_out; o++)
            for (int32_t i = 0; i < span->n_in; i++)
                *values++ = inner[span->offset + (int64_t)i * span->n_out + o];
    }
}

void tt_network_import(const tt_network *network, const float *values, float *inner) {
    for (int32_t s = 0; s < network->n_spans; s++) {
        const tt_span *span = &network->spans[s];
        for (int32_t o = 0; o < span->n_out; o++)
            for (int32_t i = 0; i < span->n_in; i++)
                inner[span->offset + (int64_t)i * span->n_out + o] = *values++;
    }
}
