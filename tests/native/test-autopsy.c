/* Runs that are made to diverge, and what their autopsies say. */

#include "unit.h"

#include "read-csv.h"

/* Its globals would be shadowed in what came after it. */
#include "training.h"

enum { INPUTS = 3, TRAINING = 600, VALIDATION = 40, MOST_PARAMETERS = 1024 };

static float x[(TRAINING + VALIDATION) * INPUTS], y[TRAINING + VALIDATION];

/* A noiseless plane, in batches of 512 rows: two chunks of 256, then the rest. */
static void set_up_plane(const char *hidden) {
    config = tt_config_new();
    set("model.hidden", hidden);
    set("activation", "tanh");
    set("optimizer", "sgd");
    set("train.batch_size", "512");
    set("train.epochs", "10");
    set("train.report_every", "1");
    uint32_t bits = 7;
    for (int i = 0; i < TRAINING + VALIDATION; i++) {
        y[i] = 0;
        for (int j = 0; j < INPUTS; j++) {
            bits = bits * 1664525u + 1013904223u;
            x[i * INPUTS + j] = (float)(bits >> 8) / 8388608.0f - 1;
            y[i] += (float)(j + 1) * x[i * INPUTS + j];
        }
    }
}

static tt_trainer *trainer_on_plane(void) {
    const int64_t rows[2] = {TRAINING, VALIDATION};
    const float *const xs[2] = {x, x + TRAINING * INPUTS}, *const ys[2] = {y, y + TRAINING};
    dataset = tt_dataset_from_arrays(TT_REGRESSION, INPUTS, 1, 0, rows, xs, ys, &error);
    return new_trainer();
}

static tt_autopsy diverge(tt_trainer *trainer) {
    static float values[MOST_PARAMETERS];
    tt_autopsy autopsy;
    assert_int_equal(run_to(trainer, 1 << 30, 3), TT_DIVERGED);
    assert_true(tt_trainer_autopsy(trainer, &autopsy));
    int64_t n = tt_trainer_n_parameters(trainer);
    assert_true(n <= MOST_PARAMETERS);
    tt_trainer_parameters(trainer, values);
    for (int64_t i = 0; i < n; i++)
        assert_true(isfinite(values[i]));
    return autopsy;
}

static void check_row(const tt_autopsy *autopsy, tt_part part, int64_t row) {
    assert_int_equal(autopsy->part, part);
    assert_int_equal(autopsy->row, row);
    assert_int_equal(autopsy->table_row, tt_dataset_source_row(dataset, part, row));
    char text[40];
    snprintf(text, sizeof text, "at row %d of the table", (int)autopsy->table_row + 1);
    assert_non_null(strstr(error.message, text));
}

/* The poison is in one training row, wherever the shuffle and the chunks put it. */
static const struct {
    float input, target;
    tt_origin origin;
} poisons[] = {
    {1e30f, 1e15f, TT_ORIGIN_GRADIENT}, /* error 1e15, squared 1e30; times the input 1e45 */
    {1, 1e30f, TT_ORIGIN_LOSS},         /* squared 1e60 */
};

/* The model says 0 for every row before its first step. */
static void a_poisonous_row_is_named(void **state) {
    (void)state;
    static const int places[] = {0, 300, 511, 599};
    for (int p = 0; p < 2; p++)
        for (int i = 0; i < 4; i++) {
            const float zero[INPUTS + 1] = {0};
            set_up_plane("");
            set("train.batch_size", "0");
            x[places[i] * INPUTS + 1] = poisons[p].input;
            y[places[i]] = poisons[p].target;
            tt_trainer *trainer = trainer_on_plane();
            tt_trainer_set_parameters(trainer, zero);
            tt_autopsy autopsy = diverge(trainer);
            check_row(&autopsy, TT_TRAINING, places[i]);
            assert_int_equal(autopsy.origin, poisons[p].origin);
            assert_string_equal(autopsy.layer_name, "output");
            assert_int_equal(isfinite(autopsy.row_loss), p == 0);
            assert_false(autopsy.evaluating);
            tt_trainer_free(trainer);
            tear_down();
        }
}

static void a_poisonous_validation_row_is_named(void **state) {
    (void)state;
    set_up_plane("");
    x[(TRAINING + 17) * INPUTS] = 1e30f;
    tt_trainer *trainer = trainer_on_plane();
    tt_autopsy autopsy = diverge(trainer);
    check_row(&autopsy, TT_VALIDATION, 17);
    assert_int_equal(autopsy.origin, TT_ORIGIN_LOSS);
    assert_true(autopsy.evaluating);
    assert_int_equal(autopsy.step, 0);
    assert_int_equal(autopsy.n_vitals, 0);
    tt_trainer_free(trainer);
    tear_down();
}

/* The first hidden layer passes one input on, which the second multiplies by 3e38. */
static void the_layer_that_overflows_is_named(void **state) {
    (void)state;
    float values[MOST_PARAMETERS] = {0};
    tt_tensor weight;
    set_up_plane("3,2");
    set("activation", "linear");
    for (int i = 0; i < TRAINING + VALIDATION; i++)
        x[i * INPUTS + 1] = i == 41 ? 50 : 0;
    tt_trainer *trainer = trainer_on_plane();
    tt_trainer_tensor(trainer, 2, &weight);
    values[1] = 1;
    values[weight.offset] = 3e38f;
    tt_trainer_set_parameters(trainer, values);
    tt_autopsy autopsy = diverge(trainer);
    check_row(&autopsy, TT_TRAINING, 41);
    assert_int_equal(autopsy.origin, TT_ORIGIN_ACTIVATION);
    assert_int_equal(autopsy.layer, 1);
    assert_string_equal(autopsy.layer_name, "hidden 2");
    tt_trainer_free(trainer);
    tear_down();
}

static void a_rate_far_too_high_is_caught_with_its_last_good_steps(void **state) {
    (void)state;
    set_up_plane("");
    set("optimizer.sgd.lr", "100");
    tt_trainer *trainer = trainer_on_plane();
    tt_autopsy autopsy = diverge(trainer);
    assert_true(autopsy.step > TT_MAX_VITALS);
    assert_int_equal(autopsy.n_vitals, TT_MAX_VITALS);
    assert_int_equal(autopsy.epoch, (autopsy.step + 1) / 2);
    for (int i = 0; i < TT_MAX_VITALS; i++) {
        const tt_vitals *v = &autopsy.vitals[i];
        const double *row = history[v->step];
        assert_true(v->step <= autopsy.step && row[column("step")] == (double)v->step);
        assert_near(v->gradient_norm, row[column("gradient_norm")], 0, 0);
        assert_near(v->learning_rate, 100, 0, 0);
        if (i > 0) {
            assert_int_equal(v->step, v[-1].step + 1);
            assert_true(v->loss > v[-1].loss && v->largest > v[-1].largest);
        }
    }
    tt_trainer_free(trainer);
    tear_down();
}

/* The norms of steps that are not reported are rough: next to those of a run that reports all. */
static void last_good_steps_without_a_report_have_their_norms_too(void **state) {
    (void)state;
    set_up_plane("");
    set("train.batch_size", "50");
    set("optimizer.sgd.lr", "3");
    tt_trainer *trainer = trainer_on_plane();
    int64_t reported = diverge(trainer).step;
    tt_trainer_free(trainer);
    set("train.report_every", "0");
    trainer = new_trainer();
    double norms[MAX_ROWS];
    for (int64_t step = 1; step < reported; step++)
        norms[step] = history[step][column("gradient_norm")];
    tt_autopsy autopsy = diverge(trainer);
    assert_int_equal(autopsy.n_vitals, TT_MAX_VITALS);
    int compared = 0;
    for (int i = 0; i < TT_MAX_VITALS; i++) {
        const tt_vitals *v = &autopsy.vitals[i];
        if (v->step < reported) {
            assert_near(v->gradient_norm, norms[v->step], 1e-5, 0);
            compared++;
        }
    }
    assert_true(compared > 0);
    tt_trainer_free(trainer);
    tear_down();
}

/* All rows in one step of a linear model: the largest prediction, by hand. */
static void the_largest_value_is_that_of_the_layer(void **state) {
    (void)state;
    enum { STEPS = 12 };
    double largest[STEPS + 1];
    set_up_plane("");
    set("train.batch_size", "200");
    set("train.shuffle", "0");
    tt_trainer *trainer = trainer_on_plane();
    for (int step = 1; step <= STEPS; step++) {
        float w[INPUTS + 1];
        tt_trainer_parameters(trainer, w);
        largest[step] = 0;
        for (int i = 0; i < 200; i++) {
            const float *row = x + ((step - 1) % 3 * 200 + i) * INPUTS;
            double z = (double)w[INPUTS];
            for (int j = 0; j < INPUTS; j++)
                z += (double)w[j] * (double)row[j];
            largest[step] = fmax(largest[step], fabs(z));
        }
        run_to(trainer, step, 100);
    }
    const float broken[INPUTS + 1] = {1, NAN, 1, 1};
    tt_trainer_set_parameters(trainer, broken);
    tt_autopsy autopsy = diverge(trainer);
    assert_int_equal(autopsy.origin, TT_ORIGIN_WEIGHT);
    assert_string_equal(autopsy.tensor, "output weight");
    assert_int_equal(autopsy.row, -1);
    assert_int_equal(autopsy.step, STEPS);
    assert_int_equal(autopsy.good_step, STEPS);
    for (int i = 0; i < TT_MAX_VITALS; i++)
        assert_near(autopsy.vitals[i].largest, largest[autopsy.vitals[i].step], 1e-5, 1e-6);
    tt_trainer_free(trainer);
    tear_down();
}

/* Dropout and noise are drawn once more as they were: the row stays the one that failed. */
static void dropout_and_noise_do_not_hide_the_row(void **state) {
    (void)state;
    set_up_plane("6");
    set("activation", "linear");
    set("model.dropout", "0.5");
    set("train.input_noise", "0.1");
    x[123 * INPUTS + 2] = 1e25f;
    tt_trainer *trainer = trainer_on_plane();
    tt_autopsy autopsy = diverge(trainer);
    check_row(&autopsy, TT_TRAINING, 123);
    tt_trainer_free(trainer);
    tear_down();
}

/* Validation rows that weigh nothing have no mean. */
static void rows_without_weight_are_not_blamed(void **state) {
    (void)state;
    static const char text[] = "a,w,y\n1,1,2\n2,1,3\n3,2,1\n4,0,5\n5,0,1\n";
    static const char cfg[] = "split.method = order\nsplit.validation = 0.4\ndata.weights = w\n"
                              "data.task = regression";
    tt_autopsy autopsy;
    dataset = good_dataset(text, cfg);
    config = config_of(cfg);
    tt_trainer *trainer = new_trainer();
    assert_int_equal(run_to(trainer, 1 << 30, 100), TT_DIVERGED);
    assert_true(tt_trainer_autopsy(trainer, &autopsy));
    assert_int_equal(autopsy.origin, TT_ORIGIN_LOSS);
    assert_int_equal(autopsy.part, TT_VALIDATION);
    assert_int_equal(autopsy.table_row, -1);
    assert_string_equal(autopsy.layer_name, "output");
    assert_non_null(strstr(error.message, "cannot begin"));
    assert_null(strstr(error.message, "row"));
    tt_trainer_free(trainer);
    tear_down();
}

static void a_good_run_has_no_autopsy(void **state) {
    (void)state;
    tt_autopsy autopsy;
    set_up_plane("");
    tt_trainer *trainer = trainer_on_plane();
    run_to(trainer, 5, 100);
    assert_false(tt_trainer_autopsy(trainer, &autopsy));
    char *json = tt_trainer_autopsy_json(trainer);
    assert_string_equal(json, "null");
    tt_free_text(json);
    tt_trainer_free(trainer);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_poisonous_row_is_named),
    cmocka_unit_test(a_poisonous_validation_row_is_named),
    cmocka_unit_test(the_layer_that_overflows_is_named),
    cmocka_unit_test(a_rate_far_too_high_is_caught_with_its_last_good_steps),
    cmocka_unit_test(last_good_steps_without_a_report_have_their_norms_too),
    cmocka_unit_test(the_largest_value_is_that_of_the_layer),
    cmocka_unit_test(dropout_and_noise_do_not_hide_the_row),
    cmocka_unit_test(rows_without_weight_are_not_blamed),
    cmocka_unit_test(a_good_run_has_no_autopsy),
};

RUN_TESTS(tests)
