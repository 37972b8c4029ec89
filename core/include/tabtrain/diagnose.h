#ifndef TABTRAIN_DIAGNOSE_H
#define TABTRAIN_DIAGNOSE_H

#include "tabtrain/dataset.h"

/* What the rows tell about whether there is something honest to learn from them: facts, without a
 * verdict. All of it is about the rows for training and validation, unless it says test rows, and
 * the columns that the data set uses.
 *
 * `table` is the one that the data set was made from. TT_NO_MEMORY is the only failure. */

/* Rows that have the same value in each feature and target as a row before them in the file. */
typedef struct tt_repeats {
    int64_t n_repeated;
    int64_t n_shared;       /* validation rows that are the same as some training row */
    int64_t n_examples;     /* up to TT_MAX_REPEAT_EXAMPLES */
    int64_t examples[5][2]; /* rows of the table from 0: one, and the one it repeats */

    int64_t n_shared_test;   /* test rows that are the same as some row of another part */
    int64_t n_test_examples; /* up to TT_MAX_REPEAT_EXAMPLES of them, and the other row */
    int64_t test_examples[5][2];
} tt_repeats;

enum { TT_MAX_REPEAT_EXAMPLES = 5 };

tt_status tt_find_repeats(const tt_table *table, const tt_dataset *dataset, tt_repeats *repeats,
                          tt_error *error);

/* One column that features come from. NaN where something cannot be told: without a value in the
 * column, of a category, without validation rows. */
typedef struct tt_column_facts {
    bool categorical;
    int64_t n_rows; /* that were looked at: all, or TT_MAX_FACT_ROWS spread evenly */
    int64_t n_missing, n_distinct;
    int64_t n_top;  /* rows with the most frequent value */
    int64_t n_rare; /* levels of a category with fewer than TT_RARE_ROWS rows, and their rows */
    int64_t n_rare_rows;

    bool whole;    /* numbers: all of them are */
    bool in_order; /* numbers: each row has a larger one, or each a smaller one, than that before */
    double min, first_quartile, median, third_quartile, max;
    double skewness; /* third standardized moment */
    int64_t n_far;   /* more than 3 interquartile ranges beyond the quartiles (Tukey, 1977) */

    /* How much of the error of a guess without features a guess by this column alone takes away: 1
     * for a column that gives the target away, 0 or less for one that is of no use. The guess is
     * the mean, or the most frequent class, of the seven training rows nearest in rank, of those of
     * the same level, or a straight line where that fits better. The error is squared distances, or
     * the number of wrong classes, of the first target. */
    double score[2]; /* by tt_part */

    /* How alike the targets of neighbours are with the rows in the order of this column: their
     * correlation, or the share of equal neighbours beyond that by chance. */
    double serial;
} tt_column_facts;

enum { TT_MAX_FACT_ROWS = 1 << 17, TT_RARE_ROWS = 5 };

/* How many columns there are to look at, and the facts of those from `first` to `first + n - 1`. */
int32_t tt_n_fact_columns(const tt_dataset *dataset);
tt_status tt_find_column_facts(const tt_table *table, const tt_dataset *dataset, int32_t first,
                               int32_t n, tt_column_facts *facts, tt_error *error);

/* The same as JSON texts (schema: diagnose-json.c), which the caller frees with tt_free_text; NULL
 * on failure. */
char *tt_repeats_json(const tt_table *table, const tt_dataset *dataset, tt_error *error);
char *tt_column_facts_json(const tt_table *table, const tt_dataset *dataset, int32_t first,
                           int32_t n, tt_error *error);

#endif
