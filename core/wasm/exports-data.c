/* What the rows of a table and of a data set tell, as in exports.c. */

#include "export.h"

EXPORT(repeats_json)
char *js_repeats_json(const tt_table *table, const tt_dataset *dataset, tt_error *error) {
    return tt_repeats_json(table, dataset, error);
}
EXPORT(n_fact_columns)
int32_t js_n_fact_columns(const tt_dataset *dataset) {
    return tt_n_fact_columns(dataset);
}
EXPORT(column_facts_json)
char *js_column_facts_json(const tt_table *table, const tt_dataset *dataset, int32_t first,
                           int32_t n, tt_error *error) {
    return tt_column_facts_json(table, dataset, first, n, error);
}
EXPORT(image_json)
char *js_image_json(const tt_dataset *dataset, const tt_config *config, tt_error *error) {
    return tt_image_json(dataset, config, error);
}
EXPORT(picture_preview)
int32_t js_picture_preview(const tt_dataset *dataset, const tt_config *config, int32_t n,
                           uint32_t seed, float *originals, float *changed, tt_error *error) {
    return tt_picture_preview(dataset, config, n, seed, originals, changed, error);
}
EXPORT(table_draw_rows)
int32_t js_table_draw_rows(const tt_table *table, int32_t n, uint32_t seed, uint32_t *rows) {
    return (int32_t)tt_table_draw_rows(table, n, seed, rows);
}
EXPORT(prepared_json)
char *js_prepared_json(const tt_table *table, const tt_dataset *dataset, int32_t n,
                       const int32_t *columns, int32_t n_bins, tt_error *error) {
    return tt_prepared_json(table, dataset, n, columns, n_bins, error);
}
