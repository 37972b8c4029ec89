#ifndef TT_CHARSET_H
#define TT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of a file as UTF-8, in front of everything that looks at characters. */

typedef enum tt_charset { TT_UTF8, TT_UTF16_LE, TT_UTF16_BE, TT_WINDOWS_1252 } tt_charset;

/* Between a charset and its name in data.charset; -1 for any other name, such as "auto". */
int tt_charset_of(const char *name);
const char *tt_charset_name(tt_charset charset);

/* Guesses from the first bytes, by their byte order mark, zeros at every second place, or what is
 * not UTF-8; `complete` says that they are the whole file; `evidence`, of `room` bytes, says
 * which. */
tt_charset tt_sniff_charset(const char *bytes, size_t size, bool complete, char *evidence,
                            size_t room);

/* The size of the byte order mark that the bytes begin with; 0 without one. */
size_t tt_mark_size(tt_charset charset, const char *bytes, size_t size);

/* Turns a stream of bytes to UTF-8. Begin with {.charset = ...}. */
typedef struct tt_decoder {
    tt_charset charset;
    unsigned char kept[4]; /* of a character that has not ended */
    size_t n_kept;
    int64_t n_bad;  /* halves of characters that stood alone: each is U+FFFD now */
    int64_t offset; /* of the next byte, from the start */
    int64_t first_bad;
    char *text;
    size_t capacity;
} tt_decoder;

/* The text of the next bytes, borrowed until the next call: the bytes themselves if they are UTF-8.
 * `last` says that no more will come. NULL when memory runs out. */
const char *tt_decode(tt_decoder *decoder, const char *bytes, size_t *size, bool last);

void tt_decoder_free(tt_decoder *decoder);

#endif
