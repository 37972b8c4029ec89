#ifndef TT_WIDE_H
#define TT_WIDE_H

#include <stdint.h>

/* An integer of 128 bits. */
typedef struct tt_wide {
    uint64_t high, low;
} tt_wide;

static inline tt_wide tt_multiply_wide(uint64_t a, uint64_t b) {
    uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
    uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
    return (tt_wide){a1 * b1 + (middle >> 32) + (other >> 32), other << 32 | (uint32_t)low};
}

#endif
