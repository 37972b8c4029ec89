#include "unit.h"

#include "activation.h"
#include "decimal.h"
#include "settings.h"
#include "tabtrain/config.h"

static tt_config *config;
static tt_error error;

static int set_up(void) {
    config = tt_config_new();
    assert_non_null(config);
    return 0;
}

static void tear_down(void) {
    tt_config_free(config);
}

static tt_status set(const char *key, const char *value) {
    memset(&error, 0, sizeof error);
    return tt_config_set(config, key, value, &error);
}

static void assert_set(const char *key, const char *value, const char *expected) {
    assert_int_equal(set(key, value), TT_OK);
    assert_string_equal(tt_config_get(config, key), expected);
}

static void assert_refused(const char *key, const char *value, const char *says) {
    char *before = tt_config_get(config, key) ? strdup(tt_config_get(config, key)) : NULL;
    assert_int_equal(set(key, value), TT_BAD_SETTING);
    assert_string_equal(error.key, key);
    if (!strstr(error.message, says))
        printf("message: %s\n", error.message);
    assert_non_null(strstr(error.message, says));
    if (before)
        assert_string_equal(tt_config_get(config, key), before);
    free(before);
}

static void every_default_is_a_value_of_its_own_setting(void **state) {
    (void)state;
    set_up();
    assert_true(tt_config_n_settings(config) > 50);
    for (int32_t i = 0; i < tt_config_n_settings(config); i++) {
        const char *key = tt_config_key(config, i);
        char *text = strdup(tt_config_get(config, key));
        assert_true(tt_config_is_default(config, i));
        if (set(key, text) != TT_OK)
            printf("%s = %s: %s\n", key, text, error.message);
        assert_int_equal(error.status, TT_OK);
        assert_string_equal(tt_config_get(config, key), text);
        assert_true(tt_config_is_default(config, i));
        free(text);
    }
    tear_down();
}

static void every_key_is_there_once(void **state) {
    (void)state;
    set_up();
    for (int32_t i = 0; i < tt_config_n_settings(config); i++)
        for (int32_t j = 0; j < i; j++)
            assert_true(strcmp(tt_config_key(config, i), tt_config_key(config, j)) != 0);
    tear_down();
}

/* A paper, or a library that has it. */
static bool comes_from_somewhere(const tt_descriptor *row) {
    const tt_names *names = &row->names;
    return row->source || names->pytorch || names->keras || names->sklearn;
}

static void every_row_describes_itself(void **state) {
    (void)state;
    for (int32_t f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        assert_true(strlen(family->label) > 0 && strlen(family->help) > 0);
        for (int32_t r = 0; r < family->n_rows; r++) {
            const tt_descriptor *row = tt_family_row(family, r);
            assert_int_equal(tt_family_find(family, row->key), r);
            assert_true(strlen(row->label) > 0 && strlen(row->help) > 0);
            assert_true(strlen(row->formula) > 0 && row->tasks != 0);
            assert_true(comes_from_somewhere(row) || strcmp(row->key, "none") == 0);
            for (int32_t p = 0; p < row->n_params; p++)
                assert_true(strlen(row->params[p].label) > 0 && strlen(row->params[p].help) > 0);
        }
    }
}

static void automatic_choices_exist_for_every_task(void **state) {
    (void)state;
    for (int32_t f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        if (strcmp(family->choice, "auto") != 0)
            continue;
        for (int32_t task = TT_REGRESSION; task <= TT_MULTILABEL; task *= 2) {
            int32_t n = 0;
            for (int32_t r = 0; r < family->n_rows; r++)
                n += (tt_family_row(family, r)->auto_tasks & task) != 0;
            assert_int_equal(n, 1);
        }
    }
}

static void numbers_are_normalised(void **state) {
    (void)state;
    set_up();
    assert_set("optimizer.adam.lr", "0.010", "0.01");
    assert_set("optimizer.adam.lr", "1e-2", "0.01");
    assert_set("train.epochs", "1e2", "100");
    assert_set("train.epochs", "+7", "7");
    assert_set("split.validation", "-0", "0");
    assert_set("split.stratify", "no", "0");
    assert_set("split.stratify", "true", "1");
    assert_set("model.hidden", " 100, 64 ,32", "100,64,32");
    assert_set("model.hidden", "", "");
    assert_set("activation", "relu, tanh", "relu,tanh");
    assert_set("regularizer", "l1,l2", "l1,l2");
    assert_set("regularizer", "", "");
    assert_set("loss", "auto", "auto");
    tear_down();
}

static void activation_parameters_may_be_listed_by_layer(void **state) {
    (void)state;
    double p[TT_MAX_PARAMS];
    const int32_t row = tt_family_find(&tt_activation_family, "softplus");
    set_up();
    assert_set("activation.softplus.beta", "2, 0.50,4", "2,0.5,4");
    assert_set("activation.softplus.threshold", "30", "30");
    const double betas[] = {2, 0.5, 4, 4};
    for (int32_t layer = 0; layer < 4; layer++) {
        tt_config_layer_params(config, &tt_activation_family, row, layer, p);
        assert_near(p[0], betas[layer], 0, 0);
        assert_near(p[1], 30, 0, 0);
    }
    assert_refused("activation.softplus.beta", "1,1000", "1000 is outside");
    assert_refused("activation.softplus.beta", "", "takes a number");
    assert_refused("activation.softplus.beta", "1,1,1,1,1,1,1,1,1", "at most 8");
    assert_refused("optimizer.adam.lr", "0.1,0.2", "takes a number");
    tear_down();
}

static void mistakes_name_key_and_bounds(void **state) {
    (void)state;
    set_up();
    assert_refused("optimizer.adam.lr", "-1", "from 0 to ");
    assert_refused("optimizer.adam.lr", "fast", "\"fast\" is none");
    assert_refused("optimizer.adam.lr", "nan", "number");
    assert_refused("optimizer.adam.lr", "inf", "number");
    assert_refused("train.epochs", "0", "from 1 to 1000000");
    assert_refused("train.epochs", "1.5", "whole number");
    assert_refused("train.epochs", "1e300", "1e300 is outside");
    assert_refused("model.hidden", "16,2000", "from 1 to 1024");
    assert_refused("model.hidden", "16,,16", "number");
    assert_refused("model.hidden", "1,1,1,1,1,1,1,1,1", "at most 8 values");
    assert_refused("data.task", "guess", "auto|regression|binary|multiclass");
    assert_refused("split.stratify", "maybe", "1 (yes) or 0 (no)");
    assert_refused("optimizer", "adma", "sgd, rmsprop, adam");
    assert_refused("optimizer", "sgd,adam", "none of them");
    assert_refused("optimizer", "auto", "none of them");
    assert_refused("activation", "", "none of them");
    assert_refused("optimizer.adam.rl", "1", "Did you mean \"optimizer.adam.lr\"");
    assert_refused("data.target",
                   "Gr\xf6\xdf"
                   "e",
                   "not UTF-8");
    assert_refused("optimiser", "adam", "Did you mean \"optimizer\"");
    tear_down();
}

static void a_file_of_settings_is_read_line_by_line(void **state) {
    (void)state;
    set_up();
    const char good[] =
        "# a comment\r\n\n  optimizer = sgd \r\noptimizer.sgd.lr=0.5\ndata.target = "
        "petal width = cm\n";
    assert_int_equal(tt_config_read(config, good, strlen(good), &error), TT_OK);
    assert_string_equal(tt_config_get(config, "optimizer"), "sgd");
    assert_string_equal(tt_config_get(config, "optimizer.sgd.lr"), "0.5");
    assert_string_equal(tt_config_get(config, "data.target"), "petal width = cm");

    const char bad[] = "optimizer = adam\n\ntrain.epochs = many\n";
    assert_int_equal(tt_config_read(config, bad, strlen(bad), &error), TT_BAD_SETTING);
    assert_int_equal(error.line, 3);
    assert_string_equal(error.key, "train.epochs");

    const char none[] = "just words";
    assert_int_equal(tt_config_read(config, none, strlen(none), &error), TT_BAD_SETTING);
    assert_int_equal(error.line, 1);
    assert_non_null(strstr(error.message, "key = value"));

    const char utf16[] = "\nt\0r\0a\0";
    assert_int_equal(tt_config_read(config, utf16, sizeof utf16, &error), TT_BAD_SETTING);
    assert_int_equal(error.line, 2);
    assert_non_null(strstr(error.message, "NUL"));
    tear_down();
}

static void columns_are_quoted_as_in_csv(void **state) {
    (void)state;
    const char *cursor = "plain, \"with, comma\",\"a \"\"quote\"\"\",last";
    char name[32];
    const char *const expected[] = {"plain", "with, comma", "a \"quote\"", "last"};
    for (int i = 0; i < 4; i++) {
        assert_true(tt_config_next_column(&cursor, name, sizeof name));
        assert_string_equal(name, expected[i]);
    }
    assert_false(tt_config_next_column(&cursor, name, sizeof name));
}

static void a_copy_is_independent(void **state) {
    (void)state;
    set_up();
    assert_set("optimizer.adam.lr", "0.5", "0.5");
    tt_config *copy = tt_config_copy(config);
    assert_set("optimizer.adam.lr", "0.25", "0.25");
    assert_string_equal(tt_config_get(copy, "optimizer.adam.lr"), "0.5");
    tt_config_free(copy);
    tear_down();
}

static void the_catalogue_lists_every_setting(void **state) {
    (void)state;
    set_up();
    char *json = tt_catalogue_json();
    assert_non_null(json);
    for (int32_t i = 0; i < tt_config_n_settings(config); i++) {
        const char *key = tt_config_key(config, i);
        char quoted[96];
        snprintf(quoted, sizeof quoted, strchr(key, '.') ? "\"setting\":\"%s\"" : "{\"key\":\"%s\"",
                 key);
        assert_non_null(strstr(json, quoted));
    }
    tt_free_text(json);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_default_is_a_value_of_its_own_setting),
    cmocka_unit_test(every_key_is_there_once),
    cmocka_unit_test(every_row_describes_itself),
    cmocka_unit_test(automatic_choices_exist_for_every_task),
    cmocka_unit_test(numbers_are_normalised),
    cmocka_unit_test(activation_parameters_may_be_listed_by_layer),
    cmocka_unit_test(mistakes_name_key_and_bounds),
    cmocka_unit_test(a_file_of_settings_is_read_line_by_line),
    cmocka_unit_test(columns_are_quoted_as_in_csv),
    cmocka_unit_test(a_copy_is_independent),
    cmocka_unit_test(the_catalogue_lists_every_setting),
};

RUN_TESTS(tests)
