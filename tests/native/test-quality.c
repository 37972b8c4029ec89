/* Networks with scikit-learn's default shape and Adam, on five known data sets, score as well as
 * scikit-learn does: the mean validation score over several splits lies within two standard
 * deviations of scikit-learn's mean over 15 fits (MLPClassifier and MLPRegressor 1.2.1, one hidden
 * layer of 100, standardized features; the regression target standardized too). */

#include "unit.h"

#include "tabtrain/tabtrain.h"

enum { SPLITS = 5 };

static tt_table *read_table(const char *path, const tt_config *config) {
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    tt_csv *csv = tt_csv_new(config, NULL);
    assert_int_equal(tt_csv_feed(csv, bytes, size, NULL), TT_OK);
    tt_table *table = tt_csv_finish(csv, NULL);
    assert_non_null(table);
    tt_csv_free(csv);
    return table;
}

static double score(const tt_table *table, const tt_config *config) {
    double value;
    tt_error error;
    tt_dataset *dataset = tt_dataset_new(table, config, &error);
    assert_non_null(dataset);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    assert_non_null(trainer);
    double rows[16 * TT_MAX_WAITING];
    while (tt_trainer_run(trainer, INT64_MAX, 1000, &error) == TT_OK)
        tt_trainer_take_history(trainer, rows, TT_MAX_WAITING);
    tt_report *report = tt_report_new(trainer, TT_VALIDATION, &error);
    tt_report_metric(report, 0, &value);
    tt_report_free(report);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
    return value;
}

static void check(const char *name, double mean, double deviation) {
    char path[64], seed[4], batch[8];
    tt_config *config = tt_config_new();
    snprintf(path, sizeof path, "examples/%s.csv", name);
    tt_table *table = read_table(path, config);
    int64_t batch_size = tt_table_n_rows(table) * 4 / 5;
    snprintf(batch, sizeof batch, "%d", batch_size < 200 ? (int)batch_size : 200);
    const char *const settings[][2] = {
        {"model.hidden", "100"}, {"train.epochs", "200"},        {"train.batch_size", batch},
        {"optimizer", "adam"},   {"optimizer.adam.lr", "0.001"},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        assert_int_equal(tt_config_set(config, settings[i][0], settings[i][1], NULL), TT_OK);
    double sum = 0;
    for (int i = 0; i < SPLITS; i++) {
        snprintf(seed, sizeof seed, "%d", i);
        assert_int_equal(tt_config_set(config, "split.seed", seed, NULL), TT_OK);
        assert_int_equal(tt_config_set(config, "model.seed", seed, NULL), TT_OK);
        sum += score(table, config);
    }
    printf("%s: %.4f, scikit-learn %.4f +- %.4f\n", name, sum / SPLITS, mean, deviation);
    assert_near(sum / SPLITS, mean, 0, 2 * deviation);
    tt_table_free(table);
    tt_config_free(config);
}

static void iris(void **state) {
    (void)state;
    check("iris", 0.946666667, 0.0381031738);
}

static void wine(void **state) {
    (void)state;
    check("wine", 0.977566138, 0.015126539);
}

static void breast_cancer(void **state) {
    (void)state;
    check("breast_cancer", 0.971888423, 0.0136663517);
}

static void digits(void **state) {
    (void)state;
    check("digits", 0.978669659, 0.00614243503);
}

static void diabetes(void **state) {
    (void)state;
    check("diabetes", 0.441566645, 0.110581021);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(iris),   cmocka_unit_test(wine),     cmocka_unit_test(breast_cancer),
    cmocka_unit_test(digits), cmocka_unit_test(diabetes),
};

RUN_TESTS(tests)
