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

static bool has_labels(const tt_outcome *outcome) {
    return outcome->task == TT_MULTILABEL;
}

int32_t tt_n_scored(const tt_outcome *outcome) {
    return has_labels(outcome) ? outcome->n_targets : outcome->n_classes;
}

/* Label `index` of a row: whether it is 1, or predicted to be. */
static bool is_true(const tt_outcome *outcome, int64_t row, int32_t index) {
    return outcome->targets[row * outcome->n_targets + index] != 0;
}

static bool is_predicted(const tt_outcome *outcome, int64_t row, int32_t index) {
    return tt_decide(1, &outcome->predictions[row * outcome->n_outputs + index]) != 0;
}

static void count_labels(tt_outcome *outcome) {
    for (int64_t i = 0; i < outcome->n_rows; i++)
        for (int32_t t = 0; t < outcome->n_targets; t++)
            outcome->confusion[4 * t + 2 * is_true(outcome, i, t) + is_predicted(outcome, i, t)] +=
                1;
}

void tt_count_confusion(tt_outcome *outcome) {
    int32_t k = outcome->n_classes;
    size_t size = tt_confusion_size(outcome->task, k, outcome->n_targets);
    for (size_t i = 0; i < size; i++)
        outcome->confusion[i] = 0;
    if (has_labels(outcome)) {
        count_labels(outcome);
        return;
    }
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        int32_t truth = (int32_t)outcome->targets[i];
        int32_t guess =
            tt_decide(outcome->n_outputs, outcome->predictions + i * outcome->n_outputs);
        outcome->confusion[truth * k + guess] += 1;
    }
}

/* Rows that are of class `index`, or have the label. */
static double row_sum(const tt_outcome *outcome, int32_t index) {
    const double *counts = outcome->confusion + 4 * index;
    double sum = 0;
    if (has_labels(outcome))
        return counts[2] + counts[3];
    for (int32_t j = 0; j < outcome->n_classes; j++)
        sum += outcome->confusion[index * outcome->n_classes + j];
    return sum;
}

/* Rows that are predicted to be. */
static double column_sum(const tt_outcome *outcome, int32_t index) {
    const double *counts = outcome->confusion + 4 * index;
    double sum = 0;
    if (has_labels(outcome))
        return counts[1] + counts[3];
    for (int32_t j = 0; j < outcome->n_classes; j++)
        sum += outcome->confusion[j * outcome->n_classes + index];
    return sum;
}

static double hits(const tt_outcome *outcome, int32_t index) {
    return has_labels(outcome) ? outcome->confusion[4 * index + 3]
                               : outcome->confusion[index * outcome->n_classes + index];
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

/* Rows with every label right. */
static double exact_matches(const tt_outcome *outcome) {
    double matches = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        bool right = true;
        for (int32_t t = 0; t < outcome->n_targets; t++)
            right &= is_true(outcome, i, t) == is_predicted(outcome, i, t);
        matches += right;
    }
    return matches;
}

double tt_hamming_loss(const double *p, const tt_outcome *outcome) {
    (void)p;
    double wrong = 0;
    for (int32_t t = 0; t < outcome->n_targets; t++)
        wrong += outcome->confusion[4 * t + 1] + outcome->confusion[4 * t + 2];
    return ratio(wrong, (double)outcome->n_rows * outcome->n_targets);
}

double tt_accuracy(const double *p, const tt_outcome *outcome) {
    (void)p;
    double sum = 0;
    if (has_labels(outcome))
        return ratio(exact_matches(outcome), (double)outcome->n_rows);
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

/* Over the classes that occur, in truth or as a decision, or all labels, as scikit-learn does. */
static double macro(const tt_outcome *outcome, of_class score) {
    double sum = 0, classes = 0;
    for (int32_t k = 0; k < tt_n_scored(outcome); k++) {
        if (has_labels(outcome) || row_sum(outcome, k) + column_sum(outcome, k) > 0) {
            sum += score(outcome, k);
            classes += 1;
        }
    }
    return ratio(sum, classes);
}

static double weighted(const tt_outcome *outcome, of_class score) {
    double sum = 0, support = 0;
    for (int32_t k = 0; k < tt_n_scored(outcome); k++) {
        sum += row_sum(outcome, k) * score(outcome, k);
        support += row_sum(outcome, k);
    }
    return ratio(sum, support);
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

static double pooled(const tt_outcome *outcome, of_class count) {
    double sum = 0;
    for (int32_t k = 0; k < tt_n_scored(outcome); k++)
        sum += count(outcome, k);
    return sum;
}

/* Pooled over the classes, precision, recall and F1 are all the accuracy: every row has one class
 * and one decision, so that a miss is one false positive and one false negative. */
double tt_micro_precision(const double *p, const tt_outcome *outcome) {
    (void)p;
    return ratio(pooled(outcome, hits), pooled(outcome, column_sum));
}

double tt_micro_recall(const double *p, const tt_outcome *outcome) {
    (void)p;
    return ratio(pooled(outcome, hits), pooled(outcome, row_sum));
}

double tt_micro_f1(const double *p, const tt_outcome *outcome) {
    (void)p;
    return ratio(2 * pooled(outcome, hits), pooled(outcome, row_sum) + pooled(outcome, column_sum));
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
