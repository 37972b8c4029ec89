#ifndef TT_SNIFF_H
#define TT_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "dialect.h"

/* Finds how a file is written from its first bytes, by cutting them in every way that the settings
 * leave open. */

/* Fills in the dialect of `form`, which holds what the settings fix: TT_UNKNOWN for a character
 * that is open, -1 for open lines to skip. `complete` says that the bytes are the whole file. Of
 * the ways to cut the bytes, the one wins in which the largest share of the records has the usual
 * number of cells, two or more, and quotes that close well; of equals the one with more cells, then
 * the one with more quoted cells, then the plainest. False when memory runs out. */
bool tt_sniff_dialect(tt_file_form *form, const char *bytes, size_t size, bool complete);

/* Decides whether the first record names the columns: it does not if all its cells are numbers, or
 * if it has numbers and its words come again below them; it does otherwise. False when memory runs
 * out. */
bool tt_sniff_header(tt_file_form *form, const char *bytes, size_t size, bool complete);

/* Why the first bytes are those of another format than CSV, as a sentence with a way out; NULL when
 * they are of none that is known. */
const char *tt_sniff_format(const char *bytes, size_t size);

/* Whether the first bytes of a file are no text of one byte a character or more: NULs and control
 * characters, not just a few of them. */
bool tt_is_binary(const char *bytes, size_t size);

#endif
