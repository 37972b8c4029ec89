#include "unit.h"

#include <dirent.h>

#include "dialect.h"
#include "read-csv.h"
#include "table-store.h"
#include "text.h"

/* Every file of tests/native/data: NAME.csv, read with the settings in NAME.cfg if there is one,
 * gives what NAME.txt says, line by line:
 *
 *   read as DELIMITER QUOTE ESCAPE COMMENT SKIP HEADER CHARSET      as the settings name them
 *   columns NAME | NAME | ...
 *   LINE: CELL | CELL | ...                a row, by the line of the file on which it begins
 *   problem KIND LINE COLUMN
 *   error LINE COLUMN MESSAGE              instead of all these
 *
 * A missing cell is empty; line breaks within a cell are written \n and \r. With UPDATE set in the
 * environment the results are written instead, to be read over before they are kept. */

static const char folder[] = "tests/native/data";

/* The text of a file; NULL without one. */
static char *read_file(const char *name, const char *ending, size_t *size) {
    char path[400];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *text = calloc(1, *size + 1);
    assert_int_equal(fread(text, 1, *size, file), *size);
    fclose(file);
    return text;
}

static void add_cell(tt_text *text, const char *cell) {
    for (; *cell; cell++)
        if (*cell == '\n' || *cell == '\r')
            tt_text_add(text, "\\%c", *cell == '\n' ? 'n' : 'r');
        else
            tt_text_add(text, "%c", *cell);
}

static void add_form(tt_text *text, const tt_file_form *form) {
    const tt_dialect *dialect = &form->dialect;
    tt_text_add(
        text, "read as %s %s %s %s %i %s %s\n", tt_dialect_name(TT_DELIMITER, dialect->delimiter),
        tt_dialect_name(TT_QUOTE, dialect->quote), tt_dialect_name(TT_ESCAPE, dialect->escape),
        tt_dialect_name(TT_COMMENT, dialect->comment), (int)dialect->skip,
        form->header ? "yes" : "no", form->charset);
}

static void add_table(tt_text *text, const tt_table *table) {
    add_form(text, &table->form);
    for (int32_t i = 0; i < table->n_columns; i++) {
        tt_text_add(text, i ? " | " : "columns ");
        add_cell(text, table->columns[i].name);
    }
    tt_text_add(text, "\n");
    for (int64_t row = 0; row < table->n_rows; row++) {
        tt_text_add(text, "%l: ", tt_table_line(table, row));
        for (int32_t i = 0; i < table->n_columns; i++) {
            char cell[300];
            tt_table_text(table, row, i, cell, sizeof cell);
            tt_text_add(text, i ? " | " : "");
            add_cell(text, cell);
        }
        tt_text_add(text, "\n");
    }
    for (int32_t i = 0; i < TT_MAX_PROBLEMS && i < table->n_problems; i++)
        tt_text_add(text, "problem %s %l %i\n", tt_problem_kind_key(table->problems[i].kind),
                    table->problems[i].line, (int)table->problems[i].column);
}

static char *result_of(const char *name) {
    size_t size, cfg_size;
    tt_error error = {0};
    tt_text text = {0};
    char *bytes = read_file(name, ".csv", &size), *cfg = read_file(name, ".cfg", &cfg_size);
    tt_table *table = read_bytes(bytes, size, cfg ? cfg : "", &error);
    if (table)
        add_table(&text, table);
    else
        tt_text_add(&text, "error %i %i %s\n", (int)error.line, (int)error.column, error.message);
    tt_table_free(table);
    free(bytes);
    free(cfg);
    return tt_text_finish(&text);
}

static void keep(const char *name, const char *result) {
    char path[400];
    snprintf(path, sizeof path, "%s/%s.txt", folder, name);
    FILE *file = fopen(path, "wb");
    fputs(result, file);
    fclose(file);
}

static void check_file(const char *name) {
    size_t size;
    char *result = result_of(name);
    if (getenv("UPDATE"))
        keep(name, result);
    char *wanted = read_file(name, ".txt", &size);
    if (!wanted)
        fail_msg("%s.csv has no %s.txt", name, name);
    if (strcmp(result, wanted) != 0)
        fail_msg("%s.csv gives\n%s\nnot\n%s", name, result, wanted);
    free(wanted);
    free(result);
}

static void test_odd_files(void **state) {
    (void)state;
    DIR *files = opendir(folder);
    assert_non_null(files);
    int n = 0;
    for (struct dirent *file; (file = readdir(files));) {
        char name[256];
        size_t length = strlen(file->d_name);
        if (length < 5 || strcmp(file->d_name + length - 4, ".csv") != 0)
            continue;
        snprintf(name, sizeof name, "%.*s", (int)length - 4, file->d_name);
        check_file(name);
        n++;
    }
    closedir(files);
    assert_true(n >= 60);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(test_odd_files)};

RUN_TESTS(tests)
