#ifndef TT_HISTORY_H
#define TT_HISTORY_H

#include "network.h"
#include "regularizer.h"
#include "tabtrain/trainer.h"

/* The columns of a history row, in order. Behind them comes one for each regularizer with a
 * penalty, in the order of the family. */
enum {
    TT_EPOCH,
    TT_STEP,
    TT_SECONDS,
    TT_LEARNING_RATE,
    TT_TRAINING_LOSS,
    TT_EVALUATED_LOSS,
    TT_VALIDATION_LOSS,
    TT_PENALTY,
    TT_TRAINING_METRIC,
    TT_EVALUATED_METRIC,
    TT_VALIDATION_METRIC,
    TT_GRADIENT_NORM,
    TT_WEIGHT_NORM,
    TT_UPDATE_RATIO, /* of the first layer; the others follow */
    TT_PENALTIES = TT_UPDATE_RATIO + TT_MAX_HIDDEN + 1
};

enum { TT_MAX_PENALTIES = TT_MAX_HISTORY_COLUMNS - TT_PENALTIES };

/* How many regularizers have a penalty; the place of one among them. */
int32_t tt_n_penalties(void);
int32_t tt_penalty_index(const tt_regularizer *regularizer);

#endif
