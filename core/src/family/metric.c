#include "metric.h"

#include "maths.h"

int32_t tt_decide(int32_t n_outputs, const float *prediction) {
    if (n_outputs == 1)
        return prediction[0] >= 0.5f;
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

static double accuracy(const tt_outcome *outcome) {
    double sum = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++)
        sum += hits(outcome, k);
    return ratio(sum, (double)outcome->n_rows);
}

/* Over the classes that occur, in truth or as a decision, as scikit-learn does. */
static double macro(const tt_outcome *outcome, double (*of_class)(const tt_outcome *, int32_t)) {
    double sum = 0, classes = 0;
    for (int32_t k = 0; k < outcome->n_classes; k++) {
        if (row_sum(outcome, k) + column_sum(outcome, k) > 0) {
            sum += of_class(outcome, k);
            classes += 1;
        }
    }
    return ratio(sum, classes);
}

static double macro_precision(const tt_outcome *outcome) {
    return macro(outcome, tt_class_precision);
}

static double macro_recall(const tt_outcome *outcome) {
    return macro(outcome, tt_class_recall);
}

static double macro_f1(const tt_outcome *outcome) {
    return macro(outcome, tt_class_f1);
}

static double squared_error(const tt_outcome *outcome) {
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double d = (double)outcome->predictions[i] - (double)outcome->targets[i];
        sum += d * d;
    }
    return sum;
}

static double r2(const tt_outcome *outcome) {
    double mean = 0, spread = 0, error = squared_error(outcome);
    for (int64_t i = 0; i < outcome->n_rows; i++)
        mean += (double)outcome->targets[i];
    mean /= (double)outcome->n_rows;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double d = (double)outcome->targets[i] - mean;
        spread += d * d;
    }
    if (spread == 0)
        return error == 0 ? 1 : 0;
    return 1 - error / spread;
}

static double mae(const tt_outcome *outcome) {
    double sum = 0;
    for (int64_t i = 0; i < outcome->n_rows; i++) {
        double d = (double)outcome->predictions[i] - (double)outcome->targets[i];
        sum += d < 0 ? -d : d;
    }
    return sum / (double)outcome->n_rows;
}

static double rmse(const tt_outcome *outcome) {
    return tt_sqrt(squared_error(outcome) / (double)outcome->n_rows);
}

const tt_metric tt_metrics[] = {
    {.about = {.key = "accuracy",
               .label = "Accuracy",
               .help = "Share of rows whose class is predicted rightly.",
               .formula = "right / all",
               .source = "scikit-learn accuracy_score",
               .tasks = TT_CLASSIFICATION,
               .auto_tasks = TT_CLASSIFICATION},
     .higher_is_better = true,
     .value = accuracy},
    {.about = {.key = "macro_f1",
               .label = "F1 (macro)",
               .help = "Mean of the F1 scores of all classes, so that rare classes count as much.",
               .formula = "mean over classes of 2PR / (P + R)",
               .source = "scikit-learn f1_score(average='macro')",
               .tasks = TT_CLASSIFICATION},
     .higher_is_better = true,
     .value = macro_f1},
    {.about = {.key = "macro_precision",
               .label = "Precision (macro)",
               .help = "Mean over classes of the share of right ones among those predicted.",
               .formula = "mean over classes of TP / (TP + FP)",
               .source = "scikit-learn precision_score(average='macro')",
               .tasks = TT_CLASSIFICATION},
     .higher_is_better = true,
     .value = macro_precision},
    {.about = {.key = "macro_recall",
               .label = "Recall (macro)",
               .help = "Mean over classes of the share that was found.",
               .formula = "mean over classes of TP / (TP + FN)",
               .source = "scikit-learn recall_score(average='macro')",
               .tasks = TT_CLASSIFICATION},
     .higher_is_better = true,
     .value = macro_recall},
    {.about = {.key = "r2",
               .label = "R²",
               .help = "Share of the target's variance that is explained: 1 is perfect, 0 is no "
                       "better than the mean.",
               .formula = "1 − Σ(y − ŷ)² / Σ(y − ȳ)²",
               .source = "scikit-learn r2_score",
               .tasks = TT_REGRESSION,
               .auto_tasks = TT_REGRESSION},
     .higher_is_better = true,
     .value = r2},
    {.about = {.key = "mae",
               .label = "MAE",
               .help = "Mean absolute error, in the target's units.",
               .formula = "mean(|y − ŷ|)",
               .source = "scikit-learn mean_absolute_error",
               .tasks = TT_REGRESSION},
     .value = mae},
    {.about = {.key = "rmse",
               .label = "RMSE",
               .help = "Root of the mean squared error, in the target's units.",
               .formula = "√mean((y − ŷ)²)",
               .source = "scikit-learn mean_squared_error(squared=False)",
               .tasks = TT_REGRESSION},
     .value = rmse},
};

const tt_family tt_metric_family = {
    .key = "metric",
    .label = "Metric",
    .help = "What the second curve shows. Automatic takes accuracy or R².",
    .pick = TT_PICK_ONE,
    .choice = "auto",
    TT_ROWS(tt_metrics),
};
