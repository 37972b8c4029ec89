#ifndef TT_ROWS_H
#define TT_ROWS_H

#include "tabtrain/descriptor.h"

/* Shorthands for the tables of this room. A family file ends in its table of rows and in the
 * tt_family that describes the table; adding a choice is one function and one row. */

#define TT_PARAMS(array) .params = array, .n_params = sizeof(array) / sizeof(array)[0]
#define TT_ROWS(array)                                                                             \
    .rows = array, .row_size = sizeof(array)[0], .n_rows = sizeof(array) / sizeof(array)[0]

/* A row's functions get its parameters as one array of doubles `p`, in the order of its table: a
 * number or flag as itself, a CHOICE as the index of the choice, and a list as its length followed
 * by room for TT_MAX_LIST items. A list stands last, so that the others keep their places. */
enum { TT_MAX_LIST = 32, TT_MAX_PARAMS = 12 + 1 + TT_MAX_LIST };

/* Hidden layers of a network. */
enum { TT_MAX_HIDDEN = 8 };

#endif
