/* Which rows train and which judge: shares, folds, groups and order. */

#include "unit.h"

#include "read-csv.h"

static void write_classes(char *text, const int *counts, int n_classes) {
    sprintf(text, "a,y\n");
    for (int c = 0; c < n_classes; c++)
        for (int i = 0; i < counts[c]; i++)
            sprintf(text + strlen(text), "%d,class %d\n", i * 13 % 29, c);
}

static void expect_split(const char *cfg, const int *counts, int n_classes, const int *wanted) {
    static char text[8000];
    int validation[8] = {0}, training[8] = {0};
    write_classes(text, counts, n_classes);
    tt_dataset *dataset = good_dataset(text, cfg);
    for (int64_t i = 0; i < tt_dataset_n_rows(dataset, TT_VALIDATION); i++)
        validation[(int)tt_dataset_y(dataset, TT_VALIDATION)[i]]++;
    for (int64_t i = 0; i < tt_dataset_n_rows(dataset, TT_TRAINING); i++)
        training[(int)tt_dataset_y(dataset, TT_TRAINING)[i]]++;
    for (int c = 0; c < n_classes; c++) {
        assert_int_equal(validation[c], wanted[c]);
        assert_int_equal(training[c], counts[c] - wanted[c]);
    }
    tt_dataset_free(dataset);
}

static void test_stratified_split(void **state) {
    (void)state;
    static const char *const seeds[] = {"1", "2", "3"};
    for (int i = 0; i < 3; i++) {
        char cfg[100];
        snprintf(cfg, sizeof cfg, "split.validation = 0.2\nsplit.seed = %s\n", seeds[i]);
        expect_split(cfg, (int[]){60, 30, 10}, 3, (int[]){12, 6, 2});
    }
    expect_split("split.validation = 0.25", (int[]){7, 5}, 2, (int[]){2, 1});
    expect_split("split.validation = 0.2", (int[]){20, 1, 4}, 3, (int[]){4, 0, 1});
    expect_split("split.validation = 0.2", (int[]){2, 2, 2, 2, 2}, 5, (int[]){0, 1, 0, 1, 0});
    expect_split("split.validation = 0.9", (int[]){3, 3}, 2, (int[]){2, 2});
    expect_split("split.validation = 0.01", (int[]){3, 3}, 2, (int[]){1, 0});
    expect_split("split.validation = 0", (int[]){5, 1}, 2, (int[]){0, 0});
    expect_split("split.validation = 0.1", (int[]){1, 1, 1, 2}, 4, (int[]){0, 0, 0, 1});
}

static void test_class_with_one_row(void **state) {
    (void)state;
    static char text[8000];
    write_classes(text, (int[]){20, 1, 4}, 3);
    tt_dataset *dataset = good_dataset(text, "split.validation = 0.2");
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "class \\\"class 1\\\" has only one row");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

/* The same seed draws the same rows on every platform. */
static void test_split_is_fixed(void **state) {
    (void)state;
    static const int64_t wanted[] = {1, 8, 11, 12, 13, 14};
    char text[1000] = "a,y\n";
    for (int i = 0; i < 20; i++)
        sprintf(text + strlen(text), "%d,%d.5\n", i, i);
    tt_dataset *dataset = good_dataset(text, "split.validation = 0.3\nsplit.seed = 42");
    for (int i = 0; i < 6; i++)
        assert_int_equal(tt_dataset_source_row(dataset, TT_VALIDATION, i), wanted[i]);
    tt_dataset *other = good_dataset(text, "split.validation = 0.3\nsplit.seed = 43");
    int n_equal = 0;
    for (int i = 0; i < 6; i++)
        n_equal += tt_dataset_source_row(other, TT_VALIDATION, i) == wanted[i];
    assert_true(n_equal < 6);
    tt_dataset_free(dataset);
    tt_dataset_free(other);
}

static void test_split_parts_everything(void **state) {
    (void)state;
    static char text[8000];
    write_classes(text, (int[]){100, 80, 60}, 3);
    static const char *const cfgs[] = {"split.validation = 0.25\nsplit.stratify = 0",
                                       "split.validation = 0.25\nsplit.stratify = 1"};
    for (int c = 0; c < 2; c++) {
        bool seen[240] = {false};
        tt_dataset *dataset = good_dataset(text, cfgs[c]);
        assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), 60);
        for (int part = TT_TRAINING; part <= TT_VALIDATION; part++)
            for (int64_t i = 0; i < tt_dataset_n_rows(dataset, (tt_part)part); i++) {
                int64_t row = tt_dataset_source_row(dataset, (tt_part)part, i);
                assert_false(seen[row]);
                seen[row] = true;
                int32_t y = row < 100 ? 0 : row < 180 ? 1 : 2;
                assert_true(tt_dataset_y(dataset, (tt_part)part)[i] == (float)y);
            }
        tt_dataset_free(dataset);
    }
}

static void expect_judges(const char *text, const char *cfg, int n, const int *wanted) {
    tt_dataset *dataset = good_dataset(text, cfg);
    assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), n);
    for (int i = 0; i < n; i++)
        assert_int_equal(tt_dataset_source_row(dataset, TT_VALIDATION, i), wanted[i]);
    tt_dataset_free(dataset);
}

static void write_numbers(char *text, int n) {
    sprintf(text, "a,y\n");
    for (int i = 0; i < n; i++)
        sprintf(text + strlen(text), "%d,%d.5\n", i, i);
}

/* n_test = ceil(test_size n), as in train_test_split. */
static void test_share_is_rounded_up(void **state) {
    (void)state;
    static char text[4000];
    static const struct {
        int n;
        const char *share;
        int wanted;
    } cases[] = {{97, "0.1", 10}, {91, "0.1", 10}, {150, "0.25", 38}, {30, "0.2", 6}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char cfg[60];
        write_numbers(text, cases[i].n);
        snprintf(cfg, sizeof cfg, "split.validation = %s", cases[i].share);
        tt_dataset *dataset = good_dataset(text, cfg);
        assert_int_equal(tt_dataset_n_rows(dataset, TT_VALIDATION), cases[i].wanted);
        tt_dataset_free(dataset);
    }
}

static void test_last_rows_judge_without_shuffling(void **state) {
    (void)state;
    static char text[400];
    write_numbers(text, 10);
    expect_judges(text, "split.validation = 0.25\nsplit.shuffle = 0", 3, (int[]){7, 8, 9});
    write_classes(text, (int[]){4, 4}, 2);
    expect_judges(text, "split.validation = 0.5\nsplit.shuffle = 0", 4, (int[]){2, 3, 6, 7});
}

/* The folds of scikit-learn's KFold. */
static void test_folds_in_order(void **state) {
    (void)state;
    static char text[400];
    write_numbers(text, 10);
    static const char cfg[] = "split.folds = 3\nsplit.shuffle = 0\nsplit.fold = ";
    char whole[100];
    snprintf(whole, sizeof whole, "%s1", cfg);
    expect_judges(text, whole, 4, (int[]){0, 1, 2, 3});
    snprintf(whole, sizeof whole, "%s2", cfg);
    expect_judges(text, whole, 3, (int[]){4, 5, 6});
    snprintf(whole, sizeof whole, "%s3", cfg);
    expect_judges(text, whole, 3, (int[]){7, 8, 9});
    write_numbers(text, 11);
    expect_judges(text, "split.folds = 2\nsplit.shuffle = 0", 6, (int[]){0, 1, 2, 3, 4, 5});
}

/* The folds of scikit-learn's StratifiedKFold. */
static void test_stratified_folds_in_order(void **state) {
    (void)state;
    static char text[400] = "a,y\n";
    static const int y[] = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0};
    static const int folds[5][3] = {{0, 1, 2}, {3, 4, 6}, {5, 8, 10}, {7, 12, 13}, {9, 11, 14}};
    for (int i = 0; i < 15; i++)
        sprintf(text + strlen(text), "%d,c%d\n", i, y[i]);
    for (int f = 0; f < 5; f++) {
        char cfg[80];
        snprintf(cfg, sizeof cfg, "split.folds = 5\nsplit.shuffle = 0\nsplit.fold = %d", f + 1);
        expect_judges(text, cfg, 3, folds[f]);
    }
}

/* Shuffled folds are a partition, of even sizes and even classes, the same for a seed. */
static void test_shuffled_folds(void **state) {
    (void)state;
    static char text[4000];
    write_classes(text, (int[]){23, 11, 7}, 3);
    int seen[41] = {0}, least[3] = {99, 99, 99}, most[3] = {0};
    for (int f = 1; f <= 4; f++) {
        char cfg[80];
        int counts[3] = {0};
        snprintf(cfg, sizeof cfg, "split.folds = 4\nsplit.fold = %d\nsplit.seed = 3", f);
        tt_dataset *dataset = good_dataset(text, cfg), *again = good_dataset(text, cfg);
        int64_t n = tt_dataset_n_rows(dataset, TT_VALIDATION);
        assert_in_range(n, 10, 11);
        assert_int_equal(n + tt_dataset_n_rows(dataset, TT_TRAINING), 41);
        for (int64_t i = 0; i < n; i++) {
            int64_t row = tt_dataset_source_row(dataset, TT_VALIDATION, i);
            assert_int_equal(row, tt_dataset_source_row(again, TT_VALIDATION, i));
            seen[row]++;
            counts[row < 23 ? 0 : row < 34 ? 1 : 2]++;
        }
        for (int k = 0; k < 3; k++) {
            least[k] = counts[k] < least[k] ? counts[k] : least[k];
            most[k] = counts[k] > most[k] ? counts[k] : most[k];
        }
        tt_dataset_free(dataset);
        tt_dataset_free(again);
    }
    for (int i = 0; i < 41; i++)
        assert_int_equal(seen[i], 1);
    for (int k = 0; k < 3; k++)
        assert_true(most[k] - least[k] <= 1);
}

static const char grouped[] = "a,g,y\n1,u,1.5\n2,v,2.5\n3,u,3.5\n4,w,4.5\n5,x,5.5\n6,v,6.5\n"
                              "7,u,7.5\n8,x,8.5\n";

/* u has 3 rows, v and x 2 each, w has 1. */
static void test_groups_stay_together(void **state) {
    (void)state;
    static const char method[] = "split.method = group\nsplit.group = g\n";
    for (int seed = 0; seed < 20; seed++) {
        char cfg[120];
        bool seen[2][4] = {{false}};
        snprintf(cfg, sizeof cfg, "%ssplit.validation = 0.5\nsplit.seed = %d", method, seed);
        tt_dataset *dataset = good_dataset(grouped, cfg);
        assert_int_equal(tt_dataset_n_features(dataset), 1);
        for (int part = 0; part < 2; part++)
            for (int64_t i = 0; i < tt_dataset_n_rows(dataset, (tt_part)part); i++) {
                int64_t row = tt_dataset_source_row(dataset, (tt_part)part, i);
                seen[part]["01023103"[row] - '0'] = true;
            }
        for (int g = 0; g < 4; g++)
            assert_true(seen[TT_TRAINING][g] != seen[TT_VALIDATION][g]);
        const bool *judges = seen[TT_VALIDATION];
        assert_int_equal(judges[0] + judges[1] + judges[2] + judges[3], 2);
        tt_dataset_free(dataset);
    }
    char cfg[120];
    snprintf(cfg, sizeof cfg, "%ssplit.validation = 0.5\nsplit.shuffle = 0", method);
    expect_judges(grouped, cfg, 3, (int[]){3, 4, 7});
    snprintf(cfg, sizeof cfg, "%ssplit.folds = 2\nsplit.shuffle = 0\nsplit.fold = 1", method);
    expect_judges(grouped, cfg, 4, (int[]){0, 2, 3, 6});
}

static void test_order_of_time(void **state) {
    (void)state;
    static const char text[] = "t,d,y\n5,2026-01-09,1\n1,2025-12-31,2.5\n4,2026-01-10,3\n"
                               "2,2024-06-01,4\n5,2026-02-01,5\n";
    static const char method[] = "split.method = order\nsplit.validation = 0.4\n";
    char cfg[120];
    expect_judges(text, method, 2, (int[]){3, 4});
    snprintf(cfg, sizeof cfg, "%ssplit.order = t", method);
    expect_judges(text, cfg, 2, (int[]){0, 4});
    snprintf(cfg, sizeof cfg, "%ssplit.order = d", method);
    expect_judges(text, cfg, 2, (int[]){2, 4});
}

static void test_bad_splits(void **state) {
    (void)state;
    expect_bad_setting(grouped, "split.method = group", "split.group", "needs the column");
    expect_bad_setting(grouped, "split.method = group\nsplit.group = z", "split.group",
                       "no column \"z\"");
    expect_bad_setting(grouped, "split.method = group\nsplit.group = y", "split.group",
                       "is the target");
    expect_bad_setting("g,a,y\n1,1,1.5\n1,2,2\n", "split.method = group\nsplit.group = g",
                       "split.group", "the same value");
    expect_bad_setting(grouped, "split.method = group\nsplit.group = g\nsplit.folds = 5",
                       "split.folds", "only 4 groups");
    expect_bad_setting(grouped, "split.folds = 1", "split.folds", "nothing to train on");
    expect_bad_setting(grouped, "split.folds = 9", "split.folds", "only 8 rows");
    expect_bad_setting(grouped, "split.folds = 3\nsplit.fold = 4", "split.fold", "only 3 folds");
    expect_bad_setting(grouped, "split.folds = 3\nsplit.method = order", "split.folds",
                       "come after");
    expect_bad_data("g,a,y\n1,1,1.5\n,2,2\n", "split.method = group\nsplit.group = g", 1, "Line 3");
    expect_bad_data("g,a,y\n1,1,1.5\n,2,2\n", "split.method = order\nsplit.order = g", 1,
                    "no value to order it by");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_stratified_split),
    cmocka_unit_test(test_class_with_one_row),
    cmocka_unit_test(test_split_is_fixed),
    cmocka_unit_test(test_split_parts_everything),
    cmocka_unit_test(test_share_is_rounded_up),
    cmocka_unit_test(test_last_rows_judge_without_shuffling),
    cmocka_unit_test(test_folds_in_order),
    cmocka_unit_test(test_stratified_folds_in_order),
    cmocka_unit_test(test_shuffled_folds),
    cmocka_unit_test(test_groups_stay_together),
    cmocka_unit_test(test_order_of_time),
    cmocka_unit_test(test_bad_splits),
};

RUN_TESTS(tests)
