#ifndef TT_REPORT_STATE_H
#define TT_REPORT_STATE_H

#include "trainer-state.h"

/* The inside of a report; the arrays lie in the arena. */
struct tt_report {
    tt_arena arena;
    tt_trainer *trainer; /* borrowed */
    const tt_dataset *dataset;
    tt_part part;
    int64_t n_predicted;         /* rows done */
    int32_t n_measured;          /* rows of the metric family done */
    double loss, weight;         /* sums over the rows done; at the end the mean loss */
    float *parameters, *running; /* of the network when the report began */
    tt_outcome outcome;
    double *exact_predictions, *exact_targets; /* what the outcome is made of */
    float *predictions, *targets;              /* the same, for callers */
    double *metrics;                           /* by row of the family */
    double *by_target; /* (n_targets, rows of the family); NULL but for regression */
    double *curve[3];  /* (n_rows + 1) each: one curve while it is written; NULL for regression */
};

/* Predictions and targets of n_rows rows of a data set, with room from the arena for what metrics
 * need besides. */
tt_outcome tt_lay_out_outcome(tt_arena *arena, const tt_dataset *dataset, int64_t n_rows,
                              const double *predictions, const double *targets);

/* Whether the report has the metric of the family's row. */
bool tt_report_has(const tt_report *report, int32_t row);

#endif
