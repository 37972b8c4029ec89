/* The arithmetic of single parameters. */

#include "training.h"

#include "tabtrain/explain.h"

enum { ROWS = 24 };

static tt_term terms[ROWS];

static tt_explanation explain(tt_trainer *trainer, int32_t tensor, int32_t row, int32_t column) {
    tt_explanation result;
    if (tt_trainer_explain(trainer, tensor, row, column, ROWS, terms, &result, &error) != TT_OK)
        fail_msg("%s", error.message);
    return result;
}

/* Every tensor of a network with all kinds of them, by its last value. */
static void the_sum_is_the_gradient_is_the_difference(void **state) {
    (void)state;
    static const tt_task tasks[] = {TT_REGRESSION, TT_BINARY, TT_MULTICLASS};
    for (int i = 0; i < 3; i++) {
        set_up(tasks[i]);
        set("model.hidden", "7,6,6");
        set("model.norm", "none,batch,layer");
        set("model.dropout", "0.2,0,0");
        set("model.skip", "2");
        set("activation", "prelu,tanh,sigmoid");
        set("regularizer", "l1,l2");
        set("regularizer.l2.strength", "0.01");
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 5, 100);
        for (int32_t t = 0; t < tt_trainer_n_tensors(trainer); t++) {
            tt_tensor tensor;
            tt_trainer_tensor(trainer, t, &tensor);
            tt_explanation e = explain(trainer, t, tensor.shape[0] - 1, tensor.shape[1] - 1);
            bool matrix = strstr(tensor.name, "weight") != NULL;
            assert_string_equal(e.name, tensor.name);
            assert_int_equal(e.n_terms, matrix || strstr(tensor.name, "bias") ? ROWS : 0);
            assert_true(e.penalty != 0 || !matrix);
            assert_near(e.difference, (e.loss_above - e.loss_below) / (2 * e.step), 1e-12, 0);
            assert_near(e.gradient, e.difference, 1e-3, 2e-6);
            double sum = 0;
            for (int32_t r = 0; r < e.n_terms; r++) {
                assert_near(terms[r].product, terms[r].input * terms[r].delta, 1e-12, 0);
                assert_true(matrix || terms[r].input == 1);
                sum += terms[r].product;
            }
            if (e.n_terms > 0) {
                assert_near(e.sum, sum, 1e-12, 1e-15);
                assert_near(e.sum / e.weight + e.penalty, e.gradient, 1e-4, 1e-6);
            }
        }
        tt_trainer_free(trainer);
        tear_down();
    }
}

/* A linear model with squared error: delta = 2 (prediction - target), input = x. */
static void a_linear_model_can_be_worked_out_by_hand(void **state) {
    (void)state;
    enum { FEATURE = 2 };
    set_up(TT_REGRESSION);
    set("model.hidden", "");
    set("loss", "mse");
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 3, 100);
    float w[FEATURES + 1];
    tt_trainer_parameters(trainer, w);
    tt_explanation e = explain(trainer, 0, 0, FEATURE);
    const float *x = tt_dataset_x(dataset, TT_TRAINING), *y = tt_dataset_y(dataset, TT_TRAINING);
    double sum = 0;
    for (int32_t i = 0; i < ROWS; i++, x += FEATURES) {
        double prediction = (double)w[FEATURES];
        for (int j = 0; j < FEATURES; j++)
            prediction += (double)w[j] * (double)x[j];
        assert_int_equal(terms[i].row, i);
        assert_int_equal(terms[i].table_row, tt_dataset_source_row(dataset, TT_TRAINING, i));
        assert_near(terms[i].input, (double)x[FEATURE], 0, 0);
        assert_near(terms[i].delta, 2 * (prediction - (double)y[i]), 1e-5, 1e-6);
        sum += terms[i].input * 2 * (prediction - (double)y[i]);
    }
    assert_near(e.value, (double)w[FEATURE], 0, 0);
    assert_near(e.weight, ROWS, 0, 0);
    assert_near(e.gradient, sum / ROWS, 1e-5, 1e-6);
    assert_true(e.relative_error < 1e-4);
    tt_trainer_free(trainer);
    tear_down();
}

static void a_parameter_that_is_not_there_is_named(void **state) {
    (void)state;
    set_up(TT_REGRESSION);
    tt_trainer *trainer = new_trainer();
    tt_explanation e;
    const int32_t places[][3] = {{-1, 0, 0}, {99, 0, 0}, {0, 8, 0}, {0, 0, FEATURES}, {1, 0, 1}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        assert_int_equal(tt_trainer_explain(trainer, places[i][0], places[i][1], places[i][2], ROWS,
                                            terms, &e, &error),
                         TT_BAD_SETTING);
    assert_non_null(strstr(error.message, "row 1, column 2 of tensor 2"));
    tt_trainer_free(trainer);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_sum_is_the_gradient_is_the_difference),
    cmocka_unit_test(a_linear_model_can_be_worked_out_by_hand),
    cmocka_unit_test(a_parameter_that_is_not_there_is_named),
};

RUN_TESTS(tests)
