#include <stdlib.h>

#include "describer.h"

/* The schema:
 *
 * {"target": "price" | null, "task": "regression" | "binary" | "multiclass" | "multilabel" | null,
 *  "classes": ["setosa", ...],                  of the target, as in "target_counts"
 *  "columns": [{"index": 0, "name": "width", "role": "number" | "date" | "category" | "text",
 *               "n_values": 148, "n_missing": 2, "n_bad": 0,     bad: words among numbers
 *               "n_distinct": 31, "n_distinct_is_exact": true,   else there are more
 *               "min": 0.1, "first_quartile": 0.3, "median": 1.3, "third_quartile": 1.8,
 *               "max": 2.5, "mean": 1.2, "deviation": 0.76,      null without a number
 *               "histogram": {"low": 0.1, "high": 2.5, "counts": [34, ...]} | null,
 *               "levels": [{"text": "red", "count": 50, "target_mean": 3.5 | null,
 *                           "target_counts": [10, ...] | null}, ...],
 *               "n_other": 0,                                    values of the levels not listed
 *               "first": ["5.1", "4.9", "4.7"], "last": [...],   values that are not missing
 *               "relation": {"measure": "pearson" | "eta_squared" | "cramers_v",
 *                            "value": 0.87 | null} | null}, ...]}
 *
 * Dates count in seconds since 1970-01-01 where they are not texts. Levels are the 20 most frequent
 * of a column that is not of numbers, and of one with at most 20 distinct numbers. */

enum { MAX_LEVELS = 20, N_SAMPLES = 3, TEXT_SIZE = 201 };

typedef struct level_target {
    double mean;     /* of the target's numbers */
    int64_t n;       /* of those */
    int64_t *counts; /* by class */
} level_target;

static void add_cell(tt_text *json, const tt_describer *d, int32_t column, tt_cell cell) {
    char text[TEXT_SIZE];
    tt_text whole = {0};
    tt_table_add_text(d->build.table, column, cell, &whole);
    tt_format(text, sizeof text, "%s", whole.bytes ? whole.bytes : "");
    json->failed |= whole.failed;
    free(whole.bytes);
    tt_text_add(json, "%j", text);
}

static void add_samples(tt_text *json, const tt_describer *d, int32_t column, bool last) {
    int64_t n = d->build.table->n_rows, found[N_SAMPLES];
    int32_t n_found = 0;
    for (int64_t i = 0; i < n && n_found < N_SAMPLES; i++) {
        int64_t row = last ? n - 1 - i : i;
        if (tt_build_cell(&d->build, row, column) != TT_MISSING)
            found[n_found++] = row;
    }
    tt_text_add(json, last ? ",\"last\":[" : ",\"first\":[");
    for (int32_t i = 0; i < n_found; i++) {
        tt_text_add(json, i ? "," : "");
        int64_t row = found[last ? n_found - 1 - i : i];
        add_cell(json, d, column, tt_table_cell(d->build.table, row, column));
    }
    tt_text_add(json, "]");
}

static void add_numbers(tt_text *json, const tt_describer *d) {
    tt_text_add(json, ",\"min\":%n,\"first_quartile\":%n,\"median\":%n,\"third_quartile\":%n",
                d->of.min, d->first_quartile, d->median, d->third_quartile);
    tt_text_add(json, ",\"max\":%n,\"mean\":%n,\"deviation\":%n,\"histogram\":", d->of.max,
                d->of.mean, d->of.deviation);
    tt_add_histogram_json(json, &d->of);
}

/* By falling count, then in the order of arrival. */
static int compare_levels(const void *a, const void *b) {
    const tt_level *left = *(const tt_level *const *)a, *right = *(const tt_level *const *)b;
    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return left < right ? -1 : left > right;
}

/* What the target is like in the rows of each level that is shown. */
static void gather_targets(const tt_describer *d, const int32_t *places, level_target *targets) {
    for (int64_t row = 0; row < d->build.table->n_rows; row++) {
        int32_t code = d->rows.codes[row];
        level_target *at = code >= 0 && places[code] >= 0 ? &targets[places[code]] : NULL;
        double y = d->target.numbers[row];
        if (at && y == y)
            at->mean += (y - at->mean) / (double)++at->n;
        if (at && at->counts && d->target.codes[row] >= 0)
            at->counts[d->target.codes[row]]++;
    }
}

static void add_target(tt_text *json, const tt_describer *d, const level_target *target) {
    tt_text_add(json, ",\"target_mean\":%n,\"target_counts\":",
                target->n > 0 ? target->mean : __builtin_nan(""));
    for (int32_t i = 0; target->counts && i < d->target.n_codes; i++)
        tt_text_add(json, i ? ",%l" : "[%l", target->counts[i]);
    tt_text_add(json, target->counts ? "]" : "null");
}

typedef struct shown_levels {
    const tt_level *items[MAX_LEVELS];
    level_target targets[MAX_LEVELS];
    int64_t counts[MAX_LEVELS * TT_SHOWN_CLASSES];
    int32_t n;
} shown_levels;

/* False when memory runs out. */
static bool choose_levels(const tt_describer *d, shown_levels *shown) {
    size_t n = (size_t)d->levels.n;
    const tt_level **sorted = malloc((n + 1) * sizeof *sorted);
    int32_t *places = malloc((n + 1) * sizeof *places); /* among the shown ones; -1 for none */
    if (!sorted || !places) {
        free(sorted);
        free(places);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        sorted[i] = &d->levels.items[i];
        places[i] = -1;
    }
    qsort(sorted, n, sizeof *sorted, compare_levels);
    shown->n = d->levels.n < MAX_LEVELS ? d->levels.n : MAX_LEVELS;
    bool by_class = d->has_target && d->target.n_codes > 0 && d->target.n_codes <= TT_SHOWN_CLASSES;
    for (int32_t i = 0; i < shown->n; i++) {
        shown->items[i] = sorted[i];
        shown->targets[i].counts = by_class ? shown->counts + i * TT_SHOWN_CLASSES : NULL;
        places[sorted[i] - d->levels.items] = i;
    }
    if (d->has_target)
        gather_targets(d, places, shown->targets);
    free(sorted);
    free(places);
    return true;
}

static void add_levels(tt_text *json, const tt_describer *d, int32_t column) {
    shown_levels shown = {0};
    int64_t n_other = d->n_values;
    bool none = tt_is_numeric_role(d->build.roles[column]) && d->levels.n > MAX_LEVELS;
    json->failed |= !none && !choose_levels(d, &shown);
    tt_text_add(json, ",\"levels\":[");
    for (int32_t i = 0; i < shown.n; i++) {
        tt_text_add(json, i ? ",{\"text\":" : "{\"text\":");
        add_cell(json, d, column, shown.items[i]->cell);
        tt_text_add(json, ",\"count\":%l", shown.items[i]->count);
        add_target(json, d, &shown.targets[i]);
        tt_text_add(json, "}");
        n_other -= shown.items[i]->count;
    }
    tt_text_add(json, "],\"n_other\":%l", n_other);
}

static void add_relation(tt_text *json, const tt_describer *d) {
    static const char *const keys[] = {
        [TT_PEARSON] = "pearson", [TT_ETA_SQUARED] = "eta_squared", [TT_CRAMERS_V] = "cramers_v"};
    tt_text_add(json, ",\"relation\":");
    if (d->measure == TT_NO_MEASURE)
        tt_text_add(json, "null");
    else
        tt_text_add(json, "{\"measure\":%j,\"value\":%n}", keys[d->measure], d->relation);
}

static void add_column(tt_text *json, const tt_describer *d, int32_t column) {
    tt_text_add(json, "{\"index\":%i,\"name\":%j,\"role\":%j", column,
                d->build.table->columns[column].name, tt_role_key(d->build.roles[column]));
    tt_text_add(json, ",\"n_values\":%l,\"n_missing\":%l,\"n_bad\":%l,\"n_distinct\":%i",
                d->n_values, d->n_missing, d->n_bad, d->levels.n);
    tt_text_add(json, ",\"n_distinct_is_exact\":%s", d->all_levels ? "true" : "false");
    add_numbers(json, d);
    add_levels(json, d, column);
    add_samples(json, d, column, false);
    add_samples(json, d, column, true);
    add_relation(json, d);
    tt_text_add(json, "}");
}

static void add_target_names(tt_text *json, const tt_describer *d) {
    const tt_build *build = &d->build;
    if (!d->has_target) {
        tt_text_add(json, "{\"target\":null,\"task\":null,\"classes\":[");
        return;
    }
    tt_text_add(json, "{\"target\":%j,\"task\":%j,\"classes\":[",
                build->table->columns[build->targets[0]].name, tt_task_key(build->task));
    for (int32_t i = 0; i < d->target.n_codes; i++) {
        tt_text_add(json, i ? "," : "");
        add_cell(json, d, build->targets[0], build->classes[0].items[i].cell);
    }
}

static tt_status add_all(tt_text *json, tt_describer *d, int32_t n, const int32_t *columns,
                         int32_t n_bins) {
    int32_t n_columns = d->build.table->n_columns;
    add_target_names(json, d);
    tt_text_add(json, "],\"columns\":[");
    for (int32_t i = 0; i < n; i++) {
        if (columns[i] < 0 || columns[i] >= n_columns)
            return tt_fail(d->build.error, TT_BAD_DATA,
                           "There is no column %i in the table, which has %i.", columns[i] + 1,
                           n_columns);
        tt_status status = tt_describe_column(d, columns[i], n_bins);
        if (status != TT_OK)
            return status;
        tt_text_add(json, i ? "," : "");
        add_column(json, d, columns[i]);
    }
    tt_text_add(json, "]}");
    return json->failed ? tt_build_no_memory(&d->build) : TT_OK;
}

char *tt_describe_json(const tt_table *table, const tt_config *config, int32_t n,
                       const int32_t *columns, int32_t n_bins, tt_error *error) {
    tt_describer describer;
    tt_text json = {0};
    int32_t bins = n_bins < 1 ? 1 : n_bins > TT_MAX_DESCRIBED_BINS ? TT_MAX_DESCRIBED_BINS : n_bins;
    tt_status status = tt_describer_begin(&describer, table, config, error);
    if (status == TT_OK)
        status = add_all(&json, &describer, n, columns, bins);
    tt_describer_free(&describer);
    if (status == TT_OK)
        return tt_text_finish(&json);
    free(json.bytes);
    return NULL;
}
