#ifndef TT_METRIC_FUNCTIONS_H
#define TT_METRIC_FUNCTIONS_H

#include "metric.h"

/* The functions of the table in metric.c. Unused parameters are NULL. */

/* metric-class.c: from the confusion matrix */
double tt_accuracy(const double *p, const tt_outcome *outcome);
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

/* metric-value.c: from predicted values */
double tt_r2(const double *p, const tt_outcome *outcome);
double tt_explained_variance(const double *p, const tt_outcome *outcome);
double tt_mae(const double *p, const tt_outcome *outcome);
double tt_mse(const double *p, const tt_outcome *outcome);
double tt_rmse(const double *p, const tt_outcome *outcome);
double tt_mape(const double *p, const tt_outcome *outcome);
double tt_msle(const double *p, const tt_outcome *outcome);
double tt_median_error(const double *p, const tt_outcome *outcome);
double tt_max_error(const double *p, const tt_outcome *outcome);
double tt_pinball(const double *p, const tt_outcome *outcome);

#endif
