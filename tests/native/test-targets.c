/* Several target columns: numbers, or labels. */

#include "unit.h"

#include "metric.h"
#include "read-csv.h"

#define ALL_TRAIN "split.validation = 0\n"

static void names_are_listed_as_in_a_csv_file(void **state) {
    (void)state;
    static const char text[] = "x,\"a,b\",c\n1,2.5,3.5\n4,5.5,6.5\n7,8.5,9.5\n";
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN "data.target = a,b");
    assert_int_equal(tt_dataset_n_targets(dataset), 1);
    assert_string_equal(tt_dataset_target_name(dataset, 0), "a,b");
    tt_dataset_free(dataset);
    dataset = good_dataset(text, ALL_TRAIN "data.target = \"a,b\"");
    assert_int_equal(tt_dataset_n_features(dataset), 2);
    tt_dataset_free(dataset);
    dataset = good_dataset(text, ALL_TRAIN "data.target = c , \"a,b\"");
    assert_int_equal(tt_dataset_task(dataset), TT_REGRESSION);
    assert_int_equal(tt_dataset_n_targets(dataset), 2);
    assert_int_equal(tt_dataset_n_outputs(dataset), 2);
    assert_int_equal(tt_dataset_n_classes(dataset), 0);
    assert_int_equal(tt_dataset_n_features(dataset), 1);
    assert_string_equal(tt_dataset_feature_name(dataset, 0), "x");
    assert_string_equal(tt_dataset_target_name(dataset, 0), "c");
    assert_string_equal(tt_dataset_target_name(dataset, 1), "a,b");
    tt_dataset_free(dataset);
}

/* Each column is scaled on its own, and a row without one of its targets is dropped. */
static void every_target_has_its_scale(void **state) {
    (void)state;
    static const char text[] = "x,u,v\n1,10,1.5\n2,20,\n3,30,2.5\n4,,9.5\n5,20,8.5\n";
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN "data.target = u,v");
    const float *y = tt_dataset_y(dataset, TT_TRAINING);
    const double wanted[] = {10, 1.5, 30, 2.5, 20, 8.5};
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 3);
    assert_true(tt_dataset_target_offset(dataset, 0) == 20);
    assert_near(tt_dataset_target_offset(dataset, 1), 12.5 / 3, 1e-14, 0);
    assert_near(tt_dataset_target_scale(dataset, 0), sqrt(200 / 3.0), 1e-14, 0);
    for (int32_t i = 0; i < 6; i++)
        assert_near(tt_dataset_target_value(dataset, i % 2, (double)y[i]), wanted[i], 1e-6, 0);
    assert_int_equal(tt_dataset_source_row(dataset, TT_TRAINING, 2), 4);
    tt_dataset_free(dataset);
}

static void two_valued_columns_are_labels(void **state) {
    (void)state;
    static const char text[] = "x,hot,wet\n1,0,yes\n2,1,no\n3,1,yes\n4,0,yes\n5,,no\n";
    tt_dataset *dataset = good_dataset(text, ALL_TRAIN "data.target = wet,hot");
    const float wanted[] = {1, 0, 0, 1, 1, 1, 1, 0};
    assert_int_equal(tt_dataset_task(dataset), TT_MULTILABEL);
    assert_int_equal(tt_dataset_n_outputs(dataset), 2);
    assert_int_equal(tt_dataset_n_classes(dataset), 0);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 4);
    assert_memory_equal(tt_dataset_y(dataset, TT_TRAINING), wanted, sizeof wanted);
    assert_string_equal(tt_dataset_label_value(dataset, 0, false), "no");
    assert_string_equal(tt_dataset_label_value(dataset, 0, true), "yes");
    assert_string_equal(tt_dataset_label_value(dataset, 1, true), "1");
    char *json = tt_dataset_json(dataset);
    assert_mentions(json,
                    "\"task\":\"multilabel\",\"target\":\"wet\",\"targets\":[\"wet\",\"hot\"]");
    assert_mentions(json,
                    "\"classes\":[],\"labels\":[{\"name\":\"wet\",\"no\":\"no\",\"yes\":\"yes\","
                    "\"training\":3,\"validation\":0},{\"name\":\"hot\"");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

static void expect_task(const char *cfg, tt_task task) {
    static const char text[] = "x,p,q,r\n1,0,1,1.5\n2,1,2,2.5\n3,0,1,3.5\n4,1,2,4.5\n";
    char all[200];
    snprintf(all, sizeof all, ALL_TRAIN "%s", cfg);
    tt_dataset *dataset = good_dataset(text, all);
    assert_int_equal(tt_dataset_task(dataset), task);
    tt_dataset_free(dataset);
}

static void values_and_setting_decide_the_task(void **state) {
    (void)state;
    expect_task("data.target = p,q", TT_REGRESSION);
    expect_task("data.target = p,r", TT_REGRESSION);
    expect_task("data.target = p,q\ndata.task = multilabel", TT_MULTILABEL);
    expect_task("data.target = p,q\ndata.categories = q", TT_MULTILABEL);
    expect_task("data.target = p\ndata.task = multilabel", TT_MULTILABEL);
    expect_task("data.target = p", TT_REGRESSION);
}

static void targets_that_do_not_fit_are_refused(void **state) {
    (void)state;
    static const char text[] = "x,n,w,b,c\n1,1.5,u,0,k\n2,2.5,v,1,k\n3,3.5,w,0,k\n4,4.5,u,1,k\n";
    expect_bad_setting(text, "data.target = n,w", "data.target", "\"w\" is no number, and \"n\"");
    expect_bad_setting(text, "data.target = b,w", "data.target", "\"w\" is no number, and \"w\"");
    expect_bad_setting(text, "data.target = n,m", "data.target", "no column \"m\"");
    expect_bad_setting(text, "data.target = n,b,n", "data.target", "listed twice");
    expect_bad_setting(text, "data.target = n,w\ndata.task = regression", "data.task", "\"w\"");
    expect_bad_setting(text, "data.target = b,n\ndata.task = multilabel", "data.task", "\"n\"");
    expect_bad_setting(text, "data.target = b,n\ndata.task = binary", "data.task", "one column");
    expect_bad_setting(text, "data.target = b,n\ndata.class_weight = balanced", "data.class_weight",
                       "needs classes");
    expect_bad_setting(text, "data.target = b,n\ndata.weights = n", "data.weights", "the target");
    expect_bad_setting("x,u,v\n1,2,\n2,,3\n", "data.target = u,v", "data.target", "No row");
    expect_bad_data(text, "data.target = b,c", 5, "the same value in every row");
}

static tt_dataset *dataset_of(tt_task task, int32_t n_features, int32_t n_targets, int64_t n,
                              const float *x, const float *y) {
    const int64_t rows[2] = {n, 0};
    const float *const xs[2] = {x, NULL}, *const ys[2] = {y, NULL};
    tt_dataset *dataset =
        tt_dataset_from_arrays(task, n_features, n_targets, 0, rows, xs, ys, NULL);
    assert_non_null(dataset);
    return dataset;
}

static tt_trainer *trained(const tt_dataset *dataset, const char *cfg) {
    tt_error error;
    tt_config *config = config_of(cfg);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer)
        fail_msg("%s: %s", error.key, error.message);
    double rows[TT_MAX_WAITING * TT_MAX_HISTORY_COLUMNS];
    while (tt_trainer_run(trainer, INT64_MAX, 1000, &error) == TT_OK)
        tt_trainer_take_history(trainer, rows, TT_MAX_WAITING);
    tt_config_free(config);
    return trainer;
}

enum { N = 64, FEATURES = 3, TARGETS = 2 };

static const float weights[TARGETS][FEATURES] = {{1, -2, 0.5f}, {0, 3, -1}},
                   biases[TARGETS] = {0.25f, -1};

/* y = x Wᵀ + b, or whether it is above 0. */
static void make_rows(bool labels, float *x, float *y) {
    uint32_t bits = 1;
    for (int32_t i = 0; i < N; i++) {
        for (int32_t j = 0; j < FEATURES; j++) {
            bits = bits * 1664525u + 1013904223u;
            x[i * FEATURES + j] = (float)(bits >> 8) / 8388608.0f - 1;
        }
        for (int32_t t = 0; t < TARGETS; t++) {
            float sum = biases[t];
            for (int32_t j = 0; j < FEATURES; j++)
                sum += weights[t][j] * x[i * FEATURES + j];
            y[i * TARGETS + t] = labels ? (float)(sum > 0) : sum;
        }
    }
}

static void a_linear_model_finds_the_matrix(void **state) {
    (void)state;
    float x[N * FEATURES], y[N * TARGETS], found[TARGETS * FEATURES + TARGETS];
    make_rows(false, x, y);
    tt_dataset *dataset = dataset_of(TT_REGRESSION, FEATURES, TARGETS, N, x, y);
    tt_trainer *trainer = trained(dataset, "model.hidden =\noptimizer = adam\noptimizer.adam.lr = "
                                           "0.05\ntrain.epochs = 400\ntrain.batch_size = 16");
    assert_int_equal(tt_trainer_n_parameters(trainer), TARGETS * FEATURES + TARGETS);
    tt_trainer_parameters(trainer, found);
    for (int32_t i = 0; i < TARGETS * FEATURES; i++)
        assert_near((double)found[i], (double)weights[i / FEATURES][i % FEATURES], 0, 1e-3);
    for (int32_t t = 0; t < TARGETS; t++)
        assert_near((double)found[TARGETS * FEATURES + t], (double)biases[t], 0, 1e-3);
    tt_report *report = tt_report_new(trainer, TT_TRAINING, NULL);
    assert_int_equal(tt_report_n_targets(report), TARGETS);
    assert_memory_equal(tt_report_targets(report), y, sizeof y);
    for (int32_t i = 0; i < N * TARGETS; i++)
        assert_near((double)tt_report_predictions(report)[i], (double)y[i], 0, 5e-3);
    tt_report_free(report);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
}

static double metric_in(const tt_report *report, const char *key) {
    for (int32_t i = 0; i < tt_report_n_metrics(report); i++) {
        double value;
        if (strcmp(tt_report_metric(report, i, &value)->key, key) == 0)
            return value;
    }
    fail_msg("the report has no %s", key);
    return NAN;
}

static void labels_are_learned(void **state) {
    (void)state;
    float x[N * FEATURES], y[N * TARGETS];
    make_rows(true, x, y);
    tt_dataset *dataset = dataset_of(TT_MULTILABEL, FEATURES, TARGETS, N, x, y);
    tt_trainer *trainer =
        trained(dataset, "model.hidden = 8\noptimizer.adam.lr = 0.02\ntrain.epochs = 200\n"
                         "loss.bce_with_logits.pos_weight = 2,0.5");
    assert_string_equal(tt_trainer_loss(trainer)->key, "bce_with_logits");
    assert_string_equal(tt_trainer_metric(trainer)->key, "accuracy");
    tt_report *report = tt_report_new(trainer, TT_TRAINING, NULL);
    assert_memory_equal(tt_report_targets(report), y, sizeof y);
    assert_true(metric_in(report, "accuracy") > 0.95);
    assert_true(metric_in(report, "hamming_loss") < 0.03);
    for (int32_t i = 0; i < N * TARGETS; i++)
        assert_true(tt_report_predictions(report)[i] >= 0 && tt_report_predictions(report)[i] <= 1);
    char *json = tt_report_json(report);
    assert_mentions(json, "\"labels\":[{\"name\":\"target_1\",\"precision\":");
    assert_mentions(json, "\"curves\":[{\"class\":\"target_1\"");
    tt_free_text(json);
    tt_report_free(report);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
}

/* Every loss that takes several columns, with as many outputs as it asks for. */
static void gradients_are_right_for_several_outputs(void **state) {
    (void)state;
    const tt_family *family = tt_family_at(3);
    assert_string_equal(family->key, "loss");
    for (int32_t r = 0; r < family->n_rows; r++) {
        const tt_descriptor *row = tt_family_row(family, r);
        for (int32_t labels = 0; labels < 2; labels++) {
            tt_task task = labels ? TT_MULTILABEL : TT_REGRESSION;
            float x[N * FEATURES], y[N * TARGETS];
            char cfg[200];
            tt_gradient_check checks[8];
            if (!(row->tasks & (int32_t)task))
                continue;
            make_rows(labels, x, y);
            for (int32_t i = 0; i < N * TARGETS && !labels; i++)
                y[i] = y[i] * y[i] + 0.5f;
            snprintf(cfg, sizeof cfg,
                     "loss = %s\nmodel.hidden = 5\nactivation = tanh\ntrain.epochs = 1\n"
                     "model.output_activation = %s",
                     row->key, strcmp(row->key, "bce") == 0 ? "sigmoid" : "softplus");
            tt_dataset *dataset = dataset_of(task, FEATURES, TARGETS, N, x, y);
            tt_trainer *trainer = trained(dataset, cfg);
            assert_int_equal(tt_trainer_check_gradient(trainer, N, 50, checks, NULL), TT_OK);
            for (int32_t i = 0; i < tt_trainer_n_tensors(trainer); i++)
                if (!(checks[i].worst < 1e-3))
                    fail_msg("%s, %s: %g", row->key, checks[i].name, checks[i].worst);
            tt_trainer_free(trainer);
            tt_dataset_free(dataset);
        }
    }
}

static double metric(const char *key, const tt_outcome *outcome) {
    double p[TT_MAX_PARAMS] = {0.5};
    int32_t row = tt_family_find(&tt_metric_family, key);
    assert_true(row >= 0);
    return tt_metric_value(&tt_metrics[row], p, outcome);
}

/* Errors of the first column are 1, 0, 2 and those of the second 0, 0, 3; both are spread by 8/3.
 */
static void values_are_averaged_over_columns(void **state) {
    (void)state;
    const double truth[] = {1, 12, 3, 14, 5, 16}, guess[] = {2, 12, 3, 14, 3, 13};
    tt_scored scratch[6];
    tt_outcome outcome = {TT_REGRESSION, 3, 2, 2, 0, guess, truth, NULL, scratch};
    assert_near(metric("mse", &outcome), (5.0 / 3 + 3) / 2, 1e-14, 0);
    assert_near(metric("rmse", &outcome), (sqrt(5.0 / 3) + sqrt(3)) / 2, 1e-14, 0);
    assert_near(metric("mae", &outcome), 1, 1e-14, 0);
    assert_near(metric("r2", &outcome), (1 - 5.0 / 8 + 1 - 9.0 / 8) / 2, 1e-14, 0);
    assert_near(metric("median_error", &outcome), 0.5, 1e-14, 0);
    assert_near(metric("max_error", &outcome), 2.5, 1e-14, 0);
}

/* Rows (truth, probability): the first label has TP 2, FP 1, FN 0; the second TP 1, FP 0, FN 2; the
 * third never occurs and is never predicted. */
static void label_metrics_follow_scikit_learn(void **state) {
    (void)state;
    const double truth[] = {1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0};
    const double guess[] = {0.9, 0.8, 0.1, 0.6, 0.4, 0.2, 0.7, 0.3, 0.4, 0.2, 0.1, 0.3};
    double confusion[12];
    tt_scored scratch[8];
    tt_outcome outcome = {TT_MULTILABEL, 4, 3, 3, 0, guess, truth, confusion, scratch};
    tt_count_confusion(&outcome);
    const double wanted[] = {1, 1, 0, 2, 1, 0, 2, 1, 4, 0, 0, 0};
    assert_memory_equal(confusion, wanted, sizeof wanted);
    assert_near(metric("accuracy", &outcome), 0.5, 1e-14, 0);
    assert_near(metric("hamming_loss", &outcome), 3.0 / 12, 1e-14, 0);
    assert_near(metric("micro_precision", &outcome), 3.0 / 4, 1e-14, 0);
    assert_near(metric("micro_recall", &outcome), 3.0 / 5, 1e-14, 0);
    assert_near(metric("micro_f1", &outcome), 6.0 / 9, 1e-14, 0);
    assert_near(metric("macro_precision", &outcome), (2.0 / 3 + 1 + 0) / 3, 1e-14, 0);
    assert_near(metric("macro_f1", &outcome), (0.8 + 0.5 + 0) / 3, 1e-14, 0);
    assert_near(metric("weighted_f1", &outcome), (2 * 0.8 + 3 * 0.5) / 5, 1e-14, 0);
    assert_near(metric("roc_auc", &outcome), (1.0 + 2.0 / 3) / 2, 1e-14, 0);
    assert_near(tt_class_recall(&outcome, 1), 1.0 / 3, 1e-14, 0);
    assert_near(tt_class_support(&outcome, 1), 3, 0, 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_are_listed_as_in_a_csv_file),
    cmocka_unit_test(every_target_has_its_scale),
    cmocka_unit_test(two_valued_columns_are_labels),
    cmocka_unit_test(values_and_setting_decide_the_task),
    cmocka_unit_test(targets_that_do_not_fit_are_refused),
    cmocka_unit_test(a_linear_model_finds_the_matrix),
    cmocka_unit_test(labels_are_learned),
    cmocka_unit_test(gradients_are_right_for_several_outputs),
    cmocka_unit_test(values_are_averaged_over_columns),
    cmocka_unit_test(label_metrics_follow_scikit_learn),
};

RUN_TESTS(tests)
