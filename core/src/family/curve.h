#ifndef TT_CURVE_H
#define TT_CURVE_H

#include <stdbool.h>
#include <stdint.h>

/* Curves of a score that tells two classes apart, with scikit-learn's definitions. The inputs are
 * `n` rows in falling order of their scores, as tt_sort_scored leaves them; equal scores share one
 * threshold. */
typedef struct tt_scored {
    double score;
    double hit; /* 1 for a row of the class, 0 for any other */
} tt_scored;

/* Sorts by falling score; rows with equal scores keep their order, so every platform gives the same
 * one. `spare` has room for n rows. */
void tt_sort_scored(int64_t n, tt_scored *scored, tt_scored *spare);

/* Area under the receiver operating characteristic: the chance that a hit has a higher score than
 * another row, equal scores counting one half. NaN without hits, or with hits only. */
double tt_curve_roc_auc(int64_t n, const tt_scored *scored);

/* Mean of the precision over the recall, as a sum of steps. 0 without hits. */
double tt_curve_average_precision(int64_t n, const tt_scored *scored);

/* The curves as points, each array with room for n + 1; return how many points there are.
 *
 * ROC: from (0, 0) at an infinite threshold to (1, 1); rates without rows to count are NaN.
 * Precision-recall: from the lowest threshold to the highest, then (recall 0, precision 1) at an
 * infinite one. A threshold takes in the rows from that score up. */
int64_t tt_roc_curve(int64_t n, const tt_scored *scored, double *false_rate, double *true_rate,
                     double *threshold);
int64_t tt_precision_recall_curve(int64_t n, const tt_scored *scored, double *precision,
                                  double *recall, double *threshold);

/* Calibration: mean score and share of hits in each of `n_bins` equal parts of 0..1 that has rows,
 * and how many. A score on an edge belongs to the part below it. Returns the number of parts. */
int32_t tt_calibration_curve(int64_t n, const tt_scored *scored, int32_t n_bins, double *mean_score,
                             double *share, double *count);

#endif
