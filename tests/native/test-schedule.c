/* Every schedule against values of its formula, and all of them within bounds. */

#include "family-rows.h"

#include "schedule.h"

static const double no_state[TT_SCHEDULE_STATE], no_warmup[TT_MAX_PARAMS];

typedef struct setting {
    const char *key;
    double value;
} setting;

enum { MAX_SETTINGS = 8 };

static const tt_schedule *set_up(const char *key, const setting *settings, double *p) {
    int32_t index = row_named(&tt_schedule_family, key);
    const tt_schedule *row = &tt_schedules[index];
    row_defaults(&tt_schedule_family, index, p);
    for (const setting *s = settings; s->key; s++)
        if (!row_set(&row->about, p, s->key, s->value))
            fail_msg("%s has no %s", key, s->key);
    return row;
}

/* Rates at a base rate of 0.8 in a run of 100 units. */
static const struct {
    const char *key;
    setting settings[MAX_SETTINGS];
    double t, expected;
} cases[] = {
    {"constant", {{0}}, 70, 0.8},
    {"step", {{"gamma", 0.5}}, 9, 0.8},
    {"step", {{"gamma", 0.5}}, 10, 0.4},
    {"step", {{"gamma", 0.5}}, 35, 0.1},
    {"multi_step", {{"gamma", 0.5}}, 29, 0.8},
    {"multi_step", {{"gamma", 0.5}}, 30, 0.4},
    {"multi_step", {{"gamma", 0.5}}, 95, 0.1},
    {"exponential", {{"gamma", 0.5}}, 3, 0.1},
    {"exponential", {{"gamma", 0.25}, {"decay_steps", 10}}, 5, 0.4},
    {"exponential", {{"gamma", 0.25}, {"decay_steps", 10}, {"staircase", 1}}, 19, 0.2},
    {"natural_exponential", {{"decay", 0.1}}, 20, 0.8 * 0.1353352832366127},
    {"inverse_time", {{"decay", 0.3}}, 10, 0.2},
    {"inverse_time", {{"decay", 1}, {"decay_steps", 5}, {"staircase", 1}}, 19, 0.2},
    {"inverse_time", {{"decay", 3}, {"power", 0.5}}, 5, 0.2},
    {"polynomial", {{"power", 2}}, 25, 0.8 * 0.5625},
    {"polynomial", {{"power", 2}, {"total", 50}}, 25, 0.2},
    {"polynomial", {{"power", 2}, {"total", 50}}, 60, 0},
    {"polynomial", {{"power", 2}, {"total", 50}, {"eta_min", 0.4}}, 25, 0.5},
    {"polynomial", {{"total", 50}, {"cycle", 1}}, 75, 0.2},
    {"linear", {{"start_factor", 0.25}, {"total_iters", 10}}, 0, 0.2},
    {"linear", {{"start_factor", 0.25}, {"total_iters", 10}}, 5, 0.5},
    {"linear", {{"start_factor", 0.25}, {"total_iters", 10}}, 11, 0.8},
    {"constant_factor", {{"factor", 0.25}}, 4, 0.2},
    {"constant_factor", {{"factor", 0.25}}, 5, 0.8},
    {"staircase", {{"drop", 0.3}}, 29, 0.8 * 0.4},
    {"staircase", {{"drop", 0.3}}, 40, 0},
    {"cosine", {{"eta_min", 0.1}}, 0, 0.8},
    {"cosine", {{"eta_min", 0.1}}, 50, 0.45},
    {"cosine", {{"eta_min", 0.1}, {"t_max", 20}}, 20, 0.1},
    {"cosine", {{"eta_min", 0.1}, {"t_max", 20}}, 30, 0.45},
    {"cosine", {{"eta_min", 0.1}, {"t_max", 20}, {"hold", 1}}, 30, 0.1},
    {"cosine", {{"t_max", 1}}, 2000000, 0.8},
    {"cosine_restarts", {{0}}, 5, 0.4},
    {"cosine_restarts", {{0}}, 30, 0.8},
    {"cosine_restarts", {{"t_mult", 2}}, 20, 0.4},
    {"cosine_restarts", {{"t_mult", 2}}, 30, 0.8},
    {"cosine_restarts", {{"t_mult", 2}, {"m_mult", 0.5}}, 30, 0.2},
    {"one_cycle", {{"div_factor", 4}}, 0, 0.2},
    {"one_cycle", {{"div_factor", 4}}, 14.5, 0.5},
    {"one_cycle", {{"div_factor", 4}}, 29, 0.8},
    {"one_cycle", {{"div_factor", 4}, {"final_div_factor", 2}}, 99, 0.1},
    {"one_cycle", {{"div_factor", 4}, {"final_div_factor", 2}, {"anneal", 1}}, 64, 0.45},
    {"one_cycle", {{"div_factor", 4}, {"three_phase", 1}}, 58, 0.2},
    {"one_cycle", {{"div_factor", 4}, {"three_phase", 1}, {"anneal", 1}}, 43.5, 0.5},
    {"one_cycle", {{"total", 10}, {"final_div_factor", 2}, {"div_factor", 4}}, 90, 0.1},
    {"cyclic", {{"base_lr", 0.2}}, 0, 0.2},
    {"cyclic", {{"base_lr", 0.2}}, 5, 0.5},
    {"cyclic", {{"base_lr", 0.2}}, 10, 0.8},
    {"cyclic", {{"base_lr", 0.2}, {"step_size_down", 20}}, 20, 0.5},
    {"cyclic", {{"base_lr", 0.2}, {"mode", 1}}, 30, 0.5},
    {"cyclic", {{"base_lr", 0.2}, {"mode", 2}, {"gamma", 0.9}}, 10, 0.2 + 0.6 * 0.3486784401},
    {"warmup_stable_decay", {{0}}, 0, 0.16},
    {"warmup_stable_decay", {{0}}, 4, 0.8},
    {"warmup_stable_decay", {{0}}, 80, 0.8},
    {"warmup_stable_decay", {{0}}, 90, 0.4},
    {"warmup_stable_decay", {{"shape", 1}, {"end_factor", 0.5}}, 90, 0.6},
    {"warmup_stable_decay", {{"shape", 2}}, 85, 0.4},
    {"reduce_on_plateau", {{0}}, 50, 0.8},
    {"polyline", {{0}}, 0, 0.08},
    {"polyline", {{0}}, 5, 0.8 * 0.55},
    {"polyline", {{0}}, 30, 0.8 * 0.55},
    {"polyline", {{0}}, 500, 0.008},
};

static void schedules_follow_their_formula(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_schedule_family.n_rows; r++) {
        const char *key = tt_schedules[r].about.key;
        int32_t checked = 0;
        for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
            double p[TT_MAX_PARAMS];
            if (strcmp(cases[c].key, key) != 0)
                continue;
            const tt_schedule *row = set_up(key, cases[c].settings, p);
            double rate = tt_scheduled_rate(row, p, no_warmup, 0.8, cases[c].t, 100, no_state);
            assert_near(rate, cases[c].expected, 1e-12, 1e-15);
            checked++;
        }
        if (checked == 0)
            fail_msg("no values for %s", key);
    }
}

static void every_schedule_is_finite_and_never_negative(void **state) {
    (void)state;
    const double warmup[TT_MAX_PARAMS] = {[TT_SCHEDULE_WARMUP] = 5};
    for (int32_t r = 0; r < tt_schedule_family.n_rows; r++) {
        double p[TT_MAX_PARAMS];
        row_defaults(&tt_schedule_family, r, p);
        for (int total = 1; total < 300; total += 37)
            for (int t = 0; t < 400; t++) {
                double rate =
                    tt_scheduled_rate(&tt_schedules[r], p, warmup, 0.1, t, total, no_state);
                double momentum = tt_scheduled_momentum(&tt_schedules[r], p, warmup, t, total);
                assert_true(isfinite(rate) && rate >= 0 && rate <= 0.1 + 1e-15);
                assert_true(momentum == -1 || (momentum >= 0 && momentum < 1));
            }
    }
}

static void a_warmup_climbs_in_a_line(void **state) {
    (void)state;
    double shared[TT_MAX_PARAMS] = {[TT_SCHEDULE_WARMUP] = 5};
    for (int32_t r = 0; r < tt_schedule_family.n_rows; r++) {
        const tt_schedule *row = &tt_schedules[r];
        double p[TT_MAX_PARAMS];
        row_defaults(&tt_schedule_family, r, p);
        for (int t = 0; t < 5; t++) {
            shared[TT_SCHEDULE_WARMUP_START] = 0;
            double rate = tt_scheduled_rate(row, p, shared, 0.1, t, 200, no_state);
            assert_near(rate, 0.02 * (t + 1), 1e-14, 0);
            shared[TT_SCHEDULE_WARMUP_START] = 0.5;
            rate = tt_scheduled_rate(row, p, shared, 0.1, t, 200, no_state);
            assert_near(rate, 0.05 + 0.01 * t, 1e-14, 0);
            assert_near(tt_scheduled_momentum(row, p, shared, t, 200), -1, 0, 0);
        }
        assert_near(tt_scheduled_rate(row, p, shared, 0.1, 7, 200, no_state),
                    tt_scheduled_rate(row, p, no_warmup, 0.1, 2, 195, no_state), 1e-14, 0);
    }
}

static void momentum_runs_the_other_way(void **state) {
    (void)state;
    double p[TT_MAX_PARAMS];
    const tt_schedule *row = set_up("one_cycle", (const setting[]){{0}}, p);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 0, 100), 0.95, 1e-14, 0);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 14.5, 100), 0.9, 1e-14, 0);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 29, 100), 0.85, 1e-14, 0);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 99, 100), 0.95, 1e-14, 0);
    row = set_up("one_cycle", (const setting[]){{"cycle_momentum", 0}, {0}}, p);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 29, 100), -1, 0, 0);
    row = set_up("cyclic", (const setting[]){{"cycle_momentum", 1}, {"mode", 1}, {0}}, p);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 0, 100), 0.9, 1e-14, 0);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 10, 100), 0.8, 1e-14, 0);
    assert_near(tt_scheduled_momentum(row, p, no_warmup, 30, 100), 0.85, 1e-14, 0);
}

/* The rate after each of the losses, which are "." (better) or "x" (no better). */
static void check_plateau(const setting *settings, const char *losses, const double *expected) {
    double p[TT_MAX_PARAMS], kept[TT_SCHEDULE_STATE] = {0}, best = 4;
    const tt_schedule *row = set_up("reduce_on_plateau", settings, p);
    for (int t = 0; losses[t]; t++) {
        best -= losses[t] == '.' ? 0.1 : 0;
        row->observe(p, 0.8, losses[t] == '.' ? best : best + 0.05, kept);
        assert_near(tt_scheduled_rate(row, p, no_warmup, 0.8, t, 100, kept), expected[t], 1e-14, 0);
    }
}

static void a_plateau_drops_the_rate(void **state) {
    (void)state;
    const setting torch[] = {{"factor", 0.5}, {"patience", 1}, {"cooldown", 2}, {0}};
    const setting keras[] = {{"factor", 0.5}, {"patience", 1}, {"cooldown", 2}, {"form", 1}, {0}};
    const setting floor[] = {{"factor", 0.1}, {"patience", 0}, {"min_lr", 0.3}, {0}};
    const setting tiny[] = {{"factor", 0.5}, {"patience", 0}, {"eps", 0.3}, {0}};
    check_plateau(torch, ".x.xxxxxx", (const double[]){.8, .8, .8, .8, .4, .4, .4, .4, .2});
    check_plateau(keras, ".x.xxx", (const double[]){.8, .4, .4, .2, .2, .1});
    check_plateau(floor, ".xxx", (const double[]){.8, .3, .3, .3});
    check_plateau(tiny, ".xxx", (const double[]){.8, .4, .4, .4});
}

static void a_plateau_goes_by_the_threshold(void **state) {
    (void)state;
    const double losses[] = {1, 0.95, 0.9, 0.85};
    const setting relative[] = {{"threshold", 0.12}, {"patience", 1}, {0}};
    const setting absolute[] = {{"threshold", 0.12}, {"threshold_mode", 1}, {"patience", 0}, {0}};
    double p[TT_MAX_PARAMS], kept[TT_SCHEDULE_STATE] = {0}, below[TT_SCHEDULE_STATE] = {0};
    const tt_schedule *row = set_up("reduce_on_plateau", relative, p);
    for (int i = 0; i < 3; i++)
        row->observe(p, 1, losses[i], kept);
    assert_near(row->rate(p, 1, 0, 1, kept), 0.1, 1e-14, 0);
    row = set_up("reduce_on_plateau", absolute, p);
    for (int i = 0; i < 4; i++)
        row->observe(p, 1, -losses[3 - i], below);
    assert_near(row->rate(p, 1, 0, 1, below), 0.01, 1e-14, 0);
}

/* After a low outlier nothing is better, but the smoothed loss goes on falling. */
static void a_plateau_may_go_by_the_smoothed_loss(void **state) {
    (void)state;
    const double noisy[] = {1, 0.1, 0.8, 0.7, 0.6};
    for (int smooth = 0; smooth < 2; smooth++) {
        double p[TT_MAX_PARAMS], kept[TT_SCHEDULE_STATE] = {0};
        const setting settings[] = {{"smoothing", smooth ? 0.9 : 0}, {"patience", 2}, {0}};
        const tt_schedule *row = set_up("reduce_on_plateau", settings, p);
        for (int i = 0; i < 5; i++)
            row->observe(p, 1, noisy[i], kept);
        assert_near(row->rate(p, 1, 0, 1, kept), smooth ? 1 : 0.1, 1e-14, 0);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(schedules_follow_their_formula),
    cmocka_unit_test(every_schedule_is_finite_and_never_negative),
    cmocka_unit_test(a_warmup_climbs_in_a_line),
    cmocka_unit_test(momentum_runs_the_other_way),
    cmocka_unit_test(a_plateau_drops_the_rate),
    cmocka_unit_test(a_plateau_goes_by_the_threshold),
    cmocka_unit_test(a_plateau_may_go_by_the_smoothed_loss),
};

RUN_TESTS(tests)
