#ifndef TT_PREDICTION_STATE_H
#define TT_PREDICTION_STATE_H

#include "fallback.h"
#include "model-state.h"

/* The inside of a prediction. */
struct tt_prediction {
    tt_model *model;       /* borrowed */
    const tt_table *table; /* borrowed */
    tt_binding binding;
    int64_t n_done;
    double *values;          /* (rows of the table, n_outputs) */
    tt_fallbacks *fallbacks; /* of each column of the model */
};

#endif
