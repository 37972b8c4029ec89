#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "select.h"
#include "settings.h"

/* What stands for a missing number. */
typedef enum filling { FILL_MEAN, FILL_MEDIAN, FILL_MOST_FREQUENT, FILL_CONSTANT } filling;

/* What the fitting of all encoders shares. */
typedef struct fitter {
    tt_build *build;
    double *values, *present; /* room for the training rows each */
} fitter;

static double mean_of(int64_t n, const double *x) {
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The smallest of equally frequent ones. */
static double most_frequent(int64_t n, double *x) {
    double best = x[0];
    int64_t most = 0;
    qsort(x, (size_t)n, sizeof *x, compare);
    for (int64_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && x[end] == x[start];)
            end++;
        if (end - start > most) {
            most = end - start;
            best = x[start];
        }
    }
    return best;
}

static bool is_constant(int64_t n, const double *x) {
    for (int64_t i = 1; i < n; i++)
        if (x[i] != x[0])
            return false;
    return true;
}

/* The numbers of the training rows into `values`, NaN where missing, and those that are there into
 * `present`, with the smallest and the largest; returns how many are there. */
static int64_t gather(const fitter *fit, int32_t column, double *min, double *max) {
    const tt_build *build = fit->build;
    const uint32_t *rows = build->part_rows[TT_TRAINING];
    double least = __builtin_inf(), most = -least, *values = fit->values, *present = fit->present;
    int64_t n = build->n_part[TT_TRAINING], n_present = 0;
    for (int64_t i = 0; i < n; i++) {
        tt_cell cell = tt_build_cell(build, rows[i], column);
        double x = tt_number_of(cell);
        values[i] = x;
        present[n_present] = x;
        n_present += cell != TT_MISSING;
        least = x < least ? x : least;
        most = x > most ? x : most;
    }
    *min = least;
    *max = most;
    return n_present;
}

static filling filling_of(const tt_config *config) {
    return tt_config_is(config, "data.missing", "median")          ? FILL_MEDIAN
           : tt_config_is(config, "data.missing", "most_frequent") ? FILL_MOST_FREQUENT
           : tt_config_is(config, "data.missing", "constant")      ? FILL_CONSTANT
                                                                   : FILL_MEAN;
}

/* Of n present values; a constant is none for a date. */
static double fill_of(const fitter *fit, int64_t n, bool date) {
    const tt_config *steps = fit->build->steps;
    switch (filling_of(steps)) {
    case FILL_MEDIAN:
        return tt_median(n, fit->present);
    case FILL_MOST_FREQUENT:
        return most_frequent(n, fit->present);
    case FILL_CONSTANT:
        return date ? tt_median(n, fit->present) : tt_config_number(steps, "data.fill_value");
    default:
        return mean_of(n, fit->present);
    }
}

/* Room for n more numbers that a scaler fits, zero where it leaves them. */
static bool reserve_fitted(tt_build *build, int32_t n) {
    if (build->n_fitted + n <= build->fitted_room)
        return true;
    int64_t room = 2 * build->fitted_room + n;
    double *fitted = realloc(build->fitted, (size_t)room * sizeof *fitted);
    if (!fitted)
        return false;
    memset(fitted + build->n_fitted, 0, (size_t)(room - build->n_fitted) * sizeof *fitted);
    build->fitted = fitted;
    build->fitted_room = room;
    return true;
}

tt_status tt_fit_scaler(tt_build *build, int32_t column, tt_encoder *encoder, int64_t n,
                        double *values) {
    const tt_scaler *scaler = build->scaler;
    int32_t n_fitted = tt_scaler_n_fitted(scaler, build->scaler_params);
    if (!reserve_fitted(build, n_fitted))
        return tt_build_no_memory(build);
    double *fitted = build->fitted + build->n_fitted;
    for (int64_t i = 0; i < n && scaler->defined; i++)
        if (!scaler->defined(values[i]))
            return tt_fail_at_number(build->error, build->table, column, scaler, values[i]);
    encoder->scaler = scaler;
    encoder->scaler_size = n_fitted;
    encoder->fitted = build->n_fitted;
    encoder->constant = is_constant(n, values);
    scaler->fit(build->scaler_params, n, values, fitted);
    build->n_fitted += n_fitted;
    for (int32_t i = 0; i < n_fitted; i++)
        if (fitted[i] - fitted[i] != 0)
            return tt_fail_too_large(build->error, build->table, column);
    return TT_OK;
}

/* Puts a number in the place of missing ones. */
static void fill_in(int64_t n, double *values, double fill) {
    for (int64_t i = 0; i < n; i++)
        if (values[i] != values[i])
            values[i] = fill;
}

static tt_status fit_number(const fitter *fit, int32_t column, tt_encoder *encoder) {
    int64_t n = fit->build->n_part[TT_TRAINING];
    int64_t n_present = gather(fit, column, &encoder->min, &encoder->max);
    if (n_present == 0)
        return TT_OK;
    bool date = fit->build->roles[column] == TT_AS_DATE;
    encoder->fill = fill_of(fit, n_present, date);
    encoder->median = tt_median(n_present, fit->present);
    encoder->whole = fit->build->table->columns[column].whole;
    if (n_present < n)
        fill_in(n, fit->values, encoder->fill);
    bool flags = tt_config_number(fit->build->steps, "data.missing_flag") != 0;
    encoder->flag = flags && n_present < n;
    if (date)
        return tt_fit_date(fit->build, column, encoder, fit->values, fit->present);
    encoder->width = 1 + encoder->flag;
    return tt_fit_scaler(fit->build, column, encoder, n, fit->values);
}

void tt_name_features(tt_dataset_texts *texts, const char *column, const tt_encoder *encoder) {
    tt_text *names = &texts->features;
    const char *level = texts->levels.bytes;
    int32_t n_levels = encoder->coding == TT_CODE_ONE_HOT ? encoder->n_levels : 0;
    for (int64_t i = 0; i < encoder->levels && n_levels > 0; i++)
        level += strlen(level) + 1;
    for (int32_t i = 0; i < n_levels; i++, level += strlen(level) + 1) {
        if (i < encoder->dropped)
            continue;
        tt_text_add(names, "%s=%s", column, level);
        tt_end_name(names);
    }
    if (n_levels > 0)
        return;
    for (int part = 0; part < TT_N_DATE_PARTS; part++) {
        if (!(encoder->parts >> part & 1))
            continue;
        tt_text_add(names, "%s.%s", column, tt_date_part_key((tt_date_part)part));
        tt_end_name(names);
    }
    if (encoder->coding != TT_CODE_DATE) {
        tt_text_add(names, "%s", column);
        tt_end_name(names);
    }
    if (encoder->flag) {
        tt_text_add(names, "%s=missing", column);
        tt_end_name(names);
    }
}

static void note_reading(const tt_reading *reading, tt_encoder *encoder) {
    if (reading->kind == TT_READ_FORMATTED)
        encoder->mark = reading->mark;
    if (reading->kind == TT_READ_DATE && reading->order_told)
        encoder->date_order = reading->order == TT_DAY_FIRST ? 'd' : 'm';
}

static tt_status fit_encoder(const fitter *fit, int32_t column) {
    tt_build *build = fit->build;
    tt_encoder *encoder = &build->encoders[build->n_encoders];
    *encoder = (tt_encoder){.first = build->n_features, .fill_level = -1, .other = -1};
    note_reading(&build->table->readings[column], encoder);
    tt_status status = tt_use_steps(build, column);
    if (status != TT_OK)
        return status;
    if (tt_is_numeric_role(build->roles[column]))
        status = fit_number(fit, column, encoder);
    else
        status = tt_fit_category(build, column, encoder, fit->values);
    if (status != TT_OK)
        return status;
    if (encoder->width == 0) {
        tt_add_note(build, column,
                    "has nothing but missing values in the training rows and was left out");
        return TT_OK;
    }
    if (encoder->constant && !encoder->flag)
        tt_add_note(build, column, "is constant in the training rows: it counts as zero");
    build->n_encoders++;
    build->n_features += encoder->width;
    tt_text_add(&build->texts.columns, "%s", build->table->columns[column].name);
    tt_end_name(&build->texts.columns);
    if (build->texts.levels.failed)
        return tt_build_no_memory(build);
    tt_name_features(&build->texts, build->table->columns[column].name, encoder);
    return TT_OK;
}

static tt_status fit_all(const fitter *fit) {
    tt_build *build = fit->build;
    tt_status status = TT_OK;
    for (int32_t i = 0; i < build->table->n_columns && status == TT_OK; i++)
        if (build->features[i])
            status = fit_encoder(fit, i);
    if (status == TT_OK && build->table->n_columns == 1)
        status = tt_fail_key(build->error, "data.delimiter",
                             "The file has only one column, and training takes one to predict and "
                             "others to predict from. If it has more, set data.delimiter to what "
                             "separates them.");
    else if (status == TT_OK && build->n_features == 0)
        status = tt_fail_key(build->error, "data.ignore",
                             "No feature is left besides the target: every other column is left "
                             "out, text, or empty.");
    return status;
}

tt_status tt_fit_encoders(tt_build *build) {
    size_t n = (size_t)build->n_part[TT_TRAINING], n_columns = (size_t)build->table->n_columns;
    tt_status status = tt_use_steps(build, -1);
    if (status != TT_OK)
        return status;
    fitter fit = {.build = build,
                  .values = malloc(n * sizeof *fit.values),
                  .present = malloc(n * sizeof *fit.present)};
    build->encoders = calloc(n_columns, sizeof *build->encoders);
    bool good = fit.values && fit.present && build->encoders;
    status = good ? fit_all(&fit) : tt_build_no_memory(build);
    if (status == TT_OK)
        status = tt_use_steps(build, -1);
    free(fit.values);
    free(fit.present);
    return status;
}
