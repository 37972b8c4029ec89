/* Every preset makes a network for every task it is for. */

#include "training.h"

static void read_preset(tt_config *into, const tt_preset *preset) {
    if (tt_config_read(into, preset->settings, strlen(preset->settings), &error) != TT_OK)
        fail_msg("%s: %s", preset->key, error.message);
}

static tt_dataset *data_for(tt_task task) {
    static const float x[] = {0, 1, 2, 3, 4, 5, 6, 7}, y[] = {0, 1, 1, 0, 1, 0, 0, 1};
    const int64_t rows[2] = {2, 2};
    const float *const xs[2] = {x, x + 4}, *const ys[2] = {y, y + 4};
    int32_t n_targets = task == TT_MULTILABEL ? 2 : 1;
    int32_t n_classes = task & TT_CLASSIFICATION ? 2 : 0;
    return tt_dataset_from_arrays(task, 2, n_targets, n_classes, rows, xs, ys, NULL);
}

static void every_preset_trains_on_every_task_it_is_for(void **state) {
    (void)state;
    for (int32_t i = 0; i < tt_n_presets(); i++) {
        const tt_preset *preset = tt_preset_at(i);
        assert_true(preset->tasks != 0 && strlen(preset->label) > 0 && strlen(preset->help) > 0);
        for (int32_t task = TT_REGRESSION; task <= TT_MULTILABEL; task *= 2) {
            if (!(preset->tasks & task))
                continue;
            config = tt_config_new();
            dataset = data_for((tt_task)task);
            read_preset(config, preset);
            set("train.epochs", "2");
            tt_trainer *trainer = new_trainer();
            assert_int_equal(run_to(trainer, 1 << 30, 1000), TT_FINISHED);
            tt_trainer_free(trainer);
            tear_down();
        }
    }
}

static void preset_keys_are_unique(void **state) {
    (void)state;
    for (int32_t i = 0; i < tt_n_presets(); i++)
        for (int32_t j = 0; j < i; j++)
            assert_string_not_equal(tt_preset_at(i)->key, tt_preset_at(j)->key);
}

/* Parameters of a regularizer that is off do not count. */
static bool counts(const char *key) {
    return strncmp(key, "regularizer.", strlen("regularizer.")) != 0;
}

static void one_preset_after_another_is_the_other(void **state) {
    (void)state;
    for (int32_t i = 0; i < tt_n_presets(); i++)
        for (int32_t j = 0; j < tt_n_presets(); j++) {
            tt_config *alone = tt_config_new(), *after = tt_config_new();
            read_preset(alone, tt_preset_at(j));
            read_preset(after, tt_preset_at(i));
            read_preset(after, tt_preset_at(j));
            for (int32_t k = 0; k < tt_config_n_settings(alone); k++) {
                const char *key = tt_config_key(alone, k);
                if (counts(key))
                    assert_string_equal(tt_config_get(after, key), tt_config_get(alone, key));
            }
            tt_config_free(alone);
            tt_config_free(after);
        }
}

static void the_textbooks_networks_are_there(void **state) {
    (void)state;
    static const struct {
        const char *key, *hidden;
    } cases[] = {{"linear", ""},
                 {"ridge", ""},
                 {"logistic", ""},
                 {"softmax", ""},
                 {"relu_64_32", "64,32"},
                 {"relu_100_64_32_1", "64,32"},
                 {"relu_784_128_10", "128"}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        int32_t found = 0;
        for (int32_t i = 0; i < tt_n_presets(); i++) {
            if (strcmp(tt_preset_at(i)->key, cases[c].key) != 0)
                continue;
            config = tt_config_new();
            read_preset(config, tt_preset_at(i));
            assert_string_equal(tt_config_get(config, "model.hidden"), cases[c].hidden);
            tt_config_free(config);
            found++;
        }
        assert_int_equal(found, 1);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_preset_trains_on_every_task_it_is_for),
    cmocka_unit_test(preset_keys_are_unique),
    cmocka_unit_test(one_preset_after_another_is_the_other),
    cmocka_unit_test(the_textbooks_networks_are_there),
};

RUN_TESTS(tests)
