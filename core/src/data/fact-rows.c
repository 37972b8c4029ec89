#include "fact-rows.h"

#include <stdlib.h>

tt_fact_row *tt_fact_rows(const tt_dataset *dataset, int64_t most, int64_t *n) {
    int64_t all = dataset->n_rows[0] + dataset->n_rows[1], step = (all + most - 1) / most;
    tt_fact_row *rows = malloc(((size_t)(all / (step > 0 ? step : 1)) + 1) * sizeof *rows);
    *n = 0;
    if (!rows)
        return NULL;
    for (int64_t at[2] = {0, 0}, i = 0; i < all; i++) {
        bool left[2] = {at[0] < dataset->n_rows[0], at[1] < dataset->n_rows[1]};
        uint32_t part = !left[0] || (left[1] && dataset->source_rows[1][at[1]] <
                                                    dataset->source_rows[0][at[0]]);
        int64_t place = at[part]++;
        if (i % step == 0)
            rows[(*n)++] = (tt_fact_row){dataset->source_rows[part][place], part,
                                         dataset->y[part][place * dataset->n_targets]};
    }
    return rows;
}

tt_row_column *tt_fact_columns(const tt_table *table, const tt_dataset *dataset, int32_t *n) {
    size_t most = (size_t)dataset->n_encoders + (size_t)dataset->n_targets;
    tt_row_column *columns = malloc(most * sizeof *columns);
    *n = 0;
    if (!columns)
        return NULL;
    for (int32_t e = 0; e < dataset->n_encoders; e++)
        columns[(*n)++] = (tt_row_column){tt_table_find(table, dataset->column_names[e]),
                                          tt_is_numeric(&dataset->encoders[e])};
    for (int32_t t = 0; t < dataset->n_targets; t++)
        columns[(*n)++] = (tt_row_column){tt_table_find(table, dataset->target_names[t]),
                                          dataset->task == TT_REGRESSION};
    return columns;
}
