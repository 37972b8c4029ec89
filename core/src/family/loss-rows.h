#ifndef TT_LOSS_ROWS_H
#define TT_LOSS_ROWS_H

#include "loss.h"

/* The functions of the rows, which loss.c puts into the table. */
#define TT_DECLARE_LOSS(name)                                                                      \
    double tt_##name##_evaluate(const double *p, const tt_rows *rows);                             \
    double tt_##name##_reference(const double *p, int32_t outputs, const double *z, const float *y)

/* loss-regression.c: of the difference between output and value */
TT_DECLARE_LOSS(mse);
TT_DECLARE_LOSS(mae);
TT_DECLARE_LOSS(huber);
TT_DECLARE_LOSS(smooth_l1);
TT_DECLARE_LOSS(log_cosh);
TT_DECLARE_LOSS(quantile);
TT_DECLARE_LOSS(mape);
TT_DECLARE_LOSS(msle);

/* loss-cosine.c: of the directions of outputs and values */
TT_DECLARE_LOSS(cosine_similarity);

/* loss-likelihood.c: of the parameters of a distribution */
TT_DECLARE_LOSS(poisson_nll);
TT_DECLARE_LOSS(gaussian_nll);
tt_link tt_poisson_nll_link(const double *p);

/* loss-binary.c: each column is a yes or no */
TT_DECLARE_LOSS(bce);
TT_DECLARE_LOSS(bce_with_logits);
TT_DECLARE_LOSS(hinge);
TT_DECLARE_LOSS(squared_hinge);
TT_DECLARE_LOSS(soft_margin);
TT_DECLARE_LOSS(multilabel_soft_margin);
TT_DECLARE_LOSS(binary_focal);

/* loss-class.c: of a row of scores or log-probabilities */
TT_DECLARE_LOSS(cross_entropy);
TT_DECLARE_LOSS(nll);
TT_DECLARE_LOSS(multi_margin);
TT_DECLARE_LOSS(categorical_hinge);
TT_DECLARE_LOSS(softmax_focal);
TT_DECLARE_LOSS(kl_div);
double tt_cross_entropy_weight(const double *p, const float *y);
double tt_nll_weight(const double *p, const float *y);

/* Item j of a list among the parameters, which begins with its length: an empty list stands for
 * ones, and a single item for all. */
static inline double tt_listed(const double *list, int32_t j) {
    int32_t n = (int32_t)list[0];
    return n == 1 ? list[1] : j < n ? list[1 + j] : 1;
}

static inline float tt_row_weight(const tt_rows *rows, int32_t row) {
    return rows->weight ? rows->weight[row] : 1;
}

#endif
