/* The same run gives the same weights on every build: gcc and clang, optimised or not, with and
 * without sanitizers, and as wasm. The runs take every optimizer, every loss that fits, and every
 * activation through a few epochs with dropout, penalties, clipping and a schedule, so that each
 * kernel has its part in the hash. */

#include "unit.h"

#include "loss.h"
#include "maths.h"
#include "tabtrain/tabtrain.h"
#include "text.h"

enum { TRAINING = 90, VALIDATION = 30, FEATURES = 7, CLASSES = 3 };

/* Changes only when the arithmetic changes on purpose. */
static const char golden_preparation[] = "68a1b870f8972e70";
static const char golden[] = "789570fca68cf67e";

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

/* Losses on probabilities name the activation that makes them. */
static const char *needed_output(const tt_family *family, const tt_descriptor *row) {
    const char *key = NULL;
    if (strcmp(family->key, "loss") == 0)
        key = tt_losses[tt_family_find(family, row->key)].output_activation;
    return key ? key : "linear";
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
        {"model.output_activation", needed_output(family, row)},
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

static uint64_t mix(uint64_t hash, uint64_t value) {
    return (hash ^ value) * 0x100000001b3u;
}

static tt_table *make_table(const tt_config *config) {
    tt_text csv = {0};
    tt_text_add(&csv, "number,gaps,colour,target\n");
    for (int i = 0; i < 60; i++) {
        tt_text_add(&csv, "%g,", tt_exp(i * 0.1));
        if (i % 7 != 3)
            tt_text_add(&csv, "%g", (i * i % 23) / 3.0);
        tt_text_add(&csv, ",%s,%g\n", i % 3 ? "blue" : "red", i * 0.37 - 5);
    }
    tt_csv *reader = tt_csv_new(config, NULL);
    assert_int_equal(tt_csv_feed(reader, csv.bytes, csv.size, NULL), TT_OK);
    tt_table *table = tt_csv_finish(reader, NULL);
    tt_csv_free(reader);
    free(csv.bytes);
    return table;
}

/* The inputs that a table with numbers, gaps and categories becomes under one setting. */
static uint64_t hash_of_data(const char *key, const char *value) {
    tt_error error;
    tt_config *config = tt_config_new();
    if (tt_config_set(config, key, value, &error) != TT_OK)
        fail_msg("%s", error.message);
    tt_table *table = make_table(config);
    tt_dataset *dataset = tt_dataset_new(table, config, &error);
    if (!dataset)
        fail_msg("%s = %s: %s", key, value, error.message);
    uint64_t hash = 0xcbf29ce484222325u;
    for (int part = 0; part < 2; part++) {
        const float *x = tt_dataset_x(dataset, (tt_part)part);
        int64_t n = tt_dataset_n_rows(dataset, (tt_part)part) * tt_dataset_n_features(dataset);
        for (int64_t i = 0; i < n; i++) {
            uint32_t bits;
            memcpy(&bits, &x[i], sizeof bits);
            hash = mix(hash, bits);
        }
    }
    tt_dataset_free(dataset);
    tt_table_free(table);
    tt_config_free(config);
    return hash;
}

static uint64_t hash_of_choices(uint64_t hash, const char *key, const char *choices) {
    char value[32];
    for (const char *at = choices; *at; at += *at == '|') {
        size_t size = strcspn(at, "|");
        snprintf(value, sizeof value, "%.*s", (int)size, at);
        hash = mix(hash, hash_of_data(key, value));
        at += size;
    }
    return hash;
}

static void every_preparation_gives_the_golden_bits(void **state) {
    (void)state;
    uint64_t all = 0xcbf29ce484222325u;
    for (int32_t f = 0; f < tt_n_families(); f++)
        for (int32_t r = 0; r < tt_family_at(f)->n_rows; r++)
            if (strcmp(tt_family_at(f)->key, "scaler") == 0)
                all = mix(all, hash_of_data("scaler", tt_family_row(tt_family_at(f), r)->key));
    all = hash_of_choices(all, "data.missing", "mean|median|most_frequent|constant|drop");
    all = hash_of_choices(all, "data.encoding", "one_hot|ordinal");
    all = hash_of_choices(all, "split.method", "random|order");
    char text[17];
    snprintf(text, sizeof text, "%08x%08x", (unsigned)(all >> 32), (unsigned)all);
    printf("same preparation: %s\n", text);
    assert_string_equal(text, golden_preparation);
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
                    all = mix(all, hash_of_run(family, row, (tt_task)task));
        }
    }
    char text[17];
    snprintf(text, sizeof text, "%08x%08x", (unsigned)(all >> 32), (unsigned)all);
    printf("same bits: %s\n", text);
    assert_string_equal(text, golden);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_row_gives_the_golden_bits),
    cmocka_unit_test(every_preparation_gives_the_golden_bits),
};

RUN_TESTS(tests)
