#include "golden.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

/* Keeps the first reason: the later ones mostly follow from it. */
static void give_reason(golden *g, const char *format, va_list arguments) {
    if (golden_is_open(g))
        vsnprintf(g->reason, sizeof g->reason, format, arguments);
}

void golden_fail(golden *g, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    give_reason(g, format, arguments);
    va_end(arguments);
    g->failed = true;
}

void golden_unsupported(golden *g, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    give_reason(g, format, arguments);
    va_end(arguments);
    g->unsupported = true;
}

bool golden_is_open(const golden *g) {
    return !g->failed && !g->unsupported;
}

const cJSON *golden_at(const cJSON *object, const char *path) {
    while (object && *path) {
        char name[64];
        size_t size = strcspn(path, ".");
        assert(size < sizeof name);
        memcpy(name, path, size);
        name[size] = 0;
        object = cJSON_GetObjectItemCaseSensitive(object, name);
        path += size + (path[size] == '.');
    }
    return object;
}

const char *golden_text(const cJSON *object, const char *path) {
    const char *text = cJSON_GetStringValue(golden_at(object, path));
    return text ? text : "";
}

double golden_number(const cJSON *object, const char *path, double fallback) {
    const cJSON *item = golden_at(object, path);
    return item && !cJSON_IsNull(item) ? golden_value(item) : fallback;
}

double golden_value(const cJSON *item) {
    const char *text = cJSON_GetStringValue(item);
    if (text)
        return strcmp(text, "inf") == 0    ? (double)INFINITY
               : strcmp(text, "-inf") == 0 ? -(double)INFINITY
                                           : (double)NAN;
    return cJSON_IsBool(item) ? cJSON_IsTrue(item) : cJSON_GetNumberValue(item);
}

enum { ALIGNMENT = 16 };

/* Blocks form a list: each begins with the address of the one before. */
void *golden_room(golden *g, size_t count, size_t size) {
    void **block = calloc(1, ALIGNMENT + count * size);
    if (!block)
        abort();
    *block = g->room;
    g->room = block;
    return (char *)block + ALIGNMENT;
}

static const cJSON *values_of(const cJSON *tensor) {
    return cJSON_IsObject(tensor) ? golden_at(tensor, "data") : tensor;
}

int64_t golden_size(const cJSON *tensor) {
    int64_t n = 0;
    if (!cJSON_IsArray(values_of(tensor)))
        return tensor ? 1 : 0;
    for (const cJSON *item = values_of(tensor)->child; item; item = item->next)
        n += golden_size(item);
    return n;
}

int32_t golden_dimension(const cJSON *tensor, int32_t index) {
    const cJSON *shape = golden_at(tensor, "shape");
    if (shape)
        return index < cJSON_GetArraySize(shape) ? cJSON_GetArrayItem(shape, index)->valueint : 1;
    return index == 0 ? (int32_t)golden_size(tensor) : 1;
}

static double *flatten(const cJSON *tensor, double *values) {
    if (!cJSON_IsArray(values_of(tensor))) {
        *values = golden_value(tensor);
        return values + 1;
    }
    for (const cJSON *item = values_of(tensor)->child; item; item = item->next)
        values = flatten(item, values);
    return values;
}

double *golden_doubles(golden *g, const cJSON *tensor) {
    double *values = golden_room(g, (size_t)golden_size(tensor), sizeof *values);
    if (tensor)
        flatten(tensor, values);
    return values;
}

float *golden_floats(golden *g, const cJSON *tensor) {
    int64_t n = golden_size(tensor);
    double *wide = golden_doubles(g, tensor);
    float *values = golden_room(g, (size_t)n, sizeof *values);
    for (int64_t i = 0; i < n; i++)
        values[i] = (float)wide[i];
    return values;
}
