/* Facts of the rows: repeats, and what each column tells of the target. */

#include "unit.h"

#include "read-csv.h"

typedef struct subject {
    tt_table *table;
    tt_dataset *dataset;
} subject;

static subject subject_of(const char *text, const char *cfg) {
    tt_error error;
    subject it = {.table = good_table(text, cfg)};
    tt_config *config = config_of(cfg);
    it.dataset = tt_dataset_new(it.table, config, &error);
    tt_config_free(config);
    if (!it.dataset)
        fail_msg("%s: %s", error.key, error.message);
    return it;
}

static void free_subject(subject *it) {
    tt_dataset_free(it->dataset);
    tt_table_free(it->table);
}

static tt_column_facts facts_at(const char *text, const char *cfg, int32_t column) {
    tt_column_facts facts;
    tt_error error;
    subject it = subject_of(text, cfg);
    assert_true(column < tt_n_fact_columns(it.dataset));
    assert_int_equal(tt_find_column_facts(it.table, it.dataset, column, 1, &facts, &error), TT_OK);
    free_subject(&it);
    return facts;
}

static bool same_row(const char *a, const char *b) {
    return strcmp(a, b) == 0;
}

/* Against every pair of lines, which are written so that equal rows are equal texts. */
static void test_repeats_are_those_of_all_pairs(void **state) {
    (void)state;
    enum { N = 300 };
    static char lines[N][40], text[N * 40 + 20];
    tt_random random = tt_random_new(3, TT_FOR_SAMPLES);
    strcpy(text, "a,b,c,y\n");
    for (int i = 0; i < N; i++) {
        uint32_t b = tt_random_below(&random, 4);
        sprintf(lines[i], "%d,%s,%s,%d\n", (int)tt_random_below(&random, 5) - 2,
                b == 0   ? ""
                : b == 1 ? "red"
                : b == 2 ? "blue"
                         : "green",
                tt_random_below(&random, 3) == 0 ? "" : "0.5", (int)tt_random_below(&random, 3));
        strcat(text, lines[i]);
    }
    subject it = subject_of(text, "data.task = multiclass\ndata.categories = c\n");
    bool in_training[N] = {false};
    int64_t n_training = tt_dataset_n_rows(it.dataset, TT_TRAINING);
    for (int64_t i = 0; i < n_training; i++)
        in_training[tt_dataset_source_row(it.dataset, TT_TRAINING, i)] = true;
    int n_repeated = 0, n_shared = 0;
    for (int i = 0; i < N; i++) {
        bool repeats = false, shared = false;
        for (int j = 0; j < N; j++) {
            repeats = repeats || (j < i && same_row(lines[i], lines[j]));
            shared = shared || (!in_training[i] && in_training[j] && same_row(lines[i], lines[j]));
        }
        n_repeated += repeats;
        n_shared += shared;
    }
    tt_repeats repeats;
    assert_int_equal(tt_find_repeats(it.table, it.dataset, &repeats, NULL), TT_OK);
    assert_true(n_repeated > 20 && n_shared > 5);
    assert_int_equal(repeats.n_repeated, n_repeated);
    assert_int_equal(repeats.n_shared, n_shared);
    assert_int_equal(repeats.n_examples, TT_MAX_REPEAT_EXAMPLES);
    for (int i = 0; i < TT_MAX_REPEAT_EXAMPLES; i++) {
        assert_true(repeats.examples[i][1] < repeats.examples[i][0]);
        assert_string_equal(lines[repeats.examples[i][0]], lines[repeats.examples[i][1]]);
    }
    free_subject(&it);
}

static void test_repeats_can_be_dropped(void **state) {
    (void)state;
    const char *text = "id,a,y\n1,5,1.5\n2,5,1.5\n3,6,1.5\n4,5,1.5\n5,7,2.5\n6,7,\n";
    const char *cfg = "data.task = regression\nsplit.validation = 0\ndata.duplicates = drop\n";
    char some[200];
    subject it = subject_of(text, cfg);
    assert_int_equal(tt_dataset_n_rows(it.dataset, TT_TRAINING), 5);
    free_subject(&it);
    snprintf(some, sizeof some, "%sdata.ignore = id\n", cfg);
    it = subject_of(text, some);
    static const int64_t kept[] = {0, 2, 4};
    assert_int_equal(tt_dataset_n_rows(it.dataset, TT_TRAINING), 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(tt_dataset_source_row(it.dataset, TT_TRAINING, i), kept[i]);
    char *json = tt_dataset_json(it.dataset);
    assert_mentions(json, "\"n_dropped\":3");
    assert_mentions(json, "rows that repeat one before were dropped: 2");
    tt_free_text(json);
    free_subject(&it);
}

static void test_columns_that_are_left_out_do_not_count(void **state) {
    (void)state;
    const char *text = "id,a,y\n1,5,1.5\n2,5,1.5\n3,6,1.5\n4,7,2.5\n";
    tt_repeats repeats;
    subject it = subject_of(text, "data.task = regression\nsplit.validation = 0\n");
    tt_find_repeats(it.table, it.dataset, &repeats, NULL);
    assert_int_equal(repeats.n_repeated, 0);
    free_subject(&it);
    it = subject_of(text, "data.task = regression\nsplit.validation = 0\ndata.ignore = id\n");
    char *json = tt_repeats_json(it.table, it.dataset, NULL);
    assert_string_equal(json, "{\"n_repeated\":1,\"n_shared\":0,\"n_shared_test\":0,\"examples\":[{"
                              "\"row\":1,\"line\":3,\"same_as\":0,\"same_line\":2}],"
                              "\"test_examples\":[]}");
    tt_free_text(json);
    free_subject(&it);
}

/* Test rows are compared with those of both other parts, and with none of their own. */
static void test_repeats_of_test_rows(void **state) {
    (void)state;
    const char *text = "part,a,y\ntrain,5,1.5\ntest,5,1.5\nvalidation,6,2.5\ntest,6,2.5\n"
                       "test,6,1.5\ntest,9,9.5\ntest,9,9.5\ntrain,7,3.5\n";
    tt_repeats repeats;
    subject it = subject_of(text, "data.task = regression\nsplit.method = part\n"
                                  "split.part = part\n");
    assert_int_equal(tt_find_repeats(it.table, it.dataset, &repeats, NULL), TT_OK);
    assert_int_equal(repeats.n_repeated, 0);
    assert_int_equal(repeats.n_shared, 0);
    assert_int_equal(repeats.n_shared_test, 2);
    assert_int_equal(repeats.n_test_examples, 2);
    static const int64_t examples[2][2] = {{1, 0}, {3, 2}};
    assert_memory_equal(repeats.test_examples, examples, sizeof examples);
    free_subject(&it);
}

/* Quartiles and skewness of 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000 by hand. */
static void test_numbers(void **state) {
    (void)state;
    const char *text = "a,y\n1,1\n2,0\n3,1\n4,0\n5,1\n6,0\n7,1\n8,0\n9,1\n1000,0\n,1\n9,0\n";
    tt_column_facts facts = facts_at(text, "split.validation = 0\n", 0);
    assert_false(facts.categorical);
    assert_int_equal(facts.n_rows, 12);
    assert_int_equal(facts.n_missing, 1);
    assert_int_equal(facts.n_distinct, 10);
    assert_int_equal(facts.n_top, 2);
    assert_true(facts.whole && !facts.in_order);
    assert_near(facts.min, 1, 0, 0);
    assert_near(facts.first_quartile, 3.5, 0, 0);
    assert_near(facts.median, 6, 0, 0);
    assert_near(facts.third_quartile, 8.5, 0, 0);
    assert_near(facts.max, 1000, 0, 0);
    assert_int_equal(facts.n_far, 1);
    static const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 1000, 9};
    double mean = 0, squares = 0, cubes = 0;
    for (int i = 0; i < 11; i++)
        mean += x[i] / 11;
    for (int i = 0; i < 11; i++) {
        squares += (x[i] - mean) * (x[i] - mean) / 11;
        cubes += pow(x[i] - mean, 3) / 11;
    }
    assert_near(facts.skewness, cubes / pow(squares, 1.5), 1e-12, 0);
    assert_true(isnan(facts.score[TT_VALIDATION]));
}

static void test_numbers_in_order(void **state) {
    (void)state;
    const char *text = "up,down,both,y\n1,9,1,a\n2,7,3,b\n5,3,2,a\n6,2,4,b\n";
    static const bool wanted[] = {true, true, false};
    for (int32_t i = 0; i < 3; i++)
        assert_int_equal(facts_at(text, "split.validation = 0\n", i).in_order, wanted[i]);
}

static void test_rare_levels(void **state) {
    (void)state;
    char text[2000] = "a,y\n";
    for (int i = 0; i < 40; i++)
        sprintf(text + strlen(text), "%s,%d\n",
                i < 30   ? "often"
                : i < 35 ? "five"
                : i < 39 ? "four"
                         : "",
                i % 3);
    tt_column_facts facts = facts_at(text, "data.task = multiclass\n", 0);
    assert_true(facts.categorical);
    assert_int_equal(facts.n_distinct, 3);
    assert_int_equal(facts.n_missing, 1);
    assert_int_equal(facts.n_top, 30);
    assert_int_equal(facts.n_rare, 1);
    assert_int_equal(facts.n_rare_rows, 4);
}

/* 200 rows of a target and of columns that tell it in several ways, and of one that does not. */
static void write_tellers(char *text, bool classes) {
    tt_random random = tt_random_new(5, TT_FOR_SAMPLES);
    strcpy(text, "line,curve,word,noise,absent,y\n");
    for (int i = 0; i < 200; i++) {
        int x = (int)tt_random_below(&random, 1000) - 500;
        int y = classes ? x > 100 : x;
        char *end = text + strlen(text);
        end += sprintf(end, "%d,%d,%s,%d,%s,", 3 * x - 7, x * x * (x < 0 ? -1 : 1),
                       x > 100 ? "high" : "low", (int)tt_random_below(&random, 1000),
                       x > 100 ? "" : "1");
        sprintf(end, classes ? "class %d\n" : "%d.5\n", y);
    }
}

static void test_scores_of_a_number(void **state) {
    (void)state;
    static char text[20000];
    write_tellers(text, false);
    for (int part = 0; part < 2; part++) {
        assert_near(facts_at(text, "", 0).score[part], 1, 0, 1e-5);
        assert_true(facts_at(text, "", 1).score[part] > 0.98);
        double level = facts_at(text, "", 2).score[part];
        assert_true(level > 0.4 && level < 0.9);
        assert_true(facts_at(text, "", 3).score[part] < 0.3);
    }
    assert_true(facts_at(text, "", 3).score[TT_VALIDATION] < 0.1);
}

static void test_scores_of_classes(void **state) {
    (void)state;
    static char text[20000];
    write_tellers(text, true);
    for (int part = 0; part < 2; part++) {
        assert_near(facts_at(text, "", 2).score[part], 1, 0, 0);
        assert_near(facts_at(text, "", 4).score[part], 1, 0, 0);
        assert_true(facts_at(text, "", 0).score[part] > 0.9);
        assert_true(facts_at(text, "", 3).score[part] < 0.3);
    }
}

/* Levels without a training row are guessed as if nothing were known: by the mean of all. */
static void test_score_of_levels_by_hand(void **state) {
    (void)state;
    const char *text = "a,y\nu,1.5\nu,2.5\nv,7.5\nv,8.5\nu,3\nw,4\n";
    tt_column_facts facts =
        facts_at(text, "data.task = regression\nsplit.shuffle = 0\nsplit.validation = 0.3\n", 0);
    double mean = 20.0 / 4, total = 12.25 + 6.25 + 6.25 + 12.25;
    assert_near(facts.score[TT_TRAINING], 1 - (4 * 0.25) / total, 1e-6, 0);
    double left = (3 - 2.0) * (3 - 2.0) + (4 - mean) * (4 - mean);
    double overall = (3 - mean) * (3 - mean) + (4 - mean) * (4 - mean);
    assert_near(facts.score[TT_VALIDATION], 1 - left / overall, 1e-6, 0);
}

static void test_neighbours_in_the_order_of_a_column(void **state) {
    (void)state;
    static char text[20000];
    static const char *const kinds[] = {"data.task = regression\n", "data.task = multiclass\n"};
    for (int kind = 0; kind < 2; kind++) {
        tt_random random = tt_random_new(7, TT_FOR_SAMPLES);
        strcpy(text, "when,other,y\n");
        for (int i = 0; i < 200; i++) {
            int day = i * 77 % 200;
            int y = kind == 0 ? day * day : day / 50;
            sprintf(text + strlen(text), "%d,%d,%d\n", day, (int)tt_random_below(&random, 1000), y);
        }
        assert_true(facts_at(text, kinds[kind], 0).serial > 0.95);
        assert_true(fabs(facts_at(text, kinds[kind], 1).serial) < 0.2);
    }
}

/* Ten rows a day, whose targets swing within the day: only the order of the table tells that. */
static void test_rows_of_the_same_time_keep_their_order(void **state) {
    (void)state;
    static char text[20000];
    strcpy(text, "when,y\n");
    for (int i = 0; i < 400; i++)
        sprintf(text + strlen(text), "%d,%d\n", i / 10, i % 10);
    double sum = 0, squares = 0;
    for (int i = 0; i < 400; i++) {
        squares += (i % 10 - 4.5) * (i % 10 - 4.5);
        if (i > 0)
            sum += (i % 10 - 4.5) * ((i - 1) % 10 - 4.5);
    }
    assert_near(facts_at(text, "data.task = regression\n", 0).serial, sum / squares, 0.01, 0);
}

static void test_many_rows_are_looked_at_in_steps(void **state) {
    (void)state;
    enum { N = TT_MAX_FACT_ROWS + 1000 };
    char *text = malloc((size_t)N * 16), *end = text;
    end += sprintf(end, "a,y\n");
    for (int i = 0; i < N; i++)
        end += sprintf(end, "%d,%d\n", i, i % 2);
    tt_column_facts facts = facts_at(text, "", 0);
    free(text);
    assert_int_equal(facts.n_rows, (N + 1) / 2);
    assert_true(facts.in_order);
    assert_near(facts.max, N - 2, 0, 0);
}

static void test_json_of_columns(void **state) {
    (void)state;
    subject it = subject_of("a,b,y\n1,x,0\n2,y,1\n3,x,0\n4,y,1\n", "split.validation = 0\n");
    char *json = tt_column_facts_json(it.table, it.dataset, 0, 2, NULL);
    assert_mentions(json, "[{\"name\":\"a\",\"categorical\":false,\"n_rows\":4,\"n_missing\":0,"
                          "\"n_distinct\":4,\"n_top\":1,");
    assert_mentions(json, "\"min\":1,\"first_quartile\":1.75,\"median\":2.5,"
                          "\"third_quartile\":3.25,\"max\":4,");
    assert_mentions(json, "{\"name\":\"b\",\"categorical\":true,");
    assert_mentions(json, "\"training_score\":1,\"validation_score\":null,\"serial\":null}]");
    tt_free_text(json);
    free_subject(&it);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_repeats_are_those_of_all_pairs),
    cmocka_unit_test(test_repeats_can_be_dropped),
    cmocka_unit_test(test_columns_that_are_left_out_do_not_count),
    cmocka_unit_test(test_repeats_of_test_rows),
    cmocka_unit_test(test_numbers),
    cmocka_unit_test(test_numbers_in_order),
    cmocka_unit_test(test_rare_levels),
    cmocka_unit_test(test_scores_of_a_number),
    cmocka_unit_test(test_scores_of_classes),
    cmocka_unit_test(test_score_of_levels_by_hand),
    cmocka_unit_test(test_neighbours_in_the_order_of_a_column),
    cmocka_unit_test(test_rows_of_the_same_time_keep_their_order),
    cmocka_unit_test(test_many_rows_are_looked_at_in_steps),
    cmocka_unit_test(test_json_of_columns),
};

RUN_TESTS(tests)
