#ifndef TT_ROWS_H
#define TT_ROWS_H

#include "tabtrain/descriptor.h"

/* Shorthands for the tables of this room. A family file ends in its table of rows and in the
 * tt_family that describes the table; adding a choice is one function and one row. */

#define TT_PARAMS(array) .params = array, .n_params = sizeof(array) / sizeof(array)[0]
#define TT_ROWS(array)                                                                             \
    .rows = array, .row_size = sizeof(array)[0], .n_rows = sizeof(array) / sizeof(array)[0]

/* Most parameters a row may have: callers keep them in arrays of this size. */
enum { TT_MAX_PARAMS = 12 };

#endif
