#ifndef TABTRAIN_DESCRIBE_H
#define TABTRAIN_DESCRIBE_H

#include "tabtrain/dataset.h"

/* Looking closely at some columns of a table: quartiles, a histogram or the levels, first and last
 * values, and what each has to do with the target. Everything is exact and over all rows, so that
 * each column takes time in proportion to the rows: ask for the columns that are looked at.
 *
 * `config` gives the target and what columns are used as (data.target, data.task, data.numbers,
 * data.categories); where it does not fit the table, columns are taken as they were found and there
 * is no target. `columns` are indices from 0; `n_bins`, 1 to TT_MAX_DESCRIBED_BINS, is that of the
 * histograms. One JSON text (schema: describe-json.c), which the caller frees with tt_free_text;
 * NULL with TT_BAD_DATA for a column that is not there, or TT_NO_MEMORY.
 *
 * The relation to the (first) target leaves out rows without a value in both:
 *   pearson      number, number target: the correlation, -1 to 1
 *   eta_squared  one is a number and the other has levels: the share of the number's variance that
 *                the levels explain, 0 to 1 (the correlation ratio of Fisher, 1925)
 *   cramers_v    both have levels: sqrt(chi^2 / (n min(r - 1, c - 1))), 0 to 1 (Cramer, 1946) */
char *tt_describe_json(const tt_table *table, const tt_config *config, int32_t n,
                       const int32_t *columns, int32_t n_bins, tt_error *error);

/* The same columns before and after the preparation: how the values of the training rows lie as
 * they are in the file, and how what the network is fed in their place lies. `dataset` was made
 * from `table`; columns, bins, result and failure are as above (schema: prepared-json.c). */
char *tt_prepared_json(const tt_table *table, const tt_dataset *dataset, int32_t n,
                       const int32_t *columns, int32_t n_bins, tt_error *error);

enum { TT_MAX_DESCRIBED_BINS = 100 };

#endif
