#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "maths.h"

/* The platform's libm, in double, is the oracle for floats; for doubles it is an independent
 * implementation whose own error is far below the tolerance. */

static double sigmoid_oracle(double x) {
    return 1 / (1 + exp(-x));
}

static double sine_oracle(double x) {
    return fabs(x) <= 1e6 ? sin(x) : NAN;
}

static double cosine_oracle(double x) {
    return fabs(x) <= 1e6 ? cos(x) : NAN;
}

typedef struct float_function {
    const char *name;
    tt_f32x4 (*vector)(tt_f32x4);
    float (*scalar)(float);
    double (*oracle)(double);
} float_function;

static const float_function float_functions[] = {
    {"exp", tt_exp_f32x4, tt_exp_f32, exp},
    {"log", tt_log_f32x4, tt_log_f32, log},
    {"log1p", tt_log1p_f32x4, tt_log1p_f32, log1p},
    {"tanh", tt_tanh_f32x4, tt_tanh_f32, tanh},
    {"sigmoid", tt_sigmoid_f32x4, tt_sigmoid_f32, sigmoid_oracle},
    {"erf", tt_erf_f32x4, tt_erf_f32, erf},
    {"expm1", tt_expm1_f32x4, tt_expm1_f32, expm1},
    {"sin", tt_sin_f32x4, tt_sin_f32, sine_oracle},
    {"cos", tt_cos_f32x4, tt_cos_f32, cosine_oracle},
};
enum { N_FLOAT_FUNCTIONS = sizeof float_functions / sizeof *float_functions };

static float float_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint32_t bits_of_float(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Distance between a float and the floats that surround `value`, as a double. */
static double float_ulp(double value) {
    int exponent;
    frexp(value, &exponent);
    return ldexp(1, exponent < FLT_MIN_EXP ? FLT_MIN_EXP - 24 : exponent - 24);
}

static bool close_enough(float result, double exact) {
    if (isnan(exact) || isnan(result))
        return isnan(exact) && isnan(result);
    if (isinf((float)exact) || isinf(result))
        return result == (float)exact;
    if (fabs(exact) < FLT_MIN && result == 0)
        return true;
    return fabs(result - exact) <= 2 * float_ulp(exact);
}

static void check_float(const float_function *f, float x, float result) {
    double exact = f->oracle(x);
    if (!close_enough(result, exact))
        fail_msg("%s(%a) = %a, not %a", f->name, (double)x, (double)result, exact);
}

/* Every 8191st float of all exponents and both signs, subnormals and NaN included. */
static void test_floats_are_within_two_ulp(void **state) {
    (void)state;
    for (int k = 0; k < N_FLOAT_FUNCTIONS; k++) {
        for (uint64_t bits = 0; bits <= UINT32_MAX; bits += 4 * 8191) {
            tt_f32x4 x;
            for (int lane = 0; lane < 4; lane++)
                x[lane] = float_from_bits((uint32_t)bits + (uint32_t)lane * 8191);
            tt_f32x4 y = float_functions[k].vector(x);
            for (int lane = 0; lane < 4; lane++)
                check_float(&float_functions[k], x[lane], y[lane]);
        }
    }
}

/* The range in which activations and losses live, densely. */
static void test_floats_near_zero_are_within_two_ulp(void **state) {
    (void)state;
    for (int k = 0; k < N_FLOAT_FUNCTIONS; k++)
        for (int i = -40000; i <= 40000; i++)
            check_float(&float_functions[k], (float)i / 4096,
                        float_functions[k].scalar((float)i / 4096));
}

static void test_floats_at_their_limits(void **state) {
    (void)state;
    const float infinity = __builtin_inff(), subnormal = 0x1p-149f;
    const struct {
        float (*f)(float);
        float x, wanted;
    } cases[] = {
        {tt_exp_f32, 0.0f, 1.0f},
        {tt_exp_f32, -0.0f, 1.0f},
        {tt_exp_f32, infinity, infinity},
        {tt_exp_f32, -infinity, 0.0f},
        {tt_exp_f32, 88.73f, infinity},
        {tt_exp_f32, FLT_MAX, infinity},
        {tt_exp_f32, -104.0f, 0.0f},
        {tt_exp_f32, -FLT_MAX, 0.0f},
        {tt_log_f32, 1.0f, 0.0f},
        {tt_log_f32, 0.0f, -infinity},
        {tt_log_f32, -0.0f, -infinity},
        {tt_log_f32, infinity, infinity},
        {tt_log1p_f32, 0.0f, 0.0f},
        {tt_log1p_f32, -0.0f, -0.0f},
        {tt_log1p_f32, subnormal, subnormal},
        {tt_log1p_f32, -1.0f, -infinity},
        {tt_log1p_f32, infinity, infinity},
        {tt_tanh_f32, 0.0f, 0.0f},
        {tt_tanh_f32, -0.0f, -0.0f},
        {tt_tanh_f32, -subnormal, -subnormal},
        {tt_tanh_f32, 20.0f, 1.0f},
        {tt_tanh_f32, infinity, 1.0f},
        {tt_tanh_f32, -infinity, -1.0f},
        {tt_sigmoid_f32, 0.0f, 0.5f},
        {tt_sigmoid_f32, -0.0f, 0.5f},
        {tt_sigmoid_f32, infinity, 1.0f},
        {tt_sigmoid_f32, -infinity, 0.0f},
        {tt_erf_f32, 0.0f, 0.0f},
        {tt_erf_f32, -0.0f, -0.0f},
        {tt_erf_f32, 5.0f, 1.0f},
        {tt_erf_f32, infinity, 1.0f},
        {tt_erf_f32, -infinity, -1.0f},
        {tt_expm1_f32, -0.0f, -0.0f},
        {tt_expm1_f32, subnormal, subnormal},
        {tt_expm1_f32, -40.0f, -1.0f},
        {tt_expm1_f32, 88.73f, infinity},
        {tt_expm1_f32, infinity, infinity},
        {tt_expm1_f32, -infinity, -1.0f},
        {tt_sin_f32, 0.0f, 0.0f},
        {tt_sin_f32, -0.0f, -0.0f},
        {tt_sin_f32, subnormal, subnormal},
        {tt_cos_f32, -0.0f, 1.0f},
        {tt_sqrt_f32, -0.0f, -0.0f},
        {tt_sqrt_f32, 2.0f, 0x1.6a09e6p0f},
        {tt_sqrt_f32, infinity, infinity},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(bits_of_float(cases[i].f(cases[i].x)), bits_of_float(cases[i].wanted));
    for (int k = 0; k < N_FLOAT_FUNCTIONS; k++)
        assert_true(isnan(float_functions[k].scalar(__builtin_nanf(""))));
    assert_true(isnan(tt_log_f32(-1)));
    assert_true(isnan(tt_log_f32(-infinity)));
    assert_true(isnan(tt_log1p_f32(-1.5f)));
    assert_true(isnan(tt_sqrt_f32(-1)));
}

static void test_lanes_are_independent(void **state) {
    (void)state;
    const float values[] = {0.5f, -3, 0, -0.0f, 100, -100, __builtin_inff(), 1e-40f, 1e30f};
    const int n = sizeof values / sizeof *values;
    for (int k = 0; k < N_FLOAT_FUNCTIONS; k++) {
        for (int i = 0; i < n; i++) {
            tt_f32x4 x = {values[i], values[(i + 1) % n], __builtin_nanf(""), values[(i + 4) % n]};
            tt_f32x4 y = float_functions[k].vector(x);
            for (int lane = 0; lane < 4; lane++) {
                float alone = float_functions[k].scalar(x[lane]);
                assert_true(bits_of_float(alone) == bits_of_float(y[lane]) ||
                            (isnan(alone) && isnan(y[lane])));
            }
        }
    }
}

typedef struct double_function {
    const char *name;
    double (*f)(double), (*oracle)(double);
    double from, to;
} double_function;

static const double_function double_functions[] = {
    {"exp", tt_exp, exp, -708, 709.7},
    {"exp", tt_exp, exp, -1e-3, 1e-3},
    {"log", tt_log, log, 1e-3, 3},
    {"log", tt_log, log, 0.999, 1.001},
    {"log", tt_log, log, 1e-310, 1e-307},
    {"log", tt_log, log, 1, 1e300},
    {"log1p", tt_log1p, log1p, -0.99999, 9},
    {"log1p", tt_log1p, log1p, -1e-6, 1e-6},
    {"log1p", tt_log1p, log1p, 1, 1e18},
    {"tanh", tt_tanh, tanh, -25, 25},
    {"tanh", tt_tanh, tanh, -0.25, 0.25},
    {"tanh", tt_tanh, tanh, -1e-9, 1e-9},
    {"erf", tt_erf, erf, -7, 7},
    {"erf", tt_erf, erf, -1e-6, 1e-6},
};

static void check_double(const char *name, double x, double result, double exact,
                         double tolerance) {
    if (!(fabs(result - exact) <= tolerance))
        fail_msg("%s(%a) = %a, not %a", name, x, result, exact);
}

static void test_doubles_are_within_1e_14(void **state) {
    (void)state;
    enum { N_POINTS = 20000 };
    for (size_t k = 0; k < sizeof double_functions / sizeof *double_functions; k++) {
        const double_function *f = &double_functions[k];
        for (int i = 0; i <= N_POINTS; i++) {
            double x = f->from + (f->to - f->from) * i / N_POINTS, exact = f->oracle(x);
            check_double(f->name, x, f->f(x), exact, 1e-14 * fabs(exact));
        }
    }
}

static void test_sin_and_cos(void **state) {
    (void)state;
    for (int i = -20000; i <= 20000; i++) {
        for (double scale = 1e-3; scale < 100; scale *= 49.9) {
            double x = i * scale;
            check_double("sin", x, tt_sin(x), sin(x), 1e-14);
            check_double("cos", x, tt_cos(x), cos(x), 1e-14);
        }
    }
    assert_true(tt_cos(0) == 1 && tt_sin(0) == 0);
    assert_true(isnan(tt_sin(__builtin_inf())) && isnan(tt_cos(__builtin_nan(""))));
    assert_true(isnan(tt_cos(1e300)));
}

static void test_pow(void **state) {
    (void)state;
    for (int i = 1; i < 300; i++) {
        for (int j = -300; j < 300; j++) {
            double base = 0.0137 * i * (i % 7 ? 1 : 1e30),
                   exponent = 0.713 * j * (j % 5 ? 1 : 0.01);
            double exact = pow(base, exponent);
            if (isinf(exact))
                assert_true(isinf(tt_pow(base, exponent)));
            else if (exact > 1e-300)
                check_double("pow", exponent, tt_pow(base, exponent), exact, 1e-14 * exact);
        }
    }
    check_double("pow", 1e5, tt_pow(0.999, 1e5), pow(0.999, 1e5), 1e-14 * pow(0.999, 1e5));
}

static void test_doubles_at_their_limits(void **state) {
    (void)state;
    const double infinity = __builtin_inf(), nan = __builtin_nan("");
    assert_true(tt_exp(0) == 1 && tt_exp(1000) == infinity && tt_exp(-1000) == 0);
    assert_true(tt_exp(infinity) == infinity && tt_exp(-infinity) == 0 && isnan(tt_exp(nan)));
    assert_true(tt_log(1) == 0 && tt_log(0) == -infinity && tt_log(infinity) == infinity);
    assert_true(isnan(tt_log(-1)) && isnan(tt_log(nan)));
    assert_true(tt_log1p(0) == 0 && tt_log1p(-1) == -infinity && tt_log1p(infinity) == infinity);
    assert_true(isnan(tt_log1p(-2)) && isnan(tt_log1p(nan)));
    assert_true(tt_tanh(0) == 0 && tt_tanh(infinity) == 1 && tt_tanh(-infinity) == -1);
    assert_true(tt_erf(0) == 0 && tt_erf(infinity) == 1 && tt_erf(-infinity) == -1);
    assert_true(isnan(tt_tanh(nan)) && isnan(tt_erf(nan)));
    assert_true(tt_sqrt(2) == 0x1.6a09e667f3bcdp0 && isnan(tt_sqrt(-1)));

    assert_true(tt_pow(0, 0) == 1 && tt_pow(0, 2) == 0 && tt_pow(0, -1) == infinity);
    assert_true(tt_pow(-2, 3) == -8 && tt_pow(-2, 4) == 16 && tt_pow(-2, -1) == -0.5);
    assert_true(isnan(tt_pow(-2, 0.5)) && isnan(tt_pow(nan, 2)) && isnan(tt_pow(2, nan)));
    assert_true(__builtin_signbit(tt_pow(-0.0, 3)) && !__builtin_signbit(tt_pow(-0.0, 3.5)));
    assert_true(tt_pow(1, infinity) == 1 && tt_pow(0.5, infinity) == 0);
    assert_true(tt_pow(2, infinity) == infinity && tt_pow(infinity, -2) == 0);
    assert_true(tt_pow(1, 1e300) == 1 && tt_pow(1.5, 1e300) == infinity);
}

/* FNV-1a. Which NaN an operation gives differs between processors, so all NaNs count as one. */
static void hash_float(uint64_t *hash, float value) {
    uint32_t bits = isnan(value) ? UINT32_C(0x7fc00000) : bits_of_float(value);
    for (int i = 0; i < 4; i++)
        *hash = (*hash ^ (bits >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
}

static void hash_double(uint64_t *hash, double value) {
    uint64_t bits = UINT64_C(0x7ff8000000000000);
    if (!isnan(value))
        memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 8; i++)
        *hash = (*hash ^ (bits >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
}

static uint64_t hash_of_floats(int first, int end) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint64_t bits = 0; bits <= UINT32_MAX; bits += 65521) {
        float x = float_from_bits((uint32_t)bits);
        for (int k = first; k < end; k++)
            hash_float(&hash, float_functions[k].scalar(x));
        hash_float(&hash, tt_sqrt_f32(x));
    }
    return hash;
}

static uint64_t hash_of_doubles(void) {
    static double (*const functions[])(double) = {tt_exp, tt_log,  tt_log1p, tt_cos,
                                                  tt_sin, tt_tanh, tt_erf,   tt_sqrt};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int i = -5000; i <= 5000; i++) {
        double x = i * (i % 3 ? 0.0123 : 0.1234567);
        for (size_t k = 0; k < sizeof functions / sizeof *functions; k++)
            hash_double(&hash, functions[k](x));
        hash_double(&hash, tt_pow(x < 0 ? -x : x, 1.37 - 0.001 * i));
    }
    return hash;
}

/* The same bits on every compiler, at every level of optimisation, natively and in wasm. */
static void test_golden_hashes(void **state) {
    (void)state;
    uint64_t floats = hash_of_floats(0, 6), rest = hash_of_floats(6, N_FLOAT_FUNCTIONS);
    uint64_t doubles = hash_of_doubles();
    if (floats != UINT64_C(0x226b5489d0558638) || rest != UINT64_C(0x0c33403e6adfb592) ||
        doubles != UINT64_C(0xff6a289bc9646e5a))
        fail_msg("hash of floats %#llx and %#llx, of doubles %#llx", (unsigned long long)floats,
                 (unsigned long long)rest, (unsigned long long)doubles);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_floats_are_within_two_ulp),
        cmocka_unit_test(test_floats_near_zero_are_within_two_ulp),
        cmocka_unit_test(test_floats_at_their_limits),
        cmocka_unit_test(test_lanes_are_independent),
        cmocka_unit_test(test_doubles_are_within_1e_14),
        cmocka_unit_test(test_sin_and_cos),
        cmocka_unit_test(test_pow),
        cmocka_unit_test(test_doubles_at_their_limits),
        cmocka_unit_test(test_golden_hashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
