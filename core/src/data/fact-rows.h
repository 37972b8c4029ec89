#ifndef TT_FACT_ROWS_H
#define TT_FACT_ROWS_H

#include "dataset-store.h"
#include "row-set.h"

/* The rows that facts are found on, and where the columns of a data set are in its table. */

/* A row of a data set, with its first target: a value, class or label. */
typedef struct tt_fact_row {
    uint32_t row; /* of the table */
    uint32_t part;
    float y;
} tt_fact_row;

/* The rows of both parts in the order of the table, or of more than `most` every k-th. NULL when
 * memory runs out; the caller frees it. */
tt_fact_row *tt_fact_rows(const tt_dataset *dataset, int64_t most, int64_t *n);

/* The columns of the features, then those of the targets, which are numbers in a regression. The
 * caller frees them. NULL when memory runs out. */
tt_row_column *tt_fact_columns(const tt_table *table, const tt_dataset *dataset, int32_t *n);

#endif
