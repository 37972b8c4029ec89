#include <math.h>

#include "maths.h"
#include "metric-functions.h"

/* y − ŷ */
static double residual(const tt_outcome *outcome, int64_t row) {
    return outcome->targets[row] - outcome->predictions[row];
}

static double absolute(double x) {
    return x < 0 ? -x : x;
}

static double squared_error(const tt_outcome *outcome) {
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        sum += residual(outcome, i) * residual(outcome, i);
    return sum;
}

static double target_spread(const tt_outcome *outcome) {
    double mean = 0, spread = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        mean += outcome->targets[i];
    mean /= (double)outcome->n_rows;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        spread += (outcome->targets[i] - mean) * (outcome->targets[i] - mean);
    return spread;
}

static double share_explained(double error, double spread) {
    if (spread == 0)
        return error == 0 ? 1 : 0;
    return 1 - error / spread;
}

double tt_r2(const double *p, const tt_outcome *outcome) {
    (void)p;
    return share_explained(squared_error(outcome), target_spread(outcome));
}

double tt_explained_variance(const double *p, const tt_outcome *outcome) {
    (void)p;
    double mean = 0, spread = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        mean += residual(outcome, i);
    mean /= (double)outcome->n_rows;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        spread += (residual(outcome, i) - mean) * (residual(outcome, i) - mean);
    return share_explained(spread, target_spread(outcome));
}

double tt_mae(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        sum += absolute(residual(outcome, i));
    return sum / (double)outcome->n_rows;
}

double tt_mse(const double *p, const tt_outcome *outcome) {
    (void)p;
    return squared_error(outcome) / (double)outcome->n_rows;
}

double tt_rmse(const double *p, const tt_outcome *outcome) {
    return tt_sqrt(tt_mse(p, outcome));
}

double tt_mape(const double *p, const tt_outcome *outcome) {
    (void)p;
    const double least = 0x1p-52;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double size = absolute(outcome->targets[i]);
        sum += absolute(residual(outcome, i)) / (size > least ? size : least);
    }
    return sum / (double)outcome->n_rows;
}

double tt_msle(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        if (outcome->targets[i] < 0 || outcome->predictions[i] < 0)
            return NAN;
        double d = tt_log1p(outcome->targets[i]) - tt_log1p(outcome->predictions[i]);
        sum += d * d;
    }
    return sum / (double)outcome->n_rows;
}

double tt_median_error(const double *p, const tt_outcome *outcome) {
    (void)p;
    int64_t n = outcome->n_rows;
    tt_scored *errors = outcome->scratch;
    for (int64_t i = 0; i < n; i++)
        errors[i] = (tt_scored){absolute(residual(outcome, i)), 0};
    tt_sort_scored(n, errors, errors + n);
    return errors[(n - 1) / 2].score / 2 + errors[n / 2].score / 2;
}

double tt_max_error(const double *p, const tt_outcome *outcome) {
    (void)p;
    double most = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++)
        most = absolute(residual(outcome, i)) > most ? absolute(residual(outcome, i)) : most;
    return most;
}

double tt_pinball(const double *p, const tt_outcome *outcome) {
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double d = residual(outcome, i);
        sum += d > 0 ? p[0] * d : (p[0] - 1) * d;
    }
    return sum / (double)outcome->n_rows;
}
