#include "dialect.h"

#include <string.h>

static const char *const keys[TT_N_DIALECT_PARTS] = {
    [TT_DELIMITER] = "delimiter", [TT_QUOTE] = "quote", [TT_ESCAPE] = "escape",
    [TT_COMMENT] = "comment",     [TT_SKIP] = "skip",   [TT_HEADER] = "header",
    [TT_CHARSET] = "charset",
};

static const struct {
    tt_dialect_part part;
    char character;
    const char *name;
} characters[] = {
    {TT_DELIMITER, ',', "comma"}, {TT_DELIMITER, ';', "semicolon"}, {TT_DELIMITER, '\t', "tab"},
    {TT_DELIMITER, '|', "pipe"},  {TT_DELIMITER, ' ', "space"},     {TT_QUOTE, '"', "double"},
    {TT_QUOTE, '\'', "single"},   {TT_ESCAPE, '\\', "backslash"},   {TT_COMMENT, '#', "hash"},
    {TT_COMMENT, '%', "percent"},
};

enum { N_CHARACTERS = sizeof characters / sizeof characters[0] };

const char *tt_dialect_key(tt_dialect_part part) {
    return keys[part];
}

char tt_dialect_character(tt_dialect_part part, const char *name) {
    for (int i = 0; i < N_CHARACTERS; i++)
        if (characters[i].part == part && strcmp(characters[i].name, name) == 0)
            return characters[i].character;
    return strcmp(name, "none") == 0 ? 0 : TT_UNKNOWN;
}

const char *tt_dialect_name(tt_dialect_part part, char character) {
    for (int i = 0; i < N_CHARACTERS; i++)
        if (characters[i].part == part && characters[i].character == character)
            return characters[i].name;
    return "none";
}

static void add_value(tt_text *json, const tt_file_form *form, tt_dialect_part part) {
    const tt_dialect *dialect = &form->dialect;
    const char values[] = {dialect->delimiter, dialect->quote, dialect->escape, dialect->comment};
    if (part == TT_SKIP)
        tt_text_add(json, "\"%i\"", (int)dialect->skip);
    else if (part == TT_HEADER)
        tt_text_add(json, "%j", form->header ? "yes" : "no");
    else if (part == TT_CHARSET)
        tt_text_add(json, "%j", form->charset);
    else
        tt_text_add(json, "%j", tt_dialect_name(part, values[part]));
}

void tt_file_form_json(tt_text *json, const tt_file_form *form) {
    tt_text_add(json, "\"dialect\":{");
    for (int part = 0; part < TT_N_DIALECT_PARTS; part++) {
        tt_text_add(json, "%s%j:{\"value\":", part ? "," : "", keys[part]);
        add_value(json, form, (tt_dialect_part)part);
        tt_text_add(json, ",\"found\":%s,\"evidence\":%j}",
                    form->part[part].found ? "true" : "false", form->part[part].evidence);
    }
    tt_text_add(json, "},\"trailing_delimiter\":%s", form->dialect.trailing ? "true" : "false");
}
