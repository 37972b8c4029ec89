#ifndef TABTRAIN_CONFIG_H
#define TABTRAIN_CONFIG_H

#include <stddef.h>

#include "tabtrain/descriptor.h"
#include "tabtrain/error.h"

/* The settings of a run: one flat name space of key = value pairs.
 *
 * The keys are `group.parameter` ("train.epochs"), `family` ("optimizer"), `family.parameter`
 * ("schedule.warmup") and `family.row.parameter` ("optimizer.adam.lr"). A form field, a key of a
 * link, a line of a .cfg file and a command-line flag are the same pair. Every key has a default,
 * so a fresh configuration is complete. */
typedef struct tt_config tt_config;

/* A configuration with every default. The caller owns it. NULL when memory runs out. */
tt_config *tt_config_new(void);
tt_config *tt_config_copy(const tt_config *config);
void tt_config_free(tt_config *config);

/* Sets one key. TT_BAD_SETTING for an unknown key (the message names the nearest known one) or a
 * value that does not parse or lies outside its bounds (the message names the bounds); the
 * configuration is then as before. Column names are taken as they come, in UTF-8: the table
 * decides.
 */
tt_status tt_config_set(tt_config *config, const char *key, const char *value, tt_error *error);

/* Reads a .cfg text of `size` bytes: a `key = value` a line, `#` starts a comment line, blank lines
 * are skipped. Stops at the first mistake, naming its line. */
tt_status tt_config_read(tt_config *config, const char *text, size_t size, tt_error *error);

/* The value of a key as text, normalised so that equal values are equal texts; NULL for an unknown
 * key. Borrowed until the next change of the configuration. */
const char *tt_config_get(const tt_config *config, const char *key);

/* The settings that differ from their defaults, as the text of a .cfg file. The caller frees it
 * with tt_free_text. NULL when memory runs out. */
char *tt_config_text(const tt_config *config);

/* Every setting by number, for a walk: its key (borrowed) and whether it differs from the default.
 */
int32_t tt_config_n_settings(const tt_config *config);
const char *tt_config_key(const tt_config *config, int32_t index);
bool tt_config_is_default(const tt_config *config, int32_t index);

/* Well-known models by their names: the settings that make them, as the text of a .cfg file. */
typedef struct tt_preset {
    const char *key, *label;
    const char *help; /* one sentence or two */
    const char *settings;
    int32_t tasks; /* bits of tt_task that it is for */
} tt_preset;

int32_t tt_n_presets(void);
const tt_preset *tt_preset_at(int32_t index);

/* All families, groups, presets and the columns of the history as one JSON text (schema:
 * catalogue.c). The caller frees it with tt_free_text. NULL when memory runs out. */
char *tt_catalogue_json(void);
void tt_free_text(char *text);

#endif
