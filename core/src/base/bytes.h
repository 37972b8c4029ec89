#ifndef TT_BYTES_H
#define TT_BYTES_H

#include <stdint.h>

#include "text.h"

/* Numbers and texts as bytes, little-endian on every build, for files that are kept: numbers by
 * their bits, a text as its size and its bytes. */

void tt_put_u32(tt_text *bytes, uint32_t value);
void tt_put_u64(tt_text *bytes, uint64_t value);
void tt_put_doubles(tt_text *bytes, int64_t n, const double *values);
void tt_put_floats(tt_text *bytes, int64_t n, const float *values);
void tt_put_text(tt_text *bytes, const char *text);

/* What is left to read. A read that goes past the end sets `failed`, gives zeros, and so does every
 * one after it: it is enough to ask once, before what was read is relied on. */
typedef struct tt_reader {
    const unsigned char *at;
    size_t left;
    bool failed;
} tt_reader;

uint32_t tt_get_u32(tt_reader *reader);
uint64_t tt_get_u64(tt_reader *reader);
void tt_get_doubles(tt_reader *reader, int64_t n, double *values);
void tt_get_floats(tt_reader *reader, int64_t n, float *values);

/* Adds the text and a NUL to `text`; one with a NUL in it, or that is not UTF-8, fails. Returns its
 * size. */
size_t tt_get_text(tt_reader *reader, tt_text *text);

/* FNV-1a, 64 bit. */
uint64_t tt_checksum(const void *bytes, size_t size);

#endif
