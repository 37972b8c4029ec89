#include "tabtrain/importance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "maths.h"
#include "model-state.h"
#include "random.h"
#include "report-state.h"

/* Mean and squared deviations of the values so far (Welford, 1962). */
typedef struct moments {
    double mean, squares;
} moments;

struct tt_importance {
    tt_model *model;           /* borrowed */
    const tt_dataset *dataset; /* borrowed */
    const tt_encoder *encoder;
    tt_part part;
    tt_random shuffles;
    int64_t n_rows;
    int32_t n_shuffles;
    double loss, metric;
    moments loss_rise, metric_drop;

    tt_arena arena;
    uint32_t *rows;    /* (n_rows) of the part */
    uint32_t *order;   /* (n_rows) places in `rows` that the column's values come from */
    float *y, *weight; /* of one chunk */
    tt_outcome outcome;
    double *predictions, *targets;
};

static void lay_out(tt_importance *it) {
    const tt_dataset *dataset = it->dataset;
    tt_arena *arena = &it->arena;
    size_t n = (size_t)it->n_rows, chunk = (size_t)it->model->network.chunk_rows;
    size_t n_outputs = (size_t)tt_dataset_n_outputs(dataset);
    size_t n_targets = (size_t)tt_dataset_n_targets(dataset);
    it->order = tt_arena_take(arena, n, sizeof *it->order);
    it->y = tt_arena_take(arena, chunk * (size_t)it->model->network.n_outputs, sizeof(float));
    it->weight = tt_arena_take(arena, chunk, sizeof(float));
    it->predictions = tt_arena_take(arena, n * n_outputs, sizeof(double));
    it->targets = tt_arena_take(arena, n * n_targets, sizeof(double));
    it->outcome = tt_lay_out_outcome(arena, dataset, it->n_rows, it->predictions, it->targets);
}

/* Rows from place `first` on into the model's room, with the column's features from the rows that
 * the order says. */
static void take_rows(const tt_importance *it, int64_t first, int32_t n, bool shuffled) {
    size_t width = (size_t)it->model->network.n_inputs;
    size_t column = (size_t)it->encoder->first, size = (size_t)it->encoder->width * sizeof(float);
    const float *all = tt_dataset_x(it->dataset, it->part);
    const float *weights = tt_dataset_weights(it->dataset, it->part);
    for (int32_t i = 0; i < n; i++) {
        float *x = it->model->x + (size_t)i * width;
        uint32_t row = it->rows[first + i];
        memcpy(x, all + row * width, width * sizeof *x);
        if (shuffled)
            memcpy(x + column, all + it->rows[it->order[first + i]] * width + column, size);
        if (weights)
            it->weight[i] = weights[row];
    }
}

static double chunk_loss(const tt_importance *it, int64_t first, int32_t n, const float *outputs) {
    const tt_plan *plan = &it->model->plan;
    tt_take_targets(plan, it->dataset, it->part, it->rows, first, n, it->y);
    const tt_rows rows = {
        .n = n,
        .outputs = it->model->network.n_outputs,
        .z = outputs,
        .y = it->y,
        .weight = tt_dataset_weights(it->dataset, it->part) ? it->weight : NULL,
        .scale = 1,
    };
    return plan->loss->evaluate(plan->loss_params, &rows);
}

static void score(tt_importance *it, bool shuffled, double *loss, double *metric) {
    const tt_plan *plan = &it->model->plan;
    int32_t most = it->model->network.chunk_rows;
    double sum = 0, weight = 0;
    for (int64_t first = 0; first < it->n_rows; first += most) {
        int32_t n = (int32_t)(it->n_rows - first < most ? it->n_rows - first : most);
        take_rows(it, first, n, shuffled);
        const float *outputs = tt_model_forward(it->model, n, it->model->x,
                                                it->predictions + first * it->outcome.n_outputs);
        sum += chunk_loss(it, first, n, outputs);
        weight += tt_weight_of_rows(plan, it->dataset, it->part, it->rows, first, n);
    }
    if (it->outcome.task != TT_REGRESSION)
        tt_count_confusion(&it->outcome);
    *loss = sum / weight;
    *metric = tt_metric_value(plan->metric, plan->metric_params, &it->outcome);
}

static tt_importance *reserve(tt_importance like, int64_t n_rows, int64_t max_rows, uint64_t seed,
                              tt_error *error) {
    tt_random samples = tt_random_new(seed, TT_FOR_SAMPLES);
    tt_importance *it = malloc(sizeof *it);
    like.n_rows = n_rows < max_rows ? n_rows : max_rows;
    like.rows = malloc((size_t)like.n_rows * sizeof *like.rows);
    if (it && like.rows) {
        *it = like;
        tt_random_sample(&samples, (uint32_t)n_rows, it->n_rows, it->rows);
        lay_out(it);
        if (tt_arena_reserve(&it->arena)) {
            lay_out(it);
            return it;
        }
    }
    free(like.rows);
    free(it);
    tt_fail(error, TT_NO_MEMORY, "There is no memory left to shuffle a column. Use fewer rows.");
    return NULL;
}

tt_importance *tt_importance_new(tt_model *model, const tt_dataset *dataset, tt_part part,
                                 int32_t column, int64_t max_rows, uint64_t seed, tt_error *error) {
    int64_t n_rows = tt_dataset_n_rows(dataset, part);
    assert(tt_dataset_n_features(dataset) == model->network.n_inputs && max_rows > 0);
    assert(column >= 0 && column < tt_model_n_columns(model));
    if (n_rows == 0) {
        tt_fail_key(error, "split.validation",
                    "There are no validation rows to judge by. Raise the validation share.");
        return NULL;
    }
    uint64_t of_column = seed ^ (uint64_t)column << 32;
    tt_importance like = {.model = model,
                          .dataset = dataset,
                          .encoder = &model->preparation->encoders[column],
                          .part = part,
                          .shuffles = tt_random_new(of_column, TT_FOR_SHUFFLES)};
    tt_importance *it = reserve(like, n_rows, max_rows, seed, error);
    if (!it)
        return NULL;
    int32_t n_targets = tt_dataset_n_targets(dataset);
    for (int64_t i = 0; i < it->n_rows; i++)
        tt_write_target(dataset, part, it->rows[i], it->targets + i * n_targets);
    score(it, false, &it->loss, &it->metric);
    return it;
}

void tt_importance_free(tt_importance *importance) {
    if (!importance)
        return;
    tt_arena_free(&importance->arena);
    free(importance->rows);
    free(importance);
}

static void add(moments *m, int32_t n, double value) {
    double d = value - m->mean;
    m->mean += d / n;
    m->squares += d * (value - m->mean);
}

void tt_importance_shuffle(tt_importance *it) {
    double loss, metric;
    tt_random_permutation(&it->shuffles, (uint32_t)it->n_rows, it->order);
    score(it, true, &loss, &metric);
    bool higher = it->model->plan.metric->higher_is_better;
    it->n_shuffles++;
    add(&it->loss_rise, it->n_shuffles, loss - it->loss);
    add(&it->metric_drop, it->n_shuffles, higher ? it->metric - metric : metric - it->metric);
}

static double deviation_of(const moments *m, int32_t n) {
    return n > 0 ? tt_sqrt(m->squares / n) : 0;
}

void tt_importance_result_of(const tt_importance *it, tt_importance_result *result) {
    *result = (tt_importance_result){
        .n_rows = it->n_rows,
        .n_shuffles = it->n_shuffles,
        .loss = it->loss,
        .metric = it->metric,
        .loss_rise = it->loss_rise.mean,
        .loss_rise_deviation = deviation_of(&it->loss_rise, it->n_shuffles),
        .metric_drop = it->metric_drop.mean,
        .metric_drop_deviation = deviation_of(&it->metric_drop, it->n_shuffles),
    };
}
