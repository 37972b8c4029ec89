/* Convex problems from all zeros: the optimum has to be reached. */

#include "golden-run.h"

#include <stdio.h>

static cJSON *single_layer(int32_t in, int32_t out) {
    char text[96];
    snprintf(text, sizeof text, "[{\"type\":\"linear\",\"in\":%d,\"out\":%d}]", (int)in, (int)out);
    return cJSON_Parse(text);
}

static const char *loss_of(const char *problem) {
    static const alias losses[] = {
        {"logistic", "bce_with_logits"}, {"softmax", "cross_entropy"}, {"squared", "mse"}, {0}};
    return golden_ours(losses, problem);
}

/* The loss with the penalty at the start of the last step. */
static void compare_optimum(golden *g, golden_run *run) {
    enum { MAX_STEPS = 1000 };
    double *row = golden_room(g, (size_t)tt_n_history_columns(), sizeof *row), loss = 0;
    tt_progress progress = {.total_steps = 1};
    for (int64_t step = 0; step < progress.total_steps && golden_run_step(g, run, step + 1, row);
         step++) {
        tt_trainer_progress(run->trainer, &progress);
        loss = progress.batch_loss + golden_column(row, "penalty");
        if (step == 0)
            golden_compare_number(g, "loss at zero", OF_FLOATS, loss,
                                  golden_at(g->json, "expected.loss_at_zero"));
    }
    golden_compare_number(g, "optimum", OF_FLOATS, loss,
                          golden_at(g->json, "expected.optimum_loss"));
}

void check_lbfgs(golden *g) {
    golden_run run = {0};
    const cJSON *x = golden_at(g->json, "x");
    int32_t out = golden_dimension(golden_at(g->json, "expected.optimum_weight"), 0);
    cJSON *layers = single_layer(golden_dimension(x, 1), out);
    golden_set_layers(g, layers);
    golden_set_loss(g, loss_of(golden_text(g->json, "problem")), NULL);
    golden_set(g, "optimizer", "lbfgs");
    golden_set(g, "regularizer", "l2");
    golden_set(g, "regularizer.l2.strength", "%.17g", golden_number(g->json, "config.l2", 0) / 2);
    golden_set(g, "train.batch_size", "0");
    golden_set(g, "train.epochs", "500");
    if (golden_run_begin(g, &run, layers, NULL, x, golden_at(g->json, "y"), golden_dimension(x, 0)))
        compare_optimum(g, &run);
    golden_run_end(&run);
    cJSON_Delete(layers);
}
