/* A column that names the part of each row: training, validation, test. */

#include "unit.h"

#include "read-csv.h"

static const char by_part[] = "split.method = part\nsplit.part = fold\n";

static tt_dataset *dataset_by_part(const char *text, const char *more) {
    char cfg[300];
    snprintf(cfg, sizeof cfg, "%s%s", by_part, more);
    return good_dataset(text, cfg);
}

static void expect_rows(const tt_dataset *dataset, tt_part part, int n, const int *wanted) {
    assert_int_equal(tt_dataset_n_rows(dataset, part), n);
    for (int i = 0; i < n; i++)
        assert_int_equal(tt_dataset_source_row(dataset, part, i), wanted[i]);
}

static const char named[] = "a,fold,y\n1,train,1.5\n2,Test,2.5\n3, VALIDATION ,3.5\n4,learn,4.5\n"
                            "5,holdout,5.5\n6,dev,6.5\n7,Training,7.5\n";

static void test_words_tell_the_parts(void **state) {
    (void)state;
    tt_dataset *dataset = dataset_by_part(named, "");
    expect_rows(dataset, TT_TRAINING, 3, (int[]){0, 3, 6});
    expect_rows(dataset, TT_VALIDATION, 2, (int[]){2, 5});
    expect_rows(dataset, TT_TEST, 2, (int[]){1, 4});
    expect_features(dataset, 1, (const char *const[]){"a"});
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "\"n_training\":3,\"n_validation\":2,\"n_test\":2,\"n_dropped\":0");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

/* Mean 4 and deviation sqrt(6) are those of 1, 4 and 7. */
static void test_scaling_is_that_of_the_training_rows(void **state) {
    (void)state;
    tt_dataset *dataset = dataset_by_part(named, "scaler = standard");
    const double deviation = 2.449489742783178;
    expect_x(dataset, TT_TEST, 0, (double[]){(2 - 4) / deviation, (5 - 4) / deviation});
    assert_near(tt_dataset_target_offset(dataset, 0), 4.5, 1e-12, 0);
    tt_dataset_free(dataset);
}

static void test_words_of_ones_own(void **state) {
    (void)state;
    static const char text[] = "a,fold,y\n1,0,1.5\n2,1,2.5\n3,0,3.5\n4,2,4.5\n5,extra,5.5\n";
    tt_dataset *dataset = dataset_by_part(text, "split.training_words = 0, Extra\n"
                                                "split.validation_words = 1\n"
                                                "split.test_words = 2");
    expect_rows(dataset, TT_TRAINING, 3, (int[]){0, 2, 4});
    expect_rows(dataset, TT_VALIDATION, 1, (int[]){1});
    expect_rows(dataset, TT_TEST, 1, (int[]){3});
    tt_dataset_free(dataset);
}

/* Without rows marked for validation a share of the training rows is drawn, never a test row. */
static void test_share_of_training_rows_validates(void **state) {
    (void)state;
    static char text[2000] = "a,fold,y\n";
    for (int i = 0; i < 40; i++)
        sprintf(text + strlen(text), "%d,%s,%d.5\n", i, i % 4 == 3 ? "test" : "train", i);
    tt_dataset *dataset = dataset_by_part(text, "split.validation = 0.2\nsplit.seed = 7");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 24);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), 6);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TEST), 10);
    for (int i = 0; i < 6; i++)
        assert_int_not_equal(tt_dataset_source_row(dataset, TT_VALIDATION, i) % 4, 3);
    for (int i = 0; i < 10; i++)
        assert_int_equal(tt_dataset_source_row(dataset, TT_TEST, i), 4 * i + 3);
    tt_dataset_free(dataset);
    dataset = dataset_by_part(text, "split.validation = 0");
    assert_int_equal(tt_dataset_n_rows(dataset, TT_TRAINING), 30);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), 0);
    tt_dataset_free(dataset);
}

/* A test row has part in its classes, but weights of classes come from the training rows. */
static void test_weights_of_test_rows(void **state) {
    (void)state;
    static const char text[] = "a,fold,y\n1,train,u\n2,train,u\n3,train,u\n4,train,v\n5,test,v\n"
                               "6,val,u\n";
    tt_dataset *dataset = dataset_by_part(text, "data.class_weight = balanced");
    assert_near(tt_dataset_weights(dataset, TT_TEST)[0], 4.0 / (2 * 1), 1e-6, 0);
    assert_near(tt_dataset_weights(dataset, TT_VALIDATION)[0], 4.0 / (2 * 3), 1e-6, 0);
    tt_dataset_free(dataset);
}

/* A class of test rows alone is none that a network could learn: it gets no output. */
static void test_classes_are_those_of_the_other_parts(void **state) {
    (void)state;
    static const char text[] = "a,fold,y\n1,train,u\n2,train,v\n3,train,u\n4,test,w\n5,test,v\n"
                               "6,val,u\n7,test,w\n8,test,x\n";
    tt_dataset *dataset = dataset_by_part(text, "");
    assert_int_equal(tt_dataset_task(dataset), TT_BINARY);
    assert_int_equal(tt_dataset_n_classes(dataset), 2);
    expect_rows(dataset, TT_TEST, 1, (int[]){4});
    assert_true(tt_dataset_y(dataset, TT_TEST)[0] == 1);
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "\"n_dropped\":3");
    assert_mentions(json,
                    "{\"column\":\"y\",\"message\":\"test rows whose class no row for training or "
                    "validation has were left out: 3, such as \\\"w\\\" in line 5\"}");
    tt_free_text(json);
    tt_dataset_free(dataset);
    dataset = dataset_by_part(text, "split.test_words = none\nsplit.training_words = train,test");
    assert_int_equal(tt_dataset_n_classes(dataset), 4);
    tt_dataset_free(dataset);
    dataset = dataset_by_part("a,fold,y,z\n1,train,0,1\n2,train,1,0\n3,test,0,2\n4,test,1,1\n",
                              "data.target = y,z\nsplit.validation = 0");
    assert_int_equal(tt_dataset_task(dataset), TT_MULTILABEL);
    expect_rows(dataset, TT_TEST, 1, (int[]){3});
    tt_dataset_free(dataset);
}

typedef struct outcome {
    uint64_t hash;
    double validation_loss, test_rmse;
} outcome;

static outcome train(const char *text) {
    char cfg[300];
    outcome found = {.test_rmse = -1};
    snprintf(cfg, sizeof cfg, "%strain.epochs = 20\nmodel.hidden = 4\ndata.task = regression",
             by_part);
    tt_error error;
    tt_config *config = config_of(cfg);
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    while (tt_trainer_run(trainer, 1000, 100, &error) == TT_OK)
        tt_trainer_take_history(trainer, (double[TT_MAX_WAITING * 32]){0}, TT_MAX_WAITING);
    found.hash = tt_trainer_hash(trainer);
    tt_report *report = tt_report_new(trainer, TT_VALIDATION, &error);
    found.validation_loss = tt_report_loss(report);
    tt_report_free(report);
    report = tt_report_new(trainer, TT_TEST, &error);
    if (report) {
        double sum = 0;
        for (int64_t i = 0; i < tt_report_n_rows(report); i++) {
            assert_int_equal(tt_report_source_row(report, i) % 5, 4);
            assert_true(tt_report_targets(report)[i] == 100);
            double off = (double)tt_report_predictions(report)[i] - 100;
            sum += off * off;
        }
        found.test_rmse = sqrt(sum / (double)tt_report_n_rows(report));
        for (int32_t i = 0; i < tt_report_n_metrics(report); i++) {
            double value;
            if (strcmp(tt_report_metric(report, i, &value)->key, "rmse") == 0)
                assert_near(value, found.test_rmse, 1e-5, 0);
        }
    } else {
        assert_string_equal(error.key, "split.test_words");
    }
    tt_report_free(report);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
    tt_config_free(config);
    return found;
}

/* With its test rows in the file, and wild ones at that, a run is the same to the bit as without.
 */
static void test_training_never_sees_test_rows(void **state) {
    (void)state;
    static char with[3000] = "a,fold,y\n", without[3000] = "a,fold,y\n";
    for (int i = 0; i < 50; i++) {
        char line[60];
        bool test = i % 5 == 4;
        snprintf(line, sizeof line, "%d,%s,%d\n", test ? 1000 : i,
                 test         ? "test"
                 : i % 5 == 0 ? "val"
                              : "train",
                 test ? 100 : i % 7);
        strcat(with, line);
        if (!test)
            strcat(without, line);
    }
    outcome a = train(with), b = train(without);
    assert_true(a.hash == b.hash);
    assert_true(a.validation_loss == b.validation_loss);
    assert_true(a.test_rmse > 0);
    assert_true(b.test_rmse == -1);
}

static void test_bad_parts(void **state) {
    (void)state;
    char cfg[300];
    expect_bad_setting(named, "split.method = part", "split.part", "needs the column");
    expect_bad_setting(named, "split.method = part\nsplit.part = y", "split.part", "is the target");
    snprintf(cfg, sizeof cfg, "%ssplit.folds = 3", by_part);
    expect_bad_setting(named, cfg, "split.folds", "Set split.folds to 0");
    expect_bad_setting("a,fold,y\n1,train,1.5\n2,extra,2.5\n3,extra,3.5\n", by_part, "split.part",
                       "The word \"extra\" of \"fold\" (line 3) names no part. Known are train,");
    expect_bad_setting("a,fold,y\n1,train,1.5\n2,NA,2.5\n3,test,3.5\n", by_part, "split.part",
                       "Line 3 has an empty cell in \"fold\"");
    expect_bad_setting("a,fold,y\n1,test,1.5\n2,val,2.5\n3,test,3.5\n", by_part, "split.part",
                       "No row of \"fold\" is for training");
    snprintf(cfg, sizeof cfg, "%ssplit.test_words = dev", by_part);
    expect_bad_setting("a,fold,y\n1,train,1.5\n2,dev,2.5\n3,train,3.5\n", cfg, "split.test_words",
                       "\"dev\" is in split.validation_words, too");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_words_tell_the_parts),
    cmocka_unit_test(test_scaling_is_that_of_the_training_rows),
    cmocka_unit_test(test_words_of_ones_own),
    cmocka_unit_test(test_share_of_training_rows_validates),
    cmocka_unit_test(test_weights_of_test_rows),
    cmocka_unit_test(test_classes_are_those_of_the_other_parts),
    cmocka_unit_test(test_training_never_sees_test_rows),
    cmocka_unit_test(test_bad_parts),
};

RUN_TESTS(tests)
