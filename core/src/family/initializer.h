#ifndef TT_INITIALIZER_H
#define TT_INITIALIZER_H

#include "random.h"
#include "rows.h"

typedef struct tt_initializer {
    tt_descriptor about;

    /* Fills a weight of fan_out * fan_in values, drawn in (out, in) row-major order. */
    void (*fill)(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random, float *w);

    /* Fills the fan_out biases that go with it; NULL for zeros. */
    void (*fill_bias)(const double *p, int32_t fan_in, int32_t fan_out, tt_random *random,
                      float *b);
} tt_initializer;

extern const tt_initializer tt_initializers[];
extern const tt_family tt_initializer_family;

#endif
