#ifndef GOLDEN_LOSS_H
#define GOLDEN_LOSS_H

#include "golden.h"

#include "loss.h"

/* Rows to evaluate a loss on. */
typedef struct golden_loss {
    const tt_loss *loss;
    double *p;
    int32_t n, outputs, width; /* width: targets a row */
    float *z, *y, *dz;
} golden_loss;

/* Finds the row, its parameters, and takes inputs and targets as the row wants them: class indices
 * from one-hot rows or the other way, 0 and 1 for -1 and 1. False when the case is closed. */
bool golden_loss_begin(golden *g, golden_loss *c, const char *name, const cJSON *config,
                       const cJSON *input, const cJSON *target);

/* The sum of the losses of n rows from `first` on, with `scale` times its gradient in dz. */
double golden_loss_sum(const golden_loss *c, int32_t first, int32_t n, double scale);

/* What the mean is divided by: the sum of the loss's own weights of the rows. */
double golden_loss_weight(const golden_loss *c);

#endif
