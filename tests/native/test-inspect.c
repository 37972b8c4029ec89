/* What an inspection says, against a forward pass written out with loops, and that looking changes
 * no bit of a run. */

#include "training.h"

#include "activation.h"
#include "tabtrain/explain.h"
#include "tabtrain/inspect.h"

enum { BINS = 10, UNITS = 8, ROWS = 40, MOST_PARAMETERS = 4096 };

static float flat[MOST_PARAMETERS];

/* The flat index of (row, column) of a tensor. */
static const float *tensor_of(const tt_trainer *trainer, int32_t index) {
    tt_tensor tensor;
    tt_trainer_parameters(trainer, flat);
    tt_trainer_tensor(trainer, index, &tensor);
    return flat + tensor.offset;
}

/* Sums and tanh's of the first hidden layer. */
static void first_layer(const tt_trainer *trainer, double *before, double *after) {
    const float *x = tt_dataset_x(dataset, TT_TRAINING);
    const float *w = tensor_of(trainer, 0), *b = tensor_of(trainer, 1);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < UNITS; j++) {
            double sum = (double)b[j];
            for (int k = 0; k < FEATURES; k++)
                sum += (double)x[i * FEATURES + k] * (double)w[j * FEATURES + k];
            before[i * UNITS + j] = sum;
            after[i * UNITS + j] = tanh(sum);
        }
}

static void check_histogram(const tt_histogram *histogram, int n, const double *values) {
    double low = INFINITY, high = -INFINITY, mean = 0, square = 0;
    for (int i = 0; i < n; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
        mean += values[i] / n;
    }
    for (int i = 0; i < n; i++)
        square += (values[i] - mean) * (values[i] - mean) / n;
    assert_int_equal(histogram->n, n);
    assert_int_equal(histogram->n_not_finite, 0);
    assert_near(histogram->lowest, low, 1e-5, 1e-6);
    assert_near(histogram->highest, high, 1e-5, 1e-6);
    assert_near(histogram->mean, mean, 1e-5, 1e-6);
    assert_near(histogram->deviation, sqrt(square), 1e-5, 1e-6);
    int64_t all = 0;
    for (int bin = 0; bin < BINS; bin++) {
        /* Values within rounding of an edge may lie on either side. */
        int64_t least = 0, most = 0;
        double width = (high - low) / BINS, from = low + bin * width, to = from + width;
        for (int i = 0; i < n; i++) {
            least += values[i] > from + 1e-5 && values[i] < to - 1e-5;
            most += values[i] > from - 1e-5 && values[i] < to + 1e-5;
        }
        assert_in_range(histogram->counts[bin], least, most);
        all += histogram->counts[bin];
    }
    assert_int_equal(all, n);
}

static tt_inspection *inspect(tt_trainer *trainer, int32_t n_rows) {
    tt_inspection *inspection = tt_inspection_new(trainer, TT_TRAINING, n_rows, BINS, &error);
    assert_non_null(inspection);
    return inspection;
}

static void histograms_are_those_of_the_values(void **state) {
    (void)state;
    double before[ROWS * UNITS], after[ROWS * UNITS], weights[UNITS * FEATURES];
    set_up(TT_MULTICLASS);
    set("activation", "tanh");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 7, 100);
    tt_inspection *inspection = inspect(trainer, 1000);
    assert_int_equal(tt_inspection_n_rows(inspection), ROWS);
    assert_int_equal(tt_inspection_n_layers(inspection), 2);
    const tt_layer_inspection *layer = tt_inspection_layer(inspection, 0);
    assert_string_equal(layer->name, "hidden 1");
    assert_string_equal(layer->activation->key, "tanh");
    first_layer(trainer, before, after);
    for (int i = 0; i < UNITS * FEATURES; i++)
        weights[i] = (double)tensor_of(trainer, 0)[i];
    check_histogram(&layer->weights, UNITS * FEATURES, weights);
    check_histogram(&layer->before, ROWS * UNITS, before);
    check_histogram(&layer->after, ROWS * UNITS, after);
    for (int j = 0; j < UNITS; j++) {
        double mean = 0, saturated = 0;
        for (int i = 0; i < ROWS; i++) {
            mean += after[i * UNITS + j] / ROWS;
            saturated += fabs(after[i * UNITS + j]) >= 0.99 ? 1.0 / ROWS : 0;
        }
        assert_near(layer->units[j].mean, mean, 1e-5, 1e-6);
        assert_near(layer->units[j].saturated, saturated, 1e-9, 0);
        assert_near(layer->units[j].zeros, 0, 0, 0);
    }
    assert_null(tt_inspection_layer(inspection, 1)->activation);
    assert_true(isnan(tt_inspection_layer(inspection, 1)->units[0].saturated));
    tt_inspection_free(inspection);
    tt_trainer_free(trainer);
    tear_down();
}

/* One unit of ReLUs is made dead, one of tanh's is made to say 1. */
static void dead_and_saturated_units_are_counted(void **state) {
    (void)state;
    static const char *const activations[] = {"relu", "tanh"};
    for (int i = 0; i < 2; i++) {
        set_up(TT_REGRESSION);
        set("activation", activations[i]);
        tt_trainer *trainer = new_trainer();
        tt_tensor bias;
        tt_trainer_tensor(trainer, 1, &bias);
        tt_trainer_parameters(trainer, flat);
        flat[bias.offset + 3] = i == 0 ? -100 : 100;
        tt_trainer_set_parameters(trainer, flat);
        tt_inspection *inspection = inspect(trainer, ROWS);
        const tt_layer_inspection *layer = tt_inspection_layer(inspection, 0);
        assert_int_equal(layer->n_dead, i == 0);
        assert_int_equal(layer->n_saturated, i == 1);
        assert_near(layer->units[3].mean, i, 1e-6, 0);
        assert_near(layer->units[3].zeros, i == 0, 0, 0);
        assert_near(layer->units[3].saturated, i == 0 ? NAN : 1, 0, 0);
        tt_inspection_free(inspection);
        tt_trainer_free(trainer);
        tear_down();
    }
}

/* Every bound is where the activation itself ends. */
static void limits_are_where_activations_flatten_out(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS] = {0}, limits[2] = {-INFINITY, INFINITY};
        for (int32_t i = 0; i < row->about.n_params; i++)
            p[i] = row->about.params[i].value;
        if (!row->limits)
            continue;
        row->limits(p, limits);
        for (int side = 0; side < 2; side++) {
            double x = side ? 1e6 : -1e6, y;
            row->reference(p, 1, &x, &y);
            if (isfinite(limits[side]))
                assert_near(y, limits[side], 0, 1e-5);
        }
        assert_true(isfinite(limits[0]) || isfinite(limits[1]));
    }
}

/* One batch of all rows: the step's own gradient is that of the inspection. */
static void gradients_are_those_of_a_step_on_these_rows(void **state) {
    (void)state;
    static float gradient[MOST_PARAMETERS];
    double first[UNITS * FEATURES], squares = 0;
    set_up(TT_MULTICLASS);
    set("train.batch_size", "0");
    set("regularizer", "l2");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 3, 100);
    tt_inspection *inspection = inspect(trainer, ROWS);
    run_to(trainer, 4, 100);
    tt_trainer_gradient(trainer, gradient);
    for (int i = 0; i < UNITS * FEATURES; i++)
        first[i] = (double)gradient[i];
    for (int i = 0; i < UNITS * FEATURES + UNITS; i++)
        squares += (double)gradient[i] * (double)gradient[i];
    check_histogram(&tt_inspection_layer(inspection, 0)->gradients, UNITS * FEATURES, first);
    assert_near(tt_inspection_layer(inspection, 0)->gradient_norm, sqrt(squares), 1e-5, 0);
    tt_inspection_free(inspection);
    tt_trainer_free(trainer);
    tear_down();
}

static void look_at_everything(tt_trainer *trainer) {
    tt_gradient_check checks[64];
    tt_explanation explanation;
    tt_term terms[16];
    assert_true(tt_trainer_n_tensors(trainer) <= 64);
    tt_inspection_free(inspect(trainer, 30));
    assert_int_equal(tt_trainer_explain(trainer, 0, 1, 1, 16, terms, &explanation, &error), TT_OK);
    assert_int_equal(tt_trainer_check_gradient(trainer, 8, 2, checks, &error), TT_OK);
}

/* With all that has a memory: dropout, batch normalization, averages, clipping, batches of several
 * chunks that are looked at halfway. */
static void looking_changes_no_bit(void **state) {
    (void)state;
    static const char *const settings[][2] = {
        {"model.hidden", "12,7"},     {"model.dropout", "0.2"},
        {"model.norm", "none,batch"}, {"activation", "prelu,tanh"},
        {"train.input_noise", "0.1"}, {"regularizer", "ema,l1,clip_norm"},
        {"train.epochs", "6"},        {"train.report_every", "2"},
    };
    static char snapshots[2][1 << 20];
    size_t size = 0;
    for (int looks = 0; looks < 2; looks++) {
        set_up(TT_MULTICLASS);
        for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
            set(settings[i][0], settings[i][1]);
        tt_trainer *trainer = new_trainer();
        for (tt_status status = TT_OK; status == TT_OK;) {
            status = tt_trainer_run(trainer, 1 << 30, 1, &error);
            if (looks)
                look_at_everything(trainer);
        }
        size = tt_trainer_snapshot_size(trainer);
        assert_true(size <= sizeof snapshots[0]);
        assert_int_equal(tt_trainer_save(trainer, snapshots[looks], size, &error), TT_OK);
        tt_trainer_free(trainer);
        tear_down();
    }
    assert_memory_equal(snapshots[0], snapshots[1], size);
}

/* 600 rows in one batch are three chunks; the second is looked at between the first and the last.
 */
static void looking_into_half_a_batch_changes_no_bit(void **state) {
    (void)state;
    enum { MANY = 600 };
    static float x[MANY * 2], y[MANY];
    for (int i = 0; i < MANY * 2; i++)
        x[i] = (float)(i * 37 % 101) / 50 - 1;
    for (int i = 0; i < MANY; i++)
        y[i] = x[2 * i] * x[2 * i + 1];
    const int64_t rows[2] = {MANY, 0};
    const float *const xs[2] = {x, x}, *const ys[2] = {y, y};
    uint64_t hashes[2];
    for (int looks = 0; looks < 2; looks++) {
        set_up(TT_REGRESSION);
        tt_dataset_free(dataset);
        dataset = tt_dataset_from_arrays(TT_REGRESSION, 2, 1, 0, rows, xs, ys, &error);
        set("train.batch_size", "0");
        set("model.dropout", "0.1");
        set("train.epochs", "3");
        tt_trainer *trainer = new_trainer();
        while (tt_trainer_run(trainer, 1 << 30, 1, &error) == TT_OK)
            if (looks)
                look_at_everything(trainer);
        hashes[looks] = tt_trainer_hash(trainer);
        tt_trainer_free(trainer);
        tear_down();
    }
    assert_true(hashes[0] == hashes[1]);
}

static void equal_values_fill_one_bin(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    tt_trainer *trainer = new_trainer();
    int64_t n = tt_trainer_n_parameters(trainer);
    for (int64_t i = 0; i < n; i++)
        flat[i] = i == 0 ? NAN : 0.25f;
    tt_trainer_set_parameters(trainer, flat);
    tt_inspection *inspection = inspect(trainer, ROWS);
    const tt_histogram *weights = &tt_inspection_layer(inspection, 0)->weights;
    assert_int_equal(weights->n_not_finite, 1);
    assert_int_equal(weights->n, UNITS * FEATURES - 1);
    assert_near(weights->lowest, -0.25, 0, 0);
    assert_near(weights->highest, 0.75, 0, 0);
    assert_int_equal(weights->counts[BINS / 2], UNITS * FEATURES - 1);
    tt_inspection_free(inspection);
    assert_null(tt_inspection_new(trainer, TT_TRAINING, 0, BINS, &error));
    assert_true(strlen(error.message) > 0);
    tt_trainer_free(trainer);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(histograms_are_those_of_the_values),
    cmocka_unit_test(dead_and_saturated_units_are_counted),
    cmocka_unit_test(limits_are_where_activations_flatten_out),
    cmocka_unit_test(gradients_are_those_of_a_step_on_these_rows),
    cmocka_unit_test(looking_changes_no_bit),
    cmocka_unit_test(looking_into_half_a_batch_changes_no_bit),
    cmocka_unit_test(equal_values_fill_one_bin),
};

RUN_TESTS(tests)
