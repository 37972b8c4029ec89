/* Models, their predictions, and what is asked of them, as in exports.c. */

#include "export.h"

EXPORT(model_new)
tt_model *js_model_new(const tt_trainer *trainer, int32_t weights, tt_error *error) {
    return tt_model_new(trainer, weights ? TT_BEST : TT_PRESENT, error);
}
EXPORT(model_load)
tt_model *js_model_load(const void *bytes, size_t size, tt_error *error) {
    return tt_model_load(bytes, size, error);
}
EXPORT(model_free)
void js_model_free(tt_model *model) {
    tt_model_free(model);
}
EXPORT(model_size)
double js_model_size(const tt_model *model) {
    return (double)tt_model_size(model);
}
EXPORT(model_save)
void js_model_save(const tt_model *model, void *bytes) {
    tt_model_save(model, bytes);
}
EXPORT(model_json)
char *js_model_json(const tt_model *model) {
    return tt_model_json(model);
}

EXPORT(prediction_new)
tt_prediction *js_prediction_new(tt_model *model, const tt_table *table, tt_error *error) {
    return tt_prediction_new(model, table, error);
}
EXPORT(prediction_free)
void js_prediction_free(tt_prediction *prediction) {
    tt_prediction_free(prediction);
}
EXPORT(prediction_run)
int32_t js_prediction_run(tt_prediction *prediction, int32_t max_rows, tt_error *error) {
    return tt_prediction_run(prediction, max_rows, error);
}
EXPORT(prediction_values)
const double *js_prediction_values(const tt_prediction *prediction) {
    return tt_prediction_values(prediction);
}
EXPORT(prediction_json)
char *js_prediction_json(const tt_prediction *prediction) {
    return tt_prediction_json(prediction);
}
EXPORT(prediction_csv)
char *js_prediction_csv(const tt_prediction *prediction, double first, int32_t n_rows) {
    return tt_prediction_csv(prediction, (int64_t)first, n_rows);
}

EXPORT(probe_width)
int32_t js_probe_width(const tt_model *model) {
    return tt_probe_width(model);
}
EXPORT(probe_typical_row)
void js_probe_typical_row(const tt_model *model, float *base) {
    tt_probe_typical_row(model, base);
}
EXPORT(probe_table_row)
int32_t js_probe_table_row(const tt_model *model, const tt_table *table, double row, float *base,
                           tt_error *error) {
    return tt_probe_table_row(model, table, (int64_t)row, base, error);
}

EXPORT(probe_n_points)
int32_t js_probe_n_points(const tt_model *model, int32_t column, int32_t n) {
    const tt_axis axis = {column, n, 0, 0};
    return tt_probe_n_points(model, &axis);
}
EXPORT(probe_points)
void js_probe_points(const tt_model *model, int32_t column, int32_t n, double low, double high,
                     double *values) {
    const tt_axis axis = {column, n, low, high};
    tt_probe_points(model, &axis, values);
}

/* An axis crosses as its numbers, one after the other; column -1 stands for no axis. */
EXPORT(probe_map)
int32_t js_probe_map(tt_model *model, const float *base, int32_t x, int32_t n_x, double low_x,
                     double high_x, int32_t y, int32_t n_y, double low_y, double high_y,
                     double *predictions, tt_error *error) {
    const tt_axis axes[] = {{x, n_x, low_x, high_x}, {y, n_y, low_y, high_y}};
    return tt_probe_map(model, base, x < 0 ? 0 : y < 0 ? 1 : 2, axes, predictions, error);
}
EXPORT(probe_sample)
double js_probe_sample(const tt_dataset *dataset, double n, double seed, uint32_t *rows) {
    return (double)tt_probe_sample(dataset, (int64_t)n, (uint64_t)seed, rows);
}
EXPORT(probe_lines)
int32_t js_probe_lines(tt_model *model, const tt_dataset *dataset, double n, const uint32_t *rows,
                       int32_t column, int32_t n_points, double low, double high, double *lines,
                       tt_error *error) {
    const tt_axis axis = {column, n_points, low, high};
    return tt_probe_lines(model, dataset, (int64_t)n, rows, &axis, lines, error);
}
EXPORT(probe_mean)
void js_probe_mean(double n, double size, const double *lines, double *mean) {
    tt_probe_mean((int64_t)n, (int64_t)size, lines, mean);
}

EXPORT(importance_new)
tt_importance *js_importance_new(tt_model *model, const tt_dataset *dataset, int32_t part,
                                 int32_t column, double max_rows, double seed, tt_error *error) {
    return tt_importance_new(model, dataset, (tt_part)part, column, (int64_t)max_rows,
                             (uint64_t)seed, error);
}
EXPORT(importance_free)
void js_importance_free(tt_importance *importance) {
    tt_importance_free(importance);
}
EXPORT(importance_shuffle)
void js_importance_shuffle(tt_importance *importance) {
    tt_importance_shuffle(importance);
}

/* The result as doubles, in the order of tt_importance_result. */
EXPORT(importance_result)
void js_importance_result(const tt_importance *importance, double *values) {
    tt_importance_result r;
    tt_importance_result_of(importance, &r);
    const double all[] = {
        (double)r.n_rows, r.n_shuffles,          r.loss,        r.metric,
        r.loss_rise,      r.loss_rise_deviation, r.metric_drop, r.metric_drop_deviation};
    memcpy(values, all, sizeof all);
}
