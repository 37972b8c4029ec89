#include "golden.h"

#include <stdio.h>

#include "metric.h"

static const alias names[] = {{"mcc", "matthews"},
                              {"roc_auc_ovr_macro", "roc_auc"},
                              {"roc_auc_ovr_weighted", "weighted_roc_auc"},
                              {"roc_auc_ovo_macro", "pairwise_roc_auc"},
                              {"accuracy_argmax_first", "accuracy"},
                              {"brier_multiclass_sum", "brier"},
                              {"mape_fraction", "mape"},
                              {"median_absolute_error", "median_error"},
                              {0}};

static void compare_metric(golden *g, const tt_outcome *outcome, const char *theirs,
                           const cJSON *expected) {
    double p[TT_MAX_PARAMS], k;
    char key[64];
    snprintf(key, sizeof key, "%s", golden_ours(names, theirs));
    if (sscanf(theirs, "top%lf_accuracy", &k) == 1) {
        snprintf(key, sizeof key, "top_k");
        golden_set(g, "metric.top_k.k", "%.17g", k);
    } else if (sscanf(theirs, "pinball_%lf", &k) == 1) {
        snprintf(key, sizeof key, "pinball");
        golden_set(g, "metric.pinball.alpha", "%.17g", k);
    }
    int32_t row = golden_row(g, &tt_metric_family, key);
    if (row < 0)
        return;
    golden_params(g, &tt_metric_family, row, NULL, NULL, p);
    golden_compare_number(g, key, OF_DOUBLES, tt_metric_value(&tt_metrics[row], p, outcome),
                          expected);
}

/* "macro": {"f1": ...} is the metric macro_f1. */
static void compare_averages(golden *g, const tt_outcome *outcome, const cJSON *average) {
    for (const cJSON *item = average->child; item; item = item->next) {
        char name[64];
        snprintf(name, sizeof name, "%s_%s", average->string, item->string);
        compare_metric(g, outcome, name, item);
    }
}

static void compare_classes(golden *g, const tt_outcome *outcome, const cJSON *expected) {
    static const struct {
        const char *name;
        double (*value)(const tt_outcome *outcome, int32_t index);
    } scores[] = {{"precision", tt_class_precision},
                  {"recall", tt_class_recall},
                  {"f1", tt_class_f1},
                  {"support", tt_class_support}};
    double *values = golden_room(g, (size_t)outcome->n_classes, sizeof *values);
    for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++) {
        for (int32_t k = 0; k < outcome->n_classes; k++)
            values[k] = scores[i].value(outcome, k);
        golden_compare(g, "per_class", OF_DOUBLES, outcome->n_classes, values,
                       golden_at(expected, scores[i].name));
    }
}

static void compare_curve(golden *g, const tt_outcome *outcome, const cJSON *expected) {
    size_t room = (size_t)outcome->n_rows + 1;
    double *a = golden_room(g, 3 * room, sizeof *a), *b = a + room, *threshold = b + room;
    tt_rank_class(outcome, 1);
    if (strcmp(expected->string, "roc_curve") == 0) {
        int64_t n = tt_roc_curve(outcome->n_rows, outcome->scratch, a, b, threshold);
        golden_compare(g, "fpr", OF_DOUBLES, n, a, golden_at(expected, "fpr"));
        golden_compare(g, "tpr", OF_DOUBLES, n, b, golden_at(expected, "tpr"));
    } else {
        int64_t n = tt_precision_recall_curve(outcome->n_rows, outcome->scratch, a, b, threshold);
        golden_compare(g, "precision", OF_DOUBLES, n, a, golden_at(expected, "precision"));
        golden_compare(g, "recall", OF_DOUBLES, n, b, golden_at(expected, "recall"));
    }
}

static void compare_all(golden *g, const tt_outcome *outcome) {
    const cJSON *expected = golden_at(g->json, "expected");
    for (const cJSON *item = expected->child; item; item = item->next) {
        const char *name = item->string;
        size_t size = strlen(name);
        if (strcmp(name, "confusion") == 0)
            golden_compare(g, name, OF_DOUBLES, (int64_t)outcome->n_classes * outcome->n_classes,
                           outcome->confusion, item);
        else if (strcmp(name, "per_class") == 0)
            compare_classes(g, outcome, item);
        else if (size > 6 && strcmp(name + size - 6, "_curve") == 0)
            compare_curve(g, outcome, item);
        else if (cJSON_IsObject(item))
            compare_averages(g, outcome, item);
        else
            compare_metric(g, outcome, name, item);
    }
}

/* Labels are predictions without doubt. */
static double *one_hot(golden *g, const tt_outcome *outcome, const double *labels) {
    double *values = golden_room(g, (size_t)(outcome->n_rows * outcome->n_outputs), sizeof *values);
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        if (outcome->n_outputs == 1)
            values[i] = labels[i];
        else
            values[i * outcome->n_outputs + (int64_t)labels[i]] = 1;
    }
    return values;
}

/* Nine digits of each probability do not add up to 1; the results are of rows that do. */
static double *shares(golden *g, const cJSON *p) {
    double *values = golden_doubles(g, p);
    int32_t n = golden_dimension(p, 1);
    for (double *row = values; row < values + golden_size(p); row += n) {
        double sum = 0;
        for (int32_t j = 0; j < n; j++)
            sum += row[j];
        for (int32_t j = 0; j < n; j++)
            row[j] /= sum;
    }
    return values;
}

/* Predictions of as many numbers as the targets ask for. */
static const cJSON *predictions_of(golden *g, const char *name, int64_t n) {
    const cJSON *given = golden_at(g->json, name);
    return golden_has_size(g, name, given, n) ? given : NULL;
}

static bool have_classes(golden *g, const char *name, const tt_outcome *outcome) {
    const cJSON *values = golden_at(g->json, name);
    return golden_are_classes(g, name, golden_size(values), golden_floats(g, values),
                              outcome->n_classes);
}

void check_metric(golden *g) {
    const char *kind = golden_text(g->json, "kind");
    const cJSON *truth = golden_at(g->json, "y_true"), *p = golden_at(g->json, "p");
    tt_outcome outcome = {.n_rows = golden_size(truth),
                          .n_outputs = 1,
                          .n_targets = 1,
                          .targets = golden_doubles(g, truth)};
    if (strcmp(kind, "regression") == 0) {
        outcome.task = TT_REGRESSION;
        outcome.n_outputs = outcome.n_targets = golden_dimension(truth, 1);
        outcome.n_rows /= outcome.n_targets > 0 ? outcome.n_targets : 1;
        outcome.predictions = golden_doubles(g, predictions_of(g, "y_pred", golden_size(truth)));
    } else if (strcmp(kind, "labels") == 0) {
        outcome.n_classes = golden_count(g, g->json, "classes", 1, 2);
        if (!predictions_of(g, "y_pred", outcome.n_rows) || !have_classes(g, "y_pred", &outcome))
            return;
        outcome.task = outcome.n_classes == 2 ? TT_BINARY : TT_MULTICLASS;
        outcome.n_outputs = outcome.n_classes == 2 ? 1 : outcome.n_classes;
        outcome.predictions = one_hot(g, &outcome, golden_doubles(g, golden_at(g->json, "y_pred")));
    } else if (strcmp(kind, "binary_scores") == 0) {
        outcome.task = TT_BINARY;
        outcome.n_classes = 2;
        outcome.predictions = golden_doubles(g, predictions_of(g, "score", outcome.n_rows));
    } else if (strcmp(kind, "multiclass_probabilities") == 0) {
        outcome.task = TT_MULTICLASS;
        outcome.n_outputs = outcome.n_classes = golden_dimension(p, 1);
        if (!golden_needs(g, "p.shape") ||
            !golden_has_size(g, "p", p, outcome.n_rows * outcome.n_outputs))
            return;
        outcome.predictions = shares(g, p);
    } else {
        golden_unsupported(g, "no such kind: \"%s\"", kind);
        return;
    }
    if (outcome.n_rows < 1)
        golden_fail(g, "y_true has no numbers");
    if (!golden_is_open(g) || (outcome.n_classes > 0 && !have_classes(g, "y_true", &outcome)))
        return;
    size_t k = (size_t)outcome.n_classes;
    outcome.scratch =
        golden_room(g, tt_metric_scratch((size_t)outcome.n_rows, k), sizeof *outcome.scratch);
    outcome.confusion = golden_room(g, k * k, sizeof *outcome.confusion);
    if (k > 0)
        tt_count_confusion(&outcome);
    compare_all(g, &outcome);
}
