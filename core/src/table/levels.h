#ifndef TT_LEVELS_H
#define TT_LEVELS_H

#include "cell.h"

/* The distinct values among cells of one column, with their counts. Begin with {0}. Numbers and
 * words mix: a level is the bits of its cell. */
typedef struct tt_level {
    tt_cell cell;
    int64_t count;
} tt_level;

typedef struct tt_levels {
    tt_level *items; /* in the order of arrival */
    int32_t n, capacity;
    int32_t *slots; /* open addressing: index + 1, or 0 for a free slot */
    int32_t n_slots;
    bool failed; /* memory ran out */
} tt_levels;

/* Counts a cell that is not missing. False, and nothing is counted, when it would be a level beyond
 * `max` or memory runs out. */
bool tt_levels_count(tt_levels *levels, tt_cell cell, int32_t max);

/* The index of a level, or -1. */
int32_t tt_levels_find(const tt_levels *levels, tt_cell cell);

/* Puts the items in another order: to be called after `items` was sorted. */
void tt_levels_reindex(tt_levels *levels);

/* Forgets all levels but keeps the memory. */
void tt_levels_clear(tt_levels *levels);
void tt_levels_free(tt_levels *levels);

#endif
