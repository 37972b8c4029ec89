#ifndef TT_RANDOM_H
#define TT_RANDOM_H

#include <stdint.h>

/* Random numbers from integers only, so that every platform draws the same ones: PCG32 (XSH-RR,
 * O'Neill 2014), 64 bits of state, 2^63 independent streams. */
typedef struct tt_random {
    uint64_t state, stream;
} tt_random;

/* What a sequence is for; each purpose has a stream of its own, so that a change of one seed or of
 * one use leaves all other draws as they were. */
typedef enum tt_purpose {
    TT_FOR_SPLIT = 1,
    TT_FOR_WEIGHTS,
    TT_FOR_BATCHES,
    TT_FOR_DROPOUT,
    TT_FOR_AUGMENTATION,
    TT_FOR_SAMPLES,
    TT_FOR_SHUFFLES,
} tt_purpose;

tt_random tt_random_new(uint64_t seed, tt_purpose purpose);
uint32_t tt_random_bits(tt_random *random);

/* Uniform in 0..bound-1 without bias (Lemire 2019); bound >= 1. */
uint32_t tt_random_below(tt_random *random, uint32_t bound);

/* Uniform in [0, 1), a multiple of 2^-32. */
double tt_random_uniform(tt_random *random);

/* Puts 0..n-1 into `order` in random order (Fisher-Yates). */
void tt_random_permutation(tt_random *random, uint32_t n, uint32_t *order);

/* `wanted` of 0..n-1 without replacement, ascending, into `chosen`: all of them when there are no
 * more; returns how many (selection sampling: Knuth, The Art of Computer Programming, volume 2,
 * algorithm S). */
int64_t tt_random_sample(tt_random *random, uint32_t n, int64_t wanted, uint32_t *chosen);

#endif
