#include "network.h"

static void reference_layer(const tt_layer *layer, const double *parameters, int32_t row,
                            const double *in, double *out) {
    for (int32_t o = 0; o < layer->n_out; o++) {
        double sum = parameters[layer->bias + o];
        for (int32_t i = 0; i < layer->n_in; i++)
            sum += in[i] * parameters[layer->weight + (int64_t)i * layer->n_out + o];
        out[o] = sum;
    }
    if (layer->activation)
        layer->activation->reference(layer->params, layer->n_out, out, out);
    for (int32_t o = 0; layer->mask && o < layer->n_out; o++)
        out[o] *= (double)layer->mask[row * layer->n_out + o];
}

double tt_network_reference_loss(const tt_network *network, const double *parameters,
                                 const tt_loss *loss, const double *loss_params, int32_t rows,
                                 const float *x, const float *y, double *room) {
    int32_t width = network->n_inputs;
    for (int32_t l = 0; l < network->n_layers; l++)
        width = network->layers[l].n_out > width ? network->layers[l].n_out : width;
    int32_t n_targets = loss->target == TT_TARGET_CLASS ? 1 : network->n_outputs;
    double total = 0;
    for (int32_t row = 0; row < rows; row++) {
        double *in = room, *out = room + width;
        for (int32_t i = 0; i < network->n_inputs; i++)
            in[i] = (double)x[(int64_t)row * network->n_inputs + i];
        for (int32_t l = 0; l < network->n_layers; l++) {
            reference_layer(&network->layers[l], parameters, row, in, out);
            double *swapped = in;
            in = out;
            out = swapped;
        }
        total += loss->reference(loss_params, network->n_outputs, in, y + row * n_targets);
    }
    return total;
}
