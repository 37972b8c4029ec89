/* Every activation against its reference in double and the central differences of that, and the
 * references against PyTorch. */

#include "unit.h"

#include "activation.h"

static void defaults(const tt_descriptor *row, double *p) {
    for (int32_t i = 0; i < row->n_params; i++)
        p[i] = row->params[i].value;
}

static const tt_activation *find(const char *key) {
    int32_t index = tt_family_find(&tt_activation_family, key);
    assert_true(index >= 0);
    return &tt_activations[index];
}

/* No kink of any row among them. */
static const float points[] = {-30,   -5,   -2.5f, -1.2f, -0.3f, -0.01f,
                               0.02f, 0.5f, 1.1f,  3.2f,  6.3f,  40};
enum { N_POINTS = sizeof points / sizeof points[0] };

/* The sum of dy times the change of the reference from one place to the other, two `h` apart. */
static double slope_between(const tt_activation *row, const double *p_up, const double *x_up,
                            const double *p_down, const double *x_down, const float *dy, double h) {
    double up[N_POINTS], down[N_POINTS], sum = 0;
    row->reference(p_up, N_POINTS, x_up, up);
    row->reference(p_down, N_POINTS, x_down, down);
    for (int i = 0; i < N_POINTS; i++)
        sum += (double)dy[i] * (up[i] - down[i]);
    return sum / (2 * h);
}

static void check_against_reference(const tt_activation *row, const double *p) {
    float y[N_POINTS], dy[N_POINTS], dx[N_POINTS];
    double x[N_POINTS], exact[N_POINTS];
    for (int i = 0; i < N_POINTS; i++) {
        x[i] = (double)points[i];
        dy[i] = (float)(i % 5 - 2) / 4 + 0.1f;
    }
    row->forward(p, 1, N_POINTS, points, y);
    row->backward(p, 1, N_POINTS, row->from_output ? y : points, dy, dx);
    row->reference(p, N_POINTS, x, exact);
    for (int i = 0; i < N_POINTS; i++) {
        const double h = 1e-5;
        double up[N_POINTS], down[N_POINTS];
        memcpy(up, x, sizeof x);
        memcpy(down, x, sizeof x);
        up[i] += h;
        down[i] -= h;
        assert_near((double)y[i], exact[i], 5e-6, 1e-7);
        assert_near((double)dx[i], slope_between(row, p, up, p, down, dy, h), 1e-5, 2e-6);
    }
}

static void activations_follow_their_reference(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS];
        defaults(&row->about, p);
        check_against_reference(row, p);
        for (int32_t i = 0; i < row->about.n_params; i++)
            p[i] *= 1.75;
        check_against_reference(row, p);
    }
}

/* Value and derivative at -2.5, -0.5, 0.75 and 4, by PyTorch 1.13 in double where it has the
 * function. */
static const struct {
    const char *key;
    double y[4], slope[4];
} known[] = {
    {"linear", {-2.5, -0.5, 0.75, 4}, {1, 1, 1, 1}},
    {"relu", {0, 0, 0.75, 4}, {0, 0, 1, 1}},
    {"leaky_relu", {-0.025, -0.005, 0.75, 4}, {0.01, 0.01, 1, 1}},
    {"prelu", {-0.625, -0.125, 0.75, 4}, {0.25, 0.25, 1, 1}},
    {"elu", {-0.917915001, -0.39346934, 0.75, 4}, {0.0820849986, 0.60653066, 1, 1}},
    {"selu",
     {-1.61378576, -0.691758188, 0.788025741, 4.20280395},
     {0.144313582, 1.06634115, 1.05070099, 1.05070099}},
    {"celu", {-0.917915001, -0.39346934, 0.75, 4}, {0.0820849986, 0.60653066, 1, 1}},
    {"gelu",
     {-0.0155241633, -0.154268769, 0.580029486, 3.99987332},
     {-0.0376110859, 0.132504875, 0.999225722, 1.00050365}},
    {"gelu_tanh",
     {-0.0150842661, -0.15428599, 0.579960555, 3.99992975},
     {-0.0379515762, 0.132630096, 0.998938256, 1.00033512}},
    {"silu",
     {-0.18964545, -0.188770334, 0.509384024, 3.92805516},
     {-0.0994011113, 0.260038813, 0.842599944, 1.05266461}},
    {"mish",
     {-0.196816204, -0.220743775, 0.610018335, 3.99741281},
     {-0.109743573, 0.289510678, 0.985758356, 1.00443288}},
    {"softplus",
     {0.0788897343, 0.474076984, 1.13687101, 4.01814993},
     {0.07585818, 0.377540669, 0.679178699, 0.98201379}},
    {"softsign",
     {-0.714285714, -0.333333333, 0.428571429, 0.8},
     {0.0816326531, 0.444444444, 0.326530612, 0.04}},
    {"tanh",
     {-0.986614298, -0.462117157, 0.635148952, 0.9993293},
     {0.0265922267, 0.786447733, 0.596585808, 0.00134095068}},
    {"sigmoid",
     {0.07585818, 0.377540669, 0.679178699, 0.98201379},
     {0.0701037165, 0.235003712, 0.217894994, 0.0176627062}},
    {"hard_tanh", {-1, -0.5, 0.75, 1}, {0, 1, 1, 0}},
    {"relu6", {0, 0, 0.75, 4}, {0, 0, 1, 1}},
    {"hard_swish", {-0.208333333, -0.208333333, 0.46875, 4}, {-0.333333333, 0.333333333, 0.75, 1}},
    {"hard_sigmoid",
     {0.0833333333, 0.416666667, 0.625, 1},
     {0.166666667, 0.166666667, 0.166666667, 0}},
    {"log_sigmoid",
     {-2.57888973, -0.974076984, -0.386871006, -0.0181499279},
     {0.92414182, 0.622459331, 0.320821301, 0.01798621}},
    {"sine",
     {-0.598472144, -0.479425539, 0.68163876, -0.756802495},
     {-0.801143616, 0.877582562, 0.731688869, -0.653643621}},
    {"exponential",
     {0.0820849986, 0.60653066, 2.11700002, 54.59815},
     {0.0820849986, 0.60653066, 2.11700002, 54.59815}},
};

static void references_give_known_values(void **state) {
    (void)state;
    const double x[] = {-2.5, -0.5, 0.75, 4};
    const float narrow[] = {-2.5f, -0.5f, 0.75f, 4}, one[] = {1, 1, 1, 1};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        const tt_activation *row = find(known[k].key);
        double p[TT_MAX_PARAMS], y[4];
        float out[4], dx[4];
        defaults(&row->about, p);
        row->reference(p, 4, x, y);
        row->forward(p, 1, 4, narrow, out);
        row->backward(p, 1, 4, row->from_output ? out : narrow, one, dx);
        for (int i = 0; i < 4; i++) {
            assert_near(y[i], known[k].y[i], 1e-8, 1e-12);
            assert_near((double)dx[i], known[k].slope[i], 1e-6, 1e-7);
        }
    }
    /* All rows but softmax and log-softmax, which have no value of one element. */
    assert_int_equal(sizeof known / sizeof known[0], tt_activation_family.n_rows - 2);
}

static void softmax_references_give_known_values(void **state) {
    (void)state;
    const double x[] = {0.00332566421, -0.868632197, -3.34819889};
    const double known_softmax[] = {0.688154043, 0.287739297, 0.0241066602};
    const double z[] = {-1.49970782, 1.3092581, -1.12743914};
    const double known_log[] = {-2.94674022, -0.137774298, -2.57447154};
    double y[3];
    find("softmax")->reference(NULL, 3, x, y);
    for (int i = 0; i < 3; i++)
        assert_near(y[i], known_softmax[i], 1e-8, 0);
    find("log_softmax")->reference(NULL, 3, z, y);
    for (int i = 0; i < 3; i++)
        assert_near(y[i], known_log[i], 1e-8, 0);
}

static void rows_do_not_depend_on_how_many_there_are(void **state) {
    (void)state;
    enum { COLS = 3, MOST = N_POINTS / COLS };
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS];
        float whole[N_POINTS], part[N_POINTS], d_whole[N_POINTS], d_part[N_POINTS];
        defaults(&row->about, p);
        row->forward(p, MOST, COLS, points, whole);
        row->backward(p, MOST, COLS, row->from_output ? whole : points, points, d_whole);
        for (int rows = 1; rows <= MOST; rows++) {
            const size_t n = (size_t)rows * COLS;
            memset(part, 0, sizeof part);
            memset(d_part, 0, sizeof d_part);
            row->forward(p, rows, COLS, points, part);
            row->backward(p, rows, COLS, row->from_output ? part : points, points, d_part);
            assert_memory_equal(part, whole, n * sizeof(float));
            assert_memory_equal(d_part, d_whole, n * sizeof(float));
            for (size_t i = n; i < N_POINTS; i++)
                assert_true(part[i] == 0 && d_part[i] == 0);
        }
    }
}

static void one_place_serves_for_both(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS];
        float y[N_POINTS], dx[N_POINTS], in_place[N_POINTS];
        defaults(&row->about, p);
        row->forward(p, 1, N_POINTS, points, y);
        const float *kept = row->from_output ? y : points;
        row->backward(p, 1, N_POINTS, kept, points, dx);
        memcpy(in_place, points, sizeof in_place);
        row->backward(p, 1, N_POINTS, kept, in_place, in_place);
        assert_memory_equal(in_place, dx, sizeof dx);
        if (!row->from_output)
            continue;
        memcpy(in_place, points, sizeof in_place);
        row->forward(p, 1, N_POINTS, in_place, in_place);
        assert_memory_equal(in_place, y, sizeof y);
    }
}

static void extreme_inputs_stay_finite(void **state) {
    (void)state;
    const float x[] = {-10000, 10000, -200, 200, 0, -0.0f, 1e-6f}, one[] = {1, 1, 1, 1, 1, 1, 1};
    enum { N = sizeof x / sizeof x[0] };
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        double p[TT_MAX_PARAMS];
        float y[N], dx[N];
        defaults(&row->about, p);
        row->forward(p, 1, N, x, y);
        row->backward(p, 1, N, row->from_output ? y : x, one, dx);
        for (int i = 0; i < N; i++)
            if (!isfinite(y[i]) || !isfinite(dx[i]))
                fail_msg("%s at %g: %g, slope %g", row->about.key, (double)x[i], (double)y[i],
                         (double)dx[i]);
    }
}

static void kinks_have_the_stated_slope(void **state) {
    (void)state;
    const struct {
        const char *key;
        float x, slope;
    } cases[] = {
        {"relu", 0, 0},           {"relu", -0.0f, 0},
        {"leaky_relu", 0, 0.01f}, {"leaky_relu", -0.0f, 0.01f},
        {"prelu", 0, 0.25f},      {"elu", 0, 1},
        {"selu", 0, 1.75809934f}, {"celu", 0, 1},
        {"hard_tanh", -1, 0},     {"hard_tanh", 1, 0},
        {"relu6", 0, 0},          {"relu6", 6, 0},
        {"hard_sigmoid", -3, 0},  {"hard_sigmoid", 3, 0},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        const tt_activation *row = find(cases[c].key);
        double p[TT_MAX_PARAMS];
        float y, dx, one = 1;
        defaults(&row->about, p);
        row->forward(p, 1, 1, &cases[c].x, &y);
        row->backward(p, 1, 1, row->from_output ? &y : &cases[c].x, &one, &dx);
        assert_near((double)dx, (double)cases[c].slope, 1e-7, 0);
    }
}

static void gelu_keeps_its_digits_for_negative_inputs(void **state) {
    (void)state;
    const float x[] = {-1.5f, -2.5f, -5, -6.25f, -8, -10};
    float y[6];
    find("gelu")->forward(NULL, 1, 6, x, y);
    for (int i = 0; i < 6; i++)
        assert_near((double)y[i], 0.5 * (double)x[i] * erfc(-(double)x[i] / sqrt(2)), 2e-6, 0);
}

static void softplus_is_straight_above_its_threshold(void **state) {
    (void)state;
    const double p[] = {0.5, 2};
    const float x[] = {3.9f, 4.1f}, one[] = {1, 1};
    float y[2], dx[2];
    find("softplus")->forward(p, 1, 2, x, y);
    find("softplus")->backward(p, 1, 2, x, one, dx);
    assert_near((double)y[0], log1p(exp(1.95)) / 0.5, 1e-6, 0);
    assert_near((double)dx[0], 1 / (1 + exp(-1.95)), 1e-6, 0);
    assert_true(y[1] == 4.1f && dx[1] == 1);
}

static void trained_slopes_have_the_stated_gradient(void **state) {
    (void)state;
    int32_t trained = 0;
    for (int32_t r = 0; r < tt_activation_family.n_rows; r++) {
        const tt_activation *row = &tt_activations[r];
        if (!row->slope_gradient)
            continue;
        double p[TT_MAX_PARAMS], x[N_POINTS];
        float dy[N_POINTS];
        for (int i = 0; i < N_POINTS; i++) {
            x[i] = (double)points[i];
            dy[i] = (float)(i % 3 - 1) / 2 + 0.2f;
        }
        defaults(&row->about, p);
        const double h = 1e-4, up = p[0] + h, down = p[0] - h;
        assert_near(row->slope_gradient(p, N_POINTS, points, dy),
                    slope_between(row, &up, x, &down, x, dy, h), 1e-7, 0);
        trained++;
    }
    assert_true(trained > 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(activations_follow_their_reference),
    cmocka_unit_test(references_give_known_values),
    cmocka_unit_test(softmax_references_give_known_values),
    cmocka_unit_test(rows_do_not_depend_on_how_many_there_are),
    cmocka_unit_test(one_place_serves_for_both),
    cmocka_unit_test(extreme_inputs_stay_finite),
    cmocka_unit_test(kinks_have_the_stated_slope),
    cmocka_unit_test(gelu_keeps_its_digits_for_negative_inputs),
    cmocka_unit_test(softplus_is_straight_above_its_threshold),
    cmocka_unit_test(trained_slopes_have_the_stated_gradient),
};

RUN_TESTS(tests)
