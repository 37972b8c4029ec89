#include "training.h"

/* Saves at a step in the middle of an epoch, goes on to the end, and goes on again from the
 * snapshot in a trainer that has never trained. */
static void check_resume(void) {
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 7, 1000);
    size_t size = tt_trainer_snapshot_size(trainer);
    char *snapshot = malloc(size);
    assert_int_equal(tt_trainer_save(trainer, snapshot, size, &error), TT_OK);
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
    size_t size = tt_trainer_snapshot_size(trainer);
    char *snapshot = malloc(size);
    assert_int_equal(tt_trainer_save(trainer, snapshot, size, &error), TT_OK);
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

static void a_snapshot_brings_live_settings_back(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    tt_trainer *trainer = new_trainer();
    assert_int_equal(tt_trainer_set(trainer, "optimizer.adam.lr", "0", &error), TT_OK);
    size_t size = tt_trainer_snapshot_size(trainer);
    char *snapshot = malloc(size);
    assert_int_equal(tt_trainer_save(trainer, snapshot, size, &error), TT_OK);
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
    size_t size = tt_trainer_snapshot_size(first);
    char *snapshot = malloc(size);
    assert_int_equal(tt_trainer_save(first, snapshot, size, &error), TT_OK);
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
    size_t size = tt_trainer_snapshot_size(trainer);
    char *snapshot = malloc(size);
    assert_int_equal(tt_trainer_save(trainer, snapshot, size, &error), TT_OK);
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
    cmocka_unit_test(a_snapshot_brings_live_settings_back),
    cmocka_unit_test(a_finished_run_goes_on_with_more_epochs),
    cmocka_unit_test(a_foreign_snapshot_is_refused),
};

RUN_TESTS(tests)
