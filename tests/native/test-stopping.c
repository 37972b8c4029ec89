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

static double training_loss_after(const char *optimizer, const char *rate) {
    set("optimizer", optimizer);
    set(rate, "0.1");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 1 << 30, 1000);
    tt_report *report = tt_report_new(trainer, TT_TRAINING, &error);
    double loss = tt_report_loss(report);
    tt_report_free(report);
    tt_trainer_free(trainer);
    return loss;
}

/* ASGD without its decay steps as SGD does, and its average begins only after a million steps. */
static void weights_that_are_not_averaged_yet_keep_their_limits(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("regularizer", "max_norm");
    set("regularizer.max_norm.limit", "0.3");
    set("optimizer.asgd.lambd", "0");
    double expected = training_loss_after("sgd", "optimizer.sgd.lr");
    assert_near(training_loss_after("asgd", "optimizer.asgd.lr"), expected, 0, 1e-6);
    tear_down();
}

/* Every epoch is one batch, so the history has both parts of what the schedule watches. */
static void without_rows_to_judge_a_plateau_is_of_loss_and_penalty(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    tt_dataset_free(dataset);
    static float x[4] = {-1, 0, 1, 2}, y[4] = {-2, 1, 1, 4};
    const int64_t rows[2] = {4, 0};
    const float *const xs[2] = {x, NULL}, *const ys[2] = {y, NULL};
    dataset = tt_dataset_from_arrays(TT_REGRESSION, 1, 1, 0, rows, xs, ys, &error);
    set("model.hidden", "");
    set("optimizer", "sgd");
    set("optimizer.sgd.lr", "0.1");
    set("initializer", "zeros");
    set("regularizer", "l2");
    set("regularizer.l2.strength", "0.2");
    set("schedule", "reduce_on_plateau");
    set("schedule.reduce_on_plateau.patience", "0");
    set("schedule.reduce_on_plateau.threshold", "0.1");
    set("schedule.reduce_on_plateau.factor", "0.5");
    set("train.epochs", "8");
    set("train.batch_size", "0");
    set("train.report_every", "1");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 1 << 30, 1000);
    double best = INFINITY, rate = 0.1;
    int drops_of_loss_alone = 0, drops = 0;
    double best_loss = INFINITY;
    for (int i = 1; i < n_history; i++) {
        double loss = history[i][column("training_loss")];
        double watched = loss + history[i][column("penalty")];
        assert_near(history[i][column("learning_rate")], rate, 0, 1e-12);
        drops += !(watched < 0.9 * best);
        drops_of_loss_alone += !(loss < 0.9 * best_loss);
        rate *= watched < 0.9 * best ? 1 : 0.5;
        best = watched < 0.9 * best ? watched : best;
        best_loss = loss < 0.9 * best_loss ? loss : best_loss;
    }
    assert_true(drops > 0 && drops != drops_of_loss_alone);
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

/* The loss that a report finds with the trainer's present weights. */
static double validation_loss_of(tt_trainer *trainer) {
    tt_report *report = tt_report_new(trainer, TT_VALIDATION, &error);
    double loss = tt_report_loss(report);
    tt_report_free(report);
    return loss;
}

/* A rate so high that the last epoch is not the best, with an average of weights and running
 * statistics, which come back as well. */
static void set_up_overshooting(const char *patience) {
    set_up(TT_MULTICLASS);
    set("optimizer.adam.lr", "0.2");
    set("train.epochs", "60");
    set("model.norm", "batch");
    set("regularizer", "ema,early_stopping");
    set("regularizer.ema.decay", "0.5");
    set("regularizer.early_stopping.patience", patience);
}

static void check_restoring(const char *patience, tt_status end) {
    tt_progress progress;
    set_up_overshooting(patience);
    tt_trainer *last = new_trainer();
    assert_int_equal(run_to(last, 1 << 30, 1000), end);
    set("regularizer.early_stopping.restore_best", "1");
    tt_trainer *best = new_trainer();
    assert_int_equal(run_to(best, 1 << 30, 1000), end);
    tt_trainer_progress(best, &progress);
    assert_true(progress.best_epoch < progress.epoch);
    assert_near(validation_loss_of(best), progress.best_loss, 0, 0);
    assert_true(validation_loss_of(last) > progress.best_loss);
    assert_near(history[n_history - 1][column("validation_loss")], validation_loss_of(last), 0, 0);
    tt_trainer_restore_best(last);
    assert_true(tt_trainer_hash(last) == tt_trainer_hash(best));
    tt_trainer_free(last);
    tt_trainer_free(best);
    tear_down();
}

static void the_best_weights_end_a_run_that_asks_for_them(void **state) {
    (void)state;
    check_restoring("4", TT_STOPPED_EARLY);
    check_restoring("1000", TT_FINISHED);
}

static void a_resumed_run_ends_with_the_same_best_weights(void **state) {
    (void)state;
    set_up_overshooting("4");
    set("regularizer.early_stopping.restore_best", "1");
    tt_trainer *straight = new_trainer();
    run_to(straight, 1 << 30, 1000);
    tt_progress progress;
    tt_trainer_progress(straight, &progress);
    int64_t after_best = progress.best_epoch * progress.steps_per_epoch + 1;
    tt_trainer *before = new_trainer(), *after = new_trainer();
    run_to(before, after_best, 1000);
    size_t size = tt_trainer_snapshot_size(before);
    char *snapshot = malloc(size);
    assert_int_equal(tt_trainer_save(before, snapshot, size, &error), TT_OK);
    assert_int_equal(tt_trainer_load(after, snapshot, size, &error), TT_OK);
    assert_int_equal(run_to(after, 1 << 30, 1000), TT_STOPPED_EARLY);
    assert_true(tt_trainer_hash(after) == tt_trainer_hash(straight));
    assert_near(validation_loss_of(after), progress.best_loss, 0, 0);
    free(snapshot);
    tt_trainer_free(straight);
    tt_trainer_free(before);
    tt_trainer_free(after);
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
    cmocka_unit_test(weights_that_are_not_averaged_yet_keep_their_limits),
    cmocka_unit_test(without_rows_to_judge_a_plateau_is_of_loss_and_penalty),
    cmocka_unit_test(early_stopping_ends_the_run),
    cmocka_unit_test(the_best_weights_end_a_run_that_asks_for_them),
    cmocka_unit_test(a_resumed_run_ends_with_the_same_best_weights),
    cmocka_unit_test(a_diverged_run_says_where_and_keeps_good_weights),
};

RUN_TESTS(tests)
