#include "golden.h"

#include "activation.h"

const alias activation_aliases[] = {{"type", ""}, {"size", ""}, {0}};

static const alias rows[] = {{"identity", "linear"},
                             {"logistic", "sigmoid"},
                             {"hardtanh", "hard_tanh"},
                             {"hardswish", "hard_swish"},
                             {"hardsigmoid", "hard_sigmoid"},
                             {"logsigmoid", "log_sigmoid"},
                             {"swish", "silu"},
                             {"hard_silu", "hard_swish"},
                             {"sin", "sine"},
                             {0}};

int32_t golden_activation_row(golden *g, const char *name) {
    return golden_row(g, &tt_activation_family, golden_ours(rows, name));
}

/* y and dx of `cols` columns. x is copied, as the functions may work in place. */
static void pass(const tt_activation *row, const double *p, int32_t n, int32_t cols, const float *x,
                 const float *dy, float *y, float *dx) {
    row->forward(p, n, cols, x, y);
    row->backward(p, n, cols, row->from_output ? y : x, dy, dx);
}

/* A slope for each unit: each column is a layer of one unit. */
static void pass_by_column(golden *g, const tt_activation *row, const double *p, int32_t n,
                           int32_t cols, const float *x, const float *dy, float *y, float *dx,
                           double *d_slope) {
    const double *slope = golden_doubles(g, golden_at(g->json, "weight"));
    float *column = golden_room(g, 4 * (size_t)n, sizeof *column);
    double *params = golden_room(g, TT_MAX_PARAMS, sizeof *params);
    for (int32_t j = 0; j < cols; j++) {
        memcpy(params, p, TT_MAX_PARAMS * sizeof *params);
        params[0] = slope[j];
        for (int32_t i = 0; i < n; i++) {
            column[i] = x[i * cols + j];
            column[n + i] = dy[i * cols + j];
        }
        pass(row, params, n, 1, column, column + n, column + 2 * n, column + 3 * n);
        for (int32_t i = 0; i < n; i++) {
            y[i * cols + j] = column[2 * n + i];
            dx[i * cols + j] = column[3 * n + i];
        }
        d_slope[j] = row->slope_gradient(params, n, column, column + n);
    }
}

static float *ones(golden *g, int64_t n) {
    float *values = golden_room(g, (size_t)n, sizeof *values);
    for (int64_t i = 0; i < n; i++)
        values[i] = 1;
    return values;
}

void check_activation(golden *g) {
    double *p = golden_room(g, TT_MAX_PARAMS, sizeof *p);
    int32_t index = golden_activation_row(g, golden_text(g->json, "activation"));
    if (index < 0)
        return;
    const tt_activation *row = &tt_activations[index];
    golden_params(g, &tt_activation_family, index, golden_at(g->json, "config"), activation_aliases,
                  p);
    const cJSON *input = golden_at(g->json, "x"), *upstream = golden_at(g->json, "dy");
    const cJSON *slope = golden_at(g->json, "weight");
    int64_t size = golden_size(input);
    int32_t n = upstream ? golden_dimension(input, 0) : 1;
    if (!golden_is_open(g) || size == 0 ||
        (upstream && !golden_has_size(g, "dy", upstream, size))) {
        golden_fail(g, "x has no numbers");
        return;
    }
    int32_t cols = (int32_t)(size / n);
    const float *x = golden_floats(g, input);
    const float *dy = upstream ? golden_floats(g, upstream) : ones(g, size);
    float *y = golden_room(g, 2 * (size_t)size, sizeof *y), *dx = y + size;
    double *d_slope = golden_room(g, (size_t)cols, sizeof *d_slope);
    if (slope && !row->slope_gradient) {
        golden_fail(g, "%s has no trained slope", row->about.key);
        return;
    }
    if (golden_size(slope) > 1 && golden_has_size(g, "weight", slope, cols)) {
        pass_by_column(g, row, p, n, cols, x, dy, y, dx, d_slope);
    } else if (golden_is_open(g)) {
        if (slope) {
            p[0] = *golden_doubles(g, slope);
            d_slope[0] = row->slope_gradient(p, n * cols, x, dy);
        }
        pass(row, p, n, cols, x, dy, y, dx);
    }
    golden_compare_floats(g, "y", OF_FLOATS, size, y, golden_at(g->json, "expected.y"));
    golden_compare_floats(g, "dx", OF_FLOATS, size, dx,
                          golden_at(g->json, upstream ? "expected.dx" : "expected.dydx"));
    golden_compare(g, "dweight", OF_FLOATS, golden_size(slope), d_slope,
                   golden_at(g->json, "expected.dweight"));
}
