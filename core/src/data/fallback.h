#ifndef TT_FALLBACK_H
#define TT_FALLBACK_H

#include "binding.h"

/* What stood in for cells that could not be taken as they are, counted for one column. */
typedef enum tt_fallback {
    TT_FILLED_MISSING, /* a missing cell */
    TT_FILLED_WORD,    /* a word among numbers */
    TT_UNKNOWN_LEVEL,
    TT_N_FALLBACKS
} tt_fallback;

enum { TT_MAX_FALLBACK_LINES = 5 };

typedef struct tt_fallbacks {
    int64_t count[TT_N_FALLBACKS];
    int64_t lines[TT_N_FALLBACKS][TT_MAX_FALLBACK_LINES]; /* of the first ones */
} tt_fallbacks;

/* Counts `n` rows from `first` on; `all` has one item for each encoder. */
void tt_count_fallbacks(const tt_binding *binding, int64_t first, int64_t n, tt_fallbacks *all);

/* Adds the notes on all columns, as items of a JSON list: see tt_prediction_json. */
void tt_add_fallbacks_json(tt_text *json, const tt_binding *binding, const tt_fallbacks *all);

#endif
