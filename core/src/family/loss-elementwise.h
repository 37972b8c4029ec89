#ifndef TT_LOSS_ELEMENTWISE_H
#define TT_LOSS_ELEMENTWISE_H

#include "lanes.h"
#include "loss-rows.h"

/* Four outputs with their targets, and the item of the loss's list for their column. */
typedef struct tt_elements {
    tt_f32x4 z, y, listed;
} tt_elements;

typedef tt_f32x4 (*tt_element_loss)(const double *p, tt_elements e, tt_f32x4 *slope);

/* The items of a list, and the weights of the rows, for `width` elements from element i on
 * (loss.c). */
tt_f32x4 tt_listed_elements(const double *list, int32_t outputs, int32_t i, int32_t width);
tt_f32x4 tt_weights_of_elements(const tt_rows *rows, int32_t i, int32_t width);

/* Losses that take every output on its own. `list` is NULL for those without one. */
static inline double tt_sum_elements(const double *p, const tt_rows *rows, const double *list,
                                     tt_element_loss f) {
    const int32_t n = rows->n * rows->outputs;
    const float share = rows->scale / (float)rows->outputs;
    const bool differ = list && list[0] > 1;
    const tt_f32x4 same = tt_splat(list ? (float)tt_listed(list, 0) : 1);
    double total = 0;
    for (int32_t i = 0; i < n; i += 4) {
        const int32_t width = n - i < 4 ? n - i : 4;
        const bool whole = width == 4;
        tt_elements e = {
            .z = whole ? tt_load(rows->z + i) : tt_load_few(rows->z + i, width),
            .y = whole ? tt_load(rows->y + i) : tt_load_few(rows->y + i, width),
            .listed = differ ? tt_listed_elements(list, rows->outputs, i, width) : same,
        };
        tt_f32x4 weight = rows->weight ? tt_weights_of_elements(rows, i, width) : tt_splat(1);
        tt_f32x4 slope, loss = weight * f(p, e, &slope);
        for (int32_t j = 0; j < width; j++)
            total += (double)loss[j];
        slope *= share * weight;
        if (rows->dz && whole)
            tt_store(rows->dz + i, slope);
        else if (rows->dz)
            tt_store_few(rows->dz + i, width, slope);
    }
    return total / rows->outputs;
}

/* The functions of a row from name_of, four elements with their slopes, and name_at, one element in
 * double. `list` is where among the parameters p the list begins, or NULL. */
#define TT_ELEMENTWISE_LOSS(name, list)                                                            \
    double tt_##name##_evaluate(const double *p, const tt_rows *rows) {                            \
        return tt_sum_elements(p, rows, list, name##_of);                                          \
    }                                                                                              \
    double tt_##name##_reference(const double *p, int32_t outputs, const double *z,                \
                                 const float *y) {                                                 \
        double sum = 0;                                                                            \
        for (int32_t j = 0; j < outputs; j++)                                                      \
            sum += name##_at(p, j, z[j], (double)y[j]);                                            \
        return sum / outputs;                                                                      \
    }

static inline tt_f32x4 tt_sign(tt_f32x4 d) {
    return tt_where((tt_i32x4)(d != 0), tt_with_sign_of(tt_splat(1), d));
}

#endif
