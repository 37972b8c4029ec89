#ifndef TT_HISTOGRAM_H
#define TT_HISTOGRAM_H

#include "tabtrain/inspect.h"

/* A histogram is made in two rounds over the same values, which may come in portions: first their
 * range and mean, then the counts. Begin with {0}. `counts` has room for n_bins, all 0. */
void tt_histogram_measure(tt_histogram *histogram, int64_t n, const float *values);
void tt_histogram_place_bins(tt_histogram *histogram);
void tt_histogram_count(tt_histogram *histogram, int32_t n_bins, int64_t *counts, int64_t n,
                        const float *values);
void tt_histogram_finish(tt_histogram *histogram);

#endif
