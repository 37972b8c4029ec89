#ifndef TT_METRIC_H
#define TT_METRIC_H

#include "curve.h"
#include "rows.h"

/* Predictions and truth, as tt_report in trainer.h describes them. Borrowed. */
typedef struct tt_outcome {
    tt_task task;
    int64_t n_rows;
    int32_t n_outputs, n_targets, n_classes;
    const double *predictions; /* (n_rows, n_outputs) */
    const double *targets;     /* (n_rows, n_targets) */
    double *confusion;         /* counts [true][predicted]: (n_classes, n_classes), or for labels
                                  (n_targets, 2, 2); NULL for regression */
    tt_scored *scratch;        /* tt_metric_scratch items; only metrics that sort need it */
} tt_outcome;

typedef struct tt_metric {
    tt_descriptor about;
    bool higher_is_better;
    bool sorts; /* needs tt_outcome.scratch */

    /* `p` points to the row's parameters. NaN where the value is not defined: an area under a curve
     * when only one class occurs. NULL for a metric of values, which has of_target instead. */
    double (*value)(const double *p, const tt_outcome *outcome);

    /* The same for one target column; the value is the mean over the columns (scikit-learn's
     * multioutput='uniform_average'). */
    double (*of_target)(const double *p, const tt_outcome *outcome, int32_t target);
} tt_metric;

double tt_metric_value(const tt_metric *metric, const double *p, const tt_outcome *outcome);

/* Items of tt_outcome.confusion. */
static inline size_t tt_confusion_size(tt_task task, int32_t n_classes, int32_t n_targets) {
    return task == TT_MULTILABEL ? 4 * (size_t)n_targets : (size_t)n_classes * (size_t)n_classes;
}

/* Items of tt_outcome.scratch. */
static inline size_t tt_metric_scratch(size_t n_rows, size_t n_classes) {
    return 2 * n_rows + n_classes;
}

extern const tt_metric tt_metrics[];
extern const tt_family tt_metric_family;

/* The class that a row of predictions decides for: the likeliest (the first of equals), or for one
 * output the second class from 0.5 on. */
int32_t tt_decide(int32_t n_outputs, const double *prediction);

/* Counts `outcome->confusion` anew. */
void tt_count_confusion(tt_outcome *outcome);

/* What precision, recall and curves tell apart: the classes, or the labels (the rows of which label
 * `index` is 1 are its own). */
int32_t tt_n_scored(const tt_outcome *outcome);

/* Of one class or label, from the confusion matrix; 0 where undefined, as in scikit-learn. */
double tt_class_precision(const tt_outcome *outcome, int32_t index);
double tt_class_recall(const tt_outcome *outcome, int32_t index);
double tt_class_f1(const tt_outcome *outcome, int32_t index);
double tt_class_support(const tt_outcome *outcome, int32_t index);

/* The probability of class or label `index` for a row, also where one output stands for two
 * classes. */
double tt_class_probability(const tt_outcome *outcome, int64_t row, int32_t index);

/* Fills `outcome->scratch` with the rows in falling order of the probability of class or label
 * `index`, a hit being a row that has it. */
void tt_rank_class(const tt_outcome *outcome, int32_t index);

#endif
