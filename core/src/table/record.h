#ifndef TT_RECORD_H
#define TT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One record of a CSV file: its cells without their quotes, one after the other in one buffer that
 * is used again for the next record. Begin with {0}. */
typedef struct tt_cell_span {
    uint32_t start, size;
} tt_cell_span;

typedef struct tt_record {
    char *bytes;
    size_t size, capacity;
    tt_cell_span *cells;
    int32_t n_cells; /* that the record has */
    int32_t n_kept;  /* of these, the first ones, that `cells` holds */
    int32_t cell_capacity;
    bool quoted;  /* it has a quoted cell */
    int64_t line; /* where it starts, counted from 1 */
} tt_record;

static inline const char *tt_record_cell(const tt_record *record, int32_t cell) {
    return record->bytes + record->cells[cell].start;
}

/* Makes room for `more` bytes behind `size`, and for one more cell; false when memory runs out. */
bool tt_record_reserve(tt_record *record, size_t more);
bool tt_record_reserve_cell(tt_record *record);

void tt_record_clear(tt_record *record, int64_t line);
void tt_record_free(tt_record *record);

#endif
