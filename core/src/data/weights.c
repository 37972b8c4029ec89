#include "dataset-build.h"
#include "settings.h"

static bool is_balanced(const tt_build *build) {
    return tt_config_is(build->config, "data.class_weight", "balanced");
}

static tt_status fail_at_row(const tt_build *build, uint32_t row) {
    int64_t line = tt_table_line(build->table, row);
    return tt_fail_at(build->error, line, build->weights + 1,
                      "Line %l of the column of weights \"%s\" has no number from 0 on. Every row "
                      "needs a weight.",
                      line, build->table->columns[build->weights].name);
}

static tt_status sum_weights(const tt_build *build, int64_t n, const uint32_t *rows, double *sum) {
    for (int64_t i = 0; i < n; i++) {
        double weight = tt_table_number(build->table, rows[i], build->weights);
        if (!(weight >= 0 && weight <= 1e30))
            return fail_at_row(build, rows[i]);
        *sum += weight;
    }
    return TT_OK;
}

tt_status tt_check_weights(tt_build *build) {
    if (is_balanced(build) && !(build->task & TT_CLASSIFICATION))
        return tt_fail_key(build->error, "data.class_weight",
                           "balanced needs classes, but the task is %s. Choose none.",
                           build->task == TT_REGRESSION ? "a regression" : "several labels");
    if (build->weights >= 0 && build->table->columns[build->weights].type == TT_COLUMN_DATE)
        return tt_fail_key(
            build->error, "data.weights",
            "\"%s\" holds dates. Weights are numbers from 0 on: choose another column.",
            build->table->columns[build->weights].name);
    if (build->weights < 0)
        return TT_OK;
    double sum = 0, test_sum = 0;
    tt_status status = sum_weights(build, build->n_rows, build->rows, &sum);
    if (status == TT_OK)
        status = sum_weights(build, build->n_part[TT_TEST], build->part_rows[TT_TEST], &test_sum);
    if (status != TT_OK)
        return status;
    if (sum == 0)
        return tt_fail_at(build->error, 0, build->weights + 1,
                          "Every weight in \"%s\" is 0, so no row counts.",
                          build->table->columns[build->weights].name);
    return TT_OK;
}

/* The weight of a class is n / (n_classes * rows of the class), over the training rows: every class
 * then weighs the same (King and Zeng, 2001). A class without training rows weighs 1. */
static double class_weight(const tt_dataset *dataset, float class) {
    int64_t n = dataset->n_rows[TT_TRAINING], n_class = 0;
    for (int64_t i = 0; i < n; i++)
        n_class += dataset->y[TT_TRAINING][i] == class;
    return n_class > 0 ? (double)n / ((double)dataset->n_classes * (double)n_class) : 1;
}

void tt_write_weights(const tt_build *build, const tt_dataset *dataset, tt_part part) {
    float *weights = dataset->weights[part];
    const float *y = dataset->y[part];
    int64_t n = dataset->n_rows[part];
    for (int64_t i = 0; i < n; i++) {
        uint32_t row = build->part_rows[part][i];
        weights[i] =
            build->weights >= 0 ? (float)tt_table_number(build->table, row, build->weights) : 1;
    }
    for (int32_t k = 0; k < dataset->n_classes && is_balanced(build); k++) {
        double weight = class_weight(dataset, (float)k);
        for (int64_t i = 0; i < n; i++)
            if (y[i] == (float)k)
                weights[i] = (float)(weight * (double)weights[i]);
    }
}
