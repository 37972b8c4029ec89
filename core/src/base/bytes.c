#include "bytes.h"

#include <string.h>

#include "utf8.h"

void tt_put_u32(tt_text *bytes, uint32_t value) {
    char four[4];
    for (int i = 0; i < 4; i++)
        four[i] = (char)(value >> (8 * i) & 0xff);
    tt_text_add_bytes(bytes, four, sizeof four);
}

void tt_put_u64(tt_text *bytes, uint64_t value) {
    tt_put_u32(bytes, (uint32_t)value);
    tt_put_u32(bytes, (uint32_t)(value >> 32));
}

void tt_put_doubles(tt_text *bytes, int64_t n, const double *values) {
    for (int64_t i = 0; i < n; i++) {
        uint64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        tt_put_u64(bytes, bits);
    }
}

void tt_put_floats(tt_text *bytes, int64_t n, const float *values) {
    for (int64_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        tt_put_u32(bytes, bits);
    }
}

void tt_put_text(tt_text *bytes, const char *text) {
    size_t size = strlen(text);
    tt_put_u32(bytes, (uint32_t)size);
    tt_text_add_bytes(bytes, text, size);
}

/* The next `size` bytes; NULL when there are fewer. */
static const unsigned char *take(tt_reader *reader, size_t size) {
    reader->failed |= reader->left < size;
    if (reader->failed)
        return NULL;
    const unsigned char *at = reader->at;
    reader->at += size;
    reader->left -= size;
    return at;
}

uint32_t tt_get_u32(tt_reader *reader) {
    const unsigned char *at = take(reader, 4);
    uint32_t value = 0;
    for (int i = 0; at && i < 4; i++)
        value |= (uint32_t)at[i] << (8 * i);
    return value;
}

uint64_t tt_get_u64(tt_reader *reader) {
    uint64_t low = tt_get_u32(reader);
    return low | (uint64_t)tt_get_u32(reader) << 32;
}

void tt_get_doubles(tt_reader *reader, int64_t n, double *values) {
    for (int64_t i = 0; i < n; i++) {
        uint64_t bits = tt_get_u64(reader);
        memcpy(&values[i], &bits, sizeof bits);
    }
}

void tt_get_floats(tt_reader *reader, int64_t n, float *values) {
    for (int64_t i = 0; i < n; i++) {
        uint32_t bits = tt_get_u32(reader);
        memcpy(&values[i], &bits, sizeof bits);
    }
}

size_t tt_get_text(tt_reader *reader, tt_text *text) {
    size_t size = tt_get_u32(reader);
    const char *at = (const char *)take(reader, size);
    reader->failed |= at && (memchr(at, 0, size) || !tt_is_utf8(at, size));
    if (reader->failed)
        return 0;
    tt_text_add_bytes(text, at, size);
    tt_text_add_bytes(text, "", 1);
    return size;
}

uint64_t tt_checksum(const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    return hash;
}
