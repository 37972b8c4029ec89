#include <math.h>

#include "maths.h"
#include "metric-functions.h"

double tt_class_probability(const tt_outcome *outcome, int64_t row, int32_t index) {
    if (outcome->n_outputs > 1)
        return outcome->predictions[row * outcome->n_outputs + index];
    double second = outcome->predictions[row];
    return index == 1 ? second : 1 - second;
}

void tt_rank_class(const tt_outcome *outcome, int32_t index) {
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        outcome->scratch[i].score = tt_class_probability(outcome, i, index);
        outcome->scratch[i].hit = outcome->targets[i] == (double)index;
    }
    tt_sort_scored(outcome->n_rows, outcome->scratch, outcome->scratch + outcome->n_rows);
}

typedef double (*of_ranking)(int64_t n, const tt_scored *scored);

/* The mean over the classes that occur, weighted by their rows if asked; of two classes, the score
 * of the second alone. Classes for which the score is not defined do not count. */
static double over_classes(const tt_outcome *outcome, bool weighted, of_ranking score) {
    bool binary = outcome->task == TT_BINARY;
    double sum = 0, weights = 0;
    for (int32_t k = binary; k < outcome->n_classes; k++) {
        tt_rank_class(outcome, k);
        double value = score(outcome->n_rows, outcome->scratch);
        double support = tt_class_support(outcome, k);
        double weight = binary ? 1 : weighted ? support : support > 0;
        if (isnan(value) || weight == 0)
            continue;
        sum += weight * value;
        weights += weight;
    }
    return weights > 0 ? sum / weights : NAN;
}

double tt_roc_auc(const double *p, const tt_outcome *outcome) {
    (void)p;
    return over_classes(outcome, false, tt_curve_roc_auc);
}

double tt_weighted_roc_auc(const double *p, const tt_outcome *outcome) {
    (void)p;
    return over_classes(outcome, true, tt_curve_roc_auc);
}

double tt_average_precision(const double *p, const tt_outcome *outcome) {
    (void)p;
    return over_classes(outcome, false, tt_curve_average_precision);
}

/* How well the probability of class `a` tells its rows from those of class `b`. */
static double auc_of_pair(const tt_outcome *outcome, int32_t a, int32_t b) {
    int64_t n = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        int32_t truth = (int32_t)outcome->targets[i];
        if (truth == a || truth == b)
            outcome->scratch[n++] =
                (tt_scored){tt_class_probability(outcome, i, a), truth == a ? 1 : 0};
    }
    tt_sort_scored(n, outcome->scratch, outcome->scratch + n);
    return tt_curve_roc_auc(n, outcome->scratch);
}

double tt_pairwise_roc_auc(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0, pairs = 0;
    for (int32_t a = 0; a < outcome->n_classes; a++) {
        for (int32_t b = a + 1; b < outcome->n_classes; b++) {
            double value = (auc_of_pair(outcome, a, b) + auc_of_pair(outcome, b, a)) / 2;
            if (isnan(value))
                continue;
            sum += value;
            pairs += 1;
        }
    }
    return pairs > 0 ? sum / pairs : NAN;
}

static double clip(double probability) {
    const double least = 0x1p-52;
    return probability < least ? least : probability > 1 - least ? 1 - least : probability;
}

double tt_log_loss(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double total = 0;
        for (int32_t k = 0; k < outcome->n_classes; k++)
            total += clip(tt_class_probability(outcome, i, k));
        int32_t truth = (int32_t)outcome->targets[i];
        sum -= tt_log(clip(tt_class_probability(outcome, i, truth)) / total);
    }
    return sum / (double)outcome->n_rows;
}

double tt_brier(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        for (int32_t k = outcome->task == TT_BINARY; k < outcome->n_classes; k++) {
            double d = tt_class_probability(outcome, i, k) - (outcome->targets[i] == (double)k);
            sum += d * d;
        }
    }
    return sum / (double)outcome->n_rows;
}

/* Of equal probabilities the later class stands first, as in scikit-learn. */
double tt_top_k(const double *p, const tt_outcome *outcome) {
    double found = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        int32_t truth = (int32_t)outcome->targets[i], before = 0;
        double own = tt_class_probability(outcome, i, truth);
        for (int32_t k = 0; k < outcome->n_classes; k++) {
            double other = tt_class_probability(outcome, i, k);
            before += other > own || (other == own && k > truth);
        }
        found += before < p[0];
    }
    return found / (double)outcome->n_rows;
}
