/* Rows on their way from the data set into the network, and back as predictions. */

#include <string.h>

#include "trainer-state.h"

static bool is_one_hot(const tt_trainer *trainer) {
    return trainer->plan.loss->target == TT_TARGET_VALUES &&
           tt_dataset_task(trainer->dataset) == TT_MULTICLASS;
}

int32_t tt_targets_per_row(const tt_trainer *trainer) {
    return is_one_hot(trainer) ? trainer->network.n_outputs
                               : tt_dataset_n_targets(trainer->dataset);
}

/* Classes as numbers for each output. */
static void take_one_hot(tt_trainer *trainer, int32_t n, const uint32_t *order, int64_t first,
                         const float *y) {
    int32_t outputs = trainer->network.n_outputs;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < outputs; j++)
            trainer->y[(int64_t)i * outputs + j] =
                (float)(j == (int32_t)y[order ? order[first + i] : first + i]);
}

/* Rows of `width` values. */
static void take_values(int32_t n, int32_t width, const uint32_t *order, int64_t first,
                        const float *from, float *to) {
    for (int32_t i = 0; i < n; i++) {
        int64_t row = order ? order[first + i] : first + i;
        for (int32_t j = 0; j < width; j++)
            to[(int64_t)i * width + j] = from[row * width + j];
    }
}

const float *tt_take_rows(tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                          int32_t n) {
    const tt_dataset *dataset = trainer->dataset;
    const float *x = tt_dataset_x(dataset, part), *weights = tt_dataset_weights(dataset, part);
    int64_t width = trainer->network.n_inputs;
    if (is_one_hot(trainer))
        take_one_hot(trainer, n, order, first, tt_dataset_y(dataset, part));
    else
        take_values(n, tt_dataset_n_targets(dataset), order, first, tt_dataset_y(dataset, part),
                    trainer->y);
    if (weights)
        take_values(n, 1, order, first, weights, trainer->weight);
    if (!order)
        return x + first * width;
    for (int32_t i = 0; i < n; i++)
        memcpy(trainer->x + i * width, x + order[first + i] * width, (size_t)width * sizeof *x);
    return trainer->x;
}

void tt_write_predictions(const tt_trainer *trainer, tt_part part, const uint32_t *order,
                          int64_t first, int32_t n, const float *outputs, double *predictions,
                          double *targets) {
    const tt_dataset *dataset = trainer->dataset;
    const tt_plan *plan = &trainer->plan;
    int32_t n_outputs = trainer->network.n_outputs, width = tt_dataset_n_outputs(dataset);
    int32_t stride = n_outputs / width;
    int32_t n_targets = tt_dataset_n_targets(dataset);
    memcpy(trainer->linked, outputs, (size_t)n * (size_t)n_outputs * sizeof *outputs);
    tt_apply_link(tt_link_of(plan->loss, plan->loss_params), n, n_outputs, trainer->linked);
    predictions += first * width;
    for (int32_t i = 0; i < n * width; i++)
        predictions[i] = (double)trainer->linked[i * stride];
    targets += first * n_targets;
    for (int32_t i = 0; i < n; i++) {
        int64_t row = order ? order[first + i] : first + i;
        for (int32_t t = 0; t < n_targets; t++)
            targets[i * n_targets + t] = (double)tt_dataset_y(dataset, part)[row * n_targets + t];
    }
    if (tt_dataset_task(dataset) != TT_REGRESSION)
        return;
    for (int32_t i = 0; i < n * n_targets; i++) {
        predictions[i] = tt_dataset_target_value(dataset, i % n_targets, predictions[i]);
        targets[i] = tt_dataset_target_value(dataset, i % n_targets, targets[i]);
    }
}

double tt_weight_of(const tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                    int32_t n) {
    const tt_plan *plan = &trainer->plan;
    const float *weights = tt_dataset_weights(trainer->dataset, part);
    const float *y = tt_dataset_y(trainer->dataset, part);
    if (!weights && !plan->loss->own_weight)
        return n;
    double sum = 0;
    for (int64_t i = first; i < first + n; i++) {
        int64_t row = order ? order[i] : i;
        const float *target = &y[row * tt_dataset_n_targets(trainer->dataset)];
        double own = plan->loss->own_weight ? plan->loss->own_weight(plan->loss_params, target) : 1;
        sum += own * (weights ? (double)weights[row] : 1);
    }
    return sum;
}

double tt_loss_of(const tt_trainer *trainer, int32_t n, const float *y, const float *outputs,
                  float scale, float *d_outputs) {
    const tt_rows rows = {.n = n,
                          .outputs = trainer->network.n_outputs,
                          .z = outputs,
                          .y = y,
                          .weight = trainer->weight,
                          .scale = scale,
                          .dz = d_outputs};
    return trainer->plan.loss->evaluate(trainer->plan.loss_params, &rows);
}
