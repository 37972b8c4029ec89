#ifndef TT_SETTINGS_H
#define TT_SETTINGS_H

#include <stddef.h>

#include "tabtrain/config.h"

/* How the other rooms read a configuration. Keys are checked when they are set, so a key that is
 * not there is a programmer's mistake. */

/* The value of a REAL, INTEGER or FLAG. */
double tt_config_number(const tt_config *config, const char *key);

/* Whether the text of `key` is `value`. */
bool tt_config_is(const tt_config *config, const char *key, const char *value);

/* The numbers of REALS or INTEGERS: up to `max` of them into `values`; returns how many there are.
 */
int32_t tt_config_list(const tt_config *config, const char *key, int32_t max, double *values);

/* The positions of the items of CHOICES among the choices: up to `max` of them into `indices`;
 * returns how many there are. */
int32_t tt_config_choices(const tt_config *config, const char *key, int32_t max, int32_t *indices);

/* The rows that a family's setting names, in order: up to `max` indices; returns how many there
 * are. A "auto" counts as the first row that the family picks for `task`. */
int32_t tt_config_rows(const tt_config *config, const tt_family *family, int32_t task, int32_t max,
                       int32_t *rows);

/* The parameters of a family's row, and those shared by all its rows, laid out as rows.h says:
 * TT_MAX_PARAMS values at most. */
void tt_config_params(const tt_config *config, const tt_family *family, int32_t row,
                      double *values);
void tt_config_shared_params(const tt_config *config, const tt_family *family, double *values);

/* The same for one layer, from 0: of a list its item, or the last one for layers past its end. */
void tt_config_layer_params(const tt_config *config, const tt_family *family, int32_t row,
                            int32_t layer, double *values);

/* Walks a COLUMNS value: the next name into `name`; false at the end. `*cursor` starts at the text.
 */
bool tt_config_next_column(const char **cursor, char *name, size_t size);

/* Bits of tt_use: the columns that may have a value of their own for this key; 0 for an unknown
 * key.
 */
int32_t tt_config_by_column(const tt_config *config, const char *key);

/* Walks a STEPS value name by name, from {.at = the text}: the next name into `name`, and into
 * `settings` where those for it begin; false at the end. */
typedef struct tt_steps_walk {
    const char *at, *settings;
    bool within; /* an entry whose settings are known */
} tt_steps_walk;
bool tt_config_next_steps(tt_steps_walk *walk, char *name, size_t size);

/* Sets what such settings say; false when memory runs out. */
bool tt_config_take_steps(tt_config *config, const char *settings);

/* Walks such settings: the next full key into `key`, and its short form; NULL at the end. */
const char *tt_config_next_step(const char **settings, const tt_config *config, char *key,
                                size_t size);

/* Position of `word` (`size` bytes) among choices as tt_param has them, or -1. */
int32_t tt_choice_index(const char *choices, const char *word, size_t size);

/* The default of a parameter and of a family's own setting as texts. */
void tt_param_default(const tt_param *param, char *text, size_t size);

#endif
