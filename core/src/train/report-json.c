/* The report as JSON:
 *
 * {"part": "training" | "validation", "n_rows", "loss", "metrics": [{"key", "label", "help",
 *  "value"}], and for classes "confusion": [[count]] as [true][predicted], "classes": [{"name",
 *  "precision", "recall", "f1", "support"}],
 *  "curves": [{"class", "roc_auc", "average_precision",
 *   "roc": {"false_positive_rate": [], "true_positive_rate": [], "threshold": []},
 *   "precision_recall": {"precision": [], "recall": [], "threshold": []},
 *   "calibration": {"probability": [], "share": [], "count": []}}]}
 *
 * Of two classes only the second has curves, of more each against the rest, up to MAX_CURVES of
 * them. A curve with many points is thinned to MAX_POINTS, its ends kept. The threshold above all
 * scores is null. */

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
                tt_dataset_class_name(report->dataset, index), tt_curve_roc_auc(n, ranked),
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
    int32_t n = report->outcome.n_classes < MAX_CURVES ? report->outcome.n_classes : MAX_CURVES;
    tt_text_add(json, ",\"curves\":[");
    for (int32_t k = first; k < n; k++) {
        tt_text_add(json, k > first ? "," : "");
        add_curves_of_class(json, report, k);
    }
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
        add_curves(&json, report);
    }
    tt_text_add(&json, "}");
    return tt_text_finish(&json);
}
