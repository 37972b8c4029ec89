#ifndef GOLDEN_NETWORK_H
#define GOLDEN_NETWORK_H

#include "golden.h"

#include "network.h"

/* A network for one pass at a time, on given numbers. */
typedef struct golden_network {
    tt_network network;
    tt_arena state, scratch;
    tt_random random;
    float *values; /* (n_parameters) in the order of the boundary */
} golden_network;

/* Makes it from the first part of network.layers, n_layers, n_inputs, norm_epsilon and
 * norm_momentum, with room for `rows`; parameters and running statistics are at their start. */
void golden_network_begin(golden *g, golden_network *net, int32_t rows);
void golden_network_end(golden_network *net);

/* A layer alone between x and y = outputs: behind an identity, whose weight is x where the inputs
 * are one-hot rows, so that the gradient of this weight is the gradient of x. Takes norm and
 * dropout from `layer`. */
void golden_layer_begin(golden *g, golden_network *net, const tt_layer *layer, int32_t rows,
                        double epsilon, double momentum);

/* Scale and shift of the normalization; NULL leaves 1 and 0. */
void golden_layer_affine(golden *g, golden_network *net, const cJSON *scale, const cJSON *shift);

/* y for x of `rows` rows, which stays valid until the next pass. */
const float *golden_layer_forward(golden *g, golden_network *net, const cJSON *x, bool training);

/* The gradient of x, and of scale and shift where these are not NULL, after a pass in training. */
void golden_layer_backward(golden *g, golden_network *net, const cJSON *dy, float *dx,
                           float *d_scale, float *d_shift);

#endif
