#include "tabtrain/probe.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "binding.h"
#include "model-state.h"
#include "random.h"

int32_t tt_probe_width(const tt_model *model) {
    return model->network.n_inputs;
}

void tt_probe_typical_row(const tt_model *model, float *base) {
    const tt_dataset *preparation = model->preparation;
    for (int32_t e = 0; e < preparation->n_encoders; e++) {
        const tt_encoder *encoder = &preparation->encoders[e];
        if (tt_is_numeric(encoder))
            tt_code_number(preparation, encoder, encoder->median, base);
        else
            tt_code_level(preparation, encoder, encoder->mode, base);
    }
}

tt_status tt_probe_table_row(const tt_model *model, const tt_table *table, int64_t row, float *base,
                             tt_error *error) {
    tt_binding binding;
    tt_status status = tt_bind(&binding, model->preparation, table, error);
    if (status == TT_OK)
        status = tt_binding_encode(&binding, row, 1, NULL, base, error);
    tt_binding_free(&binding);
    return status;
}

static const tt_encoder *encoder_of(const tt_model *model, const tt_axis *axis) {
    assert(axis->column >= 0 && axis->column < tt_model_n_columns(model));
    return &model->preparation->encoders[axis->column];
}

int32_t tt_probe_n_points(const tt_model *model, const tt_axis *axis) {
    const tt_encoder *encoder = encoder_of(model, axis);
    return tt_is_numeric(encoder) ? axis->n : encoder->n_levels;
}

static double value_at(const tt_axis *axis, int32_t i) {
    if (i + 1 == axis->n && i > 0)
        return axis->high;
    return i == 0 ? axis->low : axis->low + (axis->high - axis->low) * i / (axis->n - 1);
}

void tt_probe_points(const tt_model *model, const tt_axis *axis, double *values) {
    bool number = tt_is_numeric(encoder_of(model, axis));
    for (int32_t i = 0; i < tt_probe_n_points(model, axis); i++)
        values[i] = number ? value_at(axis, i) : i;
}

/* An axis as the network sees it: the features of its column at each point. */
typedef struct coded_axis {
    const tt_encoder *encoder;
    int32_t n;
    float *features; /* (n, encoder->width) */
} coded_axis;

static tt_status no_memory(tt_error *error) {
    return tt_fail(error, TT_NO_MEMORY, "There is no memory left for so many points.");
}

static tt_status code_axis(const tt_model *model, const tt_axis *axis, coded_axis *coded,
                           tt_error *error) {
    const tt_dataset *preparation = model->preparation;
    const tt_encoder *encoder = encoder_of(model, axis);
    *coded = (coded_axis){.encoder = encoder, .n = tt_probe_n_points(model, axis)};
    assert(coded->n > 0);
    size_t width = (size_t)encoder->width;
    coded->features = malloc((size_t)coded->n * width * sizeof(float));
    if (!coded->features)
        return no_memory(error);
    for (int32_t i = 0; i < coded->n; i++) {
        double value = tt_is_numeric(encoder) ? value_at(axis, i) : i;
        bool good = value - value == 0;
        if (good && tt_is_numeric(encoder))
            good = tt_code_number(preparation, encoder, value, model->x);
        else if (good)
            good = tt_code_level(preparation, encoder, i, model->x);
        if (!good)
            return tt_fail(error, TT_BAD_DATA,
                           "Column \"%s\" cannot take the value %g. Choose another range.",
                           tt_model_column_name(model, axis->column), value);
        memcpy(coded->features + (size_t)i * width, model->x + encoder->first,
               width * sizeof(float));
    }
    return TT_OK;
}

/* Base rows, and the axes that each of them is moved along: the first one fastest. */
typedef struct grid {
    tt_model *model;
    int64_t n_bases;
    const float *bases;   /* (rows, n_inputs) */
    const uint32_t *rows; /* the base rows among them; NULL for the first n_bases */
    int32_t n_axes;
    coded_axis axes[2];
} grid;

static int64_t points_a_base(const grid *g) {
    int64_t n = 1;
    for (int32_t a = 0; a < g->n_axes; a++)
        n *= g->axes[a].n;
    return n;
}

static void place_point(const grid *g, int64_t point, float *x) {
    size_t width = (size_t)g->model->network.n_inputs;
    int64_t n_points = points_a_base(g), base = point / n_points, place = point % n_points;
    size_t row = (size_t)(g->rows ? g->rows[base] : base);
    memcpy(x, g->bases + row * width, width * sizeof *x);
    for (int32_t a = 0; a < g->n_axes; a++) {
        const coded_axis *axis = &g->axes[a];
        size_t n = (size_t)axis->encoder->width;
        memcpy(x + axis->encoder->first, axis->features + (size_t)(place % axis->n) * n,
               n * sizeof *x);
        place /= axis->n;
    }
}

static void predict_grid(const grid *g, double *predictions) {
    tt_model *model = g->model;
    int64_t n_points = g->n_bases * points_a_base(g);
    int32_t most = model->network.chunk_rows;
    for (int64_t first = 0; first < n_points; first += most) {
        int32_t n = (int32_t)(n_points - first < most ? n_points - first : most);
        for (int32_t i = 0; i < n; i++)
            place_point(g, first + i, model->x + (int64_t)i * model->network.n_inputs);
        tt_model_forward(model, n, model->x, predictions + first * tt_model_n_outputs(model));
    }
}

static tt_status ask(grid *g, const tt_axis *axes, double *predictions, tt_error *error) {
    tt_status status = TT_OK;
    for (int32_t a = 0; a < g->n_axes && status == TT_OK; a++)
        status = code_axis(g->model, &axes[a], &g->axes[a], error);
    if (status == TT_OK)
        predict_grid(g, predictions);
    for (int32_t a = 0; a < g->n_axes; a++)
        free(g->axes[a].features);
    return status;
}

tt_status tt_probe_map(tt_model *model, const float *base, int32_t n_axes, const tt_axis *axes,
                       double *predictions, tt_error *error) {
    assert(n_axes >= 0 && n_axes <= 2);
    grid g = {.model = model, .n_bases = 1, .bases = base, .n_axes = n_axes};
    return ask(&g, axes, predictions, error);
}

int64_t tt_probe_sample(const tt_dataset *dataset, int64_t n, uint64_t seed, uint32_t *rows) {
    tt_random random = tt_random_new(seed, TT_FOR_SAMPLES);
    return tt_random_sample(&random, (uint32_t)tt_dataset_n_rows(dataset, TT_TRAINING), n, rows);
}

tt_status tt_probe_lines(tt_model *model, const tt_dataset *dataset, int64_t n,
                         const uint32_t *rows, const tt_axis *axis, double *lines,
                         tt_error *error) {
    assert(tt_dataset_n_features(dataset) == model->network.n_inputs);
    grid g = {.model = model,
              .n_bases = n,
              .bases = tt_dataset_x(dataset, TT_TRAINING),
              .rows = rows,
              .n_axes = 1};
    return ask(&g, axis, lines, error);
}

void tt_probe_mean(int64_t n, int64_t size, const double *lines, double *mean) {
    for (int64_t j = 0; j < size; j++) {
        double sum = 0;
        for (int64_t i = 0; i < n; i++)
            sum += lines[i * size + j];
        mean[j] = sum / (double)n;
    }
}
