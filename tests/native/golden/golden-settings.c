#include "golden.h"

#include <stdarg.h>
#include <stdio.h>

#include "settings.h"

int32_t golden_row(golden *g, const tt_family *family, const char *key) {
    int32_t row = tt_family_find(family, key);
    if (row < 0)
        golden_unsupported(g, "there is no %s %s", family->key, key);
    return row;
}

void golden_set(golden *g, const char *key, const char *format, ...) {
    char value[1024];
    tt_error error;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    if (!tt_config_get(g->config, key))
        golden_unsupported(g, "there is no setting %s", key);
    else if (tt_config_set(g->config, key, value, &error) != TT_OK)
        golden_fail(g, "%s", error.message);
}

/* A value as the text of a setting: flags as 1 or 0, lists with commas. */
static void print_value(const cJSON *value, char *text, size_t size) {
    if (cJSON_IsArray(value)) {
        size_t used = 0;
        text[0] = 0;
        for (const cJSON *item = value->child; item && used < size; item = item->next)
            used += (size_t)snprintf(text + used, size - used, "%s%.17g", used > 0 ? "," : "",
                                     golden_value(item));
    } else if (cJSON_IsString(value)) {
        snprintf(text, size, "%s", value->valuestring);
    } else {
        snprintf(text, size, "%.17g", golden_value(value));
    }
}

static void set_param(golden *g, const tt_family *family, const tt_descriptor *row,
                      const char *param, size_t size, const cJSON *value) {
    char key[96], text[1024];
    snprintf(key, sizeof key, "%s.%s.%.*s", family->key, row->key, (int)size, param);
    print_value(value, text, sizeof text);
    golden_set(g, key, "%s", text);
}

const char *golden_ours(const alias *aliases, const char *theirs) {
    for (; aliases && aliases->theirs; aliases++)
        if (strcmp(aliases->theirs, theirs) == 0)
            return aliases->ours;
    return theirs;
}

void golden_set_params(golden *g, const tt_family *family, int32_t row, const cJSON *values,
                       const alias *aliases) {
    const tt_descriptor *about = tt_family_row(family, row);
    if (values && !cJSON_IsObject(values)) {
        golden_fail(g, "the settings of %s are no object", about->key);
        return;
    }
    for (const cJSON *value = values ? values->child : NULL; value; value = value->next) {
        const char *ours = golden_ours(aliases, value->string);
        if (cJSON_IsNull(value) || !*ours)
            continue;
        const cJSON *item = strchr(ours, ',') ? value->child : value;
        for (; *ours && item; ours += *ours == ',', item = item->next) {
            size_t size = strcspn(ours, ",");
            set_param(g, family, about, ours, size, item);
            ours += size;
        }
    }
}

void golden_params(golden *g, const tt_family *family, int32_t row, const cJSON *values,
                   const alias *aliases, double *params) {
    golden_set_params(g, family, row, values, aliases);
    tt_config_params(g->config, family, row, params);
}
