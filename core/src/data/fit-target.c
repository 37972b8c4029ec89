#include <stdlib.h>

#include "dataset-build.h"
#include "maths.h"
#include "settings.h"

static double target_of(const tt_build *build, uint32_t row, int32_t target) {
    double value = tt_table_number(build->table, row, build->targets[target]);
    return build->target_log ? tt_log1p(value) : value;
}

static tt_status check_log(const tt_build *build, int32_t target) {
    int32_t column = build->targets[target];
    for (int part = 0; part < TT_N_PARTS; part++)
        for (int64_t i = 0; i < build->n_part[part]; i++)
            if (!(tt_table_number(build->table, build->part_rows[part][i], column) > -1))
                return tt_fail_key(build->error, "data.log_target",
                                   "The logarithm needs numbers above -1, but \"%s\" has smaller "
                                   "ones. Set data.log_target to 0.",
                                   build->table->columns[column].name);
    return TT_OK;
}

static void fit_scale(tt_build *build, int32_t target, double *values) {
    int64_t n = build->n_part[TT_TRAINING];
    for (int64_t i = 0; i < n; i++)
        values[i] = target_of(build, build->part_rows[TT_TRAINING][i], target);
    tt_mean_and_deviation(n, values, &build->target_offsets[target], &build->target_scales[target]);
}

tt_status tt_fit_target(tt_build *build) {
    bool regression = build->task == TT_REGRESSION;
    bool scaled = regression && tt_config_number(build->config, "data.scale_target") != 0;
    build->target_log = regression && tt_config_number(build->config, "data.log_target") != 0;
    build->target_offsets = calloc((size_t)build->n_targets, sizeof *build->target_offsets);
    build->target_scales = calloc((size_t)build->n_targets, sizeof *build->target_scales);
    double *values = malloc((size_t)build->n_part[TT_TRAINING] * sizeof *values);
    bool good = build->target_offsets && build->target_scales && values;
    tt_status status = good ? TT_OK : tt_build_no_memory(build);
    for (int32_t t = 0; t < build->n_targets && status == TT_OK; t++) {
        build->target_scales[t] = 1;
        if (build->target_log)
            status = check_log(build, t);
        if (status == TT_OK && scaled)
            fit_scale(build, t, values);
    }
    free(values);
    return status;
}

static float encoded(const tt_build *build, uint32_t row, int32_t target) {
    if (build->task == TT_REGRESSION)
        return (float)((target_of(build, row, target) - build->target_offsets[target]) /
                       build->target_scales[target]);
    tt_cell cell = tt_build_cell(build, row, build->targets[target]);
    return (float)tt_levels_find(&build->classes[target], cell);
}

tt_status tt_encode_target(const tt_build *build, tt_part part, float *y) {
    for (int32_t t = 0; t < build->n_targets; t++) {
        if (build->target_scales[t] - build->target_scales[t] != 0)
            return tt_fail_too_large(build->error, build->table, build->targets[t]);
        for (int64_t i = 0; i < build->n_part[part]; i++) {
            float *at = &y[i * build->n_targets + t];
            *at = encoded(build, build->part_rows[part][i], t);
            if (*at - *at != 0)
                return tt_fail_too_large(build->error, build->table, build->targets[t]);
        }
    }
    return TT_OK;
}
