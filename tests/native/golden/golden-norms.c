/* Dropout and normalization, one layer at a time. */

#include "golden-network.h"

void check_dropout(golden *g) {
    golden_network net;
    const cJSON *x = golden_at(g->json, "x"), *dy = golden_at(g->json, "dy");
    const tt_layer layer = {.n_out = golden_dimension(x, 1),
                            .dropout = golden_number(g->json, "config.p", 0)};
    int64_t n = golden_size(x);
    if (!golden_is_table(g, "x", x) || !golden_has_size(g, "dy", dy, n) ||
        !golden_has_size(g, "mask", golden_at(g->json, "mask"), n))
        return;
    float *dx = golden_room(g, (size_t)n, sizeof *dx);
    golden_layer_begin(g, &net, &layer, golden_dimension(x, 0), 1, 0);
    net.network.layers[0].given = golden_floats(g, golden_at(g->json, "mask"));
    golden_compare_floats(g, "y", OF_FLOATS, n, golden_layer_forward(g, &net, x, true),
                          golden_at(g->json, "expected.y"));
    golden_layer_backward(g, &net, dy, dx, NULL, NULL);
    golden_compare_floats(g, "dx", OF_FLOATS, n, dx, golden_at(g->json, "expected.dx"));
    golden_compare_floats(g, "y in evaluation", OF_FLOATS, n,
                          golden_layer_forward(g, &net, x, false),
                          golden_at(g->json, "expected.y_eval"));
    golden_network_end(&net);
}

static void compare_running(golden *g, const golden_network *net, int step) {
    const tt_layer *layer = &net->network.layers[0];
    const cJSON *expected = golden_at(g->json, "expected");
    bool keras = golden_at(expected, "moving_mean") != NULL;
    const cJSON *mean = golden_at(expected, keras ? "moving_mean" : "running_mean");
    const cJSON *variance = golden_at(expected, keras ? "moving_variance" : "running_var");
    if (layer->norm != TT_NORM_BATCH)
        return;
    golden_compare_floats(g, "running mean", OF_FLOATS, layer->n_out, layer->running_mean,
                          cJSON_GetArrayItem(mean, step));
    golden_compare_floats(g, "running variance", OF_FLOATS, layer->n_out, layer->running_variance,
                          cJSON_GetArrayItem(variance, step));
}

/* Batches one after the other, and the gradient of the last. */
static void check_training(golden *g, golden_network *net, const cJSON *batches) {
    const cJSON *expected = golden_at(g->json, "expected"), *dy = golden_at(g->json, "dy_last");
    int32_t n_out = net->network.n_outputs;
    for (int i = 0; i < cJSON_GetArraySize(batches); i++) {
        const cJSON *x = cJSON_GetArrayItem(batches, i);
        golden_compare_floats(g, "y", OF_FLOATS, golden_size(x),
                              golden_layer_forward(g, net, x, true),
                              cJSON_GetArrayItem(golden_at(expected, "y_train"), i));
        compare_running(g, net, i);
    }
    if (!dy)
        return;
    float *dx = golden_room(g, (size_t)(golden_size(dy) + 2 * n_out), sizeof *dx);
    float *d_scale = dx + golden_size(dy), *d_shift = d_scale + n_out;
    golden_layer_backward(g, net, dy, dx, d_scale, d_shift);
    golden_compare_floats(g, "dx", OF_FLOATS, golden_size(dy), dx, golden_at(expected, "dx_last"));
    golden_compare_floats(g, "dweight", OF_FLOATS, n_out, d_scale,
                          golden_at(expected, "dweight_last"));
    golden_compare_floats(g, "dbias", OF_FLOATS, n_out, d_shift, golden_at(expected, "dbias_last"));
}

/* Layer normalization is the same in training and evaluation: one batch and its gradient. */
static void check_single(golden *g, golden_network *net, const cJSON *x) {
    const cJSON *expected = golden_at(g->json, "expected"), *dy = golden_at(g->json, "dy");
    int32_t n_out = net->network.n_outputs;
    int64_t n = golden_size(x);
    golden_compare_floats(g, "y", OF_FLOATS, n, golden_layer_forward(g, net, x, true),
                          golden_at(expected, "y"));
    if (!dy)
        return;
    float *dx = golden_room(g, (size_t)(n + 2 * n_out), sizeof *dx);
    golden_layer_backward(g, net, dy, dx, dx + n, dx + n + n_out);
    golden_compare_floats(g, "dx", OF_FLOATS, n, dx, golden_at(expected, "dx"));
    golden_compare_floats(g, "dweight", OF_FLOATS, n_out, dx + n, golden_at(expected, "dweight"));
    golden_compare_floats(g, "dbias", OF_FLOATS, n_out, dx + n + n_out,
                          golden_at(expected, "dbias"));
}

static int32_t most_rows(const cJSON *batches) {
    int32_t most = 0;
    for (const cJSON *x = batches ? batches->child : NULL; x; x = x->next)
        most = golden_dimension(x, 0) > most ? golden_dimension(x, 0) : most;
    return most;
}

/* Tables of as many columns as the first one has, and a scale and a shift for each. */
static bool has_tables(golden *g) {
    const cJSON *batches = golden_at(g->json, "x_train"), *x = golden_at(g->json, "x");
    const cJSON *first = x ? x : batches ? batches->child : NULL;
    if (!golden_is_table(g, "x", first))
        return false;
    int32_t width = golden_dimension(first, 1), rows = 0;
    for (const cJSON *batch = first; batch; batch = x ? NULL : batch->next) {
        rows = golden_dimension(batch, 0);
        if (!golden_is_table(g, "x", batch) || golden_dimension(batch, 1) != width)
            golden_fail(g, "the batches have different columns");
    }
    static const char *const vectors[] = {"weight", "bias", "gamma", "beta"};
    for (int i = 0; i < 4; i++)
        if (golden_at(g->json, vectors[i]))
            golden_has_size(g, vectors[i], golden_at(g->json, vectors[i]), width);
    const cJSON *dy = golden_at(g->json, x ? "dy" : "dy_last"), *new = golden_at(g->json, "x_eval");
    if (dy)
        golden_has_size(g, "dy", dy, (int64_t)rows * width);
    if (new &&golden_is_table(g, "x_eval", new))
        golden_has_size(g, "x_eval", new, (int64_t)golden_dimension(new, 0) * width);
    return golden_is_open(g);
}

/* Keras's momentum is the share that is kept. */
void check_norm(golden *g) {
    golden_network net;
    if (!has_tables(g))
        return;
    const cJSON *config = golden_at(g->json, "config"), *batches = golden_at(g->json, "x_train");
    const cJSON *x = golden_at(g->json, "x"), *x_eval = golden_at(g->json, "x_eval");
    const cJSON *scale = golden_at(g->json, "weight"), *shift = golden_at(g->json, "bias");
    const char *kind = golden_text(g->json, "kind");
    bool keras = strcmp(kind, "keras_batchnorm") == 0 || strcmp(kind, "layer") == 0;
    double momentum = golden_number(config, "momentum", keras ? 0.99 : 0.1);
    double epsilon = golden_number(config, "eps", golden_number(config, "epsilon", 1e-5));
    const tt_layer layer = {.n_out = golden_dimension(x ? x : batches->child, 1),
                            .norm = batches ? TT_NORM_BATCH : TT_NORM_LAYER};
    int32_t rows = x ? golden_dimension(x, 0) : most_rows(batches);
    rows = x_eval && golden_dimension(x_eval, 0) > rows ? golden_dimension(x_eval, 0) : rows;
    golden_layer_begin(g, &net, &layer, rows, epsilon, keras ? 1 - momentum : momentum);
    net.network.norm_biased = keras;
    golden_layer_affine(g, &net, scale ? scale : golden_at(g->json, "gamma"),
                        shift ? shift : golden_at(g->json, "beta"));
    if (batches)
        check_training(g, &net, batches);
    else
        check_single(g, &net, x);
    if (x_eval)
        golden_compare_floats(g, "y in evaluation", OF_FLOATS, golden_size(x_eval),
                              golden_layer_forward(g, &net, x_eval, false),
                              golden_at(g->json, "expected.y_eval"));
    if (batches)
        golden_compare_floats(g, "y in evaluation", OF_FLOATS, golden_size(batches->child),
                              golden_layer_forward(g, &net, batches->child, false),
                              golden_at(g->json, "expected.y_eval_of_first_batch"));
    golden_network_end(&net);
}

/* A dense layer is the output layer of a network without hidden ones; its kernel is (in, out). */
static void check_dense(golden *g) {
    golden_network net = {.network = {.n_layers = 1}};
    const cJSON *kernel = golden_at(g->json, "kernel"), *x = golden_at(g->json, "x");
    const char *activation = golden_text(g->json, "config.activation");
    if (!golden_is_table(g, "x", x) || !golden_is_table(g, "kernel", kernel) ||
        !golden_has_size(g, "bias", golden_at(g->json, "bias"), golden_dimension(kernel, 1)) ||
        !golden_has_size(g, "kernel", kernel,
                         (int64_t)golden_dimension(x, 1) * golden_dimension(kernel, 1)))
        return;
    tt_layer *layer = &net.network.layers[0];
    int32_t rows = golden_dimension(x, 0);
    layer->n_out = golden_dimension(kernel, 1);
    net.network.n_inputs = golden_dimension(kernel, 0);
    int32_t row = golden_activation_row(g, *activation ? activation : "linear");
    if (row < 0)
        return;
    layer->activation = &tt_activations[row];
    golden_params(g, &tt_activation_family, row, NULL, NULL, layer->params);
    golden_network_begin(g, &net, rows);
    memcpy(net.network.parameters + layer->weight, golden_floats(g, kernel),
           (size_t)golden_size(kernel) * sizeof(float));
    memcpy(net.network.parameters + layer->bias, golden_floats(g, golden_at(g->json, "bias")),
           (size_t)layer->n_out * sizeof(float));
    tt_network_touch(&net.network);
    golden_compare_floats(g, "y", OF_FLOATS, (int64_t)rows * layer->n_out,
                          tt_network_forward(&net.network, rows, golden_floats(g, x), NULL),
                          golden_at(g->json, "expected.y"));
    golden_network_end(&net);
}

void check_keras_layer(golden *g) {
    const char *layer = golden_text(g->json, "layer");
    if (strcmp(layer, "Dense") == 0)
        check_dense(g);
    else if (strcmp(layer, "BatchNormalization") == 0 || strcmp(layer, "LayerNormalization") == 0)
        check_norm(g);
    else
        golden_unsupported(g, "no such layer: %s", layer);
}
