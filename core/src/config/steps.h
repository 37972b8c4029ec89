#ifndef TT_STEPS_H
#define TT_STEPS_H

#include "tabtrain/config.h"
#include "text.h"

/* TT_KIND_STEPS: settings that hold for some columns only.
 *
 *   steps = [entry {";" entry}]
 *   entry = name {"," name} ":" setting "=" value {blank setting "=" value}
 *
 * A name stands in quotes where it has one of , : ; " in it; quotes in it are doubled. Settings are
 * those with a by_column, without "data." where that is their group: "missing", "scaler",
 * "scaler.robust.upper". */

/* Reads such a text: checks names for their form and settings by their own definitions, and writes
 * the normalised form. TT_BAD_SETTING names `key` and the column. */
tt_status tt_read_steps(const tt_config *config, const char *key, const char *value,
                        tt_text *normalised, tt_error *error);

#endif
