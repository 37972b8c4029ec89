#ifndef TABTRAIN_INSPECT_H
#define TABTRAIN_INSPECT_H

#include "tabtrain/trainer.h"

/* What goes on inside a network: histograms of weights, gradients and activations, and how each
 * unit behaves, by layer, over the first rows of a part. The latest weights are looked at, in
 * evaluation mode; the gradient is that of the mean loss with the penalties on these rows, as a
 * training step would find it, with dropout drawn. The run goes on, at any point of it, as if
 * nothing had been looked at. */
typedef struct tt_inspection tt_inspection;

/* n_bins equal bins from lowest to highest; edge i is lowest + i (highest - lowest) / n_bins. A bin
 * holds its lower edge, the last one also its upper edge (numpy.histogram). When all values are
 * equal the bins reach half a unit to each side of them, or half their size where that is more. */
typedef struct tt_histogram {
    int64_t n;                               /* finite values */
    int64_t n_not_finite;                    /* others: in no bin */
    double lowest, highest, mean, deviation; /* of the finite ones; NaN without any */
    const int64_t *counts;                   /* (n_bins) */
} tt_histogram;

/* How one unit behaves over the rows, after its activation. */
typedef struct tt_unit {
    double mean;
    double zeros;     /* share of the rows where it is exactly 0: 1 for a dead unit */
    double saturated; /* share where it is within 1 % of the value that its activation flattens out
                         at; NaN where there is no such value */
} tt_unit;

typedef struct tt_layer_inspection {
    const char *name;                /* "hidden 1", "output" */
    const tt_descriptor *activation; /* NULL for none */
    int32_t n_in, n_out;
    tt_histogram weights;   /* of the weight matrix */
    tt_histogram gradients; /* of that matrix */
    tt_histogram before;    /* inputs of the activation */
    tt_histogram after;     /* its outputs */
    double gradient_norm;   /* of all the layer's tensors together */
    int32_t n_dead;         /* units that are 0 on every row */
    int32_t n_saturated;    /* units that are saturated on every row */
    const tt_unit *units;   /* (n_out) */
} tt_layer_inspection;

/* At most `n_rows` rows and `n_bins` bins, both at least 1. TT_BAD_SETTING when the part has no
 * rows, TT_NO_MEMORY. The caller owns the result, which is a copy: nothing in it changes when the
 * run goes on. */
tt_inspection *tt_inspection_new(tt_trainer *trainer, tt_part part, int32_t n_rows, int32_t n_bins,
                                 tt_error *error);
void tt_inspection_free(tt_inspection *inspection);
tt_part tt_inspection_part(const tt_inspection *inspection);
int64_t tt_inspection_n_rows(const tt_inspection *inspection);
int32_t tt_inspection_n_bins(const tt_inspection *inspection);
int32_t tt_inspection_n_layers(const tt_inspection *inspection);
const tt_layer_inspection *tt_inspection_layer(const tt_inspection *inspection, int32_t layer);

/* The same as one JSON text (schema: inspect-json.c). The caller frees it with tt_free_text. */
char *tt_inspection_json(const tt_inspection *inspection);

#endif
