/* Guesses that look at no feature. */

#include "tabtrain/baseline.h"

#include <math.h>
#include <stdlib.h>

#include "maths.h"
#include "text.h"
#include "trainer-state.h"

/* The training part, its weights, and room for all its targets. */
typedef struct source {
    const tt_dataset *dataset;
    int64_t n_rows;
    const float *y, *weights;
    double *sorted;
} source;

/* One kind of guess: writes the predictions that it makes for every row, in the units of
 * tt_outcome. */
typedef struct guess {
    tt_descriptor about;
    void (*fit)(const source *from, double *prediction);
} guess;

static double weight_of(const source *from, int64_t row) {
    return from->weights ? (double)from->weights[row] : 1;
}

static double target_value(const source *from, int64_t row, int32_t target) {
    int32_t n_targets = tt_dataset_n_targets(from->dataset);
    return tt_dataset_target_value(from->dataset, target,
                                   (double)from->y[row * n_targets + target]);
}

static void fit_mean(const source *from, double *prediction) {
    for (int32_t t = 0; t < tt_dataset_n_targets(from->dataset); t++) {
        double sum = 0, weight = 0;
        for (int64_t i = 0; i < from->n_rows; i++) {
            sum += weight_of(from, i) * target_value(from, i, t);
            weight += weight_of(from, i);
        }
        prediction[t] = sum / weight;
    }
}

static int compare(const void *a, const void *b) {
    const double *left = a, *right = b;
    int item = left[0] != right[0] ? 0 : 1;
    return (left[item] > right[item]) - (left[item] < right[item]);
}

/* Of an even number of rows that count alike the mean of the two in the middle; with weights the
 * first value that half of the weight does not exceed. */
static double median_of(const source *from, double total) {
    double below = 0, half = total / 2;
    for (int64_t i = 0; i < from->n_rows; i++) {
        const double *item = &from->sorted[2 * i];
        below += item[1];
        if (!from->weights && below == half && i + 1 < from->n_rows)
            return (item[0] + item[2]) / 2;
        if (below >= half)
            return item[0];
    }
    return NAN;
}

static void fit_median(const source *from, double *prediction) {
    for (int32_t t = 0; t < tt_dataset_n_targets(from->dataset); t++) {
        double total = 0;
        for (int64_t i = 0; i < from->n_rows; i++) {
            from->sorted[2 * i] = target_value(from, i, t);
            from->sorted[2 * i + 1] = weight_of(from, i);
            total += weight_of(from, i);
        }
        qsort(from->sorted, (size_t)from->n_rows, 2 * sizeof(double), compare);
        prediction[t] = median_of(from, total);
    }
}

/* The share of each class; of one output the share of the second class; of each label. */
static void fit_prior(const source *from, double *prediction) {
    const tt_dataset *dataset = from->dataset;
    int32_t n_targets = tt_dataset_n_targets(dataset), n_outputs = tt_dataset_n_outputs(dataset);
    bool classes = tt_dataset_task(dataset) == TT_MULTICLASS;
    for (int32_t k = 0; k < n_outputs; k++) {
        double sum = 0, weight = 0;
        for (int64_t i = 0; i < from->n_rows; i++) {
            float y = from->y[i * n_targets + (classes ? 0 : k)];
            sum += weight_of(from, i) * (classes ? y == (float)k : (double)y);
            weight += weight_of(from, i);
        }
        prediction[k] = sum / weight;
    }
}

/* The class with the largest share, the first of equals, for sure. */
static void fit_majority(const source *from, double *prediction) {
    int32_t n_outputs = tt_dataset_n_outputs(from->dataset), best = 0;
    fit_prior(from, prediction);
    for (int32_t k = 1; k < n_outputs; k++)
        best = prediction[k] > prediction[best] ? k : best;
    bool classes = tt_dataset_task(from->dataset) == TT_MULTICLASS;
    for (int32_t k = 0; k < n_outputs; k++)
        prediction[k] = classes ? k == best : prediction[k] > 0.5;
}

static const guess guesses[] = {
    {.about = {.key = "mean",
               .label = "Mean",
               .help = "Always the mean of the training rows.",
               .source = "scikit-learn DummyRegressor(strategy=\"mean\")",
               .tasks = TT_REGRESSION},
     .fit = fit_mean},
    {.about = {.key = "median",
               .label = "Median",
               .help = "Always the median of the training rows.",
               .source = "scikit-learn DummyRegressor(strategy=\"median\")",
               .tasks = TT_REGRESSION},
     .fit = fit_median},
    {.about = {.key = "majority",
               .label = "Majority class",
               .help = "Always the most frequent class of the training rows, for sure.",
               .source = "scikit-learn DummyClassifier(strategy=\"most_frequent\")",
               .tasks = TT_CLASSES_OR_LABELS},
     .fit = fit_majority},
    {.about = {.key = "prior",
               .label = "Class frequencies",
               .help = "Always the share of each class in the training rows as its probability.",
               .source = "scikit-learn DummyClassifier(strategy=\"prior\")",
               .tasks = TT_CLASSES_OR_LABELS},
     .fit = fit_prior},
};

enum { N_GUESSES = sizeof guesses / sizeof guesses[0] };

/* The output that the link turns into the prediction; NaN or infinite where there is none. */
static double output_for(const tt_trainer *trainer, int32_t target, double prediction) {
    const tt_dataset *dataset = trainer->dataset;
    double y = prediction;
    if (tt_dataset_task(dataset) == TT_REGRESSION)
        y = tt_dataset_scaled_target(dataset, target, prediction);
    switch (tt_link_of(trainer->plan.loss, trainer->plan.loss_params)) {
    case TT_LINK_IDENTITY:
        return y;
    case TT_LINK_SIGMOID:
        return y > 0 && y < 1 ? tt_log(y / (1 - y)) : NAN;
    case TT_LINK_SOFTMAX:
    case TT_LINK_EXP:
        return y > 0 ? tt_log(y) : NAN;
    }
    return NAN;
}

/* The run's loss when every row has these predictions. A loss that wants more outputs than there
 * are predictions, or numbers that no output gives, has none. */
static double loss_of(tt_trainer *trainer, tt_part part, const double *prediction) {
    const tt_network *network = &trainer->network;
    int32_t width = tt_dataset_n_outputs(trainer->dataset);
    int64_t n_rows = tt_dataset_n_rows(trainer->dataset, part);
    double sum = 0, weight = 0;
    if (network->n_outputs != width)
        return NAN;
    for (int32_t i = 0; i < network->chunk_rows * width; i++) {
        trainer->linked[i] = (float)output_for(trainer, i % width, prediction[i % width]);
        if (!isfinite(trainer->linked[i]))
            return NAN;
    }
    for (int64_t first = 0; first < n_rows; first += network->chunk_rows) {
        int64_t left = n_rows - first;
        int32_t rows = (int32_t)(left < network->chunk_rows ? left : network->chunk_rows);
        tt_take_rows(trainer, part, NULL, first, rows);
        sum += tt_loss_of(trainer, rows, trainer->y, trainer->linked, 1, NULL);
        weight += tt_weight_of(trainer, part, NULL, first, rows);
    }
    return sum / weight;
}

/* The run's metric likewise; NaN when there is no room for the predictions of all rows. */
static double metric_of(const tt_trainer *trainer, tt_part part, const double *prediction) {
    const tt_dataset *dataset = trainer->dataset;
    int64_t n_rows = tt_dataset_n_rows(dataset, part);
    int32_t n_outputs = tt_dataset_n_outputs(dataset), n_targets = tt_dataset_n_targets(dataset);
    double *predictions = malloc((size_t)n_rows * (size_t)n_outputs * sizeof *predictions);
    double *targets = malloc((size_t)n_rows * (size_t)n_targets * sizeof *targets);
    double metric = NAN;
    if (predictions && targets) {
        for (int64_t i = 0; i < n_rows * n_outputs; i++)
            predictions[i] = prediction[i % n_outputs];
        for (int64_t i = 0; i < n_rows * n_targets; i++)
            targets[i] = tt_dataset_target_value(dataset, (int32_t)(i % n_targets),
                                                 (double)tt_dataset_y(dataset, part)[i]);
        metric = tt_metric_of(trainer, n_rows, predictions, targets);
    }
    free(predictions);
    free(targets);
    return metric;
}

int32_t tt_trainer_baselines(tt_trainer *trainer, tt_baseline *baselines, tt_error *error) {
    const tt_dataset *dataset = trainer->dataset;
    source from = {.dataset = dataset,
                   .n_rows = tt_dataset_n_rows(dataset, TT_TRAINING),
                   .y = tt_dataset_y(dataset, TT_TRAINING),
                   .weights = tt_dataset_weights(dataset, TT_TRAINING)};
    tt_part part = tt_dataset_n_rows(dataset, TT_VALIDATION) > 0 ? TT_VALIDATION : TT_TRAINING;
    double *prediction = malloc((size_t)tt_dataset_n_outputs(dataset) * sizeof *prediction);
    from.sorted = malloc((size_t)from.n_rows * 2 * sizeof *from.sorted);
    int32_t n = 0;
    if (!prediction || !from.sorted)
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for the baselines.");
    for (int32_t i = 0; prediction && from.sorted && i < N_GUESSES; i++) {
        if (!(guesses[i].about.tasks & (int32_t)tt_dataset_task(dataset)))
            continue;
        guesses[i].fit(&from, prediction);
        baselines[n++] = (tt_baseline){&guesses[i].about, loss_of(trainer, part, prediction),
                                       metric_of(trainer, part, prediction)};
    }
    free(prediction);
    free(from.sorted);
    return n;
}

char *tt_trainer_baselines_json(tt_trainer *trainer, tt_error *error) {
    tt_baseline baselines[TT_MAX_BASELINES];
    int32_t n = tt_trainer_baselines(trainer, baselines, error);
    tt_text json = {0};
    if (n == 0)
        return NULL;
    tt_text_add(&json, "[");
    for (int32_t i = 0; i < n; i++)
        tt_text_add(&json, "%s{\"key\":%j,\"label\":%j,\"help\":%j,\"loss\":%n,\"metric\":%n}",
                    i > 0 ? "," : "", baselines[i].about->key, baselines[i].about->label,
                    baselines[i].about->help, baselines[i].loss, baselines[i].metric);
    tt_text_add(&json, "]");
    return tt_text_finish(&json);
}
