#ifndef TABTRAIN_ERROR_H
#define TABTRAIN_ERROR_H

#include <stdint.h>

/* How the library says that something went wrong.
 *
 * A user's mistake comes back as a status, with a tt_error that says where it is and what to do
 * about it. A programmer's mistake (a NULL where an object is due, an index out of range) is an
 * assertion. The library never prints and never exits. */

typedef enum tt_status {
    TT_OK = 0,        /* done, or more work to come */
    TT_FINISHED,      /* the run has done all its epochs */
    TT_STOPPED_EARLY, /* the run was ended by early stopping */
    TT_DIVERGED,      /* a loss, gradient or weight is not finite; the last good weights are back */
    TT_BAD_SETTING,   /* a key or value of the configuration: see tt_error.key */
    TT_BAD_DATA,      /* the file: see tt_error.line and tt_error.column */
    TT_NO_MEMORY,     /* the object would not fit */
} tt_status;

/* Filled in by the function that fails; left alone by one that succeeds. A NULL tt_error pointer is
 * allowed everywhere and means that the caller does not care. */
typedef struct tt_error {
    tt_status status;
    int64_t line;      /* line of the file, counted from 1; 0 when the mistake has no line */
    int64_t column;    /* column of the table, counted from 1; 0 when it has none */
    char key[64];      /* setting the mistake is in, e.g. "optimizer.adam.lr"; "" for none */
    char message[448]; /* one or two sentences in UTF-8: what is wrong, and a way out */
} tt_error;

#endif
