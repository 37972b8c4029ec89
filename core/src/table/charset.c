#include "charset.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "utf8.h"

static const struct {
    const char *name;
    const char *mark;
    size_t mark_size;
} charsets[] = {
    [TT_UTF8] = {"utf-8", "\xef\xbb\xbf", 3},
    [TT_UTF16_LE] = {"utf-16le", "\xff\xfe", 2},
    [TT_UTF16_BE] = {"utf-16be", "\xfe\xff", 2},
    [TT_WINDOWS_1252] = {"windows-1252", "", 0},
};

enum { N_CHARSETS = sizeof charsets / sizeof charsets[0] };

int tt_charset_of(const char *name) {
    for (int i = 0; i < N_CHARSETS; i++)
        if (strcmp(charsets[i].name, name) == 0)
            return i;
    return -1;
}

const char *tt_charset_name(tt_charset charset) {
    return charsets[charset].name;
}

size_t tt_mark_size(tt_charset charset, const char *bytes, size_t size) {
    size_t n = charsets[charset].mark_size;
    return n > 0 && size >= n && memcmp(bytes, charsets[charset].mark, n) == 0 ? n : 0;
}

/* UTF-16 without a mark: most characters of a table are ASCII, whose other byte is zero. */
static bool looks_like_utf16(const char *bytes, size_t size, size_t zero_place) {
    size_t zeros = 0, others = 0;
    for (size_t i = 0; i + 1 < size; i += 2) {
        zeros += bytes[i + zero_place] == 0;
        others += bytes[i + 1 - zero_place] == 0;
    }
    return size >= 4 && zeros * 4 > size && others * 64 < size;
}

/* The size without a character that the end of the bytes cuts off. */
static size_t without_cut_character(const char *bytes, size_t size) {
    size_t at = size;
    while (at > 0 && size - at < 3 && ((unsigned char)bytes[at - 1] & 0xc0) == 0x80)
        at--;
    return at > 0 && (unsigned char)bytes[at - 1] >= 0xc0 ? at - 1 : size;
}

tt_charset tt_sniff_charset(const char *bytes, size_t size, bool complete, char *evidence,
                            size_t room) {
    for (int i = 0; i < N_CHARSETS; i++)
        if (tt_mark_size((tt_charset)i, bytes, size) > 0) {
            tt_format(evidence, room, "the file begins with a byte order mark");
            return (tt_charset)i;
        }
    for (size_t zero_place = 0; zero_place < 2; zero_place++)
        if (looks_like_utf16(bytes, size, zero_place)) {
            tt_format(evidence, room, "every second byte is zero");
            return zero_place == 1 ? TT_UTF16_LE : TT_UTF16_BE;
        }
    tt_utf8_count count =
        tt_count_utf8(bytes, complete ? size : without_cut_character(bytes, size));
    if (count.n_bad > count.n_sequences + 3 || (count.n_bad > 0 && count.n_sequences == 0)) {
        tt_format(evidence, room, "byte %l of the file is not UTF-8", (int64_t)count.first_bad + 1);
        return TT_WINDOWS_1252;
    }
    tt_format(evidence, room,
              count.n_sequences > 0 ? "its letters are UTF-8" : "its letters are plain ASCII");
    return TT_UTF8;
}

static bool reserve(tt_decoder *decoder, size_t size) {
    if (size <= decoder->capacity)
        return true;
    char *text = realloc(decoder->text, size);
    if (!text)
        return false;
    decoder->text = text;
    decoder->capacity = size;
    return true;
}

static size_t put_bad(tt_decoder *decoder, char *out) {
    if (decoder->n_bad++ == 0)
        decoder->first_bad = decoder->offset - (int64_t)decoder->n_kept;
    return tt_put_utf8(0xfffd, out);
}

static uint32_t unit_at(const tt_decoder *decoder, size_t at) {
    bool low_first = decoder->charset == TT_UTF16_LE;
    return (uint32_t)decoder->kept[at + low_first] << 8 | decoder->kept[at + !low_first];
}

/* Writes the character that the kept bytes make, if they do; returns its length. */
static size_t take_kept(tt_decoder *decoder, char *out) {
    uint32_t first = unit_at(decoder, 0);
    bool high = first >= 0xd800 && first < 0xdc00, low = first >= 0xdc00 && first < 0xe000;
    if (high && decoder->n_kept < 4)
        return 0;
    if (high) {
        uint32_t second = unit_at(decoder, 2);
        if (second >= 0xdc00 && second < 0xe000) {
            decoder->n_kept = 0;
            return tt_put_utf8(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00), out);
        }
    }
    size_t length = high || low ? put_bad(decoder, out) : tt_put_utf8(first, out);
    memmove(decoder->kept, decoder->kept + 2, 2);
    decoder->n_kept -= 2;
    return decoder->n_kept == 2 ? length + take_kept(decoder, out + length) : length;
}

static size_t decode_utf16(tt_decoder *decoder, const char *bytes, size_t size, bool last) {
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        decoder->kept[decoder->n_kept++] = (unsigned char)bytes[i];
        decoder->offset++;
        if (decoder->n_kept % 2 == 0)
            length += take_kept(decoder, decoder->text + length);
    }
    if (last && decoder->n_kept > 0)
        length += put_bad(decoder, decoder->text + length);
    return length;
}

const char *tt_decode(tt_decoder *decoder, const char *bytes, size_t *size, bool last) {
    if (decoder->charset == TT_UTF8)
        return bytes;
    if (!reserve(decoder, 3 * *size + 8))
        return NULL;
    *size = decoder->charset == TT_WINDOWS_1252
                ? tt_windows1252_to_utf8(bytes, *size, decoder->text)
                : decode_utf16(decoder, bytes, *size, last);
    return decoder->text;
}

void tt_decoder_free(tt_decoder *decoder) {
    free(decoder->text);
    *decoder = (tt_decoder){0};
}
