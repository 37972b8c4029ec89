/* The library as a wasm module: integers and handles in, handles out. A handle is the address of an
 * object; counts that may pass 2^31 cross as doubles, texts as addresses of NUL-terminated UTF-8.
 * Whoever gets a handle from a *_new or csv_finish gives it back to the matching *_free; texts from
 * *_json go back to text_free. A function that can fail takes an error from error_new. What each
 * function does is said in include/tabtrain. */

#include <malloc.h>

#include "export.h"

/* Room for bytes that cross the border. */
EXPORT(alloc)
void *js_alloc(size_t size) {
    return malloc(size);
}
EXPORT(free)
void js_free(void *block) {
    free(block);
}

/* Bytes of memory that are in use. */
EXPORT(memory_in_use)
double js_memory_in_use(void) {
    return (double)(size_t)mallinfo().uordblks;
}

/* Errors: made once, filled in by whatever fails, read field by field. */
EXPORT(error_new)
tt_error *js_error_new(void) {
    return calloc(1, sizeof(tt_error));
}
EXPORT(error_status)
int32_t js_error_status(const tt_error *error) {
    return error->status;
}
EXPORT(error_line)
double js_error_line(const tt_error *error) {
    return (double)error->line;
}
EXPORT(error_column)
double js_error_column(const tt_error *error) {
    return (double)error->column;
}
EXPORT(error_key)
const char *js_error_key(const tt_error *error) {
    return error->key;
}
EXPORT(error_message)
const char *js_error_message(const tt_error *error) {
    return error->message;
}

EXPORT(catalogue_json)
char *js_catalogue_json(void) {
    return tt_catalogue_json();
}
EXPORT(text_free)
void js_text_free(char *text) {
    tt_free_text(text);
}

EXPORT(config_new)
tt_config *js_config_new(void) {
    return tt_config_new();
}
EXPORT(config_free)
void js_config_free(tt_config *config) {
    tt_config_free(config);
}
EXPORT(config_set)
int32_t js_config_set(tt_config *config, const char *key, const char *value, tt_error *error) {
    return tt_config_set(config, key, value, error);
}
EXPORT(config_get)
const char *js_config_get(const tt_config *config, const char *key) {
    return tt_config_get(config, key);
}
EXPORT(config_read)
int32_t js_config_read(tt_config *config, const char *text, size_t size, tt_error *error) {
    return tt_config_read(config, text, size, error);
}
EXPORT(config_fold)
tt_config *js_config_fold(const tt_config *config, int32_t repeat, int32_t fold, tt_error *error) {
    return tt_config_fold(config, repeat, fold, error);
}
EXPORT(schedule_preview)
int32_t js_schedule_preview(const tt_config *config, double total_steps, double steps_per_epoch,
                            int32_t n, double *rates, double *momenta, tt_error *error) {
    return tt_schedule_preview(config, (int64_t)total_steps, (int64_t)steps_per_epoch, n, rates,
                               momenta, error);
}

EXPORT(csv_new)
tt_csv *js_csv_new(const tt_config *config, tt_error *error) {
    return tt_csv_new(config, error);
}
EXPORT(csv_feed)
int32_t js_csv_feed(tt_csv *csv, const char *bytes, size_t size, tt_error *error) {
    return tt_csv_feed(csv, bytes, size, error);
}
EXPORT(csv_so_far)
void js_csv_so_far(const tt_csv *csv, double out[3]) {
    tt_csv_progress progress = tt_csv_so_far(csv);
    out[0] = (double)progress.n_rows;
    out[1] = (double)progress.n_left_out;
    out[2] = (double)progress.n_columns;
}
EXPORT(csv_finish_piece)
int32_t js_csv_finish_piece(tt_csv *csv, tt_error *error) {
    return tt_csv_finish_piece(csv, error);
}
EXPORT(csv_finish)
tt_table *js_csv_finish(tt_csv *csv, tt_error *error) {
    return tt_csv_finish(csv, error);
}
EXPORT(csv_free)
void js_csv_free(tt_csv *csv) {
    tt_csv_free(csv);
}
EXPORT(table_free)
void js_table_free(tt_table *table) {
    tt_table_free(table);
}
EXPORT(table_json)
char *js_table_json(const tt_table *table, int32_t n_rows) {
    return tt_table_json(table, n_rows);
}
EXPORT(table_n_rows)
double js_table_n_rows(const tt_table *table) {
    return (double)tt_table_n_rows(table);
}

EXPORT(dataset_new)
tt_dataset *js_dataset_new(const tt_table *table, const tt_config *config, tt_error *error) {
    return tt_dataset_new(table, config, error);
}
EXPORT(dataset_free)
void js_dataset_free(tt_dataset *dataset) {
    tt_dataset_free(dataset);
}
EXPORT(dataset_n_rows)
double js_dataset_n_rows(const tt_dataset *dataset, int32_t part) {
    return (double)tt_dataset_n_rows(dataset, (tt_part)part);
}
EXPORT(dataset_json)
char *js_dataset_json(const tt_dataset *dataset) {
    return tt_dataset_json(dataset);
}

EXPORT(trainer_new)
tt_trainer *js_trainer_new(const tt_dataset *dataset, const tt_config *config, tt_error *error) {
    return tt_trainer_new(dataset, config, error);
}
EXPORT(trainer_free)
void js_trainer_free(tt_trainer *trainer) {
    tt_trainer_free(trainer);
}
EXPORT(trainer_run)
int32_t js_trainer_run(tt_trainer *trainer, double until_step, int32_t max_work, tt_error *error) {
    return tt_trainer_run(trainer, (int64_t)until_step, max_work, error);
}
EXPORT(n_history_columns)
int32_t js_n_history_columns(void) {
    return tt_n_history_columns();
}
EXPORT(trainer_take_history)
int32_t js_trainer_take_history(tt_trainer *trainer, double *rows, int32_t max_rows) {
    return tt_trainer_take_history(trainer, rows, max_rows);
}
EXPORT(trainer_set)
int32_t js_trainer_set(tt_trainer *trainer, const char *key, const char *value, tt_error *error) {
    return tt_trainer_set(trainer, key, value, error);
}
EXPORT(trainer_restore_best)
void js_trainer_restore_best(tt_trainer *trainer) {
    tt_trainer_restore_best(trainer);
}
EXPORT(trainer_n_parameters)
double js_trainer_n_parameters(const tt_trainer *trainer) {
    return (double)tt_trainer_n_parameters(trainer);
}
EXPORT(trainer_parameters)
void js_trainer_parameters(const tt_trainer *trainer, float *values) {
    tt_trainer_parameters(trainer, values);
}
EXPORT(trainer_set_parameters)
void js_trainer_set_parameters(tt_trainer *trainer, const float *values) {
    tt_trainer_set_parameters(trainer, values);
}
EXPORT(trainer_snapshot_size)
double js_trainer_snapshot_size(const tt_trainer *trainer) {
    return (double)tt_trainer_snapshot_size(trainer);
}
EXPORT(trainer_save)
int32_t js_trainer_save(const tt_trainer *trainer, void *snapshot, size_t size, tt_error *error) {
    return tt_trainer_save(trainer, snapshot, size, error);
}
EXPORT(trainer_load)
int32_t js_trainer_load(tt_trainer *trainer, const void *snapshot, size_t size, tt_error *error) {
    return tt_trainer_load(trainer, snapshot, size, error);
}
EXPORT(trainer_gradient_json)
char *js_trainer_gradient_json(tt_trainer *trainer, int32_t n_rows, int32_t most_per_tensor,
                               tt_error *error) {
    return tt_trainer_gradient_json(trainer, n_rows, most_per_tensor, error);
}
EXPORT(trainer_json)
char *js_trainer_json(const tt_trainer *trainer) {
    return tt_trainer_json(trainer);
}

EXPORT(report_begin)
tt_report *js_report_begin(tt_trainer *trainer, int32_t part, tt_error *error) {
    return tt_report_begin(trainer, (tt_part)part, error);
}
EXPORT(report_run)
int32_t js_report_run(tt_report *report) {
    return tt_report_run(report);
}
EXPORT(report_free)
void js_report_free(tt_report *report) {
    tt_report_free(report);
}
EXPORT(report_json)
char *js_report_json(const tt_report *report) {
    return tt_report_json(report);
}
EXPORT(report_n_rows)
double js_report_n_rows(const tt_report *report) {
    return (double)tt_report_n_rows(report);
}
EXPORT(report_n_outputs)
int32_t js_report_n_outputs(const tt_report *report) {
    return tt_report_n_outputs(report);
}
EXPORT(report_predictions)
const float *js_report_predictions(const tt_report *report) {
    return tt_report_predictions(report);
}
EXPORT(report_n_targets)
int32_t js_report_n_targets(const tt_report *report) {
    return tt_report_n_targets(report);
}
EXPORT(report_targets)
const float *js_report_targets(const tt_report *report) {
    return tt_report_targets(report);
}

/* Progress as doubles, in the order of tt_progress. */
EXPORT(trainer_progress)
void js_trainer_progress(const tt_trainer *trainer, double *values) {
    tt_progress p;
    tt_trainer_progress(trainer, &p);
    const double all[] = {
        p.status,        (double)p.step,      (double)p.total_steps, (double)p.steps_per_epoch,
        (double)p.epoch, (double)p.rows_seen, (double)p.best_epoch,  p.best_loss,
        p.batch_loss,    p.learning_rate,     p.evaluating,
    };
    memcpy(values, all, sizeof all);
}

/* The hash as 16 hexadecimal digits and a NUL. */
EXPORT(trainer_hash)
void js_trainer_hash(const tt_trainer *trainer, char text[17]) {
    uint64_t hash = tt_trainer_hash(trainer);
    for (int i = 15; i >= 0; i--, hash >>= 4)
        text[i] = "0123456789abcdef"[hash & 15];
    text[16] = 0;
}
