#ifndef TT_SNIFF_H
#define TT_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

/* Guesses the delimiter of a CSV file from its first bytes: among comma, semicolon, tab and pipe
 * the one that gives most records as many cells as the first, which must have two or more; of
 * equals the one with more cells, then the first in this list. Comma when there is none. `complete`
 * says that the bytes are the whole file, so that the last record counts although no line break
 * ends it. */
char tt_sniff_delimiter(const char *bytes, size_t size, bool complete);

/* Between a delimiter and its name in data.delimiter: "comma", "semicolon", "tab", "pipe". Any
 * other name, such as "auto", gives 0. */
char tt_delimiter_of(const char *key);
const char *tt_delimiter_key(char delimiter);

/* Why the first bytes are no text in UTF-8, as a sentence with a way out, or NULL when they may be.
 */
const char *tt_sniff_binary(const char *bytes, size_t size);

#endif
