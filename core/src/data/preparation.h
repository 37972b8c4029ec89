#ifndef TT_PREPARATION_H
#define TT_PREPARATION_H

#include "bytes.h"
#include "dataset-store.h"

/* What a data set has fitted, without its rows, as bytes (layout: preparation.c). */
void tt_preparation_write(const tt_dataset *dataset, tt_text *bytes);

/* A data set without rows that encodes tables, and tells target values, classes and names, as the
 * one that was written does. Owned by the caller. NULL with TT_BAD_DATA when the bytes cannot be
 * those of a preparation, with TT_NO_MEMORY otherwise. */
tt_dataset *tt_preparation_read(tt_reader *reader, tt_error *error);

#endif
