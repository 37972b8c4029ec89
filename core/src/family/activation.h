#ifndef TT_ACTIVATION_H
#define TT_ACTIVATION_H

#include "rows.h"

/* An activation is applied to every element on its own. `p` points to the row's parameters. */
typedef struct tt_activation {
    tt_descriptor about;

    /* y[i] = f(x[i]) for i < n; x and y may be the same array only where `from_output` is set. */
    void (*forward)(const double *p, int32_t n, const float *x, float *y);

    /* dx[i] = dy[i] f'(x[i]), where `x` is the input, or the output y where `from_output` is set.
     * dx may be dy. At a kink the derivative is the one stated in the row's formula. */
    void (*backward)(const double *p, int32_t n, const float *x, const float *dy, float *dx);

    bool from_output; /* the derivative is a function of the output: the input need not be kept */

    double (*reference)(const double *p, double x); /* naive twin of forward, in double */
} tt_activation;

extern const tt_activation tt_activations[];
extern const tt_family tt_activation_family;

#endif
