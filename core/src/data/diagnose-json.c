#include "tabtrain/diagnose.h"

#include <stdlib.h>

#include "dataset-store.h"
#include "text.h"

/* The schemas:
 *
 * {"n_repeated": 3, "n_shared": 1, "n_shared_test": 0,
 *  "examples": [{"row": 7, "line": 9, "same_as": 2, "same_line": 4}, ...], "test_examples": [...]}
 *
 * [{"name": "age", "categorical": false, "n_rows": 150, "n_missing": 0, "n_distinct": 40,
 *   "n_top": 9, "n_rare": 0, "n_rare_rows": 0, "whole": true, "in_order": false, "min": 1,
 *   "first_quartile": 2, "median": 3, "third_quartile": 4, "max": 9, "skewness": 0.1, "n_far": 0,
 *   "training_score": 0.2, "validation_score": 0.1, "serial": 0}, ...]
 *
 * Rows count from 0, lines of the file from 1; null for what cannot be told. */

static void add_examples(tt_text *json, const char *key, const tt_table *table, int64_t n,
                         int64_t examples[][2]) {
    tt_text_add(json, ",%j:[", key);
    for (int64_t i = 0; i < n; i++) {
        int64_t row = examples[i][0], same_as = examples[i][1];
        tt_text_add(json, "%s{\"row\":%l,\"line\":%l,\"same_as\":%l,\"same_line\":%l}",
                    i ? "," : "", row, tt_table_line(table, row), same_as,
                    tt_table_line(table, same_as));
    }
    tt_text_add(json, "]");
}

char *tt_repeats_json(const tt_table *table, const tt_dataset *dataset, tt_error *error) {
    tt_repeats of;
    if (tt_find_repeats(table, dataset, &of, error) != TT_OK)
        return NULL;
    tt_text json = {0};
    tt_text_add(&json, "{\"n_repeated\":%l,\"n_shared\":%l,\"n_shared_test\":%l", of.n_repeated,
                of.n_shared, of.n_shared_test);
    add_examples(&json, "examples", table, of.n_examples, of.examples);
    add_examples(&json, "test_examples", table, of.n_test_examples, of.test_examples);
    tt_text_add(&json, "}");
    return tt_text_finish(&json);
}

static void add_flag(tt_text *json, const char *key, bool value) {
    tt_text_add(json, ",%j:%s", key, value ? "true" : "false");
}

static void add_facts(tt_text *json, const char *name, const tt_column_facts *facts) {
    tt_text_add(json, "{\"name\":%j", name);
    add_flag(json, "categorical", facts->categorical);
    tt_text_add(json, ",\"n_rows\":%l,\"n_missing\":%l,\"n_distinct\":%l,\"n_top\":%l",
                facts->n_rows, facts->n_missing, facts->n_distinct, facts->n_top);
    tt_text_add(json, ",\"n_rare\":%l,\"n_rare_rows\":%l", facts->n_rare, facts->n_rare_rows);
    add_flag(json, "whole", facts->whole);
    add_flag(json, "in_order", facts->in_order);
    tt_text_add(json, ",\"min\":%n,\"first_quartile\":%n,\"median\":%n", facts->min,
                facts->first_quartile, facts->median);
    tt_text_add(json, ",\"third_quartile\":%n,\"max\":%n,\"skewness\":%n,\"n_far\":%l",
                facts->third_quartile, facts->max, facts->skewness, facts->n_far);
    tt_text_add(json, ",\"training_score\":%n,\"validation_score\":%n,\"serial\":%n}",
                facts->score[TT_TRAINING], facts->score[TT_VALIDATION], facts->serial);
}

char *tt_column_facts_json(const tt_table *table, const tt_dataset *dataset, int32_t first,
                           int32_t n, tt_error *error) {
    tt_column_facts *facts = malloc(((size_t)n + 1) * sizeof *facts);
    if (!facts) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left to look at the columns.");
        return NULL;
    }
    tt_text json = {0};
    tt_text_add(&json, "[");
    bool good = tt_find_column_facts(table, dataset, first, n, facts, error) == TT_OK;
    for (int32_t i = 0; i < n && good; i++) {
        tt_text_add(&json, i ? "," : "");
        add_facts(&json, dataset->column_names[first + i], &facts[i]);
    }
    free(facts);
    tt_text_add(&json, "]");
    if (good)
        return tt_text_finish(&json);
    free(json.bytes);
    return NULL;
}
