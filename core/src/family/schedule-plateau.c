#include <float.h>

#include "schedule-kinds.h"

enum {
    PLATEAU_FACTOR,
    PLATEAU_PATIENCE,
    PLATEAU_THRESHOLD,
    PLATEAU_THRESHOLD_MODE,
    PLATEAU_COOLDOWN,
    PLATEAU_MIN_LR,
    PLATEAU_EPS,
    PLATEAU_SMOOTHING,
    PLATEAU_FORM
};
enum { RELATIVE, ABSOLUTE };
enum { FORM_TORCH, FORM_KERAS };

const tt_param tt_plateau_params[] = {
    [PLATEAU_FACTOR] =
        TT_REAL("factor", "Factor", "What the rate is multiplied by at each drop.", 1e-6, 1, 0.1),
    [PLATEAU_PATIENCE] = TT_INTEGER("patience", "Patience",
                                    "Epochs without improvement that are let pass.", 0, 1e6, 10),
    [PLATEAU_THRESHOLD] =
        TT_LOG_REAL("threshold", "Threshold",
                    "The loss must fall by more than this to count as improved.", 0, 1e6, 1e-4),
    [PLATEAU_THRESHOLD_MODE] =
        TT_CHOICE("threshold_mode", "Threshold is",
                  "A share of the best loss (rel), or a difference (abs).", "rel|abs", "rel"),
    [PLATEAU_COOLDOWN] = TT_INTEGER("cooldown", "Cool-down",
                                    "Epochs after a drop in which nothing is counted.", 0, 1e6, 0),
    [PLATEAU_MIN_LR] =
        TT_LOG_REAL("min_lr", "Lowest rate", "The rate does not fall below it.", 0, 1e12, 0),
    [PLATEAU_EPS] =
        TT_LOG_REAL("eps", "Smallest change", "Smaller drops are left out.", 0, 1, 1e-8),
    [PLATEAU_SMOOTHING] =
        TT_SHARE("smoothing", "Smoothing",
                 "Goes by a moving average of the loss that keeps this share; 0 for the loss "
                 "itself.",
                 0),
    [PLATEAU_FORM] = TT_CHOICE("form", "Definition",
                               "Drops when more epochs than the patience were bad (torch), or as "
                               "many (keras, which counts the last epoch of a cool-down too).",
                               "torch|keras", "torch"),
};

/* Of the state; a scale of zero means that the rate was not touched yet. */
enum { STARTED, SMOOTHED, BEST, N_BAD, COOLING, SCALE };

TT_RATE_OF(tt_plateau_rate) {
    TT_IGNORE;
    return state[SCALE] > 0 ? base * state[SCALE] : base;
}

static void drop(const double *p, double base, double *state) {
    double rate = tt_plateau_rate(p, base, 0, 0, state), lower = rate * p[PLATEAU_FACTOR];
    double eps = p[PLATEAU_FORM] == FORM_KERAS ? 0 : p[PLATEAU_EPS];
    lower = lower < p[PLATEAU_MIN_LR] ? p[PLATEAU_MIN_LR] : lower;
    if (rate - lower > eps)
        state[SCALE] = lower / base;
    state[COOLING] = p[PLATEAU_COOLDOWN];
    state[N_BAD] = 0;
}

static bool improves(const double *p, double loss, double best) {
    double size = best < 0 ? -best : best;
    double margin =
        p[PLATEAU_THRESHOLD_MODE] == RELATIVE ? size * p[PLATEAU_THRESHOLD] : p[PLATEAU_THRESHOLD];
    return loss < best - margin;
}

void tt_plateau_observe(const double *p, double base, double loss, double *state) {
    double keep = state[STARTED] != 0 ? p[PLATEAU_SMOOTHING] : 0;
    bool keras = p[PLATEAU_FORM] == FORM_KERAS, was_cooling = state[COOLING] > 0;
    state[SMOOTHED] = keep > 0 ? keep * state[SMOOTHED] + (1 - keep) * loss : loss;
    if (state[STARTED] == 0)
        state[BEST] = DBL_MAX;
    state[STARTED] = 1;
    bool better = improves(p, state[SMOOTHED], state[BEST]);
    if (better)
        state[BEST] = state[SMOOTHED];
    if (was_cooling)
        state[COOLING] -= 1;
    if (better || was_cooling)
        state[N_BAD] = 0;
    if (better || (keras ? state[COOLING] > 0 : was_cooling))
        return;
    state[N_BAD] += 1;
    if (state[N_BAD] >= p[PLATEAU_PATIENCE] + (keras ? 0 : 1))
        drop(p, base, state);
}
