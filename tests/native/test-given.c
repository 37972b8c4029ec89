/* Batches and dropout masks that the caller gives, and the gradient that a step leaves. */

#include "unit.h"

#include "tabtrain/tabtrain.h"

enum { ROWS = 10, INPUTS = 3, UNITS = 4 };

static tt_dataset *make_dataset(void) {
    static float x[ROWS * INPUTS], y[ROWS];
    for (int i = 0; i < ROWS * INPUTS; i++)
        x[i] = (float)(i * 7 % 11) / 5 - 1;
    for (int i = 0; i < ROWS; i++)
        y[i] = (float)(i * 3 % 7) / 3;
    const float *const xs[2] = {x, NULL};
    const float *const ys[2] = {y, NULL};
    const int64_t n[2] = {ROWS, 0};
    return tt_dataset_from_arrays(TT_REGRESSION, INPUTS, 1, 0, n, xs, ys, NULL);
}

static tt_trainer *make_trainer(const tt_dataset *dataset, const char *settings) {
    tt_config *config = tt_config_new();
    static const char shared[] = "model.hidden = 4\ntrain.epochs = 3\ntrain.batch_size = 4\n"
                                 "optimizer = sgd\noptimizer.sgd.lr = 0.1\n";
    assert_int_equal(tt_config_read(config, shared, sizeof shared - 1, NULL), TT_OK);
    assert_int_equal(tt_config_read(config, settings, strlen(settings), NULL), TT_OK);
    tt_trainer *trainer = tt_trainer_new(dataset, config, NULL);
    assert_non_null(trainer);
    tt_config_free(config);
    return trainer;
}

static uint64_t finish(tt_trainer *trainer) {
    assert_int_equal(tt_trainer_run(trainer, INT64_MAX, INT32_MAX, NULL), TT_FINISHED);
    uint64_t hash = tt_trainer_hash(trainer);
    tt_trainer_free(trainer);
    return hash;
}

static const int32_t in_order[ROWS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

static void batches_in_order(void **state) {
    (void)state;
    static const int32_t sizes[] = {4, 4, 2};
    tt_dataset *dataset = make_dataset();
    uint64_t sequential = finish(make_trainer(dataset, "train.shuffle = 0\n"));
    tt_trainer *given = make_trainer(dataset, "");
    assert_int_equal(tt_trainer_set_batches(given, 3, sizes, in_order, NULL), TT_OK);
    assert_true(finish(given) == sequential);
    tt_dataset_free(dataset);
}

static void batches_of_some_rows(void **state) {
    (void)state;
    static const int32_t sizes[] = {1, 5}, rows[] = {9, 0, 0, 3, 2, 1};
    tt_dataset *dataset = make_dataset();
    tt_trainer *trainer = make_trainer(dataset, "");
    tt_progress progress;
    assert_int_equal(tt_trainer_set_batches(trainer, 2, sizes, rows, NULL), TT_OK);
    assert_int_equal(tt_trainer_run(trainer, INT64_MAX, INT32_MAX, NULL), TT_FINISHED);
    tt_trainer_progress(trainer, &progress);
    assert_int_equal(progress.steps_per_epoch, 2);
    assert_int_equal(progress.step, 6);
    assert_int_equal(progress.epoch, 3);
    assert_int_equal(progress.rows_seen, 18);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
}

static void batches_that_do_not_fit(void **state) {
    (void)state;
    static const int32_t one[] = {1}, none[] = {0}, many[] = {ROWS + 1};
    static const int32_t outside[] = {ROWS}, rows[ROWS + 1] = {0};
    tt_dataset *dataset = make_dataset();
    tt_trainer *trainer = make_trainer(dataset, "");
    assert_int_equal(tt_trainer_set_batches(trainer, 1, one, outside, NULL), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set_batches(trainer, 1, none, rows, NULL), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set_batches(trainer, 1, many, rows, NULL), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set_batches(trainer, 0, one, rows, NULL), TT_BAD_SETTING);
    tt_trainer_run(trainer, 1, INT32_MAX, NULL);
    assert_int_equal(tt_trainer_set_batches(trainer, 1, one, rows, NULL), TT_BAD_SETTING);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
}

static uint64_t with_masks(const tt_dataset *dataset, const char *settings, const float *masks) {
    tt_trainer *trainer = make_trainer(dataset, settings);
    assert_int_equal(tt_trainer_set_masks(trainer, 0, masks ? 2 : 0, masks ? 4 : 0, masks, NULL),
                     TT_OK);
    return finish(trainer);
}

static void masks_instead_of_draws(void **state) {
    (void)state;
    static const char seed_1[] = "train.shuffle = 0\nmodel.dropout = 0.5\ntrain.seed = 1\n";
    static const char seed_2[] = "train.shuffle = 0\nmodel.dropout = 0.5\ntrain.seed = 2\n";
    float masks[2 * 4 * UNITS];
    for (int i = 0; i < 2 * 4 * UNITS; i++)
        masks[i] = (float)(i % 3 != 0);
    tt_dataset *dataset = make_dataset();
    assert_false(with_masks(dataset, seed_1, NULL) == with_masks(dataset, seed_2, NULL));
    assert_true(with_masks(dataset, seed_1, masks) == with_masks(dataset, seed_2, masks));
    assert_false(with_masks(dataset, seed_1, masks) == with_masks(dataset, seed_1, NULL));
    tt_dataset_free(dataset);
}

static void masks_that_do_not_fit(void **state) {
    (void)state;
    static const float masks[ROWS * UNITS] = {0};
    tt_dataset *dataset = make_dataset();
    tt_trainer *without = make_trainer(dataset, "");
    tt_trainer *with = make_trainer(dataset, "model.dropout = 0.5\n");
    assert_int_equal(tt_trainer_set_masks(without, 0, 1, 4, masks, NULL), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set_masks(with, 1, 1, 4, masks, NULL), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set_masks(with, 0, 1, 3, masks, NULL), TT_BAD_SETTING);
    assert_int_equal(tt_trainer_set_masks(with, 0, 1, 4, masks, NULL), TT_OK);
    tt_trainer_free(without);
    tt_trainer_free(with);
    tt_dataset_free(dataset);
}

/* Plain SGD steps by the gradient times the rate, and by a shorter one where it is clipped. */
static void gradient_before_clipping(void **state) {
    (void)state;
    enum { N = INPUTS * UNITS + UNITS + UNITS + 1 };
    float before[N], after[N], free_gradient[N], clipped_gradient[N];
    tt_dataset *dataset = make_dataset();
    tt_trainer *free_run = make_trainer(dataset, "");
    tt_trainer *clipped =
        make_trainer(dataset, "regularizer = clip_norm\nregularizer.clip_norm.limit = 0.001\n");
    assert_int_equal(tt_trainer_n_parameters(free_run), N);
    tt_trainer_parameters(free_run, before);
    tt_trainer_run(free_run, 1, INT32_MAX, NULL);
    tt_trainer_run(clipped, 1, INT32_MAX, NULL);
    tt_trainer_parameters(free_run, after);
    tt_trainer_gradient(free_run, free_gradient);
    tt_trainer_gradient(clipped, clipped_gradient);
    for (int i = 0; i < N; i++) {
        assert_near((double)(before[i] - after[i]), 0.1 * (double)free_gradient[i], 1e-4, 1e-6);
        assert_true(clipped_gradient[i] == free_gradient[i]);
    }
    tt_trainer_free(free_run);
    tt_trainer_free(clipped);
    tt_dataset_free(dataset);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(batches_in_order),        cmocka_unit_test(batches_of_some_rows),
    cmocka_unit_test(batches_that_do_not_fit), cmocka_unit_test(masks_instead_of_draws),
    cmocka_unit_test(masks_that_do_not_fit),   cmocka_unit_test(gradient_before_clipping),
};

RUN_TESTS(tests)
