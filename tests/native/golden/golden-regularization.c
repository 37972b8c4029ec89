#include "golden-network.h"

#include <stdio.h>

#include "loss.h"
#include "regularizer.h"

static const tt_regularizer *find(golden *g, const char *key, double *p) {
    int32_t row = golden_row(g, &tt_regularizer_family, key);
    if (row < 0)
        return NULL;
    golden_params(g, &tt_regularizer_family, row, NULL, NULL, p);
    return golden_is_open(g) ? &tt_regularizers[row] : NULL;
}

static double length_of(int64_t n, const float *x) {
    double squares = 0;
    for (int64_t i = 0; i < n; i++)
        squares += (double)x[i] * (double)x[i];
    return sqrt(squares);
}

void golden_clip_tensor(golden *g, double limit, const tt_span *span, float *gradient) {
    double p[TT_MAX_PARAMS];
    golden_set(g, "regularizer.clip_tensor_norm.limit", "%.17g", limit);
    const tt_regularizer *row = find(g, "clip_tensor_norm", p);
    if (row)
        row->clip_tensor(p, span, gradient);
}

void golden_clip(golden *g, const char *key, double limit, int64_t n, float *gradient) {
    char name[64];
    double p[TT_MAX_PARAMS];
    snprintf(name, sizeof name, "regularizer.%s.limit", key);
    golden_set(g, name, "%.17g", limit);
    const tt_regularizer *row = find(g, key, p);
    if (row)
        row->clip(p, (int32_t)n, length_of(n, gradient), gradient);
}

/* "linear(3,4) tanh linear(4,2), mse" */
static const char *read_net(golden *g, const char *text, golden_network *net) {
    int in, out, size;
    char name[32];
    tt_network *network = &net->network;
    for (; sscanf(text, " linear(%d,%d)%n", &in, &out, &size) == 2; text += size) {
        if (network->n_layers == 0)
            network->n_inputs = in;
        tt_layer *layer = &network->layers[network->n_layers++];
        layer->n_out = out;
        text += size;
        if (sscanf(text, " %31[a-z_0-9]%n", name, &size) == 1 && strcmp(name, "linear") != 0) {
            int32_t row = golden_activation_row(g, name);
            if (row < 0)
                return "";
            layer->activation = &tt_activations[row];
            golden_params(g, &tt_activation_family, row, NULL, NULL, layer->params);
        } else {
            size = 0;
        }
    }
    return text + strspn(text, ", ");
}

/* The gradient of the mean loss; returns the loss. */
static double pass(golden *g, golden_network *net, const char *loss_key) {
    tt_network *network = &net->network;
    double p[TT_MAX_PARAMS];
    int32_t row = golden_loss_row(g, loss_key);
    if (row < 0)
        return 0;
    golden_params(g, &tt_loss_family, row, NULL, NULL, p);
    const cJSON *x = golden_at(g->json, "x"), *y = golden_at(g->json, "y");
    const float *inputs = golden_floats(g, x);
    int32_t n = golden_dimension(x, 0);
    bool class = tt_losses[row].target == TT_TARGET_CLASS;
    if (!golden_has_size(g, "x", x, (int64_t)n * network->n_inputs) ||
        !golden_has_size(g, "y", y, class ? n : (int64_t)n * network->n_outputs) ||
        (class && !golden_are_classes(g, "y", n, golden_floats(g, y), network->n_outputs)))
        return 0;
    const tt_rows rows = {.n = n,
                          .outputs = network->n_outputs,
                          .z = tt_network_forward(network, n, inputs, &net->random),
                          .y = golden_floats(g, y),
                          .scale = (float)(1 / (double)n),
                          .dz = network->d_outputs};
    double sum = tt_losses[row].evaluate(p, &rows);
    memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
    tt_network_backward(network, n, inputs);
    return sum / n;
}

/* Adds the penalty's gradient to the network's. */
static double add_penalty(golden *g, tt_network *network, const char *key, double strength,
                          bool biases) {
    char name[64];
    double p[TT_MAX_PARAMS], penalty = 0;
    snprintf(name, sizeof name, "regularizer.%s.strength", key);
    golden_set(g, name, "%.17g", strength);
    snprintf(name, sizeof name, "regularizer.%s.biases", key);
    golden_set(g, name, "%d", biases);
    const tt_regularizer *row = find(g, key, p);
    for (int32_t i = 0; row && i < network->n_spans; i++) {
        const tt_span *span = &network->spans[i];
        penalty += row->penalty(p, span, network->parameters + span->offset,
                                network->gradient + span->offset);
    }
    return penalty;
}

/* Sets the form of the L2 penalty; returns what the strength is divided by. */
static double set_l2_form(golden *g, const char *form) {
    bool over_n = strcmp(form, "half_over_n") == 0;
    golden_set(g, "regularizer.l2.form", "%s", over_n ? "half" : form);
    return over_n ? golden_dimension(golden_at(g->json, "x"), 0) : 1;
}

static int64_t count_numbers(const cJSON *tensors) {
    int64_t n = 0;
    for (const cJSON *tensor = tensors ? tensors->child : NULL; tensor; tensor = tensor->next)
        n += golden_size(tensor);
    return n;
}

static void compare_penalty(golden *g, golden_network *net, const char *loss, const char *which) {
    const cJSON *config = golden_at(g->json, "config");
    const cJSON *expected = golden_at(golden_at(g->json, "expected"), which);
    bool biases = strcmp(which, "biases_included") == 0;
    if (!expected)
        return;
    double l2 = golden_number(config, "l2", 0) / set_l2_form(g, golden_text(config, "l2_form"));
    double value = pass(g, net, loss);
    double penalty = add_penalty(g, &net->network, "l1", golden_number(config, "l1", 0), biases);
    penalty += add_penalty(g, &net->network, "l2", l2, biases);
    golden_compare_number(g, "penalty", OF_FLOATS, penalty, golden_at(expected, "penalty"));
    golden_compare_number(g, "loss", OF_FLOATS, value, golden_at(expected, "loss"));
    golden_compare_number(g, "loss", OF_FLOATS, value + penalty, golden_at(expected, "total"));
    tt_network_export(&net->network, net->network.gradient, net->values);
    const cJSON *gradients = cJSON_GetObjectItemCaseSensitive(expected, "grad");
    const float *at = net->values;
    if (gradients && count_numbers(gradients) != net->network.n_parameters)
        golden_fail(g, "the gradient has %d numbers", (int)count_numbers(gradients));
    for (const cJSON *tensor = gradients && golden_is_open(g) ? gradients->child : NULL; tensor;
         tensor = tensor->next) {
        golden_compare_floats(g, "gradient", OF_FLOATS, golden_size(tensor), at, tensor);
        at += golden_size(tensor);
    }
}

static void check_penalty(golden *g) {
    golden_network net = {0};
    const char *loss = read_net(g, golden_text(g->json, "config.net"), &net);
    if (!golden_is_open(g) || net.network.n_layers == 0) {
        golden_unsupported(g, "a network that is not understood");
        return;
    }
    const cJSON *params = golden_at(g->json, "params");
    if (!golden_needs(g, "params x.shape y expected"))
        return;
    golden_network_begin(g, &net, golden_dimension(golden_at(g->json, "x"), 0));
    if (count_numbers(params) != net.network.n_parameters) {
        golden_fail(g, "there are %d parameters, the network has %d", (int)count_numbers(params),
                    (int)net.network.n_parameters);
        golden_network_end(&net);
        return;
    }
    float *at = net.values;
    for (const cJSON *tensor = params->child; tensor; tensor = tensor->next) {
        memcpy(at, golden_floats(g, tensor), (size_t)golden_size(tensor) * sizeof *at);
        at += golden_size(tensor);
    }
    tt_network_import(&net.network, net.values, net.network.parameters);
    tt_network_touch(&net.network);
    compare_penalty(g, &net, loss, "weights_only");
    compare_penalty(g, &net, loss, "biases_included");
    golden_network_end(&net);
}

/* Limits the rows of a weight (out, in). */
static void check_max_norm(golden *g) {
    const cJSON *w = golden_at(g->json, "w");
    double p[TT_MAX_PARAMS];
    if (!golden_needs(g, "w.shape w.data"))
        return;
    bool keras = strcmp(golden_text(g->json, "config.form"), "keras") == 0;
    double limit = golden_number(g->json, "config.max_norm", 1);
    golden_set(g, "regularizer.max_norm.limit", "%.17g", limit);
    golden_set(g, "regularizer.min_max_norm.limit", "%.17g", limit);
    const tt_regularizer *row = find(g, keras ? "min_max_norm" : "max_norm", p);
    int32_t n_out = golden_dimension(w, 0), n_in = golden_dimension(w, 1);
    if (!row || !golden_has_size(g, "w", w, (int64_t)n_out * n_in))
        return;
    const tt_span span = {.n_in = n_in, .n_out = n_out, .weight = true, .hidden = true};
    float *rows = golden_floats(g, w), *inner = golden_floats(g, w);
    for (int32_t i = 0; i < n_in * n_out; i++)
        inner[i] = rows[i % n_out * n_in + i / n_out];
    row->constrain(p, &span, inner);
    for (int32_t i = 0; i < n_in * n_out; i++)
        rows[i % n_out * n_in + i / n_out] = inner[i];
    golden_compare_floats(g, "max-norm", OF_FLOATS, (int64_t)n_in * n_out, rows,
                          golden_at(g->json, "expected.w"));
}

/* All tensors together. */
static void check_clip(golden *g, const char *key) {
    const cJSON *tensors = golden_at(g->json, "grads");
    int64_t n = golden_size(tensors);
    float *gradient = golden_floats(g, tensors);
    golden_compare_number(g, "norm", OF_FLOATS, length_of(n, gradient),
                          golden_at(g->json, "expected.total_norm_before"));
    golden_clip(g, key, golden_number(g->json, "config.c", 1), n, gradient);
    golden_compare_floats(g, "clipped", OF_FLOATS, n, gradient,
                          golden_at(g->json, "expected.grads"));
}

static void check_clip_value(golden *g) {
    check_clip(g, "clip_value");
}

static void check_clip_norm(golden *g) {
    check_clip(g, "clip_norm");
}

static void check_clip_tensors(golden *g) {
    const cJSON *tensors = golden_at(g->json, "grads");
    float *gradient = golden_floats(g, tensors), *at = gradient;
    for (const cJSON *tensor = tensors ? tensors->child : NULL; tensor; tensor = tensor->next) {
        int64_t size = (int64_t)golden_dimension(tensor, 1) * golden_dimension(tensor, 0);
        if (!golden_has_size(g, "a gradient", tensor, size))
            return;
        const tt_span span = {.n_in = golden_dimension(tensor, 1),
                              .n_out = golden_dimension(tensor, 0)};
        golden_clip_tensor(g, golden_number(g->json, "config.c", 1), &span, at);
        at += golden_size(tensor);
    }
    golden_compare_floats(g, "clipped", OF_FLOATS, golden_size(tensors), gradient,
                          golden_at(g->json, "expected.grads"));
}

void check_regularization(golden *g) {
    static const struct {
        const char *kind;
        golden_check *check;
    } kinds[] = {
        {"penalty", check_penalty},
        {"weight_decay", check_weight_decay},
        {"max_norm", check_max_norm},
        {"clip_value", check_clip_value},
        {"clip_global_norm", check_clip_norm},
        {"clip_norm_per_tensor", check_clip_tensors},
        {"dropout", check_dropout},
        {"batchnorm1d", check_norm},
        {"keras_batchnorm", check_norm},
        {"layernorm", check_norm},
    };
    const char *kind = golden_text(g->json, "kind");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            kinds[i].check(g);
            return;
        }
    }
    golden_unsupported(g, "no such kind: \"%s\"", kind);
}
