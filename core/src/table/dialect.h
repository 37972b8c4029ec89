#ifndef TT_DIALECT_H
#define TT_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

#include "tabtrain/config.h"
#include "text.h"

/* How a file of delimited text is written. Characters are ASCII; 0 stands for none. */
typedef struct tt_dialect {
    char delimiter; /* a run of spaces counts as one when it is a space */
    char quote;
    char escape;   /* takes the meaning from the character behind it; quotes double in any case */
    char comment;  /* a line that begins with it is left out */
    int32_t skip;  /* lines above the table */
    bool trailing; /* an empty cell behind the last column is none: lines end in a delimiter */
} tt_dialect;

/* A setting of how to read, as it was made or found. */
typedef enum tt_dialect_part {
    TT_DELIMITER,
    TT_QUOTE,
    TT_ESCAPE,
    TT_COMMENT,
    TT_SKIP,
    TT_HEADER,
    TT_CHARSET,
    TT_N_DIALECT_PARTS
} tt_dialect_part;

/* The last part of a setting's key: "delimiter" of data.delimiter. */
const char *tt_dialect_key(tt_dialect_part part);

/* Between a character and its name in data.delimiter, data.quote, data.escape or data.comment. Any
 * other name, such as "auto", gives TT_UNKNOWN; a character that is none of them, "none". */
static const char TT_UNKNOWN = 1;
char tt_dialect_character(tt_dialect_part part, const char *name);
const char *tt_dialect_name(tt_dialect_part part, char character);

/* What a table was read with, and why. */
typedef struct tt_file_form {
    tt_dialect dialect;
    bool header;
    const char *charset; /* as data.charset names it */
    struct {
        bool found; /* by the reader, else set by the person */
        char evidence[120];
    } part[TT_N_DIALECT_PARTS];
} tt_file_form;

/* Adds the form as members of a JSON object (schema: table-json.c). */
void tt_file_form_json(tt_text *json, const tt_file_form *form);

#endif
