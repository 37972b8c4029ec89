#ifndef TT_NETWORK_H
#define TT_NETWORK_H

#include "activation.h"
#include "arena.h"
#include "initializer.h"
#include "loss.h"
#include "products.h"
#include "span.h"

/* A multilayer perceptron. A hidden layer is
 *
 *   x W + b  ->  normalization  ->  activation  ->  dropout  ->  + the input of its block,
 *
 * each part but the first optional; the output layer has at most an activation.
 *
 * All parameters are one flat array, and so is their gradient: for each layer the weight as (in,
 * out) row-major, which is how the products read it, the bias, then the scale and shift of a
 * normalization and the trained slope of an activation, where there are any. At every boundary a
 * weight is (out, in) row-major: see tt_network_export.
 *
 * Rows go through in chunks of at most `chunk_rows`, so that the room for activations does not grow
 * with the batch. Gradients of the chunks of one batch add up in row order: the chunk size does not
 * change a bit. Only batch normalization needs the whole batch in one chunk. */

/* TT_CHUNK_ROWS: rows of a chunk where nothing asks for another number. */
enum { TT_CHUNK_ROWS = 256 };

typedef enum tt_norm { TT_NORM_NONE, TT_NORM_BATCH, TT_NORM_LAYER } tt_norm;

typedef struct tt_layer {
    /* What tt_network_lay_out is given. */
    int32_t n_out;
    const tt_activation *activation; /* NULL for none */
    double params[TT_MAX_PARAMS];    /* of the activation */
    tt_norm norm;
    double dropout; /* share of the units switched off while training */
    int32_t block;  /* how many layers back the block began whose input is added; 0 for none */

    /* What it fills in: offsets into the flat arrays, -1 for what is not there. */
    int32_t n_in;
    int64_t weight, bias, scale, shift, slope;

    /* Room for one chunk, (chunk_rows, n_out) each; the same array twice where a part is absent. */
    float *sum;         /* input of the activation */
    float *active;      /* after the activation */
    float *mask;        /* 0 or 1 / (1 - dropout); NULL without dropout */
    const float *given; /* (rows, n_out) for the next pass: 0 where a unit is off; NULL to draw */
    float *output;      /* what the next layer sees */
    float *normal;      /* before scale and shift; NULL without normalization */
    float *inverse;     /* 1 / deviation: (n_out) for batch, (chunk_rows) for layer normalization */
    float *d_block;     /* gradient that comes back from the block that begins behind this layer */

    float *running_mean, *running_variance; /* (n_out) of batch normalization; NULL without */
} tt_layer;

enum { TT_MAX_SPANS = 5 * (TT_MAX_HIDDEN + 1) };

typedef struct tt_network {
    int32_t n_layers, n_inputs, n_outputs, chunk_rows;
    const tt_products *products; /* NULL for the exact ones */
    double norm_epsilon, norm_momentum;
    bool norm_biased; /* whether the running variance is that of the batch itself, as in Keras */
    tt_layer layers[TT_MAX_HIDDEN + 1];
    int64_t n_parameters;
    tt_span spans[TT_MAX_SPANS];
    int32_t n_spans;
    float *parameters, *gradient; /* (n_parameters) each */
    float *running;               /* all running means and variances, (n_running) */
    int32_t n_running;
    float *d_outputs;         /* (chunk_rows, widest layer): gradient of the layer at hand */
    float *d_inputs;          /* the same for the layer below */
    float *transposed;        /* room for the transpose of a layer's input: see tt_transpose */
    double *columns;          /* (2, widest layer): sums over rows */
    bool overwrites_gradient; /* of the weights, in the next backward pass */
    bool slopes_are_current;  /* the activations' trained slopes, in the layers' params */
} tt_network;

/* Takes the shape from n_layers, n_inputs, chunk_rows, products and the first part of each layer,
 * fills in the rest, and takes room from the arenas (call twice: see arena.h): `state` gets what a
 * snapshot must hold, `scratch` what every pass writes anew. */
void tt_network_lay_out(tt_network *network, tt_arena *state, tt_arena *scratch);

/* Draws the weights layer by layer. Biases and shifts become zero, scales one, slopes the
 * activation's parameter. */
void tt_network_initialize(tt_network *network, const tt_initializer *initializer, const double *p,
                           tt_random *random);

/* Must be called after `parameters` were changed and before the next forward pass. */
void tt_network_touch(tt_network *network);

/* x is (rows, n_inputs) row-major, rows <= chunk_rows. Returns the outputs (rows, n_outputs), which
 * stay valid until the next pass. While training, `dropout` draws the masks and batch normalization
 * goes by the chunk's own statistics and updates the running ones; NULL means evaluation. */
float *tt_network_forward(tt_network *network, int32_t rows, const float *x, tt_random *dropout);

/* The two halves of a layer's forward pass, for who wants to see what lies between: layer->sum,
 * then layer->active and layer->output. Layer by layer from the first they make tt_network_forward.
 */
void tt_network_sum(tt_network *network, int32_t l, int32_t rows, const float *x, bool training);
void tt_network_activate(tt_network *network, int32_t l, int32_t rows, const float *x,
                         tt_random *dropout);

/* To be called before the first backward pass of a batch. The weights' gradients are not zeroed
 * here but written by that pass, which must come before anyone reads them. */
void tt_network_clear_gradient(tt_network *network);

/* Adds the gradient of the chunk that last went forward in training to `gradient`. `d_outputs` in
 * the network holds the loss gradient (rows, n_outputs) and is used up. */
void tt_network_backward(tt_network *network, int32_t rows, const float *x);

/* Likewise, from the last layer down to layer `last` only. Returns the gradient of that layer's
 * sums x W + b, (rows, n_out), which stays valid until the next pass. */
const float *tt_network_backward_to(tt_network *network, int32_t rows, const float *x,
                                    int32_t last);

/* Flat arrays of parameters, or gradients, between the inner layout and (out, in) row-major
 * weights. */
void tt_network_export(const tt_network *network, const float *inner, float *values);
void tt_network_import(const tt_network *network, const float *values, float *inner);

/* Normalization of one layer (norm.c). */
void tt_norm_forward(const tt_network *network, const tt_layer *layer, int32_t rows, bool training);
void tt_norm_backward(const tt_network *network, const tt_layer *layer, int32_t rows, float *d);

/* Naive twin of a training pass, in double: the sum of the losses of `rows` rows with the given
 * `parameters` (flat, inner layout) and, where a layer has dropout, the masks of the last training
 * pass. `y` is as the loss wants it. `room` holds tt_network_reference_room values. */
size_t tt_network_reference_room(const tt_network *network, int32_t rows);
double tt_network_reference_loss(const tt_network *network, const double *parameters,
                                 const tt_loss *loss, const double *loss_params, int32_t rows,
                                 const float *x, const float *y, double *room);

#endif
