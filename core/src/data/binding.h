#ifndef TT_BINDING_H
#define TT_BINDING_H

#include "dataset-store.h"
#include "table-store.h"

/* The encoders of a data set on a table, which need not be the one they were fitted on: where each
 * finds its column, and which of the column's cells are its levels. */
typedef struct tt_bound {
    const tt_encoder *encoder;
    int32_t column;   /* of the table */
    tt_levels levels; /* those that the table has */
    int32_t *codes;   /* the level that each of them is */
} tt_bound;

typedef struct tt_binding {
    const tt_dataset *dataset; /* borrowed */
    const tt_table *table;     /* borrowed */
    tt_bound *columns;         /* one for each encoder */
} tt_binding;

/* TT_BAD_DATA names a column that the table lacks. Free it in any case. */
tt_status tt_bind(tt_binding *binding, const tt_dataset *dataset, const tt_table *table,
                  tt_error *error);
void tt_binding_free(tt_binding *binding);

/* Whether a cell cannot be taken: a word among numbers or dates, a number among dates, or a date
 * among numbers. */
static inline bool tt_is_bad_cell(const tt_binding *binding, const tt_bound *bound, tt_cell cell) {
    bool dates = binding->table->readings[bound->column].kind == TT_READ_DATE;
    bool fits = tt_is_number(cell) && dates == (bound->encoder->coding == TT_CODE_DATE);
    return cell != TT_MISSING && tt_is_numeric(bound->encoder) && !fits;
}

/* The cell as the encoder takes it: a bad one is missing. */
static inline tt_cell tt_bound_cell(const tt_binding *binding, const tt_bound *bound, int64_t row) {
    tt_cell cell = tt_table_cell(binding->table, row, bound->column);
    return tt_is_bad_cell(binding, bound, cell) ? TT_MISSING : cell;
}

/* The level of a cell: what stands for a missing one, "other" or else -1 for an unknown one. */
int32_t tt_bound_level(const tt_bound *bound, tt_cell cell);

/* Fills in x, (n, n_features), for rows first..first + n - 1, or those that `rows` lists from
 * `first` on (encode.c). */
tt_status tt_binding_encode(const tt_binding *binding, int64_t first, int64_t n,
                            const uint32_t *rows, float *x, tt_error *error);

/* Writes all features of one encoder into the row of features x: of a number, NaN for a missing
 * one, and of a level, -1 for none. False when the scaled value is not finite (encode.c). */
bool tt_code_number(const tt_dataset *dataset, const tt_encoder *encoder, double number, float *x);
bool tt_code_level(const tt_dataset *dataset, const tt_encoder *encoder, int32_t level, float *x);

#endif
