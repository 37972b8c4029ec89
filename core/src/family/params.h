#ifndef TT_PARAMS_H
#define TT_PARAMS_H

#include "rows.h"

/* Shorthands for single parameters in the tables of this room. */

#define TT_REAL(name, title, text, lowest, highest, default_value)                                 \
    {                                                                                              \
        .key = name, .label = title, .help = text, .kind = TT_KIND_REAL, .min = lowest,            \
        .max = highest, .value = default_value                                                     \
    }
#define TT_LOG_REAL(name, title, text, lowest, highest, default_value)                             \
    {                                                                                              \
        .key = name, .label = title, .help = text, .kind = TT_KIND_REAL, .min = lowest,            \
        .max = highest, .value = default_value, .log_scale = true                                  \
    }
#define TT_INTEGER(name, title, text, lowest, highest, default_value)                              \
    {                                                                                              \
        .key = name, .label = title, .help = text, .kind = TT_KIND_INTEGER, .min = lowest,         \
        .max = highest, .value = default_value                                                     \
    }
#define TT_FLAG(name, title, text, default_value)                                                  \
    {                                                                                              \
        .key = name, .label = title, .help = text, .kind = TT_KIND_FLAG, .max = 1,                 \
        .value = default_value                                                                     \
    }
#define TT_SHARE(name, title, text, default_share)                                                 \
    TT_REAL(name, title, text, 0, 0.999999, default_share)
#define TT_CHOICE(name, title, sentence, options, default_option)                                  \
    {                                                                                              \
        .key = name, .label = title, .help = sentence, .kind = TT_KIND_CHOICE,                     \
        .text = default_option, .choices = options                                                 \
    }
#define TT_LIST(name, title, sentence, list_kind, lowest, highest, default_list)                   \
    {                                                                                              \
        .key = name, .label = title, .help = sentence, .kind = list_kind, .min = lowest,           \
        .max = highest, .text = default_list, .n_max = TT_MAX_LIST                                 \
    }

#endif
