#ifndef TT_SCALER_FUNCTIONS_H
#define TT_SCALER_FUNCTIONS_H

#include "scaler.h"

/* The functions of the table in scaler.c that need a file of their own. */

/* scaler-quantile.c: p = {number of quantiles, normal};
 * p = {lower percentile, upper, center, scale, unit variance} */
int32_t tt_quantile_n_fitted(const double *p);
void tt_quantile_fit(const double *p, int64_t n, double *x, double *fitted);
double tt_quantile_apply(const double *fitted, double x);
double tt_quantile_invert(const double *fitted, double y);
bool tt_quantile_plausible(int32_t n, const double *fitted);
void tt_robust_fit(const double *p, int64_t n, double *x, double *fitted);

/* scaler-power.c: p = {standardize}; p = {method, exponent, standardize} */
int32_t tt_power_n_fitted(const double *p);
void tt_log1p_fit(const double *p, int64_t n, double *x, double *fitted);
void tt_power_fit(const double *p, int64_t n, double *x, double *fitted);
double tt_power_apply(const double *fitted, double x);
double tt_power_invert(const double *fitted, double y);
bool tt_power_plausible(int32_t n, const double *fitted);

#endif
