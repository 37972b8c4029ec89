#include "levels.h"

#include <stdlib.h>

/* By the upper bits of a product: whole numbers differ in their upper bits only, and so do the
 * products. */
static int32_t find_slot(const tt_levels *levels, tt_cell cell) {
    int32_t mask = levels->n_slots - 1;
    uint64_t upper = (cell * 0x9e3779b97f4a7c15u) >> 32;
    int32_t slot = (int32_t)(upper * (uint64_t)levels->n_slots >> 32);
    while (levels->slots[slot] && levels->items[levels->slots[slot] - 1].cell != cell)
        slot = (slot + 1) & mask;
    return slot;
}

static bool grow(tt_levels *levels) {
    if (levels->n < levels->capacity)
        return true;
    int32_t capacity = levels->capacity ? levels->capacity * 2 : 8;
    tt_level *items = realloc(levels->items, (size_t)capacity * sizeof *items);
    if (items)
        levels->items = items;
    int32_t *slots = malloc((size_t)capacity * 2 * sizeof *slots);
    if (!items || !slots) {
        free(slots);
        levels->failed = true;
        return false;
    }
    free(levels->slots);
    levels->slots = slots;
    levels->n_slots = capacity * 2;
    levels->capacity = capacity;
    tt_levels_reindex(levels);
    return true;
}

bool tt_levels_count(tt_levels *levels, tt_cell cell, int32_t max) {
    int32_t known = tt_levels_find(levels, cell);
    if (known >= 0) {
        levels->items[known].count++;
        return true;
    }
    if (levels->n >= max || !grow(levels))
        return false;
    int32_t slot = find_slot(levels, cell);
    levels->items[levels->n++] = (tt_level){cell, 1};
    levels->slots[slot] = levels->n;
    return true;
}

int32_t tt_levels_find(const tt_levels *levels, tt_cell cell) {
    return levels->n_slots ? levels->slots[find_slot(levels, cell)] - 1 : -1;
}

void tt_levels_reindex(tt_levels *levels) {
    if (levels->n_slots == 0)
        return;
    memset(levels->slots, 0, (size_t)levels->n_slots * sizeof *levels->slots);
    for (int32_t i = 0; i < levels->n; i++)
        levels->slots[find_slot(levels, levels->items[i].cell)] = i + 1;
}

void tt_levels_clear(tt_levels *levels) {
    levels->n = 0;
    levels->failed = false;
    tt_levels_reindex(levels);
}

void tt_levels_free(tt_levels *levels) {
    free(levels->items);
    free(levels->slots);
    *levels = (tt_levels){0};
}
