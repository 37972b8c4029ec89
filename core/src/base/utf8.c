#include "utf8.h"

#include "byte-lanes.h"

typedef unsigned char byte;

/* Length of the well-formed sequence at `at`, or 0. */
static size_t sequence(const byte *at, size_t room) {
    byte first = at[0];
    if (first < 0x80)
        return 1;
    size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || length > room)
        return 0;
    byte low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    byte high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

/* Where the bytes stop being ASCII. */
static size_t skip_ascii(const char *bytes, size_t at, size_t size) {
    while (size - at >= TT_BYTE_LANES && tt_top_bits(tt_load_bytes(bytes + at)) == 0)
        at += TT_BYTE_LANES;
    while (at < size && (byte)bytes[at] < 0x80)
        at++;
    return at;
}

bool tt_is_utf8(const char *bytes, size_t size) {
    for (size_t at = skip_ascii(bytes, 0, size), length; at < size; at += length)
        if ((length = sequence((const byte *)bytes + at, size - at)) == 0)
            return false;
    return true;
}

tt_utf8_count tt_count_utf8(const char *bytes, size_t size) {
    tt_utf8_count count = {0};
    for (size_t at = skip_ascii(bytes, 0, size); at < size; at = skip_ascii(bytes, at, size)) {
        size_t length = sequence((const byte *)bytes + at, size - at);
        if (length == 0 && count.n_bad++ == 0)
            count.first_bad = at;
        count.n_sequences += length > 0;
        at += length > 0 ? length : 1;
    }
    return count;
}

size_t tt_put_utf8(uint32_t code, char *text) {
    if (code < 0x80) {
        text[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        text[i] = (char)(0x80 | (code & 0x3f));
    text[0] = (char)((0xf00 >> length & 0xf0) | code);
    return length;
}

size_t tt_windows1252_to_utf8(const char *bytes, size_t size, char *text) {
    static const uint16_t special[32] = {
        0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
        0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        byte code = (byte)bytes[i];
        bool is_special = code >= 0x80 && code < 0xa0;
        length += tt_put_utf8(is_special ? special[code - 0x80] : code, text + length);
    }
    return length;
}

size_t tt_utf8_cut(const char *text, size_t size, size_t limit) {
    if (size <= limit)
        return size;
    while (limit > 0 && ((byte)text[limit] & 0xc0) == 0x80)
        limit--;
    return limit;
}
