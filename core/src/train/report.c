/* The report as JSON:
 *
 * {"part": "training" | "validation", "n_rows", "loss", "metrics": [{"key", "label", "help",
 *  "value"}], and for classes "confusion": [[count]] as [true][predicted], "classes": [{"name",
 *  "precision", "recall", "f1", "support"}]} */

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

struct tt_report {
    tt_arena arena;
    const tt_dataset *dataset;
    tt_part part;
    double loss;
    tt_outcome outcome;
    float *predictions, *targets;
};

static void lay_out(tt_report *report, int32_t n_outputs) {
    const tt_dataset *dataset = report->dataset;
    size_t rows = (size_t)tt_dataset_n_rows(dataset, report->part);
    size_t classes = (size_t)tt_dataset_n_classes(dataset);
    report->predictions = tt_arena_take(&report->arena, rows * (size_t)n_outputs, sizeof(float));
    report->targets = tt_arena_take(&report->arena, rows, sizeof(float));
    report->outcome = (tt_outcome){
        .task = tt_dataset_task(dataset),
        .n_rows = (int64_t)rows,
        .n_outputs = n_outputs,
        .n_classes = (int32_t)classes,
        .predictions = report->predictions,
        .targets = report->targets,
        .confusion = tt_arena_take(&report->arena, classes * classes, sizeof(double)),
    };
}

static void predict(tt_report *report, tt_trainer *trainer) {
    int64_t n_rows = report->outcome.n_rows;
    double sum = 0;
    tt_swap_averaged(trainer);
    for (int64_t first = 0; first < n_rows; first += TT_CHUNK_ROWS) {
        int64_t left = n_rows - first;
        int32_t rows = (int32_t)(left < TT_CHUNK_ROWS ? left : TT_CHUNK_ROWS);
        const float *x = tt_take_rows(trainer, report->part, NULL, first, rows);
        const float *outputs = tt_network_forward(&trainer->network, rows, x, NULL);
        sum += tt_loss_of(trainer, rows, outputs, 1, NULL);
        tt_write_predictions(trainer, report->part, NULL, first, rows, outputs, report->predictions,
                             report->targets);
    }
    tt_swap_averaged(trainer);
    report->loss = sum / (double)n_rows;
    if (report->outcome.n_classes > 0)
        tt_count_confusion(&report->outcome);
}

tt_report *tt_report_new(tt_trainer *trainer, tt_part part, tt_error *error) {
    if (tt_dataset_n_rows(trainer->dataset, part) == 0) {
        tt_fail_key(error, "split.validation",
                    "There are no validation rows to report on. Raise the validation share.");
        return NULL;
    }
    tt_report *report = calloc(1, sizeof *report);
    if (report) {
        report->dataset = trainer->dataset;
        report->part = part;
        lay_out(report, trainer->network.n_outputs);
    }
    if (!report || !tt_arena_reserve(&report->arena)) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for a report.");
        free(report);
        return NULL;
    }
    lay_out(report, trainer->network.n_outputs);
    predict(report, trainer);
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

const float *tt_report_predictions(const tt_report *report) {
    return report->predictions;
}

const float *tt_report_targets(const tt_report *report) {
    return report->targets;
}

double tt_report_loss(const tt_report *report) {
    return report->loss;
}

static bool fits(const tt_report *report, int32_t row) {
    return (tt_metrics[row].about.tasks & (int32_t)report->outcome.task) != 0;
}

int32_t tt_report_n_metrics(const tt_report *report) {
    int32_t n = 0;
    for (int32_t row = 0; row < tt_metric_family.n_rows; row++)
        n += fits(report, row);
    return n;
}

const tt_descriptor *tt_report_metric(const tt_report *report, int32_t index, double *value) {
    assert(index >= 0 && index < tt_report_n_metrics(report));
    int32_t row = 0;
    for (int32_t before = 0; before < index || !fits(report, row); row++)
        before += fits(report, row);
    *value = tt_metrics[row].value(&report->outcome);
    return &tt_metrics[row].about;
}

static void add_metrics(tt_text *json, const tt_report *report) {
    tt_text_add(json, ",\"metrics\":[");
    for (int32_t i = 0; i < tt_report_n_metrics(report); i++) {
        double value;
        const tt_descriptor *about = tt_report_metric(report, i, &value);
        tt_text_add(json, "%s{\"key\":%j,\"label\":%j,\"help\":%j,\"value\":%n}", i > 0 ? "," : "",
                    about->key, about->label, about->help, value);
    }
    tt_text_add(json, "]");
}

static void add_confusion(tt_text *json, const tt_outcome *outcome) {
    int32_t k = outcome->n_classes;
    tt_text_add(json, ",\"confusion\":[");
    for (int32_t i = 0; i < k * k; i++)
        tt_text_add(json, "%s%s%n%s", i > 0 ? "," : "", i % k == 0 ? "[" : "",
                    outcome->confusion[i], i % k == k - 1 ? "]" : "");
    tt_text_add(json, "]");
}

static void add_classes(tt_text *json, const tt_report *report) {
    const tt_outcome *outcome = &report->outcome;
    tt_text_add(json, ",\"classes\":[");
    for (int32_t k = 0; k < outcome->n_classes; k++)
        tt_text_add(json, "%s{\"name\":%j,\"precision\":%n,\"recall\":%n,\"f1\":%n,\"support\":%n}",
                    k > 0 ? "," : "", tt_dataset_class_name(report->dataset, k),
                    tt_class_precision(outcome, k), tt_class_recall(outcome, k),
                    tt_class_f1(outcome, k), tt_class_support(outcome, k));
    tt_text_add(json, "]");
}

char *tt_report_json(const tt_report *report) {
    tt_text json = {0};
    tt_text_add(&json, "{\"part\":%j,\"n_rows\":%l,\"loss\":%n",
                report->part == TT_TRAINING ? "training" : "validation", report->outcome.n_rows,
                report->loss);
    add_metrics(&json, report);
    if (report->outcome.n_classes > 0) {
        add_confusion(&json, &report->outcome);
        add_classes(&json, report);
    }
    tt_text_add(&json, "}");
    return tt_text_finish(&json);
}
