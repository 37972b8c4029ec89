#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "random.h"
#include "read-csv.h"

/* A second reader, slow and plain: the whole text at once, one index that walks over it. */

enum { MAX_RECORDS = 400, MAX_CELLS = 24, MAX_TEXT = 4096 };

typedef struct model_record {
    int line, n_cells;
    char *cells[MAX_CELLS]; /* only the first MAX_CELLS */
} model_record;

typedef struct model {
    int n_records;
    model_record records[MAX_RECORDS];
    int unclosed_line; /* where a quote opens that never closes; 0 for none */
    char storage[2 * MAX_TEXT];
    size_t used;
} model;

static int line_of(const char *text, size_t at) {
    int line = 1;
    for (size_t i = 0; i < at; i++)
        line += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'));
    return line;
}

static bool ends_cell(const char *text, size_t size, size_t at, char delimiter) {
    return at >= size || text[at] == delimiter || text[at] == '\n' || text[at] == '\r';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t';
}

/* Reads the cell at `at` into the storage and returns where it ends. */
static size_t model_cell(model *m, const char *text, size_t size, size_t at, char delimiter,
                         char **cell) {
    char *out = *cell = m->storage + m->used;
    size_t n = 0, quoted = 0;
    bool has_quotes = at < size && text[at] == '"';
    if (has_quotes) {
        int line = line_of(text, at);
        bool closed = false;
        for (at++; at < size && !closed; at++) {
            if (text[at] != '"') {
                out[n++] = text[at];
            } else if (at + 1 < size && text[at + 1] == '"') {
                out[n++] = '"';
                at++;
            } else {
                closed = true;
            }
        }
        if (!closed)
            m->unclosed_line = line;
        quoted = n;
    }
    while (!ends_cell(text, size, at, delimiter))
        out[n++] = text[at++];
    while (n > quoted && is_space(out[n - 1]))
        n--;
    if (!has_quotes)
        for (; n > 0 && is_space(**cell); n--)
            ++*cell;
    (*cell)[n] = 0;
    m->used = (size_t)(*cell + n + 1 - m->storage);
    return at;
}

static void model_read(model *m, const char *text, size_t size, char delimiter) {
    *m = (model){0};
    for (size_t at = 0; at < size;) {
        model_record *record = &m->records[m->n_records];
        size_t start = at;
        record->line = line_of(text, start);
        record->n_cells = 0;
        for (;; at++) {
            char *cell;
            at = model_cell(m, text, size, at, delimiter, &cell);
            if (record->n_cells < MAX_CELLS)
                record->cells[record->n_cells] = cell;
            record->n_cells++;
            if (at >= size || text[at] != delimiter)
                break;
        }
        bool blank = record->n_cells == 1 && !*record->cells[0] && text[start] != '"';
        m->n_records += !blank;
        if (at < size)
            at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
    }
}

static bool model_is_missing(const char *cell) {
    static const char *const words[] = {"",    "NA",   "N/A",  "n/a",  "NaN",
                                        "nan", "NULL", "null", "None", "?"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(cell, words[i]) == 0)
            return true;
    return false;
}

static bool model_is_number(const char *cell) {
    const char *at = cell + strspn(cell, "+-");
    if (at - cell > 1 || (at[0] == '0' && at[1] >= '0' && at[1] <= '9'))
        return false;
    size_t whole = strspn(at, "0123456789");
    size_t point = at[whole] == '.';
    size_t fraction = point ? strspn(at + whole + 1, "0123456789") : 0;
    at += whole + point + fraction;
    if (whole + fraction == 0)
        return false;
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '+' || *at == '-';
        size_t digits = strspn(at, "0123456789");
        at += digits;
        if (digits == 0)
            return false;
    }
    return !*at;
}

static bool is_infinite(double x) {
    return x - x != 0;
}

static void compare_cell(const tt_table *table, int64_t row, int32_t column, const char *wanted) {
    char text[256];
    double number = tt_table_number(table, row, column);
    tt_table_text(table, row, column, text, sizeof text);
    if (model_is_number(wanted) && !is_infinite(strtod(wanted, NULL))) {
        if (number != strtod(wanted, NULL))
            fail_msg("row %d: [%s] is no %s", (int)row, text, wanted);
        return;
    }
    bool missing = model_is_missing(wanted) || model_is_number(wanted);
    if (number == number || strcmp(text, missing ? "" : wanted) != 0)
        fail_msg("row %d: [%s] is no [%s]", (int)row, text, wanted);
}

static int64_t compare_rows(const model *m, const tt_table *table) {
    int64_t row = 0;
    int32_t n_columns = m->records[0].n_cells;
    for (int r = 1; r < m->n_records; r++) {
        const model_record *record = &m->records[r];
        if (record->n_cells != n_columns)
            continue;
        for (int32_t c = 0; c < n_columns; c++)
            compare_cell(table, row, c, record->cells[c]);
        row++;
    }
    return row;
}

static int count_ragged(const model *m) {
    int n = 0;
    for (int r = 1; r < m->n_records; r++)
        n += m->records[r].n_cells != m->records[0].n_cells;
    return n;
}

/* The problems that have no column are the ragged records, in order. */
static void compare_problems(const model *m, const tt_table *table) {
    int r = 1;
    for (int i = 0; i < TT_MAX_PROBLEMS && i < tt_table_n_problems(table); i++) {
        const tt_problem *problem = tt_table_problem(table, i);
        if (problem->column != 0)
            continue;
        while (r < m->n_records && m->records[r].n_cells == m->records[0].n_cells)
            r++;
        assert_true(r < m->n_records);
        assert_int_equal(problem->line, m->records[r].line);
        r++;
    }
}

static void compare(const model *m, const tt_table *table, const tt_error *error) {
    int n_ragged = m->n_records > 0 ? count_ragged(m) : 0;
    if (m->unclosed_line || m->n_records < 2 || n_ragged * 2 > m->n_records - 1) {
        assert_null(table);
        assert_int_equal(error->status, TT_BAD_DATA);
        if (m->unclosed_line)
            assert_int_equal(error->line, m->unclosed_line);
        return;
    }
    if (!table)
        fail_msg("%s", error->message);
    assert_int_equal(tt_table_n_columns(table), m->records[0].n_cells);
    assert_int_equal(tt_table_n_rows(table), compare_rows(m, table));
    compare_problems(m, table);
}

static tt_table *read_in_chunks(tt_random *random, const char *text, size_t size, uint32_t longest,
                                const char *cfg, tt_error *error) {
    tt_config *config = config_of(cfg);
    tt_csv *csv = tt_csv_new(config, error);
    for (size_t at = 0; at < size;) {
        size_t chunk = 1 + tt_random_below(random, longest);
        chunk = chunk < size - at ? chunk : size - at;
        char *copy = malloc(chunk); /* of the exact size, so that a sanitizer sees a step too far */
        memcpy(copy, text + at, chunk);
        tt_csv_feed(csv, copy, chunk, error);
        free(copy);
        at += chunk;
    }
    tt_table *table = tt_csv_finish(csv, error);
    tt_csv_free(csv);
    tt_config_free(config);
    return table;
}

/* The text must give the same table, or the same error, whatever the chunks. */
static void check_chunks(tt_random *random, const char *text, size_t size, const char *cfg) {
    tt_error error, other;
    tt_table *whole = read_bytes(text, size, cfg, &error);
    char *json = whole ? tt_table_json(whole, 1000) : NULL;
    for (uint32_t longest = 1; longest <= 256; longest *= 16) {
        tt_table *split = read_in_chunks(random, text, size, longest, cfg, &other);
        assert_int_equal(whole != NULL, split != NULL);
        if (split) {
            char *split_json = tt_table_json(split, 1000);
            assert_string_equal(json, split_json);
            tt_free_text(split_json);
        } else {
            assert_string_equal(error.message, other.message);
            assert_int_equal(error.line, other.line);
        }
        tt_table_free(split);
    }
    tt_free_text(json);
    tt_table_free(whole);
}

static const struct {
    char delimiter;
    const char *key;
} delimiters[] = {{',', "comma"}, {';', "semicolon"}, {'\t', "tab"}, {'|', "pipe"}};

static void check_text(tt_random *random, const char *text, size_t size, int delimiter) {
    static model m;
    char cfg[80];
    tt_error error;
    snprintf(cfg, sizeof cfg, "data.delimiter = %s\ndata.header = yes", delimiters[delimiter].key);
    model_read(&m, text, size, delimiters[delimiter].delimiter);
    tt_table *table = read_bytes(text, size, cfg, &error);
    compare(&m, table, &error);
    tt_table_free(table);
    check_chunks(random, text, size, cfg);
}

static void test_agrees_with_model_on_noise(void **state) {
    (void)state;
    static const char alphabet[] = "ab01\"\"\",,,;|\t \n\n\r.-e";
    tt_random random = tt_random_new(7, TT_FOR_SPLIT);
    for (int i = 0; i < 1500; i++) {
        char text[200];
        size_t size = tt_random_below(&random, sizeof text);
        for (size_t at = 0; at < size; at++)
            text[at] = alphabet[tt_random_below(&random, sizeof alphabet - 1)];
        check_text(&random, text, size, i % 4);
    }
}

typedef struct writer {
    tt_random random;
    char delimiter;
    char text[MAX_TEXT];
    size_t size;
} writer;

static void put(writer *w, const char *string) {
    size_t length = strlen(string);
    memcpy(w->text + w->size, string, length);
    w->size += length;
}

static void put_cell(writer *w) {
    static const char *const cells[] = {
        "1",
        "-2.5",
        "1e3",
        "+7",
        ".5",
        "5.",
        "007",
        "1e999",
        "NA",
        "?",
        "",
        "  ",
        "a",
        "red",
        " b ",
        "0",
        "-0.0",
        "x\"y",
        "\"q\"",
        "\"\"",
        "\"a\"\"b\"",
        "\"l1\nl2\"",
        "\"l1\r\nl2\"",
        "\"l1\rl2\"",
        "\",;|\t\"",
        "\" s \"",
        "\"a\" b ",
        "\xc3\xa9t\xc3\xa9",
    };
    put(w, cells[tt_random_below(&w->random, sizeof cells / sizeof cells[0])]);
}

static void put_record(writer *w, int n_cells, const char *line_break) {
    for (int i = 0; i < n_cells; i++) {
        char delimiter[2] = {w->delimiter, 0};
        put(w, i ? delimiter : "");
        put_cell(w);
    }
    put(w, line_break);
}

static void test_agrees_with_model_on_files(void **state) {
    (void)state;
    static const char *const line_breaks[] = {"\n", "\r\n", "\r"};
    static writer w;
    w.random = tt_random_new(8, TT_FOR_SPLIT);
    for (int i = 0; i < 600; i++) {
        int n_columns = 2 + (int)tt_random_below(&w.random, 6);
        const char *line_break = line_breaks[tt_random_below(&w.random, 3)];
        w.delimiter = delimiters[i % 4].delimiter;
        w.size = 0;
        for (int r = (int)tt_random_below(&w.random, 30); r >= 0; r--) {
            bool ragged = tt_random_below(&w.random, 10) == 0;
            put_record(&w, ragged ? n_columns + 1 - 2 * (r % 2) : n_columns, r ? line_break : "");
            if (tt_random_below(&w.random, 12) == 0)
                put(&w, line_break);
        }
        check_text(&w.random, w.text, w.size, i % 4);
    }
}

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
    assert_int_equal(tt_table_has_header(table), header);
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
    assert_int_equal(tt_table_delimiter(table), delimiter);
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
    expect_error("a,b\n1,\0", 7, "", 2, 0, "NUL");
    expect_error("a,b\n1,\"x\0\"", 10, "", 2, 0, "NUL");
    expect_error("\xff\xfe"
                 "a\0",
                 4, "", 1, 0, "UTF-16");
    expect_error("PK\3\4zip", 7, "", 1, 0, "spreadsheet");
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
    assert_mentions(error.message, "NUL");
    assert_null(tt_csv_finish(csv, NULL));
    free(zeros);
    tt_csv_free(csv);
    tt_config_free(config);
    tt_csv_free(NULL);
    tt_table_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agrees_with_model_on_noise),
        cmocka_unit_test(test_agrees_with_model_on_files),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_finds_delimiter),
        cmocka_unit_test(test_reads_large_files),
        cmocka_unit_test(test_lists_problems),
        cmocka_unit_test(test_refuses_bad_files),
        cmocka_unit_test(test_keeps_limits),
        cmocka_unit_test(test_error_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
