#include <stdlib.h>

#include "dataset-build.h"
#include "rows.h"
#include "scaler.h"
#include "select.h"
#include "settings.h"

enum { MAX_LEVELS = 1000 }; /* of one feature */

/* What the fitting of all encoders shares. */
typedef struct fitter {
    tt_build *build;
    const tt_scaler *scaler;
    double params[TT_MAX_PARAMS];
    bool median;
    double *values, *present; /* room for the training rows each */
} fitter;

static double mean_of(int64_t n, const double *x) {
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static bool is_constant(int64_t n, const double *x) {
    for (int64_t i = 1; i < n; i++)
        if (x[i] != x[0])
            return false;
    return true;
}

/* The numbers of the training rows into `values`, NaN where missing, and those that are there into
 * `present`; returns how many are there. */
static int64_t gather(const fitter *fit, int32_t column) {
    const tt_build *build = fit->build;
    int64_t n_present = 0;
    for (int64_t i = 0; i < build->n_part[TT_TRAINING]; i++) {
        tt_cell cell = tt_build_cell(build, build->part_rows[TT_TRAINING][i], column);
        fit->values[i] = tt_number_of(cell);
        if (cell != TT_MISSING)
            fit->present[n_present++] = fit->values[i];
    }
    return n_present;
}

static void fit_number(const fitter *fit, tt_encoder *encoder) {
    int64_t n = fit->build->n_part[TT_TRAINING];
    int64_t n_present = gather(fit, encoder->column);
    if (n_present == 0)
        return;
    encoder->fill =
        fit->median ? tt_median(n_present, fit->present) : mean_of(n_present, fit->present);
    for (int64_t i = 0; i < n; i++)
        if (fit->values[i] != fit->values[i])
            fit->values[i] = encoder->fill;
    encoder->width = 1;
    encoder->constant = is_constant(n, fit->values);
    fit->scaler->fit(fit->params, n, fit->values, &encoder->offset, &encoder->scale);
}

static tt_status fit_levels(const fitter *fit, tt_encoder *encoder) {
    tt_build *build = fit->build;
    for (int64_t i = 0; i < build->n_part[TT_TRAINING]; i++) {
        tt_cell cell = tt_build_cell(build, build->part_rows[TT_TRAINING][i], encoder->column);
        if (cell == TT_MISSING || tt_levels_count(&encoder->levels, cell, MAX_LEVELS))
            continue;
        if (encoder->levels.failed)
            return tt_build_no_memory(build);
        return tt_fail_key(
            build->error, "data.categories",
            "Column \"%s\" has more than %i levels, too many for one-hot. Take it out "
            "of data.categories or leave the column out.",
            build->table->columns[encoder->column].name, MAX_LEVELS);
    }
    return TT_OK;
}

static tt_status fit_category(const fitter *fit, tt_encoder *encoder) {
    tt_levels *levels = &encoder->levels;
    tt_status status = fit_levels(fit, encoder);
    if (status != TT_OK)
        return status;
    if (!tt_table_sort_levels(fit->build->table, encoder->column, levels))
        return tt_build_no_memory(fit->build);
    for (int32_t i = 1; i < levels->n; i++)
        if (levels->items[i].count > levels->items[encoder->fill_level].count)
            encoder->fill_level = i;
    encoder->width = levels->n;
    encoder->constant = levels->n == 1;
    return TT_OK;
}

static void name_features(tt_build *build, const tt_encoder *encoder) {
    tt_text *names = &build->texts.features;
    for (int32_t i = 0; i < encoder->width; i++) {
        tt_text_add(names, "%s", build->table->columns[encoder->column].name);
        if (build->roles[encoder->column] == TT_AS_CATEGORY) {
            tt_text_add(names, "=");
            tt_table_add_text(build->table, encoder->column, encoder->levels.items[i].cell, names);
        }
        tt_end_name(names);
    }
}

static tt_status fit_encoder(const fitter *fit, int32_t column) {
    tt_build *build = fit->build;
    tt_encoder *encoder = &build->encoders[build->n_encoders++];
    encoder->column = column;
    encoder->first = build->n_features;
    tt_status status = TT_OK;
    if (build->roles[column] == TT_AS_NUMBER)
        fit_number(fit, encoder);
    else
        status = fit_category(fit, encoder);
    if (status == TT_OK && encoder->width == 0)
        tt_add_note(build, column,
                    "has nothing but missing values in the training rows and was left out");
    else if (encoder->constant)
        tt_add_note(build, column, "is constant in the training rows: it counts as zero");
    build->n_features += encoder->width;
    name_features(build, encoder);
    return status;
}

static tt_status fit_all(const fitter *fit) {
    tt_build *build = fit->build;
    tt_status status = TT_OK;
    for (int32_t i = 0; i < build->table->n_columns && status == TT_OK; i++)
        if (build->features[i])
            status = fit_encoder(fit, i);
    if (status == TT_OK && build->n_features == 0)
        status = tt_fail_key(build->error, "data.ignore",
                             "No feature is left besides the target: every other column is left "
                             "out, text, or empty.");
    return status;
}

tt_status tt_fit_encoders(tt_build *build) {
    size_t n = (size_t)build->n_part[TT_TRAINING];
    int32_t row;
    fitter fit = {.build = build};
    tt_config_rows(build->config, &tt_scaler_family, build->task, 1, &row);
    tt_config_params(build->config, &tt_scaler_family, row, fit.params);
    fit.scaler = &tt_scalers[row];
    fit.median = tt_config_is(build->config, "data.missing", "median");
    fit.values = malloc(n * sizeof *fit.values);
    fit.present = malloc(n * sizeof *fit.present);
    build->encoders = calloc((size_t)build->table->n_columns, sizeof *build->encoders);
    tt_status status =
        fit.values && fit.present && build->encoders ? fit_all(&fit) : tt_build_no_memory(build);
    free(fit.values);
    free(fit.present);
    return status;
}

tt_status tt_fit_target(tt_build *build) {
    build->target_scale = 1;
    if (build->task != TT_REGRESSION || tt_config_number(build->config, "data.scale_target") == 0)
        return TT_OK;
    int64_t n = build->n_part[TT_TRAINING];
    double *values = malloc((size_t)n * sizeof *values);
    if (!values)
        return tt_build_no_memory(build);
    for (int64_t i = 0; i < n; i++)
        values[i] = tt_table_number(build->table, build->part_rows[TT_TRAINING][i], build->target);
    const tt_scaler *standard = &tt_scalers[tt_family_find(&tt_scaler_family, "standard")];
    standard->fit(NULL, n, values, &build->target_offset, &build->target_scale);
    free(values);
    return TT_OK;
}
