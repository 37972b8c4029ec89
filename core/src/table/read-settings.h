#ifndef TT_READ_SETTINGS_H
#define TT_READ_SETTINGS_H

#include "dialect.h"
#include "tabtrain/error.h"

/* What the settings of the group data say about reading a file. */
typedef struct tt_read_settings {
    tt_file_form form; /* what is fixed; TT_UNKNOWN and -1 for what is to be found */
    int charset;       /* tt_charset; -1 to be found */
    bool fill_ragged;  /* rows with too few or too many cells are kept, else dropped */
    bool drop_bad_quotes;
    double sample_share; /* of the rows that are read: each is, or is not, by chance */
    uint64_t sample_seed;
} tt_read_settings;

/* TT_BAD_SETTING for a data.skip that is no number. */
tt_status tt_read_settings_of(const tt_config *config, tt_read_settings *settings, tt_error *error);

#endif
