#include "activation-map.h"

#define SQRT_HALF           0.70710678118654752440
#define SQRT_TWO_PI_INVERSE 0.39894228040143267794 /* 1 / sqrt(2 pi) */
#define SQRT_TWO_OVER_PI    0.79788456080286535588
#define GELU_CUBIC          0.044715

/* erfc(a) for a >= 1 with a small relative error (Press et al., Numerical Recipes, section 6.2:
 * erfcc), where 1 - erf(a) would have no digit left. exp(-a^2) is taken in two factors, the first
 * with an exact square. */
static tt_f32x4 complement(tt_f32x4 a) {
    static const float c[] = {-1.26551223f, 1.00002368f,  0.37409196f, 0.09678418f,  -0.18628806f,
                              0.27886807f,  -1.13520398f, 1.48851587f, -0.82215223f, 0.17087277f};
    tt_f32x4 t = 1.0f / (1.0f + 0.5f * a), sum = tt_splat(c[9]);
    for (int k = 8; k >= 0; k--)
        sum = sum * t + c[k];
    tt_f32x4 head = (tt_f32x4)((tt_i32x4)a & ~0xfff);
    return t * tt_exp_f32x4(-head * head) * tt_exp_f32x4(sum - (a - head) * (a + head));
}

static tt_f32x4 normal_cdf(tt_f32x4 x) {
    tt_f32x4 scaled = x * (float)SQRT_HALF;
    tt_f32x4 middle = 1.0f + tt_erf_f32x4(scaled);
    tt_f32x4 tail = complement(tt_absolute(scaled));
    return 0.5f * tt_select((tt_i32x4)(scaled < -1.0f), tail, middle);
}

static tt_f32x4 gelu_of(const double *p, tt_f32x4 x) {
    (void)p;
    return x * normal_cdf(x);
}

static tt_f32x4 gelu_slope(const double *p, tt_f32x4 x) {
    (void)p;
    tt_f32x4 density = (float)SQRT_TWO_PI_INVERSE * tt_exp_f32x4(-0.5f * x * x);
    return normal_cdf(x) + x * density;
}

static double gelu_at(const double *p, double x) {
    (void)p;
    return 0.5 * x * (1 + tt_erf(x * SQRT_HALF));
}

TT_ELEMENTWISE(gelu)

/* (1 + tanh(u)) / 2 = sigmoid(2 u), which keeps its digits for negative u. */
static tt_f32x4 gelu_tanh_argument(tt_f32x4 x) {
    return 2 * (float)SQRT_TWO_OVER_PI * (x + (float)GELU_CUBIC * x * x * x);
}

static tt_f32x4 gelu_tanh_of(const double *p, tt_f32x4 x) {
    (void)p;
    return x * tt_sigmoid_f32x4(gelu_tanh_argument(x));
}

static tt_f32x4 gelu_tanh_slope(const double *p, tt_f32x4 x) {
    (void)p;
    tt_f32x4 u = gelu_tanh_argument(x), s = tt_sigmoid_f32x4(u);
    tt_f32x4 du = 2 * (float)SQRT_TWO_OVER_PI * (1.0f + 3 * (float)GELU_CUBIC * x * x);
    return s + x * (s * tt_sigmoid_f32x4(-u)) * du;
}

static double gelu_tanh_at(const double *p, double x) {
    (void)p;
    return 0.5 * x * (1 + tt_tanh(SQRT_TWO_OVER_PI * (x + GELU_CUBIC * x * x * x)));
}

TT_ELEMENTWISE(gelu_tanh)

static tt_f32x4 silu_of(const double *p, tt_f32x4 x) {
    (void)p;
    return x * tt_sigmoid_f32x4(x);
}

static tt_f32x4 silu_slope(const double *p, tt_f32x4 x) {
    (void)p;
    return tt_sigmoid_f32x4(x) * (1.0f + x * tt_sigmoid_f32x4(-x));
}

static double silu_at(const double *p, double x) {
    (void)p;
    return x / (1 + tt_exp(-x));
}

TT_ELEMENTWISE(silu)

/* tanh(log(1 + exp(x))) and the square root of 1 minus its square, as fractions in exp(-|x|): no
 * overflow, and no difference of nearly equal numbers. */
typedef struct mish_gate {
    tt_f32x4 value, root;
} mish_gate;

static mish_gate mish_gate_of(tt_f32x4 x) {
    tt_i32x4 positive = (tt_i32x4)(x > 0);
    tt_f32x4 e = tt_exp_f32x4(-tt_absolute(x));
    tt_f32x4 numerator = tt_select(positive, 1.0f + 2.0f * e, e * (e + 2.0f));
    tt_f32x4 rest = tt_select(positive, 2.0f * e * e, tt_splat(2));
    tt_f32x4 root = tt_select(positive, 2.0f * e * (1.0f + e), 2.0f * (1.0f + e));
    return (mish_gate){numerator / (numerator + rest), root / (numerator + rest)};
}

static tt_f32x4 mish_of(const double *p, tt_f32x4 x) {
    (void)p;
    return x * mish_gate_of(x).value;
}

static tt_f32x4 mish_slope(const double *p, tt_f32x4 x) {
    (void)p;
    mish_gate gate = mish_gate_of(x);
    return gate.value + x * gate.root * gate.root * tt_sigmoid_f32x4(x);
}

static double mish_at(const double *p, double x) {
    (void)p;
    return x * tt_tanh(tt_log1p(tt_exp(x)));
}

TT_ELEMENTWISE(mish)
