#ifndef MODEL_RUN_H
#define MODEL_RUN_H

/* A run on a CSV text, for tests of models and of what is asked of them. */

#include "unit.h"

#include "read-csv.h"

typedef struct model_run {
    tt_table *table;
    tt_config *config;
    tt_dataset *dataset;
    tt_trainer *trainer;
} model_run;

static inline void continue_run(model_run *run, int64_t until_step) {
    static double rows[TT_MAX_WAITING * 64];
    tt_progress progress;
    tt_error error;
    assert_true(tt_n_history_columns() <= 64);
    do {
        tt_status status = tt_trainer_run(run->trainer, until_step, 1000, &error);
        if (status == TT_DIVERGED)
            fail_msg("%s", error.message);
        tt_trainer_take_history(run->trainer, rows, TT_MAX_WAITING);
        tt_trainer_progress(run->trainer, &progress);
    } while (progress.status == TT_OK && (progress.step < until_step || progress.evaluating));
}

static inline model_run start_run(const char *text, const char *cfg) {
    tt_error error;
    model_run run = {.table = good_table(text, cfg), .config = config_of(cfg)};
    run.dataset = tt_dataset_new(run.table, run.config, &error);
    if (!run.dataset)
        fail_msg("%s: %s", error.key, error.message);
    run.trainer = tt_trainer_new(run.dataset, run.config, &error);
    if (!run.trainer)
        fail_msg("%s: %s", error.key, error.message);
    continue_run(&run, 0);
    return run;
}

static inline void end_run(model_run *run) {
    tt_trainer_free(run->trainer);
    tt_dataset_free(run->dataset);
    tt_config_free(run->config);
    tt_table_free(run->table);
}

static inline tt_model *good_model(const model_run *run, tt_weights weights) {
    tt_error error;
    tt_model *model = tt_model_new(run->trainer, weights, &error);
    if (!model)
        fail_msg("%s", error.message);
    return model;
}

/* A finished prediction of a table. */
static inline tt_prediction *good_prediction(tt_model *model, const tt_table *table) {
    tt_error error;
    tt_prediction *prediction = tt_prediction_new(model, table, &error);
    if (!prediction || tt_prediction_run(prediction, INT64_MAX, &error) != TT_FINISHED)
        fail_msg("%s", error.message);
    return prediction;
}

/* `n` rows with a number that may be missing, a positive one, words, two numbers to predict, a
 * class of three, and two labels. */
static inline char *mixed_rows(int n) {
    static const char *const colours[] = {"red", "green", "blue", "", "grey"};
    char *text = malloc((size_t)n * 96 + 64);
    size_t size = (size_t)sprintf(text, "age,width,colour,price,weight,kind,old,wide\n");
    for (int i = 0; i < n; i++) {
        int age = 20 + i * 37 % 50, width = 1 + i * 13 % 29;
        char written[16];
        snprintf(written, sizeof written, i % 11 == 5 ? "NA" : "%d", age);
        size += (size_t)sprintf(text + size, "%s,%d.5,%s,%d.25,%d,k%d,%s,%d\n", written, width,
                                colours[i * 7 % 5], 3 * age + width, age + 2 * width,
                                (age + width) % 3, age > 44 ? "yes" : "no", width > 14);
    }
    return text;
}

#endif
