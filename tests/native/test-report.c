/* The report on a trained network as JSON. */

#include "unit.h"

#include <cjson/cJSON.h>

#include "metric.h"
#include "read-csv.h"

static cJSON *report_on(const char *text, const char *cfg) {
    tt_error error;
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer)
        fail_msg("%s: %s", error.key, error.message);
    while (tt_trainer_run(trainer, INT64_MAX, 1000, &error) == TT_OK) {
        double rows[TT_MAX_WAITING * TT_MAX_HISTORY_COLUMNS];
        tt_trainer_take_history(trainer, rows, TT_MAX_WAITING);
    }
    tt_report *report = tt_report_new(trainer, TT_TRAINING, &error);
    char *json = tt_report_json(report);
    cJSON *parsed = cJSON_Parse(json);
    assert_non_null(parsed);
    tt_free_text(json);
    tt_report_free(report);
    tt_trainer_free(trainer);
    tt_config_free(config);
    tt_dataset_free(dataset);
    return parsed;
}

static double metric_in(const cJSON *report, const char *key) {
    const cJSON *item;
    cJSON_ArrayForEach(item, cJSON_GetObjectItem(report, "metrics")) {
        if (strcmp(cJSON_GetObjectItem(item, "key")->valuestring, key) == 0)
            return cJSON_GetObjectItem(item, "value")->valuedouble;
    }
    fail_msg("no metric %s", key);
    return 0;
}

static const cJSON *points(const cJSON *curves, const char *curve, const char *axis) {
    const cJSON *list = cJSON_GetObjectItem(cJSON_GetObjectItem(curves, curve), axis);
    assert_true(cJSON_IsArray(list));
    return list;
}

static double point(const cJSON *list, int index) {
    return cJSON_GetArrayItem(list, index)->valuedouble;
}

static int count_metrics(tt_task task) {
    int n = 0;
    for (int32_t r = 0; r < tt_metric_family.n_rows; r++)
        n += (tt_metrics[r].about.tasks & (int32_t)task) != 0;
    return n;
}

/* `n` rows whose class is told by a, but not surely. */
static char *make_classes(int n, int n_classes) {
    char *text = malloc((size_t)n * 32 + 16);
    size_t size = (size_t)sprintf(text, "a,y\n");
    for (int i = 0; i < n; i++)
        size += (size_t)sprintf(text + size, "%d.%d,c%d\n", i, i * 7 % 10,
                                (i * n_classes / n + (i % 11 == 0)) % n_classes);
    return text;
}

static void two_classes_have_the_curves_of_the_second(void **state) {
    (void)state;
    char *text = make_classes(300, 2);
    cJSON *report = report_on(text, "split.validation = 0\ntrain.epochs = 5\nmetric = roc_auc");
    const cJSON *curves = cJSON_GetObjectItem(report, "curves");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(report, "metrics")),
                     count_metrics(TT_BINARY));
    assert_int_equal(cJSON_GetArraySize(curves), 1);
    const cJSON *only = cJSON_GetArrayItem(curves, 0);
    assert_string_equal(cJSON_GetObjectItem(only, "class")->valuestring, "c1");
    double area = cJSON_GetObjectItem(only, "roc_auc")->valuedouble;
    assert_true(area > 0.5 && area < 1);
    assert_near(area, metric_in(report, "roc_auc"), 0, 0);
    assert_near(cJSON_GetObjectItem(only, "average_precision")->valuedouble,
                metric_in(report, "average_precision"), 0, 0);
    const cJSON *x = points(only, "roc", "false_positive_rate");
    const cJSON *y = points(only, "roc", "true_positive_rate");
    const cJSON *threshold = points(only, "roc", "threshold");
    assert_int_equal(cJSON_GetArraySize(x), 200);
    assert_int_equal(cJSON_GetArraySize(y), 200);
    assert_true(point(x, 0) == 0 && point(y, 0) == 0 && point(x, 199) == 1 && point(y, 199) == 1);
    assert_true(cJSON_IsNull(cJSON_GetArrayItem(threshold, 0)));
    for (int i = 1; i < 200; i++)
        assert_true(point(x, i) >= point(x, i - 1) && point(y, i) >= point(y, i - 1));
    const cJSON *recall = points(only, "precision_recall", "recall");
    assert_true(point(recall, 0) == 1 && point(recall, 199) == 0);
    double rows = 0;
    const cJSON *count = points(only, "calibration", "count");
    for (int i = 0; i < cJSON_GetArraySize(count); i++)
        rows += point(count, i);
    assert_near(rows, 300, 0, 0);
    cJSON_Delete(report);
    free(text);
}

static void several_classes_have_a_curve_each(void **state) {
    (void)state;
    char *text = make_classes(120, 4);
    cJSON *report = report_on(text, "split.validation = 0\ntrain.epochs = 2\nmetric = log_loss\n"
                                    "metric.top_k.k = 4");
    const cJSON *curves = cJSON_GetObjectItem(report, "curves");
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(report, "metrics")),
                     count_metrics(TT_MULTICLASS));
    assert_int_equal(cJSON_GetArraySize(curves), 4);
    double sum = 0;
    for (int k = 0; k < 4; k++)
        sum += cJSON_GetObjectItem(cJSON_GetArrayItem(curves, k), "roc_auc")->valuedouble;
    assert_near(sum / 4, metric_in(report, "roc_auc"), 1e-14, 0);
    assert_near(metric_in(report, "top_k"), 1, 0, 0);
    cJSON_Delete(report);
    free(text);
}

/* Errors are in the file's units, whatever the network was trained on. */
static void regressions_are_in_the_units_of_the_file(void **state) {
    (void)state;
    static char text[4000] = "a,y\n";
    for (int i = 0; i < 60; i++)
        sprintf(text + strlen(text), "%d,%d.5\n", i, 1000 + i * i);
    static const char cfg[] = "split.validation = 0\ntrain.epochs = 200\nmetric = median_error\n"
                              "data.log_target = 1";
    cJSON *report = report_on(text, cfg);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(report, "metrics")),
                     count_metrics(TT_REGRESSION));
    assert_null(cJSON_GetObjectItem(report, "curves"));
    assert_true(metric_in(report, "r2") > 0.9);
    double rmse = metric_in(report, "rmse"), most = metric_in(report, "max_error");
    assert_true(rmse > 1 && rmse < 400 && most >= rmse &&
                metric_in(report, "median_error") <= most);
    assert_near(metric_in(report, "mse"), rmse * rmse, 1e-12, 0);
    cJSON_Delete(report);
}

static tt_trainer *half_trained(const tt_dataset *dataset, const tt_config *config) {
    tt_error error;
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    tt_trainer_run(trainer, 50, INT32_MAX, &error);
    return trainer;
}

static void check_equal_reports(const tt_report *one, const tt_report *other) {
    char *texts[] = {tt_report_json(one), tt_report_json(other)};
    size_t values = (size_t)tt_report_n_rows(one) * (size_t)tt_report_n_outputs(one);
    assert_string_equal(texts[0], texts[1]);
    assert_memory_equal(tt_report_predictions(one), tt_report_predictions(other),
                        values * sizeof(float));
    tt_free_text(texts[0]);
    tt_free_text(texts[1]);
}

/* Averaged weights, and statistics of batches that go on changing. */
static void a_report_in_pieces_is_of_the_weights_it_began_with(void **state) {
    (void)state;
    static const char cfg[] =
        "split.validation = 0\ntrain.epochs = 20\nmodel.hidden = 8\nmodel.norm = batch\n"
        "regularizer = ema\nmetric = log_loss";
    char *text = make_classes(1000, 3);
    tt_error error;
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    tt_trainer *disturbed = half_trained(dataset, config), *calm = half_trained(dataset, config);
    tt_report *whole = tt_report_new(calm, TT_TRAINING, &error);
    tt_report *pieces = tt_report_begin(disturbed, TT_TRAINING, &error);
    int n_pieces = 1;
    for (; tt_report_run(pieces) == TT_OK; n_pieces++)
        assert_int_equal(tt_trainer_run(disturbed, INT64_MAX, 300, &error), TT_OK);
    assert_true(n_pieces > 4);
    check_equal_reports(pieces, whole);
    tt_report_free(whole);
    whole = tt_report_new(disturbed, TT_TRAINING, &error);
    assert_true(tt_report_loss(whole) != tt_report_loss(pieces));
    tt_trainer_run(disturbed, INT64_MAX, INT32_MAX, &error);
    tt_trainer_run(calm, INT64_MAX, INT32_MAX, &error);
    assert_true(tt_trainer_hash(disturbed) == tt_trainer_hash(calm));
    tt_report_free(pieces);
    tt_report_free(whole);
    tt_trainer_free(disturbed);
    tt_trainer_free(calm);
    tt_config_free(config);
    tt_dataset_free(dataset);
    free(text);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_report_in_pieces_is_of_the_weights_it_began_with),
    cmocka_unit_test(two_classes_have_the_curves_of_the_second),
    cmocka_unit_test(several_classes_have_a_curve_each),
    cmocka_unit_test(regressions_are_in_the_units_of_the_file),
};

RUN_TESTS(tests)
