#ifndef TT_SCHEDULE_KINDS_H
#define TT_SCHEDULE_KINDS_H

#include "maths.h"
#include "params.h"
#include "schedule.h"

/* The parameters and functions that the table in schedule.c takes from the file of each kind. */

/* Those that a function does not look at. */
#define TT_IGNORE (void)p, (void)base, (void)t, (void)total, (void)state

#define TT_RATE_OF(name)                                                                           \
    double name(const double *p, double base, double t, double total, const double *state)

#define TT_RUN_LENGTH(name, sentence)                                                              \
    TT_INTEGER(name, "Length", sentence " 0 takes the whole run.", 0, 1e9, 0)
#define TT_LOWEST_RATE TT_LOG_REAL("eta_min", "Lowest rate", "Where the rate ends.", 0, 1e12, 0)

/* The whole part of a number that is not negative. */
static inline double tt_whole(double x) {
    return x < 9e18 ? (double)(int64_t)x : x;
}

/* Half a cosine wave from `from` at 0 to `to` at 1, and back to `from` at 2, and so on. */
static inline double tt_half_wave(double from, double to, double share) {
    share -= 2 * tt_whole(share / 2);
    return to + (from - to) * (1 + tt_cos(3.14159265358979323846 * share)) / 2;
}

/* schedule-decay.c: falls that depend on t alone */
extern const tt_param tt_step_params[2], tt_multi_step_params[2], tt_exponential_params[3],
    tt_natural_exponential_params[1], tt_inverse_time_params[4], tt_polynomial_params[4],
    tt_staircase_params[2], tt_linear_params[3], tt_constant_factor_params[2],
    tt_polyline_params[1];
TT_RATE_OF(tt_constant_rate);
TT_RATE_OF(tt_step_rate);
TT_RATE_OF(tt_multi_step_rate);
TT_RATE_OF(tt_exponential_rate);
TT_RATE_OF(tt_natural_exponential_rate);
TT_RATE_OF(tt_inverse_time_rate);
TT_RATE_OF(tt_polynomial_rate);
TT_RATE_OF(tt_staircase_rate);
TT_RATE_OF(tt_linear_rate);
TT_RATE_OF(tt_constant_factor_rate);
TT_RATE_OF(tt_polyline_rate);

/* schedule-cycle.c: waves, and rises before the fall */
extern const tt_param tt_cosine_params[3], tt_cosine_restarts_params[4], tt_one_cycle_params[9],
    tt_cyclic_params[8], tt_warmup_stable_decay_params[4];
TT_RATE_OF(tt_cosine_rate);
TT_RATE_OF(tt_cosine_restarts_rate);
TT_RATE_OF(tt_one_cycle_rate);
TT_RATE_OF(tt_cyclic_rate);
TT_RATE_OF(tt_warmup_stable_decay_rate);
double tt_one_cycle_momentum(const double *p, double t, double total);
double tt_cyclic_momentum(const double *p, double t, double total);

/* schedule-plateau.c: goes by the loss */
extern const tt_param tt_plateau_params[9];
TT_RATE_OF(tt_plateau_rate);
void tt_plateau_observe(const double *p, double base, double loss, double *state);

#endif
