#include "unit.h"

#include "read-csv.h"
#include "table-store.h"

static void expect_names(const char *text, const char *cfg, const char *const *names) {
    tt_table *table = good_table(text, cfg);
    for (int32_t i = 0; i < tt_table_n_columns(table); i++) {
        assert_string_equal(tt_table_column(table, i)->name, names[i]);
        assert_int_equal(tt_table_find(table, names[i]), i);
    }
    assert_int_equal(tt_table_find(table, "no such column"), -1);
    tt_table_free(table);
}

static void test_names(void **state) {
    (void)state;
    expect_names("a,b\n1,2\n", "", (const char *[]){"a", "b"});
    expect_names("\xef\xbb\xbf\"a\",b\n1,2\n", "", (const char *[]){"a", "b"});
    expect_names(" a , b,\n1,2,3\n", "", (const char *[]){"a", "b", "column_3"});
    expect_names("a,a,a_2,a\n1,2,3,4\n", "", (const char *[]){"a", "a_2", "a_2_2", "a_3"});
    expect_names("\"x\ny\",\" z \"\n1,2\n", "", (const char *[]){"x y", "z"});
    expect_names("1,2\n3,4\n", "", (const char *[]){"column_1", "column_2"});
    expect_names("caf\xe9,b\n1,2\n", "", (const char *[]){"caf\xc3\xa9", "b"});
    expect_names("<img src=x onerror=alert(1)>,b\n1,2\n", "",
                 (const char *[]){"<img src=x onerror=alert(1)>", "b"});
}

static void expect_header(const char *text, const char *mode, bool header, int64_t n_rows) {
    char cfg[40];
    snprintf(cfg, sizeof cfg, "data.header = %s", mode);
    tt_table *table = good_table(text, cfg);
    assert_int_equal(table->form.header, header);
    assert_int_equal(tt_table_n_rows(table), n_rows);
    tt_table_free(table);
}

static void test_header(void **state) {
    (void)state;
    expect_header("1,2\n3,4\n", "auto", false, 2);
    expect_header("1,\n3,4\n", "auto", false, 2);
    expect_header("1,2\n3,4\n", "yes", true, 1);
    expect_header("a,2\n3,4\n", "auto", true, 1);
    expect_header("a,b\n3,4\n", "no", false, 2);
    expect_header("1,NA\n3,4\n", "auto", true, 1);
    expect_header(",\n3,4\n", "auto", true, 1);
}

static void expect_delimiter(const char *text, char delimiter, int32_t n_columns) {
    tt_table *table = good_table(text, "");
    assert_int_equal(table->form.dialect.delimiter, delimiter);
    assert_int_equal(tt_table_n_columns(table), n_columns);
    tt_table_free(table);
}

static void test_finds_delimiter(void **state) {
    (void)state;
    expect_delimiter("a,b,c\n1,2,3\n", ',', 3);
    expect_delimiter("a;b\n1,5;2,5\n3,25;4\n", ';', 2);
    expect_delimiter("a\tb\n1\t2", '\t', 2);
    expect_delimiter("a|b|c\n1|2|3\n", '|', 3);
    expect_delimiter("a\n1\n2\n", ',', 1);
    expect_delimiter("a,b\n\"1;2;3\",x\n\"4;5;6\",y\n", ',', 2);
    expect_delimiter("a;b\n\"x;y,\n,z\";1\nu;2\n", ';', 2);
    expect_delimiter("name,\"first;last\"\nx,\"y;z\"\n", ',', 2);
}

/* A file larger than what the reader looks at before it chooses the delimiter, with a header that
 * alone is larger. */
static void test_reads_large_files(void **state) {
    (void)state;
    enum { N_COLUMNS = 9000, N_ROWS = 40 };
    tt_error error;
    tt_random random = tt_random_new(9, TT_FOR_SPLIT);
    char *text = malloc((size_t)N_COLUMNS * (N_ROWS + 1) * 16);
    size_t size = 0;
    for (int c = 0; c < N_COLUMNS; c++)
        size += (size_t)sprintf(text + size, "%sfeature %d", c ? ";" : "", c);
    for (int r = 0; r < N_ROWS; r++)
        for (int c = 0; c < N_COLUMNS; c++)
            size += (size_t)sprintf(text + size, "%s%d.5", c ? ";" : "\n", r * c);
    tt_table *table = read_in_chunks(&random, text, size, 100000, "", &error);
    assert_non_null(table);
    assert_int_equal(tt_table_n_columns(table), N_COLUMNS);
    assert_int_equal(tt_table_n_rows(table), N_ROWS);
    for (int r = 0; r < N_ROWS; r++)
        for (int c = 0; c < N_COLUMNS; c++)
            assert_true(tt_table_number(table, r, c) == r * c + 0.5);
    tt_table_free(table);
    free(text);
}

static void test_lists_problems(void **state) {
    (void)state;
    tt_table *table =
        good_table("a,b,c\n1,2,3\n\"x\ny\",2,3\n1,2,3,4\n1,inf,3\n1,2\n1,1e999,3\n1,2,3\n", "");
    assert_int_equal(tt_table_n_rows(table), 5);
    assert_int_equal(tt_table_n_problems(table), 4);
    const tt_problem *problem = tt_table_problem(table, 0);
    assert_int_equal(problem->line, 5);
    assert_int_equal(problem->column, 0);
    assert_mentions(problem->message, "line 5 has 4 cells, the header has 3");
    problem = tt_table_problem(table, 1);
    assert_int_equal(problem->line, 6);
    assert_int_equal(problem->column, 2);
    assert_mentions(problem->message, "counts as missing");
    assert_mentions(tt_table_problem(table, 2)->message, "line 7 has 2 cells");
    assert_int_equal(tt_table_column(table, 1)->n_missing, 2);
    tt_table_free(table);
}

static void expect_error(const char *bytes, size_t size, const char *cfg, int line, int column,
                         const char *part) {
    tt_error error = {0};
    tt_table *table = read_bytes(bytes, size, cfg, &error);
    assert_null(table);
    assert_int_equal(error.status, TT_BAD_DATA);
    assert_mentions(error.message, part);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
}

static void expect_bad(const char *text, int line, int column, const char *part) {
    expect_error(text, strlen(text), "", line, column, part);
}

static void test_refuses_bad_files(void **state) {
    (void)state;
    expect_bad("", 1, 0, "empty");
    expect_bad("\n\n  \n", 1, 0, "empty");
    expect_bad("\xef\xbb\xbf", 1, 0, "empty");
    expect_bad("a,b\n", 2, 0, "no row below");
    expect_bad("a,b\n1,2\n3,\"4\n5,6\n", 3, 2, "opens at line 3 never closes");
    expect_bad("a,b\n1,2\n3,\"", 3, 2, "opens at line 3 never closes");
    expect_bad("a,b\n1;2\n3;4\n5,6\n", 2, 0, "data.delimiter");
    expect_error("PK\3\4zip", 7, "", 1, 0, "(.xlsx)");
    expect_error("\xd0\xcf\x11\xe0x", 5, "", 1, 0, "(.xls)");
    expect_error("\x1f\x8b\x08z", 4, "", 1, 0, "gzip");
    expect_error("PAR1abc", 7, "", 1, 0, "Parquet");
    expect_bad(" [\n {\"a\": 1}]", 1, 0, "JSON");
    expect_bad("{\"a\": 1}\n{\"a\": 2}", 1, 0, "JSON");
    expect_error("\x7f"
                 "ELF\1\2\0\3\4\5\6\7\x0e\x0f",
                 14, "", 1, 0, "binary");
    expect_error("\0\0\0\0\0,\n", 7, "", 1, 0, "binary");
}

/* A NUL is left out of its cell, whatever the cell is like, and the rest is read. */
static void test_leaves_out_nul(void **state) {
    (void)state;
    static const char text[] = "a,na\0me,c\n1,x\0,\"p\0\"\"q\"\n2\0,y,r\n\0\n3,\0,s\n4,y,t\n";
    tt_error error;
    tt_table *table = read_bytes(text, sizeof text - 1, "", &error);
    assert_non_null(table);
    assert_int_equal(tt_table_n_rows(table), 4);
    assert_string_equal(tt_table_column(table, 1)->name, "name");
    static const char *const cells[4][3] = {
        {"1", "x", "p\"q"}, {"2", "y", "r"}, {"3", "", "s"}, {"4", "y", "t"}};
    char cell[16];
    for (int row = 0; row < 4; row++)
        for (int column = 0; column < 3; column++) {
            tt_table_text(table, row, column, cell, sizeof cell);
            assert_string_equal(cell, cells[row][column]);
        }
    assert_true(tt_table_number(table, 1, 0) == 2);
    static const int places[][2] = {{1, 2}, {2, 2}, {3, 1}, {4, 1}, {4, 0}, {5, 2}};
    assert_int_equal(tt_table_n_problems(table), 6);
    for (int i = 0; i < 6; i++) {
        const tt_problem *problem = tt_table_problem(table, i);
        assert_int_equal(problem->line, places[i][0]);
        assert_int_equal(problem->column, places[i][1]);
        assert_int_equal(problem->kind, i == 4 ? TT_RAGGED_ROW : TT_BAD_BYTES);
    }
    tt_table_free(table);
}

static void test_keeps_limits(void **state) {
    (void)state;
    size_t size = 3 << 20;
    char *text = malloc(size);
    memset(text, 'x', size);
    memcpy(text, "a,b\n1,\"", 7);
    expect_error(text, size, "data.delimiter = comma", 2, 2, "may never close");
    text[6] = 'x';
    expect_error(text, size, "data.delimiter = comma", 2, 2, "longer than 1 MB");
    memset(text, ',', size);
    expect_error(text, size, "", 1, 0, "10000 cells");
    memset(text, ',', 9999);
    memset(text + 9999, '\n', 1);
    memset(text + 10000, ',', 9999);
    tt_error error;
    tt_table *table = read_bytes(text, 19999, "", &error);
    assert_non_null(table);
    assert_int_equal(tt_table_n_columns(table), 10000);
    assert_string_equal(tt_table_column(table, 9999)->name, "column_10000");
    tt_table_free(table);
    free(text);
}

static void test_error_stays(void **state) {
    (void)state;
    tt_error error;
    tt_config *config = config_of("data.delimiter = comma");
    tt_csv *csv = tt_csv_new(config, &error);
    char *zeros = calloc(1, 70000);
    assert_int_equal(tt_csv_feed(csv, zeros, 70000, &error), TT_BAD_DATA);
    error = (tt_error){0};
    assert_int_equal(tt_csv_feed(csv, "a,b\n1,2\n", 8, &error), TT_BAD_DATA);
    assert_mentions(error.message, "binary");
    assert_null(tt_csv_finish(csv, NULL));
    free(zeros);
    tt_csv_free(csv);
    tt_config_free(config);
    tt_csv_free(NULL);
    tt_table_free(NULL);
}

static void test_finishes_in_pieces(void **state) {
    (void)state;
    const char *text = "a,b,c\n1,x,0.5\n2,y,1.5\n\n3,x,2.5\n";
    tt_config *config = config_of("data.sample_share = 0.999999");
    tt_csv *csv = tt_csv_new(config, NULL);
    assert_int_equal(tt_csv_so_far(csv).n_columns, 0);
    for (const char *at = text; *at; at++)
        assert_int_equal(tt_csv_feed(csv, at, 1, NULL), TT_OK);
    for (int32_t left = 3; left >= 0; left--)
        assert_int_equal(tt_csv_finish_piece(csv, NULL), left);
    assert_int_equal(tt_csv_so_far(csv).n_rows, 3);
    assert_int_equal(tt_csv_so_far(csv).n_left_out, 0);
    assert_int_equal(tt_csv_so_far(csv).n_columns, 3);
    tt_table *pieces = tt_csv_finish(csv, NULL), *whole = good_table(text, "");
    char *a = tt_table_json(pieces, 3), *b = tt_table_json(whole, 3);
    assert_string_equal(a, b);
    tt_free_text(a);
    tt_free_text(b);
    tt_table_free(pieces);
    tt_table_free(whole);
    tt_csv_free(csv);
    csv = tt_csv_new(config, NULL);
    tt_error error = {0};
    assert_int_equal(tt_csv_finish_piece(csv, &error), -1);
    assert_mentions(error.message, "empty");
    tt_csv_free(csv);
    tt_config_free(config);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_names),
    cmocka_unit_test(test_header),
    cmocka_unit_test(test_finds_delimiter),
    cmocka_unit_test(test_reads_large_files),
    cmocka_unit_test(test_lists_problems),
    cmocka_unit_test(test_refuses_bad_files),
    cmocka_unit_test(test_keeps_limits),
    cmocka_unit_test(test_error_stays),
    cmocka_unit_test(test_finishes_in_pieces),
    cmocka_unit_test(test_leaves_out_nul),
};

RUN_TESTS(tests)
