/* What a model answers at chosen points, against tables that spell those points out. */

#include "model-run.h"

static const char cfg[] = "data.target = kind\ndata.ignore = \"price\", \"weight\", \"old\", "
                          "\"wide\"\nmodel.hidden = 8, 6\ntrain.epochs = 20\n"
                          "data.missing_flag = 1\nscaler = power\n";

static int32_t column_of(const tt_model *model, const char *name) {
    int32_t column = tt_model_find_column(model, name);
    assert_true(column >= 0);
    assert_string_equal(tt_model_column_name(model, column), name);
    return column;
}

static void expect_predictions(tt_model *model, const char *text, const double *values) {
    tt_table *table = good_table(text, "");
    tt_prediction *prediction = good_prediction(model, table);
    size_t n = (size_t)tt_table_n_rows(table) * (size_t)tt_model_n_outputs(model);
    assert_memory_equal(values, tt_prediction_values(prediction), n * sizeof *values);
    tt_prediction_free(prediction);
    tt_table_free(table);
}

static void a_map_holds_the_predictions_of_its_points(void **state) {
    (void)state;
    enum { NX = 5, NY = 3, OUTPUTS = 3 };
    tt_error error;
    double values[NY * NX * OUTPUTS];
    float base[16];
    char *text = mixed_rows(200), points[2000];
    model_run run = start_run(text, cfg);
    continue_run(&run, 30);
    tt_model *model = good_model(&run, TT_PRESENT);
    const tt_axis axes[] = {{column_of(model, "age"), NX, -10, 30},
                            {column_of(model, "width"), NY, 2, 3}};
    assert_true(tt_probe_width(model) <= 16);
    assert_int_equal(tt_probe_table_row(model, run.table, 7, base, &error), TT_OK);
    assert_int_equal(tt_probe_map(model, base, 2, axes, values, &error), TT_OK);
    char colour[16];
    tt_table_text(run.table, 7, tt_table_find(run.table, "colour"), colour, sizeof colour);
    size_t size = (size_t)sprintf(points, "age,width,colour\n");
    for (int y = 0; y < NY; y++)
        for (int x = 0; x < NX; x++)
            size += (size_t)sprintf(points + size, "%d,%g,%s\n", -10 + 10 * x, 2 + y * 0.5, colour);
    expect_predictions(model, points, values);
    tt_model_free(model);
    end_run(&run);
    free(text);
}

static void the_typical_row_has_medians_and_modes(void **state) {
    (void)state;
    tt_error error;
    float base[16];
    double values[8];
    /* medians 3 and 2.5, mode "x"; the levels of b in order are x, y, z */
    model_run run = start_run("a,b,c,y\n9,x,1,1\n1,y,2,2\n3,x,3,3\n4,z,4,5\n1,x,NA,4\n",
                              "data.target = y\nsplit.validation = 0\nmodel.hidden = 4\n"
                              "data.categories = b");
    tt_model *model = good_model(&run, TT_PRESENT);
    const tt_axis axis = {column_of(model, "b"), 99, 0, 0};
    tt_probe_typical_row(model, base);
    assert_int_equal(tt_probe_map(model, base, 0, NULL, values, &error), TT_OK);
    assert_int_equal(tt_probe_n_points(model, &axis), 3);
    assert_int_equal(tt_probe_map(model, base, 1, &axis, values + 1, &error), TT_OK);
    expect_predictions(model, "a,b,c\n3,x,2.5\n3,x,2.5\n3,y,2.5\n3,z,2.5\n", values);
    tt_model_free(model);
    end_run(&run);
}

/* Friedman's definition, written out: every training row with every value, and their mean. */
static void partial_dependence_is_the_mean_over_rows(void **state) {
    (void)state;
    enum { POINTS = 4, OUTPUTS = 3, MOST = 200 };
    static double lines[MOST * POINTS * OUTPUTS];
    double mean[POINTS * OUTPUTS];
    uint32_t rows[MOST];
    tt_error error;
    char *text = mixed_rows(MOST), *points = malloc(MOST * POINTS * 40), cell[2][16];
    model_run run = start_run(text, cfg);
    continue_run(&run, 30);
    tt_model *model = good_model(&run, TT_PRESENT);
    const tt_axis axis = {column_of(model, "age"), POINTS, 10, 40};
    int64_t n = tt_probe_sample(run.dataset, MOST, 1, rows);
    assert_int_equal(n, tt_dataset_n_rows(run.dataset, TT_TRAINING));
    assert_int_equal(tt_probe_lines(model, run.dataset, n, rows, &axis, lines, &error), TT_OK);
    tt_probe_mean(n, POINTS * OUTPUTS, lines, mean);
    size_t size = (size_t)sprintf(points, "age,width,colour\n");
    for (int64_t i = 0; i < n; i++) {
        int64_t row = tt_dataset_source_row(run.dataset, TT_TRAINING, i);
        tt_table_text(run.table, row, tt_table_find(run.table, "width"), cell[0], 16);
        tt_table_text(run.table, row, tt_table_find(run.table, "colour"), cell[1], 16);
        for (int p = 0; p < POINTS; p++)
            size += (size_t)sprintf(points + size, "%d,%s,%s\n", 10 + 10 * p, cell[0], cell[1]);
    }
    expect_predictions(model, points, lines);
    for (int j = 0; j < POINTS * OUTPUTS; j++) {
        double sum = 0;
        for (int64_t i = 0; i < n; i++)
            sum += lines[i * POINTS * OUTPUTS + j];
        assert_near(mean[j], sum / (double)n, 1e-14, 0);
    }
    free(points);
    tt_model_free(model);
    end_run(&run);
    free(text);
}

static void a_sample_has_distinct_rows_and_follows_its_seed(void **state) {
    (void)state;
    uint32_t rows[50], again[50], other[50];
    char *text = mixed_rows(400);
    model_run run = start_run(text, cfg);
    assert_int_equal(tt_probe_sample(run.dataset, 50, 3, rows), 50);
    assert_int_equal(tt_probe_sample(run.dataset, 50, 3, again), 50);
    assert_int_equal(tt_probe_sample(run.dataset, 50, 4, other), 50);
    assert_memory_equal(rows, again, sizeof rows);
    assert_memory_not_equal(rows, other, sizeof rows);
    for (int i = 1; i < 50; i++)
        assert_true(rows[i] > rows[i - 1]);
    assert_true(rows[49] < tt_dataset_n_rows(run.dataset, TT_TRAINING));
    end_run(&run);
    free(text);
}

static void values_that_cannot_be_are_named(void **state) {
    (void)state;
    tt_error error;
    float base[16];
    double values[9];
    model_run run = start_run("a,b,y\n1,2,3\n2,1,4\n3,9,9\n", "data.target = y\nscaler = log1p");
    tt_model *model = good_model(&run, TT_PRESENT);
    const tt_axis axis = {column_of(model, "b"), 3, -9, 9}, endless = {0, 3, 0, INFINITY};
    tt_probe_typical_row(model, base);
    assert_int_equal(tt_probe_map(model, base, 1, &axis, values, &error), TT_BAD_DATA);
    assert_mentions(error.message, "\"b\" cannot take the value -9");
    assert_int_equal(tt_probe_map(model, base, 1, &endless, values, &error), TT_BAD_DATA);
    assert_mentions(error.message, "\"a\"");
    tt_model_free(model);
    end_run(&run);
}

/* The bits after a run in which a model was made and asked after every few steps, or not. */
static uint64_t hash_of_run(const char *text, bool asked) {
    enum { N = 20 };
    static double values[N * N * 3];
    tt_error error;
    float base[16];
    tt_progress progress;
    model_run run = start_run(text, cfg);
    for (int64_t step = 0; step < 100; step += 7) {
        continue_run(&run, step);
        if (!asked)
            continue;
        tt_model *model = good_model(&run, step % 2 ? TT_BEST : TT_PRESENT);
        const tt_axis axes[] = {{0, N, 0, 99}, {1, N, 0, 9}};
        tt_probe_typical_row(model, base);
        assert_int_equal(tt_probe_map(model, base, 2, axes, values, &error), TT_OK);
        tt_model_free(model);
    }
    tt_trainer_progress(run.trainer, &progress);
    uint64_t loss;
    memcpy(&loss, &progress.best_loss, sizeof loss);
    uint64_t hash = tt_trainer_hash(run.trainer) ^ loss;
    end_run(&run);
    return hash;
}

static void questions_leave_the_run_as_it_is(void **state) {
    (void)state;
    char *text = mixed_rows(200);
    assert_true(hash_of_run(text, true) == hash_of_run(text, false));
    free(text);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_map_holds_the_predictions_of_its_points),
    cmocka_unit_test(the_typical_row_has_medians_and_modes),
    cmocka_unit_test(partial_dependence_is_the_mean_over_rows),
    cmocka_unit_test(a_sample_has_distinct_rows_and_follows_its_seed),
    cmocka_unit_test(values_that_cannot_be_are_named),
    cmocka_unit_test(questions_leave_the_run_as_it_is),
};

RUN_TESTS(tests)
