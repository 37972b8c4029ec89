#include "fuzz.h"

#include "random.h"

/* The last bytes choose settings and chunks, so that a file as it is makes an input. */
enum { N_CHOICES = 6 };

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
    tt_config *config = fuzz_config();
    fuzz_set(config, "data.delimiter", delimiters[choices[0] % 4]);
    fuzz_set(config, "data.header", headers[choices[0] / 4 % 3]);
    fuzz_set(config, "data.quote", quotes[choices[4] % 4]);
    fuzz_set(config, "data.escape", escapes[choices[4] / 4 % 2]);
    fuzz_set(config, "data.comment", comments[choices[4] / 8 % 2]);
    fuzz_set(config, "data.skip", skips[choices[4] / 16 % 2]);
    fuzz_set(config, "data.charset", charsets[choices[5] % 4]);
    fuzz_set(config, "data.ragged_rows", ragged[choices[5] / 4 % 2]);
    fuzz_set(config, "data.bad_quotes", bad_quotes[choices[5] / 8 % 2]);
    fuzz_set(config, "data.missing", missing[choices[1] % 3]);
    fuzz_set(config, "scaler", scalers[choices[1] / 3 % 3]);
    fuzz_set(config, "data.task", tasks[choices[2] % 4]);
    fuzz_set(config, "split.validation", shares[choices[2] / 4 % 4]);
    fuzz_set(config, "data.categories", choices[2] & 64 ? "a" : "");
    fuzz_set(config, "data.numbers", choices[2] & 128 ? "b" : "");
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
            fuzz_check(number != number || (number - number == 0 && length > 0),
                       "a number is finite and has a text");
        }
    for (int32_t i = 0; i < tt_table_n_columns(table); i++)
        fuzz_check(tt_table_find(table, tt_table_column(table, i)->name) == i,
                   "a column is found by its name");
    fuzz_check_json(tt_table_json(table, 10));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size < N_CHOICES)
        return 0;
    size -= N_CHOICES;
    const uint8_t *choices = bytes + size;
    tt_config *config = choose_config(choices);
    tt_table *table = read_chunks(config, choices[3], bytes, size);
    tt_error error = {0};
    if (table) {
        walk_table(table);
        tt_dataset *dataset = tt_dataset_new(table, config, &error);
        if (dataset)
            fuzz_check_dataset(dataset, tt_table_n_rows(table));
        else
            fuzz_check_error(&error);
        tt_dataset_free(dataset);
    }
    tt_table_free(table);
    tt_config_free(config);
    return 0;
}
