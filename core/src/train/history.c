#include "history.h"

#include <assert.h>

#define UPDATE_RATIO(layer, which)                                                                 \
    [TT_UPDATE_RATIO + (layer)-1] = {                                                              \
        .key = "update_ratio_" #layer,                                                             \
        .label = "Update ratio, layer " #layer,                                                    \
        .help = "Length of the last step's change of the " which                                   \
                " layer's weight matrix over the length of the matrix; about 0.001 is usual."}

static const tt_descriptor fixed[TT_PENALTIES] = {
    [TT_EPOCH] = {.key = "epoch",
                  .label = "Epoch",
                  .help = "Passes over the training rows so far, with the part of a pass."},
    [TT_STEP] = {.key = "step", .label = "Step", .help = "Updates of the weights so far."},
    [TT_SECONDS] = {.key = "seconds",
                    .label = "Seconds",
                    .help = "Spent in training so far, pauses left out; empty in native runs, "
                            "which have no clock."},
    [TT_LEARNING_RATE] = {.key = "learning_rate",
                          .label = "Learning rate",
                          .help = "Rate of the last step, after the schedule."},
    [TT_TRAINING_LOSS] = {.key = "training_loss",
                          .label = "Training loss",
                          .help = "Mean over this epoch's batches, each before its update, with "
                                  "dropout and without penalty; at the start: of all training "
                                  "rows, without dropout."},
    [TT_EVALUATED_LOSS] = {.key = "evaluated_loss",
                           .label = "Training loss, evaluated",
                           .help = "Of all training rows at the end of an epoch, without dropout, "
                                   "noise and penalty, as the validation loss is: see "
                                   "train.evaluate_training."},
    [TT_VALIDATION_LOSS] = {.key = "validation_loss",
                            .label = "Validation loss",
                            .help = "Of all validation rows, without dropout and penalty."},
    [TT_PENALTY] = {.key = "penalty",
                    .label = "Penalty",
                    .help = "All penalties together at the last step, before its update."},
    [TT_TRAINING_METRIC] = {.key = "training_metric",
                            .label = "Training metric",
                            .help = "The metric over the rows that the training loss is over."},
    [TT_EVALUATED_METRIC] = {.key = "evaluated_metric",
                             .label = "Training metric, evaluated",
                             .help = "The metric over the rows that the evaluated training loss is "
                                     "over."},
    [TT_VALIDATION_METRIC] = {.key = "validation_metric",
                              .label = "Validation metric",
                              .help = "The metric over all validation rows."},
    [TT_GRADIENT_NORM] = {.key = "gradient_norm",
                          .label = "Gradient norm",
                          .help = "Euclidean norm of the last step's gradient, before clipping."},
    [TT_WEIGHT_NORM] = {.key = "weight_norm",
                        .label = "Weight norm",
                        .help = "Euclidean norm of all weights and biases."},
    UPDATE_RATIO(1, "first"),
    UPDATE_RATIO(2, "second"),
    UPDATE_RATIO(3, "third"),
    UPDATE_RATIO(4, "fourth"),
    UPDATE_RATIO(5, "fifth"),
    UPDATE_RATIO(6, "sixth"),
    UPDATE_RATIO(7, "seventh"),
    UPDATE_RATIO(8, "eighth"),
    UPDATE_RATIO(9, "ninth"),
};

int32_t tt_penalty_index(const tt_regularizer *regularizer) {
    int32_t index = 0;
    for (const tt_regularizer *row = tt_regularizers; row < regularizer; row++)
        index += row->penalty != NULL;
    return index;
}

int32_t tt_n_penalties(void) {
    return tt_penalty_index(tt_regularizers + tt_regularizer_family.n_rows);
}

int32_t tt_n_history_columns(void) {
    return TT_PENALTIES + tt_n_penalties();
}

const tt_descriptor *tt_history_column(int32_t column) {
    assert(column >= 0 && column < tt_n_history_columns());
    if (column < TT_PENALTIES)
        return &fixed[column];
    const tt_regularizer *row = tt_regularizers;
    while (!row->penalty || tt_penalty_index(row) < column - TT_PENALTIES)
        row++;
    return &row->column;
}
