#include "hash.h"

#include <string.h>

enum { STRIPE = 32, LANES = 4 };

static const uint64_t prime1 = 0x9e3779b185ebca87u, prime2 = 0xc2b2ae3d27d4eb4fu,
                      prime3 = 0x165667b19e3779f9u, prime4 = 0x85ebca77c2b2ae63u,
                      prime5 = 0x27d4eb2f165667c5u;

static uint64_t rotate(uint64_t value, int bits) {
    return value << bits | value >> (64 - bits);
}

/* Every platform that this runs on is little-endian, as the bytes of the hash are. */
static uint64_t read_word(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

static uint64_t mix_round(uint64_t lane, uint64_t word) {
    return rotate(lane + word * prime2, 31) * prime1;
}

static void add_stripes(tt_hash *hash, const unsigned char *bytes, size_t n) {
    uint64_t lanes[LANES];
    memcpy(lanes, hash->lanes, sizeof lanes);
    for (; n > 0; n--, bytes += STRIPE)
        for (int i = 0; i < LANES; i++)
            lanes[i] = mix_round(lanes[i], read_word(bytes + 8 * i));
    memcpy(hash->lanes, lanes, sizeof lanes);
}

tt_hash tt_hash_new(void) {
    return (tt_hash){.lanes = {prime1 + prime2, prime2, 0, -prime1}};
}

void tt_hash_add(tt_hash *hash, const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    size_t kept = hash->size % STRIPE;
    hash->size += size;
    if (kept > 0) {
        size_t taken = size < STRIPE - kept ? size : STRIPE - kept;
        memcpy(hash->rest + kept, at, taken);
        if (kept + taken < STRIPE)
            return;
        add_stripes(hash, hash->rest, 1);
        at += taken;
        size -= taken;
    }
    add_stripes(hash, at, size / STRIPE);
    if (size % STRIPE > 0)
        memcpy(hash->rest, at + size / STRIPE * STRIPE, size % STRIPE);
}

static uint64_t merge_lanes(const uint64_t lanes[LANES]) {
    static const int turns[LANES] = {1, 7, 12, 18};
    uint64_t value = 0;
    for (int i = 0; i < LANES; i++)
        value += rotate(lanes[i], turns[i]);
    for (int i = 0; i < LANES; i++)
        value = (value ^ mix_round(0, lanes[i])) * prime1 + prime4;
    return value;
}

static uint64_t add_rest(uint64_t value, const unsigned char *at, size_t size) {
    for (; size >= 8; size -= 8, at += 8)
        value = rotate(value ^ mix_round(0, read_word(at)), 27) * prime1 + prime4;
    if (size >= 4) {
        uint32_t half;
        memcpy(&half, at, sizeof half);
        value = rotate(value ^ half * prime1, 23) * prime2 + prime3;
        size -= 4, at += 4;
    }
    for (; size > 0; size--, at++)
        value = rotate(value ^ *at * prime5, 11) * prime1;
    return value;
}

uint64_t tt_hash_value(const tt_hash *hash) {
    uint64_t value = hash->size < STRIPE ? prime5 : merge_lanes(hash->lanes);
    value = add_rest(value + hash->size, hash->rest, hash->size % STRIPE);
    value = (value ^ value >> 33) * prime2;
    value = (value ^ value >> 29) * prime3;
    return value ^ value >> 32;
}
