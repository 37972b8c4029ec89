#include "utf8.h"

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

bool tt_is_utf8(const char *bytes, size_t size) {
    for (size_t at = 0, length; at < size; at += length)
        if ((length = sequence((const byte *)bytes + at, size - at)) == 0)
            return false;
    return true;
}

size_t tt_latin1_to_utf8(const char *bytes, size_t size, char *text) {
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        byte code = (byte)bytes[i];
        if (code < 0x80) {
            text[length++] = (char)code;
        } else {
            text[length++] = (char)(0xc0 | code >> 6);
            text[length++] = (char)(0x80 | (code & 0x3f));
        }
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
