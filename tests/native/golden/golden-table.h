#ifndef GOLDEN_TABLE_H
#define GOLDEN_TABLE_H

#include "golden.h"

/* A table made as the text of a CSV file; {0} at the start. */
typedef struct golden_csv {
    char *text;
    size_t size, room;
} golden_csv;

/* Adds a row of words, numbers and nulls for missing values, and a target. The columns are called
 * c0, c1, ... and target. */
void golden_csv_row(golden_csv *csv, const cJSON *cells, const char *target);

/* Reads it, with the settings as they are now, and frees the text. NULL when the case is closed. */
tt_table *golden_csv_table(golden *g, golden_csv *csv);

/* Checks of golden-splits.c. */
golden_check check_split;

#endif
