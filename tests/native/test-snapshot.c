#include "training.h"

/* The caller frees it. */
static char *saved(const tt_trainer *trainer, size_t *size) {
    *size = tt_trainer_snapshot_size(trainer);
    char *snapshot = malloc(*size);
    assert_int_equal(tt_trainer_save(trainer, snapshot, *size, &error), TT_OK);
    return snapshot;
}

/* Saves at a step in the middle of an epoch, goes on to the end, and goes on again from the
 * snapshot in a trainer that has never trained. */
static void check_resume(void) {
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 7, 1000);
    size_t size;
    char *snapshot = saved(trainer, &size);
    tt_status end = run_to(trainer, 1 << 30, 1000);
    uint64_t hash = tt_trainer_hash(trainer);
    int32_t n_rows = n_history;
    tt_trainer *resumed = new_trainer();
    tt_progress progress;
    assert_int_equal(tt_trainer_load(resumed, snapshot, size, &error), TT_OK);
    tt_trainer_progress(resumed, &progress);
    assert_int_equal(progress.step, 7);
    assert_int_equal(run_to(resumed, 1 << 30, 3), end);
    assert_true(tt_trainer_hash(resumed) == hash);
    assert_true(n_history < n_rows);
    free(snapshot);
    tt_trainer_free(trainer);
    tt_trainer_free(resumed);
}

static void every_choice_resumes_to_the_same_bits(void **state) {
    (void)state;
    static const char *const families[] = {"optimizer", "schedule", "regularizer", "augmentation"};
    for (int32_t f = 0; f < tt_n_families(); f++)
        for (int k = 0; k < 4; k++) {
            const tt_family *family = tt_family_at(f);
            for (int32_t r = 0; strcmp(family->key, families[k]) == 0 && r < family->n_rows; r++) {
                set_up(TT_MULTICLASS);
                set("model.dropout", "0.2");
                set("model.norm", "batch");
                set("train.input_noise", "0.1");
                set("train.mixup", "0.5");
                set("data.image", "2x2");
                set("train.epochs", "8");
                set(family->key, tt_family_row(family, r)->key);
                if (strcmp(tt_config_get(config, "optimizer"), "lbfgs") == 0)
                    set("train.batch_size", "0");
                check_resume();
                tear_down();
            }
        }
}

/* Rows of the history that nobody has taken are saved too; the room for more is not. */
static void history_that_waits_comes_back(void **state) {
    (void)state;
    static double rows[2][TT_MAX_WAITING * TT_MAX_HISTORY_COLUMNS];
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer(), *resumed = new_trainer();
    tt_trainer_run(trainer, 20, 1 << 20, &error);
    size_t size;
    char *snapshot = saved(trainer, &size);
    assert_int_equal(tt_trainer_load(resumed, snapshot, size, &error), TT_OK);
    int32_t n = tt_trainer_take_history(trainer, rows[0], TT_MAX_WAITING);
    size_t row_size = (size_t)tt_n_history_columns() * sizeof(double);
    assert_true(n > 1);
    assert_int_equal(tt_trainer_take_history(resumed, rows[1], TT_MAX_WAITING), n);
    assert_memory_equal(rows[0], rows[1], (size_t)n * row_size);
    assert_int_equal(tt_trainer_snapshot_size(trainer), size - (size_t)n * row_size);
    free(snapshot);
    tt_trainer_free(trainer);
    tt_trainer_free(resumed);
    tear_down();
}

/* More rows than a chunk in one batch, the weights averaged, a metric that reads all predictions.
 */
static void set_up_chunks(void) {
    enum { ROWS = 800, TRAINED = 600 };
    static float x[ROWS * FEATURES], y[ROWS];
    for (int i = 0; i < ROWS; i++) {
        y[i] = (float)(i % 2);
        for (int j = 0; j < FEATURES; j++)
            x[i * FEATURES + j] = (float)(i * (j + 3) % 17) / 17 + y[i];
    }
    set_up(TT_BINARY);
    tt_dataset_free(dataset);
    const int64_t rows[2] = {TRAINED, ROWS - TRAINED};
    const float *const xs[2] = {x, x + TRAINED * FEATURES}, *const ys[2] = {y, y + TRAINED};
    dataset = tt_dataset_from_arrays(TT_BINARY, FEATURES, 1, 2, rows, xs, ys, &error);
    set("train.batch_size", "500");
    set("train.evaluate_training", "epoch");
    set("train.epochs", "4");
    set("optimizer.adam.lr", "0.3");
    set("regularizer", "ema");
    set("metric", "roc_auc");
}

static void train_chunks(tt_trainer *trainer, int n) {
    for (int i = 0; i < n; i++)
        tt_trainer_run(trainer, 1 << 30, 1, &error);
    take(trainer);
}

/* Loads a snapshot and checks that it is all there: the same bytes come out again. */
static void load_whole(tt_trainer *trainer, const char *snapshot, size_t size) {
    size_t again_size;
    assert_int_equal(tt_trainer_load(trainer, snapshot, size, &error), TT_OK);
    char *again = saved(trainer, &again_size);
    assert_int_equal(again_size, size);
    assert_memory_equal(again, snapshot, size);
    free(again);
}

/* Wherever a run is, between two chunks of a batch or of an evaluation, it goes on from there in a
 * trainer that has been elsewhere, to the same weights and the same history. */
static void a_run_resumes_from_between_any_two_chunks(void **state) {
    (void)state;
    enum { ALL = 40 };
    static double expected[MAX_ROWS][TT_MAX_HISTORY_COLUMNS];
    set_up_chunks();
    for (int before = 0; before < ALL; before++) {
        tt_trainer *unbroken = new_trainer(), *resumed = new_trainer();
        size_t size;
        train_chunks(resumed, ALL - before);
        train_chunks(unbroken, before);
        char *snapshot = saved(unbroken, &size);
        load_whole(resumed, snapshot, size);
        n_history = 0;
        run_to(unbroken, 1 << 30, 1000);
        memcpy(expected, history, sizeof expected);
        int32_t n_expected = n_history;
        n_history = 0;
        run_to(resumed, 1 << 30, 1000);
        assert_int_equal(n_history, n_expected);
        assert_memory_equal(history, expected, (size_t)n_history * sizeof *history);
        tt_trainer_restore_best(unbroken);
        tt_trainer_restore_best(resumed);
        assert_true(tt_trainer_hash(resumed) == tt_trainer_hash(unbroken));
        free(snapshot);
        tt_trainer_free(unbroken);
        tt_trainer_free(resumed);
    }
    tear_down();
}

/* At the end of an epoch the weights are the good ones, and the predictions are over with. */
static void the_end_of_an_epoch_needs_less_room(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer();
    tt_progress progress;
    tt_trainer_progress(trainer, &progress);
    run_to(trainer, progress.steps_per_epoch, 1000);
    size_t size = tt_trainer_snapshot_size(trainer);
    size_t n_weights = (size_t)tt_trainer_n_parameters(trainer), n_predicted = N * (CLASSES + 1);
    run_to(trainer, progress.steps_per_epoch + 1, 1);
    tt_trainer_run(trainer, progress.steps_per_epoch + 2, 1, &error);
    assert_true(tt_trainer_snapshot_size(trainer) >=
                size + n_weights * sizeof(float) + n_predicted * sizeof(double));
    tt_trainer_free(trainer);
    tear_down();
}

static void a_snapshot_brings_live_settings_back(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer();
    assert_int_equal(tt_trainer_set(trainer, "optimizer.adam.lr", "0", &error), TT_OK);
    size_t size;
    char *snapshot = saved(trainer, &size);
    assert_int_equal(tt_trainer_set(trainer, "optimizer.adam.lr", "0.1", &error), TT_OK);
    assert_int_equal(tt_trainer_load(trainer, snapshot, size, &error), TT_OK);
    uint64_t hash = tt_trainer_hash(trainer);
    run_to(trainer, 6, 1000);
    assert_true(tt_trainer_hash(trainer) == hash);
    free(snapshot);
    tt_trainer_free(trainer);
    tear_down();
}

/* Ends after 8 epochs, and goes on to 20 in another trainer. */
static void a_finished_run_goes_on_with_more_epochs(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("train.epochs", "20");
    tt_trainer *unbroken = new_trainer();
    run_to(unbroken, 1 << 30, 1000);
    set("train.epochs", "8");
    tt_trainer *first = new_trainer();
    assert_int_equal(run_to(first, 1 << 30, 1000), TT_FINISHED);
    size_t size;
    char *snapshot = saved(first, &size);
    set("train.epochs", "20");
    tt_trainer *second = new_trainer();
    assert_int_equal(tt_trainer_load(second, snapshot, size, &error), TT_OK);
    assert_true(tt_trainer_hash(second) == tt_trainer_hash(first));
    assert_int_equal(run_to(second, 1 << 30, 1000), TT_FINISHED);
    assert_true(tt_trainer_hash(second) == tt_trainer_hash(unbroken));
    set("train.epochs", "7");
    tt_trainer *shorter = new_trainer();
    assert_int_equal(tt_trainer_load(shorter, snapshot, size, &error), TT_BAD_SETTING);
    assert_string_equal(error.key, "train.epochs");
    free(snapshot);
    tt_trainer_free(unbroken);
    tt_trainer_free(first);
    tt_trainer_free(second);
    tt_trainer_free(shorter);
    tear_down();
}

static void a_foreign_snapshot_is_refused(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer();
    size_t size;
    char *snapshot = saved(trainer, &size);
    assert_int_equal(tt_trainer_load(trainer, snapshot, size - 1, &error), TT_BAD_DATA);
    assert_int_equal(tt_trainer_load(trainer, snapshot, 3, &error), TT_BAD_DATA);
    set("model.hidden", "9");
    tt_trainer *other = new_trainer();
    uint64_t hash = tt_trainer_hash(other);
    assert_int_equal(tt_trainer_load(other, snapshot, size, &error), TT_BAD_DATA);
    assert_true(tt_trainer_hash(other) == hash);
    free(snapshot);
    tt_trainer_free(trainer);
    tt_trainer_free(other);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_choice_resumes_to_the_same_bits),
    cmocka_unit_test(history_that_waits_comes_back),
    cmocka_unit_test(a_run_resumes_from_between_any_two_chunks),
    cmocka_unit_test(the_end_of_an_epoch_needs_less_room),
    cmocka_unit_test(a_snapshot_brings_live_settings_back),
    cmocka_unit_test(a_finished_run_goes_on_with_more_epochs),
    cmocka_unit_test(a_foreign_snapshot_is_refused),
};

RUN_TESTS(tests)
