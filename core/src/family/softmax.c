#include "softmax.h"

#include "maths-lanes.h"

/* The largest of n scores, the first of equals. */
static tt_softmax_row find_peak(int32_t n, const float *z) {
    tt_softmax_row row = {.peak = 0, .most = z[0], .rest = 0};
    for (int32_t j = 1; j < n; j++) {
        row.peak = z[j] > row.most ? j : row.peak;
        row.most = z[j] > row.most ? z[j] : row.most;
    }
    return row;
}

/* To add 0 for the peak, and for what is beyond the row, changes no bit of a sum. */
tt_softmax_row tt_softmax_of(int32_t n, const float *z, float *e) {
    tt_softmax_row row = find_peak(n, z);
    tt_i32x4 index = {0, 1, 2, 3};
    for (int32_t j = 0; j < n; j += 4, index += 4) {
        const int32_t width = n - j < 4 ? n - j : 4;
        tt_f32x4 v = width == 4 ? tt_load(z + j) : tt_load_few(z + j, width);
        v = tt_exp_negative_lanes(v - row.most);
        if (e && width == 4)
            tt_store(e + j, v);
        else if (e)
            tt_store_few(e + j, width, v);
        v = tt_where((tt_i32x4)(index < n) & (tt_i32x4)(index != row.peak), v);
        row.rest = (((row.rest + v[0]) + v[1]) + v[2]) + v[3];
    }
    return row;
}

void tt_softmax(int32_t n, const float *z, float *p) {
    const float total = 1 + tt_softmax_of(n, z, p).rest;
    for (int32_t j = 0; j < n; j++)
        p[j] /= total;
}

double tt_log_sum_exp(int32_t n, const double *z) {
    double most = z[0], sum = 0;
    for (int32_t j = 1; j < n; j++)
        most = z[j] > most ? z[j] : most;
    for (int32_t j = 0; j < n; j++)
        sum += tt_exp(z[j] - most);
    return most + tt_log(sum);
}
