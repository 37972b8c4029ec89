#ifndef TABTRAIN_CROSS_VALIDATION_H
#define TABTRAIN_CROSS_VALIDATION_H

#include "tabtrain/trainer.h"

/* How well settings do on rows they have not seen, with the spread of it.
 *
 * The rows are dealt into split.folds folds. Each fold judges once, by a network trained on all
 * others from the start; split.repeats times over, each time with the rows dealt anew:
 * scikit-learn's RepeatedKFold, or RepeatedStratifiedKFold where the split is stratified. */

/* The settings of one of these runs; `repeat` and `fold` count from 1. A copy of `config` with
 * split.fold = fold, and with repeat - 1 added to split.seed, model.seed and train.seed (they wrap
 * at 2^32): all folds of a repeat come from one deal and start alike, and another repeat has
 * another deal, other initial weights and other batches. Repeat 1 has the seeds of `config`.
 * Without split.shuffle, and with groups, every repeat deals the rows in the same way. The caller
 * owns it. TT_BAD_SETTING names split.folds, split.repeats or split.fold where there is no such
 * run. */
tt_config *tt_config_fold(const tt_config *config, int32_t repeat, int32_t fold, tt_error *error);

/* What became of one run. The best epoch is the one with the lowest validation loss. */
typedef struct tt_fold_score {
    int32_t repeat, fold;
    tt_status status; /* TT_FINISHED, TT_STOPPED_EARLY or TT_DIVERGED */
    int64_t n_training, n_validation;
    int64_t best_epoch;            /* -1 when the run diverged in its first epoch */
    double best_loss, best_metric; /* on the validation rows; NaN when there is no best epoch */
    double last_loss, last_metric; /* after the last epoch; NaN when the run diverged */
} tt_fold_score;

/* The number of runs, folds times repeats; 0 when there are fewer than 2 folds. */
int32_t tt_n_fold_runs(const tt_config *config);

/* Trains them one after another, fold by fold and then repeat by repeat, and fills in `scores`,
 * which has room for tt_n_fold_runs results. `on_score`, unless NULL, is told of each as it ends.
 * The metric is that of the setting `metric`. Keeps neither table nor configuration. Fails as
 * tt_config_fold, tt_dataset_new and tt_trainer_new do; a run that diverges is a score. */
tt_status tt_cross_validate(const tt_table *table, const tt_config *config, tt_fold_score *scores,
                            void (*on_score)(void *context, const tt_fold_score *score),
                            void *context, tt_error *error);

/* Mean, standard deviation (divided by n - 1) and the 95 % interval of the mean, from `low` to
 * `high`. Values that are not finite are left out; `n` says how many are in. The mean is NaN for
 * n = 0, the rest also for n = 1.
 *
 * The runs of a cross-validation share most of their training rows, so that their spread alone
 * would make the interval too narrow. As in Nadeau and Bengio, 2003, it is mean ± t s √(1/n +
 * n_validation/n_training) with t of n - 1 degrees of freedom; `overlap` is
 * n_validation/n_training, and 0 gives the plain interval of independent values. */
typedef struct tt_interval {
    int32_t n;
    double mean, deviation, low, high;
} tt_interval;

tt_interval tt_interval_of(int32_t n, const double *values, double overlap);

#endif
