/* data.by_column: steps of the preparation that hold for some columns only. */

#include "unit.h"

#include <math.h>

#include "read-csv.h"
#include "scaler.h"

static const char people[] = "age,income,debt,visits,colour,size,part,y\n"
                             "23,1200,0.5,3,red,M,training,1.5\n"
                             ",5400,-2,0,blue,S,training,2.5\n"
                             "41,,1.25,12,red,L,training,0.5\n"
                             "35,99000,,1,green,M,training,4\n"
                             "58,2300,3,7,blue,,training,2\n"
                             "19,4100,-0.75,,red,S,training,3\n"
                             "62,8000,9,2,green,L,validation,1\n"
                             ",650,,40,red,M,validation,6\n";

#define BY_PART "data.target = y\nsplit.method = part\nsplit.part = part\n"

static void expect_close(const tt_dataset *dataset, tt_part part, int32_t feature,
                         const double *wanted) {
    int32_t n_features = tt_dataset_n_features(dataset);
    for (int64_t i = 0; i < tt_dataset_n_rows(dataset, part); i++) {
        double value = (double)tt_dataset_x(dataset, part)[i * n_features + feature];
        if (fabs(value - wanted[i]) > 1e-6 * (1 + fabs(wanted[i])))
            fail_msg("%s of row %d is %.9g, not %.9g", tt_dataset_feature_name(dataset, feature),
                     (int)i, value, wanted[i]);
    }
}

/* From sklearn 1.2: ColumnTransformer of SimpleImputer, MissingIndicator, RobustScaler(
 * quantile_range=(10, 90)), log1p and StandardScaler, MinMaxScaler((-1, 1)), OneHotEncoder,
 * OrdinalEncoder and MaxAbsScaler, fitted on the training rows. */
static void columns_are_prepared_as_by_a_column_transformer(void **state) {
    (void)state;
    tt_dataset *dataset = good_dataset(
        people, BY_PART "data.by_column = age: missing=median missing_flag=1 scaler=robust "
                        "scaler.robust.lower=10 scaler.robust.upper=90; "
                        "income: missing=constant fill_value=1000 scaler=log1p; "
                        "debt: missing=most_frequent scaler=minmax scaler.minmax.low=-1; "
                        "size: encoding=ordinal scaler=max_abs\n");
    expect_features(dataset, 9,
                    (const char *[]){"age", "age=missing", "income", "debt", "visits",
                                     "colour=blue", "colour=green", "colour=red", "size"});
    static const double training[9][6] = {
        {-0.421052632, 0, 0.210526316, 0, 0.807017544, -0.561403509},
        {0, 1, 0, 0, 0, 0},
        {-0.829475924, 0.153554567, -0.948579581, 2.05533252, -0.404344023, -0.0264875642},
        {0, -1, 0.3, -1, 1, -0.5},
        {-0.397523196, -1.14287919, 1.83854478, -0.894427191, 0.596284794, 0},
        {0, 1, 0, 0, 1, 0},
        {0, 0, 0, 1, 0, 0},
        {1, 0, 1, 0, 0, 1},
        {0.5, 1, 0, 0.5, 0.5, 1}};
    static const double validation[9][2] = {{0.947368421, 0},
                                            {0, 1},
                                            {0.410509531, -1.2298991},
                                            {3.4, -1},
                                            {-0.645975193, 8.79520071},
                                            {0, 0},
                                            {1, 0},
                                            {0, 1},
                                            {0, 0.5}};
    for (int32_t feature = 0; feature < 9; feature++) {
        expect_close(dataset, TT_TRAINING, feature, training[feature]);
        expect_close(dataset, TT_VALIDATION, feature, validation[feature]);
    }
    tt_dataset_free(dataset);
}

/* The values of one feature are the same bits in two data sets. */
static void expect_same(const tt_dataset *a, const tt_dataset *b, int32_t feature) {
    int32_t n = tt_dataset_n_features(a);
    assert_int_equal(n, tt_dataset_n_features(b));
    for (int part = 0; part < TT_N_PARTS; part++)
        for (int64_t i = 0; i < tt_dataset_n_rows(a, (tt_part)part); i++)
            assert_memory_equal(&tt_dataset_x(a, (tt_part)part)[i * n + feature],
                                &tt_dataset_x(b, (tt_part)part)[i * n + feature], sizeof(float));
}

static void a_scaler_of_one_column_is_the_scaler_of_all_for_that_column(void **state) {
    (void)state;
    static const char text[] = "a,b,y\n1,2,1.5\n4,3,2\n2,9,3\n8,5,4\n,7,5\n3,1,6\n";
    tt_dataset *plain = good_dataset(text, "scaler = none\n");
    for (int32_t i = 0; i < tt_scaler_family.n_rows; i++) {
        char all[80], own[80];
        snprintf(all, sizeof all, "scaler = %s\n", tt_scalers[i].about.key);
        snprintf(own, sizeof own, "scaler = none\ndata.by_column = a: scaler=%s\n",
                 tt_scalers[i].about.key);
        tt_dataset *of_all = good_dataset(text, all), *of_one = good_dataset(text, own);
        expect_same(of_one, of_all, 0);
        expect_same(of_one, plain, 1);
        tt_dataset_free(of_all);
        tt_dataset_free(of_one);
    }
    tt_dataset_free(plain);
}

static void parts_of_a_date_and_rare_levels_are_chosen_by_column(void **state) {
    (void)state;
    static const char text[] = "from,to,kind,town,y\n"
                               "2024-03-01,2024-03-05,a,p,1.5\n2023-04-02,2024-05-02,a,p,2\n"
                               "2022-05-03,2024-06-01,b,q,3\n2021-06-01,2025-03-03,c,p,4\n";
    tt_dataset *dataset =
        good_dataset(text, "split.validation = 0\ndata.date_parts = elapsed\n"
                           "data.by_column = from: date_parts=year,month; town: drop_first=1; "
                           "kind: min_count=2\n");
    expect_features(dataset, 6,
                    (const char *[]){"from.year", "from.month", "to.elapsed", "kind=a",
                                     "kind=other", "town=q"});
    tt_dataset_free(dataset);
}

static void rows_are_dropped_for_what_is_missing_in_that_column(void **state) {
    (void)state;
    static const char text[] = "a,b,y\n1,,1.5\n,3,2\n2,9,3\n8,5,4\n";
    tt_dataset *dataset =
        good_dataset(text, "split.validation = 0\nscaler = none\ndata.by_column = a: missing=drop");
    expect_x(dataset, TT_TRAINING, 0, (double[]){1, 2, 8});
    expect_x(dataset, TT_TRAINING, 1, (double[]){7, 9, 5});
    tt_dataset_free(dataset);
    expect_bad_setting("a,b,y\n,1,1\n2,,2\n", "data.by_column = a, b: missing=drop",
                       "data.by_column", "leaves none");
}

static void names_may_have_any_character(void **state) {
    (void)state;
    static const char text[] = "\"a: b; c\",\"d\"\"e\",\"f,g\",h,y\n1,2,3,4,1.5\n3,4,5,6,2\n";
    tt_dataset *dataset = good_dataset(
        text, "split.validation = 0\nscaler = none\n"
              "data.by_column = \"a: b; c\" , \"d\"\"e\": scaler=minmax;\"f,g\",h:scaler=max_abs");
    expect_x(dataset, TT_TRAINING, 0, (double[]){0, 1});
    expect_x(dataset, TT_TRAINING, 1, (double[]){0, 1});
    expect_x(dataset, TT_TRAINING, 2, (double[]){0.6, 1});
    expect_x(dataset, TT_TRAINING, 3, (double[]){4.0 / 6, 1});
    tt_dataset_free(dataset);
}

static void mistakes_name_the_column_and_the_setting(void **state) {
    (void)state;
    static const char key[] = "data.by_column";
    expect_bad_setting(people, BY_PART "data.by_column = aeg: scaler=robust", key,
                       "no column \"aeg\"; the nearest name is \"age\"");
    expect_bad_setting(people, BY_PART "data.by_column = age: encoding=ordinal", key,
                       "\"encoding\" is no step for the column \"age\", which is used as a number");
    expect_bad_setting(people, BY_PART "data.by_column = colour: missing=median", key,
                       "\"missing\" is no step for the column \"colour\"");
    expect_bad_setting(people, BY_PART "data.by_column = colour: scaler=robust", key,
                       "make the encoding ordinal");
    expect_bad_setting(people, BY_PART "data.by_column = age: scaler=none; age: missing=mean", key,
                       "\"age\" is listed twice");
    expect_bad_setting(
        people,
        BY_PART "data.by_column = age: scaler=minmax scaler.minmax.low=3 scaler.minmax.high=2", key,
        "For the column \"age\": The low end");
    expect_bad_data("a,b,y\n-5,-5,1\n2,3,2\n",
                    "split.validation = 0\ndata.by_column = b: scaler=log1p", 2,
                    "Column \"b\" has the number -5");
}

static void steps_of_columns_that_are_no_inputs_wait(void **state) {
    (void)state;
    tt_dataset *dataset =
        good_dataset(people, BY_PART "data.ignore = age\n"
                                     "data.by_column = age: encoding=ordinal; y: scaler=robust");
    char *json = tt_dataset_json(dataset);
    assert_mentions(json, "{\"column\":\"y\",\"message\":\"is the target, so that its steps");
    tt_free_text(json);
    tt_dataset_free(dataset);
}

static void expect_read(const char *value, const char *normalised) {
    tt_config *config = tt_config_new();
    tt_error error;
    if (tt_config_set(config, "data.by_column", value, &error) != TT_OK)
        fail_msg("%s", error.message);
    assert_string_equal(tt_config_get(config, "data.by_column"), normalised);
    tt_config_free(config);
}

static void expect_refused(const char *value, const char *part) {
    tt_config *config = tt_config_new();
    tt_error error;
    assert_int_equal(tt_config_set(config, "data.by_column", value, &error), TT_BAD_SETTING);
    assert_string_equal(error.key, "data.by_column");
    assert_mentions(error.message, part);
    assert_string_equal(tt_config_get(config, "data.by_column"), "");
    tt_config_free(config);
}

static void the_text_is_read_as_its_form_says(void **state) {
    (void)state;
    expect_read("", "");
    expect_read("  ", "");
    expect_read("a:scaler=robust", "a: scaler=robust");
    expect_read("a , \"b;c\":  data.missing=median\tmissing_flag=yes ;; ",
                "a , \"b;c\": missing=median missing_flag=1");
    expect_read("a: date_parts=year,hour; b: fill_value=1e1",
                "a: date_parts=year,hour; b: fill_value=10");
}

static void a_text_of_another_form_is_refused(void **state) {
    (void)state;
    expect_refused("a", "Expected a column, a colon, and settings with their values; found \"a\"");
    expect_refused("a:", "found \"a:\"");
    expect_refused(": scaler=none", "found \": scaler=none\"");
    expect_refused("a,: scaler=none", "found \"a,: scaler=none\"");
    expect_refused("a: robust", "found \"robust\"");
    expect_refused("a: b: scaler=none", "found \"b:\"");
    expect_refused("\"a: scaler=none", "Expected");
    expect_refused("a: scaler=best",
                   "For the column \"a\": Scaling takes standard, minmax, robust");
    expect_refused("a: fill_value=1e30", "must be from -1000000000 to 1000000000");
    expect_refused("a: train.epochs=3",
                   "\"train.epochs\" cannot be set for the column \"a\"; these can: date_parts, "
                   "missing, fill_value, missing_flag, missing_category, encoding, drop_first, "
                   "min_count, scaler.");
    expect_refused("a: robust=1", "\"robust\" cannot be set");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(columns_are_prepared_as_by_a_column_transformer),
    cmocka_unit_test(a_scaler_of_one_column_is_the_scaler_of_all_for_that_column),
    cmocka_unit_test(parts_of_a_date_and_rare_levels_are_chosen_by_column),
    cmocka_unit_test(rows_are_dropped_for_what_is_missing_in_that_column),
    cmocka_unit_test(names_may_have_any_character),
    cmocka_unit_test(mistakes_name_the_column_and_the_setting),
    cmocka_unit_test(steps_of_columns_that_are_no_inputs_wait),
    cmocka_unit_test(the_text_is_read_as_its_form_says),
    cmocka_unit_test(a_text_of_another_form_is_refused),
};

RUN_TESTS(tests)
