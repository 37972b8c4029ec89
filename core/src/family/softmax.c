#include "softmax.h"

#include <string.h>

#include "maths.h"

tt_softmax_row tt_softmax_of(int32_t n, const float *z, float *e) {
    tt_softmax_row row = {.peak = 0, .most = z[0], .rest = 0};
    for (int32_t j = 1; j < n; j++)
        if (z[j] > row.most) {
            row.peak = j;
            row.most = z[j];
        }
    for (int32_t j = 0; j < n; j += 4) {
        int32_t width = n - j < 4 ? n - j : 4;
        tt_f32x4 v = {0};
        memcpy(&v, z + j, (size_t)width * sizeof(float));
        v = tt_exp_f32x4(v - row.most);
        for (int32_t i = 0; i < width; i++)
            row.rest += j + i == row.peak ? 0 : v[i];
        if (e)
            memcpy(e + j, &v, (size_t)width * sizeof(float));
    }
    return row;
}

void tt_softmax(int32_t n, const float *z, float *p) {
    const tt_softmax_row row = tt_softmax_of(n, z, p);
    for (int32_t j = 0; j < n; j++)
        p[j] /= 1 + row.rest;
}

double tt_log_sum_exp(int32_t n, const double *z) {
    double most = z[0], sum = 0;
    for (int32_t j = 1; j < n; j++)
        most = z[j] > most ? z[j] : most;
    for (int32_t j = 0; j < n; j++)
        sum += tt_exp(z[j] - most);
    return most + tt_log(sum);
}
