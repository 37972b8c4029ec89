#include <stdlib.h>
#include <string.h>

#include "dataset-store.h"
#include "distribution.h"
#include "table-store.h"

/* The schema, all of the training rows:
 *
 * {"n_rows": 120,
 *  "columns": [{"index": 0, "name": "width", "use": "feature" | "target" | "none",
 *               "n_missing": 2,                        cells without a value, or a word among
 * numbers "before": {"min": 0.1, "max": 2.5, "mean": 1.2, "deviation": 0.76, "histogram": {"low":
 * 0.1, "high": 2.5, "counts": [34, ...]}} | null, "n_after": 1,                          inputs of
 * the network, or targets "after": [{"name": "width", ...as "before"}, ...]}, ...]}
 *
 * "before" is null for words; dates count in seconds since 1970-01-01. "after" has the first
 * MOST_INPUTS inputs, and nothing for classes and for columns that are not used. */

enum { MOST_INPUTS = 20 };

typedef struct preview {
    const tt_table *table;
    const tt_dataset *dataset;
    int32_t n_bins;
    double *values; /* room for the training rows */
} preview;

static void add_distribution(tt_text *json, const preview *p, int64_t n, bool by_one) {
    tt_distribution of;
    tt_distribute(n, p->values, by_one, p->n_bins, &of);
    tt_text_add(json, "\"min\":%n,\"max\":%n,\"mean\":%n,\"deviation\":%n,\"histogram\":", of.min,
                of.max, of.mean, of.deviation);
    tt_add_histogram_json(json, &of);
}

static bool are_whole(int64_t n, const double *x) {
    for (int64_t i = 0; i < n; i++)
        if (x[i] != (double)(int32_t)x[i])
            return false;
    return true;
}

/* One column of x or y, which is (n, width). */
static void add_after(tt_text *json, const preview *p, const char *name, const float *x,
                      int32_t width) {
    int64_t n = p->dataset->n_rows[TT_TRAINING];
    for (int64_t i = 0; i < n; i++)
        p->values[i] = x[i * width];
    tt_text_add(json, "{\"name\":%j,", name);
    add_distribution(json, p, n, are_whole(n, p->values));
    tt_text_add(json, "}");
}

static void add_before(tt_text *json, const preview *p, int32_t column, bool numeric) {
    int64_t n = p->dataset->n_rows[TT_TRAINING], n_present = 0, n_missing = 0;
    for (int64_t i = 0; i < n; i++) {
        tt_cell cell = tt_table_cell(p->table, p->dataset->source_rows[TT_TRAINING][i], column);
        if (tt_is_number(cell))
            p->values[n_present++] = tt_number_of(cell);
        n_missing += numeric ? !tt_is_number(cell) : cell == TT_MISSING;
    }
    tt_text_add(json, ",\"n_missing\":%l,\"before\":", n_missing);
    if (numeric && n_present > 0) {
        tt_text_add(json, "{");
        add_distribution(json, p, n_present, p->table->columns[column].whole);
        tt_text_add(json, "}");
    } else {
        tt_text_add(json, "null");
    }
}

static void add_feature(tt_text *json, const preview *p, int32_t column,
                        const tt_encoder *encoder) {
    const tt_dataset *dataset = p->dataset;
    add_before(json, p, column, tt_is_numeric(encoder));
    tt_text_add(json, ",\"n_after\":%i,\"after\":[", encoder->width);
    for (int32_t i = 0; i < encoder->width && i < MOST_INPUTS; i++) {
        int32_t feature = encoder->first + i;
        tt_text_add(json, i ? "," : "");
        add_after(json, p, dataset->feature_names[feature], dataset->x[TT_TRAINING] + feature,
                  dataset->n_features);
    }
}

static void add_target(tt_text *json, const preview *p, int32_t column, int32_t target) {
    const tt_dataset *dataset = p->dataset;
    bool numbers = dataset->task == TT_REGRESSION;
    add_before(json, p, column, numbers);
    tt_text_add(json, ",\"n_after\":%i,\"after\":[", numbers ? 1 : 0);
    if (numbers)
        add_after(json, p, dataset->target_names[target], dataset->y[TT_TRAINING] + target,
                  dataset->n_targets);
}

/* The place of a name in a list, or -1. */
static int32_t find_name(int32_t n, const char *const *names, const char *name) {
    for (int32_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static void add_column(tt_text *json, const preview *p, int32_t column) {
    const tt_dataset *dataset = p->dataset;
    const char *name = p->table->columns[column].name;
    int32_t target = find_name(dataset->n_targets, dataset->target_names, name);
    int32_t encoder = find_name(dataset->n_encoders, dataset->column_names, name);
    tt_text_add(json, "{\"index\":%i,\"name\":%j,\"use\":%j", column, name,
                target >= 0    ? "target"
                : encoder >= 0 ? "feature"
                               : "none");
    if (target >= 0)
        add_target(json, p, column, target);
    else if (encoder >= 0)
        add_feature(json, p, column, &dataset->encoders[encoder]);
    else
        tt_text_add(json, ",\"n_missing\":0,\"before\":null,\"n_after\":0,\"after\":[");
    tt_text_add(json, "]}");
}

static tt_status add_all(tt_text *json, const preview *p, int32_t n, const int32_t *columns,
                         tt_error *error) {
    tt_text_add(json, "{\"n_rows\":%l,\"columns\":[", p->dataset->n_rows[TT_TRAINING]);
    for (int32_t i = 0; i < n; i++) {
        if (columns[i] < 0 || columns[i] >= p->table->n_columns)
            return tt_fail(error, TT_BAD_DATA, "There is no column %i in the table, which has %i.",
                           columns[i] + 1, p->table->n_columns);
        tt_text_add(json, i ? "," : "");
        add_column(json, p, columns[i]);
    }
    tt_text_add(json, "]}");
    return json->failed ? TT_NO_MEMORY : TT_OK;
}

char *tt_prepared_json(const tt_table *table, const tt_dataset *dataset, int32_t n,
                       const int32_t *columns, int32_t n_bins, tt_error *error) {
    tt_text json = {0};
    preview p = {.table = table, .dataset = dataset};
    p.n_bins = n_bins < 1 ? 1 : n_bins > TT_MAX_DESCRIBED_BINS ? TT_MAX_DESCRIBED_BINS : n_bins;
    p.values = malloc((size_t)dataset->n_rows[TT_TRAINING] * sizeof *p.values);
    tt_status status = p.values ? add_all(&json, &p, n, columns, error) : TT_NO_MEMORY;
    free(p.values);
    if (status == TT_OK)
        return tt_text_finish(&json);
    if (status == TT_NO_MEMORY)
        tt_fail(error, TT_NO_MEMORY, "There is no memory left to compare columns.");
    free(json.bytes);
    return NULL;
}
