/* Rows on their way from the data set into the network, and back as predictions. */

#include <string.h>

#include "dataset-store.h"
#include "lanes.h"
#include "trainer-state.h"

static bool is_one_hot(const tt_plan *plan, const tt_dataset *dataset) {
    return plan->loss->target == TT_TARGET_VALUES && tt_dataset_task(dataset) == TT_MULTICLASS;
}

int32_t tt_targets_per_row(const tt_trainer *trainer) {
    return is_one_hot(&trainer->plan, trainer->dataset) ? trainer->network.n_outputs
                                                        : tt_dataset_n_targets(trainer->dataset);
}

/* Rows copied side by side: they lie far apart, and waiting for one to come from memory is waiting
 * for all. */
enum { TOGETHER = 4 };

/* Vectors first and then the rest: a copy of unknown length would be a call for every row. Inlined
 * with a constant number of rows. */
static inline __attribute__((always_inline)) void
copy_rows(const int n, int32_t width, const uint32_t *order, const float *from, float *to) {
    int32_t whole = width & ~3, rest = width & 3;
    const float *row[TOGETHER];
    for (int i = 0; i < n; i++)
        row[i] = from + (int64_t)order[i] * width;
    for (int32_t j = 0; j < whole; j += 4)
        for (int i = 0; i < n; i++)
            tt_store(to + i * (int64_t)width + j, tt_load(row[i] + j));
    for (int i = 0; rest && i < n; i++)
        tt_store_few(to + i * (int64_t)width + whole, rest, tt_load_few(row[i] + whole, rest));
}

/* Rows of `width` values. */
static void take_values(int32_t n, int32_t width, const uint32_t *order, int64_t first,
                        const float *from, float *to) {
    if (!order) {
        memcpy(to, from + first * width, (size_t)n * (size_t)width * sizeof *to);
        return;
    }
    int32_t i = 0;
    for (; i + TOGETHER <= n; i += TOGETHER)
        copy_rows(TOGETHER, width, order + first + i, from, to + (int64_t)i * width);
    for (; i < n; i++)
        copy_rows(1, width, order + first + i, from, to + (int64_t)i * width);
}

void tt_take_targets(const tt_plan *plan, const tt_dataset *dataset, tt_part part,
                     const uint32_t *order, int64_t first, int32_t n, float *y) {
    const float *all = tt_dataset_y(dataset, part);
    if (!is_one_hot(plan, dataset)) {
        take_values(n, tt_dataset_n_targets(dataset), order, first, all, y);
        return;
    }
    int32_t classes = tt_dataset_n_classes(dataset);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < classes; j++)
            y[(int64_t)i * classes + j] =
                (float)(j == (int32_t)all[order ? order[first + i] : first + i]);
}

const float *tt_take_rows(tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                          int32_t n) {
    const tt_dataset *dataset = trainer->dataset;
    const float *x = tt_dataset_x(dataset, part), *weights = tt_dataset_weights(dataset, part);
    int32_t width = trainer->network.n_inputs;
    tt_take_targets(&trainer->plan, dataset, part, order, first, n, trainer->y);
    if (weights)
        take_values(n, 1, order, first, weights, trainer->weight);
    if (!order)
        return x + first * width;
    take_values(n, width, order, first, x, trainer->x);
    return trainer->x;
}

void tt_interpret(const tt_plan *plan, const tt_dataset *dataset, int32_t n, int32_t n_outputs,
                  const float *outputs, float *linked, double *predictions) {
    int32_t width = tt_dataset_n_outputs(dataset), stride = n_outputs / width;
    tt_apply_link(tt_link_of(plan->loss, plan->loss_params), n, n_outputs, outputs, linked);
    for (int32_t i = 0; i < n * width; i++)
        predictions[i] = (double)linked[i * stride];
    if (tt_dataset_task(dataset) == TT_REGRESSION)
        tt_dataset_target_values(dataset, n, predictions);
}

void tt_write_predictions(const tt_trainer *trainer, tt_part part, const uint32_t *order,
                          int64_t first, int32_t n, const float *outputs, double *predictions,
                          double *targets) {
    const tt_dataset *dataset = trainer->dataset;
    int32_t n_targets = tt_dataset_n_targets(dataset);
    tt_interpret(&trainer->plan, dataset, n, trainer->network.n_outputs, outputs, trainer->linked,
                 predictions + first * tt_dataset_n_outputs(dataset));
    targets += first * n_targets;
    bool one_hot = is_one_hot(&trainer->plan, dataset);
    for (int32_t i = 0; one_hot && i < n; i++)
        tt_write_target(dataset, part, order ? order[first + i] : first + i, targets + i);
    for (int32_t i = 0; !one_hot && i < n * n_targets; i++)
        targets[i] = (double)trainer->y[i];
    if (tt_dataset_task(dataset) == TT_REGRESSION)
        tt_dataset_target_values(dataset, n, targets);
}

void tt_write_target(const tt_dataset *dataset, tt_part part, int64_t row, double *targets) {
    int32_t n = tt_dataset_n_targets(dataset);
    const float *y = tt_dataset_y(dataset, part) + row * n;
    bool values = tt_dataset_task(dataset) == TT_REGRESSION;
    for (int32_t t = 0; t < n; t++)
        targets[t] = values ? tt_dataset_target_value(dataset, t, (double)y[t]) : (double)y[t];
}

double tt_weight_of_rows(const tt_plan *plan, const tt_dataset *dataset, tt_part part,
                         const uint32_t *order, int64_t first, int32_t n) {
    const float *weights = tt_dataset_weights(dataset, part), *y = tt_dataset_y(dataset, part);
    if (!weights && !plan->loss_weighs)
        return n;
    double sum = 0;
    for (int64_t i = first; i < first + n; i++) {
        int64_t row = order ? order[i] : i;
        const float *target = &y[row * tt_dataset_n_targets(dataset)];
        double own = plan->loss_weighs ? plan->loss->own_weight(plan->loss_params, target) : 1;
        sum += own * (weights ? (double)weights[row] : 1);
    }
    return sum;
}

double tt_weight_of(const tt_trainer *trainer, tt_part part, const uint32_t *order, int64_t first,
                    int32_t n) {
    return tt_weight_of_rows(&trainer->plan, trainer->dataset, part, order, first, n);
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
