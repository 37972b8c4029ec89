#ifndef TT_ACTIVATION_H
#define TT_ACTIVATION_H

#include "rows.h"

/* Most activations take every element on its own; softmax takes a row. x, y, dx and dy are
 * (rows, cols) row-major. `p` points to the row's parameters. */
typedef struct tt_activation {
    tt_descriptor about;

    /* y = f(x); x and y may be the same array only where `from_output` is set. */
    void (*forward)(const double *p, int32_t rows, int32_t cols, const float *x, float *y);

    /* dx = dy f'(x), where `kept` is the input x, or the output y where `from_output` is set. dx
     * may be dy. At a kink the derivative is the one stated in the row's formula. */
    void (*backward)(const double *p, int32_t rows, int32_t cols, const float *kept,
                     const float *dy, float *dx);

    bool from_output; /* the derivative is a function of the output: the input need not be kept */

    /* Where the first parameter is trained with the network: the sum of dy df/dp[0]; else NULL. */
    double (*slope_gradient)(const double *p, int32_t n, const float *x, const float *dy);

    /* The outputs that it flattens out at for very negative and for very large inputs; infinite
     * where it does not. NULL where it does so nowhere, or only at a 0 that it reaches (ReLU). */
    void (*limits)(const double *p, double limits[2]);

    /* Naive twin of forward in double, for one row of `cols` values; x may be y. */
    void (*reference)(const double *p, int32_t cols, const double *x, double *y);
} tt_activation;

extern const tt_activation tt_activations[];
extern const tt_family tt_activation_family;

#endif
