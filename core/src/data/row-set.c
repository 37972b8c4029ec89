#include "row-set.h"

#include <stdlib.h>

bool tt_row_set_new(tt_row_set *set, const tt_table *table, int32_t n_columns,
                    const tt_row_column *columns, int64_t most) {
    uint64_t n_slots = 16;
    while (n_slots < (uint64_t)most * 2)
        n_slots *= 2;
    *set = (tt_row_set){table, n_columns, columns, NULL, n_slots - 1};
    if (n_slots <= SIZE_MAX / sizeof *set->slots)
        set->slots = calloc((size_t)n_slots, sizeof *set->slots);
    return set->slots != NULL;
}

void tt_row_set_free(tt_row_set *set) {
    free(set->slots);
    set->slots = NULL;
}

static tt_cell cell_of(const tt_row_set *set, uint32_t row, int32_t i) {
    tt_cell cell = tt_table_cell(set->table, row, set->columns[i].column);
    return set->columns[i].number && !tt_is_number(cell) ? TT_MISSING : cell;
}

/* The finalizer of MurmurHash3 (Appleby, 2011) after every cell. */
static uint64_t hash_of(const tt_row_set *set, uint32_t row) {
    uint64_t hash = 0;
    for (int32_t i = 0; i < set->n_columns; i++) {
        hash = (hash ^ cell_of(set, row, i)) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53u;
        hash ^= hash >> 33;
    }
    return hash;
}

static bool are_same(const tt_row_set *set, uint32_t a, uint32_t b) {
    for (int32_t i = 0; i < set->n_columns; i++) {
        tt_cell cell = cell_of(set, a, i);
        if (cell != cell_of(set, b, i) || cell == tt_cell_of_word(TT_OTHER_WORD))
            return false;
    }
    return true;
}

static uint64_t slot_of(const tt_row_set *set, uint32_t row) {
    uint64_t slot = hash_of(set, row) & set->mask;
    while (set->slots[slot] && !are_same(set, set->slots[slot] - 1, row))
        slot = (slot + 1) & set->mask;
    return slot;
}

uint32_t tt_row_set_find(const tt_row_set *set, uint32_t row) {
    uint32_t found = set->slots[slot_of(set, row)];
    return found ? found - 1 : TT_NEW_ROW;
}

uint32_t tt_row_set_add(tt_row_set *set, uint32_t row) {
    uint64_t slot = slot_of(set, row);
    if (set->slots[slot])
        return set->slots[slot] - 1;
    set->slots[slot] = row + 1;
    return TT_NEW_ROW;
}
