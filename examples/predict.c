/* Predicts the rows of a CSV file with a model that train has kept.
 *
 *   predict MODEL FILE.csv
 *
 * Prints the rows with their predictions as CSV. What had to be filled in goes to the other output,
 * as the JSON of tt_prediction_json. */

#include <stdio.h>
#include <stdlib.h>

#include "load.h"

enum { ROWS_A_PIECE = 10000 };

static tt_model *read_model(const char *path) {
    tt_error error;
    char *bytes = NULL;
    size_t size = 0, n = 1, capacity = 0;
    FILE *file = open_file(path, "rb");
    while (n > 0) {
        if (size == capacity) {
            capacity = capacity ? 2 * capacity : 1 << 16;
            bytes = realloc(bytes, capacity);
            if (!bytes)
                exit(EXIT_FAILURE);
        }
        n = fread(bytes + size, 1, capacity - size, file);
        size += n;
    }
    fclose(file);
    tt_model *model = tt_model_load(bytes, size, &error);
    if (!model)
        die(&error);
    free(bytes);
    return model;
}

static void print_rows(const tt_prediction *prediction, int64_t n_rows) {
    for (int64_t first = 0; first < n_rows; first += ROWS_A_PIECE) {
        int64_t n = n_rows - first < ROWS_A_PIECE ? n_rows - first : ROWS_A_PIECE;
        char *csv = tt_prediction_csv(prediction, first, n);
        if (!csv || fputs(csv, stdout) == EOF)
            exit(EXIT_FAILURE);
        tt_free_text(csv);
    }
}

int main(int argc, char **argv) {
    tt_error error;
    if (argc != 3) {
        fprintf(stderr, "usage: %s MODEL FILE.csv\n", argv[0]);
        return EXIT_FAILURE;
    }
    tt_model *model = read_model(argv[1]);
    tt_table *table = read_csv(tt_model_config(model), argv[2]);
    tt_prediction *prediction = tt_prediction_new(model, table, &error);
    if (!prediction || tt_prediction_run(prediction, INT64_MAX, &error) != TT_FINISHED)
        die(&error);
    print_rows(prediction, tt_table_n_rows(table));
    char *notes = tt_prediction_json(prediction);
    if (notes)
        fprintf(stderr, "%s\n", notes);
    tt_free_text(notes);
    tt_prediction_free(prediction);
    tt_table_free(table);
    tt_model_free(model);
    return EXIT_SUCCESS;
}
