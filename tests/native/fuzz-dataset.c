#include "fuzz.h"

#include "text.h"

/* The input chooses a small table, cell by cell, and settings of its preparation. Whatever is
 * fitted on it must be finite, and must encode the rows of another file as it encoded its own. */

enum { MAX_COLUMNS = 6, MAX_ROWS = 24, MAX_SETTINGS = 8 };

static const char *const names[MAX_COLUMNS] = {"a", "b", "c", "d", "e", "f"};

static const char *const cells[] = {
    "0",          "1",          "2",          "-1",         "3.5",      "7",          "1000000",
    "1e300",      "-1e300",     "1e-300",     "5e-324",     "16777217", "0.1",        "inf",
    "",           "NA",         "?",          "x",          "y",        "z",          "yes",
    "no",         "007",        "$5",         "12 %",       "1'234.5",  "2024-03-01", "2024-03-02",
    "1999-12-31", "03/04/2024", "13/04/2024", "2024-02-29", "red",      "blue",       "a b",
};

/* Of one column, as data.by_column has them. */
static const char *const steps[] = {
    "scaler=quantile",
    "scaler=power",
    "scaler=log1p missing=drop",
    "missing=constant",
    "missing_flag=1",
    "min_count=3",
    "encoding=ordinal",
    "encoding=ordinal scaler=robust",
    "date_parts=year,hour",
};
enum { N_STEPS = sizeof steps / sizeof steps[0] };

/* A table as CSV text, with its columns in the given order and perhaps one more. */
typedef struct rows {
    int32_t n_columns, n_rows;
    uint8_t cell[MAX_ROWS][MAX_COLUMNS];
} rows;

static rows choose_rows(fuzz_input *input) {
    rows table = {.n_columns = 2 + (int32_t)fuzz_below(input, MAX_COLUMNS - 1),
                  .n_rows = 2 + (int32_t)fuzz_below(input, MAX_ROWS - 1)};
    for (int32_t row = 0; row < table.n_rows; row++)
        for (int32_t i = 0; i < table.n_columns; i++)
            table.cell[row][i] = (uint8_t)fuzz_below(input, sizeof cells / sizeof cells[0]);
    return table;
}

static char *to_csv(const rows *table, int32_t rotate, bool one_more) {
    tt_text text = {0};
    for (int32_t row = -1; row < table->n_rows; row++) {
        for (int32_t i = 0; i < table->n_columns; i++) {
            int32_t column = (i + rotate) % table->n_columns;
            tt_text_add(&text, "%s%s", i ? "," : "",
                        row < 0 ? names[column] : cells[table->cell[row][column]]);
        }
        if (one_more)
            tt_text_add(&text, row < 0 ? ",more" : ",%i", (int)row);
        tt_text_add(&text, "\n");
    }
    return tt_text_finish(&text);
}

static tt_table *read_csv(const tt_config *config, char *text) {
    tt_csv *csv = tt_csv_new(config, NULL);
    tt_csv_feed(csv, text, strlen(text), NULL);
    tt_table *table = tt_csv_finish(csv, NULL);
    tt_csv_free(csv);
    tt_free_text(text);
    return table;
}

/* One of the items of "a|b|c". */
static void choose_item(fuzz_input *input, const char *choices, char *value, size_t size) {
    uint32_t n = 1;
    for (const char *p = choices; *p; p++)
        n += *p == '|';
    const char *item = choices;
    for (uint32_t skip = fuzz_below(input, n); skip > 0; skip--)
        item = strchr(item, '|') + 1;
    snprintf(value, size, "%.*s", (int)strcspn(item, "|"), item);
}

/* A value within the bounds of any parameter; of a text the default. */
static void choose_value(fuzz_input *input, const tt_param *param, char *value, size_t size) {
    double share = fuzz_below(input, 256) / 255.0;
    snprintf(value, size, "%s", param->text ? param->text : "");
    switch (param->kind) {
    case TT_KIND_INTEGER:
        share *= share * share;
        snprintf(value, size, "%.0f",
                 param->min + (double)(int64_t)(share * (param->max - param->min)));
        break;
    case TT_KIND_REAL:
        snprintf(value, size, "%.17g", param->min * (1 - share) + param->max * share);
        break;
    case TT_KIND_FLAG:
        snprintf(value, size, "%d", share > 0.5);
        break;
    case TT_KIND_CHOICE:
    case TT_KIND_CHOICES:
        if (param->choices[0] != '@')
            choose_item(input, param->choices, value, size);
        break;
    case TT_KIND_STEPS:
        snprintf(value, size, "%s: %s; %s: %s", names[fuzz_below(input, MAX_COLUMNS)],
                 steps[fuzz_below(input, N_STEPS)], names[fuzz_below(input, MAX_COLUMNS)],
                 steps[fuzz_below(input, N_STEPS)]);
        break;
    case TT_KIND_COLUMN:
    case TT_KIND_COLUMNS:
        snprintf(value, size, "%s", names[fuzz_below(input, MAX_COLUMNS)]);
        break;
    default:
        break;
    }
}

static void set_param(fuzz_input *input, tt_config *config, const char *prefix,
                      const tt_param *params, int32_t n) {
    char key[64], value[128];
    const tt_param *param = &params[fuzz_below(input, (uint32_t)n)];
    snprintf(key, sizeof key, "%s.%s", prefix, param->key);
    choose_value(input, param, value, sizeof value);
    fuzz_set(config, key, value);
}

static void set_group(fuzz_input *input, tt_config *config, const char *key) {
    for (int32_t g = 0; g < tt_n_groups(); g++)
        if (strcmp(tt_group_at(g)->key, key) == 0)
            set_param(input, config, key, tt_group_at(g)->params, tt_group_at(g)->n_params);
}

static void set_scaler(fuzz_input *input, tt_config *config) {
    for (int32_t f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        if (strcmp(family->key, "scaler") != 0)
            continue;
        const tt_descriptor *row =
            tt_family_row(family, (int32_t)fuzz_below(input, (uint32_t)family->n_rows));
        char prefix[64];
        snprintf(prefix, sizeof prefix, "%s.%s", family->key, row->key);
        fuzz_set(config, family->key, row->key);
        if (row->n_params > 0)
            set_param(input, config, prefix, row->params, row->n_params);
    }
}

static tt_config *choose_config(fuzz_input *input) {
    tt_config *config = fuzz_config();
    for (uint32_t n = fuzz_below(input, MAX_SETTINGS + 1); n > 0; n--)
        switch (fuzz_below(input, 4)) {
        case 0:
            set_scaler(input, config);
            break;
        case 1:
            set_group(input, config, "split");
            break;
        default:
            set_group(input, config, "data");
        }
    return config;
}

/* `encoded` is of all rows of a table that has those of the data set in the same order. */
static void check_same_rows(const tt_dataset *dataset, const float *encoded) {
    size_t n = (size_t)tt_dataset_n_features(dataset);
    for (int part = TT_TRAINING; part <= TT_VALIDATION; part++) {
        const float *x = tt_dataset_x(dataset, (tt_part)part);
        for (int64_t i = 0; i < tt_dataset_n_rows(dataset, (tt_part)part); i++) {
            int64_t row = tt_dataset_source_row(dataset, (tt_part)part, i);
            fuzz_check(memcmp(&x[(size_t)i * n], &encoded[(size_t)row * n], n * sizeof *x) == 0,
                       "a row is encoded as it was");
        }
    }
}

static void check_encode(const tt_dataset *dataset, const tt_table *table, bool must_succeed) {
    int64_t n = tt_table_n_rows(table) * tt_dataset_n_features(dataset);
    tt_error error = {0};
    float *x = malloc(((size_t)n + 1) * sizeof *x);
    tt_status status = tt_dataset_encode(dataset, table, x, &error);
    if (status == TT_OK) {
        fuzz_check_finite(x, n);
        if (must_succeed)
            check_same_rows(dataset, x);
    } else {
        fuzz_check_error(&error);
    }
    free(x);
}

static void check_facts(const tt_table *table, const tt_config *config, const tt_dataset *dataset) {
    int32_t columns[MAX_COLUMNS];
    for (int32_t i = 0; i < tt_table_n_columns(table); i++)
        columns[i] = i;
    fuzz_check_json(tt_describe_json(table, config, tt_table_n_columns(table), columns, 7, NULL));
    if (!dataset)
        return;
    fuzz_check_json(tt_repeats_json(table, dataset, NULL));
    fuzz_check_json(tt_column_facts_json(table, dataset, 0, tt_n_fact_columns(dataset), NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    fuzz_input input = {bytes, bytes + size};
    tt_error error = {0};
    tt_config *config = choose_config(&input);
    int32_t rotate = 1 + (int32_t)fuzz_below(&input, MAX_COLUMNS);
    rows own = choose_rows(&input), others = choose_rows(&input);
    tt_table *table = read_csv(config, to_csv(&own, 0, false));
    if (table) {
        tt_dataset *dataset = tt_dataset_new(table, config, &error);
        check_facts(table, config, dataset);
        if (dataset) {
            fuzz_check_dataset(dataset, tt_table_n_rows(table));
            check_encode(dataset, table, true);
            tt_table *other = read_csv(config, to_csv(&others, rotate, true));
            if (other)
                check_encode(dataset, other, false);
            tt_table_free(other);
        } else {
            fuzz_check_error(&error);
        }
        tt_dataset_free(dataset);
    }
    tt_table_free(table);
    tt_config_free(config);
    return 0;
}
