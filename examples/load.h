#ifndef LOAD_H
#define LOAD_H

#include <stdio.h>

#include "tabtrain/tabtrain.h"

/* What the example programs share: settings and table from files. Mistakes are printed and end the
 * program. The caller owns what is returned. */

void die(const tt_error *error);
FILE *open_file(const char *path, const char *mode);

/* Reads a .cfg file, then `pairs` of the form key=value (cut at the '='). */
tt_config *read_settings(const char *cfg_path, int n_pairs, char **pairs);

/* Reads the CSV file that data.file names, beside the .cfg file. */
tt_table *read_table(const tt_config *config, const char *cfg_path);
tt_table *read_csv(const tt_config *config, const char *path);

#endif
