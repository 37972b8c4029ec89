#ifndef TT_VALUE_H
#define TT_VALUE_H

#include "tabtrain/config.h"
#include "text.h"

/* Reads the text of one setting: checks it against its definition and writes the normalised form,
 * so that equal values are equal texts. TT_BAD_SETTING names the key, the bounds or the choices. */
tt_status tt_read_param(const tt_param *param, const char *key, const char *value,
                        tt_text *normalised, tt_error *error);
tt_status tt_read_choice_of_rows(const tt_family *family, const char *value, tt_text *normalised,
                                 tt_error *error);

/* The next name of a column, out of its quotes, up to one of the characters `stops`; returns that
 * one, behind which `*cursor` then is, or 0 at the end of the text. */
char tt_next_name(const char **cursor, const char *stops, char *name, size_t size);

/* Whether a parameter of a family's row takes one number or one for each hidden layer, and the
 * parameter as such a list. */
bool tt_is_per_layer(const tt_family *family, const tt_param *param);
tt_param tt_param_as_list(const tt_param *param);

/* The next item of a comma-separated list and its size without surrounding blanks; NULL at the end.
 * An empty list has no item. `*cursor` starts at the text. */
const char *tt_next_item(const char **cursor, size_t *size);

/* The family that choices of the form "@family" mean; NULL for any others. */
const tt_family *tt_choices_family(const char *choices);

/* The row with the key of `size` bytes, or -1. */
int32_t tt_row_index(const tt_family *family, const char *key, size_t size);

#endif
