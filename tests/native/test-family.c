/* Every row of the families without a test program of their own: optimizers, schedules,
 * regularizers and initializers against values worked out by hand or by their defining formula. */

#include "unit.h"

#include "initializer.h"
#include "maths.h"
#include "optimizer.h"
#include "regularizer.h"
#include "schedule.h"

static void defaults(const tt_descriptor *row, double *p) {
    for (int32_t i = 0; i < row->n_params; i++)
        p[i] = row->params[i].value;
}

static double row_param(const tt_descriptor *row, const double *p, const char *key) {
    for (int32_t i = 0; i < row->n_params; i++)
        if (strcmp(row->params[i].key, key) == 0)
            return p[i];
    fail_msg("no parameter %s", key);
    return 0;
}

/* optimizers: two steps in double, written out from the papers */

typedef struct hand {
    double w, a, b, c; /* weight and up to three states */
} hand;

static void hand_step(const tt_descriptor *row, const double *p, double lr, int t, double g,
                      hand *h) {
    const char *key = row->key;
    double decay = row_param(row, p, "weight_decay");
    if (strcmp(key, "adamw") == 0)
        h->w *= 1 - lr * decay;
    else
        g += decay * h->w;
    if (strcmp(key, "sgd") == 0) {
        double mu = row_param(row, p, "momentum");
        h->a = t == 1 ? g : mu * h->a + (1 - row_param(row, p, "dampening")) * g;
        h->w -= lr * (mu == 0 ? g : row_param(row, p, "nesterov") != 0 ? g + mu * h->a : h->a);
    } else if (strcmp(key, "rmsprop") == 0) {
        double alpha = row_param(row, p, "alpha"), mu = row_param(row, p, "momentum");
        h->a = alpha * h->a + (1 - alpha) * g * g;
        h->b = alpha * h->b + (1 - alpha) * g;
        double v = h->a - (row_param(row, p, "centered") != 0 ? h->b * h->b : 0);
        h->c = mu * h->c + g / (sqrt(v) + row_param(row, p, "eps"));
        h->w -= lr * h->c;
    } else if (strncmp(key, "adam", 4) == 0) {
        double b1 = row_param(row, p, "beta1"), b2 = row_param(row, p, "beta2");
        h->a = b1 * h->a + (1 - b1) * g;
        h->b = b2 * h->b + (1 - b2) * g * g;
        h->w -= lr * (h->a / (1 - pow(b1, t))) /
                (sqrt(h->b / (1 - pow(b2, t))) + row_param(row, p, "eps"));
    } else if (strcmp(key, "adagrad") == 0) {
        h->a = (t == 1 ? row_param(row, p, "initial_accumulator") : h->a) + g * g;
        h->w -= lr / (1 + (t - 1) * row_param(row, p, "lr_decay")) * g /
                (sqrt(h->a) + row_param(row, p, "eps"));
    } else {
        fail_msg("no hand-written step for %s", key);
    }
}

static void check_optimizer(const tt_optimizer *row, const double *p) {
    enum { N = 7, STEPS = 12 };
    float w[N], g[N], state[TT_MAX_SLOTS][N] = {{0}};
    float *slots[TT_MAX_SLOTS] = {state[0], state[1], state[2], state[3]};
    hand h[N] = {{0}};
    for (int i = 0; i < N; i++) {
        w[i] = (float)(i - 3) / 2;
        h[i].w = (double)w[i];
    }
    for (int t = 1; t <= STEPS; t++) {
        double lr = t > 6 ? 0.02 : 0.05;
        for (int i = 0; i < N; i++) {
            g[i] = (float)((i * 5 + t * 3) % 11 - 5) / 3;
            hand_step(&row->about, p, lr, t, (double)g[i], &h[i]);
        }
        const tt_step step = {.n = N, .p = p, .rate = lr, .t = t, .g = g, .w = w, .slot = slots};
        row->step(&step);
        for (int i = 0; i < N; i++)
            assert_near((double)w[i], h[i].w, 2e-5, 2e-6);
    }
}

static void set_param(const tt_descriptor *row, double *p, const char *key, double value) {
    for (int32_t i = 0; i < row->n_params; i++)
        if (strcmp(row->params[i].key, key) == 0)
            p[i] = value;
}

static void optimizers_follow_steps_by_hand(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_optimizer_family.n_rows; r++) {
        const tt_optimizer *row = &tt_optimizers[r];
        double p[TT_MAX_PARAMS];
        defaults(&row->about, p);
        assert_string_equal(row->about.params[0].key, "lr");
        check_optimizer(row, p);
        set_param(&row->about, p, "weight_decay", 0.1);
        set_param(&row->about, p, "momentum", 0.9);
        set_param(&row->about, p, "lr_decay", 0.01);
        set_param(&row->about, p, "initial_accumulator", 0.5);
        check_optimizer(row, p);
        set_param(&row->about, p, "nesterov", 1);
        set_param(&row->about, p, "centered", 1);
        check_optimizer(row, p);
        set_param(&row->about, p, "nesterov", 0);
        set_param(&row->about, p, "dampening", 0.3);
        check_optimizer(row, p);
    }
}

/* schedules */

static const double no_state[TT_SCHEDULE_STATE];

static double rate_at(const char *key, double p0, double p1, double t, double total) {
    double p[TT_MAX_PARAMS] = {p0, p1};
    const tt_schedule *row = &tt_schedules[tt_family_find(&tt_schedule_family, key)];
    return tt_scheduled_rate(row, p, 0, 0.8, t, total, no_state);
}

static void schedules_follow_their_formula(void **state) {
    (void)state;
    assert_near(rate_at("constant", 0, 0, 70, 100), 0.8, 0, 0);
    assert_near(rate_at("step", 10, 0.5, 9, 100), 0.8, 0, 0);
    assert_near(rate_at("step", 10, 0.5, 10, 100), 0.4, 1e-14, 0);
    assert_near(rate_at("step", 10, 0.5, 35, 100), 0.1, 1e-14, 0);
    assert_near(rate_at("exponential", 0.9, 0, 20, 100), 0.8 * pow(0.9, 20), 1e-13, 0);
    assert_near(rate_at("polynomial", 2, 0, 25, 100), 0.8 * 0.75 * 0.75, 1e-13, 0);
    assert_near(rate_at("polynomial", 2, 50, 25, 100), 0.8 * 0.25, 1e-13, 0);
    assert_near(rate_at("polynomial", 2, 50, 50, 100), 0, 0, 0);
    assert_near(rate_at("staircase", 10, 0.3, 29, 100), 0.8 * 0.4, 1e-14, 0);
    assert_near(rate_at("staircase", 10, 0.3, 40, 100), 0, 0, 0);
    assert_near(rate_at("cosine", 0.1, 0, 0, 100), 0.8, 1e-14, 0);
    assert_near(rate_at("cosine", 0.1, 0, 50, 100), 0.45, 1e-13, 0);
    assert_near(rate_at("cosine", 0.1, 20, 20, 100), 0.1, 1e-13, 0);
    assert_near(rate_at("cosine", 0.1, 20, 30, 100), 0.45, 1e-13, 0);
}

static void every_schedule_is_finite_and_never_negative(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_schedule_family.n_rows; r++) {
        double p[TT_MAX_PARAMS];
        defaults(&tt_schedules[r].about, p);
        for (int t = 0; t < 300; t++) {
            double rate = tt_scheduled_rate(&tt_schedules[r], p, 5, 0.1, t, 200, no_state);
            assert_true(isfinite(rate) && rate >= 0 && rate <= 0.1 + 1e-15);
            if (t < 5)
                assert_near(rate, 0.1 * (t + 1) / 5, 1e-15, 0);
        }
        assert_near(tt_scheduled_rate(&tt_schedules[r], p, 5, 0.1, 5, 200, no_state), 0.1, 1e-14,
                    0);
    }
}

/* regularizers */

static void regularizers_follow_their_formula(void **state) {
    (void)state;
    const float w[] = {-2, 0, 0.5f, 3};
    float g[] = {1, 1, 1, 1};
    double p[] = {0.1, 0};
    const tt_span weight = {0, 2, 2, true, true};
    const tt_regularizer *l1 = &tt_regularizers[tt_family_find(&tt_regularizer_family, "l1")];
    const tt_regularizer *l2 = &tt_regularizers[tt_family_find(&tt_regularizer_family, "l2")];
    assert_near(l1->penalty(p, &weight, w, g), 0.55, 1e-12, 0);
    assert_near((double)g[0], 0.9, 1e-6, 0);
    assert_near((double)g[1], 1, 0, 0);
    assert_near((double)g[3], 1.1, 1e-6, 0);
    assert_near(l2->penalty(p, &weight, w, g), 0.1 * 13.25, 1e-12, 0);
    assert_near((double)g[0], 0.5, 1e-6, 0);
    assert_near((double)g[3], 1.7, 1e-6, 0);

    float v[] = {3, -4, 0};
    double limit[] = {1};
    tt_regularizers[tt_family_find(&tt_regularizer_family, "clip_norm")].clip(limit, 3, 5, v);
    assert_near((double)v[0], 3 / (5 + 1e-6), 1e-6, 0);
    assert_near((double)v[1], -4 / (5 + 1e-6), 1e-6, 0);
    float u[] = {3, -4, 0.5f};
    tt_regularizers[tt_family_find(&tt_regularizer_family, "clip_value")].clip(limit, 3, 5, u);
    assert_true(u[0] == 1 && u[1] == -1 && u[2] == 0.5f);
}

static void penalties_count_biases_only_when_asked(void **state) {
    (void)state;
    const tt_span bias = {0, 1, 2, false, true};
    const float w[] = {1, -3};
    for (int32_t r = 0; r < tt_regularizer_family.n_rows; r++) {
        const tt_regularizer *row = &tt_regularizers[r];
        float g[] = {0, 0};
        double p[TT_MAX_PARAMS];
        if (!row->penalty)
            continue;
        defaults(&row->about, p);
        assert_near(row->penalty(p, &bias, w, g), 0, 0, 0);
        assert_true(g[0] == 0 && g[1] == 0);
        p[1] = 1;
        assert_true(row->penalty(p, &bias, w, g) > 0 && g[0] > 0 && g[1] < 0);
    }
}

static void max_norm_shortens_each_unit(void **state) {
    (void)state;
    const tt_span span = {0, 2, 3, true, true}, bias = {0, 1, 3, false, true};
    float w[] = {3, 0.1f, 0, 4, 0.2f, 0}, b[] = {9, 9, 9};
    const double limit = 1;
    const tt_regularizer *row =
        &tt_regularizers[tt_family_find(&tt_regularizer_family, "max_norm")];
    row->constrain(&limit, &span, w);
    row->constrain(&limit, &bias, b);
    assert_near((double)w[0], 0.6, 1e-6, 0);
    assert_near((double)w[3], 0.8, 1e-6, 0);
    assert_true(w[1] == 0.1f && w[4] == 0.2f && w[2] == 0 && b[0] == 9);
}

static void averages_take_the_stated_share(void **state) {
    (void)state;
    const tt_regularizer *ema = &tt_regularizers[tt_family_find(&tt_regularizer_family, "ema")];
    const tt_regularizer *swa = &tt_regularizers[tt_family_find(&tt_regularizer_family, "swa")];
    const double decay = 0.75, start = 2;
    int64_t taken = 0;
    assert_near(ema->average(&decay, 1, 5, &taken), 1, 0, 0);
    assert_near(ema->average(&decay, 2, 5, &taken), 0.25, 0, 0);
    taken = 0;
    assert_near(swa->average(&start, 5, 5, &taken), 0, 0, 0);
    assert_near(swa->average(&start, 9, 5, &taken), 0, 0, 0);
    assert_near(swa->average(&start, 10, 5, &taken), 1, 0, 0);
    assert_near(swa->average(&start, 15, 5, &taken), 0.5, 0, 0);
    assert_near(swa->average(&start, 20, 5, &taken), 1.0 / 3, 1e-15, 0);
}

static void early_stopping_counts_epochs_without_gain(void **state) {
    (void)state;
    const tt_regularizer *row =
        &tt_regularizers[tt_family_find(&tt_regularizer_family, "early_stopping")];
    double p[] = {2, 0.01}, kept[2] = {INFINITY, 0};
    assert_false(row->stop(p, 1.0, kept));
    assert_false(row->stop(p, 0.995, kept));
    assert_false(row->stop(p, 0.5, kept));
    assert_false(row->stop(p, 0.6, kept));
    assert_true(row->stop(p, 0.495, kept));
}

/* initializers */

static void initializers_have_the_stated_spread(void **state) {
    (void)state;
    enum { IN = 120, OUT = 80 };
    static float w[IN * OUT];
    const struct {
        const char *key;
        double deviation, bound;
    } cases[] = {
        {"glorot_uniform", sqrt(2.0 / (IN + OUT)), sqrt(6.0 / (IN + OUT))},
        {"glorot_normal", sqrt(2.0 / (IN + OUT)), INFINITY},
        {"he_uniform", sqrt(2.0 / IN), sqrt(6.0 / IN)},
        {"he_normal", sqrt(2.0 / IN), INFINITY},
        {"zeros", 0, 0},
    };
    assert_int_equal(sizeof cases / sizeof cases[0], tt_initializer_family.n_rows);
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        tt_random random = tt_random_new(7, TT_FOR_WEIGHTS);
        double sum = 0, squares = 0, largest = 0;
        tt_initializers[tt_family_find(&tt_initializer_family, cases[c].key)].fill(NULL, IN, OUT,
                                                                                   &random, w);
        for (int i = 0; i < IN * OUT; i++) {
            sum += (double)w[i];
            squares += (double)w[i] * (double)w[i];
            largest = fabs((double)w[i]) > largest ? fabs((double)w[i]) : largest;
        }
        assert_near(sum / (IN * OUT), 0, 0, 4 * cases[c].deviation / sqrt(IN * OUT));
        assert_near(sqrt(squares / (IN * OUT)), cases[c].deviation, 0.03, 0);
        assert_true(largest <= cases[c].bound * (1 + 1e-6));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(optimizers_follow_steps_by_hand),
    cmocka_unit_test(schedules_follow_their_formula),
    cmocka_unit_test(every_schedule_is_finite_and_never_negative),
    cmocka_unit_test(regularizers_follow_their_formula),
    cmocka_unit_test(penalties_count_biases_only_when_asked),
    cmocka_unit_test(max_norm_shortens_each_unit),
    cmocka_unit_test(averages_take_the_stated_share),
    cmocka_unit_test(early_stopping_counts_epochs_without_gain),
    cmocka_unit_test(initializers_have_the_stated_spread),
};

RUN_TESTS(tests)
