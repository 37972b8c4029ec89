#include "cross-validate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

enum { N_SCORES = 4 };

static double score_at(const tt_fold_score *score, int which) {
    const double values[N_SCORES] = {score->best_loss, score->best_metric, score->last_loss,
                                     score->last_metric};
    return values[which];
}

static void print_score(void *context, const tt_fold_score *score) {
    (void)context;
    printf("%6d  %4d  %10lld", (int)score->repeat, (int)score->fold, (long long)score->best_epoch);
    for (int s = 0; s < N_SCORES; s++)
        printf("  %13.6g", score_at(score, s));
    printf("%s\n", score->status == TT_DIVERGED ? "  diverged" : "");
    fflush(stdout);
}

static void print_interval(const char *name, int32_t n, const tt_fold_score *scores, int which) {
    double *values = malloc((size_t)n * sizeof *values), overlap = 0;
    for (int32_t i = 0; values && i < n; i++) {
        values[i] = score_at(&scores[i], which);
        overlap += (double)scores[i].n_validation / (double)scores[i].n_training / n;
    }
    tt_interval of = values ? tt_interval_of(n, values, overlap) : (tt_interval){0};
    printf("%-24s  %13.6g  %13.6g  %13.6g  %13.6g  %4d\n", name, of.mean, of.deviation, of.low,
           of.high, (int)of.n);
    free(values);
}

void cross_validate(const tt_table *table, tt_config *config) {
    static const char *const names[N_SCORES] = {"loss, best epoch", "metric, best epoch",
                                                "loss, last epoch", "metric, last epoch"};
    tt_error error;
    if (strcmp(tt_config_get(config, "split.folds"), "0") == 0 &&
        tt_config_set(config, "split.folds", "5", &error) != TT_OK)
        die(&error);
    int32_t n = tt_n_fold_runs(config);
    tt_fold_score *scores = calloc((size_t)n + 1, sizeof *scores);
    if (!scores)
        exit(EXIT_FAILURE);
    printf("%6s  %4s  %10s  %13s  %13s  %13s  %13s\n", "repeat", "fold", "best epoch", "best loss",
           "best metric", "last loss", "last metric");
    if (tt_cross_validate(table, config, scores, print_score, NULL, &error) != TT_OK)
        die(&error);
    printf("\n%-24s  %13s  %13s  %13s  %13s  %4s\n", "validation", "mean", "deviation", "95% from",
           "to", "runs");
    for (int s = 0; s < N_SCORES; s++)
        print_interval(names[s], n, scores, s);
    free(scores);
}
