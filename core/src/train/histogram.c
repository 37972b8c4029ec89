#include "histogram.h"

#include <math.h>

#include "maths.h"

void tt_histogram_measure(tt_histogram *histogram, int64_t n, const float *values) {
    for (int64_t i = 0; i < n; i++) {
        double x = (double)values[i];
        if (!isfinite(x)) {
            histogram->n_not_finite += 1;
            continue;
        }
        bool first = histogram->n == 0;
        histogram->lowest = first || x < histogram->lowest ? x : histogram->lowest;
        histogram->highest = first || x > histogram->highest ? x : histogram->highest;
        histogram->mean += x;
        histogram->n += 1;
    }
}

void tt_histogram_place_bins(tt_histogram *histogram) {
    double x = histogram->lowest, size = x < 0 ? -x : x;
    histogram->mean /= (double)histogram->n;
    if (histogram->n == 0) {
        histogram->lowest = histogram->highest = histogram->deviation = NAN;
    } else if (x == histogram->highest) {
        histogram->lowest = x - (size > 1 ? size / 2 : 0.5);
        histogram->highest = x + (size > 1 ? size / 2 : 0.5);
    }
}

static double edge(const tt_histogram *histogram, int32_t n_bins, int32_t bin) {
    return histogram->lowest + bin * (histogram->highest - histogram->lowest) / n_bins;
}

/* The quotient may round across an edge; the edges themselves decide. */
static int32_t bin_of(const tt_histogram *histogram, int32_t n_bins, double x) {
    double width = histogram->highest - histogram->lowest;
    int32_t bin = (int32_t)((x - histogram->lowest) / width * n_bins);
    bin = bin < n_bins ? bin : n_bins - 1;
    if (bin > 0 && x < edge(histogram, n_bins, bin))
        return bin - 1;
    if (bin + 1 < n_bins && x >= edge(histogram, n_bins, bin + 1))
        return bin + 1;
    return bin;
}

void tt_histogram_count(tt_histogram *histogram, int32_t n_bins, int64_t *counts, int64_t n,
                        const float *values) {
    for (int64_t i = 0; i < n; i++) {
        double x = (double)values[i], off = x - histogram->mean;
        if (!isfinite(x))
            continue;
        histogram->deviation += off * off;
        counts[bin_of(histogram, n_bins, x)] += 1;
    }
}

void tt_histogram_finish(tt_histogram *histogram) {
    histogram->deviation = tt_sqrt(histogram->deviation / (double)histogram->n);
}
