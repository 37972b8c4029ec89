#ifndef TT_SCALER_H
#define TT_SCALER_H

#include "rows.h"

typedef struct tt_scaler {
    tt_descriptor about;

    /* Numbers that `fit` leaves for `apply`; NULL stands for two. */
    int32_t (*n_fitted)(const double *p);

    /* Learns from n >= 1 training values without NaN, which it may put in another order. */
    void (*fit)(const double *p, int64_t n, double *x, double *fitted);

    /* NULL stands for (x - fitted[0]) / fitted[1]; see tt_scale. */
    double (*apply)(const double *fitted, double x);

    /* Back: apply(fitted, invert(fitted, y)) is y up to rounding, for y that `apply` can give. */
    double (*invert)(const double *fitted, double y);

    /* Whether n finite numbers from a file could be what `fit` leaves; NULL where any could. */
    bool (*plausible)(int32_t n, const double *fitted);

    /* Whether x can be scaled at all; NULL where every number can be. */
    bool (*defined)(double x);

    /* What is wrong with the parameters together, as a sentence, or NULL; NULL where nothing can
     * be. */
    const char *(*complaint)(const double *p);
} tt_scaler;

extern const tt_scaler tt_scalers[];
extern const tt_family tt_scaler_family;

int32_t tt_scaler_n_fitted(const tt_scaler *scaler, const double *p);

static inline double tt_scale(const tt_scaler *scaler, const double *fitted, double x) {
    return scaler->apply ? scaler->apply(fitted, x) : (x - fitted[0]) / fitted[1];
}

/* Mean and population deviation of n >= 1 values; the deviation of a constant is 1, so that one may
 * divide by it, as in scikit-learn. */
void tt_mean_and_deviation(int64_t n, const double *x, double *mean, double *deviation);

#endif
