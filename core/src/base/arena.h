#ifndef TT_ARENA_H
#define TT_ARENA_H

#include <stdbool.h>
#include <stddef.h>

/* One block of memory, handed out from front to back and freed at once.
 *
 * An object lays itself out twice with the same code: first on an empty arena, which only counts,
 * then, after tt_arena_reserve, for real. */
typedef struct tt_arena {
    char *block; /* NULL while counting */
    size_t used; /* bytes */
    size_t size; /* bytes of the block */
} tt_arena;

/* `count` items of `size` bytes, aligned to 64 bytes; NULL while counting. Zeroed. */
void *tt_arena_take(tt_arena *arena, size_t count, size_t size);

/* Allocates what was counted and starts from the front again. False when memory runs out. */
bool tt_arena_reserve(tt_arena *arena);
void tt_arena_free(tt_arena *arena);

#endif
