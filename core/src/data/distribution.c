#include "distribution.h"

#include <string.h>

#include "maths.h"

static void measure(int64_t n, const double *x, tt_distribution *of) {
    double squares = 0;
    of->min = of->max = x[0];
    of->mean = 0;
    for (int64_t i = 0; i < n; i++) {
        of->min = x[i] < of->min ? x[i] : of->min;
        of->max = x[i] > of->max ? x[i] : of->max;
        of->mean += (x[i] - of->mean) / (double)(i + 1);
    }
    for (int64_t i = 0; i < n; i++)
        squares += (x[i] - of->mean) * (x[i] - of->mean);
    of->deviation = tt_sqrt(squares / (double)n);
}

static void place_bins(bool by_one, int32_t n_bins, tt_distribution *of) {
    bool few = by_one && of->max - of->min < n_bins;
    of->n_bins = few ? (int32_t)(of->max - of->min) + 1 : of->max > of->min ? n_bins : 1;
    of->low = few ? of->min - 0.5 : of->min;
    of->high = few ? of->max + 0.5 : of->max;
}

void tt_distribute(int64_t n, const double *x, bool by_one, int32_t n_bins, tt_distribution *of) {
    memset(of, 0, sizeof *of);
    of->min = of->max = of->mean = of->deviation = __builtin_nan("");
    if (n == 0)
        return;
    measure(n, x, of);
    place_bins(by_one, n_bins, of);
    double half_range = of->high / 2 - of->low / 2; /* the range itself may be infinite */
    for (int64_t i = 0; i < n; i++) {
        double share = half_range > 0 ? (x[i] / 2 - of->low / 2) / half_range : 0;
        int32_t bin = (int32_t)(share * of->n_bins);
        of->bins[bin < of->n_bins ? bin : of->n_bins - 1]++;
    }
}

void tt_add_histogram_json(tt_text *json, const tt_distribution *of) {
    if (of->n_bins == 0) {
        tt_text_add(json, "null");
        return;
    }
    tt_text_add(json, "{\"low\":%n,\"high\":%n,\"counts\":[", of->low, of->high);
    for (int32_t i = 0; i < of->n_bins; i++)
        tt_text_add(json, i ? ",%l" : "%l", of->bins[i]);
    tt_text_add(json, "]}");
}
