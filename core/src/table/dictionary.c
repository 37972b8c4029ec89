#include "dictionary.h"

#include <stdlib.h>
#include <string.h>

static uint64_t load_word(const char *bytes, size_t size) {
    uint64_t word = 0;
    if (size >= 8) {
        memcpy(&word, bytes, 8);
    } else if (size >= 4) {
        uint32_t first, last;
        memcpy(&first, bytes, 4);
        memcpy(&last, bytes + size - 4, 4);
        word = first | (uint64_t)last << 32;
    } else if (size > 0) {
        const unsigned char *at = (const unsigned char *)bytes;
        word = at[0] | (uint64_t)at[size / 2] << 8 | (uint64_t)at[size - 1] << 16;
    }
    return word;
}

/* Eight bytes at a time; codes do not depend on the hash. */
static uint32_t hash_bytes(const char *bytes, size_t size) {
    const uint64_t factor = 0x9e3779b97f4a7c15u;
    uint64_t hash = size * factor;
    for (; size > 8; bytes += 8, size -= 8) {
        hash = (hash ^ load_word(bytes, 8)) * factor;
        hash ^= hash >> 29;
    }
    hash = (hash ^ load_word(bytes, size)) * factor;
    return (uint32_t)(hash >> 32);
}

static bool are_same(const char *a, const char *b, size_t size) {
    for (; size > 8; a += 8, b += 8, size -= 8)
        if (load_word(a, 8) != load_word(b, 8))
            return false;
    return load_word(a, size) == load_word(b, size);
}

const char *tt_dictionary_word(const tt_dictionary *dictionary, uint32_t code) {
    return dictionary->bytes + dictionary->starts[code];
}

size_t tt_dictionary_length(const tt_dictionary *dictionary, uint32_t code) {
    return dictionary->starts[code + 1] - dictionary->starts[code] - 1;
}

/* The slot that holds the word, or the free one where it belongs. Hashes that differ spare a look
 * at the word itself, which lies elsewhere in memory. */
static tt_slot *find_slot(const tt_dictionary *d, uint32_t hash, const char *word, size_t size) {
    uint32_t i = hash & (d->n_slots - 1);
    for (; d->slots[i].code; i = (i + 1) & (d->n_slots - 1)) {
        uint32_t code = d->slots[i].code - 1;
        if (d->slots[i].hash == hash && tt_dictionary_length(d, code) == size &&
            are_same(tt_dictionary_word(d, code), word, size))
            break;
    }
    return &d->slots[i];
}

static void mark(tt_dictionary *d, uint32_t hash) {
    d->marks[hash / 8 & (d->n_slots - 1)] |= (uint8_t)(1 << hash % 8);
}

static bool is_marked(const tt_dictionary *d, uint32_t hash) {
    return d->marks[hash / 8 & (d->n_slots - 1)] >> hash % 8 & 1;
}

uint32_t tt_dictionary_find(const tt_dictionary *dictionary, const char *word, size_t size) {
    if (dictionary->n_slots == 0 || size > dictionary->longest)
        return TT_NO_WORD;
    uint32_t hash = hash_bytes(word, size);
    return is_marked(dictionary, hash) ? find_slot(dictionary, hash, word, size)->code - 1
                                       : TT_NO_WORD;
}

static bool grow_bytes(tt_dictionary *d, size_t more) {
    if (d->n_bytes + more <= d->byte_capacity)
        return true;
    size_t capacity = d->byte_capacity ? d->byte_capacity : 64;
    while (capacity < d->n_bytes + more)
        capacity *= 2;
    char *bytes = realloc(d->bytes, capacity);
    if (!bytes)
        return false;
    d->bytes = bytes;
    d->byte_capacity = capacity;
    return true;
}

static bool grow_starts(tt_dictionary *d) {
    if (d->n_words + 2 <= d->word_capacity)
        return true;
    uint32_t capacity = d->word_capacity ? d->word_capacity * 2 : 8;
    uint32_t *starts = realloc(d->starts, capacity * sizeof *starts);
    if (!starts)
        return false;
    if (d->n_words == 0)
        starts[0] = 0;
    d->starts = starts;
    d->word_capacity = capacity;
    return true;
}

static void move_slots(tt_dictionary *to, const tt_dictionary *from) {
    for (uint32_t old = 0; old < from->n_slots; old++) {
        if (from->slots[old].code == 0)
            continue;
        uint32_t i = from->slots[old].hash & (to->n_slots - 1);
        while (to->slots[i].code)
            i = (i + 1) & (to->n_slots - 1);
        to->slots[i] = from->slots[old];
        mark(to, to->slots[i].hash);
    }
}

static void free_slots(tt_dictionary *d) {
    free(d->slots);
    free(d->marks);
    d->slots = NULL;
    d->marks = NULL;
    d->n_slots = 0;
}

static bool grow_slots(tt_dictionary *d) {
    if ((d->n_words + 1) * 2 <= d->n_slots)
        return true;
    tt_dictionary grown = *d;
    grown.n_slots = d->n_slots ? d->n_slots * 2 : 16;
    grown.slots = calloc(grown.n_slots, sizeof *grown.slots);
    grown.marks = calloc(grown.n_slots, sizeof *grown.marks);
    if (!grown.slots || !grown.marks) {
        free_slots(&grown);
        return false;
    }
    move_slots(&grown, d);
    free_slots(d);
    *d = grown;
    return true;
}

uint32_t tt_dictionary_add(tt_dictionary *d, const char *word, size_t size) {
    if (!grow_bytes(d, size + 1) || !grow_starts(d) || !grow_slots(d))
        return TT_NO_WORD;
    uint32_t hash = hash_bytes(word, size);
    *find_slot(d, hash, word, size) = (tt_slot){hash, d->n_words + 1};
    mark(d, hash);
    memcpy(d->bytes + d->n_bytes, word, size);
    d->bytes[d->n_bytes + size] = 0;
    d->n_bytes += size + 1;
    d->longest = size > d->longest ? size : d->longest;
    d->n_words++;
    d->starts[d->n_words] = (uint32_t)d->n_bytes;
    return d->n_words - 1;
}

void tt_dictionary_close(tt_dictionary *dictionary) {
    free_slots(dictionary);
}

void tt_dictionary_free(tt_dictionary *dictionary) {
    free(dictionary->bytes);
    free(dictionary->starts);
    free_slots(dictionary);
    *dictionary = (tt_dictionary){0};
}
