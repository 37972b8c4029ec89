/* Runs of MLPClassifier and MLPRegressor. scikit-learn steps by half the squared error, and by sums
 * over several target columns; here the whole objective is twice that and a mean over the columns,
 * with a rate for SGD and an epsilon for Adam that give the same steps. The loss that scikit-learn
 * tells is such a sum for labels, but a mean for values. */

#include "golden-run.h"

#include <stdio.h>

#include "loss.h"

static const tolerance OF_RUNS = {2e-5, 2e-5};

typedef struct setup {
    const cJSON *config;
    bool regression;
    bool labels;
    double factor;      /* of our objective to the one that theirs steps by */
    double loss_factor; /* of our loss to the one that theirs tells */
    int32_t rows, batch, per_epoch;
} setup;

static void set_solver(golden *g, const setup *s) {
    const cJSON *c = s->config;
    double rate = golden_number(c, "learning_rate_init", 0.001);
    double momentum = golden_number(c, "momentum", 0.9);
    if (strcmp(golden_text(c, "solver"), "adam") == 0) {
        golden_set(g, "optimizer", "adam");
        golden_set(g, "optimizer.adam.form", "keras");
        golden_set(g, "optimizer.adam.lr", "%.17g", rate);
        golden_set(g, "optimizer.adam.beta1", "%.17g", golden_number(c, "beta_1", 0.9));
        golden_set(g, "optimizer.adam.beta2", "%.17g", golden_number(c, "beta_2", 0.999));
        golden_set(g, "optimizer.adam.eps", "%.17g", s->factor * golden_number(c, "epsilon", 1e-8));
    } else if (strcmp(golden_text(c, "solver"), "sgd") == 0) {
        bool nesterov = momentum > 0 && cJSON_IsTrue(golden_at(c, "nesterovs_momentum"));
        golden_set(g, "optimizer", "sgd");
        golden_set(g, "optimizer.sgd.form", "keras");
        golden_set(g, "optimizer.sgd.lr", "%.17g", rate / s->factor);
        golden_set(g, "optimizer.sgd.momentum", "%.17g", momentum);
        golden_set(g, "optimizer.sgd.nesterov", "%d", nesterov);
    } else {
        golden_unsupported(g, "solver %s", golden_text(c, "solver"));
    }
}

static void set_config(golden *g, const setup *s, const cJSON *layers, int32_t outputs) {
    golden_set_layers(g, layers);
    golden_set_loss(g,
                    s->regression               ? "mse"
                    : s->labels || outputs == 1 ? "bce_with_logits"
                                                : "cross_entropy",
                    NULL);
    set_solver(g, s);
    golden_set(g, "regularizer", "l2");
    golden_set(g, "train.shuffle", "0");
    golden_set(g, "train.report_every", "1");
    golden_set(g, "train.batch_size", "%d", s->batch);
    golden_set(g, "train.epochs", "%d", (int)golden_number(s->config, "epochs", 1));
}

static void change(golden *g, golden_run *run, const char *key, double value) {
    char text[32];
    tt_error error;
    snprintf(text, sizeof text, "%.17g", value);
    if (tt_trainer_set(run->trainer, key, text, &error) != TT_OK)
        golden_fail(g, "%s", error.message);
}

/* The penalty is divided by the rows of the batch, so the last batch of an epoch has its own. */
static int32_t begin_step(golden *g, golden_run *run, const setup *s, int64_t step) {
    int32_t last = s->rows - s->batch * (s->per_epoch - 1);
    int32_t rows = step % s->per_epoch == s->per_epoch - 1 ? last : s->batch;
    double alpha = golden_number(s->config, "alpha", 1e-4);
    change(g, run, "regularizer.l2.strength", s->factor * alpha / 2 / rows);
    if (strcmp(golden_text(s->config, "learning_rate"), "invscaling") == 0 &&
        strcmp(golden_text(s->config, "solver"), "sgd") == 0) {
        double seen = (double)(step / s->per_epoch * s->rows);
        double rate = golden_number(s->config, "learning_rate_init", 0.001) /
                      pow(seen + 1, golden_number(s->config, "power_t", 0.5));
        change(g, run, "optimizer.sgd.lr", rate / s->factor);
    }
    return rows;
}

static void compare_epochs(golden *g, golden_run *run, const setup *s) {
    int32_t epochs = (int32_t)golden_number(s->config, "epochs", 1);
    double *curve = golden_room(g, (size_t)epochs, sizeof *curve);
    double *row = golden_room(g, (size_t)tt_n_history_columns(), sizeof *row);
    for (int64_t step = 0; step < (int64_t)epochs * s->per_epoch; step++) {
        tt_progress progress;
        int32_t rows = begin_step(g, run, s, step);
        if (!golden_is_open(g) || !golden_run_step(g, run, step + 1, row))
            return;
        tt_trainer_progress(run->trainer, &progress);
        double loss =
            progress.batch_loss / s->loss_factor + golden_column(row, "penalty") / s->factor;
        curve[step / s->per_epoch] += loss * rows / s->rows;
    }
    golden_compare(g, "loss curve", OF_RUNS, epochs, curve,
                   golden_at(g->json, "expected.loss_curve"));
}

/* Of two classes scikit-learn gives both probabilities. */
static void compare_predictions(golden *g, const tt_report *report, const setup *s) {
    const cJSON *expected = golden_at(g->json, "expected.predict_first_5");
    int64_t n = golden_size(expected);
    bool pairs = !s->regression && !s->labels && tt_report_n_outputs(report) == 1;
    double *values = golden_room(g, (size_t)n, sizeof *values);
    for (int64_t i = 0; i < n; i++) {
        double p = (double)tt_report_predictions(report)[pairs ? i / 2 : i];
        values[i] = pairs && i % 2 == 0 ? 1 - p : p;
    }
    golden_compare(g, "predictions", OF_RUNS, n, values, expected);
}

static void compare_end(golden *g, golden_run *run, const setup *s, const cJSON *layers) {
    tt_error error;
    size_t n = (size_t)tt_trainer_n_parameters(run->trainer);
    float *parameters = golden_room(g, n, sizeof *parameters);
    tt_trainer_parameters(run->trainer, parameters);
    golden_compare_tensors(g, "final parameters", OF_RUNS, layers, parameters,
                           golden_at(g->json, "expected.final_params"));
    tt_report *report = tt_report_new(run->trainer, TT_TRAINING, &error);
    if (!report) {
        golden_fail(g, "%s", error.message);
        return;
    }
    for (int32_t i = 0; i < tt_report_n_metrics(report); i++) {
        double value;
        const tt_descriptor *metric = tt_report_metric(report, i, &value);
        if (strcmp(metric->key, s->regression ? "r2" : "accuracy") == 0)
            golden_compare_number(g, "score", OF_RUNS, value,
                                  golden_at(g->json, "expected.train_score"));
    }
    compare_predictions(g, report, s);
    tt_report_free(report);
}

static bool is_zero_or_one(golden *g, const cJSON *y) {
    const double *values = golden_doubles(g, y);
    for (int64_t i = 0; i < golden_size(y); i++)
        if (values[i] != 0 && values[i] != 1)
            return false;
    return true;
}

static int32_t outputs_of(const cJSON *layers) {
    const cJSON *last = cJSON_GetArrayItem(layers, cJSON_GetArraySize(layers) - 1);
    return (int32_t)golden_number(last, "out", 1);
}

void check_sklearn_run(golden *g) {
    golden_run run = {0};
    const cJSON *layers = golden_at(g->json, "layers"), *config = golden_at(g->json, "config");
    const cJSON *data = golden_at(golden_at(g->shared, "data"), golden_text(g->json, "data"));
    const cJSON *x = golden_at(data, "x"), *first = golden_at(g->json, "expected.predict_first_5");
    setup s = {.config = config,
               .regression = cJSON_IsNumber(cJSON_GetArrayItem(first, 0)),
               .rows = (int32_t)golden_number(g->json, "rows", golden_dimension(x, 0))};
    int32_t columns = golden_dimension(golden_at(data, "y"), 1);
    s.labels = columns > 1 && is_zero_or_one(g, golden_at(data, "y"));
    s.regression = s.regression || (columns > 1 && !s.labels);
    s.factor = (s.regression ? 2.0 : 1.0) / columns;
    s.loss_factor = s.regression ? 2 : s.factor;
    s.batch = (int32_t)golden_number(config, "batch_size", s.rows < 200 ? s.rows : 200);
    s.batch = s.batch < s.rows ? s.batch : s.rows;
    s.per_epoch = (s.rows + s.batch - 1) / s.batch;
    set_config(g, &s, layers, outputs_of(layers));
    if (golden_run_begin(g, &run, layers, golden_at(g->json, "init"), x, golden_at(data, "y"),
                         s.rows)) {
        compare_epochs(g, &run, &s);
        if (golden_is_open(g))
            compare_end(g, &run, &s, layers);
    }
    golden_run_end(&run);
}
