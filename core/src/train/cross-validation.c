#include "tabtrain/cross-validation.h"

#include <math.h>

#include "history.h"
#include "settings.h"
#include "text.h"

static int32_t folds_of(const tt_config *config) {
    return (int32_t)tt_config_number(config, "split.folds");
}

static int32_t repeats_of(const tt_config *config) {
    return (int32_t)tt_config_number(config, "split.repeats");
}

int32_t tt_n_fold_runs(const tt_config *config) {
    int32_t folds = folds_of(config);
    return folds < 2 ? 0 : folds * repeats_of(config);
}

static tt_status check_run(const tt_config *config, int32_t repeat, int32_t fold, tt_error *error) {
    int32_t folds = folds_of(config), repeats = repeats_of(config);
    if (folds < 2)
        return tt_fail_key(error, "split.folds",
                           "Cross-validation needs 2 folds or more. Set split.folds, to 5 or 10 "
                           "for example.");
    if (fold < 1 || fold > folds)
        return tt_fail_key(error, "split.fold", "There is no fold %i: the folds are 1 to %i.",
                           (int)fold, (int)folds);
    if (repeat < 1 || repeat > repeats)
        return tt_fail_key(error, "split.repeats",
                           "There is no repeat %i: the repeats are 1 to %i.", (int)repeat,
                           (int)repeats);
    return TT_OK;
}

static tt_status set_number(tt_config *config, const char *key, double value, tt_error *error) {
    char text[32];
    tt_format(text, sizeof text, "%g", value);
    return tt_config_set(config, key, text, error);
}

static tt_status shift_seed(tt_config *config, const char *key, int32_t by, tt_error *error) {
    uint32_t seed = (uint32_t)tt_config_number(config, key) + (uint32_t)by;
    return set_number(config, key, seed, error);
}

tt_config *tt_config_fold(const tt_config *config, int32_t repeat, int32_t fold, tt_error *error) {
    if (check_run(config, repeat, fold, error) != TT_OK)
        return NULL;
    tt_config *copy = tt_config_copy(config);
    if (!copy) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for the settings of a fold.");
        return NULL;
    }
    if (set_number(copy, "split.fold", fold, error) == TT_OK &&
        shift_seed(copy, "split.seed", repeat - 1, error) == TT_OK &&
        shift_seed(copy, "model.seed", repeat - 1, error) == TT_OK &&
        shift_seed(copy, "train.seed", repeat - 1, error) == TT_OK)
        return copy;
    tt_config_free(copy);
    return NULL;
}

/* The scores of the epochs that have ended since the last time. */
static void take_rows(tt_trainer *trainer, tt_fold_score *score) {
    double row[TT_MAX_HISTORY_COLUMNS];
    tt_progress progress;
    tt_trainer_progress(trainer, &progress);
    score->best_epoch = progress.best_epoch;
    score->best_loss = progress.best_loss;
    while (tt_trainer_take_history(trainer, row, 1) > 0) {
        score->last_loss = row[TT_VALIDATION_LOSS];
        score->last_metric = row[TT_VALIDATION_METRIC];
        if (row[TT_EPOCH] == (double)progress.best_epoch)
            score->best_metric = score->last_metric;
    }
}

static void run_to_end(tt_trainer *trainer, tt_fold_score *score) {
    do {
        score->status = tt_trainer_run(trainer, INT64_MAX, 1000, NULL);
        take_rows(trainer, score);
    } while (score->status == TT_OK);
    if (score->status == TT_DIVERGED)
        score->last_loss = score->last_metric = NAN;
}

static tt_status train_fold(const tt_table *table, const tt_config *config, tt_fold_score *score,
                            tt_error *error) {
    tt_dataset *dataset = tt_dataset_new(table, config, error);
    tt_trainer *trainer = dataset ? tt_trainer_new(dataset, config, error) : NULL;
    bool trained = trainer;
    if (trained) {
        score->n_training = tt_dataset_n_rows(dataset, TT_TRAINING);
        score->n_validation = tt_dataset_n_rows(dataset, TT_VALIDATION);
        run_to_end(trainer, score);
    }
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
    return trained ? TT_OK : error->status;
}

static tt_status run_fold(const tt_table *table, const tt_config *config, int32_t repeat,
                          int32_t fold, tt_fold_score *score, tt_error *error) {
    tt_config *own = tt_config_fold(config, repeat, fold, error);
    if (!own)
        return error->status;
    *score = (tt_fold_score){.repeat = repeat,
                             .fold = fold,
                             .best_epoch = -1,
                             .best_loss = NAN,
                             .best_metric = NAN,
                             .last_loss = NAN,
                             .last_metric = NAN};
    tt_status status = train_fold(table, own, score, error);
    tt_config_free(own);
    return status;
}

tt_status tt_cross_validate(const tt_table *table, const tt_config *config, tt_fold_score *scores,
                            void (*on_score)(void *context, const tt_fold_score *score),
                            void *context, tt_error *error) {
    const int32_t folds = folds_of(config), n = tt_n_fold_runs(config);
    tt_error problem = {0};
    tt_status status = check_run(config, 1, 1, &problem);
    for (int32_t i = 0; status == TT_OK && i < n; i++) {
        status = run_fold(table, config, 1 + i / folds, 1 + i % folds, &scores[i], &problem);
        if (status == TT_OK && on_score)
            on_score(context, &scores[i]);
    }
    if (status != TT_OK && error)
        *error = problem;
    return status;
}
