#ifndef TT_HASH_H
#define TT_HASH_H

#include <stddef.h>
#include <stdint.h>

/* XXH64 with seed 0 (Yann Collet, xxHash, 2014): a hash of bytes that come in chunks of any size.
 * It tells files apart; it does not keep anyone from making two that agree. Begin with
 * tt_hash_new(). */
typedef struct tt_hash {
    uint64_t lanes[4];
    unsigned char rest[32]; /* bytes that do not fill a stripe yet */
    uint64_t size;          /* bytes so far */
} tt_hash;

tt_hash tt_hash_new(void);
void tt_hash_add(tt_hash *hash, const void *bytes, size_t size);

/* The hash of what was added so far; more may be added afterwards. */
uint64_t tt_hash_value(const tt_hash *hash);

#endif
