#include "unit.h"

#include "read-csv.h"

/* The reader against a second reader, slow and plain: the whole text at once, one index that walks
 * over it. */

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
    size_t first = at;
    while (first < size && is_space(text[first]) && text[first] != delimiter)
        first++;
    bool has_quotes = first < size && text[first] == '"';
    if (has_quotes) {
        at = first;
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
        bool blank =
            record->n_cells == 1 && !*record->cells[0] && !memchr(text + start, '"', at - start);
        m->n_records += !blank;
        if (at < size)
            at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
    }
}

static bool ends_empty(const model_record *record) {
    bool any = false;
    for (int c = 0; c < record->n_cells && c < MAX_CELLS; c++)
        any |= *record->cells[c] != 0;
    return any && record->n_cells <= MAX_CELLS && !*record->cells[record->n_cells - 1];
}

/* Takes away the last cell of each record if all end in an empty one, but for the header, which may
 * be one cell shorter. */
static void model_trailing(model *m) {
    model_record *header = &m->records[0];
    bool all =
        m->n_records > 1 && (ends_empty(header) || header->n_cells + 1 == m->records[1].n_cells);
    for (int r = 1; r < m->n_records; r++)
        all = all && ends_empty(&m->records[r]) && m->records[r].n_cells > 2;
    for (int r = 0; all && r < m->n_records; r++)
        m->records[r].n_cells -= ends_empty(&m->records[r]);
}

static bool model_is_missing(const char *cell) {
    static const char *const words[] = {"",     "NA",   "N/A",  "n/a", "NaN", "nan",
                                        "NULL", "null", "None", "?",   "-",   "."};
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
    char cfg[160];
    tt_error error;
    snprintf(cfg, sizeof cfg,
             "data.delimiter = %s\ndata.header = yes\ndata.quote = double\n"
             "data.escape = none\ndata.comment = none\ndata.skip = 0",
             delimiters[delimiter].key);
    model_read(&m, text, size, delimiters[delimiter].delimiter);
    model_trailing(&m);
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

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_agrees_with_model_on_noise),
    cmocka_unit_test(test_agrees_with_model_on_files),
};

RUN_TESTS(tests)
