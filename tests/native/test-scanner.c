#include "unit.h"

#include "byte-lanes.h"
#include "read-csv.h"

static void test_top_bits(void **state) {
    (void)state;
    tt_random random = tt_random_new(1, TT_FOR_SPLIT);
    for (int i = 0; i < 1000; i++) {
        char bytes[TT_BYTE_LANES];
        uint32_t wanted = 0;
        for (int j = 0; j < TT_BYTE_LANES; j++) {
            bytes[j] = (char)tt_random_below(&random, 256);
            wanted |= (uint32_t)((unsigned char)bytes[j] >> 7) << j;
        }
        assert_int_equal(tt_top_bits(tt_load_bytes(bytes)), wanted);
    }
}

/* Reads the text in two chunks, or in chunks of one byte for `cut` 0, each of its exact size, so
 * that a sanitizer sees a step too far. The result is the table, or the message, as one text. */
static char *read_cut(const char *text, size_t size, size_t cut, const char *cfg) {
    tt_config *config = config_of(cfg);
    tt_error error;
    tt_csv *csv = tt_csv_new(config, &error);
    for (size_t at = 0, next; at < size; at = next) {
        next = cut == 0 ? at + 1 : at < cut ? cut : size;
        char *chunk = malloc(next - at);
        memcpy(chunk, text + at, next - at);
        tt_csv_feed(csv, chunk, next - at, NULL);
        free(chunk);
    }
    tt_table *table = tt_csv_finish(csv, &error);
    char *result = table ? tt_table_json(table, 100) : malloc(sizeof error.message + 64);
    if (!table)
        sprintf(result, "%d %d %s", (int)error.line, (int)error.column, error.message);
    tt_table_free(table);
    tt_csv_free(csv);
    tt_config_free(config);
    return result;
}

static void cut_everywhere(const char *text, const char *cfg) {
    size_t size = strlen(text);
    char *whole = read_cut(text, size, size, cfg);
    for (size_t cut = 0; cut < size; cut++) {
        char *result = read_cut(text, size, cut, cfg);
        if (strcmp(result, whole) != 0)
            fail_msg("cut at %d: %s\nwhole: %s", (int)cut, result, whole);
        tt_free_text(result);
    }
    tt_free_text(whole);
}

/* What reads the bytes must be past its first look at the file, which takes 64 KB. */
static void cut_behind_head(const char *text, const char *cfg) {
    enum { HEAD = 70000 };
    size_t length = strlen(text), size = HEAD + length;
    char *file = malloc(size);
    memset(file, '\n', HEAD);
    memcpy(file, "a,b\n", 4);
    memcpy(file + HEAD, text, length);
    char *whole = read_cut(file, size, size, cfg);
    for (size_t cut = HEAD; cut < size; cut++) {
        char *result = read_cut(file, size, cut, cfg);
        if (strcmp(result, whole) != 0)
            fail_msg("cut at %d of %s: %s\nwhole: %s", (int)(cut - HEAD), text, result, whole);
        tt_free_text(result);
    }
    tt_free_text(whole);
    free(file);
}

static void test_any_cut_gives_the_same_table(void **state) {
    (void)state;
    static const char *const texts[] = {
        "1,2\n3,4\n",
        "1,2\r\n3,4\r\n\r\n5,6",
        "1,2\r3,4\r\r5,6\r",
        "\"x\",\"y\"\n\"a\"\"b\",\"c\nd\"\n",
        "\"a\"\"\",\"\"\"b\"\n\"\",\"\"\"\"\n",
        "\"a\r\nb\",\"c\rd\"\r\n\"\r\n\",2\r\n",
        " \"a b\" , 2 \n x , \"y\" \n",
        "\"a\"b,2\n1,\"a\"\"b\" c \n",
        "1,2,3\n1\n4,5\n",
        "-1.25,1e5\n12345678901234567890123,0.00000000000000000000000000001\n",
        "caf\xc3\xa9,caf\xe9\n\xe4\xb8\xad,2\n",
        "1,\"open\n2,3\n",
        "\n \n\t\n1,2\n  \n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cut_everywhere(texts[i], "");
        cut_everywhere(texts[i], "data.delimiter = comma\ndata.header = no");
        cut_behind_head(texts[i],
                        "data.delimiter = comma\ndata.quote = double\ndata.escape = none\n"
                        "data.comment = none\ndata.skip = 0\ndata.header = yes");
    }
}

/* A record far longer than the pieces in which a rest is kept. */
static void test_long_records(void **state) {
    (void)state;
    enum { N = 3000, CELL = 100 };
    size_t size = 0;
    char *text = malloc((size_t)N * (CELL + 4) * 2);
    for (int row = 0; row < 2; row++)
        for (int i = 0; i < N; i++) {
            text[size++] = '"';
            for (int j = 0; j < CELL; j++)
                text[size++] = j % 10 == 9 ? '\n' : (char)('a' + (i + j) % 26);
            text[size++] = '"';
            text[size++] = i == N - 1 ? '\n' : ',';
        }
    char *whole = read_cut(text, size, size, "data.header = no");
    for (size_t cut = 1; cut < size; cut += 70001) {
        char *result = read_cut(text, size, cut, "data.header = no");
        assert_string_equal(result, whole);
        tt_free_text(result);
    }
    char *result = read_cut(text, size, 0, "data.header = no");
    assert_string_equal(result, whole);
    tt_free_text(result);
    tt_free_text(whole);
    free(text);
}

static int64_t count_sampled(const char *text, const char *cfg, double *sum) {
    tt_table *table = good_table(text, cfg);
    int64_t n = tt_table_n_rows(table);
    *sum = 0;
    for (int64_t row = 0; row < n; row++) {
        *sum += tt_table_number(table, row, 0);
        assert_int_equal(tt_table_line(table, row), (int)tt_table_number(table, row, 0));
    }
    tt_table_free(table);
    return n;
}

/* Each row holds the number of its line. */
static void test_sample_of_the_rows(void **state) {
    (void)state;
    enum { N = 4000 };
    char text[8 * N] = "line\n";
    size_t size = strlen(text);
    for (int i = 0; i < N; i++)
        size += (size_t)sprintf(text + size, "%d\n", i + 2);
    double all, some, same, others;
    assert_int_equal(count_sampled(text, "", &all), N);
    int64_t n = count_sampled(text, "data.sample_share = 0.25", &some);
    assert_in_range(n, N / 4 - 150, N / 4 + 150); /* 5 deviations, of 27 each */
    assert_near(some / (double)n, N / 2, 0, 5 * N / 3.46 / 31);
    assert_int_equal(count_sampled(text, "data.sample_share = 0.25", &same), n);
    assert_true(same == some);
    count_sampled(text, "data.sample_share = 0.25\ndata.sample_seed = 1", &others);
    assert_true(others != some);
    cut_everywhere("a,b\n1,2\n3,4\n5,6\n7,8\n", "data.sample_share = 0.5");
    tt_error error = {0};
    assert_null(read_text("a\n1\n2\n", "data.sample_share = 1e-6", &error));
    assert_string_equal(error.key, "data.sample_share");
}

/* A quoted cell in a file of its own, with quotes doubled, or escaped as backslashes are then too.
 */
static void put_escaped(char *out, const char *text, bool backslashes) {
    out += sprintf(out, "x\n\"");
    for (; *text; text++) {
        if (*text == '"' || (backslashes && *text == '\\'))
            *out++ = backslashes ? '\\' : '"';
        *out++ = *text;
    }
    strcpy(out, "\"\n");
}

/* Texts of all lengths around those of a vector, with few quotes or many. */
static void test_escaped_texts_come_back(void **state) {
    (void)state;
    enum { LONGEST = 70, N = 3000, FEW = 3 };
    static const char letters[] = "ab,\n\"\\";
    static const char *const cfg[] = {
        "data.delimiter = comma\ndata.header = yes\ndata.texts = x\ndata.escape = none",
        "data.delimiter = comma\ndata.header = yes\ndata.texts = x\ndata.escape = backslash"};
    tt_random random = tt_random_new(2, TT_FOR_SPLIT);
    for (int i = 0; i < N; i++) {
        char text[LONGEST + 1] = "", file[2 * LONGEST + 16], found[LONGEST + 1];
        uint32_t length = 1 + tt_random_below(&random, LONGEST);
        for (uint32_t j = 0; j < length; j++)
            text[j] = letters[tt_random_below(&random, i % 3 ? FEW : sizeof letters - 1)];
        text[tt_random_below(&random, length)] = '"';
        put_escaped(file, text, i % 2);
        tt_table *table = good_table(file, cfg[i % 2]);
        tt_table_text(table, 0, 0, found, sizeof found);
        assert_string_equal(found, text);
        tt_table_free(table);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_top_bits),           cmocka_unit_test(test_any_cut_gives_the_same_table),
    cmocka_unit_test(test_long_records),       cmocka_unit_test(test_escaped_texts_come_back),
    cmocka_unit_test(test_sample_of_the_rows),
};

RUN_TESTS(tests)
