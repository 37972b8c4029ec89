#ifndef TT_METRIC_H
#define TT_METRIC_H

#include "curve.h"
#include "rows.h"

/* Predictions and truth, as tt_report in trainer.h describes them. Borrowed. */
typedef struct tt_outcome {
    tt_task task;
    int64_t n_rows;
    int32_t n_outputs, n_classes;
    const double *predictions; /* (n_rows, n_outputs) */
    const double *targets;     /* (n_rows) */
    double *confusion;  /* (n_classes, n_classes) [true][predicted], counts; NULL for regression */
    tt_scored *scratch; /* tt_metric_scratch items; only metrics that sort need it */
} tt_outcome;

typedef struct tt_metric {
    tt_descriptor about;
    bool higher_is_better;
    bool sorts; /* needs tt_outcome.scratch */

    /* `p` points to the row's parameters. NaN where the value is not defined: an area under a curve
     * when only one class occurs. */
    double (*value)(const double *p, const tt_outcome *outcome);
} tt_metric;

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

/* Of one class, from the confusion matrix; 0 where undefined, as in scikit-learn. */
double tt_class_precision(const tt_outcome *outcome, int32_t index);
double tt_class_recall(const tt_outcome *outcome, int32_t index);
double tt_class_f1(const tt_outcome *outcome, int32_t index);
double tt_class_support(const tt_outcome *outcome, int32_t index);

/* The probability of class `index` for a row, also where one output stands for two classes. */
double tt_class_probability(const tt_outcome *outcome, int64_t row, int32_t index);

/* Fills `outcome->scratch` with the rows in falling order of the probability of class `index`, a
 * hit being a row of that class. */
void tt_rank_class(const tt_outcome *outcome, int32_t index);

#endif
