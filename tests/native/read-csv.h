#ifndef READ_CSV_H
#define READ_CSV_H

#include <string.h>

#include "tabtrain/tabtrain.h"

/* Shared by the tests of the data room: a table or a data set from a CSV text and the text of a
 * .cfg file. NULL with `error` filled in where the library fails. */

static inline tt_config *config_of(const char *cfg) {
    tt_error error;
    tt_config *config = tt_config_new();
    if (tt_config_read(config, cfg, strlen(cfg), &error) != TT_OK)
        fail_msg("%s: %s", error.key, error.message);
    return config;
}

static inline tt_table *read_bytes(const char *bytes, size_t size, const char *cfg,
                                   tt_error *error) {
    tt_config *config = config_of(cfg);
    tt_csv *csv = tt_csv_new(config, error);
    tt_csv_feed(csv, bytes, size, NULL);
    tt_table *table = tt_csv_finish(csv, error);
    tt_csv_free(csv);
    tt_config_free(config);
    return table;
}

static inline tt_table *read_text(const char *text, const char *cfg, tt_error *error) {
    return read_bytes(text, strlen(text), cfg, error);
}

/* For a text that must be good. */
static inline tt_table *good_table(const char *text, const char *cfg) {
    tt_error error;
    tt_table *table = read_text(text, cfg, &error);
    if (!table)
        fail_msg("%s", error.message);
    return table;
}

static inline tt_dataset *make_dataset(const char *text, const char *cfg, tt_error *error) {
    tt_table *table = good_table(text, cfg);
    tt_config *config = config_of(cfg);
    tt_dataset *dataset = tt_dataset_new(table, config, error);
    tt_config_free(config);
    tt_table_free(table);
    return dataset;
}

static inline tt_dataset *good_dataset(const char *text, const char *cfg) {
    tt_error error;
    tt_dataset *dataset = make_dataset(text, cfg, &error);
    if (!dataset)
        fail_msg("%s: %s", error.key, error.message);
    return dataset;
}

static inline void assert_mentions(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("\"%s\" does not mention \"%s\"", text, part);
}

#endif
