#include "value.h"

#include <stdlib.h>
#include <string.h>

#include "decimal.h"
#include "rows.h"
#include "settings.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

const char *tt_next_item(const char **cursor, size_t *size) {
    const char *start = *cursor;
    if (!start)
        return NULL;
    while (is_blank(*start))
        start++;
    const char *comma = strchr(start, ',');
    const char *end = comma ? comma : start + strlen(start);
    *cursor = comma ? comma + 1 : NULL;
    while (end > start && is_blank(end[-1]))
        end--;
    *size = (size_t)(end - start);
    return *size == 0 && !comma ? NULL : start;
}

int32_t tt_row_index(const tt_family *family, const char *key, size_t size) {
    for (int32_t i = 0; i < family->n_rows; i++) {
        const char *known = tt_family_row(family, i)->key;
        if (strlen(known) == size && memcmp(known, key, size) == 0)
            return i;
    }
    return -1;
}

const tt_family *tt_choices_family(const char *choices) {
    for (int32_t f = 0; choices[0] == '@' && f < tt_n_families(); f++)
        if (strcmp(tt_family_at(f)->key, choices + 1) == 0)
            return tt_family_at(f);
    return NULL;
}

int32_t tt_choice_index(const char *choices, const char *word, size_t size) {
    const tt_family *family = tt_choices_family(choices);
    if (family)
        return tt_row_index(family, word, size);
    int32_t index = 0;
    for (const char *at = choices;; at++, index++) {
        const char *end = strchr(at, '|');
        size_t length = end ? (size_t)(end - at) : strlen(at);
        if (length == size && memcmp(at, word, size) == 0)
            return index;
        if (!end)
            return -1;
        at = end;
    }
}

char tt_next_name(const char **cursor, const char *stops, char *name, size_t size) {
    const char *at = *cursor;
    size_t length = 0;
    while (is_blank(*at))
        at++;
    bool quoted = *at == '"';
    at += quoted;
    for (; *at && (quoted || !strchr(stops, *at)); at++) {
        if (quoted && *at == '"') {
            if (at[1] != '"') {
                quoted = false;
                continue;
            }
            at++;
        }
        if (length + 1 < size)
            name[length++] = *at;
    }
    name[length] = 0;
    *cursor = *at ? at + 1 : at;
    return *at;
}

bool tt_config_next_column(const char **cursor, char *name, size_t size) {
    bool any = **cursor;
    if (any)
        tt_next_name(cursor, ",", name, size);
    return any;
}

void tt_param_default(const tt_param *param, char *text, size_t size) {
    bool number = param->kind == TT_KIND_REAL || param->kind == TT_KIND_INTEGER ||
                  param->kind == TT_KIND_FLAG;
    if (number)
        tt_format(text, size, "%g", param->value);
    else
        tt_format(text, size, "%s", param->text);
}

bool tt_is_per_layer(const tt_family *family, const tt_param *param) {
    return family->pick == TT_PICK_PER_LAYER && param->kind == TT_KIND_REAL;
}

tt_param tt_param_as_list(const tt_param *param) {
    tt_param list = *param;
    list.kind = TT_KIND_REALS;
    list.n_max = TT_MAX_HIDDEN;
    return list;
}

static tt_status read_number(const tt_param *param, const char *key, const char *item, size_t size,
                             bool whole, tt_text *normalised, tt_error *error) {
    double value;
    char word[64];
    tt_format(word, sizeof word, "%s", item);
    word[size < sizeof word ? size : sizeof word - 1] = 0;
    if (!tt_parse_decimal(item, size, &value) || value - value != 0)
        return tt_fail_key(error, key, "%s takes a number from %g to %g; \"%s\" is none.",
                           param->label, param->min, param->max, word);
    if (value < param->min || value > param->max)
        return tt_fail_key(error, key, "%s must be from %g to %g; %s is outside.", param->label,
                           param->min, param->max, word);
    if (whole && value != (double)(int64_t)value)
        return tt_fail_key(error, key, "%s takes a whole number from %g to %g, not %s.",
                           param->label, param->min, param->max, word);
    tt_text_add(normalised, "%g", value == 0 ? 0 : value);
    return TT_OK;
}

static tt_status read_numbers(const tt_param *param, const char *key, const char *value, bool whole,
                              tt_text *normalised, tt_error *error) {
    const char *cursor = value, *item;
    int32_t n = 0;
    for (size_t size; (item = tt_next_item(&cursor, &size)); n++) {
        if (n > 0)
            tt_text_add(normalised, ",");
        if (n == param->n_max && n > 0)
            return tt_fail_key(error, key, "%s takes at most %i values.", param->label, (int)n);
        tt_status status = read_number(param, key, item, size, whole, normalised, error);
        if (status != TT_OK)
            return status;
    }
    return TT_OK;
}

static tt_status read_flag(const tt_param *param, const char *key, const char *value,
                           tt_text *normalised, tt_error *error) {
    static const char words[] = "0|1|no|yes|false|true|off|on";
    int32_t index = tt_choice_index(words, value, strlen(value));
    if (index < 0)
        return tt_fail_key(error, key, "%s takes 1 (yes) or 0 (no), not \"%s\".", param->label,
                           value);
    tt_text_add(normalised, "%i", index % 2);
    return TT_OK;
}

static tt_status fail_row(const tt_family *family, const char *key, const char *label,
                          const char *item, size_t size, tt_error *error) {
    tt_text known = {0}, word = {0};
    tt_text_add_bytes(&word, item, size);
    for (int32_t i = 0; i < family->n_rows; i++)
        tt_text_add(&known, i > 0 ? ", %s" : "%s", tt_family_row(family, i)->key);
    tt_fail_key(error, key, "%s takes %s; \"%s\" is none of them.", label,
                known.bytes ? known.bytes : "", word.bytes ? word.bytes : "");
    free(known.bytes);
    free(word.bytes);
    return TT_BAD_SETTING;
}

static tt_status fail_choice(const tt_param *param, const char *key, const char *item, size_t size,
                             tt_error *error) {
    const tt_family *family = tt_choices_family(param->choices);
    if (family)
        return fail_row(family, key, param->label, item, size, error);
    return tt_fail_key(error, key, "%s takes one of %s; \"%s\" is none of them.", param->label,
                       param->choices, item);
}

static tt_status read_choices(const tt_param *param, const char *key, const char *value, bool many,
                              tt_text *normalised, tt_error *error) {
    const char *cursor = value, *item;
    for (size_t size; (item = many ? tt_next_item(&cursor, &size) : value);) {
        size = many ? size : strlen(value);
        if (tt_choice_index(param->choices, item, size) < 0)
            return fail_choice(param, key, item, size, error);
        tt_text_add(normalised, normalised->size > 0 ? "," : "");
        tt_text_add_bytes(normalised, item, size);
        if (!many)
            break;
    }
    return TT_OK;
}

tt_status tt_read_param(const tt_param *param, const char *key, const char *value,
                        tt_text *normalised, tt_error *error) {
    switch (param->kind) {
    case TT_KIND_REAL:
    case TT_KIND_INTEGER:
        return read_number(param, key, value, strlen(value), param->kind == TT_KIND_INTEGER,
                           normalised, error);
    case TT_KIND_REALS:
    case TT_KIND_INTEGERS:
        return read_numbers(param, key, value, param->kind == TT_KIND_INTEGERS, normalised, error);
    case TT_KIND_FLAG:
        return read_flag(param, key, value, normalised, error);
    case TT_KIND_CHOICE:
    case TT_KIND_CHOICES:
        return read_choices(param, key, value, param->kind == TT_KIND_CHOICES, normalised, error);
    case TT_KIND_TEXT:
    case TT_KIND_COLUMN:
    case TT_KIND_COLUMNS:
    case TT_KIND_STEPS:
        break;
    }
    tt_text_add(normalised, "%s", value);
    return TT_OK;
}

tt_status tt_read_choice_of_rows(const tt_family *family, const char *value, tt_text *normalised,
                                 tt_error *error) {
    const char *cursor = value, *item;
    bool automatic = strcmp(family->choice, "auto") == 0;
    int32_t n = 0;
    for (size_t size; (item = tt_next_item(&cursor, &size)); n++) {
        bool is_auto = automatic && size == 4 && memcmp(item, "auto", 4) == 0;
        if (!is_auto && tt_row_index(family, item, size) < 0)
            return fail_row(family, family->key, family->label, item, size, error);
        tt_text_add(normalised, n > 0 ? "," : "");
        tt_text_add_bytes(normalised, item, size);
    }
    if (n != 1 && family->pick == TT_PICK_ONE)
        return fail_row(family, family->key, family->label, value, strlen(value), error);
    if (n == 0 && family->pick == TT_PICK_PER_LAYER)
        return fail_row(family, family->key, family->label, value, strlen(value), error);
    return TT_OK;
}
