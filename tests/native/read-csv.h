#ifndef READ_CSV_H
#define READ_CSV_H

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tabtrain/tabtrain.h"

/* Shared by the tests of the rooms of tables and data: a table or a data set from a CSV text and
 * the text of a .cfg file. NULL with `error` filled in where the library fails. */

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
    if (csv)
        tt_csv_feed(csv, bytes, size, NULL);
    tt_table *table = csv ? tt_csv_finish(csv, error) : NULL;
    tt_csv_free(csv);
    tt_config_free(config);
    return table;
}

static inline tt_table *read_text(const char *text, const char *cfg, tt_error *error) {
    return read_bytes(text, strlen(text), cfg, error);
}

/* The same, with chunks of at most `longest` bytes. */
static inline tt_table *read_in_chunks(tt_random *random, const char *text, size_t size,
                                       uint32_t longest, const char *cfg, tt_error *error) {
    tt_config *config = config_of(cfg);
    tt_csv *csv = tt_csv_new(config, error);
    for (size_t at = 0; at < size;) {
        size_t chunk = 1 + tt_random_below(random, longest);
        chunk = chunk < size - at ? chunk : size - at;
        char *copy = malloc(chunk); /* of the exact size, so that a sanitizer sees a step too far */
        memcpy(copy, text + at, chunk);
        tt_csv_feed(csv, copy, chunk, error);
        free(copy);
        at += chunk;
    }
    tt_table *table = tt_csv_finish(csv, error);
    tt_csv_free(csv);
    tt_config_free(config);
    return table;
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

static inline void expect_failure(const char *text, const char *cfg, tt_status status,
                                  const char *key, int column, const char *part) {
    tt_error error = {0};
    tt_dataset *dataset = make_dataset(text, cfg, &error);
    if (dataset)
        fail_msg("no failure where \"%s\" was due", part);
    assert_int_equal(error.status, status);
    assert_string_equal(error.key, key);
    assert_int_equal(error.column, column);
    assert_mentions(error.message, part);
}

static inline void expect_bad_setting(const char *text, const char *cfg, const char *key,
                                      const char *part) {
    expect_failure(text, cfg, TT_BAD_SETTING, key, 0, part);
}

static inline void expect_bad_data(const char *text, const char *cfg, int column,
                                   const char *part) {
    expect_failure(text, cfg, TT_BAD_DATA, "", column, part);
}

static inline void expect_x(const tt_dataset *dataset, tt_part part, int32_t feature,
                            const double *wanted) {
    int32_t n_features = tt_dataset_n_features(dataset);
    for (int64_t i = 0; i < tt_dataset_n_rows(dataset, part); i++) {
        float value = tt_dataset_x(dataset, part)[i * n_features + feature];
        if (value != (float)wanted[i])
            fail_msg("%s of row %d is %.9g, not %.9g", tt_dataset_feature_name(dataset, feature),
                     (int)i, (double)value, wanted[i]);
    }
}

static inline void expect_features(const tt_dataset *dataset, int32_t n, const char *const *names) {
    assert_int_equal(tt_dataset_n_features(dataset), n);
    for (int32_t i = 0; i < n; i++)
        assert_string_equal(tt_dataset_feature_name(dataset, i), names[i]);
}

#endif
