/* Networks and linear models trained on the example data sets score as scikit-learn's do. A single
 * fit proves nothing, so both sides are means over three times five folds. */

#include "golden-run.h"

#include <stdio.h>

enum { SEEDS = 3, FOLDS = 5, FITS = SEEDS * FOLDS };

static tt_table *read_table(golden *g, const char *name) {
    char path[128];
    static char bytes[1 << 21];
    tt_error error;
    snprintf(path, sizeof path, "examples/%s.csv", name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        golden_unsupported(g, "%s is not there", path);
        return NULL;
    }
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    tt_csv *csv = tt_csv_new(g->config, NULL);
    tt_csv_feed(csv, bytes, size, NULL);
    tt_table *table = tt_csv_finish(csv, &error);
    tt_csv_free(csv);
    if (!table)
        golden_fail(g, "%s", error.message);
    return table;
}

/* LogisticRegression with C = 1, LinearRegression: the optimum of a convex problem. */
static void set_baseline(golden *g, int32_t n, bool classes) {
    golden_set(g, "model.hidden", "%s", "");
    golden_set(g, "optimizer", "lbfgs");
    golden_set(g, "train.batch_size", "0");
    golden_set(g, "train.epochs", "200");
    golden_set(g, "regularizer", "%s", classes ? "l2" : "");
    golden_set(g, "regularizer.l2.strength", "%.17g", 0.5 / n);
}

/* MLPClassifier and MLPRegressor, which halve the squared error; Adam does not mind a doubled
 * objective. */
static void set_network(golden *g, int32_t n, bool classes, const cJSON *config) {
    char hidden[128] = "100";
    const cJSON *sizes = golden_at(config, "hidden_layer_sizes");
    const char *activation = golden_text(config, "activation");
    int32_t batch = n < 200 ? n : 200;
    for (const cJSON *size = sizes ? sizes->child : NULL; size; size = size->next)
        snprintf(hidden + (size == sizes->child ? 0 : strlen(hidden)), 16, "%s%d",
                 size == sizes->child ? "" : ",", size->valueint);
    static const alias activations[] = {
        {"", "relu"}, {"logistic", "sigmoid"}, {"identity", "linear"}, {0}};
    double alpha = golden_number(config, "alpha", 1e-4);
    golden_set(g, "model.hidden", "%s", hidden);
    golden_set(g, "activation", "%s", golden_ours(activations, activation));
    golden_set(g, "optimizer", "adam");
    golden_set(g, "train.batch_size", "%d", (int)batch);
    golden_set(g, "train.epochs", "%d", (int)golden_number(g->json, "expected.epochs_mean", 200));
    golden_set(g, "regularizer", "l2");
    golden_set(g, "regularizer.l2.strength", "%.17g", alpha / 2 / batch * (classes ? 1 : 2));
}

static bool metric_of(const tt_report *report, const char *key, double *value) {
    for (int32_t i = 0; i < tt_report_n_metrics(report); i++)
        if (strcmp(tt_report_metric(report, i, value)->key, key) == 0)
            return true;
    return false;
}

/* Adds the validation scores of one fit. */
static void fit(golden *g, const tt_table *table, double sums[2]) {
    tt_error error = {0};
    tt_dataset *dataset = tt_dataset_new(table, g->config, &error);
    tt_trainer *trainer = dataset ? tt_trainer_new(dataset, g->config, &error) : NULL;
    double *rows = golden_room(g, (size_t)tt_n_history_columns() * TT_MAX_WAITING, sizeof *rows);
    while (trainer && tt_trainer_run(trainer, INT64_MAX, 1000, &error) == TT_OK)
        tt_trainer_take_history(trainer, rows, TT_MAX_WAITING);
    tt_report *report = trainer ? tt_report_new(trainer, TT_VALIDATION, &error) : NULL;
    static const char *const keys[] = {"expected.metric", "expected.second_metric"};
    for (int i = 0; report && i < 2; i++) {
        double value;
        const char *key = golden_text(g->json, keys[i]);
        if (metric_of(report, key, &value))
            sums[i] += value;
        else if (*key)
            golden_unsupported(g, "there is no metric %s", key);
    }
    if (!report)
        golden_fail(g, "%s", error.message);
    tt_report_free(report);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
}

/* Within two standard errors and the spread of the seeds; a second score has no spread of its own,
 * so it gets twice the error. */
static void compare_scores(golden *g, const double means[2]) {
    const cJSON *expected = golden_at(g->json, "expected");
    const cJSON *seeds = golden_at(expected, "per_seed_mean");
    double low = (double)INFINITY, high = -low, error = 2 / sqrt((double)FITS);
    for (const cJSON *seed = seeds ? seeds->child : NULL; seed; seed = seed->next) {
        low = fmin(low, golden_value(seed));
        high = fmax(high, golden_value(seed));
    }
    double spread = seeds ? high - low : 0;
    const double room[2] = {error * golden_number(expected, "std", 0) + spread,
                            2 * error * golden_number(expected, "second_std", 0)};
    static const char *const names[] = {"mean", "second_mean"};
    const double zero = 0;
    for (int i = 0; i < 2; i++) {
        const cJSON *item = golden_at(expected, names[i]);
        double distance = item ? fabs(means[i] - golden_value(item)) / room[i] : 0;
        if (distance > 1)
            golden_fail(g, "%s is %.4f, expected %.4f +- %.4f", names[i], means[i],
                        golden_value(item), room[i]);
        golden_compare_values(g, "distance", (tolerance){1, 1}, 1, 1, &distance, &zero);
    }
}

void check_quality(golden *g) {
    double sums[2] = {0, 0};
    bool classes = strcmp(golden_text(g->json, "task"), "classification") == 0;
    bool network = strncmp(golden_text(g->json, "model"), "MLP", 3) == 0;
    bool standardized = cJSON_IsTrue(golden_at(g->json, "target_standardized"));
    tt_table *table = read_table(g, golden_text(g->json, "data"));
    if (!table)
        return;
    int32_t n = (int32_t)(tt_table_n_rows(table) * 4 / 5);
    if (network)
        set_network(g, n, classes, golden_at(g->json, "config"));
    else
        set_baseline(g, n, classes);
    golden_set(g, "data.scale_target", "%d", standardized);
    golden_set(g, "split.folds", "%d", FOLDS);
    for (int i = 0; golden_is_open(g) && i < FITS; i++) {
        golden_set(g, "split.fold", "%d", i % FOLDS + 1);
        golden_set(g, "split.seed", "%d", i / FOLDS);
        golden_set(g, "model.seed", "%d", i);
        golden_set(g, "train.seed", "%d", i);
        fit(g, table, sums);
    }
    if (golden_is_open(g))
        compare_scores(g, (const double[]){sums[0] / FITS, sums[1] / FITS});
    tt_table_free(table);
}
