#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "tabtrain/tabtrain.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The first bytes choose settings and chunks; the rest is the file. */
enum { N_CHOICES = 6 };

static void set(tt_config *config, const char *key, const char *value) {
    if (tt_config_set(config, key, value, NULL) != TT_OK)
        abort();
}

static tt_config *choose_config(const uint8_t *choices) {
    static const char *const delimiters[] = {"auto", "comma", "space", "tab"};
    static const char *const headers[] = {"auto", "yes", "no"};
    static const char *const quotes[] = {"auto", "double", "single", "none"};
    static const char *const escapes[] = {"auto", "backslash"};
    static const char *const comments[] = {"auto", "hash"}, *const skips[] = {"auto", "1"};
    static const char *const charsets[] = {"auto", "utf-16le", "windows-1252", "utf-8"};
    static const char *const ragged[] = {"drop", "fill"}, *const bad_quotes[] = {"keep", "drop"};
    static const char *const missing[] = {"mean", "median", "drop"};
    static const char *const scalers[] = {"none", "standard", "minmax"};
    static const char *const tasks[] = {"auto", "regression", "binary", "multiclass"};
    static const char *const shares[] = {"0", "0.2", "0.5", "0.9"};
    tt_config *config = tt_config_new();
    set(config, "data.delimiter", delimiters[choices[0] % 4]);
    set(config, "data.header", headers[choices[0] / 4 % 3]);
    set(config, "data.quote", quotes[choices[4] % 4]);
    set(config, "data.escape", escapes[choices[4] / 4 % 2]);
    set(config, "data.comment", comments[choices[4] / 8 % 2]);
    set(config, "data.skip", skips[choices[4] / 16 % 2]);
    set(config, "data.charset", charsets[choices[5] % 4]);
    set(config, "data.ragged_rows", ragged[choices[5] / 4 % 2]);
    set(config, "data.bad_quotes", bad_quotes[choices[5] / 8 % 2]);
    set(config, "data.missing", missing[choices[1] % 3]);
    set(config, "scaler", scalers[choices[1] / 3 % 3]);
    set(config, "data.task", tasks[choices[2] % 4]);
    set(config, "split.validation", shares[choices[2] / 4 % 4]);
    set(config, "data.categories", choices[2] & 64 ? "a" : "");
    set(config, "data.numbers", choices[2] & 128 ? "b" : "");
    return config;
}

static tt_table *read_chunks(const tt_config *config, uint8_t seed, const uint8_t *bytes,
                             size_t size) {
    tt_random random = tt_random_new(seed, TT_FOR_SPLIT);
    tt_csv *csv = tt_csv_new(config, NULL);
    for (size_t at = 0; at < size;) {
        size_t chunk = 1 + tt_random_below(&random, seed & 1 ? 8 : 2000);
        chunk = chunk < size - at ? chunk : size - at;
        tt_csv_feed(csv, (const char *)bytes + at, chunk, NULL);
        at += chunk;
    }
    tt_table *table = tt_csv_finish(csv, NULL);
    tt_csv_free(csv);
    return table;
}

static void walk_table(const tt_table *table) {
    char text[16];
    for (int64_t row = 0; row < tt_table_n_rows(table); row++)
        for (int32_t i = 0; i < tt_table_n_columns(table); i++) {
            double number = tt_table_number(table, row, i);
            size_t length = tt_table_text(table, row, i, text, sizeof text);
            if (number == number && (number - number != 0 || length == 0))
                abort();
        }
    for (int32_t i = 0; i < tt_table_n_columns(table); i++)
        if (tt_table_find(table, tt_table_column(table, i)->name) != i)
            abort();
    tt_free_text(tt_table_json(table, 10));
}

static void walk_dataset(const tt_dataset *dataset, int64_t n_rows) {
    int64_t n_used = 0;
    for (int part = TT_TRAINING; part <= TT_VALIDATION; part++) {
        int64_t n = tt_dataset_n_rows(dataset, (tt_part)part);
        const float *x = tt_dataset_x(dataset, (tt_part)part);
        const float *y = tt_dataset_y(dataset, (tt_part)part);
        for (int64_t i = 0; i < n * tt_dataset_n_features(dataset); i++)
            if (x[i] - x[i] != 0)
                abort();
        for (int64_t i = 0; i < n * tt_dataset_n_targets(dataset); i++)
            if (y[i] - y[i] != 0)
                abort();
        for (int64_t i = 0; i < n; i++)
            if (tt_dataset_source_row(dataset, (tt_part)part, i) >= n_rows)
                abort();
        n_used += n;
    }
    if (n_used > n_rows || tt_dataset_n_rows(dataset, TT_TRAINING) < 1)
        abort();
    tt_free_text(tt_dataset_json(dataset));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size < N_CHOICES)
        return 0;
    tt_config *config = choose_config(bytes);
    tt_table *table = read_chunks(config, bytes[3], bytes + N_CHOICES, size - N_CHOICES);
    tt_error error = {0};
    if (table) {
        walk_table(table);
        tt_dataset *dataset = tt_dataset_new(table, config, &error);
        if (dataset)
            walk_dataset(dataset, tt_table_n_rows(table));
        else if (error.status == TT_OK || !*error.message)
            abort();
        tt_dataset_free(dataset);
    }
    tt_table_free(table);
    tt_config_free(config);
    return 0;
}
