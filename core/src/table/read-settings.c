#include "read-settings.h"

#include <string.h>

#include "charset.h"
#include "decimal.h"
#include "settings.h"

enum { MAX_SKIP = 100000 };

static const char *value_of(const tt_config *config, tt_dialect_part part) {
    char key[32];
    tt_format(key, sizeof key, "data.%s", tt_dialect_key(part));
    return tt_config_get(config, key);
}

static tt_status read_skip(const char *value, int32_t *skip, tt_error *error) {
    double number = -1;
    if (strcmp(value, "auto") == 0) {
        *skip = -1;
        return TT_OK;
    }
    if (!tt_parse_decimal(value, strlen(value), &number) || !(number >= 0 && number <= MAX_SKIP) ||
        number != (double)(int32_t)number)
        return tt_fail_key(error, "data.skip",
                           "data.skip is \"%s\". It takes auto, or a number of lines from 0 to %i.",
                           value, MAX_SKIP);
    *skip = (int32_t)number;
    return TT_OK;
}

tt_status tt_read_settings_of(const tt_config *config, tt_read_settings *settings,
                              tt_error *error) {
    *settings = (tt_read_settings){0};
    tt_file_form *form = &settings->form;
    tt_dialect *dialect = &form->dialect;
    char *characters[] = {&dialect->delimiter, &dialect->quote, &dialect->escape,
                          &dialect->comment};
    for (int part = 0; part < TT_N_DIALECT_PARTS; part++) {
        const char *value = value_of(config, (tt_dialect_part)part);
        form->part[part].found = strcmp(value, "auto") == 0;
        if (part <= TT_COMMENT)
            *characters[part] = tt_dialect_character((tt_dialect_part)part, value);
    }
    form->header = tt_config_is(config, "data.header", "yes");
    settings->charset = tt_charset_of(value_of(config, TT_CHARSET));
    settings->fill_ragged = tt_config_is(config, "data.ragged_rows", "fill");
    settings->drop_bad_quotes = tt_config_is(config, "data.bad_quotes", "drop");
    settings->sample_share = tt_config_number(config, "data.sample_share");
    settings->sample_seed = (uint64_t)tt_config_number(config, "data.sample_seed");
    return read_skip(value_of(config, TT_SKIP), &dialect->skip, error);
}
