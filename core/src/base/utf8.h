#ifndef TT_UTF8_H
#define TT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
bool tt_is_utf8(const char *bytes, size_t size);

/* How many sequences of two to four bytes are well-formed, and how many bytes belong to none. */
typedef struct tt_utf8_count {
    size_t n_sequences, n_bad;
    size_t first_bad; /* where the first of them is */
} tt_utf8_count;
tt_utf8_count tt_count_utf8(const char *bytes, size_t size);

/* Writes a code point as UTF-8; returns its length, 4 at most. */
size_t tt_put_utf8(uint32_t code, char *text);

/* Writes Windows-1252 bytes as UTF-8 to `text`, which has room for 3 * size bytes; returns the
 * length. It is Latin-1 with more letters; the five bytes that it leaves open are control
 * characters, as browsers have them. */
size_t tt_windows1252_to_utf8(const char *bytes, size_t size, char *text);

/* The largest size <= `limit` at which the text may be cut without splitting a character. */
size_t tt_utf8_cut(const char *text, size_t size, size_t limit);

#endif
