#ifndef TT_DESCRIBER_H
#define TT_DESCRIBER_H

#include "dataset-build.h"
#include "distribution.h"

/* What tt_describe_json gathers of one column at a time. */

typedef enum tt_measure { TT_NO_MEASURE, TT_PEARSON, TT_ETA_SQUARED, TT_CRAMERS_V } tt_measure;

enum { TT_SHOWN_CLASSES = 20 }; /* of a target with more, levels have no counts by class */

/* The rows of one column, as the relation takes them: NaN and -1 stand for missing. */
typedef struct tt_column_rows {
    double *numbers;
    int32_t *codes;
    int32_t n_codes; /* 0 for a column of numbers */
} tt_column_rows;

typedef struct tt_describer {
    tt_build build;
    bool has_target;
    tt_column_rows target; /* the first one */
    double *present;       /* room for the numbers of a column */

    /* Of the column at hand. */
    tt_column_rows rows;
    int64_t n_values, n_missing, n_bad; /* bad: words among numbers */
    tt_levels levels;                   /* distinct values with their counts, as they come */
    bool all_levels;                    /* there was room for every one */
    tt_distribution of;                 /* the numbers */
    double first_quartile, median, third_quartile; /* NaN without any */
    tt_measure measure;
    double relation; /* NaN where one of the two does not vary */
} tt_describer;

/* TT_NO_MEMORY, or TT_OK. Settings that do not fit the table leave it without a target. Free it in
 * any case. */
tt_status tt_describer_begin(tt_describer *describer, const tt_table *table,
                             const tt_config *config, tt_error *error);
void tt_describer_free(tt_describer *describer);

/* Gathers one column. TT_NO_MEMORY, or TT_OK. */
tt_status tt_describe_column(tt_describer *describer, int32_t column, int32_t n_bins);

#endif
