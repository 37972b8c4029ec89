/* Every regularizer against its formula. */

#include "family-rows.h"

#include "regularizer.h"

static const tt_regularizer *find(const char *key) {
    return &tt_regularizers[row_named(&tt_regularizer_family, key)];
}

static const tt_regularizer *set_up(const char *key, double *p) {
    row_defaults(&tt_regularizer_family, row_named(&tt_regularizer_family, key), p);
    return find(key);
}

static void regularizers_follow_their_formula(void **state) {
    (void)state;
    const float w[] = {-2, 0, 0.5f, 3};
    float g[] = {1, 1, 1, 1};
    double p[TT_MAX_PARAMS] = {0.1, 0};
    const tt_span weight = {0, 2, 2, true, true};
    const tt_regularizer *l1 = find("l1");
    const tt_regularizer *l2 = find("l2");
    assert_near(l1->penalty(p, &weight, w, g), 0.55, 1e-12, 0);
    assert_near((double)g[0], 0.9, 1e-6, 0);
    assert_near((double)g[1], 1, 0, 0);
    assert_near((double)g[3], 1.1, 1e-6, 0);
    assert_near(l2->penalty(p, &weight, w, g), 0.1 * 13.25, 1e-12, 0);
    assert_near((double)g[0], 0.5, 1e-6, 0);
    assert_near((double)g[3], 1.7, 1e-6, 0);

    float v[] = {3, -4, 0};
    double limit[] = {1};
    find("clip_norm")->clip(limit, 3, 5, v);
    assert_near((double)v[0], 3 / (5 + 1e-6), 1e-6, 0);
    assert_near((double)v[1], -4 / (5 + 1e-6), 1e-6, 0);
    float u[] = {3, -4, 0.5f};
    find("clip_value")->clip(limit, 3, 5, u);
    assert_true(u[0] == 1 && u[1] == -1 && u[2] == 0.5f);
}

static void half_the_squares_are_weight_decay(void **state) {
    (void)state;
    const float w[] = {-2, 0, 0.5f, 3};
    const tt_span weight = {0, 2, 2, true, true};
    float g[] = {0, 0, 0, 0};
    double p[TT_MAX_PARAMS];
    const tt_regularizer *l2 = set_up("l2", p);
    row_set(&l2->about, p, "strength", 0.1);
    row_set(&l2->about, p, "form", 1);
    assert_near(l2->penalty(p, &weight, w, g), 0.05 * 13.25, 1e-12, 0);
    for (int i = 0; i < 4; i++)
        assert_near((double)g[i], 0.1 * (double)w[i], 1e-6, 0);
}

static void each_tensor_is_clipped_by_itself(void **state) {
    (void)state;
    const tt_span long_one = {0, 1, 2, true, true}, short_one = {2, 1, 2, false, true};
    float g[] = {3, -4, 0.3f, 0.4f};
    double p[TT_MAX_PARAMS];
    const tt_regularizer *row = set_up("clip_tensor_norm", p);
    row->clip_tensor(p, &long_one, g);
    row->clip_tensor(p, &short_one, g + 2);
    assert_near((double)g[0], 0.6, 1e-6, 0);
    assert_near((double)g[1], -0.8, 1e-6, 0);
    assert_true(g[2] == 0.3f && g[3] == 0.4f);
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
        row_defaults(&tt_regularizer_family, r, p);
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
    const tt_regularizer *row = find("max_norm");
    row->constrain(&limit, &span, w);
    row->constrain(&limit, &bias, b);
    assert_near((double)w[0], 0.6, 1e-6, 0);
    assert_near((double)w[3], 0.8, 1e-6, 0);
    assert_true(w[1] == 0.1f && w[4] == 0.2f && w[2] == 0 && b[0] == 9);
}

/* Units of length 5, 0.5 and 0. */
static void norms_are_brought_within_limits(void **state) {
    (void)state;
    const tt_span span = {0, 2, 3, true, true}, bias = {0, 1, 3, false, true};
    double p[TT_MAX_PARAMS];
    float w[] = {3, 0.3f, 0, 4, 0.4f, 0}, unit[] = {3, 0.3f, 0, 4, 0.4f, 0}, b[] = {9, -9, 9};
    const tt_regularizer *row = set_up("min_max_norm", p);
    row_set(&row->about, p, "limit", 2);
    row_set(&row->about, p, "lowest", 1);
    row_set(&row->about, p, "rate", 0.5);
    row->constrain(p, &span, w);
    row->constrain(p, &bias, b);
    assert_near((double)w[0], 3 * 0.7, 1e-6, 0);
    assert_near((double)w[4], 0.4 * 1.5, 1e-6, 0);
    row = set_up("unit_norm", p);
    row->constrain(p, &span, unit);
    row->constrain(p, &bias, b);
    assert_near((double)unit[3], 0.8, 1e-6, 0);
    assert_near((double)unit[1], 0.6, 1e-6, 0);
    assert_true(w[2] == 0 && unit[5] == 0 && b[0] == 9 && b[1] == -9);
}

static void weights_may_not_be_negative(void **state) {
    (void)state;
    const tt_span span = {0, 2, 2, true, true}, bias = {0, 1, 2, false, true};
    float w[] = {-1, 2, 0, -3}, b[] = {-1, 1};
    double p[TT_MAX_PARAMS];
    const tt_regularizer *row = set_up("non_negative", p);
    row->constrain(p, &span, w);
    row->constrain(p, &bias, b);
    assert_true(w[0] == 0 && w[1] == 2 && w[2] == 0 && w[3] == 0 && b[0] == -1);
}

static void averages_take_the_stated_share(void **state) {
    (void)state;
    const tt_regularizer *ema = find("ema");
    const tt_regularizer *swa = find("swa");
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
    const tt_regularizer *row = find("early_stopping");
    double p[] = {2, 0.01}, kept[2] = {INFINITY, 0};
    assert_false(row->stop(p, 1.0, kept));
    assert_false(row->stop(p, 0.995, kept));
    assert_false(row->stop(p, 0.5, kept));
    assert_false(row->stop(p, 0.6, kept));
    assert_true(row->stop(p, 0.495, kept));
}

static void no_patience_stops_at_the_first_bad_epoch(void **state) {
    (void)state;
    const double p[TT_MAX_PARAMS] = {0, 0};
    double kept[2] = {INFINITY, 0};
    assert_false(find("early_stopping")->stop(p, 1, kept));
    assert_false(find("early_stopping")->stop(p, 0.9, kept));
    assert_true(find("early_stopping")->stop(p, 0.9, kept));
}

static void every_row_acts_somewhere(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_regularizer_family.n_rows; r++) {
        const tt_regularizer *row = &tt_regularizers[r];
        assert_true(row->penalty || row->clip || row->clip_tensor || row->constrain ||
                    row->average || row->stop);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(regularizers_follow_their_formula),
    cmocka_unit_test(half_the_squares_are_weight_decay),
    cmocka_unit_test(each_tensor_is_clipped_by_itself),
    cmocka_unit_test(penalties_count_biases_only_when_asked),
    cmocka_unit_test(max_norm_shortens_each_unit),
    cmocka_unit_test(norms_are_brought_within_limits),
    cmocka_unit_test(weights_may_not_be_negative),
    cmocka_unit_test(averages_take_the_stated_share),
    cmocka_unit_test(early_stopping_counts_epochs_without_gain),
    cmocka_unit_test(no_patience_stops_at_the_first_bad_epoch),
    cmocka_unit_test(every_row_acts_somewhere),
};

RUN_TESTS(tests)
