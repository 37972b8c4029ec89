/* The same run gives the same weights on every build: gcc and clang, optimised or not, with and
 * without sanitizers, and as wasm. The runs take every optimizer, every loss that fits, and every
 * activation through a few epochs with dropout, penalties, clipping and a schedule, so that each
 * kernel has its part in the hash. */

#include "unit.h"

#include "tabtrain/tabtrain.h"

enum { TRAINING = 90, VALIDATION = 30, FEATURES = 7, CLASSES = 3 };

/* Changes only when the arithmetic changes on purpose. */
static const char golden[] = "40132b080c319c46";

static tt_dataset *make_data(tt_task task) {
    static float x[(TRAINING + VALIDATION) * FEATURES], y[TRAINING + VALIDATION];
    uint32_t bits = 2026;
    for (int i = 0; i < TRAINING + VALIDATION; i++) {
        for (int j = 0; j < FEATURES; j++) {
            bits = bits * 1664525u + 1013904223u;
            x[i * FEATURES + j] = (float)(int32_t)bits / 1073741824.0f;
        }
        float sum = x[i * FEATURES] + x[i * FEATURES + 1] * x[i * FEATURES + 2];
        y[i] = task == TT_REGRESSION ? sum
               : task == TT_BINARY   ? (float)(sum > 0)
                                     : (float)((sum > -0.5f) + (sum > 0.5f));
    }
    const int64_t rows[2] = {TRAINING, VALIDATION};
    const float *const xs[2] = {x, x + TRAINING * FEATURES}, *const ys[2] = {y, y + TRAINING};
    int32_t classes = task == TT_REGRESSION ? 0 : task == TT_BINARY ? 2 : CLASSES;
    return tt_dataset_from_arrays(task, FEATURES, 1, classes, rows, xs, ys, NULL);
}

static uint64_t hash_of_run(const tt_family *family, const tt_descriptor *row, tt_task task) {
    tt_dataset *dataset = make_data(task);
    tt_config *config = tt_config_new();
    tt_error error;
    const char *const settings[][2] = {
        {"model.hidden", "13,6"},
        {"model.dropout", "0.1,0"},
        {"activation", "tanh"},
        {"train.epochs", "6"},
        {"train.batch_size", "16"},
        {"schedule", "cosine"},
        {"schedule.unit", "step"},
        {"schedule.warmup", "3"},
        {"regularizer", "l1,l2,clip_norm,clip_value"},
        {family->key, row->key},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (tt_config_set(config, settings[i][0], settings[i][1], &error) != TT_OK)
            fail_msg("%s", error.message);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer)
        fail_msg("%s", error.message);
    while (tt_trainer_run(trainer, 1 << 30, 50, &error) == TT_OK)
        continue;
    uint64_t hash = tt_trainer_hash(trainer);
    tt_trainer_free(trainer);
    tt_config_free(config);
    tt_dataset_free(dataset);
    return hash;
}

static void every_row_gives_the_golden_bits(void **state) {
    (void)state;
    uint64_t all = 0xcbf29ce484222325u;
    for (int32_t f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        for (int32_t r = 0; r < family->n_rows; r++) {
            const tt_descriptor *row = tt_family_row(family, r);
            for (int32_t task = TT_REGRESSION; task <= TT_MULTICLASS; task *= 2)
                if (row->tasks & task)
                    all = (all ^ hash_of_run(family, row, (tt_task)task)) * 0x100000001b3u;
        }
    }
    char text[17];
    snprintf(text, sizeof text, "%08x%08x", (unsigned)(all >> 32), (unsigned)all);
    printf("same bits: %s\n", text);
    assert_string_equal(text, golden);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_gives_the_golden_bits)};

RUN_TESTS(tests)
