#include "record.h"

#include <stdlib.h>

bool tt_record_reserve(tt_record *record, size_t more) {
    if (record->size + more <= record->capacity)
        return true;
    size_t capacity = (record->size + more) * 2;
    char *bytes = realloc(record->bytes, capacity);
    if (!bytes)
        return false;
    record->bytes = bytes;
    record->capacity = capacity;
    return true;
}

bool tt_record_reserve_cell(tt_record *record) {
    if (record->n_kept < record->cell_capacity)
        return true;
    int32_t capacity = record->cell_capacity ? record->cell_capacity * 2 : 32;
    tt_cell_span *cells = realloc(record->cells, (size_t)capacity * sizeof *cells);
    if (!cells)
        return false;
    record->cells = cells;
    record->cell_capacity = capacity;
    return true;
}

void tt_record_clear(tt_record *record, int64_t line) {
    record->size = 0;
    record->n_cells = 0;
    record->n_kept = 0;
    record->quoted = false;
    record->line = line;
}

void tt_record_free(tt_record *record) {
    free(record->bytes);
    free(record->cells);
    *record = (tt_record){0};
}
