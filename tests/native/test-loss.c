/* Every loss against its reference in double and the central differences of that. */

#include "unit.h"

#include "loss.h"

static void defaults(const tt_descriptor *row, double *p) {
    for (int32_t i = 0; i < row->n_params; i++)
        p[i] = row->params[i].value;
}

enum { ROWS = 5, OUTPUTS = 3 };

static void fill_case(const tt_loss *row, float *z, float *y) {
    for (int i = 0; i < ROWS * OUTPUTS; i++) {
        z[i] = (float)(((i * 37) % 23) - 11) / 4 + 0.013f;
        y[i] = row->target == TT_TARGET_CLASS ? (float)(i % OUTPUTS)
               : row->link == TT_LINK_SIGMOID ? (float)(i % 2)
                                              : (float)(((i * 11) % 7) - 3);
    }
}

static double reference_sum(const tt_loss *row, const double *p, const double *z, const float *y) {
    double sum = 0;
    int32_t width = row->target == TT_TARGET_CLASS ? 1 : OUTPUTS;
    for (int32_t i = 0; i < ROWS; i++)
        sum += row->reference(p, OUTPUTS, z + i * OUTPUTS, y + i * width);
    return sum;
}

static void losses_follow_their_reference(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++) {
        const tt_loss *row = &tt_losses[r];
        double p[TT_MAX_PARAMS], wide[ROWS * OUTPUTS];
        float z[ROWS * OUTPUTS], y[ROWS * OUTPUTS], dz[ROWS * OUTPUTS];
        defaults(&row->about, p);
        fill_case(row, z, y);
        for (int i = 0; i < ROWS * OUTPUTS; i++)
            wide[i] = (double)z[i];
        tt_rows rows = {ROWS, OUTPUTS, z, y, NULL, 0.5f, dz};
        double value = row->evaluate(p, &rows);
        assert_near(value, reference_sum(row, p, wide, y), 1e-6, 0);
        rows.dz = NULL;
        assert_near(row->evaluate(p, &rows), value, 0, 0);
        for (int i = 0; i < ROWS * OUTPUTS; i++) {
            const double h = 1e-5, kept = wide[i];
            wide[i] = kept + h;
            double up = reference_sum(row, p, wide, y);
            wide[i] = kept - h;
            double down = reference_sum(row, p, wide, y);
            wide[i] = kept;
            assert_near((double)dz[i], 0.5 * (up - down) / (2 * h), 1e-5, 1e-6);
        }
    }
}

static void row_weights_multiply_losses_and_gradients(void **state) {
    (void)state;
    const float weight[ROWS] = {1, 0, 2.5f, 1, 0.5f};
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++) {
        const tt_loss *row = &tt_losses[r];
        double p[TT_MAX_PARAMS], sum = 0;
        float z[ROWS * OUTPUTS], y[ROWS * OUTPUTS], dz[ROWS * OUTPUTS], one[OUTPUTS];
        defaults(&row->about, p);
        fill_case(row, z, y);
        const tt_rows rows = {ROWS, OUTPUTS, z, y, weight, 1, dz};
        double value = row->evaluate(p, &rows);
        int32_t width = row->target == TT_TARGET_CLASS ? 1 : OUTPUTS;
        for (int i = 0; i < ROWS; i++) {
            const tt_rows single = {1, OUTPUTS, z + i * OUTPUTS, y + i * width, NULL, 1, one};
            sum += (double)weight[i] * row->evaluate(p, &single);
            for (int j = 0; j < OUTPUTS; j++)
                assert_near((double)dz[i * OUTPUTS + j], (double)(weight[i] * one[j]), 1e-6, 1e-9);
        }
        assert_near(value, sum, 1e-6, 0);
    }
}

static void losses_are_finite_at_logits_of_200(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++) {
        const tt_loss *row = &tt_losses[r];
        double p[TT_MAX_PARAMS];
        float z[] = {200, -200, 0}, y[] = {1, 0, 0}, dz[3];
        defaults(&row->about, p);
        const tt_rows rows = {1, 3, z, y, NULL, 1, dz};
        double value = row->evaluate(p, &rows);
        assert_true(isfinite(value));
        for (int i = 0; i < 3; i++)
            assert_true(isfinite(dz[i]));
    }
    const tt_loss *bce = &tt_losses[tt_family_find(&tt_loss_family, "bce_with_logits")];
    float z[] = {200, -200}, wrong[] = {0, 1};
    const tt_rows two = {2, 1, z, wrong, NULL, 1, NULL};
    assert_near(bce->evaluate(NULL, &two), 400, 0, 0);
    const tt_loss *ce = &tt_losses[tt_family_find(&tt_loss_family, "cross_entropy")];
    float class = 1;
    const tt_rows one = {1, 2, z, &class, NULL, 1, NULL};
    assert_near(ce->evaluate(NULL, &one), 400, 0, 0);
}

static void links_give_probabilities(void **state) {
    (void)state;
    float z[] = {0, 2, -200, 1, 1, 1};
    tt_apply_link(TT_LINK_SOFTMAX, 2, 3, z);
    assert_near((double)z[0], 1 / (1 + exp(2)), 1e-6, 0);
    assert_near((double)z[1], exp(2) / (1 + exp(2)), 1e-6, 0);
    assert_near((double)z[2], 0, 0, 1e-30);
    assert_near((double)z[4], 1.0 / 3, 1e-7, 0);
    float s[] = {0, 100, -100};
    tt_apply_link(TT_LINK_SIGMOID, 3, 1, s);
    assert_true(s[0] == 0.5f && s[1] == 1 && s[2] >= 0 && s[2] < 1e-30f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(losses_follow_their_reference),
    cmocka_unit_test(row_weights_multiply_losses_and_gradients),
    cmocka_unit_test(losses_are_finite_at_logits_of_200),
    cmocka_unit_test(links_give_probabilities),
};

RUN_TESTS(tests)
