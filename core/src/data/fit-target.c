#include <stdlib.h>

#include "dataset-build.h"
#include "maths.h"
#include "settings.h"

static double target_of(const tt_build *build, uint32_t row) {
    double value = tt_table_number(build->table, row, build->target);
    return build->target_log ? tt_log1p(value) : value;
}

static tt_status check_log(const tt_build *build) {
    for (int64_t i = 0; i < build->n_rows; i++)
        if (!(tt_table_number(build->table, build->rows[i], build->target) > -1))
            return tt_fail_key(build->error, "data.log_target",
                               "The logarithm needs numbers above -1, but \"%s\" has smaller ones. "
                               "Set data.log_target to 0.",
                               build->table->columns[build->target].name);
    return TT_OK;
}

tt_status tt_fit_target(tt_build *build) {
    build->target_scale = 1;
    build->target_log =
        build->task == TT_REGRESSION && tt_config_number(build->config, "data.log_target") != 0;
    if (build->target_log && check_log(build) != TT_OK)
        return TT_BAD_SETTING;
    if (build->task != TT_REGRESSION || tt_config_number(build->config, "data.scale_target") == 0)
        return TT_OK;
    int64_t n = build->n_part[TT_TRAINING];
    double *values = malloc((size_t)n * sizeof *values);
    if (!values)
        return tt_build_no_memory(build);
    for (int64_t i = 0; i < n; i++)
        values[i] = target_of(build, build->part_rows[TT_TRAINING][i]);
    tt_mean_and_deviation(n, values, &build->target_offset, &build->target_scale);
    free(values);
    return TT_OK;
}

tt_status tt_encode_target(const tt_build *build, tt_part part, float *y) {
    if (build->target_scale - build->target_scale != 0)
        return tt_fail_too_large(build->error, build->table, build->target);
    for (int64_t i = 0; i < build->n_part[part]; i++) {
        uint32_t row = build->part_rows[part][i];
        if (build->task == TT_REGRESSION)
            y[i] = (float)((target_of(build, row) - build->target_offset) / build->target_scale);
        else
            y[i] = (float)tt_levels_find(&build->classes, tt_build_cell(build, row, build->target));
        if (y[i] - y[i] != 0)
            return tt_fail_too_large(build->error, build->table, build->target);
    }
    return TT_OK;
}
