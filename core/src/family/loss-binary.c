#include "loss-elementwise.h"
#include "maths-lanes.h"

/* What the losses of a logit are made of, all from one exponential that cannot overflow. */
typedef struct logistic {
    tt_f32x4 yes, no; /* sigmoid(z) and sigmoid(-z) */
    tt_f32x4 minus_log_yes,
        minus_log_no; /* the costs of either answer: softplus(-z), softplus(z) */
} logistic;

static inline logistic logistic_of(tt_f32x4 z) {
    tt_i32x4 positive = (tt_i32x4)(z > 0);
    tt_f32x4 size = tt_absolute(z), e = tt_exp_negative_lanes(-size);
    tt_f32x4 likely = 1.0f / (1.0f + e), unlikely = e * likely;
    tt_f32x4 small = tt_log1p_lanes(e), large = size + small;
    return (logistic){.yes = tt_select(positive, likely, unlikely),
                      .no = tt_select(positive, unlikely, likely),
                      .minus_log_yes = tt_select(positive, small, large),
                      .minus_log_no = tt_select(positive, large, small)};
}

static inline double softplus(double z) {
    return z > 0 ? z + tt_log1p(tt_exp(-z)) : tt_log1p(tt_exp(z));
}

static tt_f32x4 bce_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 x = e.z, log_yes = tt_at_least(tt_log_f32x4(x), -100);
    tt_f32x4 log_no = tt_at_least(tt_log1p_f32x4(-x), -100);
    *slope = (x - e.y) / tt_at_least(x * (1.0f - x), 1e-12f);
    return -(e.y * log_yes + (1.0f - e.y) * log_no);
}

static double bce_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    double log_yes = tt_log(z), log_no = tt_log1p(-z);
    return -y * (log_yes < -100 ? -100 : log_yes) - (1 - y) * (log_no < -100 ? -100 : log_no);
}

TT_ELEMENTWISE_LOSS(bce, NULL)

static tt_f32x4 bce_with_logits_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    const float smoothing = (float)p[0];
    logistic of = logistic_of(e.z);
    tt_f32x4 y = e.y * (1 - smoothing) + 0.5f * smoothing;
    *slope = (1.0f - y) * of.yes - e.listed * y * of.no;
    return (1.0f - y) * of.minus_log_no + e.listed * y * of.minus_log_yes;
}

static double bce_with_logits_at(const double *p, int32_t j, double z, double y) {
    y = y * (1 - p[0]) + p[0] / 2;
    return tt_listed(p + 1, j) * y * softplus(-z) + (1 - y) * softplus(z);
}

TT_ELEMENTWISE_LOSS(bce_with_logits, p + 1)

static tt_f32x4 hinge_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 t = 2.0f * e.y - 1.0f, short_by = 1.0f - t * e.z;
    tt_i32x4 counts = (tt_i32x4)(short_by > 0);
    *slope = tt_where(counts, -t);
    return tt_where(counts, short_by);
}

static double hinge_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    double short_by = 1 - (2 * y - 1) * z;
    return short_by > 0 ? short_by : 0;
}

TT_ELEMENTWISE_LOSS(hinge, NULL)

static tt_f32x4 squared_hinge_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    tt_f32x4 side, short_by = hinge_of(p, e, &side);
    *slope = 2.0f * side * short_by;
    return short_by * short_by;
}

static double squared_hinge_at(const double *p, int32_t j, double z, double y) {
    double short_by = hinge_at(p, j, z, y);
    return short_by * short_by;
}

TT_ELEMENTWISE_LOSS(squared_hinge, NULL)

static tt_f32x4 soft_margin_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    tt_f32x4 t = 2.0f * e.y - 1.0f;
    logistic of = logistic_of(t * e.z);
    *slope = -t * of.no;
    return of.minus_log_yes;
}

static double soft_margin_at(const double *p, int32_t j, double z, double y) {
    (void)p, (void)j;
    return softplus(-(2 * y - 1) * z);
}

TT_ELEMENTWISE_LOSS(soft_margin, NULL)

static tt_f32x4 multilabel_soft_margin_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    (void)p;
    logistic of = logistic_of(e.z);
    *slope = e.listed * ((1.0f - e.y) * of.yes - e.y * of.no);
    return e.listed * ((1.0f - e.y) * of.minus_log_no + e.y * of.minus_log_yes);
}

static double multilabel_soft_margin_at(const double *p, int32_t j, double z, double y) {
    return tt_listed(p, j) * (y * softplus(-z) + (1 - y) * softplus(z));
}

TT_ELEMENTWISE_LOSS(multilabel_soft_margin, p)

enum { FOCAL_GAMMA, FOCAL_ALPHA };

/* no^gamma = exp(-gamma * -log(no)), which is exact where the logit is extreme. */
static tt_f32x4 binary_focal_of(const double *p, tt_elements e, tt_f32x4 *slope) {
    const float gamma = (float)p[FOCAL_GAMMA];
    const float alpha = p[FOCAL_ALPHA] > 0 ? (float)p[FOCAL_ALPHA] : 1;
    logistic of = logistic_of(e.z);
    tt_f32x4 if_yes = alpha * e.y * tt_exp_f32x4(-gamma * of.minus_log_no);
    tt_f32x4 if_no =
        (float)(1 - p[FOCAL_ALPHA]) * (1.0f - e.y) * tt_exp_f32x4(-gamma * of.minus_log_yes);
    *slope = if_no * (gamma * of.no * of.minus_log_no + of.yes) -
             if_yes * (gamma * of.yes * of.minus_log_yes + of.no);
    return if_yes * of.minus_log_yes + if_no * of.minus_log_no;
}

static double binary_focal_at(const double *p, int32_t j, double z, double y) {
    (void)j;
    double alpha = p[FOCAL_ALPHA], yes = 1 / (1 + tt_exp(-z));
    double if_yes = (alpha > 0 ? alpha : 1) * y * tt_pow(1 - yes, p[FOCAL_GAMMA]);
    double if_no = (1 - alpha) * (1 - y) * tt_pow(yes, p[FOCAL_GAMMA]);
    return if_yes * softplus(-z) + if_no * softplus(z);
}

TT_ELEMENTWISE_LOSS(binary_focal, NULL)
