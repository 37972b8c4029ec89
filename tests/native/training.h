#ifndef TRAINING_H
#define TRAINING_H

/* A small data set, a configuration and a trainer with its history, for tests of runs. */

#include "unit.h"

#include "tabtrain/tabtrain.h"

enum { N = 60, FEATURES = 4, CLASSES = 3, MAX_ROWS = 4096 };

static tt_error error;
static tt_config *config;
static tt_dataset *dataset;
static double history[MAX_ROWS][TT_MAX_HISTORY_COLUMNS];
static int32_t n_history;

static inline int32_t column(const char *key) {
    for (int32_t c = 0; c < tt_n_history_columns(); c++)
        if (strcmp(tt_history_column(c)->key, key) == 0)
            return c;
    fail_msg("no column %s", key);
    return -1;
}

static inline void set(const char *key, const char *value) {
    if (tt_config_set(config, key, value, &error) != TT_OK)
        fail_msg("%s = %s: %s", key, value, error.message);
}

/* Three noisy clouds, or a noisy plane; rows 0..39 train, the others judge. */
static inline void make_data(tt_task task) {
    static float x[N * FEATURES], y[N];
    uint32_t bits = 12345;
    for (int i = 0; i < N; i++) {
        float sum = 0;
        for (int j = 0; j < FEATURES; j++) {
            bits = bits * 1664525u + 1013904223u;
            float noise = (float)(bits >> 8) / 16777216.0f - 0.5f;
            x[i * FEATURES + j] = noise + (float)(i % CLASSES == j);
            sum += (float)(j + 1) * x[i * FEATURES + j];
        }
        y[i] = task == TT_REGRESSION ? sum
               : task == TT_BINARY   ? (float)(i % 2)
                                     : (float)(i % CLASSES);
        if (task == TT_BINARY)
            x[i * FEATURES] += y[i];
    }
    const int64_t rows[2] = {40, 20};
    const float *const xs[2] = {x, x + 40 * FEATURES}, *const ys[2] = {y, y + 40};
    int32_t classes = task == TT_REGRESSION ? 0 : task == TT_BINARY ? 2 : CLASSES;
    dataset = tt_dataset_from_arrays(task, FEATURES, 1, classes, rows, xs, ys, &error);
    assert_non_null(dataset);
}

static inline void set_up(tt_task task) {
    config = tt_config_new();
    set("model.hidden", "8");
    set("train.epochs", "30");
    set("train.batch_size", "16");
    set("optimizer.adam.lr", "0.01");
    make_data(task);
}

static inline void tear_down(void) {
    tt_dataset_free(dataset);
    tt_config_free(config);
}

static inline tt_trainer *new_trainer(void) {
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer)
        fail_msg("%s: %s", error.key, error.message);
    n_history = 0;
    return trainer;
}

static inline void take(tt_trainer *trainer) {
    static double rows[TT_MAX_WAITING * TT_MAX_HISTORY_COLUMNS];
    int32_t n = tt_trainer_take_history(trainer, rows, TT_MAX_WAITING);
    for (int32_t i = 0; i < n; i++)
        memcpy(history[n_history++], rows + i * tt_n_history_columns(),
               (size_t)tt_n_history_columns() * sizeof(double));
}

static inline tt_status run_to(tt_trainer *trainer, int64_t step, int32_t work) {
    tt_progress progress;
    tt_status status;
    do {
        status = tt_trainer_run(trainer, step, work, &error);
        take(trainer);
        tt_trainer_progress(trainer, &progress);
    } while (status == TT_OK && (progress.step < step || progress.evaluating));
    return status;
}

#endif
