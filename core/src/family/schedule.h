#ifndef TT_SCHEDULE_H
#define TT_SCHEDULE_H

#include "rows.h"

typedef struct tt_schedule {
    tt_descriptor about;

    /* The rate in use at unit t = 0, 1, ... of `total`; units are epochs or steps, as
     * schedule.unit says. `base` is the optimizer's rate. */
    double (*rate)(const double *p, double base, double t, double total);
} tt_schedule;

/* Parameters shared by all rows, in this order. */
enum { TT_SCHEDULE_UNIT, TT_SCHEDULE_WARMUP };

extern const tt_schedule tt_schedules[];
extern const tt_family tt_schedule_family;

/* The rate with the linear warm-up in front: base (t + 1) / warmup for t < warmup, then the
 * schedule counted from the end of the warm-up over the units that are left. */
double tt_scheduled_rate(const tt_schedule *schedule, const double *p, double warmup, double base,
                         double t, double total);

#endif
