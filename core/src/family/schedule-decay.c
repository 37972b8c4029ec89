#include "schedule-kinds.h"

#define STEP_SIZE                                                                                  \
    TT_INTEGER("step_size", "Every", "Units (epochs or steps) between two drops.", 1, 1e9, 10)
#define DECAY_STEPS                                                                                \
    TT_REAL("decay_steps", "Over", "Units (epochs or steps) in which it falls once.", 1e-9, 1e9, 1)
#define IN_STAIRS                                                                                  \
    TT_FLAG("staircase", "In stairs", "Falls at the end of each such length, not in between.", 0)

static double units(double t, double length, double in_stairs) {
    return in_stairs != 0 ? tt_whole(t / length) : t / length;
}

TT_RATE_OF(tt_constant_rate) {
    TT_IGNORE;
    return base;
}

const tt_param tt_step_params[] = {
    STEP_SIZE,
    TT_REAL("gamma", "Factor", "What the rate is multiplied by at each drop.", 0, 10, 0.1),
};

TT_RATE_OF(tt_step_rate) {
    TT_IGNORE;
    return base * tt_pow(p[1], tt_whole(t / p[0]));
}

enum { MULTI_GAMMA, MULTI_COUNT, MULTI_FIRST };

const tt_param tt_multi_step_params[] = {
    TT_REAL("gamma", "Factor", "What the rate is multiplied by at each drop.", 0, 10, 0.1),
    TT_LIST("milestones", "Drops at", "Units (epochs or steps) from which the rate is lower.",
            TT_KIND_INTEGERS, 0, 1e9, "30,60,90"),
};

TT_RATE_OF(tt_multi_step_rate) {
    TT_IGNORE;
    int32_t drops = 0;
    for (int32_t i = 0; i < (int32_t)p[MULTI_COUNT]; i++)
        drops += t >= p[MULTI_FIRST + i];
    return base * tt_pow(p[MULTI_GAMMA], drops);
}

const tt_param tt_exponential_params[] = {
    TT_REAL("gamma", "Factor", "What the rate is multiplied by.", 0, 10, 0.95),
    DECAY_STEPS,
    IN_STAIRS,
};

TT_RATE_OF(tt_exponential_rate) {
    TT_IGNORE;
    return base * tt_pow(p[0], units(t, p[1], p[2]));
}

const tt_param tt_natural_exponential_params[] = {
    TT_LOG_REAL("decay", "Decay k", "How fast the rate falls.", 0, 100, 0.05),
};

TT_RATE_OF(tt_natural_exponential_rate) {
    TT_IGNORE;
    return base * tt_exp(-p[0] * t);
}

const tt_param tt_inverse_time_params[] = {
    TT_LOG_REAL("decay", "Decay k", "How fast the rate falls.", 0, 1e6, 0.1),
    DECAY_STEPS,
    IN_STAIRS,
    TT_REAL("power", "Power", "Of the divisor; 0.5 falls with the root of time.", 0, 10, 1),
};

TT_RATE_OF(tt_inverse_time_rate) {
    TT_IGNORE;
    return base / tt_pow(1 + p[0] * units(t, p[1], p[2]), p[3]);
}

enum { POLYNOMIAL_POWER, POLYNOMIAL_TOTAL, POLYNOMIAL_END, POLYNOMIAL_CYCLE };

const tt_param tt_polynomial_params[] = {
    [POLYNOMIAL_POWER] =
        TT_REAL("power", "Power β",
                "1 falls in a straight line; larger powers fall faster at first.", 0, 100, 1),
    [POLYNOMIAL_TOTAL] = TT_RUN_LENGTH("total", "Units until the rate is at its lowest."),
    [POLYNOMIAL_END] = TT_LOWEST_RATE,
    [POLYNOMIAL_CYCLE] =
        TT_FLAG("cycle", "Cycle", "Rises again after the end, and falls over a longer stretch.", 0),
};

TT_RATE_OF(tt_polynomial_rate) {
    TT_IGNORE;
    double length = p[POLYNOMIAL_TOTAL] > 0 ? p[POLYNOMIAL_TOTAL] : total;
    double cycles = tt_whole(t / length);
    if (p[POLYNOMIAL_CYCLE] != 0 && t > 0)
        length *= t > cycles * length ? cycles + 1 : cycles;
    double left = t < length                ? tt_pow(1 - t / length, p[POLYNOMIAL_POWER])
                  : p[POLYNOMIAL_POWER] > 0 ? 0
                                            : 1;
    return p[POLYNOMIAL_END] + (base - p[POLYNOMIAL_END]) * left;
}

const tt_param tt_staircase_params[] = {
    STEP_SIZE,
    TT_REAL("drop", "Drop d", "Share of the base rate that each drop takes away; never below zero.",
            0, 1, 0.1),
};

TT_RATE_OF(tt_staircase_rate) {
    TT_IGNORE;
    double left = 1 - p[1] * tt_whole(t / p[0]);
    return left > 0 ? base * left : 0;
}

enum { LINEAR_START, LINEAR_END, LINEAR_TOTAL };

const tt_param tt_linear_params[] = {
    [LINEAR_START] =
        TT_REAL("start_factor", "From", "First rate as a share of the base rate.", 0, 100, 1.0 / 3),
    [LINEAR_END] = TT_REAL("end_factor", "To", "Last rate as a share of the base rate.", 0, 100, 1),
    [LINEAR_TOTAL] =
        TT_RUN_LENGTH("total_iters", "Units from the first rate to the last, which stays."),
};

TT_RATE_OF(tt_linear_rate) {
    TT_IGNORE;
    double length = p[LINEAR_TOTAL] > 0 ? p[LINEAR_TOTAL] : total;
    double share = t < length ? t / length : 1;
    return base * (p[LINEAR_START] + (p[LINEAR_END] - p[LINEAR_START]) * share);
}

const tt_param tt_constant_factor_params[] = {
    TT_REAL("factor", "Factor", "First rate as a share of the base rate.", 0, 100, 1.0 / 3),
    TT_INTEGER("total_iters", "Length", "Units until the full rate.", 0, 1e9, 5),
};

TT_RATE_OF(tt_constant_factor_rate) {
    TT_IGNORE;
    return t < p[1] ? base * p[0] : base;
}

const tt_param tt_polyline_params[] = {
    TT_LIST("points", "Points",
            "Time, share of the base rate, time, share, ... with growing times; two points at one "
            "time make a jump.",
            TT_KIND_REALS, 0, 1e9, "0,0.1,10,1,50,0.1,100,0.01"),
};

/* Before the first point and after the last one the rate is level. */
TT_RATE_OF(tt_polyline_rate) {
    TT_IGNORE;
    int32_t n = (int32_t)p[0] / 2;
    const double *point = p + 1;
    if (n == 0)
        return base;
    if (t <= point[0])
        return base * point[1];
    for (int32_t i = 1; i < n; i++) {
        const double *from = point + 2 * (i - 1), *to = from + 2;
        if (t <= to[0] && t > from[0])
            return base * (from[1] + (to[1] - from[1]) * (t - from[0]) / (to[0] - from[0]));
    }
    return base * point[2 * n - 1];
}
