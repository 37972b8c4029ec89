#ifndef FAMILY_ROWS_H
#define FAMILY_ROWS_H

/* The parameters of a family's row as its functions get them, for tests that walk the tables. */

#include "unit.h"

#include "rows.h"
#include "settings.h"

static inline void row_defaults(const tt_family *family, int32_t row, double *p) {
    tt_config *config = tt_config_new();
    memset(p, 0, TT_MAX_PARAMS * sizeof *p);
    tt_config_params(config, family, row, p);
    tt_config_free(config);
}

/* A list stands last, so that the others have the places of the table. */
static inline int32_t row_param_index(const tt_descriptor *row, const char *key) {
    for (int32_t i = 0; i < row->n_params; i++)
        if (strcmp(row->params[i].key, key) == 0)
            return i;
    return -1;
}

static inline double row_param(const tt_descriptor *row, const double *p, const char *key) {
    int32_t index = row_param_index(row, key);
    if (index < 0)
        fail_msg("%s has no parameter %s", row->key, key);
    return p[index];
}

/* False when the row has no such parameter. */
static inline bool row_set(const tt_descriptor *row, double *p, const char *key, double value) {
    int32_t index = row_param_index(row, key);
    if (index >= 0)
        p[index] = value;
    return index >= 0;
}

static inline int32_t row_named(const tt_family *family, const char *key) {
    int32_t row = tt_family_find(family, key);
    if (row < 0)
        fail_msg("there is no %s in %s", key, family->key);
    return row;
}

#endif
