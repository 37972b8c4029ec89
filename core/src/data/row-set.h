#ifndef TT_ROW_SET_H
#define TT_ROW_SET_H

#include "table-store.h"

/* Rows of a table that differ from each other in some of its columns. */
typedef struct tt_row_column {
    int32_t column;
    bool number; /* a word counts as missing */
} tt_row_column;

typedef struct tt_row_set {
    const tt_table *table; /* borrowed */
    int32_t n_columns;
    const tt_row_column *columns; /* borrowed */
    uint32_t *slots;              /* open addressing: row + 1, or 0 for a free slot */
    uint64_t mask;
} tt_row_set;

static const uint32_t TT_NEW_ROW = UINT32_MAX;

/* An empty set with room for `most` rows; false when memory runs out. Free it in any case. */
bool tt_row_set_new(tt_row_set *set, const tt_table *table, int32_t n_columns,
                    const tt_row_column *columns, int64_t most);
void tt_row_set_free(tt_row_set *set);

/* The row of the set that has the same cells, missing ones included; TT_NEW_ROW when there is none.
 * A word that the full dictionary of its column turned away is unlike any other. */
uint32_t tt_row_set_find(const tt_row_set *set, uint32_t row);

/* The same, and a new row is added. */
uint32_t tt_row_set_add(tt_row_set *set, uint32_t row);

#endif
