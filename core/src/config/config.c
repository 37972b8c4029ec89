#include "tabtrain/config.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "decimal.h"
#include "rows.h"
#include "settings.h"
#include "steps.h"
#include "text.h"
#include "utf8.h"
#include "value.h"

/* One key: a parameter, or a family's own choice of rows. */
typedef struct setting {
    char key[64];
    const tt_param *param;   /* NULL for a family's choice */
    const tt_family *family; /* set for a family's choice */
    bool per_layer;          /* takes one number, or one for each hidden layer */
    int32_t by_column;       /* as in tt_param and tt_family */
    char *text;              /* normalised; NULL while it is the default */
    char fallback[64];       /* the default, normalised */
} setting;

struct tt_config {
    int32_t n;
    setting settings[];
};

/* Calls for every setting, in the order of the tables. With `settings` NULL it only counts. */
static void add(setting *settings, int32_t *n, const char *key, const tt_param *param,
                const tt_family *family) {
    if (settings) {
        setting *s = &settings[*n];
        tt_format(s->key, sizeof s->key, "%s", key);
        s->param = param;
        s->family = family;
        s->by_column = param ? param->by_column : family->by_column;
        if (param)
            tt_param_default(param, s->fallback, sizeof s->fallback);
        else
            tt_format(s->fallback, sizeof s->fallback, "%s", family->choice);
    }
    *n += 1;
}

static void add_params(setting *settings, int32_t *n, const char *prefix, const tt_param *params,
                       int32_t n_params) {
    for (int32_t i = 0; i < n_params; i++) {
        char key[64];
        tt_format(key, sizeof key, "%s.%s", prefix, params[i].key);
        add(settings, n, key, &params[i], NULL);
    }
}

static int32_t walk_settings(setting *settings) {
    int32_t n = 0;
    for (int32_t g = 0; g < tt_n_groups(); g++) {
        const tt_group *group = tt_group_at(g);
        add_params(settings, &n, group->key, group->params, group->n_params);
    }
    for (int32_t f = 0; f < tt_n_families(); f++) {
        const tt_family *family = tt_family_at(f);
        add(settings, &n, family->key, NULL, family);
        add_params(settings, &n, family->key, family->params, family->n_params);
        const int32_t first = n;
        for (int32_t r = 0; r < family->n_rows; r++) {
            const tt_descriptor *row = tt_family_row(family, r);
            char prefix[64];
            tt_format(prefix, sizeof prefix, "%s.%s", family->key, row->key);
            add_params(settings, &n, prefix, row->params, row->n_params);
        }
        for (int32_t i = first; settings && i < n; i++) {
            settings[i].per_layer = tt_is_per_layer(family, settings[i].param);
            settings[i].by_column = family->by_column;
        }
    }
    return n;
}

static size_t size_of(int32_t n) {
    return sizeof(tt_config) + (size_t)n * sizeof(setting);
}

tt_config *tt_config_new(void) {
    int32_t n = walk_settings(NULL);
    tt_config *config = calloc(1, size_of(n));
    if (!config)
        return NULL;
    config->n = walk_settings(config->settings);
    return config;
}

tt_config *tt_config_copy(const tt_config *config) {
    tt_config *copy = malloc(size_of(config->n));
    if (!copy)
        return NULL;
    memcpy(copy, config, size_of(config->n));
    for (int32_t i = 0; i < config->n; i++)
        copy->settings[i].text = NULL;
    for (int32_t i = 0; i < config->n; i++) {
        const char *text = config->settings[i].text;
        if (!text)
            continue;
        copy->settings[i].text = malloc(strlen(text) + 1);
        if (!copy->settings[i].text) {
            tt_config_free(copy);
            return NULL;
        }
        strcpy(copy->settings[i].text, text);
    }
    return copy;
}

void tt_config_free(tt_config *config) {
    if (!config)
        return;
    for (int32_t i = 0; i < config->n; i++)
        free(config->settings[i].text);
    free(config);
}

static const setting *find(const tt_config *config, const char *key) {
    for (int32_t i = 0; i < config->n; i++)
        if (strcmp(config->settings[i].key, key) == 0)
            return &config->settings[i];
    return NULL;
}

static const char *text_of(const setting *s) {
    return s->text ? s->text : s->fallback;
}

static tt_status fail_unknown(const tt_config *config, const char *key, tt_error *error) {
    const char *nearest = config->settings[0].key;
    int least = tt_edit_distance(key, nearest);
    for (int32_t i = 1; i < config->n; i++) {
        int distance = tt_edit_distance(key, config->settings[i].key);
        if (distance < least) {
            least = distance;
            nearest = config->settings[i].key;
        }
    }
    return tt_fail_key(error, key, "There is no setting \"%s\". Did you mean \"%s\"?", key,
                       nearest);
}

static tt_status read_value(const tt_config *config, const setting *s, const char *value,
                            tt_text *text, tt_error *error) {
    if (!s->param)
        return tt_read_choice_of_rows(s->family, value, text, error);
    if (s->param->kind == TT_KIND_STEPS)
        return tt_read_steps(config, s->key, value, text, error);
    if (!s->per_layer || !strchr(value, ','))
        return tt_read_param(s->param, s->key, value, text, error);
    tt_param list = tt_param_as_list(s->param);
    return tt_read_param(&list, s->key, value, text, error);
}

tt_status tt_config_set(tt_config *config, const char *key, const char *value, tt_error *error) {
    setting *s = (setting *)find(config, key);
    if (!s)
        return fail_unknown(config, key, error);
    if (!tt_is_utf8(value, strlen(value)))
        return tt_fail_key(error, key, "The value of %s is not UTF-8. Save the settings as UTF-8.",
                           s->key);
    tt_text text = {0};
    tt_status status = read_value(config, s, value, &text, error);
    if (status != TT_OK) {
        free(text.bytes);
        return status;
    }
    char *normalised = tt_text_finish(&text);
    if (!normalised)
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left for the setting \"%s\".", key);
    free(s->text);
    s->text = normalised;
    if (strcmp(s->text, s->fallback) == 0) {
        free(s->text);
        s->text = NULL;
    }
    return TT_OK;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* A line without its surrounding blanks; `*end` is moved to its last byte + 1. */
static const char *trim(const char *start, const char **end) {
    while (start < *end && is_blank(*start))
        start++;
    while (*end > start && is_blank((*end)[-1]))
        (*end)--;
    return start;
}

static tt_status read_line(tt_config *config, const char *start, const char *end, tt_error *error) {
    start = trim(start, &end);
    if (start == end || *start == '#')
        return TT_OK;
    if (memchr(start, 0, (size_t)(end - start)))
        return tt_fail_key(error, "", "There is a NUL byte. Save the settings as UTF-8.");
    tt_text line = {0};
    tt_text_add_bytes(&line, start, (size_t)(end - start));
    if (line.failed)
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left to read the settings.");
    char *equals = strchr(line.bytes, '=');
    tt_status status = TT_BAD_SETTING;
    if (!equals) {
        tt_fail_key(error, "", "Expected \"key = value\", found \"%s\".", line.bytes);
    } else {
        const char *key_end = equals, *value_end = line.bytes + line.size;
        const char *value = trim(equals + 1, &value_end);
        trim(line.bytes, &key_end);
        line.bytes[key_end - line.bytes] = 0;
        status = tt_config_set(config, line.bytes, value, error);
    }
    free(line.bytes);
    return status;
}

tt_status tt_config_read(tt_config *config, const char *text, size_t size, tt_error *error) {
    const char *at = text, *end = text + size;
    for (int64_t number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        tt_status status = read_line(config, at, stop, error);
        if (status != TT_OK) {
            if (error)
                error->line = number;
            return status;
        }
        at = stop + 1;
    }
    return TT_OK;
}

const char *tt_config_get(const tt_config *config, const char *key) {
    const setting *s = find(config, key);
    return s ? text_of(s) : NULL;
}

char *tt_config_text(const tt_config *config) {
    tt_text text = {0};
    for (int32_t i = 0; i < config->n; i++)
        if (!tt_config_is_default(config, i))
            tt_text_add(&text, "%s = %s\n", config->settings[i].key, config->settings[i].text);
    return tt_text_finish(&text);
}

int32_t tt_config_n_settings(const tt_config *config) {
    return config->n;
}

const char *tt_config_key(const tt_config *config, int32_t index) {
    assert(index >= 0 && index < config->n);
    return config->settings[index].key;
}

bool tt_config_is_default(const tt_config *config, int32_t index) {
    assert(index >= 0 && index < config->n);
    return config->settings[index].text == NULL;
}

static double number_of(const tt_param *param, const char *text) {
    double value = 0;
    if (param->kind == TT_KIND_CHOICE)
        return tt_choice_index(param->choices, text, strlen(text));
    bool parsed = tt_parse_decimal(text, strlen(text), &value);
    assert(parsed);
    (void)parsed;
    return value;
}

int32_t tt_config_by_column(const tt_config *config, const char *key) {
    const setting *s = find(config, key);
    return s ? s->by_column : 0;
}

double tt_config_number(const tt_config *config, const char *key) {
    const setting *s = find(config, key);
    assert(s && s->param);
    return number_of(s->param, text_of(s));
}

bool tt_config_is(const tt_config *config, const char *key, const char *value) {
    const char *text = tt_config_get(config, key);
    assert(text);
    return strcmp(text, value) == 0;
}

int32_t tt_config_list(const tt_config *config, const char *key, int32_t max, double *values) {
    const char *cursor = tt_config_get(config, key), *item;
    assert(cursor);
    int32_t n = 0;
    for (size_t size; (item = tt_next_item(&cursor, &size)); n++)
        if (n < max)
            tt_parse_decimal(item, size, &values[n]);
    return n;
}

int32_t tt_config_choices(const tt_config *config, const char *key, int32_t max, int32_t *indices) {
    const setting *s = find(config, key);
    assert(s && s->param);
    const char *cursor = text_of(s), *item;
    int32_t n = 0;
    for (size_t size; (item = tt_next_item(&cursor, &size)); n++)
        if (n < max)
            indices[n] = tt_choice_index(s->param->choices, item, size);
    return n;
}

int32_t tt_config_rows(const tt_config *config, const tt_family *family, int32_t task, int32_t max,
                       int32_t *rows) {
    const char *cursor = tt_config_get(config, family->key), *item;
    int32_t n = 0;
    for (size_t size; (item = tt_next_item(&cursor, &size)); n++) {
        int32_t row = tt_row_index(family, item, size);
        for (int32_t r = 0; row < 0 && r < family->n_rows; r++)
            if (tt_family_row(family, r)->auto_tasks & task)
                row = r;
        if (n < max)
            rows[n] = row;
    }
    return n;
}

/* Item `layer` of a setting that may list one for each layer, or its last. */
static double layer_number(const tt_config *config, const char *key, int32_t layer) {
    double items[TT_MAX_HIDDEN];
    int32_t n = tt_config_list(config, key, TT_MAX_HIDDEN, items);
    return items[layer < n ? layer : n - 1];
}

static void params_at(const tt_config *config, const char *prefix, const tt_param *params,
                      int32_t n, int32_t layer, double *values) {
    const double *end = values + TT_MAX_PARAMS;
    for (int32_t i = 0; i < n; i++) {
        char key[64];
        tt_format(key, sizeof key, "%s.%s", prefix, params[i].key);
        bool list = params[i].kind == TT_KIND_REALS || params[i].kind == TT_KIND_INTEGERS;
        assert(end - values >= (list ? 1 + TT_MAX_LIST : 1));
        if (list) {
            *values = tt_config_list(config, key, TT_MAX_LIST, values + 1);
            values += 1 + TT_MAX_LIST;
        } else {
            *values++ = find(config, key)->per_layer ? layer_number(config, key, layer)
                                                     : tt_config_number(config, key);
        }
    }
    (void)end;
}

void tt_config_layer_params(const tt_config *config, const tt_family *family, int32_t row,
                            int32_t layer, double *values) {
    const tt_descriptor *about = tt_family_row(family, row);
    char prefix[64];
    tt_format(prefix, sizeof prefix, "%s.%s", family->key, about->key);
    params_at(config, prefix, about->params, about->n_params, layer, values);
}

void tt_config_params(const tt_config *config, const tt_family *family, int32_t row,
                      double *values) {
    tt_config_layer_params(config, family, row, 0, values);
}

void tt_config_shared_params(const tt_config *config, const tt_family *family, double *values) {
    params_at(config, family->key, family->params, family->n_params, 0, values);
}
