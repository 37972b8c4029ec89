/* The same run gives the same weights on every build: gcc and clang, optimised or not, with and
 * without sanitizers, and as wasm. The runs take every optimizer, every loss that fits, and every
 * activation through a few epochs with dropout, penalties, clipping and a schedule, so that each
 * kernel has its part in the hash. */

#include "unit.h"

#include "loss.h"
#include "maths.h"
#include "products.h"
#include "tabtrain/tabtrain.h"
#include "text.h"

enum { TRAINING = 90, VALIDATION = 30, FEATURES = 7, CLASSES = 3, TARGETS = 2 };

/* Changes only when the arithmetic changes on purpose. */
static const char golden_preparation[] = "68a1b870f8972e70";
static const char golden[] = "842b5764d24f530f";
static const char golden_fused[] = "381a743eefb6db30";

/* Target `index` of a row whose features make `sum`. */
static float target_of(tt_task task, float sum, int32_t index) {
    float limit = (float)index / 2;
    return task == TT_REGRESSION   ? sum * sum * limit + sum
           : task == TT_MULTICLASS ? (float)((sum > -0.5f) + (sum > 0.5f))
                                   : (float)(sum > limit);
}

static tt_dataset *make_data(tt_task task, int32_t targets) {
    static float x[(TRAINING + VALIDATION) * FEATURES], y[(TRAINING + VALIDATION) * TARGETS];
    uint32_t bits = 2026;
    for (int i = 0; i < TRAINING + VALIDATION; i++) {
        for (int j = 0; j < FEATURES; j++) {
            bits = bits * 1664525u + 1013904223u;
            x[i * FEATURES + j] = (float)(int32_t)bits / 1073741824.0f;
        }
        float sum = x[i * FEATURES] + x[i * FEATURES + 1] * x[i * FEATURES + 2];
        for (int32_t t = 0; t < targets; t++)
            y[i * targets + t] = target_of(task, sum, t);
    }
    const int64_t rows[2] = {TRAINING, VALIDATION};
    const float *const xs[2] = {x, x + TRAINING * FEATURES}, *const ys[2] = {y, y + TRAINING *
                                                                                        targets};
    int32_t classes = task == TT_BINARY ? 2 : task == TT_MULTICLASS ? CLASSES : 0;
    return tt_dataset_from_arrays(task, FEATURES, targets, classes, rows, xs, ys, NULL);
}

static const tt_loss *loss_of(const tt_family *family, const tt_descriptor *row) {
    bool is_loss = strcmp(family->key, "loss") == 0;
    return is_loss ? &tt_losses[tt_family_find(family, row->key)] : NULL;
}

static int32_t n_targets(const tt_loss *loss, tt_task task) {
    bool several = task == TT_MULTILABEL || (loss && loss->least_outputs > 1);
    return several && task != TT_MULTICLASS ? TARGETS : 1;
}

/* Losses on probabilities name the activation that makes them. */
static const char *needed_output(const tt_loss *loss) {
    return loss && loss->output_activation ? loss->output_activation : "linear";
}

static uint64_t hash_of_run(const tt_family *family, const tt_descriptor *row, tt_task task,
                            const char *arithmetic) {
    const tt_loss *loss = loss_of(family, row);
    tt_dataset *dataset = make_data(task, n_targets(loss, task));
    tt_config *config = tt_config_new();
    tt_error error;
    const char *const settings[][2] = {
        {"model.hidden", "13,6"},
        {"model.dropout", "0.1,0"},
        {"activation", "tanh"},
        {"train.epochs", "6"},
        {"train.batch_size", "16"},
        {"train.arithmetic", arithmetic},
        {"schedule", "cosine"},
        {"schedule.unit", "step"},
        {"schedule.warmup", "3"},
        {"regularizer", "l1,l2,clip_norm,clip_value"},
        {"data.image", "1x7"},
        {family->key, row->key},
        {"model.output_activation", needed_output(loss)},
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

static void check_every_row(const char *arithmetic, const char *wanted) {
    uint64_t all = 0xcbf29ce484222325u;
    for (int32_t f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        for (int32_t r = 0; r < family->n_rows; r++) {
            const tt_descriptor *row = tt_family_row(family, r);
            for (int32_t task = TT_REGRESSION; task <= TT_MULTILABEL; task *= 2)
                if (row->tasks & task)
                    all = mix(all, hash_of_run(family, row, (tt_task)task, arithmetic));
        }
    }
    char text[17];
    snprintf(text, sizeof text, "%08x%08x", (unsigned)(all >> 32), (unsigned)all);
    printf("same bits, %s: %s\n", arithmetic, text);
    assert_string_equal(text, wanted);
}

static void every_row_gives_the_golden_bits(void **state) {
    (void)state;
    check_every_row("exact", golden);
}

static void every_row_gives_the_golden_bits_of_fused_products(void **state) {
    (void)state;
    if (tt_fused_products())
        check_every_row("fused", golden_fused);
    else
        print_message("no fused multiply-add here\n");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_row_gives_the_golden_bits),
    cmocka_unit_test(every_row_gives_the_golden_bits_of_fused_products),
    cmocka_unit_test(every_preparation_gives_the_golden_bits),
};

RUN_TESTS(tests)
