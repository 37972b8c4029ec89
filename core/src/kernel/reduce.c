#include "reduce.h"

#include <string.h>

double tt_sum_squares(int64_t n, const float *x) {
    double sum[4] = {0};
    int64_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (int j = 0; j < 4; j++)
            sum[j] += (double)x[i + j] * (double)x[i + j];
    for (int j = 0; i < n; i++, j++)
        sum[j] += (double)x[i] * (double)x[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* The bits of magnitudes are in the order of their values, and integers can be compared four at a
 * time without care for NaN. */
float tt_largest_magnitude(int64_t n, const float *x) {
    int32_t most = 0;
    float result;
    for (int64_t i = 0; i < n; i++) {
        int32_t bits;
        memcpy(&bits, &x[i], sizeof bits);
        bits &= INT32_MAX;
        most = bits > most ? bits : most;
    }
    memcpy(&result, &most, sizeof result);
    return result;
}
