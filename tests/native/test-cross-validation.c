/* Folds, repeats and the interval around their scores. */

#include "unit.h"

#include "read-csv.h"

enum { N = 30, FOLDS = 3, REPEATS = 2, RUNS = FOLDS * REPEATS };

static const char settings[] = "split.folds = 3\nsplit.repeats = 2\nmodel.hidden = 4\n"
                               "train.epochs = 12\noptimizer.adam.lr = 0.05\n";

/* Two classes that a line nearly parts. */
static tt_table *make_table(void) {
    char text[1000] = "a,b,y\n";
    for (int i = 0; i < N; i++)
        sprintf(text + strlen(text), "%d,%d,%s\n", i, i * 7 % 11, i + i * 7 % 11 > 18 ? "p" : "q");
    return good_table(text, "");
}

static tt_config *fold_of(const tt_config *config, int32_t repeat, int32_t fold) {
    tt_error error;
    tt_config *own = tt_config_fold(config, repeat, fold, &error);
    if (!own)
        fail_msg("%s: %s", error.key, error.message);
    return own;
}

static void expect_fold(const tt_config *config, int32_t repeat, int32_t fold,
                        const char *const seeds[3]) {
    char number[8];
    tt_config *own = fold_of(config, repeat, fold);
    snprintf(number, sizeof number, "%d", (int)fold);
    assert_string_equal(tt_config_get(own, "split.fold"), number);
    assert_string_equal(tt_config_get(own, "split.seed"), seeds[0]);
    assert_string_equal(tt_config_get(own, "model.seed"), seeds[1]);
    assert_string_equal(tt_config_get(own, "train.seed"), seeds[2]);
    assert_string_equal(tt_config_get(own, "train.epochs"), "12");
    tt_config_free(own);
}

static void a_repeat_has_its_own_seeds(void **state) {
    (void)state;
    tt_config *config = config_of(settings);
    assert_int_equal(tt_n_fold_runs(config), RUNS);
    tt_config_set(config, "split.seed", "7", NULL);
    tt_config_set(config, "train.seed", "4294967295", NULL);
    for (int32_t fold = 1; fold <= FOLDS; fold++) {
        expect_fold(config, 1, fold, (const char *const[]){"7", "0", "4294967295"});
        expect_fold(config, 2, fold, (const char *const[]){"8", "1", "0"});
    }
    assert_string_equal(tt_config_get(config, "split.seed"), "7");
    tt_config_free(config);
}

static void expect_refusal(const char *cfg, int32_t repeat, int32_t fold, const char *key) {
    tt_error error = {0};
    tt_config *config = config_of(cfg);
    assert_null(tt_config_fold(config, repeat, fold, &error));
    assert_int_equal(error.status, TT_BAD_SETTING);
    assert_string_equal(error.key, key);
    tt_config_free(config);
}

static void a_run_that_is_not_there_is_refused(void **state) {
    (void)state;
    expect_refusal("", 1, 1, "split.folds");
    expect_refusal("split.folds = 1", 1, 1, "split.folds");
    expect_refusal(settings, 1, 0, "split.fold");
    expect_refusal(settings, 1, FOLDS + 1, "split.fold");
    expect_refusal(settings, 0, 1, "split.repeats");
    expect_refusal(settings, REPEATS + 1, 1, "split.repeats");
    tt_error error = {0};
    tt_fold_score score;
    tt_config *config = config_of("");
    tt_table *table = make_table();
    assert_int_equal(tt_n_fold_runs(config), 0);
    assert_int_equal(tt_cross_validate(table, config, &score, NULL, NULL, &error), TT_BAD_SETTING);
    assert_string_equal(error.key, "split.folds");
    tt_table_free(table);
    tt_config_free(config);
}

/* Which fold each row judges in. */
static void find_judges(const tt_table *table, const tt_config *config, int32_t repeat,
                        int32_t judge[N]) {
    memset(judge, 0, N * sizeof *judge);
    for (int32_t fold = 1; fold <= FOLDS; fold++) {
        tt_config *own = fold_of(config, repeat, fold);
        tt_dataset *dataset = tt_dataset_new(table, own, NULL);
        assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), N / FOLDS);
        for (int64_t i = 0; i < N / FOLDS; i++) {
            int64_t row = tt_dataset_source_row(dataset, TT_VALIDATION, i);
            assert_int_equal(judge[row], 0);
            judge[row] = fold;
        }
        tt_dataset_free(dataset);
        tt_config_free(own);
    }
}

static void every_row_judges_once_a_repeat(void **state) {
    (void)state;
    int32_t judge[REPEATS][N], moved = 0;
    tt_table *table = make_table();
    tt_config *config = config_of(settings);
    for (int32_t repeat = 0; repeat < REPEATS; repeat++)
        find_judges(table, config, repeat + 1, judge[repeat]);
    for (int i = 0; i < N; i++)
        moved += judge[0][i] != judge[1][i];
    assert_true(moved > N / 3);
    tt_config_free(config);
    tt_table_free(table);
}

/* The scores of one run, found in another way: the best weights and a report. */
static void expect_score(const tt_table *table, const tt_config *config,
                         const tt_fold_score *score) {
    tt_config *own = fold_of(config, score->repeat, score->fold);
    tt_dataset *dataset = tt_dataset_new(table, own, NULL);
    tt_trainer *trainer = tt_trainer_new(dataset, own, NULL);
    tt_progress progress;
    while (tt_trainer_run(trainer, INT64_MAX, 1000, NULL) == TT_OK)
        continue;
    tt_trainer_progress(trainer, &progress);
    assert_int_equal(score->best_epoch, progress.best_epoch);
    assert_int_equal(score->n_training, N - N / FOLDS);
    assert_int_equal(score->n_validation, N / FOLDS);
    for (int best = 0; best < 2; best++) {
        double metric = NAN;
        if (best)
            tt_trainer_restore_best(trainer);
        tt_report *report = tt_report_new(trainer, TT_VALIDATION, NULL);
        for (int32_t m = 0; m < tt_report_n_metrics(report) && isnan(metric); m++) {
            double value;
            if (tt_report_metric(report, m, &value) == tt_trainer_metric(trainer))
                metric = value;
        }
        assert_near(best ? score->best_loss : score->last_loss, tt_report_loss(report), 0, 0);
        assert_near(best ? score->best_metric : score->last_metric, metric, 0, 0);
        tt_report_free(report);
    }
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
    tt_config_free(own);
}

static void note_order(void *context, const tt_fold_score *score) {
    int32_t *n = context;
    assert_int_equal(score->repeat, 1 + *n / FOLDS);
    assert_int_equal(score->fold, 1 + *n % FOLDS);
    *n += 1;
}

static void every_run_is_scored(void **state) {
    (void)state;
    tt_fold_score scores[RUNS];
    int32_t n_told = 0;
    tt_table *table = make_table();
    tt_config *config = config_of(settings);
    assert_int_equal(tt_cross_validate(table, config, scores, note_order, &n_told, NULL), TT_OK);
    assert_int_equal(n_told, RUNS);
    for (int i = 0; i < RUNS; i++) {
        assert_int_equal(scores[i].status, TT_FINISHED);
        expect_score(table, config, &scores[i]);
    }
    tt_config_free(config);
    tt_table_free(table);
}

static void a_run_that_diverges_has_no_last_score(void **state) {
    (void)state;
    tt_fold_score scores[RUNS];
    double losses[RUNS];
    tt_table *table = make_table();
    tt_config *config = config_of(settings);
    tt_config_set(config, "loss", "mse", NULL);
    tt_config_set(config, "optimizer", "sgd", NULL);
    tt_config_set(config, "optimizer.sgd.lr", "1e9", NULL);
    assert_int_equal(tt_cross_validate(table, config, scores, NULL, NULL, NULL), TT_OK);
    for (int i = 0; i < RUNS; i++) {
        assert_int_equal(scores[i].status, TT_DIVERGED);
        assert_true(isnan(scores[i].last_loss) && isnan(scores[i].last_metric));
        losses[i] = scores[i].last_loss;
    }
    assert_int_equal(tt_interval_of(RUNS, losses, 0).n, 0);
    assert_true(isnan(tt_interval_of(RUNS, losses, 0).mean));
    tt_config_free(config);
    tt_table_free(table);
}

static void expect_interval(int32_t n, const double *values, double overlap, double mean,
                            double deviation, double reach) {
    tt_interval interval = tt_interval_of(n, values, overlap);
    assert_near(interval.mean, mean, 1e-15, 0);
    assert_near(interval.deviation, deviation, 1e-9, 0);
    assert_near(interval.low, mean - reach, 0, 1e-6);
    assert_near(interval.high, mean + reach, 0, 1e-6);
}

/* By hand, with t = 2.776445105 for 4 degrees of freedom and 2.085963447 for 20: 1 to 5 has s² =
 * 10/4, so that t s/√5 = t √0.5, and t s √(1/5 + 1/4) = t √1.125; 0 to 20 has s² = 770/20. */
static void intervals_are_those_of_the_formula(void **state) {
    (void)state;
    double values[22] = {1, 2, 3, 4, 5};
    expect_interval(5, values, 0, 3, 1.58113883008, 2.776445105 * 0.70710678119);
    expect_interval(5, values, 0.25, 3, 1.58113883008, 2.776445105 * 1.06066017178);
    for (int i = 0; i <= 20; i++)
        values[i] = i;
    values[21] = NAN;
    expect_interval(21, values, 0, 10, 6.20483682299, 2.085963447 * 1.35400640077);
    expect_interval(22, values, 0, 10, 6.20483682299, 2.085963447 * 1.35400640077);
    assert_int_equal(tt_interval_of(22, values, 0).n, 21);
    assert_near(tt_interval_of(1, values + 4, 0).mean, 4, 0, 0);
    assert_true(isnan(tt_interval_of(1, values, 0).deviation));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_repeat_has_its_own_seeds),
    cmocka_unit_test(a_run_that_is_not_there_is_refused),
    cmocka_unit_test(every_row_judges_once_a_repeat),
    cmocka_unit_test(every_run_is_scored),
    cmocka_unit_test(a_run_that_diverges_has_no_last_score),
    cmocka_unit_test(intervals_are_those_of_the_formula),
};

RUN_TESTS(tests)
