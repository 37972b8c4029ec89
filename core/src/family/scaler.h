#ifndef TT_SCALER_H
#define TT_SCALER_H

#include "rows.h"

typedef struct tt_scaler {
    tt_descriptor about;

    /* Finds scaled = (x - offset) / scale from n >= 1 training values. The scale of a constant
     * column is 1, as in scikit-learn. */
    void (*fit)(const double *p, int64_t n, const double *x, double *offset, double *scale);
} tt_scaler;

extern const tt_scaler tt_scalers[];
extern const tt_family tt_scaler_family;

#endif
