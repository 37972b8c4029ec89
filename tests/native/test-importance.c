/* Permutation importance of models whose weights are set by hand, against closed forms. */

#include "model-run.h"

enum { ROWS = 12, SHUFFLES = 4000 };

static const char linear[] =
    "data.target = y\nsplit.validation = 0\nmodel.hidden =\nscaler = none\n"
    "data.scale_target = 0\ndata.missing_flag = 1\ndata.missing = "
    "constant\ndata.fill_value = 0\nloss = mse\nmetric = mse\n";

/* One output of a network without a hidden layer: weights and bias. */
static tt_model *linear_model(model_run *run, int32_t n, const float *parameters) {
    assert_int_equal(tt_trainer_n_parameters(run->trainer), n);
    tt_trainer_set_parameters(run->trainer, parameters);
    return good_model(run, TT_PRESENT);
}

static tt_importance_result measure(tt_model *model, const model_run *run, const char *column,
                                    int64_t max_rows, uint64_t seed, int32_t n) {
    tt_error error;
    tt_importance_result result;
    tt_importance *importance =
        tt_importance_new(model, run->dataset, TT_TRAINING, tt_model_find_column(model, column),
                          max_rows, seed, &error);
    if (!importance)
        fail_msg("%s", error.message);
    for (int32_t i = 0; i < n; i++)
        tt_importance_shuffle(importance);
    tt_importance_result_of(importance, &result);
    tt_importance_free(importance);
    return result;
}

static double variance(int n, const double *x) {
    double mean = 0, sum = 0;
    for (int i = 0; i < n; i++)
        mean += x[i] / n;
    for (int i = 0; i < n; i++)
        sum += (x[i] - mean) * (x[i] - mean);
    return sum / n;
}

/* Where the model is right and adds f(column) to the rest, a shuffled row is wrong by the
 * difference of two values of f drawn from the same rows: the mean of its square is twice the
 * variance of f. */
static void expect_rise(const tt_importance_result *result, const double *f) {
    double expected = 2 * variance(ROWS, f);
    double error_of_mean = result->loss_rise_deviation / sqrt(SHUFFLES);
    assert_int_equal(result->n_shuffles, SHUFFLES);
    assert_near(result->loss, 0, 0, 1e-9);
    assert_near(result->loss_rise, expected, 0, 4 * error_of_mean);
    assert_near(result->metric_drop, result->loss_rise, 1e-6, 0);
    assert_true(error_of_mean > 0 && error_of_mean < expected / 20);
}

static void a_column_counts_by_the_variance_it_adds(void **state) {
    (void)state;
    char text[1000];
    double of_a[ROWS], of_b[ROWS];
    size_t size = (size_t)sprintf(text, "a,b,c,y\n");
    for (int i = 0; i < ROWS; i++) {
        char b[8] = "";
        bool missing = i % 4 == 1;
        of_a[i] = 3 * (i * i % 7);
        of_b[i] = missing ? 5 : 2 * (i * 5 % 11);
        if (!missing)
            sprintf(b, "%d", i * 5 % 11);
        size += (size_t)sprintf(text + size, "%d,%s,%d,%g\n", i * i % 7, b, i * 3 % 8,
                                of_a[i] + of_b[i]);
    }
    model_run run = start_run(text, linear);
    const float parameters[] = {3, 2, 5, 0, 0}; /* a, b, b=missing, c, bias */
    tt_model *model = linear_model(&run, 5, parameters);
    tt_importance_result a = measure(model, &run, "a", ROWS, 1, SHUFFLES);
    tt_importance_result b = measure(model, &run, "b", ROWS, 1, SHUFFLES);
    tt_importance_result c = measure(model, &run, "c", ROWS, 1, 50);
    expect_rise(&a, of_a);
    expect_rise(&b, of_b);
    assert_true(c.loss_rise == 0 && c.loss_rise_deviation == 0 && c.metric_drop == 0);
    tt_model_free(model);
    end_run(&run);
}

/* Every level has the same weight, so that only rows with two levels, or none, would be wrong. */
static void the_features_of_a_category_move_together(void **state) {
    (void)state;
    model_run run = start_run("a,y\nx,7\ny,7\nz,7\nx,7\nz,7\ny,8\n", linear);
    const float parameters[] = {3, 3, 3, 4};
    tt_model *model = linear_model(&run, 4, parameters);
    tt_importance_result result = measure(model, &run, "a", 99, 1, 50);
    assert_near(result.loss, 1.0 / 6, 1e-6, 0);
    assert_true(result.loss_rise == 0 && result.metric_drop == 0);
    tt_model_free(model);
    end_run(&run);
}

/* Half of the rows are of each class, and the model goes by the sign of a alone: after a shuffle
 * each row is right with probability 1/2. */
static void accuracy_drops_by_what_chance_takes(void **state) {
    (void)state;
    model_run run = start_run("a,b,y\n-1,4,no\n-2,1,no\n-1,2,no\n-3,1,no\n1,5,yes\n2,4,yes\n"
                              "1,1,yes\n4,2,yes\n",
                              "data.target = y\nsplit.validation = 0\nmodel.hidden =\n"
                              "scaler = none\nmetric = accuracy");
    const float parameters[] = {9, 0, 0};
    tt_model *model = linear_model(&run, 3, parameters);
    tt_importance_result a = measure(model, &run, "a", 99, 5, SHUFFLES);
    assert_true(a.metric == 1);
    assert_near(a.metric_drop, 0.5, 0, 4 * a.metric_drop_deviation / sqrt(SHUFFLES));
    assert_true(a.loss_rise > 1);
    tt_model_free(model);
    end_run(&run);
}

static void shuffles_follow_from_the_seed(void **state) {
    (void)state;
    char *text = mixed_rows(200);
    model_run run = start_run(text, "data.target = price\nmodel.hidden = 6");
    continue_run(&run, 50);
    tt_model *model = good_model(&run, TT_PRESENT);
    tt_importance_result one = measure(model, &run, "age", 1000, 7, 5);
    measure(model, &run, "width", 1000, 7, 5);
    tt_importance_result again = measure(model, &run, "age", 1000, 7, 5);
    tt_importance_result other = measure(model, &run, "age", 1000, 8, 5);
    tt_importance_result fewer = measure(model, &run, "age", 40, 7, 5);
    assert_int_equal(one.n_rows, tt_dataset_n_rows(run.dataset, TT_TRAINING));
    assert_int_equal(fewer.n_rows, 40);
    assert_true(one.loss_rise == again.loss_rise && one.metric_drop == again.metric_drop);
    assert_true(one.loss_rise != other.loss_rise && one.loss == other.loss);
    assert_true(fewer.loss != one.loss);
    tt_model_free(model);
    end_run(&run);
    free(text);
}

/* Weighted rows, classes as numbers, several targets: the score of the rows as they are is that of
 * the report. */
static void expect_reported_score(const char *cfg) {
    tt_error error;
    double metric = NAN;
    char *text = mixed_rows(300);
    model_run run = start_run(text, cfg);
    continue_run(&run, 20);
    tt_model *model = good_model(&run, TT_PRESENT);
    tt_report *report = tt_report_new(run.trainer, TT_TRAINING, &error);
    tt_importance_result result = measure(model, &run, "age", INT64_MAX, 1, 0);
    for (int32_t i = 0; i < tt_report_n_metrics(report); i++) {
        double value;
        if (tt_report_metric(report, i, &value) == tt_trainer_metric(run.trainer))
            metric = value;
    }
    assert_true(result.loss == tt_report_loss(report));
    assert_true(result.metric == metric);
    tt_report_free(report);
    tt_model_free(model);
    end_run(&run);
    free(text);
}

static void the_score_before_any_shuffle_is_that_of_the_report(void **state) {
    (void)state;
    expect_reported_score("data.target = kind\nmetric = roc_auc");
    expect_reported_score("data.target = kind\nloss = softmax_focal\ndata.class_weight = balanced");
    expect_reported_score("data.target = kind\nloss = categorical_hinge");
    expect_reported_score("data.target = price\ndata.weights = weight\nmetric = r2");
    expect_reported_score("data.target = \"price\", \"weight\"\ndata.ignore = kind");
    expect_reported_score("data.target = \"old\", \"wide\"\ndata.ignore = kind");
}

static void a_part_without_rows_is_told(void **state) {
    (void)state;
    tt_error error;
    model_run run = start_run("a,y\n1,3\n2,4\n3,9\n", "data.target = y\nsplit.validation = 0");
    tt_model *model = good_model(&run, TT_PRESENT);
    assert_null(tt_importance_new(model, run.dataset, TT_VALIDATION, 0, 100, 1, &error));
    assert_string_equal(error.key, "split.validation");
    tt_model_free(model);
    end_run(&run);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_column_counts_by_the_variance_it_adds),
    cmocka_unit_test(the_features_of_a_category_move_together),
    cmocka_unit_test(accuracy_drops_by_what_chance_takes),
    cmocka_unit_test(shuffles_follow_from_the_seed),
    cmocka_unit_test(the_score_before_any_shuffle_is_that_of_the_report),
    cmocka_unit_test(a_part_without_rows_is_told),
};

RUN_TESTS(tests)
