#ifndef TT_NETWORK_H
#define TT_NETWORK_H

#include "activation.h"
#include "arena.h"
#include "initializer.h"
#include "loss.h"
#include "span.h"

/* A multilayer perceptron: y = x W + b, activation, dropout; then the next layer; the last layer
 * has neither activation nor dropout.
 *
 * All parameters are one flat array, and so is their gradient: for each layer the weight as (in,
 * out) row-major, which is how the products read it, then the bias. At every boundary a weight is
 * (out, in) row-major: see tt_network_export.
 *
 * Rows go through in chunks of at most TT_CHUNK_ROWS, so that the room for activations does not
 * grow with the batch. Gradients of the chunks of one batch add up in row order: the chunk size
 * does not change a bit. */

enum { TT_MAX_HIDDEN = 8, TT_CHUNK_ROWS = 256 };

typedef struct tt_layer {
    int32_t n_in, n_out;
    const tt_activation *activation; /* NULL for the last layer */
    double params[TT_MAX_PARAMS];    /* of the activation */
    double dropout;                  /* share of the units switched off while training */
    int64_t weight, bias;            /* where they start in the flat arrays */

    /* Room for one chunk, (TT_CHUNK_ROWS, n_out) each. */
    float *sum;     /* x W + b; the same array as `active` where only the output is needed later */
    float *active;  /* after the activation */
    float *mask;    /* 0 or 1 / (1 - dropout); NULL without dropout */
    float *dropped; /* active * mask: what the next layer sees; `active` itself without dropout */

    float *packed;            /* W for the forward product */
    float *packed_transposed; /* W' for the input gradient; NULL for the first layer */
} tt_layer;

typedef struct tt_network {
    int32_t n_layers, n_inputs, n_outputs;
    tt_layer layers[TT_MAX_HIDDEN + 1];
    int64_t n_parameters;
    tt_span spans[2 * (TT_MAX_HIDDEN + 1)];
    int32_t n_spans;
    float *parameters, *gradient; /* (n_parameters) each */
    float *d_outputs;             /* (TT_CHUNK_ROWS, widest layer): gradient of the layer at hand */
    float *d_inputs;              /* the same for the layer below */
    float *packed_d_outputs;
    bool packed_is_current;
} tt_network;

/* Takes the shape from n_layers, n_inputs and each layer's n_out, activation, params and dropout,
 * fills in the rest and takes the room from the arena (call twice: see arena.h). */
void tt_network_lay_out(tt_network *network, tt_arena *arena);

/* Draws the weights layer by layer; biases become zero. */
void tt_network_initialize(tt_network *network, const tt_initializer *initializer, const double *p,
                           tt_random *random);

/* Must be called after `parameters` were changed and before the next forward pass. */
void tt_network_touch(tt_network *network);

/* x is (rows, n_inputs) row-major, rows <= TT_CHUNK_ROWS. Returns the outputs (rows, n_outputs),
 * which stay valid until the next pass. `dropout` draws the masks; NULL switches dropout off. */
float *tt_network_forward(tt_network *network, int32_t rows, const float *x, tt_random *dropout);

/* Adds the gradient of the chunk that went forward last to `gradient`. `d_outputs` in the network
 * holds the loss gradient (rows, n_outputs) and is used up. */
void tt_network_backward(tt_network *network, int32_t rows, const float *x);

/* All parameters from or to (out, in) row-major weights. */
void tt_network_export(const tt_network *network, float *values);
void tt_network_import(tt_network *network, const float *values);

/* Naive twin, in double: the sum of the losses of `rows` rows with the given `parameters` (flat, as
 * above) and, where a layer has dropout, the masks of the last forward pass. `y` is as the loss
 * wants it. `room` holds twice the widest layer or input. */
double tt_network_reference_loss(const tt_network *network, const double *parameters,
                                 const tt_loss *loss, const double *loss_params, int32_t rows,
                                 const float *x, const float *y, double *room);

#endif
