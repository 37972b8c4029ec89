#include <stdlib.h>

#include "normal.h"
#include "scaler-functions.h"

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The value below which the share q of n sorted values lies, between two of them on a straight
 * line. */
static double quantile_of(int64_t n, const double *sorted, double q) {
    double place = q * (double)(n - 1);
    int64_t below = (int64_t)place;
    if (below >= n - 1)
        return sorted[n - 1];
    double rise = sorted[below + 1] - sorted[below], share = place - (double)below;
    return share < 0.5 ? sorted[below] + rise * share : sorted[below + 1] - rise * (1 - share);
}

/* Between two percentiles of the standard normal distribution, which has neither 0 nor 100. */
static double normal_spread(double lower, double upper) {
    const double least = 1e-7;
    double low = lower / 100, high = upper / 100;
    return tt_normal_quantile(high < 1 - least ? high : 1 - least) -
           tt_normal_quantile(low > least ? low : least);
}

void tt_robust_fit(const double *p, int64_t n, double *x, double *fitted) {
    qsort(x, (size_t)n, sizeof *x, compare);
    double spread = quantile_of(n, x, p[1] / 100) - quantile_of(n, x, p[0] / 100);
    fitted[0] = p[2] != 0 ? quantile_of(n, x, 0.5) : 0;
    fitted[1] = p[3] != 0 && spread > 0 ? spread : 1;
    if (p[4] != 0)
        fitted[1] /= normal_spread(p[0], p[1]);
}

/* fitted: how many quantiles, less than 0 where ranks become normal, then the quantiles in rising
 * order */
int32_t tt_quantile_n_fitted(const double *p) {
    return 1 + (int32_t)p[0];
}

void tt_quantile_fit(const double *p, int64_t n, double *x, double *fitted) {
    int32_t m = p[0] < (double)n ? (int32_t)p[0] : (int32_t)n;
    double *quantiles = fitted + 1;
    qsort(x, (size_t)n, sizeof *x, compare);
    fitted[0] = p[1] != 0 ? -m : m;
    for (int32_t j = 0; j < m; j++) {
        quantiles[j] = quantile_of(n, x, m > 1 ? j / (double)(m - 1) : 0);
        if (j > 0 && quantiles[j] < quantiles[j - 1])
            quantiles[j] = quantiles[j - 1];
    }
}

/* How many of m rising values are less than x, or not greater where `equal` is set. */
static int32_t count_below(int32_t m, const double *values, double x, bool equal) {
    int32_t low = 0, high = m;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (values[middle] < x || (equal && values[middle] == x))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where a value occurs often, several quantiles are equal: it then gets the middle of their ranks.
 */
static double rank_among(int32_t m, const double *quantiles, double x) {
    if (m == 1 || x <= quantiles[0])
        return 0;
    if (x >= quantiles[m - 1])
        return 1;
    int32_t less = count_below(m, quantiles, x, false), up_to = count_below(m, quantiles, x, true);
    if (up_to > less)
        return (double)(less + up_to - 1) / 2 / (m - 1);
    double below = quantiles[less - 1];
    return ((less - 1) + (x - below) / (quantiles[less] - below)) / (m - 1);
}

/* The ends of a normal distribution would be infinite. */
double tt_quantile_apply(const double *fitted, double x) {
    const double end = 1e-7;
    if (fitted[0] > 0)
        return rank_among((int32_t)fitted[0], fitted + 1, x);
    double rank = rank_among((int32_t)-fitted[0], fitted + 1, x);
    return tt_normal_quantile(rank < end ? end : rank > 1 - end ? 1 - end : rank);
}

double tt_quantile_invert(const double *fitted, double y) {
    bool normal = fitted[0] < 0;
    int32_t last = (int32_t)(normal ? -fitted[0] : fitted[0]) - 1;
    const double *quantiles = fitted + 1;
    double place = (normal ? tt_normal_share(y) : y) * last;
    if (!(place > 0))
        return quantiles[0];
    int32_t below = place < last ? (int32_t)place : last;
    if (below == last)
        return quantiles[last];
    return quantiles[below] + (place - below) * (quantiles[below + 1] - quantiles[below]);
}

bool tt_quantile_plausible(int32_t n, const double *fitted) {
    double count = fitted[0] < 0 ? -fitted[0] : fitted[0];
    int32_t m = count >= 1 && count <= n - 1 ? (int32_t)count : 0;
    for (int32_t j = 2; j <= m; j++)
        if (fitted[j] < fitted[j - 1])
            return false;
    return m > 0;
}
