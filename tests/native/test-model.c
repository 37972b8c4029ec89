/* Models as bytes, and predictions of tables. */

#include "model-run.h"

#include "bytes.h"
#include "scaler.h"

static const char settings[] = "data.ignore = \"price\", \"weight\", \"old\", \"wide\"\n"
                               "data.target = kind\nmodel.hidden = 8, 6\ntrain.epochs = 4\n";
static const char two_numbers[] = "data.target = \"price\", \"weight\"\ntrain.epochs = 3\n";

/* The rows of both parts, as a report tells them, against the table's rows. */
static void expect_report(model_run *run, const double *values) {
    tt_error error;
    for (int part = TT_TRAINING; part <= TT_VALIDATION; part++) {
        tt_report *report = tt_report_new(run->trainer, (tt_part)part, &error);
        assert_non_null(report);
        int32_t n_outputs = tt_report_n_outputs(report);
        for (int64_t i = 0; i < tt_report_n_rows(report); i++) {
            int64_t row = tt_dataset_source_row(run->dataset, (tt_part)part, i);
            for (int32_t j = 0; j < n_outputs; j++) {
                float told = tt_report_predictions(report)[i * n_outputs + j];
                if ((float)values[row * n_outputs + j] != told)
                    fail_msg("row %d is %.9g, reported as %.9g", (int)row,
                             values[row * n_outputs + j], (double)told);
            }
        }
        tt_report_free(report);
    }
}

static void expect_same_predictions(const char *cfg) {
    char *text = mixed_rows(300);
    model_run run = start_run(text, cfg);
    continue_run(&run, 40);
    tt_model *model = good_model(&run, TT_PRESENT);
    tt_prediction *prediction = good_prediction(model, run.table);
    expect_report(&run, tt_prediction_values(prediction));
    tt_prediction_free(prediction);
    tt_model_free(model);
    end_run(&run);
    free(text);
}

static void a_model_predicts_what_the_report_tells_for_every_task(void **state) {
    (void)state;
    expect_same_predictions(settings);
    expect_same_predictions(two_numbers);
    expect_same_predictions("data.target = price\ndata.log_target = 1\nloss = poisson_nll");
    expect_same_predictions("data.target = price\nloss = gaussian_nll");
    expect_same_predictions("data.target = old\nsplit.validation = 0.3\nloss = hinge");
    expect_same_predictions("data.target = \"old\", \"wide\"\ndata.ignore = kind");
}

static void a_model_predicts_what_the_report_tells_for_every_preparation(void **state) {
    (void)state;
    for (int32_t i = 0; i < tt_scaler_family.n_rows; i++) {
        char cfg[200];
        snprintf(cfg, sizeof cfg, "%sscaler = %s\n", two_numbers, tt_scalers[i].about.key);
        expect_same_predictions(cfg);
    }
    expect_same_predictions("data.encoding = ordinal\ndata.missing_category = none\n"
                            "data.min_count = 60\ndata.missing_flag = 1\ndata.missing = median");
    expect_same_predictions("data.drop_first = 1\ndata.target = price\n");
    expect_same_predictions(
        "scaler = quantile\ndata.by_column = age: scaler=power missing_flag=1; width: "
        "scaler=none; colour: encoding=ordinal scaler=robust\ndata.target = price\n");
}

static void a_model_predicts_what_the_report_tells_for_every_kind_of_layer(void **state) {
    (void)state;
    expect_same_predictions("data.target = kind\nmodel.hidden = 8, 8\nmodel.norm = batch, layer\n"
                            "activation = prelu, gelu\nmodel.dropout = 0.2\nmodel.skip = 1");
    expect_same_predictions(
        "data.target = price\nregularizer = ema\noptimizer = schedulefree_adamw");
}

static void bytes_come_back_as_the_same_model(void **state) {
    (void)state;
    tt_error error;
    char *text = mixed_rows(120);
    model_run run = start_run(text, settings);
    continue_run(&run, 12);
    tt_model *model = good_model(&run, TT_PRESENT);
    size_t size = tt_model_size(model);
    char *bytes = malloc(size), *again = malloc(size);
    tt_model_save(model, bytes);
    tt_model *loaded = tt_model_load(bytes, size, &error);
    assert_non_null(loaded);
    assert_int_equal(tt_model_size(loaded), size);
    tt_model_save(loaded, again);
    assert_memory_equal(bytes, again, size);
    tt_prediction *prediction = good_prediction(loaded, run.table);
    expect_report(&run, tt_prediction_values(prediction));
    char *json = tt_model_json(model), *json_again = tt_model_json(loaded);
    assert_string_equal(json, json_again);
    tt_free_text(json);
    tt_free_text(json_again);
    tt_prediction_free(prediction);
    tt_model_free(model);
    tt_model_free(loaded);
    free(bytes);
    free(again);
    end_run(&run);
    free(text);
}

static void the_best_weights_are_those_of_the_best_epoch(void **state) {
    (void)state;
    tt_progress progress;
    char *text = mixed_rows(120);
    model_run run = start_run(text, "data.target = price\ntrain.epochs = 30\n"
                                    "optimizer.adam.lr = 0.3\nsplit.validation = 0.5");
    continue_run(&run, INT64_MAX);
    tt_trainer_progress(run.trainer, &progress);
    assert_true(progress.best_epoch < progress.epoch);
    tt_model *best = good_model(&run, TT_BEST), *last = good_model(&run, TT_PRESENT);
    tt_prediction *of_best = good_prediction(best, run.table);
    tt_prediction *of_last = good_prediction(last, run.table);
    assert_true(tt_prediction_values(of_best)[0] != tt_prediction_values(of_last)[0]);
    expect_report(&run, tt_prediction_values(of_last));
    tt_trainer_restore_best(run.trainer);
    expect_report(&run, tt_prediction_values(of_best));
    tt_prediction_free(of_best);
    tt_prediction_free(of_last);
    tt_model_free(best);
    tt_model_free(last);
    end_run(&run);
    free(text);
}

static void columns_are_found_in_any_order_among_others(void **state) {
    (void)state;
    model_run run = start_run("a,b,y\n1,x,3\n2,z,4\n3,x,9\n4,z,9\n5,x,1\n", "data.target = y");
    continue_run(&run, 5);
    tt_model *model = good_model(&run, TT_PRESENT);
    tt_table *table = good_table("note,b,extra,a\nfirst,x,7,1\nsecond,z,7,2\n", "");
    tt_prediction *prediction = good_prediction(model, table);
    tt_prediction *own = good_prediction(model, run.table);
    for (int i = 0; i < 2; i++)
        assert_true(tt_prediction_values(prediction)[i] == tt_prediction_values(own)[i]);
    tt_prediction_free(prediction);
    tt_prediction_free(own);
    tt_table_free(table);
    tt_model_free(model);
    end_run(&run);
}

static void a_missing_column_is_named(void **state) {
    (void)state;
    tt_error error;
    model_run run = start_run("a,b,y\n1,x,3\n2,z,4\n3,x,9\n", "data.target = y");
    tt_model *model = good_model(&run, TT_PRESENT);
    tt_table *table = good_table("a,c\n1,x\n2,z\n", "");
    assert_null(tt_prediction_new(model, table, &error));
    assert_int_equal(error.status, TT_BAD_DATA);
    assert_mentions(error.message, "\"b\"");
    tt_table_free(table);
    tt_model_free(model);
    end_run(&run);
}

static void what_does_not_fit_is_told_by_line(void **state) {
    (void)state;
    model_run run = start_run("a,b,y\n1,x,3\n2,z,4\n3,x,9\n4,x,2\n",
                              "data.target = y\nsplit.validation = 0\ndata.missing = mean");
    tt_model *model = good_model(&run, TT_PRESENT);
    tt_table *table = good_table("a,b\n\n1,x\n\"2\n3\",new\n,\n7,z\nseven,z\n", "");
    tt_prediction *prediction = good_prediction(model, table);
    char *json = tt_prediction_json(prediction);
    assert_mentions(json, "\"n_rows\":5");
    assert_mentions(json, "{\"column\":\"a\",\"kind\":\"missing\",\"count\":1,\"lines\":[6],"
                          "\"fill\":2.5,\"message\":\"Cells that are missing count as 2.5.\"}");
    assert_mentions(json, "{\"column\":\"a\",\"kind\":\"word\",\"count\":2,\"lines\":[4,8],");
    assert_mentions(json,
                    "{\"column\":\"b\",\"kind\":\"missing\",\"count\":1,\"lines\":[6],"
                    "\"fill\":\"x\",\"message\":\"Cells that are missing count as \\\"x\\\".\"}");
    assert_mentions(
        json, "{\"column\":\"b\",\"kind\":\"unknown\",\"count\":1,\"lines\":[4],"
              "\"fill\":null,\"message\":\"Levels that were not in training count as no level");
    tt_free_text(json);
    tt_prediction_free(prediction);
    tt_table_free(table);
    tt_model_free(model);
    end_run(&run);
}

static void predictions_as_csv_open_as_a_table(void **state) {
    (void)state;
    char text[64];
    model_run run = start_run("a,\"b, or c\",y\n1,\"x \"\"1\"\"\",no\n2,z,yes\n3,,yes\n4,z,no\n",
                              "data.target = y\ntrain.epochs = 2");
    continue_run(&run, INT64_MAX);
    tt_model *model = good_model(&run, TT_BEST);
    tt_prediction *prediction = good_prediction(model, run.table);
    char *csv = tt_prediction_csv(prediction, 0, 4), *tail = tt_prediction_csv(prediction, 3, 1);
    assert_string_equal(csv + strlen(csv) - strlen(tail), tail);
    tt_table *table = good_table(csv, "");
    assert_int_equal(tt_table_n_columns(table), 6);
    assert_string_equal(tt_table_column(table, 1)->name, "b, or c");
    assert_string_equal(tt_table_column(table, 3)->name, "predicted_y");
    assert_string_equal(tt_table_column(table, 4)->name, "probability_no");
    assert_string_equal(tt_table_column(table, 5)->name, "probability_yes");
    tt_table_text(table, 0, 1, text, sizeof text);
    assert_string_equal(text, "x \"1\"");
    for (int64_t i = 0; i < 4; i++) {
        double probability = tt_prediction_values(prediction)[i];
        tt_table_text(table, i, 3, text, sizeof text);
        assert_string_equal(text, probability >= 0.5 ? "yes" : "no");
        assert_true(tt_table_number(table, i, 5) == probability);
        assert_near(tt_table_number(table, i, 4) + probability, 1, 1e-15, 0);
    }
    tt_free_text(csv);
    tt_free_text(tail);
    tt_table_free(table);
    tt_prediction_free(prediction);
    tt_model_free(model);
    end_run(&run);
}

static void expect_bad_model(const char *bytes, size_t size, const char *part) {
    tt_error error;
    char *copy = malloc(size + !size); /* of the exact size, for sanitizers */
    memcpy(copy, bytes, size);
    assert_null(tt_model_load(copy, size, &error));
    assert_mentions(error.message, part);
    free(copy);
}

static void other_bytes_are_told_what_they_are(void **state) {
    (void)state;
    enum { CHECKSUM = 20, REST = 28 };
    model_run run = start_run("a,b,y\n1,x,3\n2,z,4\n3,x,9\n", "data.target = y");
    tt_model *model = good_model(&run, TT_PRESENT);
    size_t size = tt_model_size(model);
    char *bytes = malloc(size + 1);
    tt_model_save(model, bytes);
    bytes[size] = 0;
    expect_bad_model("", 0, "not a model");
    expect_bad_model("a,b\n1,2\n", 8, "not a model");
    for (size_t cut = 8; cut < size; cut++)
        expect_bad_model(bytes, cut, "cut off");
    expect_bad_model(bytes, size + 1, "damaged");
    bytes[size - 1] ^= 1;
    expect_bad_model(bytes, size, "damaged");
    bytes[size - 1] ^= 1;
    bytes[8] = 9;
    expect_bad_model(bytes, size, "format 9");
    bytes[8] = 1;
    /* with a checksum that is right, so that the rest is read: other settings */
    char *hidden = strstr(bytes + REST + 4, "y\n");
    hidden[0] = 'z';
    uint64_t checksum = tt_checksum(bytes + REST, size - REST);
    memcpy(bytes + CHECKSUM, &checksum, sizeof checksum);
    tt_model *other = tt_model_load(bytes, size, NULL);
    assert_non_null(other);
    assert_string_equal(tt_config_get(tt_model_config(other), "data.target"), "z");
    tt_model_free(other);
    hidden[0] = '\xff';
    checksum = tt_checksum(bytes + REST, size - REST);
    memcpy(bytes + CHECKSUM, &checksum, sizeof checksum);
    expect_bad_model(bytes, size, "damaged");
    free(bytes);
    tt_model_free(model);
    end_run(&run);
}

static void a_run_on_arrays_has_no_model(void **state) {
    (void)state;
    tt_error error;
    const float x[] = {1, 2, 3, 4}, y[] = {1, 2, 3, 4};
    const int64_t rows[2] = {3, 1};
    const float *const xs[2] = {x, x + 3}, *const ys[2] = {y, y + 3};
    tt_dataset *dataset = tt_dataset_from_arrays(TT_REGRESSION, 1, 1, 0, rows, xs, ys, &error);
    tt_config *config = tt_config_new();
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    assert_null(tt_model_new(trainer, TT_PRESENT, &error));
    assert_int_equal(error.status, TT_BAD_DATA);
    tt_trainer_free(trainer);
    tt_config_free(config);
    tt_dataset_free(dataset);
}

static void a_model_is_the_same_bytes_on_every_build(void **state) {
    (void)state;
    char *text = mixed_rows(100);
    model_run run = start_run(text, "data.target = kind\nmodel.hidden = 5\ntrain.epochs = 2\n"
                                    "scaler = quantile\nmodel.norm = batch");
    continue_run(&run, INT64_MAX);
    tt_model *model = good_model(&run, TT_PRESENT);
    char *bytes = malloc(tt_model_size(model));
    tt_model_save(model, bytes);
    uint64_t checksum = tt_checksum(bytes, tt_model_size(model));
    if (checksum != 0x7dc3210d9ef90d84)
        fail_msg("checksum 0x%08x%08x", (unsigned)(checksum >> 32), (unsigned)checksum);
    free(bytes);
    tt_model_free(model);
    end_run(&run);
    free(text);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_model_predicts_what_the_report_tells_for_every_task),
    cmocka_unit_test(a_model_predicts_what_the_report_tells_for_every_preparation),
    cmocka_unit_test(a_model_predicts_what_the_report_tells_for_every_kind_of_layer),
    cmocka_unit_test(bytes_come_back_as_the_same_model),
    cmocka_unit_test(the_best_weights_are_those_of_the_best_epoch),
    cmocka_unit_test(columns_are_found_in_any_order_among_others),
    cmocka_unit_test(a_missing_column_is_named),
    cmocka_unit_test(what_does_not_fit_is_told_by_line),
    cmocka_unit_test(predictions_as_csv_open_as_a_table),
    cmocka_unit_test(other_bytes_are_told_what_they_are),
    cmocka_unit_test(a_run_on_arrays_has_no_model),
    cmocka_unit_test(a_model_is_the_same_bytes_on_every_build),
};

RUN_TESTS(tests)
