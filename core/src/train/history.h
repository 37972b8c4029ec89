#ifndef TT_HISTORY_H
#define TT_HISTORY_H

#include "tabtrain/descriptor.h"

/* The columns of a history row, in order. */
enum {
    TT_EPOCH,
    TT_STEP,
    TT_LEARNING_RATE,
    TT_TRAINING_LOSS,
    TT_PENALTY,
    TT_VALIDATION_LOSS,
    TT_TRAINING_METRIC,
    TT_VALIDATION_METRIC,
    TT_GRADIENT_NORM,
    TT_WEIGHT_NORM,
    TT_N_HISTORY
};

extern const tt_descriptor tt_history_columns[TT_N_HISTORY];

#endif
