#ifndef TT_SUMMARY_H
#define TT_SUMMARY_H

#include "cell.h"

/* Counts and moments of the cells of a column, gathered a run of rows at a time. */
typedef struct tt_summary {
    int64_t n_numbers, n_missing, n_words;
    bool whole;      /* all numbers are whole */
    double min, max; /* of the numbers; meaningless without any, as are the two below */
    double mean;
    double squares; /* sum of squared deviations from the mean */
} tt_summary;

tt_summary tt_summary_new(void);

/* Takes `n` more cells: two passes over the run for its own mean and deviations, then the pairwise
 * update of Chan, Golub and LeVeque (1979), which loses no digits to cancellation. */
void tt_summary_add(tt_summary *summary, const tt_cell *cells, int64_t n);

#endif
