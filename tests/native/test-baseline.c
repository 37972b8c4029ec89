/* Baselines against scikit-learn 1.2's DummyRegressor and DummyClassifier, fitted on the first six
 * rows and judged on the last four. */

#include "unit.h"

#include "read-csv.h"

#define SPLIT "split.method = order\nsplit.validation = 0.4\n"

static const char numbers[] = "a,w,y\n1,1,3.5\n2,2,-1\n3,0.5,2\n4,1,8\n5,3,0.25\n6,1,4\n"
                              "7,1,4\n8,1,10\n9,1,-6\n10,1,1.5\n";

static int32_t baselines_of(const char *text, const char *cfg, tt_baseline *baselines,
                            double *scale) {
    tt_error error;
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer)
        fail_msg("%s: %s", error.key, error.message);
    uint64_t hash = tt_trainer_hash(trainer);
    int32_t n = tt_trainer_baselines(trainer, baselines, &error);
    assert_true(tt_trainer_hash(trainer) == hash);
    *scale = tt_dataset_target_scale(dataset, 0);
    tt_trainer_free(trainer);
    tt_config_free(config);
    tt_dataset_free(dataset);
    return n;
}

static void check(const char *text, const char *cfg, int32_t index, const char *key, double loss,
                  double metric) {
    tt_baseline baselines[TT_MAX_BASELINES];
    double scale;
    assert_int_equal(baselines_of(text, cfg, baselines, &scale), 2);
    assert_string_equal(baselines[index].about->key, key);
    assert_near(baselines[index].loss * scale * scale, loss, 1e-5, 0);
    assert_near(baselines[index].metric, metric, 1e-6, 0);
}

static void mean_and_median_are_those_of_scikit_learn(void **state) {
    (void)state;
    static const char mae[] = SPLIT "metric = mae\ndata.ignore = w\n";
    static const char r2[] = SPLIT "metric = r2\ndata.ignore = w\ndata.scale_target = 0\n";
    check(numbers, mae, 0, "mean", 33.09548611111111, 4.625);
    check(numbers, mae, 1, "median", 33.0625, 4.625);
    check(numbers, r2, 0, "mean", 33.09548611111111, -0.0052734272003374105);
    check(numbers, r2, 1, "median", 33.0625, -0.004271476032273291);
}

static void rows_count_by_their_weights(void **state) {
    (void)state;
    static const char cfg[] = SPLIT "metric = mae\ndata.weights = w\n";
    check(numbers, cfg, 0, "mean", 33.25929930795847, 4.625);
    check(numbers, cfg, 1, "median", 37.4375, 5.25);
}

/* In logarithms the network's target is another, but the guess stays the mean of the file. */
static void a_logarithm_of_the_target_moves_no_guess(void **state) {
    (void)state;
    static const char text[] = "a,y\n1,3.5\n2,1\n3,2\n4,8\n5,0.25\n6,4\n7,4\n8,10\n9,6\n10,1.5\n";
    static const char cfg[] = SPLIT "metric = mae\ndata.log_target = 1\ndata.scale_target = 0\n";
    const double mean = 3.125, judged[] = {4, 10, 6, 1.5};
    double loss = 0, error = 0;
    for (int i = 0; i < 4; i++) {
        double d = log1p(judged[i]) - log1p(mean);
        loss += d * d / 4;
        error += fabs(judged[i] - mean) / 4;
    }
    check(text, cfg, 0, "mean", loss, error);
}

static const char classes[] = "a,y\n1,c\n2,a\n3,b\n4,c\n5,c\n6,a\n7,c\n8,b\n9,a\n10,a\n";

static void majority_and_prior_are_those_of_scikit_learn(void **state) {
    (void)state;
    check(classes, SPLIT "metric = balanced_accuracy", 0, "majority", NAN, 1.0 / 3);
    check(classes, SPLIT "metric = log_loss", 0, "majority", NAN, 27.032740041837865);
    check(classes, SPLIT "metric = log_loss", 1, "prior", 1.170532806781055, 1.170532806781055);
    check(classes, SPLIT "metric = accuracy", 1, "prior", 1.170532806781055, 0.25);
}

static void two_classes_have_one_share(void **state) {
    (void)state;
    static const char two[] = "a,y\n1,p\n2,p\n3,n\n4,p\n5,n\n6,p\n7,n\n8,n\n9,p\n10,p\n";
    check(two, SPLIT "metric = brier", 0, "majority", NAN, 0.5);
    check(two, SPLIT "metric = brier", 1, "prior", 0.7520386983881372, 0.2777777777777778);
}

/* The cross-entropy of probabilities, which a sigmoid makes: there is no link to turn back. */
static void a_loss_on_outputs_takes_the_guess_itself(void **state) {
    (void)state;
    static const char two[] = "a,y\n1,p\n2,p\n3,n\n4,p\n5,n\n6,p\n7,n\n8,n\n9,p\n10,p\n";
    static const char cfg[] = SPLIT "loss = bce\nmodel.output_activation = sigmoid\n"
                                    "metric = accuracy\n";
    check(two, cfg, 1, "prior", 0.7520386983881372, 0.5);
}

static void a_loss_with_a_variance_beside_the_value_has_none(void **state) {
    (void)state;
    static const char cfg[] = SPLIT "metric = mae\nloss = gaussian_nll\ndata.ignore = w\n";
    check(numbers, cfg, 0, "mean", NAN, 4.625);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(mean_and_median_are_those_of_scikit_learn),
    cmocka_unit_test(rows_count_by_their_weights),
    cmocka_unit_test(a_logarithm_of_the_target_moves_no_guess),
    cmocka_unit_test(majority_and_prior_are_those_of_scikit_learn),
    cmocka_unit_test(two_classes_have_one_share),
    cmocka_unit_test(a_loss_on_outputs_takes_the_guess_itself),
    cmocka_unit_test(a_loss_with_a_variance_beside_the_value_has_none),
};

RUN_TESTS(tests)
