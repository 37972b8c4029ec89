#include <string.h>

#include "loss-rows.h"
#include "maths-lanes.h"
#include "softmax.h"

enum { SMOOTHING, CLASS_WEIGHTS }; /* parameters of cross_entropy; the weights are a list */

double tt_cross_entropy_weight(const double *p, const float *y) {
    return tt_listed(p + CLASS_WEIGHTS, (int32_t)y[0]);
}

/* The smoothed and weighted target of a row: a share for its own class and one for the others, by
 * the weights of the classes. */
typedef struct targets {
    double own, other;
    const double *weights;
} targets;

static targets targets_of(const double *p, int32_t outputs) {
    double other = p[SMOOTHING] / outputs;
    return (targets){other + (1 - p[SMOOTHING]), other, p + CLASS_WEIGHTS};
}

static inline float target_at(const targets *t, int32_t class, int32_t j) {
    return (float)(tt_listed(t->weights, j) * (j == class ? t->own : t->other));
}

/* The loss of one row. e holds exp(z - row.most) and becomes the gradient times `factor`, unless it
 * is NULL. */
static float cross_entropy_row(const targets *t, int32_t outputs, const float *z, int32_t class,
                               float factor, tt_softmax_row row, float log_total, float *e) {
    const bool smooth = t->other != 0;
    const int32_t first = smooth ? 0 : class, end = smooth ? outputs : class + 1;
    float loss = 0, sum = 0;
    for (int32_t j = first; j < end; j++) {
        float target = target_at(t, class, j);
        loss += target * (log_total + (row.most - z[j]));
        sum += target;
    }
    if (!e)
        return loss;
    const float share = factor * sum / (1 + row.rest);
    for (int32_t j = 0; j < outputs; j++)
        e[j] *= share;
    for (int32_t j = first; j < end; j++)
        e[j] -= factor * target_at(t, class, j);
    return loss;
}

/* Four rows at a time, for the sake of their logarithms. */
double tt_cross_entropy_evaluate(const double *p, const tt_rows *rows) {
    const int32_t outputs = rows->outputs;
    const targets t = targets_of(p, outputs);
    double total = 0;
    for (int32_t first = 0; first < rows->n; first += 4) {
        const int32_t n = rows->n - first < 4 ? rows->n - first : 4, at = first * outputs;
        const float *z = rows->z + at;
        float *e = rows->dz ? rows->dz + at : NULL, rest[4] = {0}, log_total[4];
        tt_softmax_row row[4];
        for (int32_t i = 0; i < n; i++) {
            row[i] = tt_softmax_of(outputs, z + i * outputs, e ? e + i * outputs : NULL);
            rest[i] = row[i].rest;
        }
        tt_store(log_total, tt_log1p_lanes(tt_load(rest)));
        for (int32_t i = 0; i < n; i++) {
            const float weight = tt_row_weight(rows, first + i);
            float loss = cross_entropy_row(&t, outputs, z + i * outputs,
                                           (int32_t)rows->y[first + i], rows->scale * weight,
                                           row[i], log_total[i], e ? e + i * outputs : NULL);
            total += (double)(weight * loss);
        }
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
    const int32_t outputs = rows->outputs;
    double total = 0;
    for (int32_t i = 0; i < rows->n; i++) {
        const int32_t class = (int32_t)rows->y[i];
        const float *z = rows->z + i * outputs;
        const float alpha = (float)tt_listed(p + FOCAL_ALPHA, class);
        const float weight = alpha * tt_row_weight(rows, i);
        float *dz = rows->dz ? rows->dz + i * outputs : NULL;
        const tt_softmax_row row = tt_softmax_of(outputs, z, dz);
        const float own = tt_exp_f32(z[class] - row.most) / (1 + row.rest);
        const float q = class == row.peak ? row.rest / (1 + row.rest) : 1 - own;
        const float minus_log = tt_log1p_f32(row.rest) + (row.most - z[class]);
        const float power = gamma == 0 ? 1 : tt_exp_f32(gamma * tt_log_f32(q));
        total += (double)(weight * power * minus_log);
        if (!dz)
            continue;
        const float slope = power * (1 + gamma * own * (q > 0 ? minus_log / q : 1));
        const float factor = rows->scale * weight * slope;
        for (int32_t j = 0; j < outputs; j++)
            dz[j] = j == class ? -factor * q : factor * (dz[j] / (1 + row.rest));
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
