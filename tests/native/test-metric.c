/* Every row of the families of scalers and metrics against values worked out by hand or made by
 * scikit-learn. */

#include "unit.h"

#include "metric.h"
#include "scaler.h"

enum { MAX_FITTED = 64 };

static void expect_scaled(const char *key, const double *p, int n, const double *x, int n_new,
                          const double *x_new, const double *wanted) {
    const tt_scaler *row = &tt_scalers[tt_family_find(&tt_scaler_family, key)];
    double fitted[MAX_FITTED], copy[MAX_FITTED];
    assert_true(tt_scaler_n_fitted(row, p) <= MAX_FITTED && n <= MAX_FITTED);
    memcpy(copy, x, (size_t)n * sizeof *x);
    row->fit(p, n, copy, fitted);
    for (int i = 0; i < n_new; i++)
        assert_near(tt_scale(row, fitted, x_new[i]), wanted[i], 1e-12, 1e-14);
}

static void scalers_follow_scikit_learn(void **state) {
    (void)state;
    const double x[] = {2, 9, 4, 4, 5, 4, 7, 5}, x_new[] = {2, 5, 9, 12};
    const double both[] = {1, 1}, no_center[] = {0, 1}, no_scale[] = {1, 0}, range[] = {-1, 1};
    const double unit[] = {0, 1}, quartiles[] = {25, 75, 1, 1, 0};
    const double deciles[] = {10, 90, 0, 1, 0}, deviations[] = {25, 75, 1, 1, 1};
    expect_scaled("none", NULL, 8, x, 4, x_new, x_new);
    expect_scaled("standard", both, 8, x, 4, x_new, (double[]){-1.5, 0, 2, 3.5});
    expect_scaled("standard", no_center, 8, x, 4, x_new, (double[]){1, 2.5, 4.5, 6});
    expect_scaled("standard", no_scale, 8, x, 4, x_new, (double[]){-3, 0, 4, 7});
    expect_scaled("minmax", unit, 8, x, 4, x_new, (double[]){0, 3 / 7.0, 1, 10 / 7.0});
    expect_scaled("minmax", range, 8, x, 4, x_new, (double[]){-1, -1 / 7.0, 1, 13 / 7.0});
    expect_scaled("max_abs", NULL, 8, x, 4, x_new, (double[]){2 / 9.0, 5 / 9.0, 1, 12 / 9.0});
    /* sorted: 2 4 4 4 5 5 7 9; quartiles 4 and 5.5, median 4.5; 10 % is 3.4, 90 % is 7.6 */
    expect_scaled("robust", quartiles, 8, x, 4, x_new,
                  (double[]){-2.5 / 1.5, 0.5 / 1.5, 4.5 / 1.5, 7.5 / 1.5});
    expect_scaled("robust", deciles, 8, x, 4, x_new,
                  (double[]){2 / 4.2, 5 / 4.2, 9 / 4.2, 12 / 4.2});
    /* three quarters of a normal distribution lie below 0.67448975 deviations */
    const double spread = 1.5 / (2 * 0.674489750196082);
    expect_scaled("robust", deviations, 8, x, 4, x_new,
                  (double[]){-2.5 / spread, 0.5 / spread, 4.5 / spread, 7.5 / spread});
}

static void constant_columns_become_zero(void **state) {
    (void)state;
    const double same[] = {3, 3, 3};
    for (int32_t r = 0; r < tt_scaler_family.n_rows; r++) {
        const tt_scaler *row = &tt_scalers[r];
        double p[TT_MAX_PARAMS] = {0}, fitted[1001], x[] = {3, 3, 3};
        for (int32_t i = 0; i < row->about.n_params; i++)
            p[i] = row->about.params[i].value;
        row->fit(p, 3, x, fitted);
        double scaled = tt_scale(row, fitted, same[0]);
        bool keeps = strcmp(row->about.key, "none") == 0 || strcmp(row->about.key, "max_abs") == 0;
        assert_near(scaled, keeps ? same[0] / (row->about.key[0] == 'm' ? 3 : 1) : 0, 0, 1e-15);
        assert_true(isfinite(tt_scale(row, fitted, 4)));
    }
}

/* By hand: a value that is k of the n - 1 steps up gets k / (n - 1), equal ones their middle. */
static void quantiles_follow_scikit_learn(void **state) {
    (void)state;
    const double x[] = {5, 1, 2, 2, 2, 3, 8}, x_new[] = {0, 1, 1.5, 2, 2.5, 4, 8, 9};
    const double all[] = {7, 0}, many[] = {20, 0}, few[] = {3, 0};
    const double wanted[] = {0, 0, 1 / 12.0, 1 / 3.0, 7 / 12.0, 0.75, 1, 1};
    expect_scaled("quantile", all, 7, x, 8, x_new, wanted);
    expect_scaled("quantile", many, 7, x, 8, x_new, wanted);
    /* three quantiles: 1, 2, 8 */
    expect_scaled("quantile", few, 7, x, 8, x_new,
                  (double[]){0, 0, 0.25, 0.5, 0.5 + 0.25 / 6, 0.5 + 1 / 6.0, 1, 1});
}

static void ranks_become_normal(void **state) {
    (void)state;
    const double p[] = {4, 1}, x[] = {1, 2, 2, 3, 5, 8, 8, 8, 13, 21};
    const double x_new[] = {0, 1, 1.5, 2, 4, 8, 20.5, 21, 22}, end = 5.19933758;
    const double by_scikit_learn[] = {-end,      -end,       -1.38299413, -0.96742157, -0.2533471,
                                      0.4307273, 2.23160584, end,         end};
    double fitted[5], copy[10];
    const tt_scaler *row = &tt_scalers[tt_family_find(&tt_scaler_family, "quantile")];
    memcpy(copy, x, sizeof x);
    row->fit(p, 10, copy, fitted);
    assert_true(row->plausible(5, fitted));
    for (int i = 0; i < 9; i++)
        assert_near(tt_scale(row, fitted, x_new[i]), by_scikit_learn[i], 1e-8, 5e-9);
    assert_near(row->invert(fitted, tt_scale(row, fitted, 4)), 4, 1e-12, 0);
    assert_near(row->invert(fitted, -9), 1, 0, 0);
}

static void logarithms_and_powers_follow_their_formula(void **state) {
    (void)state;
    const double x[] = {0, 1, 3, 7}, plain[] = {0}, standard[] = {1};
    const double ln2 = log(2), deviation = ln2 * sqrt(1.25);
    expect_scaled("log1p", plain, 4, x, 4, x, (double[]){0, ln2, 2 * ln2, 3 * ln2});
    expect_scaled("log1p", standard, 4, x, 4, x,
                  (double[]){-1.5 * ln2 / deviation, -0.5 * ln2 / deviation, 0.5 * ln2 / deviation,
                             1.5 * ln2 / deviation});
    const double root[] = {1, 0.5, 0}, numbers[] = {-9, -1, 0, 4};
    expect_scaled("power", root, 4, numbers, 4, numbers, (double[]){-3, -1, 0, 2});
    const tt_scaler *log1p_row = &tt_scalers[tt_family_find(&tt_scaler_family, "log1p")];
    double fitted[4], copy[] = {0, 1, 3, 7};
    log1p_row->fit(plain, 4, copy, fitted);
    assert_true(isnan(log1p_row->apply(fitted, -2)));
}

static double likelihood_of(double lambda, int n, const double *x) {
    double mean = 0, squares = 0, jacobian = 0;
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < n; i++) {
            double y = x[i] < 0 ? (1 - pow(1 - x[i], 2 - lambda)) / (2 - lambda)
                                : (pow(1 + x[i], lambda) - 1) / lambda;
            mean += pass == 0 ? y / n : 0;
            squares += pass == 1 ? (y - mean) * (y - mean) : 0;
            jacobian += pass == 1 ? copysign(log1p(fabs(x[i])), x[i]) : 0;
        }
    return (lambda - 1) * jacobian - n / 2.0 * log(squares / n);
}

static void yeo_johnson_finds_the_likeliest_exponent(void **state) {
    (void)state;
    const double p[] = {0, 0, 0}, x[] = {0.5, -1, 2, 10, 3.5, -0.25, 40, 1};
    double fitted[4], copy[8];
    const tt_scaler *row = &tt_scalers[tt_family_find(&tt_scaler_family, "power")];
    memcpy(copy, x, sizeof x);
    row->fit(p, 8, copy, fitted);
    double best = likelihood_of(fitted[1], 8, x);
    assert_true(best > likelihood_of(fitted[1] + 1e-5, 8, x));
    assert_true(best > likelihood_of(fitted[1] - 1e-5, 8, x));
    assert_near(tt_scale(row, fitted, 10), (pow(11, fitted[1]) - 1) / fitted[1], 1e-12, 0);
    assert_near(tt_scale(row, fitted, -1), -(pow(2, 2 - fitted[1]) - 1) / (2 - fitted[1]), 1e-12,
                0);
}

/* Far out an exponent of more than 1 overflows: it must be passed over. */
static void yeo_johnson_survives_huge_values(void **state) {
    (void)state;
    const double p[] = {0, 0, 1};
    double fitted[4], x[] = {1e250, 1, 1e120, 3, 1e60, 20};
    const tt_scaler *row = &tt_scalers[tt_family_find(&tt_scaler_family, "power")];
    row->fit(p, 6, x, fitted);
    assert_true(fitted[1] < 0.1 && isfinite(fitted[2]) && isfinite(fitted[3]));
    assert_true(tt_scale(row, fitted, 1e250) > tt_scale(row, fitted, 1e60));
}

static void a_range_must_have_a_width(void **state) {
    (void)state;
    const tt_scaler *row = &tt_scalers[tt_family_find(&tt_scaler_family, "minmax")];
    const double bad[] = {1, 1}, good[] = {0, 1};
    assert_non_null(row->complaint(bad));
    assert_null(row->complaint(good));
}

static double metric_with(const char *key, const double *p, const tt_outcome *outcome) {
    int32_t row = tt_family_find(&tt_metric_family, key);
    assert_true(row >= 0);
    return tt_metric_value(&tt_metrics[row], p, outcome);
}

static double metric(const char *key, const tt_outcome *outcome) {
    return metric_with(key, NULL, outcome);
}

static void class_metrics_follow_scikit_learn(void **state) {
    (void)state;
    /* y_true, y_pred of three classes; expected values by scikit-learn 1.2.1. */
    const double truth[] = {1, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 2, 1, 2, 0, 2, 1, 2, 0, 0};
    const int guess[] = {2, 0, 1, 2, 2, 0, 1, 1, 2, 0, 2, 1, 1, 1, 1, 2, 1, 1, 0, 0};
    enum { N = 20, K = 3 };
    double predictions[N * K], confusion[K * K];
    for (int i = 0; i < N * K; i++)
        predictions[i] = i % K == guess[i / K] ? 0.5 : 0.25;
    tt_outcome outcome = {TT_MULTICLASS, N, K, 1, K, predictions, truth, confusion, NULL};
    tt_count_confusion(&outcome);
    const double expected[] = {4, 3, 2, 1, 3, 3, 0, 3, 1};
    assert_memory_equal(confusion, expected, sizeof expected);
    const struct {
        const char *key;
        double value;
    } cases[] = {
        {"accuracy", 0.4},
        {"balanced_accuracy", 0.374338624},
        {"matthews", 0.109378338},
        {"cohen_kappa", 0.104477612},
        {"macro_precision", 0.433333333},
        {"macro_recall", 0.374338624},
        {"macro_f1", 0.382142857},
        {"micro_precision", 0.4},
        {"micro_recall", 0.4},
        {"micro_f1", 0.4},
        {"weighted_precision", 0.51},
        {"weighted_recall", 0.4},
        {"weighted_f1", 0.428392857},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_near(metric(cases[i].key, &outcome), cases[i].value, 1e-8, 0);
    assert_near(tt_class_support(&outcome, 0), 9, 0, 0);
}

/* A class that is never predicted, and one that does not occur. */
static void absent_classes_count_as_scikit_learn_has_it(void **state) {
    (void)state;
    const double truth[] = {0, 0, 1, 1}, predictions[] = {1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0};
    double confusion[9];
    tt_outcome outcome = {TT_MULTICLASS, 4, 3, 1, 3, predictions, truth, confusion, NULL};
    tt_count_confusion(&outcome);
    assert_near(metric("balanced_accuracy", &outcome), 0.75, 1e-15, 0);
    assert_near(metric("matthews", &outcome), 0.670820393, 1e-8, 0);
    assert_near(metric("cohen_kappa", &outcome), 0.6, 1e-12, 0);
    assert_near(metric("macro_f1", &outcome), 0.555555556, 1e-8, 0);
    assert_near(metric("weighted_precision", &outcome), 1, 1e-15, 0);
}

static void undefined_class_scores_are_zero(void **state) {
    (void)state;
    const double truth[] = {0, 1, 1}, predictions[] = {0.1, 0.2, 0.4999};
    double confusion[4];
    tt_outcome outcome = {TT_BINARY, 3, 1, 1, 2, predictions, truth, confusion, NULL};
    tt_count_confusion(&outcome);
    assert_near(tt_class_precision(&outcome, 1), 0, 0, 0);
    assert_near(tt_class_recall(&outcome, 1), 0, 0, 0);
    assert_near(tt_class_f1(&outcome, 1), 0, 0, 0);
    assert_near(metric("matthews", &outcome), 0, 0, 0);
    assert_near(metric("accuracy", &outcome), 1.0 / 3, 1e-15, 0);
    const double half = 0.5;
    assert_int_equal(tt_decide(1, &half), 1);
}

/* Expected values by scikit-learn 1.2.1. */
static void probability_metrics_follow_scikit_learn(void **state) {
    (void)state;
    const double truth[] = {0, 1, 1, 0, 1, 0, 1, 0};
    const double scores[] = {0.5, 0.5, 0.5, 0.2, 0.9, 0.9, 0.2, 0.5};
    double confusion[4];
    tt_scored scratch[16];
    tt_outcome outcome = {TT_BINARY, 8, 1, 1, 2, scores, truth, confusion, scratch};
    tt_count_confusion(&outcome);
    assert_near(metric("roc_auc", &outcome), 0.5, 1e-15, 0);
    assert_near(metric("average_precision", &outcome), 0.5, 1e-15, 0);
    assert_near(metric("log_loss", &outcome), 0.876639474, 1e-8, 0);
    assert_near(metric("brier", &outcome), 0.3125, 1e-15, 0);
    const double sharp_truth[] = {0, 1, 1, 0}, sharp[] = {0, 1, 0, 0.25};
    tt_outcome extreme = {TT_BINARY, 4, 1, 1, 2, sharp, sharp_truth, confusion, scratch};
    tt_count_confusion(&extreme);
    assert_near(metric("roc_auc", &extreme), 0.625, 1e-15, 0);
    assert_near(metric("average_precision", &extreme), 0.75, 1e-15, 0);
    assert_near(metric("log_loss", &extreme), 9.08283387, 1e-8, 0);
}

static void areas_need_two_classes(void **state) {
    (void)state;
    const double truth[] = {1, 1}, scores[] = {0.2, 0.7};
    double confusion[4];
    tt_scored scratch[4];
    tt_outcome outcome = {TT_BINARY, 2, 1, 1, 2, scores, truth, confusion, scratch};
    tt_count_confusion(&outcome);
    assert_true(isnan(metric("roc_auc", &outcome)));
    assert_near(metric("average_precision", &outcome), 1, 0, 0);
}

/* By hand: class 0 against the rest is told apart rightly, class 1 in 3 of 4 pairs, class 2 in 3
 * and a half of 4 (one tie). */
static void areas_of_several_classes_are_averaged(void **state) {
    (void)state;
    const double truth[] = {0, 1, 2, 1};
    const double p[] = {0.8, 0.1, 0.1, 0.2, 0.5, 0.3, 0.1, 0.6, 0.3, 0.3, 0.7, 0.0};
    double confusion[9];
    const double two = 2, one = 1;
    tt_scored scratch[11];
    tt_outcome outcome = {TT_MULTICLASS, 4, 3, 1, 3, p, truth, confusion, scratch};
    tt_count_confusion(&outcome);
    double areas[] = {1, 3 / 4.0, 2.5 / 3};
    assert_near(metric("roc_auc", &outcome), (areas[0] + areas[1] + areas[2]) / 3, 1e-14, 0);
    assert_near(metric("weighted_roc_auc", &outcome), (areas[0] + 2 * areas[1] + areas[2]) / 4,
                1e-14, 0);
    /* 0|1: 1, 1|0: 1; 0|2: 1, 2|0: 1; 1|2: 1/2, 2|1: 3/4 */
    assert_near(metric("pairwise_roc_auc", &outcome), (1 + 1 + 0.625) / 3, 1e-14, 0);
    assert_near(metric_with("top_k", &one, &outcome), 0.75, 0, 0);
    assert_near(metric_with("top_k", &two, &outcome), 1, 0, 0);
    double squares = 0.04 + 0.01 + 0.01 + 0.04 + 0.25 + 0.09 + 0.01 + 0.36 + 0.49 + 0.09 + 0.09;
    assert_near(metric("brier", &outcome), squares / 4, 1e-14, 0);
    assert_near(metric("log_loss", &outcome), -(log(0.8) + log(0.5) + log(0.3) + log(0.7)) / 4,
                1e-12, 0);
}

static void expect_points(const char *what, int64_t n, const double *values, int64_t n_wanted,
                          const double *wanted) {
    if (n != n_wanted)
        fail_msg("%s has %d points", what, (int)n);
    for (int64_t i = 0; i < n; i++)
        assert_near(values[i], wanted[i], 1e-14, 0);
}

/* Expected values by scikit-learn 1.2.1 (drop_intermediate=False). */
static void curves_follow_scikit_learn(void **state) {
    (void)state;
    tt_scored spare[8],
        rows[] = {{0.5, 0}, {0.5, 1}, {0.5, 1}, {0.2, 0}, {0.9, 1}, {0.9, 0}, {0.2, 1}, {0.5, 0}};
    double x[9], y[9], threshold[9];
    tt_sort_scored(8, rows, spare);
    int64_t n = tt_roc_curve(8, rows, x, y, threshold);
    expect_points("false rate", n, x, 4, (double[]){0, 0.25, 0.75, 1});
    expect_points("true rate", n, y, 4, (double[]){0, 0.25, 0.75, 1});
    expect_points("threshold", n, threshold, 4, (double[]){INFINITY, 0.9, 0.5, 0.2});
    n = tt_precision_recall_curve(8, rows, x, y, threshold);
    expect_points("precision", n, x, 4, (double[]){0.5, 0.5, 0.5, 1});
    expect_points("recall", n, y, 4, (double[]){1, 0.75, 0.25, 0});
    expect_points("threshold", n, threshold, 4, (double[]){0.2, 0.5, 0.9, INFINITY});
    double count[5];
    n = tt_calibration_curve(8, rows, 5, x, y, count);
    expect_points("mean score", n, x, 3, (double[]){0.2, 0.5, 0.9});
    expect_points("share", n, y, 3, (double[]){0.5, 0.5, 0.5});
    expect_points("count", n, count, 3, (double[]){2, 4, 2});
}

static void sorting_is_stable_at_every_size(void **state) {
    (void)state;
    enum { MOST = 40 };
    for (int n = 0; n <= MOST; n++) {
        tt_scored rows[MOST], spare[MOST];
        for (int i = 0; i < n; i++)
            rows[i] = (tt_scored){i * 7 % 5, i};
        tt_sort_scored(n, rows, spare);
        for (int i = 1; i < n; i++)
            assert_true(rows[i - 1].score > rows[i].score ||
                        (rows[i - 1].score == rows[i].score && rows[i - 1].hit < rows[i].hit));
    }
}

static void regression_metrics_follow_scikit_learn(void **state) {
    (void)state;
    const double truth[] = {3, -0.5, 2, 7}, guess[] = {2.5, 0, 2, 8}, same[] = {1, 1, 1, 1};
    const double high = 0.9;
    tt_scored scratch[8];
    tt_outcome outcome = {TT_REGRESSION, 4, 1, 1, 0, guess, truth, NULL, scratch};
    assert_near(metric("r2", &outcome), 0.9486081370449679, 1e-12, 0);
    assert_near(metric("explained_variance", &outcome), 0.9571734475374732, 1e-12, 0);
    assert_near(metric("mae", &outcome), 0.5, 1e-12, 0);
    assert_near(metric("mse", &outcome), 0.375, 1e-12, 0);
    assert_near(metric("rmse", &outcome), sqrt(0.375), 1e-12, 0);
    assert_near(metric("mape", &outcome), (0.5 / 3 + 1 + 1.0 / 7) / 4, 1e-12, 0);
    assert_near(metric("median_error", &outcome), 0.5, 0, 0);
    assert_near(metric("max_error", &outcome), 1, 0, 0);
    assert_near(metric_with("pinball", &high, &outcome), (0.45 + 0.05 + 0.1) / 4, 1e-12, 0);
    assert_true(isnan(metric("msle", &outcome)));
    outcome.targets = same;
    assert_near(metric("r2", &outcome), 0, 0, 0);
    assert_near(metric("explained_variance", &outcome), 0, 0, 0);
    outcome.predictions = same;
    assert_near(metric("r2", &outcome), 1, 0, 0);
    assert_near(metric("msle", &outcome), 0, 0, 0);
}

/* Every row is finite on a sound outcome and at its best where the prediction is perfect. */
static void perfect_predictions_are_best(void **state) {
    (void)state;
    const double truth[] = {0, 1, 0, 1}, sure[] = {0, 1, 0, 1}, fair[] = {0.4, 0.3, 0.2, 0.9};
    const double one_hot[] = {1, 0, 0, 1, 1, 0, 0, 1},
                 vague[] = {0.6, 0.4, 0.7, 0.3, 0.8, 0.2, 0.1, 0.9};
    for (int32_t r = 0; r < tt_metric_family.n_rows; r++) {
        const tt_metric *row = &tt_metrics[r];
        double p[TT_MAX_PARAMS] = {0}, confusion[4];
        tt_scored scratch[10];
        for (int32_t i = 0; i < row->about.n_params; i++)
            p[i] = row->about.params[i].value;
        bool classes = row->about.tasks & TT_CLASSIFICATION;
        tt_task task = row->about.tasks & TT_MULTICLASS ? TT_MULTICLASS : (tt_task)row->about.tasks;
        int32_t width = classes ? 2 : 1;
        tt_outcome good = {task,  4,         width,  1, classes ? 2 : 0, classes ? one_hot : sure,
                           truth, confusion, scratch};
        tt_outcome worse = good;
        worse.predictions = classes ? vague : fair;
        if (task != TT_REGRESSION)
            tt_count_confusion(&good);
        double best = tt_metric_value(row, p, &good);
        if (task != TT_REGRESSION)
            tt_count_confusion(&worse);
        double other = tt_metric_value(row, p, &worse);
        assert_true(isfinite(best) && isfinite(other));
        assert_near(best, row->higher_is_better, 0, 1e-14);
        assert_true(row->higher_is_better ? other <= best : other > best);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(scalers_follow_scikit_learn),
    cmocka_unit_test(constant_columns_become_zero),
    cmocka_unit_test(quantiles_follow_scikit_learn),
    cmocka_unit_test(ranks_become_normal),
    cmocka_unit_test(logarithms_and_powers_follow_their_formula),
    cmocka_unit_test(yeo_johnson_finds_the_likeliest_exponent),
    cmocka_unit_test(yeo_johnson_survives_huge_values),
    cmocka_unit_test(a_range_must_have_a_width),
    cmocka_unit_test(class_metrics_follow_scikit_learn),
    cmocka_unit_test(absent_classes_count_as_scikit_learn_has_it),
    cmocka_unit_test(undefined_class_scores_are_zero),
    cmocka_unit_test(probability_metrics_follow_scikit_learn),
    cmocka_unit_test(areas_need_two_classes),
    cmocka_unit_test(areas_of_several_classes_are_averaged),
    cmocka_unit_test(curves_follow_scikit_learn),
    cmocka_unit_test(sorting_is_stable_at_every_size),
    cmocka_unit_test(regression_metrics_follow_scikit_learn),
    cmocka_unit_test(perfect_predictions_are_best),
};

RUN_TESTS(tests)
