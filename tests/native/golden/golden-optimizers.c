/* Optimizers alone: given gradients go in, and the parameters after some of the steps are
 * compared. */

#include "golden.h"

#include "optimizer.h"

const alias optimizer_aliases[] = {{"type", ""},
                                   {"optimizer", ""},
                                   {"betas", "beta1,beta2"},
                                   {"etas", "eta_minus,eta_plus"},
                                   {"step_sizes", "step_min,step_max"},
                                   {"initial_accumulator_value", "initial_accumulator"},
                                   {0}};

const alias keras_aliases[] = {{"type", ""},
                               {"optimizer", ""},
                               {"clipnorm", ""},
                               {"clipvalue", ""},
                               {"global_clipnorm", ""},
                               {"learning_rate", "lr"},
                               {"beta_1", "beta1"},
                               {"beta_2", "beta2"},
                               {"betas", "beta1,beta2"},
                               {"epsilon", "eps"},
                               {"initial_accumulator_value", "initial_accumulator"},
                               {"l1_regularization_strength", "l1"},
                               {"l2_regularization_strength", "l2"},
                               {"l2_shrinkage_regularization_strength", "l2_shrinkage"},
                               {0}};

/* The name of an optimizer in optimizers.json and in keras.json, our row, and what a case takes for
 * granted: Keras's definition, and its defaults where they are not ours. */
static const struct convention {
    const char *type, *keras, *row, *granted;
} conventions[] = {
    {"sgdw", "", "sgd", "{\"decoupled\":1}"},
    {"keras_sgd", "SGD", "sgd", "{\"form\":\"keras\",\"decoupled\":1,\"lr\":0.01}"},
    {"keras_adam", "Adam", "adam", "{\"form\":\"keras\",\"decoupled\":1,\"eps\":1e-7}"},
    {"keras_adamw", "AdamW", "adamw", "{\"form\":\"keras\",\"eps\":1e-7,\"weight_decay\":0.004}"},
    {"keras_rmsprop", "RMSprop", "rmsprop",
     "{\"form\":\"keras\",\"decoupled\":1,\"alpha\":0.9,\"lr\":0.001,\"eps\":1e-7}"},
    {"keras_adagrad", "Adagrad", "adagrad",
     "{\"form\":\"keras\",\"decoupled\":1,\"lr\":0.001,\"eps\":1e-7,\"initial_accumulator\":0.1}"},
    {"keras_adadelta", "Adadelta", "adadelta",
     "{\"decoupled\":1,\"lr\":0.001,\"rho\":0.95,\"eps\":1e-7}"},
    {"keras_adamax", "Adamax", "adamax",
     "{\"form\":\"keras\",\"decoupled\":1,\"lr\":0.001,\"eps\":1e-7}"},
    {"keras_nadam", "Nadam", "nadam",
     "{\"decoupled\":1,\"lr\":0.001,\"momentum_decay\":1,\"eps\":1e-7}"},
    {"keras_lion", "Lion", "lion", "{\"lr\":0.001}"},
    {"keras_lamb", "Lamb", "lamb", "{\"decoupled\":1,\"lr\":0.001,\"eps\":1e-7}"},
    {"keras_ftrl", "Ftrl", "ftrl", "{\"lr\":0.001}"},
};

enum { MAX_TENSORS = 16, MAX_LENGTH = 64 };

/* An optimizer at work. */
typedef struct bench {
    const tt_optimizer *row;
    double p[TT_MAX_PARAMS];
    tt_step step;
    tt_span spans[MAX_TENSORS];
    float *slots[TT_MAX_SLOTS];
} bench;

/* A weight of shape (out, in); the order within a tensor matters to no row that has a case. */
static void take_shapes(golden *g, bench *b, const cJSON *shapes) {
    int64_t offset = 0;
    for (const cJSON *shape = shapes ? shapes->child : NULL; shape; shape = shape->next) {
        bool weight = cJSON_GetArraySize(shape) > 1;
        const cJSON *out = cJSON_GetArrayItem(shape, 0), *in = cJSON_GetArrayItem(shape, 1);
        int32_t n_out = golden_count(g, out, "", 1, 1), n_in = golden_count(g, in, "", 1, 1);
        if (b->step.n_spans == MAX_TENSORS) {
            golden_unsupported(g, "more than %d tensors", MAX_TENSORS);
            return;
        }
        b->spans[b->step.n_spans++] = (tt_span){
            .offset = offset, .n_in = n_in, .n_out = n_out, .weight = weight, .hidden = true};
        offset += (int64_t)n_in * n_out;
    }
    b->step.n = (int32_t)offset;
}

/* Takes the room for parameters whose shapes are known. */
static void begin(golden *g, bench *b, int32_t row) {
    b->row = &tt_optimizers[row];
    b->step.p = b->p;
    b->step.rate = b->p[0];
    b->step.slot = b->slots;
    b->step.span = b->spans;
    size_t n = (size_t)b->step.n;
    size_t length = b->row->history_length ? (size_t)b->row->history_length(b->p) : 0;
    for (int32_t i = 0; i < b->row->n_slots; i++)
        b->slots[i] = golden_room(g, n, sizeof(float));
    b->step.history = golden_room(g, length * n, sizeof(float));
    b->step.scalars = golden_room(g, TT_MAX_SCALARS, sizeof(double));
    if (b->row->scratch_size)
        b->step.scratch =
            golden_room(g, b->row->scratch_size(b->spans, b->step.n_spans), sizeof(float));
}

/* Keras's clipnorm limits each tensor's gradient by itself. */
static const float *clipped(golden *g, const bench *b, float *gradient) {
    const cJSON *value = golden_at(g->json, "config.clipvalue");
    const cJSON *norm = golden_at(g->json, "config.global_clipnorm");
    if (cJSON_IsNumber(value))
        golden_clip(g, "clip_value", golden_value(value), b->step.n, gradient);
    if (cJSON_IsNumber(norm))
        golden_clip(g, "clip_norm", golden_value(norm), b->step.n, gradient);
    double limit = golden_number(g->json, "config.clipnorm", 0);
    for (int32_t i = 0; limit > 0 && i < b->step.n_spans; i++)
        golden_clip_tensor(g, limit, &b->spans[i], gradient + b->spans[i].offset);
    return gradient;
}

static void compare_params(golden *g, const bench *b, int recorded) {
    const cJSON *expected = cJSON_GetArrayItem(golden_at(g->json, "expected.params"), recorded);
    golden_compare_floats(g, "parameters", OF_FLOATS, b->step.n, b->step.w, expected);
}

static void compare_average(golden *g, const bench *b) {
    const cJSON *expected = golden_at(g->json, "expected.averaged_params_final");
    if (!expected)
        return;
    float *average = golden_room(g, (size_t)b->step.n, sizeof *average);
    if (b->row->averaged)
        b->row->averaged(&b->step, average);
    golden_compare_floats(g, "average", OF_FLOATS, b->step.n, average, expected);
}

static void run_sequence(golden *g, bench *b, const cJSON *sequence) {
    const cJSON *gradients = golden_at(sequence, "grads");
    const cJSON *recorded = golden_at(g->shared, "recorded_steps");
    double drop_after = golden_number(g->json, "lr_drop.after", (double)INFINITY);
    double factor = golden_number(g->json, "lr_drop.factor", 1);
    int next = 0;
    for (const cJSON *gradient = gradients ? gradients->child : NULL; gradient;
         gradient = gradient->next) {
        if (!golden_has_size(g, "a gradient", gradient, b->step.n))
            return;
        b->step.t += 1;
        b->step.rate = b->p[0] * ((double)b->step.t > drop_after ? factor : 1);
        b->step.g = clipped(g, b, golden_floats(g, gradient));
        b->row->step(&b->step);
        const cJSON *at = cJSON_GetArrayItem(recorded, next);
        if (at && at->valueint == b->step.t)
            compare_params(g, b, next++);
    }
    if (next != cJSON_GetArraySize(golden_at(g->json, "expected.params")))
        golden_fail(g, "%d of the recorded steps were reached", next);
    compare_average(g, b);
}

static void check_sequence(golden *g, const char *key, const cJSON *config, const alias *aliases) {
    bench b = {0};
    const cJSON *sequence =
        golden_at(golden_at(g->shared, "sequences"), golden_text(g->json, "sequence"));
    int32_t row = golden_row(g, &tt_optimizer_family, key);
    if (row < 0)
        return;
    golden_params(g, &tt_optimizer_family, row, config, aliases, b.p);
    if (tt_optimizers[row].full_batch)
        golden_unsupported(g, "%s needs the loss, not gradients alone", key);
    if (!golden_is_open(g))
        return;
    take_shapes(g, &b, golden_at(sequence, "shapes"));
    if (b.step.n == 0)
        golden_fail(g, "there is no sequence \"%s\"", golden_text(g->json, "sequence"));
    if (!golden_is_open(g) || !golden_has_size(g, "init", golden_at(sequence, "init"), b.step.n))
        return;
    begin(g, &b, row);
    b.step.w = golden_floats(g, golden_at(sequence, "init"));
    run_sequence(g, &b, sequence);
}

void check_weight_decay(golden *g) {
    bench b = {0};
    const cJSON *config = golden_at(g->json, "config"), *w = golden_at(g->json, "w");
    const cJSON *expected = golden_at(g->json, "expected.after_each_step");
    int32_t row = golden_row(g, &tt_optimizer_family, golden_text(config, "optimizer"));
    if (row < 0)
        return;
    golden_params(g, &tt_optimizer_family, row, config, optimizer_aliases, b.p);
    if (!golden_is_open(g))
        return;
    int32_t n = (int32_t)golden_size(w);
    if (n < 1 || !expected || !golden_has_size(g, "g", golden_at(g->json, "g"), n)) {
        golden_fail(g, "w and expected.after_each_step are needed");
        return;
    }
    b.spans[0] = (tt_span){.n_in = 1, .n_out = n, .weight = true, .hidden = true};
    b.step.n = n;
    b.step.n_spans = 1;
    begin(g, &b, row);
    b.step.w = golden_floats(g, w);
    b.step.g = golden_floats(g, golden_at(g->json, "g"));
    for (const cJSON *item = expected->child; item; item = item->next) {
        b.step.t += 1;
        b.row->step(&b.step);
        golden_compare_floats(g, "weight decay", OF_FLOATS, n, b.step.w, item);
    }
}

/* The parameters in our names, with what goes without saying, to be deleted; NULL for an optimizer
 * that has one name everywhere. Rows call what Keras calls rho in RMSprop alpha, as PyTorch does.
 */
cJSON *golden_optimizer_values(const cJSON *config, const char *name, const char **row) {
    const struct convention *found = NULL;
    for (size_t i = 0; i < sizeof conventions / sizeof conventions[0]; i++)
        if (strcmp(conventions[i].type, name) == 0 || strcmp(conventions[i].keras, name) == 0)
            found = &conventions[i];
    if (!found)
        return NULL;
    *row = found->row;
    cJSON *values = cJSON_Parse(found->granted);
    for (const cJSON *item = config->child; item; item = item->next) {
        const char *ours = golden_ours(keras_aliases, item->string);
        if (strcmp(ours, "rho") == 0 && strcmp(found->row, "rmsprop") == 0)
            ours = "alpha";
        if (strchr(ours, ',') || !*ours)
            ours = item->string;
        cJSON_DeleteItemFromObjectCaseSensitive(values, ours);
        cJSON_AddItemToObject(values, ours, cJSON_Duplicate(item, true));
    }
    return values;
}

static void check_named(golden *g, const char *name, const cJSON *config) {
    const char *row = name;
    cJSON *values = golden_optimizer_values(config, name, &row);
    check_sequence(g, row, values ? values : config, values ? keras_aliases : optimizer_aliases);
    cJSON_Delete(values);
}

void check_optimizer(golden *g) {
    const cJSON *config = golden_at(g->json, "optimizer");
    check_named(g, golden_text(config, "type"), config);
}

void check_keras_optimizer(golden *g) {
    check_named(g, golden_text(g->json, "optimizer"), golden_at(g->json, "config"));
}
