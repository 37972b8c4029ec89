/* Whole training runs from given weights on given batches: the loss of every step, the learning
 * rates, gradients and what comes out at the end. */

#include "golden-run.h"

#include <stdio.h>

#include "loss.h"
#include "optimizer.h"

void golden_set_loss(golden *g, const char *name, const cJSON *values) {
    int32_t row = golden_loss_row(g, name);
    if (row < 0)
        return;
    golden_set(g, "loss", "%s", tt_losses[row].about.key);
    golden_set_absent_alpha(g, name, values);
    golden_set_params(g, &tt_loss_family, row, values, loss_aliases);
}

void golden_set_optimizer(golden *g, const cJSON *config) {
    const char *key = golden_text(config, "type");
    cJSON *values = golden_optimizer_values(config, key, &key);
    int32_t row = golden_row(g, &tt_optimizer_family, key);
    if (row >= 0) {
        golden_set(g, "optimizer", "%s", key);
        golden_set_params(g, &tt_optimizer_family, row, values ? values : config,
                          values ? keras_aliases : optimizer_aliases);
    }
    cJSON_Delete(values);
}

static void set_regularizers(golden *g, const cJSON *values) {
    static const struct {
        const char *theirs, *ours, *key;
    } rows[] = {{"l1", "l1", "regularizer.l1.strength"},
                {"l2", "l2", "regularizer.l2.strength"},
                {"clip_value", "clip_value", "regularizer.clip_value.limit"},
                {"clip_norm", "clip_norm", "regularizer.clip_norm.limit"},
                {"max_norm", "max_norm", "regularizer.max_norm.limit"}};
    char list[128] = "";
    int known = cJSON_HasObjectItem(values, "biases");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const cJSON *value = golden_at(values, rows[i].theirs);
        if (!value)
            continue;
        known++;
        strcat(strcat(list, *list ? "," : ""), rows[i].ours);
        golden_set(g, rows[i].key, "%.17g", golden_value(value));
    }
    if (known < cJSON_GetArraySize(values))
        golden_unsupported(g, "a regularizer that is not known here");
    golden_set(g, "regularizer", "%s", list);
    if (cJSON_IsTrue(golden_at(values, "biases"))) {
        golden_set(g, "regularizer.l1.biases", "1");
        golden_set(g, "regularizer.l2.biases", "1");
    }
}

/* At least one, also where a case fails. */
static int64_t steps_per_epoch(golden *g, const cJSON *batching, int64_t rows) {
    int64_t size = golden_count(g, batching, "size", 1, rows > 0 ? (int32_t)rows : 1);
    const cJSON *batches = golden_at(batching, "batches");
    int64_t n = batches ? cJSON_GetArraySize(batches) : (rows + size - 1) / size;
    if (n < 1)
        golden_fail(g, "an epoch has no batches");
    return n < 1 ? 1 : n;
}

static void set_config(golden *g, const cJSON *config, int64_t rows) {
    const cJSON *schedule = golden_at(config, "schedule"),
                *batching = golden_at(config, "batching");
    int64_t per_epoch = steps_per_epoch(g, batching, rows);
    int64_t steps = golden_count(g, config, "steps", 1, 1);
    golden_set_layers(g, golden_at(config, "layers"));
    golden_set_loss(g, golden_text(config, "loss.type"), golden_at(config, "loss"));
    golden_set_optimizer(g, golden_at(config, "optimizer"));
    if (schedule) {
        golden_set(g, "schedule.unit", "%s", golden_text(schedule, "per"));
        golden_set_schedule(g, golden_text(schedule, "type"), schedule);
    }
    set_regularizers(g, golden_at(config, "regularization"));
    golden_set(g, "train.shuffle", "0");
    golden_set(g, "train.report_every", "1");
    golden_set(g, "train.batch_size", "%d", (int)golden_count(g, batching, "size", 1, 0));
    golden_set(g, "train.epochs", "%d", (int)((steps + per_epoch - 1) / per_epoch));
}

static void give_batches(golden *g, golden_run *run, const cJSON *batches) {
    int32_t n = cJSON_GetArraySize(batches), i = 0;
    int32_t *sizes = golden_room(g, (size_t)n, sizeof *sizes);
    const double *wide = golden_doubles(g, batches);
    int64_t n_rows = golden_size(batches);
    int32_t *rows = golden_room(g, (size_t)n_rows, sizeof *rows), listed = 0;
    for (const cJSON *batch = batches->child; batch; batch = batch->next)
        listed += cJSON_GetArraySize(batch);
    if (listed != n_rows) {
        golden_fail(g, "the batches are no lists of rows");
        return;
    }
    for (int64_t j = 0; j < n_rows; j++)
        rows[j] = (int32_t)wide[j];
    for (const cJSON *batch = batches->child; batch; batch = batch->next)
        sizes[i++] = cJSON_GetArraySize(batch);
    tt_error error;
    if (tt_trainer_set_batches(run->trainer, n, sizes, rows, &error) != TT_OK)
        golden_fail(g, "%s", error.message);
}

/* Hidden layers are counted by the linear layers before a dropout layer. */
static void give_masks(golden *g, golden_run *run, const cJSON *layers, const cJSON *masks) {
    int32_t index = 0, hidden = -1, width = 0;
    for (const cJSON *layer = layers->child; layer; layer = layer->next, index++) {
        char name[16];
        snprintf(name, sizeof name, "%d", (int)index);
        const cJSON *tensors = golden_at(masks, name);
        hidden += strcmp(golden_text(layer, "type"), "linear") == 0;
        width = golden_count(g, layer, "out", 1, width);
        if (!tensors)
            continue;
        tt_error error;
        int32_t steps = cJSON_GetArraySize(tensors), rows = golden_dimension(tensors->child, 0);
        const float *values = golden_floats(g, tensors);
        if (!golden_has_size(g, "a list of masks", tensors, (int64_t)steps * rows * width))
            return;
        if (tt_trainer_set_masks(run->trainer, hidden, steps, rows, values, &error) != TT_OK)
            golden_fail(g, "%s", error.message);
    }
}

/* Losses are compared as the run's `divergence` was measured: relative to the value, or to 0.001
 * where that is more; the part without the penalty relative to the whole. */
static void compare_loss(golden *g, const char *kind, double rtol, double actual,
                         const cJSON *expected, double whole) {
    if (!expected)
        return;
    double value = golden_value(expected), error = fabs(actual - value) / fmax(fabs(whole), 1e-3);
    const double zero = 0;
    if (!(error <= rtol))
        golden_fail(g, "%s is %.9g, expected %.9g", kind, actual, value);
    golden_compare_values(g, kind, (tolerance){rtol, rtol}, 1, 1, &error, &zero);
}

/* Where two runs part before the end, their losses are still near, but no longer their weights and
 * gradients. */
static bool is_stable(const golden *g, const cJSON *config) {
    double steps = golden_number(config, "steps", 0);
    return golden_number(g->json, "divergence.stable_steps_1e-4", steps) >= steps;
}

/* The value of a step, which the case may leave out. */
static const cJSON *at_step(const cJSON *list, int64_t step) {
    return cJSON_GetArrayItem(list, (int)step);
}

/* `divergence` is that of losses. At kinks and behind narrow normalized layers the gradients of
 * PyTorch's own float and double runs part as many times as far. */
enum { NORMS_PART = 50 };

static void compare_steps(golden *g, golden_run *run, const cJSON *config) {
    const cJSON *expected = golden_at(g->json, "expected");
    double all = golden_number(g->json, "divergence.suggested_rtol_all", 2e-5);
    double first = golden_number(g->json, "divergence.suggested_rtol_first_10", all);
    int64_t steps = golden_count(g, config, "steps", 1, 1);
    double *row = golden_room(g, (size_t)tt_n_history_columns(), sizeof *row);
    double *norms = golden_room(g, (size_t)steps, sizeof *norms);
    int64_t s = 0;
    for (; s < steps && golden_run_step(g, run, s + 1, row); s++) {
        tt_progress progress;
        tt_trainer_progress(run->trainer, &progress);
        double rtol = s < 10 ? first : all, loss = progress.batch_loss;
        double whole = loss + golden_column(row, "penalty");
        compare_loss(g, "loss", rtol, whole, at_step(golden_at(expected, "loss"), s), whole);
        compare_loss(g, "loss", rtol, loss, at_step(golden_at(expected, "data_loss"), s), whole);
        norms[s] = golden_column(row, "gradient_norm");
        golden_compare_number(g, "lr", OF_DOUBLES, golden_column(row, "learning_rate"),
                              at_step(golden_at(expected, "lr"), s));
        if (s == 0) {
            size_t n = (size_t)tt_trainer_n_parameters(run->trainer);
            float *gradient = golden_room(g, n, sizeof *gradient);
            tt_trainer_gradient(run->trainer, gradient);
            golden_compare_tensors(g, "first gradient", OF_FLOATS, golden_at(config, "layers"),
                                   gradient, golden_at(expected, "grad_first_step"));
        }
    }
    const tolerance of_norms = {NORMS_PART * all, NORMS_PART * all};
    golden_compare(g, "gradient norm", of_norms, s, norms,
                   s == steps && is_stable(g, config) ? golden_at(expected, "grad_norm") : NULL);
}

/* Sum and length of each tensor, to the scale of the longest. */
static void compare_sums(golden *g, const golden_run *run, const cJSON *layers,
                         const float *parameters, double rtol, const cJSON *expected) {
    int32_t n = tt_trainer_n_tensors(run->trainer);
    double *actual = golden_room(g, 4 * (size_t)n, sizeof *actual), *wanted = actual + 2 * n;
    double longest = 0;
    for (int32_t i = 0; expected && i < n; i++) {
        tt_tensor tensor;
        double sum = 0, squares = 0;
        tt_trainer_tensor(run->trainer, i, &tensor);
        int64_t end = tensor.offset + (int64_t)tensor.shape[0] * tensor.shape[1];
        for (int64_t j = tensor.offset; j < end; j++) {
            sum += (double)parameters[j];
            squares += (double)parameters[j] * (double)parameters[j];
        }
        const cJSON *item = golden_tensor(layers, expected, i);
        if (golden_is_cancelled(layers, item))
            continue;
        if (golden_size(item) != 2) {
            golden_fail(g, "%s is not among the tensors", tensor.name);
            return;
        }
        memcpy(wanted + 2 * i, golden_doubles(g, item), 2 * sizeof *wanted);
        actual[2 * i] = sum;
        actual[2 * i + 1] = sqrt(squares);
        longest = fmax(longest, wanted[2 * i + 1]);
    }
    golden_compare_values(g, "final sums", (tolerance){rtol, rtol}, longest, expected ? 2 * n : 0,
                          actual, wanted);
}

static const double *loss_params(golden *g, const tt_loss *loss) {
    double *p = golden_room(g, TT_MAX_PARAMS, sizeof *p);
    golden_params(g, &tt_loss_family, (int32_t)(loss - tt_losses), NULL, NULL, p);
    return p;
}

static void compare_end(golden *g, golden_run *run, const cJSON *config) {
    const cJSON *expected = golden_at(g->json, "expected");
    double rtol = golden_number(g->json, "divergence.suggested_rtol_all", 2e-5);
    const tolerance allowed = {rtol, rtol};
    float *parameters =
        golden_room(g, (size_t)tt_trainer_n_parameters(run->trainer), sizeof *parameters);
    tt_trainer_parameters(run->trainer, parameters);
    if (is_stable(g, config)) {
        compare_sums(g, run, golden_at(config, "layers"), parameters, rtol,
                     golden_at(expected, "final_param_sums"));
        golden_compare_tensors(g, "final parameters", allowed, golden_at(config, "layers"),
                               parameters, golden_at(expected, "final_params"));
    }
    tt_error error;
    tt_report *report = tt_report_new(run->trainer, TT_TRAINING, &error);
    if (!report) {
        golden_fail(g, "%s", error.message);
        return;
    }
    const cJSON *rows = golden_at(expected, "final_output_rows");
    int32_t n = (int32_t)golden_size(rows);
    float *linked = golden_floats(g, rows);
    double *wide = golden_room(g, 2 * (size_t)n, sizeof *wide), *actual = wide + n;
    const tt_loss *loss = (const tt_loss *)run->loss;
    tt_apply_link(tt_link_of(loss, loss_params(g, loss)), n / run->outputs, run->outputs, linked,
                  linked);
    int32_t per_target = run->outputs / tt_report_n_outputs(report);
    n /= per_target;
    for (int32_t i = 0; i < n; i++) {
        wide[i] = (double)linked[i * per_target];
        actual[i] = (double)tt_report_predictions(report)[i];
    }
    golden_compare_values(g, "final outputs", allowed, 1, is_stable(g, config) ? n : 0, actual,
                          wide);
    compare_loss(g, "final loss", rtol, tt_report_loss(report),
                 golden_at(expected, "final_eval_loss"), tt_report_loss(report));
    tt_report_free(report);
}

void check_run(golden *g) {
    golden_run run = {0};
    const cJSON *config = golden_at(g->json, "config");
    const cJSON *data = golden_at(golden_at(g->shared, "data"), golden_text(g->json, "data"));
    const cJSON *x = golden_at(data, "x"), *batches = golden_at(config, "batching.batches");
    const cJSON *layers = golden_at(config, "layers");
    set_config(g, config, golden_dimension(x, 0));
    if (golden_run_begin(g, &run, layers, golden_at(g->json, "init"), x, golden_at(data, "y"),
                         golden_dimension(x, 0))) {
        if (batches)
            give_batches(g, &run, batches);
        give_masks(g, &run, layers, golden_at(g->json, "dropout_masks"));
        if (golden_is_open(g))
            compare_steps(g, &run, config);
        if (golden_is_open(g))
            compare_end(g, &run, config);
    }
    golden_run_end(&run);
}
