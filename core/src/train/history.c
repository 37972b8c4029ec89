#include "history.h"

#include "tabtrain/trainer.h"

#include <assert.h>

const tt_descriptor tt_history_columns[TT_N_HISTORY] = {
    [TT_EPOCH] = {.key = "epoch",
                  .label = "Epoch",
                  .help = "Passes over the training rows so far, with the part of a pass."},
    [TT_STEP] = {.key = "step", .label = "Step", .help = "Updates of the weights so far."},
    [TT_LEARNING_RATE] = {.key = "learning_rate",
                          .label = "Learning rate",
                          .help = "Rate of the last step, after the schedule."},
    [TT_TRAINING_LOSS] = {.key = "training_loss",
                          .label = "Training loss",
                          .help = "Mean over this epoch's batches, each before its update, with "
                                  "dropout and without penalty; at the start: of all training "
                                  "rows, without dropout."},
    [TT_PENALTY] = {.key = "penalty",
                    .label = "Penalty",
                    .help = "L1 and L2 terms at the last step, before its update."},
    [TT_VALIDATION_LOSS] = {.key = "validation_loss",
                            .label = "Validation loss",
                            .help = "Of all validation rows, without dropout and penalty."},
    [TT_TRAINING_METRIC] = {.key = "training_metric",
                            .label = "Training metric",
                            .help = "The metric over the rows that the training loss is over."},
    [TT_VALIDATION_METRIC] = {.key = "validation_metric",
                              .label = "Validation metric",
                              .help = "The metric over all validation rows."},
    [TT_GRADIENT_NORM] = {.key = "gradient_norm",
                          .label = "Gradient norm",
                          .help = "Euclidean norm of the last step's gradient, before clipping."},
    [TT_WEIGHT_NORM] = {.key = "weight_norm",
                        .label = "Weight norm",
                        .help = "Euclidean norm of all weights and biases."},
};

int32_t tt_n_history_columns(void) {
    return TT_N_HISTORY;
}

const tt_descriptor *tt_history_column(int32_t column) {
    assert(column >= 0 && column < TT_N_HISTORY);
    return &tt_history_columns[column];
}
