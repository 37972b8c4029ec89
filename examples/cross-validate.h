#ifndef CROSS_VALIDATE_H
#define CROSS_VALIDATE_H

#include "tabtrain/tabtrain.h"

/* Trains every fold of every repeat (5 folds where the settings name none) and prints a line for
 * each, then the mean of each score with its deviation and 95 % interval. Mistakes are printed and
 * end the program. */
void cross_validate(const tt_table *table, tt_config *config);

#endif
