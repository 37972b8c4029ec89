#include "random.h"

uint32_t tt_random_bits(tt_random *random) {
    uint64_t state = random->state;
    random->state = state * 6364136223846793005u + random->stream;
    uint32_t mixed = (uint32_t)(((state >> 18) ^ state) >> 27);
    uint32_t turn = (uint32_t)(state >> 59);
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
}

tt_random tt_random_new(uint64_t seed, tt_purpose purpose) {
    tt_random random = {.state = 0, .stream = ((uint64_t)purpose << 1) | 1};
    tt_random_bits(&random);
    random.state += seed;
    tt_random_bits(&random);
    return random;
}

uint32_t tt_random_below(tt_random *random, uint32_t bound) {
    uint64_t product = (uint64_t)tt_random_bits(random) * bound;
    if ((uint32_t)product < bound) {
        uint32_t threshold = (0u - bound) % bound;
        while ((uint32_t)product < threshold)
            product = (uint64_t)tt_random_bits(random) * bound;
    }
    return (uint32_t)(product >> 32);
}

double tt_random_uniform(tt_random *random) {
    return tt_random_bits(random) * 0x1p-32;
}

void tt_random_permutation(tt_random *random, uint32_t n, uint32_t *order) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = tt_random_below(random, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

int64_t tt_random_sample(tt_random *random, uint32_t n, int64_t wanted, uint32_t *chosen) {
    int64_t taken = 0;
    for (uint32_t i = 0; i < n && taken < wanted; i++)
        if (tt_random_below(random, n - i) < wanted - taken)
            chosen[taken++] = i;
    return taken;
}
