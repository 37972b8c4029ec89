#ifndef TT_LOSS_H
#define TT_LOSS_H

#include "rows.h"

/* What a loss compares the network's outputs with. */
typedef enum tt_target {
    TT_TARGET_VALUES, /* (rows, outputs) numbers: values, 0 or 1, or a one-hot row for classes */
    TT_TARGET_CLASS,  /* (rows) class indices */
} tt_target;

/* How an output becomes a prediction: a probability, or a value. */
typedef enum tt_link {
    TT_LINK_IDENTITY,
    TT_LINK_SIGMOID,
    TT_LINK_SOFTMAX, /* also turns logarithms of probabilities into probabilities */
    TT_LINK_EXP,
} tt_link;

/* A chunk of rows to evaluate a loss on. */
typedef struct tt_rows {
    int32_t n, outputs;
    const float *z;      /* (n, outputs) row-major: what the network gives */
    const float *y;      /* as tt_loss.target says */
    const float *weight; /* (n), or NULL: every row counts once */
    float scale;         /* what the gradient is multiplied by */
    float *dz; /* (n, outputs): scale times the gradient of the sum; NULL when not wanted */
} tt_rows;

typedef struct tt_loss {
    tt_descriptor about;
    tt_target target;
    tt_link link; /* see tt_link_of */

    /* Key of the activation that the outputs must have gone through, where the loss wants
     * probabilities or the like; NULL for none. */
    const char *output_activation;

    /* Outputs of the network for each value to predict, side by side, of which the first is the
     * prediction; 0 stands for 1. */
    int32_t outputs_per_target;

    /* Fewer outputs than this leave nothing to learn; 0 for any number. */
    int32_t least_outputs;

    /* The sum over rows of each row's loss, times the row's weight. For element-wise losses a row's
     * loss is the mean over the outputs: divided by the number of rows the sum is PyTorch's
     * reduction "mean". */
    double (*evaluate)(const double *p, const tt_rows *rows);

    /* The link where the parameters decide; NULL for `link`. */
    tt_link (*choose_link)(const double *p);

    /* The loss's own weight of a row, by its target y; NULL for 1. `evaluate` applies it by itself;
     * the mean loss is the sum divided by the sum of the weights. */
    double (*own_weight)(const double *p, const float *y);

    /* Naive twin in double: the loss of one row, with the loss's own weight. */
    double (*reference)(const double *p, int32_t outputs, const double *z, const float *y);
} tt_loss;

extern const tt_loss tt_losses[];
extern const tt_family tt_loss_family;

/* The link in use with parameters p. */
tt_link tt_link_of(const tt_loss *loss, const double *p);

/* How many numbers the list among the parameters has: one for all columns or classes, or one for
 * each. 0 for an empty list and for losses without one. Columns past its end count once. */
int32_t tt_loss_list_length(const tt_loss *loss, const double *p);

/* Outputs z to predictions, both (rows, outputs) row-major; they may be the same array. */
void tt_apply_link(tt_link link, int32_t rows, int32_t outputs, const float *z, float *predictions);

#endif
