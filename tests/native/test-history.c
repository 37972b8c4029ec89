/* The columns of the history against what reports and weights say. */

#include "training.h"

enum { MOST_PARAMETERS = 4096 };

static double value(int32_t row, const char *key) {
    return history[row][column(key)];
}

/* The sum of |w|^power over the weight matrices. */
static double sum_of_weights(const tt_trainer *trainer, int power) {
    static float flat[MOST_PARAMETERS];
    double sum = 0;
    assert_true(tt_trainer_n_parameters(trainer) <= MOST_PARAMETERS);
    tt_trainer_parameters(trainer, flat);
    for (int32_t t = 0; t < tt_trainer_n_tensors(trainer); t++) {
        tt_tensor tensor;
        tt_trainer_tensor(trainer, t, &tensor);
        int32_t size = strstr(tensor.name, "weight") ? tensor.shape[0] * tensor.shape[1] : 0;
        for (int32_t i = 0; i < size; i++)
            sum += pow(fabs((double)flat[tensor.offset + i]), power);
    }
    return sum;
}

static void each_penalty_has_a_column(void **state) {
    (void)state;
    static const char *const choices[] = {"", "l1", "l2", "l1,l2"};
    for (int i = 0; i < 4; i++) {
        set_up(TT_MULTICLASS);
        set("regularizer", choices[i]);
        set("regularizer.l1.strength", "0.01");
        set("regularizer.l2.strength", "0.02");
        tt_trainer *trainer = new_trainer();
        double l1 = 0.01 * sum_of_weights(trainer, 1), l2 = 0.02 * sum_of_weights(trainer, 2);
        run_to(trainer, 0, 100);
        assert_near(value(0, "penalty_l1"), i & 1 ? l1 : NAN, 1e-6, 0);
        assert_near(value(0, "penalty_l2"), i & 2 ? l2 : NAN, 1e-6, 0);
        assert_near(value(0, "penalty"), (i & 1) * l1 + (i >> 1) * l2, 1e-6, 0);
        run_to(trainer, 20, 100);
        double known = 0;
        for (int32_t kind = 0; kind < 2; kind++) {
            double part = value(n_history - 1, kind ? "penalty_l2" : "penalty_l1");
            known += isnan(part) ? 0 : part;
        }
        assert_near(value(n_history - 1, "penalty"), known, 1e-12, 0);
        tt_trainer_free(trainer);
        tear_down();
    }
}

/* What changes a training pass, and whether "auto" looks again then. */
static void the_training_rows_are_evaluated_where_asked_for(void **state) {
    (void)state;
    static const struct {
        const char *key, *value, *evaluate;
        bool evaluated;
    } cases[] = {
        {"model.dropout", "0", "auto", false},      {"model.dropout", "0.3", "auto", true},
        {"model.norm", "batch", "auto", true},      {"model.norm", "layer", "auto", false},
        {"train.input_noise", "0.1", "auto", true}, {"train.mixup", "0.2", "auto", true},
        {"regularizer", "ema", "auto", true},       {"model.dropout", "0.3", "never", false},
        {"model.dropout", "0", "epoch", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set_up(TT_BINARY);
        set(cases[i].key, cases[i].value);
        set("train.evaluate_training", cases[i].evaluate);
        set("train.report_every", "2");
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 3, 7);
        tt_report *report = tt_report_new(trainer, TT_TRAINING, &error);
        double metric = NAN;
        const char *key = tt_trainer_metric(trainer)->key;
        for (int32_t m = 0; m < tt_report_n_metrics(report); m++) {
            double found;
            if (strcmp(tt_report_metric(report, m, &found)->key, key) == 0)
                metric = found;
        }
        assert_int_equal(n_history, 3);
        assert_near(value(1, "step"), 2, 0, 0);
        assert_true(isnan(value(1, "evaluated_loss")) && isnan(value(1, "evaluated_metric")));
        bool evaluated = cases[i].evaluated;
        assert_near(value(2, "evaluated_loss"), evaluated ? tt_report_loss(report) : NAN, 0, 0);
        assert_near(value(2, "evaluated_metric"), evaluated ? metric : NAN, 0, 0);
        assert_near(value(0, "evaluated_loss"), evaluated ? value(0, "training_loss") : NAN, 0, 0);
        assert_false(isnan(value(2, "training_metric")));
        tt_report_free(report);
        tt_trainer_free(trainer);
        tear_down();
    }
}

static void evaluating_the_training_rows_changes_nothing_else(void **state) {
    (void)state;
    static const char *const choices[] = {"never", "epoch"};
    static double rows[2][MAX_ROWS];
    uint64_t hashes[2];
    set_up(TT_MULTICLASS);
    set("model.dropout", "0.2");
    for (int i = 0; i < 2; i++) {
        set("train.evaluate_training", choices[i]);
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 1 << 30, 5);
        hashes[i] = tt_trainer_hash(trainer);
        for (int32_t r = 0; r < n_history; r++)
            rows[i][r] = value(r, "training_metric");
        tt_trainer_free(trainer);
    }
    assert_true(hashes[0] == hashes[1]);
    assert_memory_equal(rows[0], rows[1], (size_t)n_history * sizeof(double));
    tear_down();
}

static double length(const float *a, const float *b, int32_t n) {
    double squares = 0;
    for (int32_t i = 0; i < n; i++) {
        double d = (double)a[i] - (b ? (double)b[i] : 0);
        squares += d * d;
    }
    return sqrt(squares);
}

static void the_update_ratio_is_that_of_the_step(void **state) {
    (void)state;
    static float before[MOST_PARAMETERS], after[MOST_PARAMETERS];
    set_up(TT_MULTICLASS);
    set("model.hidden", "8,5");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 4, 100);
    tt_trainer_parameters(trainer, before);
    run_to(trainer, 5, 100);
    tt_trainer_parameters(trainer, after);
    assert_true(isnan(value(0, "update_ratio_1")));
    static const char *const keys[] = {"update_ratio_1", "update_ratio_2", "update_ratio_3"};
    for (int32_t t = 0; t < tt_trainer_n_tensors(trainer); t += 2) {
        tt_tensor tensor;
        tt_trainer_tensor(trainer, t, &tensor);
        int32_t n = tensor.shape[0] * tensor.shape[1];
        double expected = length(after + tensor.offset, before + tensor.offset, n) /
                          length(before + tensor.offset, NULL, n);
        assert_true(expected > 0);
        assert_near(value(n_history - 1, keys[t / 2]), expected, 1e-9, 0);
    }
    assert_true(isnan(value(n_history - 1, "update_ratio_4")));
    tt_trainer_free(trainer);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_penalty_has_a_column),
    cmocka_unit_test(the_training_rows_are_evaluated_where_asked_for),
    cmocka_unit_test(evaluating_the_training_rows_changes_nothing_else),
    cmocka_unit_test(the_update_ratio_is_that_of_the_step),
};

RUN_TESTS(tests)
