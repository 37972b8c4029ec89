#include "training.h"

#include "loss.h"

static void every_task_learns(void **state) {
    (void)state;
    const tt_task tasks[] = {TT_REGRESSION, TT_BINARY, TT_MULTICLASS};
    for (int i = 0; i < 3; i++) {
        set_up(tasks[i]);
        tt_trainer *trainer = new_trainer();
        assert_int_equal(run_to(trainer, 1 << 30, 7), TT_FINISHED);
        assert_int_equal(n_history, 31);
        double first = history[0][column("validation_loss")];
        double last = history[30][column("validation_loss")];
        assert_true(last < 0.7 * first);
        assert_near(history[30][column("epoch")], 30, 0, 0);
        assert_near(history[30][column("step")], 90, 0, 0);
        tt_trainer_free(trainer);
        tear_down();
    }
}

static void every_optimizer_and_loss_lowers_the_training_loss(void **state) {
    (void)state;
    for (int f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        if (strcmp(family->key, "optimizer") != 0 && strcmp(family->key, "loss") != 0)
            continue;
        for (int32_t r = 0; r < family->n_rows; r++) {
            const tt_descriptor *row = tt_family_row(family, r);
            tt_task task = row->tasks & TT_MULTICLASS ? TT_MULTICLASS : TT_REGRESSION;
            set_up(task);
            set(family->key, row->key);
            if (family == &tt_loss_family && tt_losses[r].output_activation)
                set("model.output_activation", tt_losses[r].output_activation);
            tt_trainer *trainer = new_trainer();
            assert_int_equal(run_to(trainer, 1 << 30, 100), TT_FINISHED);
            assert_true(history[30][column("training_loss")] < history[0][column("training_loss")]);
            tt_trainer_free(trainer);
            tear_down();
        }
    }
}

/* 40 training rows in batches of 10, and 20 validation rows. */
static void work_is_counted_in_rows(void **state) {
    (void)state;
    const int32_t step = 3 * 10 + 16;
    tt_progress progress;
    set_up(TT_MULTICLASS);
    set("train.batch_size", "10");
    tt_trainer *trainer = new_trainer();
    tt_trainer_run(trainer, 1 << 30, 40 + 20, &error);
    tt_trainer_progress(trainer, &progress);
    assert_true(progress.step == 0 && !progress.evaluating);
    tt_trainer_run(trainer, 1 << 30, 3 * step, &error);
    tt_trainer_progress(trainer, &progress);
    assert_int_equal(progress.step, 3);
    tt_trainer_run(trainer, 1 << 30, step, &error);
    tt_trainer_progress(trainer, &progress);
    assert_true(progress.step == 4 && progress.evaluating);
    tt_trainer_run(trainer, 1 << 30, 20 + step, &error);
    tt_trainer_progress(trainer, &progress);
    assert_true(progress.step == 5 && !progress.evaluating);
    tt_trainer_free(trainer);
    tear_down();
}

static void the_size_of_slices_does_not_matter(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("model.dropout", "0.2");
    uint64_t hash = 0;
    for (int32_t work = 1; work < 20000; work += 6666) {
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 1 << 30, work);
        if (work > 1)
            assert_true(tt_trainer_hash(trainer) == hash);
        hash = tt_trainer_hash(trainer);
        tt_trainer_free(trainer);
    }
    tear_down();
}

static void stopping_for_steps_changes_no_bit(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    tt_trainer *straight = new_trainer(), *stepped = new_trainer();
    run_to(straight, 9, 1000);
    for (int64_t step = 1; step <= 9; step++) {
        tt_progress progress;
        run_to(stepped, step, 1);
        tt_trainer_progress(stepped, &progress);
        assert_int_equal(progress.step, step);
    }
    assert_true(tt_trainer_hash(straight) == tt_trainer_hash(stepped));
    tt_trainer_free(straight);
    tt_trainer_free(stepped);
    tear_down();
}

static void seeds_decide(void **state) {
    (void)state;
    static const char *const keys[] = {"model.seed", "train.seed"};
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 10, 1000);
    uint64_t hash = tt_trainer_hash(trainer);
    tt_trainer_free(trainer);
    for (int i = 0; i < 2; i++) {
        set(keys[i], "1");
        trainer = new_trainer();
        run_to(trainer, 10, 1000);
        assert_true(tt_trainer_hash(trainer) != hash);
        tt_trainer_free(trainer);
        set(keys[i], "0");
    }
    trainer = new_trainer();
    run_to(trainer, 10, 1000);
    assert_true(tt_trainer_hash(trainer) == hash);
    tt_trainer_free(trainer);
    tear_down();
}

static void batches_cover_every_row_once(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    const struct {
        const char *size;
        int64_t steps;
    } cases[] = {{"0", 1}, {"1", 40}, {"16", 3}, {"40", 1}, {"1000", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set("train.batch_size", cases[i].size);
        tt_trainer *trainer = new_trainer();
        tt_progress progress;
        run_to(trainer, cases[i].steps, 1000);
        tt_trainer_progress(trainer, &progress);
        assert_int_equal(progress.steps_per_epoch, cases[i].steps);
        assert_int_equal(progress.epoch, 1);
        assert_int_equal(progress.rows_seen, 40);
        tt_trainer_free(trainer);
    }
    tear_down();
}

static void rate_and_penalties_change_during_a_run(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 3, 1000);
    assert_int_equal(tt_trainer_set(trainer, "optimizer.adam.lr", "0", &error), TT_OK);
    uint64_t hash = tt_trainer_hash(trainer);
    run_to(trainer, 6, 1000);
    assert_true(tt_trainer_hash(trainer) == hash);
    assert_int_equal(tt_trainer_set(trainer, "regularizer", "l2", &error), TT_OK);
    assert_int_equal(tt_trainer_set(trainer, "regularizer.l2.strength", "0.5", &error), TT_OK);
    run_to(trainer, 9, 1000);
    double norm = history[n_history - 1][column("weight_norm")];
    double penalty = history[n_history - 1][column("penalty")];
    assert_true(penalty > 0 && penalty <= 0.5 * norm * norm * (1 + 1e-9));
    assert_int_equal(tt_trainer_set(trainer, "train.epochs", "5", &error), TT_BAD_SETTING);
    assert_non_null(strstr(error.message, "cannot change during a run"));
    assert_int_equal(tt_trainer_set(trainer, "optimizer", "sgd", &error), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set(trainer, "optimizer.adam.lr", "-1", &error), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set(trainer, "no.such.key", "1", &error), TT_BAD_SETTING);
    tt_trainer_free(trainer);
    tear_down();
}

static void reports_come_at_the_asked_steps(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("train.report_every", "2");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 7, 1000);
    const double expected[] = {0, 2, 3, 4, 6, 7};
    assert_int_equal(n_history, 6);
    for (int i = 0; i < 6; i++)
        assert_near(history[i][column("step")], expected[i], 0, 0);
    tt_trainer_free(trainer);
    tear_down();
}

static void the_history_waits_until_it_is_taken(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    set("train.epochs", "1000");
    set("train.batch_size", "0");
    tt_trainer *trainer = new_trainer();
    for (int i = 0; i < 50; i++)
        tt_trainer_run(trainer, 1 << 30, 1000, &error);
    take(trainer);
    assert_int_equal(n_history, TT_MAX_WAITING);
    assert_int_equal(run_to(trainer, 1 << 30, 1000), TT_FINISHED);
    assert_int_equal(n_history, 1001);
    for (int i = 0; i < n_history; i++)
        assert_near(history[i][column("step")], i, 0, 0);
    tt_trainer_free(trainer);
    tear_down();
}

static void settings_that_do_not_fit_name_their_key(void **state) {
    (void)state;
    const struct {
        const char *key, *value;
    } cases[] = {{"loss", "cross_entropy"},        {"loss", "cosine_similarity"},
                 {"metric", "accuracy"},           {"activation", "relu,tanh"},
                 {"model.dropout", "0.1,0.1,0.1"}, {"model.norm", "batch,layer"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set_up(TT_REGRESSION);
        set(cases[i].key, cases[i].value);
        assert_null(tt_trainer_new(dataset, config, &error));
        assert_int_equal(error.status, TT_BAD_SETTING);
        assert_string_equal(error.key, cases[i].key);
        tear_down();
    }
}

/* A leaky ReLU of slope 1 is no activation at all. */
static void layers_have_activation_parameters_of_their_own(void **state) {
    (void)state;
    uint64_t hash[4];
    static const char *const cases[][2] = {{"leaky_relu", "0.3,1"},
                                           {"leaky_relu,linear", "0.3"},
                                           {"leaky_relu", "1,0.3"},
                                           {"linear,leaky_relu", "0.3"}};
    for (int i = 0; i < 4; i++) {
        set_up(TT_MULTICLASS);
        set("model.hidden", "8,6");
        set("activation", cases[i][0]);
        set("activation.leaky_relu.slope", cases[i][1]);
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 20, 1000);
        hash[i] = tt_trainer_hash(trainer);
        tt_trainer_free(trainer);
        tear_down();
    }
    assert_true(hash[0] == hash[1]);
    assert_true(hash[2] == hash[3]);
    assert_true(hash[0] != hash[2]);
}

static void activation_parameters_fit_the_layers(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("activation", "elu");
    set("activation.elu.alpha", "1,2");
    set("model.hidden", "8,8,8");
    assert_null(tt_trainer_new(dataset, config, &error));
    assert_string_equal(error.key, "activation.elu.alpha");
    set("model.hidden", "8,8");
    tt_trainer_free(new_trainer());
    tear_down();
}

static void a_model_without_hidden_layers_is_linear(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    set("model.hidden", "");
    set("train.batch_size", "0");
    set("train.epochs", "3000");
    set("optimizer.adam.lr", "0.05");
    tt_trainer *trainer = new_trainer();
    tt_tensor tensor;
    assert_int_equal(tt_trainer_n_tensors(trainer), 2);
    tt_trainer_tensor(trainer, 0, &tensor);
    assert_string_equal(tensor.name, "output weight");
    run_to(trainer, 1 << 30, 1000);
    float values[FEATURES + 1];
    tt_trainer_parameters(trainer, values);
    for (int j = 0; j < FEATURES; j++)
        assert_near((double)values[j], j + 1, 0, 1e-3);
    assert_near((double)values[FEATURES], 0, 0, 1e-3);
    tt_trainer_free(trainer);
    tear_down();
}

static void the_preview_is_the_rate_that_is_used(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("schedule", "cosine");
    set("schedule.warmup", "4");
    double rates[90];
    for (int per_step = 0; per_step < 2; per_step++) {
        set("schedule.unit", per_step ? "step" : "epoch");
        set("train.report_every", "1");
        assert_int_equal(tt_schedule_preview(config, 90, 3, 90, rates, NULL, &error), TT_OK);
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 1 << 30, 1000);
        assert_int_equal(n_history, 91);
        for (int i = 0; i < 90; i++)
            assert_near(history[i + 1][column("learning_rate")], rates[i], 1e-15, 0);
        tt_trainer_free(trainer);
    }
    tear_down();
}

static void the_gradient_of_a_run_can_be_checked(void **state) {
    (void)state;
    tt_gradient_check checks[32];
    set_up(TT_MULTICLASS);
    set("model.hidden", "8,8");
    set("activation", "tanh,gelu");
    set("model.dropout", "0.2");
    set("model.norm", "batch,layer");
    set("model.skip", "1");
    set("regularizer", "l1,l2");
    set("train.batch_size", "0");
    tt_trainer *trainer = new_trainer(), *unchecked = new_trainer();
    run_to(trainer, 4, 1000);
    run_to(unchecked, 4, 1000);
    assert_int_equal(tt_trainer_check_gradient(trainer, 16, 50, checks, &error), TT_OK);
    for (int32_t i = 0; i < tt_trainer_n_tensors(trainer); i++) {
        assert_true(checks[i].n_checked > 0);
        assert_true(checks[i].worst >= 0 && checks[i].worst < 1e-3);
    }
    run_to(trainer, 1 << 30, 1000);
    run_to(unchecked, 1 << 30, 1000);
    assert_true(tt_trainer_hash(trainer) == tt_trainer_hash(unchecked));
    tt_trainer_free(trainer);
    tt_trainer_free(unchecked);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_task_learns),
    cmocka_unit_test(every_optimizer_and_loss_lowers_the_training_loss),
    cmocka_unit_test(work_is_counted_in_rows),
    cmocka_unit_test(the_size_of_slices_does_not_matter),
    cmocka_unit_test(stopping_for_steps_changes_no_bit),
    cmocka_unit_test(seeds_decide),
    cmocka_unit_test(batches_cover_every_row_once),
    cmocka_unit_test(rate_and_penalties_change_during_a_run),
    cmocka_unit_test(reports_come_at_the_asked_steps),
    cmocka_unit_test(the_history_waits_until_it_is_taken),
    cmocka_unit_test(settings_that_do_not_fit_name_their_key),
    cmocka_unit_test(layers_have_activation_parameters_of_their_own),
    cmocka_unit_test(activation_parameters_fit_the_layers),
    cmocka_unit_test(a_model_without_hidden_layers_is_linear),
    cmocka_unit_test(the_preview_is_the_rate_that_is_used),
    cmocka_unit_test(the_gradient_of_a_run_can_be_checked),
};

RUN_TESTS(tests)
