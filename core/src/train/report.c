#include <assert.h>
#include <stdlib.h>

#include "report-state.h"
#include "settings.h"
#include "text.h"

tt_outcome tt_lay_out_outcome(tt_arena *arena, const tt_dataset *dataset, int64_t n_rows,
                              const double *predictions, const double *targets) {
    tt_task task = tt_dataset_task(dataset);
    int32_t n_classes = tt_dataset_n_classes(dataset), n_targets = tt_dataset_n_targets(dataset);
    size_t counts = tt_confusion_size(task, n_classes, n_targets);
    size_t scored = tt_metric_scratch((size_t)n_rows, (size_t)n_classes);
    return (tt_outcome){
        .task = task,
        .n_rows = n_rows,
        .n_outputs = tt_dataset_n_outputs(dataset),
        .n_targets = n_targets,
        .n_classes = n_classes,
        .predictions = predictions,
        .targets = targets,
        .confusion = tt_arena_take(arena, counts, sizeof(double)),
        .scratch = tt_arena_take(arena, scored, sizeof(tt_scored)),
    };
}

static void lay_out(tt_report *report) {
    const tt_dataset *dataset = report->dataset;
    tt_arena *arena = &report->arena;
    size_t rows = (size_t)tt_dataset_n_rows(dataset, report->part);
    size_t targets = (size_t)tt_dataset_n_targets(dataset);
    size_t outputs = (size_t)tt_dataset_n_outputs(dataset);
    size_t n_predictions = rows * outputs, n_targets = rows * targets;
    report->exact_predictions = tt_arena_take(arena, n_predictions, sizeof(double));
    report->exact_targets = tt_arena_take(arena, n_targets, sizeof(double));
    report->predictions = tt_arena_take(arena, n_predictions, sizeof(float));
    report->targets = tt_arena_take(arena, n_targets, sizeof(float));
    report->metrics = tt_arena_take(arena, (size_t)tt_metric_family.n_rows, sizeof(double));
    if (tt_dataset_task(dataset) == TT_REGRESSION)
        report->by_target =
            tt_arena_take(arena, targets * (size_t)tt_metric_family.n_rows, sizeof(double));
    for (int i = 0; i < 3 && tt_dataset_task(dataset) != TT_REGRESSION; i++)
        report->curve[i] = tt_arena_take(arena, rows + 1, sizeof(double));
    const tt_network *network = &report->trainer->network;
    size_t n_weights = (size_t)network->n_parameters + (size_t)network->n_running;
    report->parameters = tt_arena_take(arena, n_weights, sizeof(float));
    report->outcome = tt_lay_out_outcome(arena, dataset, (int64_t)rows, report->exact_predictions,
                                         report->exact_targets);
}

bool tt_report_has(const tt_report *report, int32_t row) {
    return (tt_metrics[row].about.tasks & (int32_t)report->outcome.task) != 0;
}

static void narrow(int64_t n, const double *from, float *to) {
    for (int64_t i = 0; i < n; i++)
        to[i] = (float)from[i];
}

/* Puts the report's weights in the network's place, and at the second call the run's own back. */
static void swap_weights(tt_report *report) {
    tt_network *network = &report->trainer->network;
    float *parameters = network->parameters;
    network->parameters = report->parameters;
    report->parameters = parameters;
    for (int32_t i = 0; i < network->n_running; i++) {
        float running = network->running[i];
        network->running[i] = report->running[i];
        report->running[i] = running;
    }
    tt_network_touch(network);
}

static void end_predictions(tt_report *report) {
    const tt_outcome *outcome = &report->outcome;
    report->loss /= report->weight;
    narrow(outcome->n_rows * outcome->n_outputs, report->exact_predictions, report->predictions);
    narrow(outcome->n_rows * outcome->n_targets, report->exact_targets, report->targets);
    if (outcome->task != TT_REGRESSION)
        tt_count_confusion(&report->outcome);
}

/* The next chunk of rows. */
static void predict(tt_report *report) {
    tt_trainer *trainer = report->trainer;
    int64_t first = report->n_predicted, left = report->outcome.n_rows - first;
    int32_t most = trainer->network.chunk_rows, rows = left < most ? (int32_t)left : most;
    swap_weights(report);
    const float *x = tt_take_rows(trainer, report->part, NULL, first, rows);
    const float *outputs = tt_network_forward(&trainer->network, rows, x, NULL);
    report->loss += tt_loss_of(trainer, rows, trainer->y, outputs, 1, NULL);
    report->weight += tt_weight_of(trainer, report->part, NULL, first, rows);
    tt_write_predictions(trainer, report->part, NULL, first, rows, outputs,
                         report->exact_predictions, report->exact_targets);
    swap_weights(report);
    report->n_predicted += rows;
}

static void measure(tt_report *report, int32_t row) {
    double params[TT_MAX_PARAMS];
    tt_config_params(report->trainer->config, &tt_metric_family, row, params);
    report->metrics[row] = tt_metric_value(&tt_metrics[row], params, &report->outcome);
    for (int32_t t = 0; report->by_target && t < report->outcome.n_targets; t++)
        report->by_target[t * tt_metric_family.n_rows + row] =
            tt_metrics[row].of_target(params, &report->outcome, t);
}

static void measure_next(tt_report *report) {
    while (report->n_measured < tt_metric_family.n_rows) {
        int32_t row = report->n_measured++;
        if (tt_report_has(report, row)) {
            measure(report, row);
            break;
        }
    }
}

tt_status tt_report_run(tt_report *report) {
    int64_t n_rows = report->outcome.n_rows;
    if (report->n_predicted < n_rows) {
        predict(report);
        if (report->n_predicted == n_rows)
            end_predictions(report);
    } else {
        measure_next(report);
    }
    return report->n_measured < tt_metric_family.n_rows ? TT_OK : TT_FINISHED;
}

static void fail_at_empty_part(tt_part part, tt_error *error) {
    if (part == TT_TEST)
        tt_fail_key(error, "split.test_words",
                    "There are no test rows to report on. Name them by a column of parts.");
    else
        tt_fail_key(error, "split.validation",
                    "There are no validation rows to report on. Raise the validation share.");
}

tt_report *tt_report_begin(tt_trainer *trainer, tt_part part, tt_error *error) {
    if (tt_dataset_n_rows(trainer->dataset, part) == 0) {
        fail_at_empty_part(part, error);
        return NULL;
    }
    tt_report *report = calloc(1, sizeof *report);
    if (report) {
        report->trainer = trainer;
        report->dataset = trainer->dataset;
        report->part = part;
        lay_out(report);
    }
    if (!report || !tt_arena_reserve(&report->arena)) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for a report.");
        free(report);
        return NULL;
    }
    lay_out(report);
    tt_keep_weights(trainer, true, report->parameters);
    report->running = report->parameters + trainer->network.n_parameters;
    return report;
}

tt_report *tt_report_new(tt_trainer *trainer, tt_part part, tt_error *error) {
    tt_report *report = tt_report_begin(trainer, part, error);
    while (report && tt_report_run(report) == TT_OK)
        continue;
    return report;
}

void tt_report_free(tt_report *report) {
    if (!report)
        return;
    tt_arena_free(&report->arena);
    free(report);
}

int64_t tt_report_n_rows(const tt_report *report) {
    return report->outcome.n_rows;
}

int32_t tt_report_n_outputs(const tt_report *report) {
    return report->outcome.n_outputs;
}

int32_t tt_report_n_targets(const tt_report *report) {
    return report->outcome.n_targets;
}

const float *tt_report_predictions(const tt_report *report) {
    return report->predictions;
}

const float *tt_report_targets(const tt_report *report) {
    return report->targets;
}

int64_t tt_report_source_row(const tt_report *report, int64_t index) {
    return tt_dataset_source_row(report->dataset, report->part, index);
}

double tt_report_loss(const tt_report *report) {
    return report->loss;
}

int32_t tt_report_n_metrics(const tt_report *report) {
    int32_t n = 0;
    for (int32_t row = 0; row < tt_metric_family.n_rows; row++)
        n += tt_report_has(report, row);
    return n;
}

const tt_descriptor *tt_report_metric(const tt_report *report, int32_t index, double *value) {
    assert(index >= 0 && index < tt_report_n_metrics(report));
    int32_t row = 0;
    for (int32_t before = 0; before < index || !tt_report_has(report, row); row++)
        before += tt_report_has(report, row);
    *value = report->metrics[row];
    return &tt_metrics[row].about;
}
