#include "maths.h"
#include "metric-functions.h"

typedef double (*of_class)(const tt_outcome *outcome, int32_t index);

int32_t tt_decide(int32_t n_outputs, const double *prediction) {
    if (n_outputs == 1)
        return prediction[0] >= 0.5;
    int32_t best = 0;
    for (int32_t j = 1; j < n_outputs; j++)
        if (prediction[j] > prediction[best])
            best = j;
    return best;
}

void tt_count_confusion(tt_outcome *outcome) {
    int32_t k = outcome->n_classes;
    for (int32_t i = 0; i < k * k; i++)
        outcome->confusion[i] = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        int32_t truth = (int32_t)outcome->targets[i];
        int32_t guess =
            tt_decide(outcome->n_outputs, outcome->predictions + i * outcome->n_outputs);
        outcome->confusion[truth * k + guess] += 1;
    }
}

static double row_sum(const tt_outcome *outcome, int32_t index) {
    double sum = 0;
    for (int32_t j = 0; j < outcome->n_classes; j++)
        sum += outcome->confusion[index * outcome->n_classes + j];
    return sum;
}

static double column_sum(const tt_outcome *outcome, int32_t index) {
    double sum = 0;
    for (int32_t j = 0; j < outcome->n_classes; j++)
        sum += outcome->confusion[j * outcome->n_classes + index];
    return sum;
}

static double hits(const tt_outcome *outcome, int32_t index) {
    return outcome->confusion[index * outcome->n_classes + index];
}

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

double tt_class_precision(const tt_outcome *outcome, int32_t index) {
    return ratio(hits(outcome, index), column_sum(outcome, index));
}

double tt_class_recall(const tt_outcome *outcome, int32_t index) {
    return ratio(hits(outcome, index), row_sum(outcome, index));
}

double tt_class_f1(const tt_outcome *outcome, int32_t index) {
    return ratio(2 * hits(outcome, index), row_sum(outcome, index) + column_sum(outcome, index));
}

double tt_class_support(const tt_outcome *outcome, int32_t index) {
    return row_sum(outcome, index);
}

double tt_accuracy(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++)
        sum += hits(outcome, k);
    return ratio(sum, (double)outcome->n_rows);
}

double tt_balanced_accuracy(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0, classes = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++) {
        sum += tt_class_recall(outcome, k);
        classes += row_sum(outcome, k) > 0;
    }
    return ratio(sum, classes);
}

/* Over the classes that occur, in truth or as a decision, as scikit-learn does. */
static double macro(const tt_outcome *outcome, of_class score) {
    double sum = 0, classes = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++) {
        if (row_sum(outcome, k) + column_sum(outcome, k) > 0) {
            sum += score(outcome, k);
            classes += 1;
        }
    }
    return ratio(sum, classes);
}

static double weighted(const tt_outcome *outcome, of_class score) {
    double sum = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++)
        sum += row_sum(outcome, k) * score(outcome, k);
    return ratio(sum, (double)outcome->n_rows);
}

double tt_macro_precision(const double *p, const tt_outcome *outcome) {
    (void)p;
    return macro(outcome, tt_class_precision);
}

double tt_macro_recall(const double *p, const tt_outcome *outcome) {
    (void)p;
    return macro(outcome, tt_class_recall);
}

double tt_macro_f1(const double *p, const tt_outcome *outcome) {
    (void)p;
    return macro(outcome, tt_class_f1);
}

/* Every row has one class and one decision, so a miss is one false positive and one false negative:
 * pooled over the classes, precision, recall and F1 are all the accuracy. */
double tt_micro_precision(const double *p, const tt_outcome *outcome) {
    return tt_accuracy(p, outcome);
}

double tt_micro_recall(const double *p, const tt_outcome *outcome) {
    return tt_accuracy(p, outcome);
}

double tt_micro_f1(const double *p, const tt_outcome *outcome) {
    return tt_accuracy(p, outcome);
}

double tt_weighted_precision(const double *p, const tt_outcome *outcome) {
    (void)p;
    return weighted(outcome, tt_class_precision);
}

double tt_weighted_recall(const double *p, const tt_outcome *outcome) {
    (void)p;
    return weighted(outcome, tt_class_recall);
}

double tt_weighted_f1(const double *p, const tt_outcome *outcome) {
    (void)p;
    return weighted(outcome, tt_class_f1);
}

/* Gorodkin's form for any number of classes. */
double tt_matthews(const double *p, const tt_outcome *outcome) {
    (void)p;
    double n = (double)outcome->n_rows, right = 0, cross = 0, truth = 0, guess = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++) {
        double of_truth = row_sum(outcome, k), of_guess = column_sum(outcome, k);
        right += hits(outcome, k);
        cross += of_truth * of_guess;
        truth += of_truth * of_truth;
        guess += of_guess * of_guess;
    }
    return ratio(right * n - cross, tt_sqrt(n * n - truth) * tt_sqrt(n * n - guess));
}

double tt_cohen_kappa(const double *p, const tt_outcome *outcome) {
    double n = (double)outcome->n_rows, by_chance = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++)
        by_chance += row_sum(outcome, k) / n * (column_sum(outcome, k) / n);
    return (tt_accuracy(p, outcome) - by_chance) / (1 - by_chance);
}
