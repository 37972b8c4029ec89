#include <math.h>

#include "maths.h"
#include "metric-functions.h"

double tt_class_probability(const tt_outcome *outcome, int64_t row, int32_t index) {
    if (outcome->n_outputs > 1 || outcome->task == TT_MULTILABEL)
        return outcome->predictions[row * outcome->n_outputs + index];
    double second = outcome->predictions[row];
    return index == 1 ? second : 1 - second;
}

void tt_rank_class(const tt_outcome *outcome, int32_t index) {
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        outcome->scratch[i].score = tt_class_probability(outcome, i, index);
        outcome->scratch[i].hit = outcome->task == TT_MULTILABEL
                                      ? outcome->targets[i * outcome->n_targets + index]
                                      : outcome->targets[i] == (double)index;
    }
    tt_sort_scored(outcome->n_rows, outcome->scratch, outcome->scratch + outcome->n_rows);
}

typedef double (*of_ranking)(int64_t n, const tt_scored *scored);

/* The mean over the classes or labels that occur, weighted by their rows if asked; of two classes,
 * the score of the second alone. Classes for which the score is not defined do not count. */
static double over_classes(const tt_outcome *outcome, bool weighted, of_ranking score) {
    bool binary = outcome->task == TT_BINARY;
    double sum = 0, weights = 0;
    for (int32_t k = binary; k < tt_n_scored(outcome); k++) {
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

/* Fills scratch with the rows in falling order of the probability of class `index`; `hit` is the
 * class of the row. */
static void rank_with_classes(const tt_outcome *outcome, int32_t index) {
    for (int64_t i = 0; i < outcome->n_rows; i++)
        outcome->scratch[i] =
            (tt_scored){tt_class_probability(outcome, i, index), outcome->targets[i]};
    tt_sort_scored(outcome->n_rows, outcome->scratch, outcome->scratch + outcome->n_rows);
}

/* The sum over all other classes of how well the probability of class `index` tells its rows from
 * theirs: one walk down the ranks serves all of them. supports[k].score holds the rows of class k.
 */
static double sum_against_each(const tt_outcome *outcome, int32_t index,
                               const tt_scored *supports) {
    const tt_scored *rows = outcome->scratch;
    double sum = 0, above = 0;
    for (int64_t start = 0, end; start < outcome->n_rows; start = end) {
        double tied = 0;
        for (end = start; end < outcome->n_rows && rows[end].score == rows[start].score; end++)
            tied += rows[end].hit == (double)index;
        for (int64_t i = start; i < end; i++)
            if (rows[i].hit != (double)index)
                sum += (above + tied / 2) / supports[(int32_t)rows[i].hit].score;
        above += tied;
    }
    return sum / supports[index].score;
}

double tt_pairwise_roc_auc(const double *p, const tt_outcome *outcome) {
    (void)p;
    tt_scored *supports = outcome->scratch + 2 * outcome->n_rows;
    double sum = 0, occurring = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++) {
        supports[k].score = tt_class_support(outcome, k);
        occurring += supports[k].score > 0;
    }
    for (int32_t k = 0; k < outcome->n_classes; k++) {
        if (supports[k].score == 0)
            continue;
        rank_with_classes(outcome, k);
        sum += sum_against_each(outcome, k, supports);
    }
    return occurring > 1 ? sum / (occurring * (occurring - 1)) : NAN;
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
