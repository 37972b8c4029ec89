#ifndef TABTRAIN_BASELINE_H
#define TABTRAIN_BASELINE_H

#include "tabtrain/trainer.h"

/* What a guess that looks at no feature would score: mean and median of a regression target, the
 * majority class and the class frequencies otherwise. Each is found on the training rows alone, by
 * their weights, and judged on the validation rows, or on the training rows when there are none
 * (scikit-learn's DummyRegressor and DummyClassifier). */
typedef struct tt_baseline {
    const tt_descriptor *about; /* borrowed: key, label, help */
    double loss;   /* the run's loss; NaN where the guess has none (the logarithm of 0) */
    double metric; /* the run's metric */
} tt_baseline;

enum { TT_MAX_BASELINES = 2 };

/* Fills `baselines`, which has room for TT_MAX_BASELINES, with those of the task; returns how many,
 * or 0 with an error when memory runs out. The run goes on as if nothing had happened. */
int32_t tt_trainer_baselines(tt_trainer *trainer, tt_baseline *baselines, tt_error *error);

/* The same as one JSON text: [{"key", "label", "help", "loss", "metric"}], null for NaN. The caller
 * frees it with tt_free_text. NULL with an error. */
char *tt_trainer_baselines_json(tt_trainer *trainer, tt_error *error);

#endif
