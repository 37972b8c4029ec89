#include "schedule-kinds.h"

enum { COSINE_MIN, COSINE_LENGTH, COSINE_HOLD };

const tt_param tt_cosine_params[] = {
    [COSINE_MIN] = TT_LOWEST_RATE,
    [COSINE_LENGTH] = TT_RUN_LENGTH("t_max", "Units from the highest to the lowest rate."),
    [COSINE_HOLD] = TT_FLAG("hold", "Stay low",
                            "Stays at the lowest rate afterwards, and does not rise again.", 0),
};

TT_RATE_OF(tt_cosine_rate) {
    TT_IGNORE;
    double length = p[COSINE_LENGTH] > 0 ? p[COSINE_LENGTH] : total;
    if (p[COSINE_HOLD] != 0 && t > length)
        t = length;
    return tt_half_wave(base, p[COSINE_MIN], t / length);
}

enum { RESTARTS_MIN, RESTARTS_T0, RESTARTS_T_MULT, RESTARTS_M_MULT };

const tt_param tt_cosine_restarts_params[] = {
    [RESTARTS_MIN] = TT_LOWEST_RATE,
    [RESTARTS_T0] = TT_INTEGER("t_0", "First length", "Units until the first restart.", 1, 1e9, 10),
    [RESTARTS_T_MULT] =
        TT_REAL("t_mult", "Longer by", "How many times longer each stretch is than the one before.",
                1, 100, 1),
    [RESTARTS_M_MULT] = TT_REAL("m_mult", "Lower by",
                                "What the highest rate is multiplied by at each restart.", 0, 1, 1),
};

TT_RATE_OF(tt_cosine_restarts_rate) {
    TT_IGNORE;
    double length = p[RESTARTS_T0], restarts = 0;
    if (p[RESTARTS_T_MULT] == 1) {
        restarts = tt_whole(t / length);
        t -= restarts * length;
    }
    for (; t >= length; restarts++) {
        t -= length;
        length *= p[RESTARTS_T_MULT];
    }
    double highest =
        p[RESTARTS_MIN] + (base - p[RESTARTS_MIN]) * tt_pow(p[RESTARTS_M_MULT], restarts);
    return tt_half_wave(highest, p[RESTARTS_MIN], t / length);
}

enum {
    CYCLE_PCT_START,
    CYCLE_ANNEAL,
    CYCLE_DIV,
    CYCLE_FINAL_DIV,
    CYCLE_THREE_PHASE,
    CYCLE_TOTAL,
    CYCLE_MOMENTUM,
    CYCLE_BASE_MOMENTUM,
    CYCLE_MAX_MOMENTUM
};

#define CYCLE_MOMENTUM_FLAG(is_on)                                                                 \
    TT_FLAG("cycle_momentum", "Momentum too",                                                      \
            "Moves the optimizer's momentum (or beta 1) the other way.", is_on)
#define LOWEST_MOMENTUM(share)                                                                     \
    TT_SHARE("base_momentum", "Lowest momentum", "At the highest rate.", share)
#define HIGHEST_MOMENTUM(share)                                                                    \
    TT_SHARE("max_momentum", "Highest momentum", "At the lowest rate.", share)

const tt_param tt_one_cycle_params[] = {
    [CYCLE_PCT_START] = TT_REAL("pct_start", "Rising share",
                                "Share of the run in which the rate rises.", 0, 1, 0.3),
    [CYCLE_ANNEAL] =
        TT_CHOICE("anneal", "Shape", "Half cosine waves or straight lines.", "cos|linear", "cos"),
    [CYCLE_DIV] = TT_LOG_REAL("div_factor", "First divisor",
                              "The first rate is the base rate divided by this.", 1, 1e9, 25),
    [CYCLE_FINAL_DIV] =
        TT_LOG_REAL("final_div_factor", "Last divisor",
                    "The last rate is the first rate divided by this.", 1, 1e12, 1e4),
    [CYCLE_THREE_PHASE] = TT_FLAG("three_phase", "Three phases",
                                  "Falls as long as it rose, and only then to the last rate.", 0),
    [CYCLE_TOTAL] = TT_RUN_LENGTH("total", "Units of the cycle; the last rate stays."),
    [CYCLE_MOMENTUM] = CYCLE_MOMENTUM_FLAG(1),
    [CYCLE_BASE_MOMENTUM] = LOWEST_MOMENTUM(0.85),
    [CYCLE_MAX_MOMENTUM] = HIGHEST_MOMENTUM(0.95),
};

/* The value at t on the way from `first` up to `high`, back to `first` in three phases, and to
 * `last`. */
static double one_cycle(const double *p, double t, double total, double first, double high,
                        double last) {
    double length = p[CYCLE_TOTAL] > 0 ? p[CYCLE_TOTAL] : total, end = length - 1;
    double risen = p[CYCLE_PCT_START] * length - 1, fallen = 2 * p[CYCLE_PCT_START] * length - 2;
    bool three = p[CYCLE_THREE_PHASE] != 0 && fallen < end;
    double from = first, to = high, left = 0, right = risen;
    t = t < end ? t : end;
    if (t > risen && three && t <= fallen) {
        from = high, to = first, left = risen, right = fallen;
    } else if (t > risen) {
        from = three ? first : high, to = last, left = three ? fallen : risen, right = end;
    }
    double share = right > left ? (t - left) / (right - left) : 1;
    return p[CYCLE_ANNEAL] == 0 ? tt_half_wave(from, to, share) : from + (to - from) * share;
}

TT_RATE_OF(tt_one_cycle_rate) {
    TT_IGNORE;
    double first = base / p[CYCLE_DIV];
    return one_cycle(p, t, total, first, base, first / p[CYCLE_FINAL_DIV]);
}

double tt_one_cycle_momentum(const double *p, double t, double total) {
    double highest = p[CYCLE_MAX_MOMENTUM];
    if (p[CYCLE_MOMENTUM] == 0)
        return -1;
    return one_cycle(p, t, total, highest, p[CYCLE_BASE_MOMENTUM], highest);
}

enum {
    CYCLIC_BASE,
    CYCLIC_UP,
    CYCLIC_DOWN,
    CYCLIC_MODE,
    CYCLIC_GAMMA,
    CYCLIC_MOMENTUM,
    CYCLIC_BASE_MOMENTUM,
    CYCLIC_MAX_MOMENTUM
};
enum { TRIANGULAR, TRIANGULAR2, EXP_RANGE };

const tt_param tt_cyclic_params[] = {
    [CYCLIC_BASE] =
        TT_LOG_REAL("base_lr", "Lowest rate",
                    "Where each cycle begins; its peak is the optimizer's rate.", 0, 1e12, 1e-4),
    [CYCLIC_UP] = TT_INTEGER("step_size_up", "Up", "Units in which the rate rises.", 1, 1e9, 10),
    [CYCLIC_DOWN] = TT_INTEGER("step_size_down", "Down",
                               "Units in which it falls; 0 for as many as it rises.", 0, 1e9, 0),
    [CYCLIC_MODE] = TT_CHOICE("mode", "Peaks",
                              "Alike, half as high in each cycle, or lower by a factor at "
                              "every unit.",
                              "triangular|triangular2|exp_range", "triangular"),
    [CYCLIC_GAMMA] =
        TT_REAL("gamma", "Factor", "What exp_range multiplies the height by.", 0, 1, 1),
    [CYCLIC_MOMENTUM] = CYCLE_MOMENTUM_FLAG(0),
    [CYCLIC_BASE_MOMENTUM] = LOWEST_MOMENTUM(0.8),
    [CYCLIC_MAX_MOMENTUM] = HIGHEST_MOMENTUM(0.9),
};

/* Between 0 at the lowest and 1 at the highest point of the first cycle. */
static double cyclic_height(const double *p, double t) {
    double up = p[CYCLIC_UP], down = p[CYCLIC_DOWN] > 0 ? p[CYCLIC_DOWN] : up;
    double cycle = tt_whole(t / (up + down)), x = t - cycle * (up + down);
    double height = x <= up ? x / up : (up + down - x) / down;
    if (p[CYCLIC_MODE] == TRIANGULAR2)
        return height * tt_pow(0.5, cycle);
    return p[CYCLIC_MODE] == EXP_RANGE ? height * tt_pow(p[CYCLIC_GAMMA], t) : height;
}

TT_RATE_OF(tt_cyclic_rate) {
    TT_IGNORE;
    return p[CYCLIC_BASE] + (base - p[CYCLIC_BASE]) * cyclic_height(p, t);
}

double tt_cyclic_momentum(const double *p, double t, double total) {
    (void)total;
    double range = p[CYCLIC_MAX_MOMENTUM] - p[CYCLIC_BASE_MOMENTUM];
    return p[CYCLIC_MOMENTUM] == 0 ? -1 : p[CYCLIC_MAX_MOMENTUM] - range * cyclic_height(p, t);
}

enum { STABLE_WARMUP, STABLE_DECAY, STABLE_SHAPE, STABLE_END };
enum { SHAPE_LINEAR, SHAPE_COSINE, SHAPE_ROOT };

const tt_param tt_warmup_stable_decay_params[] = {
    [STABLE_WARMUP] =
        TT_REAL("warmup_share", "Warm-up", "Share of the run in which the rate rises.", 0, 1, 0.05),
    [STABLE_DECAY] = TT_REAL("decay_share", "Decay",
                             "Share of the run in which it falls at the end.", 0, 1, 0.2),
    [STABLE_SHAPE] = TT_CHOICE("shape", "Shape of the decay",
                               "A straight line, half a cosine wave, or one minus a root.",
                               "linear|cosine|root", "linear"),
    [STABLE_END] = TT_REAL("end_factor", "Last rate", "As a share of the base rate.", 0, 1, 0),
};

TT_RATE_OF(tt_warmup_stable_decay_rate) {
    TT_IGNORE;
    double warm = p[STABLE_WARMUP] * total, length = p[STABLE_DECAY] * total;
    double share = length > 0 ? (t - (total - length)) / length : 0;
    if (t + 1 < warm)
        return base * (t + 1) / warm;
    if (share <= 0)
        return base;
    share = share < 1 ? share : 1;
    double end = p[STABLE_END] * base;
    if (p[STABLE_SHAPE] == SHAPE_COSINE)
        return tt_half_wave(base, end, share);
    return base + (end - base) * (p[STABLE_SHAPE] == SHAPE_ROOT ? tt_sqrt(share) : share);
}
