#ifndef TT_SCHEDULE_H
#define TT_SCHEDULE_H

#include "rows.h"

enum { TT_SCHEDULE_STATE = 6 };

/* Units t = 0, 1, ... of `total` are epochs or steps, as schedule.unit says; `base` is the
 * optimizer's rate. `state` is zero at the start; only `observe` changes it. */
typedef struct tt_schedule {
    tt_descriptor about;

    /* The rate in use at unit t. */
    double (*rate)(const double *p, double base, double t, double total, const double *state);

    /* The momentum in use at unit t, where the schedule moves it too; NULL otherwise. A negative
     * number leaves the optimizer's own. */
    double (*momentum)(const double *p, double t, double total);

    /* Called with the validation loss (the training loss without validation rows) at the end of
     * every epoch, for schedules that go by it; NULL otherwise. Lower is better. */
    void (*observe)(const double *p, double base, double loss, double *state);
} tt_schedule;

/* Parameters shared by all rows, in this order. */
enum { TT_SCHEDULE_UNIT, TT_SCHEDULE_WARMUP, TT_SCHEDULE_WARMUP_START };

extern const tt_schedule tt_schedules[];
extern const tt_family tt_schedule_family;

/* The rate with the linear warm-up in front, which the parameters shared by all rows describe:
 * base (t + 1) / warmup for t < warmup, or base (start + (1 - start) t / warmup) when start > 0;
 * then the schedule counted from the end of the warm-up over the units that are left. */
double tt_scheduled_rate(const tt_schedule *schedule, const double *p, const double *shared,
                         double base, double t, double total, const double *state);

/* The momentum likewise; -1 where the optimizer's own is to be used. */
double tt_scheduled_momentum(const tt_schedule *schedule, const double *p, const double *shared,
                             double t, double total);

#endif
