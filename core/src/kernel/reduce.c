#include "reduce.h"

#include <string.h>

#include "lanes.h"

/* As many as keep an adder busy, each addition of which waits for the one before it. */
enum { SUMS = 16 };

double tt_sum_squares(int64_t n, const float *x) {
    double sum[SUMS] = {0};
    const float *const end = x + n, *const whole = x + n / SUMS * SUMS;
    for (; x != whole; x += SUMS)
        for (int j = 0; j < SUMS; j++)
            sum[j] += (double)x[j] * (double)x[j];
    for (int j = 0; x != end; x++, j++)
        sum[j] += (double)*x * (double)*x;
    for (int half = SUMS / 2; half > 0; half /= 2)
        for (int j = 0; j < half; j++)
            sum[j] += sum[j + half];
    return sum[0];
}

float tt_sum_squares_roughly(int64_t n, const float *x) {
    tt_f32x4 sum[4] = {0};
    int64_t i = 0;
    for (; i + SUMS <= n; i += SUMS)
        for (int v = 0; v < 4; v++) {
            tt_f32x4 values = tt_load(x + i + 4 * v);
            sum[v] += values * values;
        }
    tt_f32x4 all = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    float rest = 0;
    for (; i < n; i++)
        rest += x[i] * x[i];
    return (all[0] + all[1]) + (all[2] + all[3]) + rest;
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

/* Up to four vectors of columns, whose sums stay in registers; four fill a line of the cache.
 * Inlined with a constant count, so that the loops over it unroll. */
static inline __attribute__((always_inline)) void
add_vectors(const int count, int32_t rows, int32_t n, const float *x, float *sums) {
    tt_f32x4 sum[4];
    for (int v = 0; v < count; v++)
        sum[v] = tt_load(sums + 4 * v);
    for (int32_t i = 0; i < rows; i++, x += n)
        for (int v = 0; v < count; v++)
            sum[v] += tt_load(x + 4 * v);
    for (int v = 0; v < count; v++)
        tt_store(sums + 4 * v, sum[v]);
}

void tt_add_columns(int32_t rows, int32_t n, const float *x, float *sums) {
    int32_t j = 0;
    for (; j + 16 <= n; j += 16)
        add_vectors(4, rows, n, x + j, sums + j);
    for (; j + 4 <= n; j += 4)
        add_vectors(1, rows, n, x + j, sums + j);
    for (; j < n; j++)
        for (int32_t i = 0; i < rows; i++)
            sums[j] += x[(int64_t)i * n + j];
}
