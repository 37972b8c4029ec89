#ifndef TT_LOSS_H
#define TT_LOSS_H

#include "rows.h"

/* What a loss compares the network's outputs with. */
typedef enum tt_target {
    TT_TARGET_VALUES, /* (rows, outputs) numbers: values, 0 or 1, or a one-hot row for classes */
    TT_TARGET_CLASS,  /* (rows) class indices */
} tt_target;

/* How an output becomes a prediction: a probability, or a value. */
typedef enum tt_link { TT_LINK_IDENTITY, TT_LINK_SIGMOID, TT_LINK_SOFTMAX } tt_link;

typedef struct tt_loss {
    tt_descriptor about;
    tt_target target;
    tt_link link;

    /* The sum over rows of each row's loss, which for element-wise losses is the mean over the
     * outputs: divided by the number of rows it is PyTorch's reduction "mean". `z` is (rows,
     * outputs) row-major, `y` as `target` says. Unless dz is NULL, it receives `scale` times the
     * gradient of that sum with respect to z. */
    double (*evaluate)(const double *p, int32_t rows, int32_t outputs, const float *z,
                       const float *y, float scale, float *dz);

    /* Naive twin in double: the loss of one row. */
    double (*reference)(const double *p, int32_t outputs, const double *z, const float *y);
} tt_loss;

extern const tt_loss tt_losses[];
extern const tt_family tt_loss_family;

/* Outputs to predictions, in place: z is (rows, outputs) row-major. */
void tt_apply_link(tt_link link, int32_t rows, int32_t outputs, float *z);

#endif
