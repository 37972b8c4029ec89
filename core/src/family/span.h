#ifndef TT_SPAN_H
#define TT_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* One tensor among the flat parameters: a weight, (n_in, n_out) row-major, or a vector of n_out
 * values (a bias), with n_in 1. */
typedef struct tt_span {
    int64_t offset;
    int32_t n_in, n_out;
    bool weight; /* a weight matrix: what penalties are meant for */
    bool hidden; /* of a hidden layer */
} tt_span;

static inline int64_t tt_span_size(const tt_span *span) {
    return (int64_t)span->n_in * span->n_out;
}

#endif
