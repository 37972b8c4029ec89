/* The report as JSON:
 *
 * {"part": "training" | "validation" | "test", "n_rows", "loss", "metrics": [{"key", "label",
 * "help", "value"}], and for classes "confusion": [[count]] as [true][predicted], "classes":
 * [{"name", "precision", "recall", "f1", "support"}], for labels "labels": the same by label, for
 * several numbers "targets": [{"name", and every metric by its key}], "curves": [{"class",
 * "roc_auc", "average_precision", "roc": {"false_positive_rate": [], "true_positive_rate": [],
 * "threshold": []}, "precision_recall": {"precision": [], "recall": [], "threshold": []},
 *   "calibration": {"probability": [], "share": [], "count": []}}]}
 *
 * Of two classes only the second has curves, of more each against the rest, of labels each; up to
 * MAX_CURVES of them. A curve with many points is thinned to MAX_POINTS, its ends kept. The
 * threshold above all scores is null. */

#include "report-state.h"
#include "text.h"

enum { MAX_CURVES = 20, MAX_POINTS = 200, N_BINS = 10 };

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

/* The name of what precision, recall and curves are of. */
static const char *scored_name(const tt_report *report, int32_t index) {
    return report->outcome.task == TT_MULTILABEL ? tt_dataset_target_name(report->dataset, index)
                                                 : tt_dataset_class_name(report->dataset, index);
}

static void add_scores(tt_text *json, const char *key, const tt_report *report) {
    const tt_outcome *outcome = &report->outcome;
    tt_text_add(json, ",%j:[", key);
    for (int32_t k = 0; k < tt_n_scored(outcome); k++)
        tt_text_add(json, "%s{\"name\":%j,\"precision\":%n,\"recall\":%n,\"f1\":%n,\"support\":%n}",
                    k > 0 ? "," : "", scored_name(report, k), tt_class_precision(outcome, k),
                    tt_class_recall(outcome, k), tt_class_f1(outcome, k),
                    tt_class_support(outcome, k));
    tt_text_add(json, "]");
}

static void add_targets(tt_text *json, const tt_report *report) {
    const double *values = report->by_target;
    tt_text_add(json, ",\"targets\":[");
    for (int32_t t = 0; t < report->outcome.n_targets; t++, values += tt_metric_family.n_rows) {
        tt_text_add(json, t > 0 ? ",{\"name\":%j" : "{\"name\":%j",
                    tt_dataset_target_name(report->dataset, t));
        for (int32_t row = 0; row < tt_metric_family.n_rows; row++)
            if (tt_report_has(report, row))
                tt_text_add(json, ",%j:%n", tt_metrics[row].about.key, values[row]);
        tt_text_add(json, "}");
    }
    tt_text_add(json, "]");
}

static void add_points(tt_text *json, const char *key, int64_t n, const double *values) {
    int64_t kept = n < MAX_POINTS ? n : MAX_POINTS;
    tt_text_add(json, "%j:[", key);
    for (int64_t i = 0; i < kept; i++)
        tt_text_add(json, i > 0 ? ",%n" : "%n", values[kept > 1 ? i * (n - 1) / (kept - 1) : 0]);
    tt_text_add(json, "]");
}

static void add_curve(tt_text *json, const char *key, const char *const names[3], int64_t n,
                      double *const values[3]) {
    tt_text_add(json, ",%j:{", key);
    for (int i = 0; i < 3; i++) {
        tt_text_add(json, i > 0 ? "," : "");
        add_points(json, names[i], n, values[i]);
    }
    tt_text_add(json, "}");
}

static void add_curves_of_class(tt_text *json, const tt_report *report, int32_t index) {
    static const char *const roc[] = {"false_positive_rate", "true_positive_rate", "threshold"};
    static const char *const precision_recall[] = {"precision", "recall", "threshold"};
    static const char *const calibration[] = {"probability", "share", "count"};
    double *const *c = report->curve;
    double mean_score[N_BINS], share[N_BINS], count[N_BINS];
    const tt_scored *ranked = report->outcome.scratch;
    int64_t n = report->outcome.n_rows;
    tt_rank_class(&report->outcome, index);
    tt_text_add(json, "{\"class\":%j,\"roc_auc\":%n,\"average_precision\":%n",
                scored_name(report, index), tt_curve_roc_auc(n, ranked),
                tt_curve_average_precision(n, ranked));
    add_curve(json, "roc", roc, tt_roc_curve(n, ranked, c[0], c[1], c[2]), c);
    add_curve(json, "precision_recall", precision_recall,
              tt_precision_recall_curve(n, ranked, c[0], c[1], c[2]), c);
    add_curve(json, "calibration", calibration,
              tt_calibration_curve(n, ranked, N_BINS, mean_score, share, count),
              (double *const[]){mean_score, share, count});
    tt_text_add(json, "}");
}

static void add_curves(tt_text *json, const tt_report *report) {
    int32_t first = report->outcome.task == TT_BINARY;
    int32_t n = tt_n_scored(&report->outcome);
    n = n < MAX_CURVES ? n : MAX_CURVES;
    tt_text_add(json, ",\"curves\":[");
    for (int32_t k = first; k < n; k++) {
        tt_text_add(json, k > first ? "," : "");
        add_curves_of_class(json, report, k);
    }
    tt_text_add(json, "]");
}

char *tt_report_json(const tt_report *report) {
    tt_text json = {0};
    tt_text_add(&json, "{\"part\":%j,\"n_rows\":%l,\"loss\":%n", tt_part_key(report->part),
                report->outcome.n_rows, report->loss);
    add_metrics(&json, report);
    if (report->outcome.task & TT_CLASSIFICATION) {
        add_confusion(&json, &report->outcome);
        add_scores(&json, "classes", report);
    }
    if (report->outcome.task == TT_MULTILABEL)
        add_scores(&json, "labels", report);
    if (report->outcome.task == TT_REGRESSION && report->outcome.n_targets > 1)
        add_targets(&json, report);
    if (report->outcome.task != TT_REGRESSION)
        add_curves(&json, report);
    tt_text_add(&json, "}");
    return tt_text_finish(&json);
}
