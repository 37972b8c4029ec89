#include "tabtrain/diagnose.h"

#include <stdlib.h>

#include "fact-rows.h"

static void note_example(int64_t *n, int64_t examples[][2], int64_t row, int64_t same_as) {
    if (*n == TT_MAX_REPEAT_EXAMPLES)
        return;
    int64_t *example = examples[(*n)++];
    example[0] = row;
    example[1] = same_as;
}

static void count_repeated(tt_row_set *set, int64_t n, const tt_fact_row *rows,
                           tt_repeats *repeats) {
    for (int64_t i = 0; i < n; i++) {
        uint32_t same_as = tt_row_set_add(set, rows[i].row);
        if (same_as == TT_NEW_ROW)
            continue;
        repeats->n_repeated++;
        note_example(&repeats->n_examples, repeats->examples, rows[i].row, same_as);
    }
}

/* `set` has all rows but those for testing. */
static void count_shared_test(const tt_row_set *set, const tt_dataset *dataset,
                              tt_repeats *repeats) {
    for (int64_t i = 0; i < dataset->n_rows[TT_TEST]; i++) {
        uint32_t row = dataset->source_rows[TT_TEST][i], same_as = tt_row_set_find(set, row);
        if (same_as == TT_NEW_ROW)
            continue;
        repeats->n_shared_test++;
        note_example(&repeats->n_test_examples, repeats->test_examples, row, same_as);
    }
}

static void count_shared(tt_row_set *set, const tt_dataset *dataset, tt_repeats *repeats) {
    for (int64_t i = 0; i < dataset->n_rows[TT_TRAINING]; i++)
        tt_row_set_add(set, dataset->source_rows[TT_TRAINING][i]);
    for (int64_t i = 0; i < dataset->n_rows[TT_VALIDATION]; i++)
        repeats->n_shared +=
            tt_row_set_find(set, dataset->source_rows[TT_VALIDATION][i]) != TT_NEW_ROW;
}

tt_status tt_find_repeats(const tt_table *table, const tt_dataset *dataset, tt_repeats *repeats,
                          tt_error *error) {
    int64_t n;
    int32_t n_columns = 0;
    tt_row_set all = {0}, training = {0};
    *repeats = (tt_repeats){0};
    tt_fact_row *rows = tt_fact_rows(dataset, INT64_MAX / 2, &n);
    tt_row_column *columns = tt_fact_columns(table, dataset, &n_columns);
    bool good = rows && columns && tt_row_set_new(&all, table, n_columns, columns, n);
    if (good) {
        count_repeated(&all, n, rows, repeats);
        count_shared_test(&all, dataset, repeats);
    }
    tt_row_set_free(&all);
    good =
        good && tt_row_set_new(&training, table, n_columns, columns, dataset->n_rows[TT_TRAINING]);
    if (good)
        count_shared(&training, dataset, repeats);
    tt_row_set_free(&training);
    free(columns);
    free(rows);
    return good ? TT_OK
                : tt_fail(error, TT_NO_MEMORY,
                          "There is no memory left to look for rows that repeat others.");
}
