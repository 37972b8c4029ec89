/* Keras's losses, activations, constraints and penalties, as far as they differ from ours by
 * parameters and by the form of what goes in. */

#include "golden-loss.h"

#include <stdio.h>

#include "activation.h"
#include "regularizer.h"

/* How inputs and targets get into the form of the row. */
typedef enum form {
    AS_IT_IS,
    SOFT_BINARY,         /* targets y (1 - s) + s / 2 */
    LOG_PROBABILITIES,   /* shares of each row, clipped, as logarithms */
    CLIPPED_PROBABILITY, /* each clipped by itself */
    LOGITS,              /* of each probability, clipped */
} form;

/* Whether a row is for the inputs that from_logits says, or for both. */
enum inputs { ANY_INPUT, FROM_LOGITS, FROM_PROBABILITIES };

/* `granted` are parameters of the row, as JSON. */
static const struct keras_loss {
    const char *name, *row, *granted;
    enum inputs inputs;
    form form;
} losses[] = {
    {"MeanSquaredError", "mse", "{}", ANY_INPUT, AS_IT_IS},
    {"MeanAbsoluteError", "mae", "{}", ANY_INPUT, AS_IT_IS},
    {"MeanAbsolutePercentageError", "mape", "{}", ANY_INPUT, AS_IT_IS},
    {"MeanSquaredLogarithmicError", "msle", "{}", ANY_INPUT, AS_IT_IS},
    {"LogCosh", "log_cosh", "{}", ANY_INPUT, AS_IT_IS},
    {"Huber", "huber", "{}", ANY_INPUT, AS_IT_IS},
    {"Poisson", "poisson_nll", "{\"log_input\":0,\"eps\":1e-7}", ANY_INPUT, AS_IT_IS},
    {"Hinge", "hinge", "{}", ANY_INPUT, AS_IT_IS},
    {"SquaredHinge", "squared_hinge", "{}", ANY_INPUT, AS_IT_IS},
    {"CategoricalHinge", "categorical_hinge", "{}", ANY_INPUT, AS_IT_IS},
    {"CosineSimilarity", "cosine_similarity", "{}", ANY_INPUT, AS_IT_IS},
    {"KLDivergence", "kl_div", "{\"reduction\":\"batchmean\"}", ANY_INPUT, LOG_PROBABILITIES},
    {"BinaryCrossentropy", "bce_with_logits", "{}", FROM_LOGITS, SOFT_BINARY},
    {"BinaryCrossentropy", "bce", "{}", FROM_PROBABILITIES, CLIPPED_PROBABILITY},
    {"BinaryFocalCrossentropy", "binary_focal", "{}", FROM_LOGITS, SOFT_BINARY},
    {"BinaryFocalCrossentropy", "binary_focal", "{}", FROM_PROBABILITIES, LOGITS},
    {"CategoricalCrossentropy", "cross_entropy", "{}", FROM_LOGITS, AS_IT_IS},
    {"CategoricalCrossentropy", "cross_entropy", "{}", FROM_PROBABILITIES, LOG_PROBABILITIES},
    {"SparseCategoricalCrossentropy", "cross_entropy", "{}", FROM_LOGITS, AS_IT_IS},
    {"SparseCategoricalCrossentropy", "nll", "{}", FROM_PROBABILITIES, LOG_PROBABILITIES},
    {"CategoricalFocalCrossentropy", "softmax_focal", "{}", FROM_LOGITS, AS_IT_IS},
    {"CategoricalFocalCrossentropy", "softmax_focal", "{}", FROM_PROBABILITIES, LOG_PROBABILITIES},
};

static double clip(double p) {
    return fmin(fmax(p, 1e-7), 1 - 1e-7);
}

/* Row i of n values at z. Divergences compare with the probabilities as they are; cross-entropies
 * divide them by their sum first. */
static void to_logarithms(float *z, int32_t n, bool divide) {
    double sum = 0;
    for (int32_t j = 0; j < n; j++)
        sum += (double)z[j];
    for (int32_t j = 0; j < n; j++)
        z[j] = (float)log(clip((double)z[j] / (divide ? sum : 1)));
}

static void take_form(golden_loss *c, const struct keras_loss *row, double smoothing) {
    bool divide = strcmp(row->row, "kl_div") != 0;
    for (int32_t i = 0; row->form == LOG_PROBABILITIES && i < c->n; i++)
        to_logarithms(c->z + i * c->outputs, c->outputs, divide);
    for (int32_t i = 0; row->form == CLIPPED_PROBABILITY && i < c->n * c->outputs; i++)
        c->z[i] = (float)clip((double)c->z[i]);
    for (int32_t i = 0; row->form == LOGITS && i < c->n * c->outputs; i++) {
        double p = clip((double)c->z[i]);
        c->z[i] = (float)log(p / (1 - p));
    }
    for (int32_t i = 0; smoothing > 0 && i < c->n * c->width; i++)
        c->y[i] = (float)((double)c->y[i] * (1 - smoothing) + smoothing / 2);
}

/* Whether label smoothing is between two classes, and thus a matter of the targets. */
static bool is_soft(const struct keras_loss *row) {
    return row->form == SOFT_BINARY || row->form == CLIPPED_PROBABILITY || row->form == LOGITS;
}

static cJSON *parameters(const struct keras_loss *row, const cJSON *config) {
    static const char *const ours[] = {"delta", "gamma", "alpha", "label_smoothing"};
    cJSON *values = cJSON_Parse(row->granted);
    bool unbalanced = strcmp(row->row, "binary_focal") == 0 &&
                      !cJSON_IsTrue(golden_at(config, "apply_class_balancing"));
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        const cJSON *value = golden_at(config, ours[i]);
        bool elsewhere = (is_soft(row) && strcmp(ours[i], "label_smoothing") == 0) ||
                         (unbalanced && strcmp(ours[i], "alpha") == 0);
        if (value && !elsewhere)
            cJSON_AddItemToObject(values, ours[i], cJSON_Duplicate(value, true));
    }
    return values;
}

static void compare_loss(golden *g, golden_loss *c) {
    const cJSON *expected = golden_at(g->json, "expected");
    double *rows = golden_room(g, (size_t)c->n, sizeof *rows), sum = 0;
    for (int32_t i = 0; i < c->n; i++)
        sum += rows[i] = golden_loss_sum(c, i, 1, 1);
    golden_compare(g, "per sample", OF_FLOATS, c->n, rows, golden_at(expected, "per_sample"));
    golden_compare_number(g, "loss", OF_FLOATS, sum, golden_at(expected, "sum"));
    golden_compare_number(g, "loss", OF_FLOATS, sum / c->n,
                          golden_at(expected, "sum_over_batch_size"));
}

static void check_keras_loss(golden *g) {
    const char *name = golden_text(g->json, "loss");
    const cJSON *config = golden_at(g->json, "config");
    enum inputs given =
        cJSON_IsTrue(golden_at(config, "from_logits")) ? FROM_LOGITS : FROM_PROBABILITIES;
    for (size_t i = 0; i < sizeof losses / sizeof losses[0]; i++) {
        if (strcmp(losses[i].name, name) != 0 ||
            (losses[i].inputs != ANY_INPUT && losses[i].inputs != given))
            continue;
        golden_loss c;
        cJSON *values = parameters(&losses[i], config);
        double smoothing = golden_number(config, "label_smoothing", 0);
        if (golden_loss_begin(g, &c, losses[i].row, values, golden_at(g->json, "y_pred"),
                              golden_at(g->json, "y_true"))) {
            take_form(&c, &losses[i], is_soft(&losses[i]) ? smoothing : 0);
            compare_loss(g, &c);
        }
        cJSON_Delete(values);
        return;
    }
    golden_unsupported(g, "no such loss: %s", name);
}

static void check_keras_activation(golden *g) {
    double p[TT_MAX_PARAMS];
    const char *name = golden_text(g->json, "activation");
    const cJSON *config = golden_at(g->json, "config"), *x = golden_at(g->json, "x");
    static const alias aliases[] = {{"negative_slope", "slope"}, {"approximate", ""}, {0}};
    if (cJSON_IsTrue(golden_at(config, "approximate")))
        name = "gelu_tanh";
    int32_t row = golden_activation_row(g, name);
    if (row < 0)
        return;
    if (strcmp(name, "leaky_relu") == 0)
        golden_set(g, "activation.leaky_relu.slope", "0.2");
    if (strcmp(name, "softplus") == 0)
        golden_set(g, "activation.softplus.threshold", "1000");
    golden_params(g, &tt_activation_family, row, config, aliases, p);
    if (!golden_is_open(g) || !golden_needs(g, "x expected.y"))
        return;
    int32_t n = (int32_t)golden_size(x), cols = golden_at(x, "shape") ? golden_dimension(x, 1) : n;
    if (cols < 1) {
        golden_fail(g, "x has no numbers");
        return;
    }
    float *y = golden_room(g, (size_t)n, sizeof *y);
    tt_activations[row].forward(p, n / cols, cols, golden_floats(g, x), y);
    golden_compare_floats(g, "y", OF_FLOATS, n, y, golden_at(g->json, "expected.y"));
}

static void check_keras_penalty(golden *g) {
    static const char *const keys[] = {"l1", "l2"};
    const cJSON *w = golden_at(g->json, "w"), *config = golden_at(g->json, "config");
    if (!golden_is_table(g, "w", w))
        return;
    float *values = golden_floats(g, w);
    float *gradient = golden_room(g, (size_t)golden_size(w), sizeof *gradient);
    const tt_span span = {
        .n_in = golden_dimension(w, 0), .n_out = golden_dimension(w, 1), .weight = true};
    double penalty = 0;
    if (cJSON_GetArraySize(config) >
        cJSON_HasObjectItem(config, "l1") + cJSON_HasObjectItem(config, "l2"))
        golden_unsupported(g, "no such penalty: %s", golden_text(g->json, "regularizer"));
    for (size_t i = 0; i < 2; i++) {
        char key[64];
        double p[TT_MAX_PARAMS];
        snprintf(key, sizeof key, "regularizer.%s.strength", keys[i]);
        golden_set(g, key, "%.17g", golden_number(config, keys[i], 0));
        int32_t row = golden_row(g, &tt_regularizer_family, keys[i]);
        if (row < 0)
            return;
        golden_params(g, &tt_regularizer_family, row, NULL, NULL, p);
        penalty += tt_regularizers[row].penalty(p, &span, values, gradient);
    }
    golden_compare_number(g, "penalty", OF_FLOATS, penalty, golden_at(g->json, "expected.penalty"));
}

/* Axis 0 of (in, out) is a unit's weights, as here. */
static void check_keras_constraint(golden *g) {
    static const alias rows[] = {{"MaxNorm", "min_max_norm"},
                                 {"UnitNorm", "unit_norm"},
                                 {"NonNeg", "non_negative"},
                                 {"MinMaxNorm", "min_max_norm"},
                                 {0}};
    static const alias aliases[] = {
        {"max_value", "limit"}, {"min_value", "lowest"}, {"axis", ""}, {0}};
    double p[TT_MAX_PARAMS];
    const cJSON *w = golden_at(g->json, "w"), *config = golden_at(g->json, "config");
    int32_t row = golden_row(g, &tt_regularizer_family,
                             golden_ours(rows, golden_text(g->json, "constraint")));
    if (row < 0)
        return;
    if (golden_number(config, "axis", 0) != 0)
        golden_unsupported(g, "a norm over axis 1");
    golden_params(g, &tt_regularizer_family, row, config, aliases, p);
    if (!golden_is_open(g) || !golden_is_table(g, "w", w))
        return;
    float *values = golden_floats(g, w);
    const tt_span span = {
        .n_in = golden_dimension(w, 0), .n_out = golden_dimension(w, 1), .weight = true};
    tt_regularizers[row].constrain(p, &span, values);
    golden_compare_floats(g, "constraint", OF_FLOATS, golden_size(w), values,
                          golden_at(g->json, "expected.w"));
}

void check_keras(golden *g) {
    static const struct {
        const char *kind;
        golden_check *check;
    } kinds[] = {
        {"loss", check_keras_loss},           {"activation", check_keras_activation},
        {"optimizer", check_keras_optimizer}, {"schedule", check_keras_schedule},
        {"callback", check_keras_callback},   {"constraint", check_keras_constraint},
        {"regularizer", check_keras_penalty}, {"layer", check_keras_layer},
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
