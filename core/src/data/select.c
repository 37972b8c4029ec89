#include "select.h"

#include <stdlib.h>

enum {
    SAMPLE = 1024,       /* numbers that a band is chosen by */
    MARGIN = 64,         /* of these on each side: four deviations of the rank that they tell */
    LARGE = 16 * SAMPLE, /* from here on a band pays */
};

static void swap(double *a, double *b) {
    double kept = *a;
    *a = *b;
    *b = kept;
}

static double middle_of_three(double a, double b, double c) {
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* A place from low to high. Results do not depend on the draw. */
static int64_t draw(uint64_t *state, int64_t low, int64_t high) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return low + (int64_t)((*state >> 33) % (uint64_t)(high - low + 1));
}

/* Hoare's quickselect: afterwards x[k] is where sorting would put it, and nothing before it is
 * larger. The pivot is the middle one of three at random places, so that no order of a file makes
 * it slow. */
static void quickselect(int64_t n, double *x, int64_t k) {
    uint64_t state = 1;
    for (int64_t low = 0, high = n - 1; low < high;) {
        int64_t at[3];
        for (int i = 0; i < 3; i++)
            at[i] = draw(&state, low, high);
        double pivot = middle_of_three(x[at[0]], x[at[1]], x[at[2]]);
        int64_t i = low, j = high;
        while (i <= j) {
            while (x[i] < pivot)
                i++;
            while (x[j] > pivot)
                j--;
            if (i <= j)
                swap(&x[i++], &x[j--]);
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            break;
    }
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Two numbers between which those of rank k and k + 1 very probably lie, with few others (Floyd and
 * Rivest, Expected Time Bounds for Selection, 1975). */
static void choose_band(int64_t n, const double *x, int64_t k, double band[2]) {
    static const double infinity = __builtin_inf();
    double sample[SAMPLE];
    uint64_t state = 1;
    for (int i = 0; i < SAMPLE; i++)
        sample[i] = x[draw(&state, 0, n - 1)];
    qsort(sample, SAMPLE, sizeof *sample, compare);
    int64_t at = k * SAMPLE / n, low = at - MARGIN, high = at + MARGIN;
    band[0] = low < 0 ? -infinity : sample[low];
    band[1] = high >= SAMPLE ? infinity : sample[high];
}

/* Moves the numbers within the band to the front and returns how many these are; `*n_below` is how
 * many are smaller. Every number is exchanged, and the front moves or does not: a branch would be
 * guessed wrong every other time. */
static int64_t gather_band(int64_t n, double *x, const double band[2], int64_t *n_below) {
    const double low = band[0], high = band[1];
    int64_t n_within = 0, below = 0;
    for (int64_t i = 0; i < n; i++) {
        double value = x[i];
        x[i] = x[n_within];
        x[n_within] = value;
        n_within += (value >= low) & (value <= high);
        below += value < low;
    }
    *n_below = below;
    return n_within;
}

/* The numbers of rank k and k + 1 in order; the same one twice where there is no rank k + 1. */
static void select_pair(int64_t n, double *x, int64_t k, double pair[2]) {
    if (n >= LARGE) {
        double band[2];
        int64_t n_below;
        choose_band(n, x, k, band);
        int64_t n_within = gather_band(n, x, band, &n_below);
        if (k >= n_below && k + 1 < n_below + n_within) {
            k -= n_below;
            n = n_within;
        }
    }
    quickselect(n, x, k);
    pair[0] = pair[1] = x[k];
    if (k + 1 == n)
        return;
    pair[1] = x[k + 1];
    for (int64_t i = k + 2; i < n; i++)
        pair[1] = x[i] < pair[1] ? x[i] : pair[1];
}

double tt_median(int64_t n, double *x) {
    double middle[2];
    select_pair(n, x, (n - 1) / 2, middle);
    return n % 2 == 1 ? middle[0] : middle[0] / 2 + middle[1] / 2;
}

double tt_quantile(int64_t n, double *x, double share) {
    double place = share * (double)(n - 1), pair[2];
    int64_t below = (int64_t)place;
    double rest = place - (double)below;
    select_pair(n, x, below, pair);
    return rest == 0 ? pair[0] : pair[0] + (pair[1] - pair[0]) * rest;
}
