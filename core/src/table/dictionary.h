#ifndef TT_DICTIONARY_H
#define TT_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a word is found: a free slot has code 0. */
typedef struct tt_slot {
    uint32_t hash, code; /* code + 1 */
} tt_slot;

/* A set of distinct words, each with a code: 0, 1, 2, ... in the order of arrival. Begin with {0}.
 * Words must not contain NUL. */
typedef struct tt_dictionary {
    char *bytes; /* all words, each with a NUL after it */
    size_t n_bytes, byte_capacity;
    uint32_t *starts; /* of each word in `bytes`, and the end of the last one */
    uint32_t n_words, word_capacity;
    size_t longest; /* bytes of the longest word */
    tt_slot *slots; /* open addressing; a power of two of them */
    uint32_t n_slots;
    uint8_t *marks; /* a bit for each of 8 n_slots remainders of a hash that a word has: most texts
                       that are no words are told by it, and it is small enough for the cache */
} tt_dictionary;

static const uint32_t TT_NO_WORD = UINT32_MAX;

/* The code of a word, or TT_NO_WORD. */
uint32_t tt_dictionary_find(const tt_dictionary *dictionary, const char *word, size_t size);

/* Adds a word that is not there yet; returns its code, or TT_NO_WORD when memory runs out. The
 * words together must stay below 4 GB. */
uint32_t tt_dictionary_add(tt_dictionary *dictionary, const char *word, size_t size);

/* A word as a string, borrowed until the next word is added, and its length in bytes. */
const char *tt_dictionary_word(const tt_dictionary *dictionary, uint32_t code);
size_t tt_dictionary_length(const tt_dictionary *dictionary, uint32_t code);

/* Gives back what only finding and adding need. */
void tt_dictionary_close(tt_dictionary *dictionary);
void tt_dictionary_free(tt_dictionary *dictionary);

#endif
