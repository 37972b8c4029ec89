#ifndef TT_DISTRIBUTION_H
#define TT_DISTRIBUTION_H

#include "tabtrain/describe.h"
#include "text.h"

/* How some numbers lie. */
typedef struct tt_distribution {
    double min, max, mean, deviation; /* population deviation; NaN without a number */
    double low, high; /* of the bins, which are equal; the last one has its upper end */
    int32_t n_bins;   /* 0 without a number */
    int64_t bins[TT_MAX_DESCRIBED_BINS];
} tt_distribution;

/* Of `n` finite numbers. With `by_one`, which is for whole numbers, there is a bin for each of them
 * where they are few; else `n_bins` from the least to the greatest. */
void tt_distribute(int64_t n, const double *x, bool by_one, int32_t n_bins, tt_distribution *of);

/* {"low": 0.1, "high": 2.5, "counts": [34, ...]}, or null without a number. */
void tt_add_histogram_json(tt_text *json, const tt_distribution *of);

#endif
