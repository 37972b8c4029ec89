#include "golden-loss.h"

const alias loss_aliases[] = {{"type", ""}, {"weight", "class_weights"}, {0}};

/* What we tell one class from the other by 1 and 0 where the others use 1 and -1. */
static const char *const margins[] = {"hinge", "squared_hinge", "soft_margin"};

static bool has_margin(const tt_loss *loss) {
    for (size_t i = 0; i < sizeof margins / sizeof margins[0]; i++)
        if (strcmp(loss->about.key, margins[i]) == 0)
            return true;
    return false;
}

int32_t golden_loss_row(golden *g, const char *name) {
    return golden_row(g, &tt_loss_family, name);
}

/* Without an alpha binary focal loss weighs both classes alike, which is an alpha of 0 here. */
void golden_set_absent_alpha(golden *g, const char *loss, const cJSON *config) {
    const cJSON *alpha = golden_at(config, "alpha");
    if (strcmp(loss, "binary_focal") == 0 && (!alpha || cJSON_IsNull(alpha)))
        golden_set(g, "loss.binary_focal.alpha", "0");
}

/* One-hot rows to class indices; false where a row is anything else. */
static bool find_classes(int32_t n, int32_t outputs, const float *one_hot, float *classes) {
    for (int32_t i = 0; i < n; i++, one_hot += outputs) {
        int32_t n_ones = 0;
        for (int32_t j = 0; j < outputs; j++) {
            n_ones += one_hot[j] == 1;
            if (one_hot[j] == 1)
                classes[i] = (float)j;
            else if (one_hot[j] != 0)
                return false;
        }
        if (n_ones != 1)
            return false;
    }
    return true;
}

static void take_targets(golden *g, const cJSON *target, golden_loss *c) {
    float *y = golden_floats(g, target);
    int64_t size = golden_size(target);
    int32_t n = c->n,
            outputs = c->outputs / (c->loss->outputs_per_target ? c->loss->outputs_per_target : 1);
    c->width = c->loss->target == TT_TARGET_CLASS ? 1 : outputs;
    c->y = golden_room(g, (size_t)n * (size_t)c->width, sizeof *c->y);
    if (size == (int64_t)n * c->width) {
        memcpy(c->y, y, (size_t)size * sizeof *y);
    } else if (c->loss->target == TT_TARGET_CLASS) {
        if (golden_has_size(g, "target", target, (int64_t)n * outputs) &&
            !find_classes(n, outputs, y, c->y))
            golden_unsupported(g, "%s takes a class, not shares of several", c->loss->about.key);
    } else if (golden_has_size(g, "target", target, n)) {
        for (int32_t i = 0; golden_are_classes(g, "target", n, y, outputs) && i < n; i++)
            c->y[i * outputs + (int32_t)y[i]] = 1;
    }
    if (c->loss->target == TT_TARGET_CLASS)
        golden_are_classes(g, "target", n, c->y, outputs);
    for (int64_t i = 0; has_margin(c->loss) && i < (int64_t)n * c->width; i++)
        c->y[i] = c->y[i] > 0;
}

bool golden_loss_begin(golden *g, golden_loss *c, const char *name, const cJSON *config,
                       const cJSON *input, const cJSON *target) {
    *c = (golden_loss){.p = golden_room(g, TT_MAX_PARAMS, sizeof *c->p)};
    int32_t row = golden_loss_row(g, name);
    if (row < 0)
        return false;
    c->loss = &tt_losses[row];
    golden_set_absent_alpha(g, name, config);
    golden_params(g, &tt_loss_family, row, config, loss_aliases, c->p);
    c->n = golden_dimension(input, 0);
    if (c->n < 1 || golden_size(input) < c->n)
        golden_fail(g, "the input has no numbers");
    if (!golden_is_open(g))
        return false;
    c->outputs = (int32_t)(golden_size(input) / c->n);
    c->z = golden_floats(g, input);
    c->dz = golden_room(g, (size_t)c->n * (size_t)c->outputs, sizeof *c->dz);
    if (golden_is_open(g))
        take_targets(g, target, c);
    return golden_is_open(g);
}

double golden_loss_sum(const golden_loss *c, int32_t first, int32_t n, double scale) {
    const tt_rows rows = {.n = n,
                          .outputs = c->outputs,
                          .z = c->z + first * c->outputs,
                          .y = c->y + first * c->width,
                          .scale = (float)scale,
                          .dz = c->dz + first * c->outputs};
    return c->loss->evaluate(c->p, &rows);
}

double golden_loss_weight(const golden_loss *c) {
    double sum = 0;
    for (int32_t i = 0; i < c->n; i++)
        sum += c->loss->own_weight ? c->loss->own_weight(c->p, c->y + i * c->width) : 1;
    return sum;
}

/* The loss is `scale` times the sum over rows, and so is the gradient. Of several outputs for a
 * target only the gradient of the first is given. */
static void compare_reduction(golden *g, const golden_loss *c, const char *reduction,
                              double scale) {
    const cJSON *expected = golden_at(golden_at(g->json, "expected"), reduction);
    if (!expected)
        return;
    double sum = golden_loss_sum(c, 0, c->n, scale);
    int64_t n = golden_size(golden_at(expected, "grad"));
    int64_t stride = n > 0 ? (int64_t)c->n * c->outputs / n : 1;
    if (n * stride != (int64_t)c->n * c->outputs && n > 0)
        golden_fail(g, "the gradient has %d numbers", (int)n);
    if (!golden_is_open(g))
        return;
    for (int64_t i = 0; i < n; i++)
        c->dz[i] = c->dz[i * stride];
    golden_compare_number(g, "loss", OF_FLOATS, scale * sum, golden_at(expected, "loss"));
    golden_compare_floats(g, "gradient", OF_FLOATS, n, c->dz, golden_at(expected, "grad"));
}

/* Each row on its own: the mean of its elements, where elements are given. */
static void compare_rows(golden *g, const golden_loss *c, int32_t elements) {
    const cJSON *expected = golden_at(g->json, "expected.elementwise");
    if (!expected)
        return;
    if (!golden_has_size(g, "elementwise", expected, (int64_t)c->n * elements))
        return;
    const double *values = golden_doubles(g, expected);
    double *means = golden_room(g, 2 * (size_t)c->n, sizeof *means), *rows = means + c->n;
    double largest = 0;
    for (int32_t i = 0; i < c->n; i++) {
        rows[i] = golden_loss_sum(c, i, 1, 1);
        for (int32_t j = 0; j < elements; j++)
            means[i] += values[i * elements + j] / elements;
        largest = fabs(means[i]) > largest ? fabs(means[i]) : largest;
    }
    golden_compare_values(g, "row", OF_FLOATS, largest, c->n, rows, means);
}

/* Mean and variance of each target side by side, as a network gives them. */
static cJSON *with_variance(golden *g, const cJSON *mean, const cJSON *variance) {
    cJSON *both = cJSON_CreateObject();
    int rows = golden_dimension(mean, 0), outputs = golden_dimension(mean, 1);
    if (!golden_has_size(g, "input_var", variance, golden_size(mean)) || !golden_at(mean, "data") ||
        !golden_at(variance, "data"))
        golden_fail(g, "input and input_var are no tensors of one shape");
    cJSON *shape = cJSON_AddArrayToObject(both, "shape");
    cJSON *data = cJSON_AddArrayToObject(both, "data");
    cJSON_AddItemToArray(shape, cJSON_CreateNumber(rows));
    cJSON_AddItemToArray(shape, cJSON_CreateNumber(2 * outputs));
    for (int i = 0; i < rows * outputs; i++) {
        cJSON_AddItemToArray(data,
                             cJSON_Duplicate(cJSON_GetArrayItem(golden_at(mean, "data"), i), true));
        cJSON_AddItemToArray(
            data, cJSON_Duplicate(cJSON_GetArrayItem(golden_at(variance, "data"), i), true));
    }
    return both;
}

void check_loss(golden *g) {
    golden_loss c;
    const cJSON *input = golden_at(g->json, "input"), *target = golden_at(g->json, "target");
    const cJSON *variance = golden_at(g->json, "input_var");
    cJSON *pairs = variance ? with_variance(g, input, variance) : NULL;
    golden_set(g, "loss.gaussian_nll.variance", "direct");
    golden_set(g, "loss.kl_div.reduction", "mean");
    if (golden_loss_begin(g, &c, golden_text(g->json, "loss"), golden_at(g->json, "config"),
                          pairs ? pairs : input, target)) {
        const cJSON *elementwise = golden_at(g->json, "expected.elementwise");
        int64_t n_elements = golden_size(elementwise ? elementwise : input);
        int32_t elements = (int32_t)(n_elements / c.n);
        compare_reduction(g, &c, "mean", 1 / golden_loss_weight(&c));
        compare_reduction(g, &c, "sum", elements);
        compare_reduction(g, &c, "batchmean", elements / (double)c.n);
        compare_rows(g, &c, elements);
    }
    cJSON_Delete(pairs);
}
