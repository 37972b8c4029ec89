#include "select.h"

static void swap(double *a, double *b) {
    double kept = *a;
    *a = *b;
    *b = kept;
}

static double middle_of_three(double a, double b, double c) {
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* Hoare's quickselect: afterwards x[k] is where sorting would put it, and nothing before it is
 * larger. The pivot is the middle one of three at random places, so that no order of a file makes
 * it slow; the result does not depend on the draw. */
static double select(int64_t n, double *x, int64_t k) {
    uint64_t state = 1;
    for (int64_t low = 0, high = n - 1; low < high;) {
        int64_t at[3];
        for (int i = 0; i < 3; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            at[i] = low + (int64_t)((state >> 33) % (uint64_t)(high - low + 1));
        }
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
    return x[k];
}

double tt_median(int64_t n, double *x) {
    double upper = select(n, x, n / 2);
    if (n % 2 == 1)
        return upper;
    double lower = x[0];
    for (int64_t i = 1; i < n / 2; i++)
        lower = x[i] > lower ? x[i] : lower;
    return lower / 2 + upper / 2;
}

double tt_quantile(int64_t n, double *x, double share) {
    double place = share * (double)(n - 1);
    int64_t below = (int64_t)place;
    double rest = place - (double)below, low = select(n, x, below);
    if (rest == 0)
        return low;
    double high = x[below + 1];
    for (int64_t i = below + 2; i < n; i++)
        high = x[i] < high ? x[i] : high;
    return low + (high - low) * rest;
}
