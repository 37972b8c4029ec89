/* A case is only as good as its file: what is missing in it, or does not fit together, makes it
 * fail by name. */

#include "golden.h"

#include <stdio.h>

static bool is_count(const cJSON *item) {
    return cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble <= 1e8 &&
           item->valuedouble == (double)item->valueint;
}

/* The numbers that a shape asks for, or -1 where it is none. */
static double size_of_shape(const cJSON *shape) {
    double size = 1;
    for (const cJSON *item = shape->child; item; item = item->next)
        size = is_count(item) ? size * item->valuedouble : -1;
    return cJSON_IsArray(shape) && size <= 1e8 ? size : -1;
}

static bool is_flat(const cJSON *data) {
    for (const cJSON *item = data->child; item; item = item->next)
        if (cJSON_IsArray(item) || cJSON_IsObject(item))
            return false;
    return cJSON_IsArray(data);
}

static void check_tensor(golden *g, const char *name, const cJSON *shape, const cJSON *data) {
    double size = size_of_shape(shape);
    if (size < 0)
        golden_fail(g, "the shape of %s is no list of counts", name);
    else if (!data || !is_flat(data))
        golden_fail(g, "the data of %s are no flat list", name);
    else if (size != cJSON_GetArraySize(data))
        golden_fail(g, "%s has %d numbers, its shape asks for %.0f", name, cJSON_GetArraySize(data),
                    size);
}

void golden_check_tensors(golden *g, const cJSON *item) {
    const cJSON *shape = cJSON_IsObject(item) ? golden_at(item, "shape") : NULL;
    if (shape)
        check_tensor(g, item->string ? item->string : "a tensor", shape, golden_at(item, "data"));
    for (const cJSON *child = item && !shape ? item->child : NULL; child; child = child->next)
        golden_check_tensors(g, child);
}

bool golden_needs(golden *g, const char *paths) {
    while (*paths) {
        char path[64];
        size_t size = strcspn(paths, " ");
        snprintf(path, sizeof path, "%.*s", (int)size, paths);
        if (!golden_at(g->json, path))
            golden_fail(g, "%s is missing", path);
        paths += size + (paths[size] == ' ');
    }
    return golden_is_open(g);
}

bool golden_is_table(golden *g, const char *name, const cJSON *tensor) {
    bool table = cJSON_GetArraySize(golden_at(tensor, "shape")) == 2 && golden_size(tensor) > 0;
    if (!table)
        golden_fail(g, "%s is no table", name);
    return table;
}

bool golden_has_size(golden *g, const char *name, const cJSON *tensor, int64_t n) {
    int64_t size = golden_size(tensor);
    if (size != n)
        golden_fail(g, "%s has %d numbers, expected %d", name, (int)size, (int)n);
    return size == n;
}

bool golden_are_classes(golden *g, const char *name, int64_t n, const float *values,
                        int32_t n_classes) {
    for (int64_t i = 0; i < n; i++) {
        if (values[i] >= 0 && values[i] < (float)n_classes &&
            values[i] == (float)(int32_t)values[i])
            continue;
        golden_fail(g, "%s [%d] is %g, no class from 0 to %d", name, (int)i, (double)values[i],
                    (int)n_classes - 1);
        return false;
    }
    return true;
}

int32_t golden_count(golden *g, const cJSON *object, const char *path, int32_t least,
                     int32_t fallback) {
    enum { MOST = 10000000 };
    const cJSON *item = golden_at(object, path);
    if (!item || cJSON_IsNull(item))
        return fallback;
    if (is_count(item) && item->valueint >= least && item->valueint <= MOST)
        return item->valueint;
    golden_fail(g, "%s is no whole number from %d to %d", path, (int)least, MOST);
    return fallback;
}
