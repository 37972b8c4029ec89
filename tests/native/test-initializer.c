/* Every initializer: the spread, bounds and tails that its formula gives. */

#include "family-rows.h"

#include "initializer.h"

enum { IN = 120, OUT = 80 };

typedef struct variant {
    const char *key, *parameter;
    double value, deviation, bound;
} variant;

static void check_spread(const variant *v, int64_t n, const float *w) {
    double sum = 0, squares = 0, largest = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += (double)w[i];
        squares += (double)w[i] * (double)w[i];
        largest = fmax(fabs((double)w[i]), largest);
    }
    double mean = sum / (double)n;
    assert_near(mean, 0, 0, 4 * v->deviation / sqrt((double)n));
    assert_near(sqrt(squares / (double)n - mean * mean), v->deviation, 0.03, 0);
    if (isinf(v->bound))
        assert_true(largest > 3 * v->deviation);
    else
        assert_true(largest <= v->bound * (1 + 1e-6) && largest >= 0.97 * v->bound);
}

static void initializers_have_the_stated_spread(void **state) {
    (void)state;
    static float w[IN * OUT];
    const double cut = 0.879625661, both = IN + OUT;
    const variant variants[] = {
        {"glorot_uniform", "gain", 1, sqrt(2 / both), sqrt(6 / both)},
        {"glorot_uniform", "gain", 2, 2 * sqrt(2 / both), 2 * sqrt(6 / both)},
        {"glorot_normal", "gain", 1, sqrt(2 / both), INFINITY},
        {"glorot_normal", "truncated", 1, sqrt(2 / both), 2 * sqrt(2 / both) / cut},
        {"he_uniform", "a", 0, sqrt(2.0 / IN), sqrt(6.0 / IN)},
        {"he_uniform", "a", 1, sqrt(1.0 / IN), sqrt(3.0 / IN)},
        {"he_uniform", "mode", 1, sqrt(2.0 / OUT), sqrt(6.0 / OUT)},
        {"he_normal", "a", 0, sqrt(2.0 / IN), INFINITY},
        {"he_normal", "truncated", 1, sqrt(2.0 / IN), 2 * sqrt(2.0 / IN) / cut},
        {"lecun_uniform", "gain", 1, sqrt(1.0 / IN), sqrt(3.0 / IN)},
        {"lecun_uniform", "mode", 1, sqrt(1.0 / OUT), sqrt(3.0 / OUT)},
        {"lecun_normal", "gain", 1, sqrt(1.0 / IN), INFINITY},
        {"lecun_normal", "mode", 1, sqrt(1.0 / OUT), INFINITY},
        {"lecun_normal", "truncated", 1, sqrt(1.0 / IN), 2 * sqrt(1.0 / IN) / cut},
        {"orthogonal", "gain", 3, 3 * sqrt(1.0 / IN), INFINITY},
        {"torch_linear", NULL, 0, sqrt(1.0 / 3 / IN), sqrt(1.0 / IN)},
        {"sklearn", "activation", 0, sqrt(2 / both), sqrt(6 / both)},
        {"sklearn", "activation", 1, sqrt(2 / both / 3), sqrt(2 / both)},
        {"uniform", "low", -0.05, 0.05 / sqrt(3), 0.05},
        {"normal", "std", 0.2, 0.2, INFINITY},
        {"truncated_normal", "std", 0.2, 0.2 * cut, 0.4},
        {"constant", "value", 0, 0, 0},
        {"zeros", NULL, 0, 0, 0},
    };
    bool seen[64] = {false};
    for (size_t c = 0; c < sizeof variants / sizeof variants[0]; c++) {
        const variant *v = &variants[c];
        int32_t r = row_named(&tt_initializer_family, v->key);
        const tt_initializer *row = &tt_initializers[r];
        double p[TT_MAX_PARAMS];
        tt_random random = tt_random_new(7, TT_FOR_WEIGHTS);
        row_defaults(&tt_initializer_family, r, p);
        assert_true(!v->parameter || row_set(&row->about, p, v->parameter, v->value));
        row->fill(p, IN, OUT, &random, w);
        check_spread(v, IN * OUT, w);
        seen[r] = true;
    }
    for (int32_t r = 0; r < tt_initializer_family.n_rows; r++)
        if (!seen[r])
            fail_msg("no spread for %s", tt_initializers[r].about.key);
}

static void biases_have_the_bound_of_their_library(void **state) {
    (void)state;
    static float b[OUT * 50];
    double p[TT_MAX_PARAMS];
    const variant torch = {.deviation = sqrt(1.0 / 3 / IN), .bound = sqrt(1.0 / IN)};
    const variant sklearn = {.deviation = sqrt(2.0 / (IN + OUT * 50)),
                             .bound = sqrt(6.0 / (IN + OUT * 50))};
    tt_random random = tt_random_new(7, TT_FOR_WEIGHTS);
    int32_t r = row_named(&tt_initializer_family, "torch_linear");
    row_defaults(&tt_initializer_family, r, p);
    tt_initializers[r].fill_bias(p, IN, OUT * 50, &random, b);
    check_spread(&torch, OUT * 50, b);
    r = row_named(&tt_initializer_family, "sklearn");
    row_defaults(&tt_initializer_family, r, p);
    tt_initializers[r].fill_bias(p, IN, OUT * 50, &random, b);
    check_spread(&sklearn, OUT * 50, b);
}

/* The rows of a wide (out, in) matrix, the columns of a tall one. */
static void check_right_angles(int32_t fan_in, int32_t fan_out) {
    static float w[40 * 40];
    double p[TT_MAX_PARAMS];
    int32_t r = row_named(&tt_initializer_family, "orthogonal");
    bool wide = fan_out <= fan_in;
    int32_t n = wide ? fan_out : fan_in, length = wide ? fan_in : fan_out;
    tt_random random = tt_random_new(3, TT_FOR_WEIGHTS);
    row_defaults(&tt_initializer_family, r, p);
    row_set(&tt_initializers[r].about, p, "gain", 2);
    tt_initializers[r].fill(p, fan_in, fan_out, &random, w);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            double sum = 0;
            for (int32_t k = 0; k < length; k++)
                sum += wide ? (double)w[i * fan_in + k] * (double)w[j * fan_in + k]
                            : (double)w[k * fan_in + i] * (double)w[k * fan_in + j];
            assert_near(sum, i == j ? 4 : 0, 0, 2e-6);
        }
}

static void orthogonal_weights_are_orthogonal(void **state) {
    (void)state;
    check_right_angles(40, 7);
    check_right_angles(7, 40);
    check_right_angles(33, 33);
    check_right_angles(1, 9);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(initializers_have_the_stated_spread),
    cmocka_unit_test(biases_have_the_bound_of_their_library),
    cmocka_unit_test(orthogonal_weights_are_orthogonal),
};

RUN_TESTS(tests)
