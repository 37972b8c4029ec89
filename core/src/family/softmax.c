#include "softmax.h"

#include "maths-lanes.h"

static tt_softmax_lanes find_peaks(int32_t n, const float *z, tt_i32x4 at) {
    tt_softmax_lanes lanes = {.most = tt_column(z, at, 0)};
    for (int32_t j = 1; j < n; j++) {
        tt_f32x4 score = tt_column(z, at, j);
        tt_i32x4 larger = (tt_i32x4)(score > lanes.most);
        lanes.peak = (larger & j) | (~larger & lanes.peak);
        lanes.most = tt_select(larger, score, lanes.most);
    }
    return lanes;
}

tt_softmax_lanes tt_softmax_of(int32_t rows, int32_t n, const float *z, float *e) {
    const tt_i32x4 at = tt_row_offsets(rows, n);
    tt_softmax_lanes lanes = find_peaks(n, z, at);
    for (int32_t j = 0; j < n; j++) {
        tt_f32x4 v = tt_exp_negative_lanes(tt_column(z, at, j) - lanes.most);
        lanes.rest += tt_where((tt_i32x4)(lanes.peak != j), v);
        if (e)
            tt_put_column(e, at, j, v);
    }
    return lanes;
}

void tt_softmax(int32_t rows, int32_t n, const float *z, float *p) {
    for (int32_t first = 0; first < rows; first += 4, z += 4 * n, p += 4 * n) {
        const int32_t left = rows - first < 4 ? rows - first : 4;
        const tt_i32x4 at = tt_row_offsets(left, n);
        const tt_f32x4 total = 1.0f + tt_softmax_of(left, n, z, p).rest;
        for (int32_t j = 0; j < n; j++)
            tt_put_column(p, at, j, tt_column(p, at, j) / total);
    }
}

double tt_log_sum_exp(int32_t n, const double *z) {
    double most = z[0], sum = 0;
    for (int32_t j = 1; j < n; j++)
        most = z[j] > most ? z[j] : most;
    for (int32_t j = 0; j < n; j++)
        sum += tt_exp(z[j] - most);
    return most + tt_log(sum);
}
