#include <stdlib.h>

#include "number-format.h"
#include "table-store.h"
#include "text.h"

/* The schema:
 *
 * {"n_rows": 150, "n_left_out": 0,    rows outside data.sample_share
 *  "fingerprint": "44bc2cf5ad770999",
 *  "target": "species",                what is predicted when no setting says so
 *  "dialect": {"delimiter": {"value": "comma",
 *                            "found": true,                   by the reader, else set
 *                            "evidence": "151 of the first 151 records have 5 cells"},
 *              "quote": ..., "escape": ..., "comment": ..., "skip": ..., "header": ...,
 *              "charset": ...},
 *  "trailing_delimiter": false,
 *  "columns": [{"name": "species", "type": "number" | "date" | "category" | "text",
 *               "whole": false,
 *               "n_missing": 0, "n_words": 150, "n_distinct": 3,
 *               "n_missing_words": 0, "missing_word": null | "NA",
 *               "reading": null | {"decimal": null | "point" | "comma",
 *                                  "date": null | "day_month" | "month_day" | "certain",
 *                                  "hours": false,           times such as 23:15, as 23.25
 *                                  "evidence": "1.234,56",
 *                                  "unclear": false},         null for plain decimals and words
 *               "min": null, "max": null, "mean": null,
 *               "deviation": null,                            numbers or null
 *               "levels": ["setosa", ...], "counts": [50, ...]}],
 *                                     the 20 most frequent values of a category, by falling count
 *  "rows": [["5.1", "setosa"], ...],  the first rows; texts are cut to 200 bytes, "" is missing
 *  "n_problems": 1,
 *  "problems": [{"kind": "ragged_rows", "line": 17, "column": 0, "message": "..."}],
 *  "problem_counts": {"ragged_rows": 1, "bad_quotes": 0, ...}}      of all problems, by kind
 *
 * Some rows only: {"columns": ["name", ...], "rows": [{"row": 3, "line": 5, "cells": ["5.1", ...]},
 * ...]}, the line being that of the file, from 1. */

enum { MAX_LEVELS = 20, TEXT_SIZE = 201 };

/* By falling count, then by the order of arrival, which is that of the addresses before the sort.
 */
static int compare_levels(const void *a, const void *b) {
    const tt_level *left = *(const tt_level *const *)a, *right = *(const tt_level *const *)b;
    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return left < right ? -1 : left > right;
}

static void add_level_text(tt_text *json, const tt_table *table, int32_t column, tt_cell cell) {
    char text[TEXT_SIZE];
    if (tt_is_number(cell))
        tt_table_format_number(table, column, tt_number_of(cell), text);
    else
        tt_format(text, sizeof text, "%s", tt_table_word(table, column, cell));
    tt_text_add(json, "%j", text);
}

static void add_levels(tt_text *json, const tt_table *table, int32_t column) {
    tt_levels levels = {0};
    const tt_level *sorted[TT_MAX_LEVELS_FOUND];
    int32_t n = 0;
    if (table->columns[column].type == TT_COLUMN_CATEGORY) {
        tt_table_levels(table, column, TT_MAX_LEVELS_FOUND, &levels);
        for (; n < levels.n; n++)
            sorted[n] = &levels.items[n];
        qsort(sorted, (size_t)n, sizeof sorted[0], compare_levels);
        n = n < MAX_LEVELS ? n : MAX_LEVELS;
    }
    tt_text_add(json, ",\"levels\":[");
    for (int32_t i = 0; i < n; i++) {
        tt_text_add(json, i ? "," : "");
        add_level_text(json, table, column, sorted[i]->cell);
    }
    tt_text_add(json, "],\"counts\":[");
    for (int32_t i = 0; i < n; i++)
        tt_text_add(json, i ? ",%l" : "%l", sorted[i]->count);
    tt_text_add(json, "]");
    json->failed |= levels.failed;
    tt_levels_free(&levels);
}

static void add_reading(tt_text *json, const tt_reading *reading) {
    bool date = reading->kind == TT_READ_DATE;
    if (!date && reading->kind != TT_READ_FORMATTED && !reading->unclear) {
        tt_text_add(json, ",\"reading\":null");
        return;
    }
    const char *decimal = date ? "null" : reading->mark == ',' ? "\"comma\"" : "\"point\"";
    const char *order = !date                            ? "null"
                        : !reading->order_told           ? "\"certain\""
                        : reading->order == TT_DAY_FIRST ? "\"day_month\""
                                                         : "\"month_day\"";
    bool hours = !date && tt_is_time(reading->evidence, strlen(reading->evidence));
    tt_text_add(json, ",\"reading\":{\"decimal\":%s,\"date\":%s,\"hours\":%s", decimal, order,
                hours ? "true" : "false");
    tt_text_add(json, ",\"evidence\":%j,\"unclear\":%s}", reading->evidence,
                reading->unclear ? "true" : "false");
}

static void add_column(tt_text *json, const tt_table *table, int32_t index) {
    static const char *const types[] = {[TT_COLUMN_NUMBER] = "number",
                                        [TT_COLUMN_DATE] = "date",
                                        [TT_COLUMN_CATEGORY] = "category",
                                        [TT_COLUMN_TEXT] = "text"};
    const tt_column *column = &table->columns[index];
    tt_text_add(json, "{\"name\":%j,\"type\":%j,\"whole\":%s", column->name, types[column->type],
                column->whole ? "true" : "false");
    tt_text_add(json, ",\"n_missing\":%l,\"n_words\":%l,\"n_distinct\":%l", column->n_missing,
                column->n_words, column->n_distinct);
    tt_text_add(json, ",\"n_missing_words\":%l,\"missing_word\":", column->n_missing_words);
    tt_text_add(json, column->missing_word ? "%j" : "null", column->missing_word);
    tt_text_add(json, ",\"min\":%n,\"max\":%n,\"mean\":%n,\"deviation\":%n", column->min,
                column->max, column->mean, column->deviation);
    add_reading(json, &table->readings[index]);
    add_levels(json, table, index);
    tt_text_add(json, "}");
}

static void add_row(tt_text *json, const tt_table *table, int64_t row) {
    tt_text_add(json, "[");
    for (int32_t i = 0; i < table->n_columns; i++) {
        char text[TEXT_SIZE];
        tt_table_text(table, row, i, text, sizeof text);
        tt_text_add(json, i ? ",%j" : "%j", text);
    }
    tt_text_add(json, "]");
}

static void add_problems(tt_text *json, const tt_table *table) {
    tt_text_add(json, "\"n_problems\":%l,\"problems\":[", table->n_problems);
    for (int32_t i = 0; i < table->n_problems && i < TT_MAX_PROBLEMS; i++) {
        const tt_problem *problem = &table->problems[i];
        tt_text_add(json, i ? "," : "");
        tt_text_add(json, "{\"kind\":%j,\"line\":%l,\"column\":%i,\"message\":%j}",
                    tt_problem_kind_key(problem->kind), problem->line, problem->column,
                    problem->message);
    }
    tt_text_add(json, "],\"problem_counts\":{");
    for (int kind = 0; kind < TT_N_PROBLEM_KINDS; kind++)
        tt_text_add(json, "%s%j:%l", kind ? "," : "", tt_problem_kind_key((tt_problem_kind)kind),
                    table->n_problems_of[kind]);
    tt_text_add(json, "}");
}

static void add_fingerprint(tt_text *json, uint64_t fingerprint) {
    char digits[17] = {0};
    for (int i = 15; i >= 0; i--, fingerprint >>= 4)
        digits[i] = "0123456789abcdef"[fingerprint & 15];
    tt_text_add(json, "\"fingerprint\":%j,", digits);
}

char *tt_table_json(const tt_table *table, int32_t n_rows) {
    tt_text json = {0};
    tt_text_add(&json, "{\"n_rows\":%l,\"n_left_out\":%l,", table->n_rows, table->n_left_out);
    add_fingerprint(&json, table->fingerprint);
    tt_file_form_json(&json, &table->form);
    tt_text_add(&json, ",");
    tt_text_add(&json, "\"target\":%j,", table->columns[tt_table_default_target(table)].name);
    tt_text_add(&json, "\"columns\":[");
    for (int32_t i = 0; i < table->n_columns; i++) {
        tt_text_add(&json, i ? "," : "");
        add_column(&json, table, i);
    }
    tt_text_add(&json, "],\"rows\":[");
    for (int64_t row = 0; row < n_rows && row < table->n_rows; row++) {
        tt_text_add(&json, row ? "," : "");
        add_row(&json, table, row);
    }
    tt_text_add(&json, "],");
    add_problems(&json, table);
    tt_text_add(&json, "}");
    return tt_text_finish(&json);
}

char *tt_table_rows_json(const tt_table *table, int32_t n, const int32_t *rows, tt_error *error) {
    tt_text json = {0};
    tt_text_add(&json, "{\"columns\":[");
    for (int32_t i = 0; i < table->n_columns; i++)
        tt_text_add(&json, i ? ",%j" : "%j", table->columns[i].name);
    tt_text_add(&json, "],\"rows\":[");
    for (int32_t i = 0; i < n; i++) {
        if (rows[i] < 0 || rows[i] >= table->n_rows) {
            free(json.bytes);
            tt_fail(error, TT_BAD_DATA, "There is no row %l in the table, which has %l.",
                    (int64_t)rows[i] + 1, table->n_rows);
            return NULL;
        }
        tt_text_add(&json, "%s{\"row\":%i,\"line\":%l,\"cells\":", i ? "," : "", (int)rows[i],
                    tt_table_line(table, rows[i]));
        add_row(&json, table, rows[i]);
        tt_text_add(&json, "}");
    }
    tt_text_add(&json, "]}");
    char *text = tt_text_finish(&json);
    if (!text)
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for these rows.");
    return text;
}

static bool add_whole_cell(tt_text *json, const tt_table *table, int64_t row, int32_t column) {
    char text[TEXT_SIZE];
    size_t size = tt_table_text(table, row, column, text, sizeof text) + 1;
    if (size <= sizeof text) {
        tt_text_add(json, "%j", text);
        return true;
    }
    char *whole = malloc(size);
    if (!whole)
        return false;
    tt_table_text(table, row, column, whole, size);
    tt_text_add(json, "%j", whole);
    free(whole);
    return true;
}

char *tt_table_cells_json(const tt_table *table, int32_t column, int64_t first, int32_t n) {
    tt_text json = {0};
    bool good = true;
    tt_text_add(&json, "[");
    for (int32_t i = 0; good && i < n; i++) {
        tt_text_add(&json, i ? "," : "");
        good = add_whole_cell(&json, table, first + i, column);
    }
    tt_text_add(&json, "]");
    char *text = tt_text_finish(&json);
    if (!good)
        free(text);
    return good ? text : NULL;
}
