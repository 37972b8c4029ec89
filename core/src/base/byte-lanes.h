#ifndef TT_BYTE_LANES_H
#define TT_BYTE_LANES_H

#include <stdint.h>
#include <string.h>

/* Sixteen bytes at a time. A comparison of lanes gives 0xff where it holds and 0 elsewhere. */
typedef uint8_t tt_u8x16 __attribute__((vector_size(16)));

enum { TT_BYTE_LANES = 16 };

static inline tt_u8x16 tt_splat_byte(char byte) {
    return (tt_u8x16){0} + (unsigned char)byte;
}

static inline tt_u8x16 tt_load_bytes(const char *at) {
    tt_u8x16 lanes;
    memcpy(&lanes, at, sizeof lanes);
    return lanes;
}

/* The top bit of each lane, the first lane lowest. The product moves the top bits of eight bytes
 * next to each other: none of its sums carries. */
static inline uint32_t tt_top_bits(tt_u8x16 lanes) {
#if defined(__wasm_simd128__)
    typedef signed char tt_i8x16 __attribute__((vector_size(16)));
    return (uint32_t)__builtin_wasm_bitmask_i8x16((tt_i8x16)lanes);
#elif defined(__SSE2__)
    typedef char tt_c8x16 __attribute__((vector_size(16)));
    return (uint32_t)__builtin_ia32_pmovmskb128((tt_c8x16)lanes);
#else
    const uint64_t top = 0x8080808080808080u, gather = 0x0002040810204081u;
    uint64_t halves[2];
    memcpy(halves, &lanes, sizeof halves);
    return (uint32_t)((halves[0] & top) * gather >> 56) |
           (uint32_t)((halves[1] & top) * gather >> 56) << 8;
#endif
}

#endif
