#ifndef TT_TEXT_H
#define TT_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "tabtrain/error.h"

/* Text building without printf: no locale, the same bytes on every platform.
 *
 * Formats know %s (const char *), %c (int), %i (int), %l (int64_t), %g (double, shortest form that
 * reads back), %j (const char *, as a JSON string with its quotes), %n (double, as a JSON number;
 * null when it is not finite) and %%. */

/* A text that grows. Begin with {0}; `bytes` is always NUL-terminated once something was added. */
typedef struct tt_text {
    char *bytes;
    size_t size, capacity;
    bool failed; /* memory ran out; what was added later is lost */
} tt_text;

void tt_text_add(tt_text *text, const char *format, ...);
void tt_text_add_bytes(tt_text *text, const char *bytes, size_t size);

/* The finished text, owned by the caller (free), or NULL if memory ran out on the way. */
char *tt_text_finish(tt_text *text);

/* Into a fixed buffer, cut to `size` without splitting a UTF-8 character; always NUL-terminated. */
void tt_format(char *buffer, size_t size, const char *format, ...);

/* Fills in `error` (NULL is allowed) and returns `status`. */
tt_status tt_fail(tt_error *error, tt_status status, const char *format, ...);

/* The same for a mistake in the setting `key`, and for one at a line and column of the file. */
tt_status tt_fail_key(tt_error *error, const char *key, const char *format, ...);
tt_status tt_fail_at(tt_error *error, int64_t line, int64_t column, const char *format, ...);

/* Number of single-character edits between two strings: for "did you mean". */
int tt_edit_distance(const char *a, const char *b);

#endif
