#ifndef TT_METRIC_H
#define TT_METRIC_H

#include "rows.h"

/* Predictions and truth, as tt_report in trainer.h describes them. Borrowed. */
typedef struct tt_outcome {
    tt_task task;
    int64_t n_rows;
    int32_t n_outputs, n_classes;
    const float *predictions; /* (n_rows, n_outputs) */
    const float *targets;     /* (n_rows) */
    double *confusion; /* (n_classes, n_classes) [true][predicted], counts; NULL for regression */
} tt_outcome;

typedef struct tt_metric {
    tt_descriptor about;
    bool higher_is_better;
    double (*value)(const tt_outcome *outcome);
} tt_metric;

extern const tt_metric tt_metrics[];
extern const tt_family tt_metric_family;

/* The class that a row of predictions decides for: the likeliest (the first of equals), or for one
 * output the second class from 0.5 on. */
int32_t tt_decide(int32_t n_outputs, const float *prediction);

/* Counts `outcome->confusion` anew. */
void tt_count_confusion(tt_outcome *outcome);

/* Of one class, from the confusion matrix; 0 where undefined, as in scikit-learn. */
double tt_class_precision(const tt_outcome *outcome, int32_t index);
double tt_class_recall(const tt_outcome *outcome, int32_t index);
double tt_class_f1(const tt_outcome *outcome, int32_t index);
double tt_class_support(const tt_outcome *outcome, int32_t index);

#endif
