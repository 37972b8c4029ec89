#include "steps.h"

#include <stdlib.h>
#include <string.h>

#include "settings.h"
#include "value.h"

enum { MAX_KEY = 64 };

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *at) {
    while (is_blank(*at))
        at++;
    return at;
}

/* To the next entry that has something in it. */
static const char *skip_entries(const char *at) {
    while (is_blank(*at) || *at == ';')
        at++;
    return at;
}

/* The end of the settings that begin at `at`. */
static const char *end_of_settings(const char *at) {
    return at + strcspn(at, ";");
}

/* The next setting of an entry and its size; NULL at the end of the entry. */
static const char *next_word(const char **cursor, size_t *size) {
    const char *word = skip_blanks(*cursor);
    *size = strcspn(word, " \t;");
    *cursor = word + *size;
    return *size > 0 ? word : NULL;
}

/* Takes a word "setting=value" apart, the key in full. */
static bool split_word(const tt_config *config, const char *word, size_t size, char key[MAX_KEY],
                       tt_text *value) {
    const char *equals = memchr(word, '=', size);
    size_t n = equals ? (size_t)(equals - word) : size;
    char name[MAX_KEY];
    if (!equals || n + sizeof "data." > MAX_KEY)
        return false;
    memcpy(name, word, n);
    name[n] = 0;
    tt_format(key, MAX_KEY, "data.%s", name);
    if (!tt_config_get(config, key))
        tt_format(key, MAX_KEY, "%s", name);
    tt_text_add_bytes(value, equals + 1, size - n - 1);
    return true;
}

static const char *short_key(const char *key) {
    return strncmp(key, "data.", 5) == 0 ? key + 5 : key;
}

static tt_status fail_form(const char *key, const char *found, size_t size, tt_error *error) {
    tt_text text = {0};
    tt_text_add_bytes(&text, found, size);
    tt_fail_key(error, key,
                "Expected a column, a colon, and settings with their values; found \"%s\".",
                text.bytes ? text.bytes : "");
    free(text.bytes);
    return TT_BAD_SETTING;
}

/* Parameters of a family's rows are not listed: they go with the row. */
static tt_status fail_setting(const tt_config *config, const char *key, const char *column,
                              const char *setting, tt_error *error) {
    tt_text known = {0};
    for (int32_t i = 0; i < tt_config_n_settings(config); i++) {
        const char *name = short_key(tt_config_key(config, i));
        if (tt_config_by_column(config, tt_config_key(config, i)) && !strchr(name, '.'))
            tt_text_add(&known, known.size ? ", %s" : "%s", name);
    }
    tt_fail_key(error, key, "\"%s\" cannot be set for the column \"%s\"; these can: %s.", setting,
                column, known.bytes ? known.bytes : "");
    free(known.bytes);
    return TT_BAD_SETTING;
}

/* What reading one text shares. */
typedef struct reading {
    const tt_config *config;
    tt_config *trial; /* takes the values, so that each is checked as ever */
    const char *key;
    tt_text *normalised;
    tt_error *error;
} reading;

static tt_status read_word(const reading *r, const char *column, const char *word, size_t size) {
    char key[MAX_KEY];
    tt_text value = {0};
    tt_error inner;
    tt_status status = TT_OK;
    if (!split_word(r->config, word, size, key, &value))
        status = fail_form(r->key, word, size, r->error);
    else if (!tt_config_by_column(r->config, key))
        status = fail_setting(r->config, r->key, column, short_key(key), r->error);
    else if (tt_config_set(r->trial, key, value.bytes ? value.bytes : "", &inner) != TT_OK)
        status = tt_fail_key(r->error, r->key, "For the column \"%s\": %s", column, inner.message);
    else
        tt_text_add(r->normalised, " %s=%s", short_key(key), tt_config_get(r->trial, key));
    free(value.bytes);
    return status;
}

/* Moves the cursor to the settings of an entry and keeps the first of its names. */
static bool read_names(const char **cursor, char *first, size_t size) {
    char other[2];
    char stop = tt_next_name(cursor, ",:;", first, size);
    bool named = *first;
    while (stop == ',') {
        stop = tt_next_name(cursor, ",:;", other, sizeof other);
        named = named && *other;
    }
    return named && stop == ':';
}

static tt_status read_entry(const reading *r, const char **cursor) {
    const char *start = *cursor, *word;
    char column[96];
    if (!read_names(cursor, column, sizeof column))
        return fail_form(r->key, start, strlen(start), r->error);
    const char *colon = *cursor - 1;
    tt_text_add(r->normalised, r->normalised->size ? "; " : "");
    tt_text_add_bytes(r->normalised, start, (size_t)(colon - start));
    tt_text_add(r->normalised, ":");
    tt_status status = TT_OK;
    size_t size, n = 0;
    for (; status == TT_OK && (word = next_word(cursor, &size)); n++)
        status = read_word(r, column, word, size);
    if (status == TT_OK && n == 0)
        status = fail_form(r->key, start, (size_t)(*cursor - start), r->error);
    *cursor += **cursor == ';';
    return status;
}

tt_status tt_read_steps(const tt_config *config, const char *key, const char *value,
                        tt_text *normalised, tt_error *error) {
    reading r = {config, tt_config_copy(config), key, normalised, error};
    if (!r.trial)
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left for the setting \"%s\".", key);
    tt_status status = TT_OK;
    const char *cursor = skip_entries(value);
    for (; *cursor && status == TT_OK; cursor = skip_entries(cursor))
        status = read_entry(&r, &cursor);
    tt_config_free(r.trial);
    tt_text_add(normalised, "");
    return status;
}

bool tt_config_next_steps(tt_steps_walk *walk, char *name, size_t size) {
    char skipped[2];
    walk->at = skip_blanks(walk->at);
    if (!*walk->at)
        return false;
    const char *ahead = walk->at;
    if (!walk->within) {
        while (tt_next_name(&ahead, ",:", skipped, sizeof skipped) == ',')
            ;
        walk->settings = ahead;
    }
    walk->within = tt_next_name(&walk->at, ",:", name, size) == ',';
    if (!walk->within) {
        walk->at = end_of_settings(walk->at);
        walk->at += *walk->at == ';';
    }
    return true;
}

bool tt_config_take_steps(tt_config *config, const char *settings) {
    const char *word;
    bool good = true;
    for (size_t size; good && (word = next_word(&settings, &size));) {
        char key[MAX_KEY];
        tt_text value = {0};
        good = split_word(config, word, size, key, &value) && !value.failed &&
               tt_config_set(config, key, value.bytes ? value.bytes : "", NULL) == TT_OK;
        free(value.bytes);
    }
    return good;
}

const char *tt_config_next_step(const char **settings, const tt_config *config, char *key,
                                size_t size) {
    size_t length;
    char full[MAX_KEY];
    tt_text value = {0};
    const char *word = next_word(settings, &length);
    if (!word)
        return NULL;
    split_word(config, word, length, full, &value);
    free(value.bytes);
    tt_format(key, size, "%s", full);
    return short_key(key);
}
