#include "activation-rows.h"
#include "maths-lanes.h"
#include "softmax.h"

void tt_softmax_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    (void)p;
    tt_softmax(rows, cols, x, y);
}

void tt_softmax_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                         const float *dy, float *dx) {
    (void)p;
    for (int32_t i = 0; i < rows; i++, y += cols, dy += cols, dx += cols) {
        float mean = 0;
        for (int32_t j = 0; j < cols; j++)
            mean += y[j] * dy[j];
        for (int32_t j = 0; j < cols; j++)
            dx[j] = y[j] * (dy[j] - mean);
    }
}

void tt_softmax_reference(const double *p, int32_t cols, const double *x, double *y) {
    (void)p;
    double total = tt_log_sum_exp(cols, x);
    for (int32_t j = 0; j < cols; j++)
        y[j] = tt_exp(x[j] - total);
}

void tt_log_softmax_forward(const double *p, int32_t rows, int32_t cols, const float *x, float *y) {
    (void)p;
    for (int32_t first = 0; first < rows; first += 4, x += 4 * cols, y += 4 * cols) {
        const int32_t left = rows - first < 4 ? rows - first : 4;
        const tt_i32x4 at = tt_row_offsets(left, cols);
        const tt_softmax_lanes lanes = tt_softmax_of(left, cols, x, NULL);
        const tt_f32x4 log_total = tt_log1p_lanes(lanes.rest);
        for (int32_t j = 0; j < cols; j++)
            tt_put_column(y, at, j, (tt_column(x, at, j) - lanes.most) - log_total);
    }
}

void tt_log_softmax_backward(const double *p, int32_t rows, int32_t cols, const float *y,
                             const float *dy, float *dx) {
    (void)p;
    for (int32_t i = 0; i < rows; i++, y += cols, dy += cols, dx += cols) {
        float sum = 0;
        for (int32_t j = 0; j < cols; j++)
            sum += dy[j];
        for (int32_t j = 0; j < cols; j++)
            dx[j] = dy[j] - tt_exp_f32(y[j]) * sum;
    }
}

void tt_log_softmax_reference(const double *p, int32_t cols, const double *x, double *y) {
    (void)p;
    double total = tt_log_sum_exp(cols, x);
    for (int32_t j = 0; j < cols; j++)
        y[j] = x[j] - total;
}
