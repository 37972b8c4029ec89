#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "decimal.h"

static bool reserve(tt_text *text, size_t more) {
    if (text->failed)
        return false;
    size_t need = text->size + more + 1;
    if (need <= text->capacity)
        return true;
    size_t capacity = text->capacity < 256 ? 256 : text->capacity;
    while (capacity < need)
        capacity *= 2;
    char *bytes = realloc(text->bytes, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void tt_text_add_bytes(tt_text *text, const char *bytes, size_t size) {
    if (!reserve(text, size))
        return;
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = 0;
}

static void add_string(tt_text *text, const char *string) {
    tt_text_add_bytes(text, string, strlen(string));
}

static void add_integer(tt_text *text, int64_t value) {
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    tt_text_add_bytes(text, digits + at, sizeof digits - at);
}

static void add_double(tt_text *text, double value) {
    char digits[TT_DECIMAL_SIZE];
    tt_text_add_bytes(text, digits, tt_format_decimal(value, digits));
}

static void add_json_string(tt_text *text, const char *string) {
    static const char hex[] = "0123456789abcdef";
    tt_text_add_bytes(text, "\"", 1);
    for (const char *at = string; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\') {
            char escape[2] = {'\\', *at};
            tt_text_add_bytes(text, escape, 2);
        } else if (byte < 0x20) {
            char escape[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
            tt_text_add_bytes(text, escape, 6);
        } else {
            tt_text_add_bytes(text, at, 1);
        }
    }
    tt_text_add_bytes(text, "\"", 1);
}

static void add_json_number(tt_text *text, double value) {
    if (value - value == 0)
        add_double(text, value);
    else
        add_string(text, "null");
}

static void add_formatted(tt_text *text, const char *format, va_list arguments) {
    for (const char *at = format; *at; at++) {
        if (*at != '%') {
            const char *end = strchr(at, '%');
            size_t size = end ? (size_t)(end - at) : strlen(at);
            tt_text_add_bytes(text, at, size);
            at += size - 1;
            continue;
        }
        switch (*++at) {
        case 's':
            add_string(text, va_arg(arguments, const char *));
            break;
        case 'c':
            tt_text_add_bytes(text, &(char){(char)va_arg(arguments, int)}, 1);
            break;
        case 'i':
            add_integer(text, va_arg(arguments, int));
            break;
        case 'l':
            add_integer(text, va_arg(arguments, int64_t));
            break;
        case 'g':
            add_double(text, va_arg(arguments, double));
            break;
        case 'j':
            add_json_string(text, va_arg(arguments, const char *));
            break;
        case 'n':
            add_json_number(text, va_arg(arguments, double));
            break;
        default:
            tt_text_add_bytes(text, "%", 1);
        }
    }
}

void tt_text_add(tt_text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_formatted(text, format, arguments);
    va_end(arguments);
}

char *tt_text_finish(tt_text *text) {
    reserve(text, 0);
    if (text->failed) {
        free(text->bytes);
        *text = (tt_text){0};
        return NULL;
    }
    text->bytes[text->size] = 0;
    return text->bytes;
}

static void format_into(char *buffer, size_t size, const char *format, va_list arguments) {
    tt_text text = {0};
    add_formatted(&text, format, arguments);
    size_t length = text.size < size ? text.size : size - 1;
    while (length < text.size && length > 0 && ((unsigned char)text.bytes[length] & 0xc0) == 0x80)
        length--;
    if (length > 0)
        memcpy(buffer, text.bytes, length);
    buffer[length] = 0;
    free(text.bytes);
}

void tt_format(char *buffer, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    format_into(buffer, size, format, arguments);
    va_end(arguments);
}

tt_status tt_fail(tt_error *error, tt_status status, const char *format, ...) {
    if (error) {
        *error = (tt_error){.status = status};
        va_list arguments;
        va_start(arguments, format);
        format_into(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

tt_status tt_fail_key(tt_error *error, const char *key, const char *format, ...) {
    if (error) {
        *error = (tt_error){.status = TT_BAD_SETTING};
        tt_format(error->key, sizeof error->key, "%s", key);
        va_list arguments;
        va_start(arguments, format);
        format_into(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return TT_BAD_SETTING;
}

tt_status tt_fail_at(tt_error *error, int64_t line, int64_t column, const char *format, ...) {
    if (error) {
        *error = (tt_error){.status = TT_BAD_DATA, .line = line, .column = column};
        va_list arguments;
        va_start(arguments, format);
        format_into(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return TT_BAD_DATA;
}

int tt_edit_distance(const char *a, const char *b) {
    enum { LONGEST = 127 };
    int row[LONGEST + 1];
    size_t length_a = strlen(a), length_b = strlen(b);
    if (length_a > LONGEST || length_b > LONGEST)
        return LONGEST;
    for (size_t j = 0; j <= length_b; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= length_a; i++) {
        int diagonal = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= length_b; j++) {
            int replaced = diagonal + (a[i - 1] != b[j - 1]);
            int shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < shorter ? replaced : shorter;
        }
    }
    return row[length_b];
}
