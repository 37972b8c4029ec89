/* Every activation against its reference in double and the central differences of that. */

#include "unit.h"

#include "activation.h"

static void defaults(const tt_descriptor *row, double *p) {
    for (int32_t i = 0; i < row->n_params; i++)
        p[i] = row->params[i].value;
}

static const float points[] = {-30, -5, -2.5f, -1, -0.3f, -0.01f, 0.02f, 0.5f, 1, 3, 6, 40, 0.25f};
enum { N_POINTS = sizeof points / sizeof points[0] };

static void activations_follow_their_reference(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS];
        float y[N_POINTS], dx[N_POINTS], ones[N_POINTS];
        defaults(&row->about, p);
        row->forward(p, 1, N_POINTS, points, y);
        for (int i = 0; i < N_POINTS; i++)
            ones[i] = 1;
        row->backward(p, 1, N_POINTS, row->from_output ? y : points, ones, dx);
        for (int i = 0; i < N_POINTS; i++) {
            const double x = (double)points[i], h = 1e-5;
            const double at[] = {x, x + h, x - h};
            double f[3];
            row->reference(p, 3, at, f);
            double slope = (f[1] - f[2]) / (2 * h);
            assert_near((double)y[i], f[0], 1e-6, 1e-7);
            assert_near((double)dx[i], slope, 1e-5, 1e-6);
        }
    }
}

static void activations_do_not_depend_on_length_or_place(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS];
        float whole[N_POINTS], part[N_POINTS];
        defaults(&row->about, p);
        row->forward(p, 1, N_POINTS, points, whole);
        for (int n = 1; n <= N_POINTS; n++) {
            memset(part, 0, sizeof part);
            row->forward(p, 1, n, points, part);
            assert_memory_equal(part, whole, (size_t)n * sizeof(float));
            assert_true(n == N_POINTS || part[n] == 0);
        }
    }
}

static void kinks_have_the_stated_slope(void **state) {
    (void)state;
    float x[2] = {0, -0.0f}, y[2], one[2] = {1, 1}, dx[2];
    const double slope = 0.25;
    tt_activations[tt_family_find(&tt_activation_family, "relu")].backward(NULL, 1, 2, x, one, dx);
    assert_true(dx[0] == 0 && dx[1] == 0);
    const tt_activation *leaky =
        &tt_activations[tt_family_find(&tt_activation_family, "leaky_relu")];
    leaky->forward(&slope, 1, 2, x, y);
    leaky->backward(&slope, 1, 2, y, one, dx);
    assert_true(dx[0] == 0.25f && dx[1] == 0.25f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(activations_follow_their_reference),
    cmocka_unit_test(activations_do_not_depend_on_length_or_place),
    cmocka_unit_test(kinks_have_the_stated_slope),
};

RUN_TESTS(tests)
