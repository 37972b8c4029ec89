#ifndef TT_COLUMN_SCORE_H
#define TT_COLUMN_SCORE_H

#include <stdbool.h>
#include <stdint.h>

/* How well one column alone tells the target: see tt_column_facts. */

/* A row with the value of the column: a number, or the code of a level; of missing cells one code
 * above all levels. */
typedef struct tt_scored_row {
    double value;
    float y;
    uint32_t part : 1, place : 31; /* tt_part; in the order of the table */
} tt_scored_row;

/* The share of the error that is taken away, by part; NaN where there is no error to take away.
 * `rows` are ascending by value and then by place, `n_numbers` of them numbers and the others
 * levels; `n_classes` is 0 for a target of values. False when memory runs out. */
bool tt_score_column(int64_t n, const tt_scored_row *rows, int64_t n_numbers, int32_t n_classes,
                     double score[2]);

/* How alike the targets of rows that follow each other are; NaN where the target does not vary. */
double tt_serial_likeness(int64_t n, const tt_scored_row *rows, int32_t n_classes);

#endif
