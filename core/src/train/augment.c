#include <string.h>

#include "maths.h"
#include "trainer-state.h"

/* A number from Beta(a, a), 0 < a <= 1 (Johnk, 1964). */
static double draw_beta(tt_random *random, double a) {
    for (;;) {
        double u = tt_pow(tt_random_uniform(random), 1 / a);
        double v = tt_pow(tt_random_uniform(random), 1 / a);
        if (u + v > 0 && u + v <= 1)
            return u / (u + v);
    }
}

/* Row i becomes share * row i + (1 - share) * another row of the chunk (Zhang et al., 2018). The
 * partners come from the rows as they were. */
static void mix(tt_trainer *trainer, int32_t n, const float *x, float share) {
    int32_t width = trainer->network.n_inputs;
    int32_t targets = tt_targets_per_row(trainer);
    for (int32_t i = 0; i < n; i++) {
        int32_t other = (int32_t)tt_random_below(&trainer->state.augmentation, (uint32_t)n);
        const float *own = x + (int64_t)i * width, *mixed_in = x + (int64_t)other * width;
        float *mixed = trainer->augmented + (int64_t)i * width;
        for (int32_t j = 0; j < width; j++)
            mixed[j] = share * own[j] + (1 - share) * mixed_in[j];
        memcpy(trainer->mixed_y + i * targets, trainer->y + other * targets,
               (size_t)targets * sizeof(float));
    }
}

const float *tt_augment(tt_trainer *trainer, int32_t n, const float *x, float *share) {
    const tt_plan *plan = &trainer->plan;
    tt_random *random = &trainer->state.augmentation;
    int64_t size = (int64_t)n * trainer->network.n_inputs;
    *share = 1;
    if (trainer->altered) {
        memcpy(trainer->altered, x, (size_t)size * sizeof *x);
        tt_augment_rows(&trainer->augmenter, n, random, trainer->altered);
        x = trainer->altered;
    }
    if (!trainer->augmented)
        return x;
    if (plan->mixup > 0) {
        *share = (float)draw_beta(random, plan->mixup);
        mix(trainer, n, x, *share);
    } else {
        memcpy(trainer->augmented, x, (size_t)size * sizeof *x);
    }
    if (plan->input_noise > 0)
        tt_add_noise(plan->input_noise, size, random, trainer->augmented);
    return trainer->augmented;
}
