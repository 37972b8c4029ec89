/* Looking inside a run, as JSON texts, as in exports.c. */

#include "export.h"

EXPORT(trainer_inspection_json)
char *js_trainer_inspection_json(tt_trainer *trainer, int32_t part, int32_t n_rows, int32_t n_bins,
                                 tt_error *error) {
    tt_inspection *inspection = tt_inspection_new(trainer, (tt_part)part, n_rows, n_bins, error);
    char *json = inspection ? tt_inspection_json(inspection) : NULL;
    tt_inspection_free(inspection);
    return json;
}
EXPORT(trainer_explain_json)
char *js_trainer_explain_json(tt_trainer *trainer, int32_t tensor, int32_t row, int32_t column,
                              int32_t n_rows, tt_error *error) {
    return tt_trainer_explain_json(trainer, tensor, row, column, n_rows, error);
}
EXPORT(trainer_autopsy_json)
char *js_trainer_autopsy_json(const tt_trainer *trainer) {
    return tt_trainer_autopsy_json(trainer);
}
EXPORT(trainer_baselines_json)
char *js_trainer_baselines_json(tt_trainer *trainer, tt_error *error) {
    return tt_trainer_baselines_json(trainer, error);
}
EXPORT(table_rows_json)
char *js_table_rows_json(const tt_table *table, int32_t n, const int32_t *rows, tt_error *error) {
    return tt_table_rows_json(table, n, rows, error);
}
EXPORT(table_cells_json)
char *js_table_cells_json(const tt_table *table, int32_t column, double first, int32_t n) {
    return tt_table_cells_json(table, column, (int64_t)first, n);
}
EXPORT(describe_json)
char *js_describe_json(const tt_table *table, const tt_config *config, int32_t n,
                       const int32_t *columns, int32_t n_bins, tt_error *error) {
    return tt_describe_json(table, config, n, columns, n_bins, error);
}
EXPORT(report_source_rows)
void js_report_source_rows(const tt_report *report, int32_t *rows) {
    for (int64_t i = 0; i < tt_report_n_rows(report); i++)
        rows[i] = (int32_t)tt_report_source_row(report, i);
}
EXPORT(dataset_source_row)
double js_dataset_source_row(const tt_dataset *dataset, int32_t part, double row) {
    return (double)tt_dataset_source_row(dataset, (tt_part)part, (int64_t)row);
}
