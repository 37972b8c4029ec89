#ifndef TT_METRIC_FUNCTIONS_H
#define TT_METRIC_FUNCTIONS_H

#include "metric.h"

/* The functions of the table in metric.c. Unused parameters are NULL. */

/* metric-class.c: from the confusion matrix */
double tt_accuracy(const double *p, const tt_outcome *outcome);
double tt_hamming_loss(const double *p, const tt_outcome *outcome);
double tt_balanced_accuracy(const double *p, const tt_outcome *outcome);
double tt_macro_precision(const double *p, const tt_outcome *outcome);
double tt_macro_recall(const double *p, const tt_outcome *outcome);
double tt_macro_f1(const double *p, const tt_outcome *outcome);
double tt_micro_precision(const double *p, const tt_outcome *outcome);
double tt_micro_recall(const double *p, const tt_outcome *outcome);
double tt_micro_f1(const double *p, const tt_outcome *outcome);
double tt_weighted_precision(const double *p, const tt_outcome *outcome);
double tt_weighted_recall(const double *p, const tt_outcome *outcome);
double tt_weighted_f1(const double *p, const tt_outcome *outcome);
double tt_matthews(const double *p, const tt_outcome *outcome);
double tt_cohen_kappa(const double *p, const tt_outcome *outcome);

/* metric-probability.c: from the probabilities of the classes */
double tt_roc_auc(const double *p, const tt_outcome *outcome);
double tt_weighted_roc_auc(const double *p, const tt_outcome *outcome);
double tt_pairwise_roc_auc(const double *p, const tt_outcome *outcome);
double tt_average_precision(const double *p, const tt_outcome *outcome);
double tt_log_loss(const double *p, const tt_outcome *outcome);
double tt_brier(const double *p, const tt_outcome *outcome);
double tt_top_k(const double *p, const tt_outcome *outcome);

/* metric-value.c: from predicted values, of one target */
#define TT_DECLARE_OF_TARGET(name)                                                                 \
    double tt_##name(const double *p, const tt_outcome *outcome, int32_t target)
TT_DECLARE_OF_TARGET(r2);
TT_DECLARE_OF_TARGET(explained_variance);
TT_DECLARE_OF_TARGET(mae);
TT_DECLARE_OF_TARGET(mse);
TT_DECLARE_OF_TARGET(rmse);
TT_DECLARE_OF_TARGET(mape);
TT_DECLARE_OF_TARGET(msle);
TT_DECLARE_OF_TARGET(median_error);
TT_DECLARE_OF_TARGET(max_error);
TT_DECLARE_OF_TARGET(pinball);

#endif
