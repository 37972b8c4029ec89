#include "arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

void *tt_arena_take(tt_arena *arena, size_t count, size_t size) {
    size_t room = SIZE_MAX - arena->used - ALIGNMENT;
    if (size != 0 && count > room / size) {
        arena->used = SIZE_MAX - ALIGNMENT;
        return NULL;
    }
    size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *taken = arena->block ? arena->block + arena->used : NULL;
    arena->used += bytes;
    assert(!arena->block || arena->used <= arena->size);
    return taken;
}

bool tt_arena_reserve(tt_arena *arena) {
    size_t size = arena->used ? arena->used : ALIGNMENT;
    if (size >= SIZE_MAX - 2 * ALIGNMENT)
        return false;
    arena->block = aligned_alloc(ALIGNMENT, size);
    if (!arena->block)
        return false;
    memset(arena->block, 0, size);
    arena->size = size;
    arena->used = 0;
    return true;
}

void tt_arena_free(tt_arena *arena) {
    free(arena->block);
    *arena = (tt_arena){0};
}
