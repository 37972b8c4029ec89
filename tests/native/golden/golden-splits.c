/* Splits into folds, or into two parts, are held to the properties that scikit-learn's have: the
 * rows themselves are the same only for folds without shuffling. */

#include "golden-table.h"

#include <stdio.h>

typedef struct folds {
    int32_t n, k;      /* rows; folds, or 1 for a single part that is held out */
    const double *y;   /* classes, or NULL */
    int32_t n_classes; /* 0 without classes */
    int32_t *fold_of;  /* (n) the fold that a row is held out in, or -1 */
    int32_t *sizes;    /* (k) */
    int32_t *counts;   /* (k, n_classes) */
} folds;

static tt_table *make_table(golden *g, const folds *f) {
    golden_csv csv = {0};
    char target[32];
    cJSON *cells = cJSON_Parse("[0]");
    for (int32_t i = 0; i < f->n; i++) {
        cells->child->valuedouble = i;
        if (f->y)
            snprintf(target, sizeof target, "class %03d", (int)f->y[i]);
        else
            snprintf(target, sizeof target, "%d.5", (int)i);
        golden_csv_row(&csv, cells, target);
    }
    cJSON_Delete(cells);
    return golden_csv_table(g, &csv);
}

/* Makes the data set of one fold and notes what is held out; training takes the rest. */
static void hold_out(golden *g, const tt_table *table, folds *f, int32_t fold) {
    tt_error error;
    tt_dataset *dataset = tt_dataset_new(table, g->config, &error);
    if (!dataset) {
        golden_fail(g, "%s", error.message);
        return;
    }
    int64_t n = tt_dataset_n_rows(dataset, TT_VALIDATION);
    f->sizes[fold] = (int32_t)n;
    if (n + tt_dataset_n_rows(dataset, TT_TRAINING) != f->n)
        golden_fail(g, "fold %d leaves rows out", (int)fold);
    for (int64_t i = 0; i < n; i++) {
        int64_t row = tt_dataset_source_row(dataset, TT_VALIDATION, i);
        if (f->fold_of[row] >= 0)
            golden_fail(g, "row %d is held out twice", (int)row);
        f->fold_of[row] = fold;
        if (f->y)
            f->counts[fold * f->n_classes + (int32_t)f->y[row]]++;
    }
    tt_dataset_free(dataset);
}

static void make_folds(golden *g, folds *f) {
    const cJSON *config = golden_at(g->json, "config");
    golden_set(g, "data.target", "target");
    golden_set(g, "data.header", "yes");
    golden_set(g, "data.task", f->y ? "multiclass" : "regression");
    golden_set(g, "split.stratify", "%d", f->y != NULL);
    golden_set(g, "split.shuffle", "%d", !cJSON_IsFalse(golden_at(config, "shuffle")));
    golden_set(g, "split.validation", "%.17g", golden_number(config, "test_size", 0.2));
    golden_set(g, "split.folds", "%d", f->k > 1 ? (int)f->k : 0);
    tt_table *table = golden_is_open(g) ? make_table(g, f) : NULL;
    for (int32_t fold = 0; table && fold < f->k && golden_is_open(g); fold++) {
        golden_set(g, "split.fold", "%d", (int)fold + 1);
        if (golden_is_open(g))
            hold_out(g, table, f, fold);
    }
    tt_table_free(table);
}

/* How far the values of a column of (k, width) are apart. */
static int32_t spread(const int32_t *values, int32_t k, int32_t width) {
    int32_t low = values[0], high = values[0];
    for (int32_t i = 1; i < k; i++) {
        low = values[i * width] < low ? values[i * width] : low;
        high = values[i * width] > high ? values[i * width] : high;
    }
    return high - low;
}

static void check_stratified(golden *g, const folds *f) {
    if (spread(f->sizes, f->k, 1) > 1)
        golden_fail(g, "the sizes of two folds differ by more than 1");
    for (int32_t c = 0; c < f->n_classes; c++)
        if (spread(f->counts + c, f->k, f->n_classes) > 1)
            golden_fail(g, "two folds differ by more than 1 row of class %d", (int)c);
}

static void check_sizes(golden *g, const folds *f) {
    double *sizes = golden_room(g, (size_t)f->k, sizeof *sizes);
    for (int32_t i = 0; i < f->k; i++)
        sizes[i] = f->sizes[i];
    golden_compare(g, "fold sizes", OF_DOUBLES, f->k, sizes,
                   golden_at(g->json, "expected.fold_sizes"));
    if (!cJSON_IsFalse(golden_at(g->json, "config.shuffle")))
        return;
    const cJSON *expected = golden_at(g->json, "expected.test_folds");
    for (int32_t fold = 0; fold < f->k; fold++) {
        const cJSON *rows = cJSON_GetArrayItem(expected, (int)fold);
        for (const cJSON *row = rows ? rows->child : NULL; row; row = row->next)
            if (row->valueint >= f->n || f->fold_of[row->valueint] != fold)
                golden_fail(g, "row %d is not in fold %d", row->valueint, (int)fold);
    }
}

/* Class counts may differ by 1 where the share is no whole number. */
static void check_parts(golden *g, const folds *f) {
    const cJSON *expected = golden_at(g->json, "expected.test_class_counts");
    golden_compare_number(g, "test rows", OF_DOUBLES, f->sizes[0],
                          golden_at(g->json, "expected.n_test"));
    golden_compare_number(g, "training rows", OF_DOUBLES, f->n - f->sizes[0],
                          golden_at(g->json, "expected.n_train"));
    for (int32_t c = 0; expected && c < f->n_classes; c++) {
        int32_t wanted = cJSON_GetArrayItem(expected, (int)c)->valueint;
        if (abs(f->counts[c] - wanted) > 1)
            golden_fail(g, "%d rows of class %d, expected %d", (int)f->counts[c], (int)c,
                        (int)wanted);
    }
}

static int32_t count_classes(const folds *f) {
    double highest = -1;
    for (int32_t i = 0; f->y && i < f->n; i++)
        highest = fmax(highest, f->y[i]);
    return (int32_t)highest + 1;
}

void check_split(golden *g) {
    const cJSON *config = golden_at(g->json, "config"), *y = golden_at(config, "y");
    bool classes = y && !cJSON_IsNull(y);
    folds f = {.k = (int32_t)golden_number(config, "k", 1),
               .n = (int32_t)golden_number(config, "n", classes ? (double)golden_size(y) : 0),
               .y = classes ? golden_doubles(g, y) : NULL};
    f.n_classes = count_classes(&f);
    f.fold_of = golden_room(g, (size_t)f.n, sizeof *f.fold_of);
    f.sizes = golden_room(g, (size_t)f.k, sizeof *f.sizes);
    f.counts = golden_room(g, (size_t)(f.k * f.n_classes), sizeof *f.counts);
    for (int32_t i = 0; i < f.n; i++)
        f.fold_of[i] = -1;
    make_folds(g, &f);
    if (!golden_is_open(g))
        return;
    if (f.k == 1)
        check_parts(g, &f);
    else if (classes)
        check_stratified(g, &f);
    else
        check_sizes(g, &f);
    for (int32_t i = 0; f.k > 1 && i < f.n; i++)
        if (f.fold_of[i] < 0)
            golden_fail(g, "row %d is never held out", (int)i);
}
