#ifndef TT_UTF8_H
#define TT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes are well-formed UTF-8 (Unicode 15, table 3-7). */
bool tt_is_utf8(const char *bytes, size_t size);

/* Writes Latin-1 bytes as UTF-8 to `text`, which has room for 2 * size bytes; returns the length.
 */
size_t tt_latin1_to_utf8(const char *bytes, size_t size, char *text);

/* The largest size <= `limit` at which the text may be cut without splitting a character. */
size_t tt_utf8_cut(const char *text, size_t size, size_t limit);

#endif
