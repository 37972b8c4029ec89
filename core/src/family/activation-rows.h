#ifndef TT_ACTIVATION_ROWS_H
#define TT_ACTIVATION_ROWS_H

#include "activation.h"

/* The functions of the rows, which activation.c puts into the table. */
#define TT_DECLARE_ACTIVATION(name)                                                                \
    void tt_##name##_forward(const double *p, int32_t rows, int32_t cols, const float *x,          \
                             float *y);                                                            \
    void tt_##name##_backward(const double *p, int32_t rows, int32_t cols, const float *kept,      \
                              const float *dy, float *dx);                                         \
    void tt_##name##_reference(const double *p, int32_t cols, const double *x, double *y)

/* activation-piecewise.c: made of straight pieces (hard swish: of parabolas) */
TT_DECLARE_ACTIVATION(linear);
TT_DECLARE_ACTIVATION(relu);
TT_DECLARE_ACTIVATION(leaky_relu);
TT_DECLARE_ACTIVATION(prelu);
TT_DECLARE_ACTIVATION(hard_tanh);
TT_DECLARE_ACTIVATION(relu6);
TT_DECLARE_ACTIVATION(hard_sigmoid);
TT_DECLARE_ACTIVATION(hard_swish);
void tt_hard_tanh_limits(const double *p, double limits[2]);
void tt_relu6_limits(const double *p, double limits[2]);
double tt_prelu_slope_gradient(const double *p, int32_t n, const float *x, const float *dy);

/* activation-exponential.c: exponential on the negative side, and the exponential itself */
TT_DECLARE_ACTIVATION(elu);
TT_DECLARE_ACTIVATION(selu);
TT_DECLARE_ACTIVATION(celu);
TT_DECLARE_ACTIVATION(exponential);
void tt_elu_limits(const double *p, double limits[2]);
void tt_selu_limits(const double *p, double limits[2]);

/* activation-gate.c: x times something between 0 and 1 */
TT_DECLARE_ACTIVATION(gelu);
TT_DECLARE_ACTIVATION(gelu_tanh);
TT_DECLARE_ACTIVATION(silu);
TT_DECLARE_ACTIVATION(mish);

/* activation-bounded.c: S-shaped and periodic, and what belongs to the sigmoid */
TT_DECLARE_ACTIVATION(tanh);
TT_DECLARE_ACTIVATION(sigmoid);
TT_DECLARE_ACTIVATION(softsign);
TT_DECLARE_ACTIVATION(sine);
TT_DECLARE_ACTIVATION(softplus);
TT_DECLARE_ACTIVATION(log_sigmoid);
void tt_tanh_limits(const double *p, double limits[2]);
void tt_sigmoid_limits(const double *p, double limits[2]);
void tt_softplus_limits(const double *p, double limits[2]);
void tt_log_sigmoid_limits(const double *p, double limits[2]);

/* activation-row.c: a whole row at a time */
TT_DECLARE_ACTIVATION(softmax);
TT_DECLARE_ACTIVATION(log_softmax);

#endif
