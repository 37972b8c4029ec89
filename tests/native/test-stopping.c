#include "training.h"

static void the_best_weights_come_back(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("optimizer.adam.lr", "0.2");
    set("train.epochs", "60");
    tt_trainer *trainer = new_trainer();
    tt_progress progress;
    run_to(trainer, 1 << 30, 1000);
    tt_trainer_progress(trainer, &progress);
    double least = INFINITY;
    int best = 0;
    for (int i = 1; i < n_history; i++)
        if (history[i][column("validation_loss")] < least) {
            least = history[i][column("validation_loss")];
            best = i;
        }
    assert_int_equal(progress.best_epoch, best);
    assert_near(progress.best_loss, least, 0, 0);
    tt_trainer_restore_best(trainer);
    tt_report *report = tt_report_new(trainer, TT_VALIDATION, &error);
    char *json = tt_report_json(report);
    double loss = atof(strstr(json, "\"loss\":") + 7);
    assert_near(loss, least, 1e-12, 0);
    tt_free_text(json);
    tt_report_free(report);
    tt_trainer_free(trainer);
    tear_down();
}

static void early_stopping_ends_the_run(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("optimizer.adam.lr", "0");
    set("regularizer", "early_stopping");
    set("regularizer.early_stopping.patience", "4");
    tt_trainer *trainer = new_trainer();
    assert_int_equal(run_to(trainer, 1 << 30, 1000), TT_STOPPED_EARLY);
    assert_int_equal(n_history, 1 + 5);
    assert_int_equal(tt_trainer_run(trainer, 1 << 30, 1000, &error), TT_STOPPED_EARLY);
    tt_trainer_free(trainer);
    tear_down();
}

static void a_diverged_run_says_where_and_keeps_good_weights(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    set("optimizer", "sgd");
    set("optimizer.sgd.lr", "1e9");
    tt_trainer *trainer = new_trainer();
    assert_int_equal(run_to(trainer, 1 << 30, 1000), TT_DIVERGED);
    assert_non_null(strstr(error.message, "diverged at step"));
    assert_non_null(strstr(error.message, "not finite"));
    float values[256];
    assert_true(tt_trainer_n_parameters(trainer) <= 256);
    tt_trainer_parameters(trainer, values);
    for (int64_t i = 0; i < tt_trainer_n_parameters(trainer); i++)
        assert_true(isfinite(values[i]));
    assert_int_equal(tt_trainer_run(trainer, 1 << 30, 1000, &error), TT_DIVERGED);
    tt_trainer_free(trainer);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_best_weights_come_back),
    cmocka_unit_test(early_stopping_ends_the_run),
    cmocka_unit_test(a_diverged_run_says_where_and_keeps_good_weights),
};

RUN_TESTS(tests)
