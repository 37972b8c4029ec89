#include "golden.h"

#include <stdio.h>

#include "regularizer.h"

/* A Keras callback that is a schedule, in the form of a schedule's case. */
static void check_as_schedule(golden *g, const char *schedule) {
    cJSON *copy = cJSON_Duplicate(g->json, true), *config = cJSON_GetObjectItem(copy, "config");
    const cJSON *json = g->json, *metrics = golden_at(json, "metrics");
    double after, factor;
    cJSON_AddStringToObject(copy, "schedule", schedule);
    cJSON_AddNumberToObject(config, "lr0", golden_number(json, "lr0", 0));
    cJSON_AddNumberToObject(config, "n", (double)golden_size(golden_at(json, "expected.lr")));
    if (metrics)
        cJSON_AddItemToObject(config, "metrics", cJSON_Duplicate(metrics, true));
    if (sscanf(golden_text(config, "rule"), "lr if epoch < %lf else lr * %lf", &after, &factor) ==
        2) {
        cJSON_AddNumberToObject(config, "after", after);
        cJSON_AddNumberToObject(config, "factor", factor);
        cJSON_DeleteItemFromObject(config, "rule");
    }
    g->json = copy;
    check_schedule(g);
    g->json = json;
    cJSON_Delete(copy);
}

static void compare_epoch(golden *g, const char *name, double actual) {
    golden_compare_number(g, name, OF_DOUBLES, actual,
                          golden_at(golden_at(g->json, "expected"), name));
}

/* The row is asked after every epoch; the best epoch is the last that improved. No patience and a
 * patience of 1 both stop at the first epoch that does not improve. */
static void check_early_stopping(golden *g) {
    static const alias aliases[] = {
        {"mode", ""}, {"patience", ""}, {"restore_best_weights", ""}, {0}};
    const cJSON *config = golden_at(g->json, "config"), *losses = golden_at(g->json, "metrics");
    double p[TT_MAX_PARAMS], state[2] = {(double)INFINITY, 0};
    double sign = strcmp(golden_text(config, "mode"), "max") == 0 ? -1 : 1;
    int32_t row = golden_row(g, &tt_regularizer_family, "early_stopping");
    if (row < 0)
        return;
    golden_set(g, "regularizer.early_stopping.patience", "%.17g",
               fmax(golden_number(config, "patience", 0), 1));
    golden_params(g, &tt_regularizer_family, row, config, aliases, p);
    int epoch = 0, best = 0, n = cJSON_GetArraySize(losses);
    bool stopped = false;
    for (; golden_is_open(g) && epoch < n && !stopped; epoch++) {
        double loss = sign * golden_value(cJSON_GetArrayItem(losses, epoch));
        stopped = tt_regularizers[row].stop(p, loss, state);
        best = state[1] == 0 ? epoch : best;
    }
    compare_epoch(g, "last_epoch_run", epoch - 1);
    compare_epoch(g, "stopped", stopped);
    compare_epoch(g, "best_epoch", best);
    compare_epoch(g, "weights_restored_from_epoch", best);
}

void check_keras_callback(golden *g) {
    const char *callback = golden_text(g->json, "callback");
    if (strcmp(callback, "EarlyStopping") == 0)
        check_early_stopping(g);
    else if (strcmp(callback, "ReduceLROnPlateau") == 0)
        check_as_schedule(g, "keras_reduce_on_plateau");
    else if (strncmp(golden_text(g->json, "config.rule"), "lr if epoch < ", 14) == 0)
        check_as_schedule(g, "callback_drop_each");
    else
        golden_unsupported(g, "%s with the rule %s", callback, golden_text(g->json, "config.rule"));
}
