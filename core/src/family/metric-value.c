#include <math.h>

#include "maths.h"
#include "metric-functions.h"

static double truth(const tt_outcome *outcome, int32_t target, int64_t row) {
    return outcome->targets[row * outcome->n_targets + target];
}

static double guess(const tt_outcome *outcome, int32_t target, int64_t row) {
    return outcome->predictions[row * outcome->n_outputs + target];
}

/* y − ŷ */
static double residual(const tt_outcome *outcome, int32_t target, int64_t row) {
    return truth(outcome, target, row) - guess(outcome, target, row);
}

static double absolute(double x) {
    return x < 0 ? -x : x;
}

static double squared_error(const tt_outcome *outcome, int32_t target) {
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        sum += residual(outcome, target, i) * residual(outcome, target, i);
    return sum;
}

static double target_spread(const tt_outcome *outcome, int32_t target) {
    double mean = 0, spread = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        mean += truth(outcome, target, i);
    mean /= (double)outcome->n_rows;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        spread += (truth(outcome, target, i) - mean) * (truth(outcome, target, i) - mean);
    return spread;
}

static double share_explained(double error, double spread) {
    if (spread == 0)
        return error == 0 ? 1 : 0;
    return 1 - error / spread;
}

double tt_r2(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    return share_explained(squared_error(outcome, target), target_spread(outcome, target));
}

double tt_explained_variance(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    double mean = 0, spread = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        mean += residual(outcome, target, i);
    mean /= (double)outcome->n_rows;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        spread += (residual(outcome, target, i) - mean) * (residual(outcome, target, i) - mean);
    return share_explained(spread, target_spread(outcome, target));
}

double tt_mae(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        sum += absolute(residual(outcome, target, i));
    return sum / (double)outcome->n_rows;
}

double tt_mse(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    return squared_error(outcome, target) / (double)outcome->n_rows;
}

double tt_rmse(const double *p, const tt_outcome *outcome, int32_t target) {
    return tt_sqrt(tt_mse(p, outcome, target));
}

double tt_mape(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    const double least = 0x1p-52;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double size = absolute(truth(outcome, target, i));
        sum += absolute(residual(outcome, target, i)) / (size > least ? size : least);
    }
    return sum / (double)outcome->n_rows;
}

double tt_msle(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        if (truth(outcome, target, i) < 0 || guess(outcome, target, i) < 0)
            return NAN;
        double d = tt_log1p(truth(outcome, target, i)) - tt_log1p(guess(outcome, target, i));
        sum += d * d;
    }
    return sum / (double)outcome->n_rows;
}

double tt_median_error(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    int64_t n = outcome->n_rows;
    tt_scored *errors = outcome->scratch;
    for (int64_t i = 0; i < n; i++)
        errors[i] = (tt_scored){absolute(residual(outcome, target, i)), 0};
    tt_sort_scored(n, errors, errors + n);
    return errors[(n - 1) / 2].score / 2 + errors[n / 2].score / 2;
}

double tt_max_error(const double *p, const tt_outcome *outcome, int32_t target) {
    (void)p;
    double most = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        most = absolute(residual(outcome, target, i)) > most
                   ? absolute(residual(outcome, target, i))
                   : most;
    return most;
}

double tt_pinball(const double *p, const tt_outcome *outcome, int32_t target) {
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double d = residual(outcome, target, i);
        sum += d > 0 ? p[0] * d : (p[0] - 1) * d;
    }
    return sum / (double)outcome->n_rows;
}
