#ifndef TT_ACTIVATION_MAP_H
#define TT_ACTIVATION_MAP_H

#include <string.h>

#include "activation-rows.h"
#include "lanes.h"

/* y[i] = f(x[i]), times factor[i] unless that is NULL, four at a time; the last few go through a
 * padded vector, so that every element takes the same path whatever n is. */
static inline void tt_map(const double *p, int32_t n, const float *x, const float *factor, float *y,
                          tt_f32x4 (*f)(const double *p, tt_f32x4 x)) {
    int32_t whole = n & ~3, rest = n & 3;
    for (int32_t i = 0; i < whole; i += 4) {
        tt_f32x4 v = f(p, tt_load(x + i));
        tt_store(y + i, factor ? v * tt_load(factor + i) : v);
    }
    if (rest) {
        tt_f32x4 v = f(p, tt_load_few(x + whole, rest));
        tt_store_few(y + whole, rest, factor ? v * tt_load_few(factor + whole, rest) : v);
    }
}

/* The functions of a row that takes every element on its own, from three of an element: its value
 * name_of, its slope name_slope at what backward is given, and name_at, its value in double. */
#define TT_ELEMENTWISE(name)                                                                       \
    void tt_##name##_forward(const double *p, int32_t rows, int32_t cols, const float *x,          \
                             float *y) {                                                           \
        tt_map(p, rows *cols, x, NULL, y, name##_of);                                              \
    }                                                                                              \
    void tt_##name##_backward(const double *p, int32_t rows, int32_t cols, const float *kept,      \
                              const float *dy, float *dx) {                                        \
        tt_map(p, rows *cols, kept, dy, dx, name##_slope);                                         \
    }                                                                                              \
    void tt_##name##_reference(const double *p, int32_t cols, const double *x, double *y) {        \
        for (int32_t j = 0; j < cols; j++)                                                         \
            y[j] = name##_at(p, x[j]);                                                             \
    }

#endif
