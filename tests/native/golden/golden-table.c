#include "golden-table.h"

#include <stdio.h>

/* A growing text. */
static void put_text(golden_csv *csv, const char *text) {
    size_t size = strlen(text);
    if (csv->size + size + 1 > csv->room) {
        csv->room = 2 * (csv->size + size + 1);
        csv->text = realloc(csv->text, csv->room);
        if (!csv->text)
            abort();
    }
    memcpy(csv->text + csv->size, text, size + 1);
    csv->size += size;
}

/* In quotes, which double inside, so that commas and the spaces around it count. */
static void put_word(golden_csv *csv, const char *word) {
    put_text(csv, "\"");
    for (; *word; word++)
        put_text(csv, *word == '"' ? "\"\"" : (char[]){*word, 0});
    put_text(csv, "\"");
}

/* A missing value is an empty cell. */
static void put_cell(golden_csv *csv, const cJSON *cell) {
    char number[32];
    if (cJSON_IsString(cell)) {
        put_word(csv, cell->valuestring);
    } else if (cJSON_IsNumber(cell)) {
        snprintf(number, sizeof number, "%.17g", cell->valuedouble);
        put_text(csv, number);
    }
}

void golden_csv_row(golden_csv *csv, const cJSON *cells, const char *target) {
    char text[32];
    int n = cJSON_GetArraySize(cells);
    if (csv->size == 0) {
        for (int i = 0; i < n; i++) {
            snprintf(text, sizeof text, "c%d,", i);
            put_text(csv, text);
        }
        put_text(csv, "target\n");
    }
    for (int i = 0; i < n; i++) {
        put_cell(csv, cJSON_GetArrayItem(cells, i));
        put_text(csv, ",");
    }
    put_word(csv, target);
    put_text(csv, "\n");
}

tt_table *golden_csv_table(golden *g, golden_csv *csv) {
    tt_error error;
    tt_csv *reader = tt_csv_new(g->config, NULL);
    tt_status status = tt_csv_feed(reader, csv->text, csv->size, &error);
    tt_table *table = status == TT_OK ? tt_csv_finish(reader, &error) : NULL;
    if (!table)
        golden_fail(g, "%s", error.message);
    tt_csv_free(reader);
    free(csv->text);
    *csv = (golden_csv){0};
    return table;
}
