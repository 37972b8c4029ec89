#ifndef TABTRAIN_PROBE_H
#define TABTRAIN_PROBE_H

#include "tabtrain/model.h"

/* What a model answers at points of one's choice: decision maps, curves, partial dependence, the
 * row that one wonders about. Points begin as a base row, encoded for the network as
 * (tt_probe_width) floats, in which one or two columns then take other values, in their own units.
 */
int32_t tt_probe_width(const tt_model *model);

/* The typical row: the median of each number, the most frequent level of each category, over the
 * training rows. */
void tt_probe_typical_row(const tt_model *model, float *base);

/* A row of a table that has the model's columns. TT_BAD_DATA as for tt_prediction_new. */
tt_status tt_probe_table_row(const tt_model *model, const tt_table *table, int64_t row, float *base,
                             tt_error *error);

/* The values that a column takes: for a number n >= 1 evenly from low to high, for a category all
 * its levels in order, whatever the rest says. */
typedef struct tt_axis {
    int32_t column; /* of the model */
    int32_t n;
    double low, high;
} tt_axis;

/* How many points an axis has, and where: numbers, or the indices of levels. */
int32_t tt_probe_n_points(const tt_model *model, const tt_axis *axis);
void tt_probe_points(const tt_model *model, const tt_axis *axis, double *values);

/* Predictions over one axis or the product of two: (points of axes[1], points of axes[0],
 * n_outputs), in the units of tt_report_predictions. TT_BAD_DATA when a value cannot be scaled,
 * TT_NO_MEMORY. */
tt_status tt_probe_map(tt_model *model, const float *base, int32_t n_axes, const tt_axis *axes,
                       double *predictions, tt_error *error);

/* Partial dependence of the predictions on a column is their mean over training rows in which that
 * column takes each value in turn, while the others stay as they are (Friedman, 2001: "Greedy
 * function approximation", section 8.2; scikit-learn's method="brute"). The line of one row is its
 * individual conditional expectation (Goldstein et al., 2015).
 *
 * tt_probe_sample draws `n` training rows without replacement, in order: all of them when there are
 * no more; returns how many. tt_probe_lines writes the lines of `n` such rows: (n, points,
 * n_outputs). tt_probe_mean averages lines in order: (points * n_outputs) = `size` values. The data
 * set is the one the model was trained on. */
int64_t tt_probe_sample(const tt_dataset *dataset, int64_t n, uint64_t seed, uint32_t *rows);
tt_status tt_probe_lines(tt_model *model, const tt_dataset *dataset, int64_t n,
                         const uint32_t *rows, const tt_axis *axis, double *lines, tt_error *error);
void tt_probe_mean(int64_t n, int64_t size, const double *lines, double *mean);

#endif
