/* Every row of the families of scalers and metrics against values worked out by hand or made by
 * scikit-learn. */

#include "unit.h"

#include "metric.h"
#include "scaler.h"

static void scalers_follow_scikit_learn(void **state) {
    (void)state;
    const double x[] = {2, 4, 4, 4, 5, 5, 7, 9}, same[] = {3, 3, 3};
    const struct {
        const char *key;
        double offset, scale, same_offset;
    } cases[] = {{"standard", 5, 2, 3}, {"minmax", 2, 7, 3}, {"none", 0, 1, 0}};
    assert_int_equal(sizeof cases / sizeof cases[0], tt_scaler_family.n_rows);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        const tt_scaler *row = &tt_scalers[tt_family_find(&tt_scaler_family, cases[c].key)];
        double offset, scale;
        row->fit(NULL, 8, x, &offset, &scale);
        assert_near(offset, cases[c].offset, 1e-15, 0);
        assert_near(scale, cases[c].scale, 1e-15, 0);
        row->fit(NULL, 3, same, &offset, &scale);
        assert_near(offset, cases[c].same_offset, 1e-15, 0);
        assert_near(scale, 1, 0, 0);
    }
}

static double metric(const char *key, const tt_outcome *outcome) {
    return tt_metrics[tt_family_find(&tt_metric_family, key)].value(outcome);
}

static void class_metrics_follow_scikit_learn(void **state) {
    (void)state;
    /* y_true, y_pred of three classes; expected values by scikit-learn 1.2.1. */
    const float truth[] = {1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 2, 1, 2, 0, 2, 1, 2, 0, 0};
    const int guess[] = {2, 0, 1, 2, 2, 0, 1, 1, 2, 0, 2, 1, 1, 1, 1, 2, 1, 1, 0, 0};
    enum { N = 20, K = 3 };
    float predictions[N * K];
    double confusion[K * K];
    for (int i = 0; i < N * K; i++)
        predictions[i] = i % K == guess[i / K] ? 0.5f : 0.25f;
    tt_outcome outcome = {TT_MULTICLASS, N, K, K, predictions, truth, confusion};
    tt_count_confusion(&outcome);
    const double expected[] = {4, 3, 2, 1, 3, 3, 0, 3, 1};
    assert_memory_equal(confusion, expected, sizeof expected);
    assert_near(metric("accuracy", &outcome), 0.4, 1e-12, 0);
    assert_near(metric("macro_precision", &outcome), 0.433333333, 1e-8, 0);
    assert_near(metric("macro_recall", &outcome), 0.374338624, 1e-8, 0);
    assert_near(metric("macro_f1", &outcome), (0.571428571 + 0.375 + 0.2) / 3, 1e-8, 0);
    assert_near(tt_class_support(&outcome, 0), 9, 0, 0);
}

static void undefined_class_scores_are_zero(void **state) {
    (void)state;
    const float truth[] = {0, 1, 1}, predictions[] = {0.1f, 0.2f, 0.4999f};
    double confusion[4];
    tt_outcome outcome = {TT_BINARY, 3, 1, 2, predictions, truth, confusion};
    tt_count_confusion(&outcome);
    assert_near(tt_class_precision(&outcome, 1), 0, 0, 0);
    assert_near(tt_class_recall(&outcome, 1), 0, 0, 0);
    assert_near(tt_class_f1(&outcome, 1), 0, 0, 0);
    assert_near(metric("accuracy", &outcome), 1.0 / 3, 1e-15, 0);
    const float half = 0.5f;
    assert_int_equal(tt_decide(1, &half), 1);
}

static void regression_metrics_follow_scikit_learn(void **state) {
    (void)state;
    const float truth[] = {3, -0.5f, 2, 7}, guess[] = {2.5f, 0, 2, 8}, same[] = {1, 1, 1, 1};
    tt_outcome outcome = {TT_REGRESSION, 4, 1, 0, guess, truth, NULL};
    assert_near(metric("r2", &outcome), 0.9486081370449679, 1e-12, 0);
    assert_near(metric("mae", &outcome), 0.5, 1e-12, 0);
    assert_near(metric("rmse", &outcome), sqrt(0.375), 1e-12, 0);
    outcome.targets = same;
    assert_near(metric("r2", &outcome), 0, 0, 0);
    outcome.predictions = same;
    assert_near(metric("r2", &outcome), 1, 0, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(scalers_follow_scikit_learn),
    cmocka_unit_test(class_metrics_follow_scikit_learn),
    cmocka_unit_test(undefined_class_scores_are_zero),
    cmocka_unit_test(regression_metrics_follow_scikit_learn),
};

RUN_TESTS(tests)
