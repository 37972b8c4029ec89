#include <string.h>

#include "loss-rows.h"
#include "maths-lanes.h"
#include "softmax.h"

enum { SMOOTHING, CLASS_WEIGHTS }; /* parameters of cross_entropy; the weights are a list */

/* Of up to four rows from row `first` on, one in each lane: their classes and weights. */
static inline tt_i32x4 classes_of(const tt_rows *rows, int32_t first, int32_t n) {
    const tt_f32x4 y = tt_column(rows->y + first, tt_row_offsets(n, 1), 0);
    return (tt_i32x4){(int32_t)y[0], (int32_t)y[1], (int32_t)y[2], (int32_t)y[3]};
}

static inline tt_f32x4 weights_of(const tt_rows *rows, int32_t first, int32_t n) {
    return rows->weight ? tt_column(rows->weight + first, tt_row_offsets(n, 1), 0) : tt_splat(1);
}

/* The total with the first n lanes added, one after the other. */
static inline double add_lanes(double total, int32_t n, tt_f32x4 x) {
    for (int32_t i = 0; i < n; i++)
        total += (double)x[i];
    return total;
}

double tt_cross_entropy_weight(const double *p, const float *y) {
    return tt_listed(p + CLASS_WEIGHTS, (int32_t)y[0]);
}

/* What up to four rows are to be scored by, one in each lane. */
typedef struct targets {
    const double *weights; /* of the classes */
    double own, other;     /* the smoothed target of a row's own class, and of any other */
    double others;         /* the sum over all classes of weight times `other` */
    tt_i32x4 class;
} targets;

/* The weight of class j in the rows' targets. */
static inline tt_f32x4 target_at(const targets *t, int32_t j) {
    const double weight = tt_listed(t->weights, j);
    return tt_select((tt_i32x4)(t->class == j), tt_splat((float)(weight * t->own)),
                     tt_splat((float)(weight * t->other)));
}

/* The sum of the rows' targets. Over a thousand classes a sum of floats would not be exact. */
static inline tt_f32x4 sum_of_targets(const targets *t) {
    tt_f32x4 sum;
    for (int32_t i = 0; i < 4; i++)
        sum[i] = (float)(t->others + tt_listed(t->weights, t->class[i]) * (t->own - t->other));
    return sum;
}

/* Where class j counts: a target of 0 must not meet an infinite score. */
static inline tt_i32x4 counts_at(const targets *t, int32_t j) {
    return t->other != 0 ? ~(tt_i32x4){0} : (tt_i32x4)(t->class == j);
}

/* The losses of up to four rows, weighted by nothing but their classes. e receives the gradient
 * times `factor`, unless it is NULL. */
static tt_f32x4 cross_entropy_lanes(const targets *t, int32_t rows, int32_t n, const float *z,
                                    tt_f32x4 factor, float *e) {
    const tt_softmax_lanes lanes = tt_softmax_of(rows, n, z, e);
    const tt_f32x4 log_total = tt_log1p_lanes(lanes.rest);
    const tt_i32x4 at = tt_row_offsets(rows, n);
    tt_f32x4 loss = {0};
    for (int32_t j = 0; j < n; j++)
        loss += tt_where(counts_at(t, j),
                         target_at(t, j) * (log_total + (lanes.most - tt_column(z, at, j))));
    const tt_f32x4 share = factor * sum_of_targets(t) / (1.0f + lanes.rest);
    for (int32_t j = 0; e && j < n; j++) {
        const tt_f32x4 target = tt_where(counts_at(t, j), factor * target_at(t, j));
        tt_put_column(e, at, j, tt_column(e, at, j) * share - target);
    }
    return loss;
}

static targets targets_of(const double *p, int32_t n) {
    const double other = p[SMOOTHING] / n;
    targets t = {.weights = p + CLASS_WEIGHTS, .own = other + (1 - p[SMOOTHING]), .other = other};
    for (int32_t j = 0; other != 0 && j < n; j++)
        t.others += tt_listed(t.weights, j) * other;
    return t;
}

double tt_cross_entropy_evaluate(const double *p, const tt_rows *rows) {
    const int32_t n = rows->outputs;
    targets t = targets_of(p, n);
    double total = 0;
    for (int32_t first = 0; first < rows->n; first += 4) {
        const int32_t left = rows->n - first < 4 ? rows->n - first : 4;
        const tt_f32x4 weight = weights_of(rows, first, left);
        t.class = classes_of(rows, first, left);
        tt_f32x4 loss = cross_entropy_lanes(&t, left, n, rows->z + first * n, rows->scale * weight,
                                            rows->dz ? rows->dz + first * n : NULL);
        total = add_lanes(total, left, weight * loss);
    }
    return total;
}

double tt_cross_entropy_reference(const double *p, int32_t outputs, const double *z,
                                  const float *y) {
    double log_total = tt_log_sum_exp(outputs, z), sum = 0;
    for (int32_t j = 0; j < outputs; j++) {
        double share = (1 - p[SMOOTHING]) * (j == (int32_t)y[0]) + p[SMOOTHING] / outputs;
        sum += tt_listed(p + CLASS_WEIGHTS, j) * share * (log_total - z[j]);
    }
    return sum;
}

double tt_nll_weight(const double *p, const float *y) {
    return tt_listed(p, (int32_t)y[0]);
}

double tt_nll_evaluate(const double *p, const tt_rows *rows) {
    double total = 0;
    if (rows->dz)
        memset(rows->dz, 0, (size_t)(rows->n * rows->outputs) * sizeof *rows->dz);
    for (int32_t i = 0; i < rows->n; i++) {
        const int32_t at = i * rows->outputs + (int32_t)rows->y[i];
        const double weight = tt_nll_weight(p, rows->y + i) * (double)tt_row_weight(rows, i);
        total -= weight * (double)rows->z[at];
        if (rows->dz)
            rows->dz[at] = -rows->scale * (float)weight;
    }
    return total;
}

double tt_nll_reference(const double *p, int32_t outputs, const double *z, const float *y) {
    (void)outputs;
    return -tt_nll_weight(p, y) * z[(int32_t)y[0]];
}

enum { MARGIN_POWER, MARGIN, MARGIN_WEIGHTS };

double tt_multi_margin_evaluate(const double *p, const tt_rows *rows) {
    const bool squared = p[MARGIN_POWER] == 2;
    const int32_t outputs = rows->outputs;
    double total = 0;
    for (int32_t i = 0; i < rows->n; i++) {
        const int32_t class = (int32_t)rows->y[i];
        const float own = (float)tt_listed(p + MARGIN_WEIGHTS, class) / (float)outputs;
        const float weight = own * tt_row_weight(rows, i), *z = rows->z + i * outputs;
        float loss = 0, slopes = 0;
        for (int32_t j = 0; j < outputs; j++) {
            float short_by = (float)p[MARGIN] - z[class] + z[j];
            short_by = j != class && short_by > 0 ? short_by : 0;
            float slope = squared ? 2 * short_by : (float)(short_by > 0);
            loss += squared ? short_by * short_by : short_by;
            slopes += slope;
            if (rows->dz)
                rows->dz[i * outputs + j] = rows->scale * weight * slope;
        }
        total += (double)(weight * loss);
        if (rows->dz)
            rows->dz[i * outputs + class] = -rows->scale * weight * slopes;
    }
    return total;
}

double tt_multi_margin_reference(const double *p, int32_t outputs, const double *z,
                                 const float *y) {
    const int32_t class = (int32_t)y[0];
    double sum = 0;
    for (int32_t j = 0; j < outputs; j++) {
        double short_by = p[MARGIN] - z[class] + z[j];
        if (j != class && short_by > 0)
            sum += p[MARGIN_POWER] == 2 ? short_by * short_by : short_by;
    }
    return tt_listed(p + MARGIN_WEIGHTS, class) * sum / outputs;
}

/* The largest score of another class, the first of equals. */
static int32_t rival_of(int32_t outputs, const float *z, int32_t class) {
    int32_t rival = class == 0 ? 1 : 0;
    for (int32_t j = rival + 1; j < outputs; j++)
        if (j != class && z[j] > z[rival])
            rival = j;
    return rival;
}

double tt_categorical_hinge_evaluate(const double *p, const tt_rows *rows) {
    (void)p;
    double total = 0;
    if (rows->dz)
        memset(rows->dz, 0, (size_t)(rows->n * rows->outputs) * sizeof *rows->dz);
    for (int32_t i = 0; i < rows->n; i++) {
        const float *z = rows->z + i * rows->outputs, weight = tt_row_weight(rows, i);
        const int32_t class = (int32_t)rows->y[i], rival = rival_of(rows->outputs, z, class);
        float short_by = 1 + z[rival] - z[class];
        if (!(short_by > 0))
            continue;
        total += (double)(weight * short_by);
        if (rows->dz) {
            rows->dz[i * rows->outputs + rival] = rows->scale * weight;
            rows->dz[i * rows->outputs + class] = -rows->scale * weight;
        }
    }
    return total;
}

double tt_categorical_hinge_reference(const double *p, int32_t outputs, const double *z,
                                      const float *y) {
    const int32_t class = (int32_t)y[0];
    double most = 0;
    (void)p;
    for (int32_t j = 0; j < outputs; j++) {
        double short_by = 1 + z[j] - z[class];
        most = j != class && short_by > most ? short_by : most;
    }
    return most;
}

enum { FOCAL_GAMMA, FOCAL_ALPHA };

/* With q = 1 - p[class], the gradient of q^gamma log(p[class]) along z[j] is
 * q^gamma (1 + gamma p[class] log(p[class]) / -q) times (1 - p[j]) for the class itself and -p[j]
 * for others. */
double tt_softmax_focal_evaluate(const double *p, const tt_rows *rows) {
    const float gamma = (float)p[FOCAL_GAMMA];
    const int32_t n = rows->outputs;
    double total = 0;
    for (int32_t first = 0; first < rows->n; first += 4) {
        const int32_t left = rows->n - first < 4 ? rows->n - first : 4;
        const float *z = rows->z + first * n;
        float *dz = rows->dz ? rows->dz + first * n : NULL;
        const tt_softmax_lanes lanes = tt_softmax_of(left, n, z, dz);
        const tt_i32x4 class = classes_of(rows, first, left), at = tt_row_offsets(left, n);
        tt_f32x4 weight = weights_of(rows, first, left);
        for (int32_t i = 0; i < 4; i++)
            weight[i] = (float)tt_listed(p + FOCAL_ALPHA, class[i]) * weight[i];
        const tt_f32x4 score = tt_column(z, at + class, 0), all = 1.0f + lanes.rest;
        const tt_f32x4 own = tt_exp_negative_lanes(score - lanes.most) / all;
        const tt_f32x4 q = tt_select((tt_i32x4)(class == lanes.peak), lanes.rest / all, 1.0f - own);
        const tt_f32x4 minus_log = tt_log1p_lanes(lanes.rest) + (lanes.most - score);
        const tt_f32x4 power = gamma == 0 ? tt_splat(1) : tt_exp_lanes(gamma * tt_log_f32x4(q));
        total = add_lanes(total, left, weight * power * minus_log);
        const tt_f32x4 steep = tt_select((tt_i32x4)(q > 0), minus_log / q, tt_splat(1));
        const tt_f32x4 factor = rows->scale * weight * (power * (1.0f + gamma * own * steep));
        for (int32_t j = 0; dz && j < n; j++)
            tt_put_column(dz, at, j,
                          tt_select((tt_i32x4)(class == j), -factor * q,
                                    factor * (tt_column(dz, at, j) / all)));
    }
    return total;
}

double tt_softmax_focal_reference(const double *p, int32_t outputs, const double *z,
                                  const float *y) {
    double log_own = z[(int32_t)y[0]] - tt_log_sum_exp(outputs, z);
    double alpha = tt_listed(p + FOCAL_ALPHA, (int32_t)y[0]);
    return alpha * tt_pow(1 - tt_exp(log_own), p[FOCAL_GAMMA]) * -log_own;
}

enum { KL_MEAN, KL_LOG_TARGET };

double tt_kl_div_evaluate(const double *p, const tt_rows *rows) {
    const float divisor = p[KL_MEAN] != 0 ? (float)rows->outputs : 1;
    double total = 0;
    for (int32_t i = 0; i < rows->n; i++) {
        const float weight = tt_row_weight(rows, i) / divisor;
        for (int32_t j = i * rows->outputs; j < (i + 1) * rows->outputs; j++) {
            bool in_logs = p[KL_LOG_TARGET] != 0;
            float y = in_logs ? tt_exp_f32(rows->y[j]) : rows->y[j];
            float log_y = in_logs ? rows->y[j] : tt_log_f32(y);
            total += y > 0 ? (double)(weight * y * (log_y - rows->z[j])) : 0;
            if (rows->dz)
                rows->dz[j] = -rows->scale * weight * y;
        }
    }
    return total;
}

double tt_kl_div_reference(const double *p, int32_t outputs, const double *z, const float *y) {
    double sum = 0;
    for (int32_t j = 0; j < outputs; j++) {
        double target = p[KL_LOG_TARGET] != 0 ? tt_exp((double)y[j]) : (double)y[j];
        sum += target > 0 ? target * (tt_log(target) - z[j]) : 0;
    }
    return p[KL_MEAN] != 0 ? sum / outputs : sum;
}
