#ifndef STRTOD_TWIN_H
#define STRTOD_TWIN_H

/* The parser of numbers beside strtod, which is exactly rounded in glibc and in musl, which
 * emscripten uses. */

#include "unit.h"

#include "decimal.h"
#include "number-scan.h"

/* Whether the fast scan takes the number, whatever is behind it; then it must be the same. */
static inline bool scan_and_compare(const char *text, double wanted) {
    static const char *const behind[] = {",7.5", "\n123456", ";", "|", ""};
    enum { ROOM = 128 };
    char bytes[4096];
    size_t size = strlen(text);
    bool plain = false;
    assert_true(size + ROOM <= sizeof bytes);
    memcpy(bytes, text, size);
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        double value = 42;
        memset(bytes + size, 0, ROOM);
        memcpy(bytes + size, behind[i], strlen(behind[i]));
        const char *end = tt_scan_number(bytes, bytes + size + ROOM, &value);
        plain = end == bytes + size;
        if (plain && memcmp(&value, &wanted, sizeof value) != 0)
            fail_msg("%s scans as %a, not %a", text, value, wanted);
    }
    return plain;
}

static inline void compare_with_strtod(const char *text) {
    double value = 42, wanted = strtod(text, NULL);
    bool parsed = tt_parse_decimal(text, strlen(text), &value);
    if (!parsed || memcmp(&value, &wanted, sizeof value) != 0)
        fail_msg("%s gives %a, not %a", text, value, wanted);
    scan_and_compare(text, wanted);
}

#endif
