/* Every row of the families without a test program of their own: optimizers, schedules,
 * regularizers and initializers against values worked out by hand or by their defining formula. */

#include "unit.h"

#include "initializer.h"
#include "maths.h"
#include "regularizer.h"

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
    cmocka_unit_test(regularizers_follow_their_formula),
    cmocka_unit_test(penalties_count_biases_only_when_asked),
    cmocka_unit_test(max_norm_shortens_each_unit),
    cmocka_unit_test(averages_take_the_stated_share),
    cmocka_unit_test(early_stopping_counts_epochs_without_gain),
    cmocka_unit_test(initializers_have_the_stated_spread),
};

RUN_TESTS(tests)
