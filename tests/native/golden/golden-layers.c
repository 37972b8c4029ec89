/* From a list of layers, as nn.Sequential has them, to the settings of a model, and from parameters
 * by name to the flat order. */

#include "golden-run.h"

#include <stdio.h>

#include "activation.h"
#include "loss.h"

enum { MAX_HIDDEN = 8, LIST = 256 };

/* What a hidden layer is made of, in the order in which the core applies it. */
enum { LINEAR, NORM, ACTIVATION, DROPOUT };

typedef struct model {
    char hidden[LIST], activation[LIST], norm[LIST], dropout[LIST];
} model;

static void append(char *list, const char *format, double number, const char *text) {
    size_t size = strlen(list);
    snprintf(list + size, LIST - size, "%s", size > 0 ? "," : "");
    size = strlen(list);
    if (text)
        snprintf(list + size, LIST - size, "%s", text);
    else
        snprintf(list + size, LIST - size, format, number);
}

/* An activation can be called linear as well. */
static int part_of(const cJSON *layer) {
    const char *type = golden_text(layer, "type");
    if (strcmp(type, "linear") == 0 && golden_at(layer, "out"))
        return LINEAR;
    if (strcmp(type, "batchnorm") == 0 || strcmp(type, "layernorm") == 0)
        return NORM;
    return strcmp(type, "dropout") == 0 ? DROPOUT : ACTIVATION;
}

static void set_norm(golden *g, const cJSON *layer, char *norm) {
    bool batch = strcmp(golden_text(layer, "type"), "batchnorm") == 0;
    snprintf(norm, LIST, "%s", batch ? "batch" : "layer");
    golden_set(g, "model.norm_epsilon", "%.17g", golden_number(layer, "eps", 1e-5));
    if (batch)
        golden_set(g, "model.norm_momentum", "%.17g", golden_number(layer, "momentum", 0.1));
}

/* The key of an activation, whose parameters are set on the way; "" when there is no such row. */
static const char *set_activation(golden *g, const cJSON *layer) {
    int32_t row = golden_activation_row(g, golden_text(layer, "type"));
    if (row < 0)
        return "";
    golden_set_params(g, &tt_activation_family, row, layer, activation_aliases);
    return tt_activations[row].about.key;
}

/* The layers from one linear layer to the next; returns the next. */
static const cJSON *take_block(golden *g, const cJSON *layer, model *m) {
    char norm[LIST] = "none";
    const char *activation = "linear";
    double dropout = 0, width = golden_number(layer, "out", 0);
    int last = LINEAR;
    for (layer = layer->next; layer; layer = layer->next) {
        int part = part_of(layer);
        if (part == LINEAR)
            break;
        if (part <= last)
            golden_unsupported(g, "%s in this place of a layer", golden_text(layer, "type"));
        if (part == NORM)
            set_norm(g, layer, norm);
        else if (part == ACTIVATION)
            activation = set_activation(g, layer);
        else
            dropout = golden_number(layer, "p", 0);
        last = part;
    }
    if (layer) {
        append(m->hidden, "%.0f", width, NULL);
        append(m->activation, "", 0, activation);
        append(m->norm, "", 0, norm);
        append(m->dropout, "%.17g", dropout, NULL);
    } else if (last == NORM || last == DROPOUT) {
        golden_unsupported(g, "no normalization or dropout behind the outputs");
    } else if (strcmp(activation, "linear") != 0) {
        golden_set(g, "model.output_activation", "%s", activation);
    }
    return layer;
}

/* All layers with one kind of activation share its parameters. */
static void check_shared(golden *g, const cJSON *layers) {
    for (const cJSON *a = layers->child; a; a = a->next)
        for (const cJSON *b = a->next; b; b = b->next)
            if (part_of(a) != LINEAR && part_of(a) != DROPOUT &&
                strcmp(golden_text(a, "type"), golden_text(b, "type")) == 0)
                for (const cJSON *value = a->child; value; value = value->next)
                    if (strcmp(value->string, "size") != 0 &&
                        !cJSON_Compare(value, golden_at(b, value->string), true))
                        golden_unsupported(g, "layers of %s with parameters of their own",
                                           golden_text(a, "type"));
}

void golden_set_layers(golden *g, const cJSON *layers) {
    model m = {0};
    const cJSON *layer = layers->child;
    if (strcmp(golden_text(layer, "type"), "linear") != 0)
        golden_unsupported(g, "a network that begins with %s", golden_text(layer, "type"));
    while (layer)
        layer = take_block(g, layer, &m);
    check_shared(g, layers);
    golden_set(g, "model.hidden", "%s", m.hidden);
    if (*m.hidden && golden_is_open(g)) {
        golden_set(g, "activation", "%s", m.activation);
        golden_set(g, "model.norm", "%s", m.norm);
        golden_set(g, "model.dropout", "%s", m.dropout);
    }
}

static const cJSON *tensor_of(const cJSON *tensors, int layer, bool bias) {
    char name[32];
    snprintf(name, sizeof name, "%d.%s", layer, bias ? "bias" : "weight");
    return cJSON_GetObjectItemCaseSensitive(tensors, name);
}

const cJSON *golden_tensor(const cJSON *layers, const cJSON *tensors, int32_t index) {
    for (int i = 0; i < cJSON_GetArraySize(layers); i++) {
        for (int bias = 0; bias < 2; bias++) {
            const cJSON *tensor = tensor_of(tensors, i, bias);
            if (tensor && index-- == 0)
                return tensor;
        }
    }
    return NULL;
}

bool golden_is_cancelled(const cJSON *layers, const cJSON *tensor) {
    int index = -1;
    char part[8] = "";
    if (!tensor || sscanf(tensor->string, "%d.%7s", &index, part) != 2 || strcmp(part, "bias") != 0)
        return false;
    const cJSON *layer = cJSON_GetArrayItem(layers, index), *next = layer ? layer->next : NULL;
    return next && strcmp(golden_text(next, "type"), "batchnorm") == 0;
}

typedef struct cursor {
    float *values; /* (n) */
    int64_t offset, n;
} cursor;

/* All tensors of the layers, one after the other; past the end they are only counted. */
static void take_tensors(golden *g, const cJSON *layers, const cJSON *tensors, cursor *c) {
    const cJSON *tensor;
    for (int32_t i = 0; (tensor = golden_tensor(layers, tensors, i)); i++) {
        int64_t n = golden_size(tensor);
        if (c->offset + n <= c->n)
            memcpy(c->values + c->offset, golden_floats(g, tensor), (size_t)n * sizeof *c->values);
        c->offset += n;
    }
}

static void set_parameters(golden *g, golden_run *run, const cJSON *layers, const cJSON *init) {
    cursor c = {.n = tt_trainer_n_parameters(run->trainer)};
    c.values = golden_room(g, (size_t)c.n, sizeof *c.values);
    if (init)
        take_tensors(g, layers, init, &c);
    if (init && c.offset != c.n)
        golden_fail(g, "%d parameters are given, the network has %d", (int)c.offset, (int)c.n);
    if (golden_is_open(g))
        tt_trainer_set_parameters(run->trainer, c.values);
}

void golden_compare_tensors(golden *g, const char *kind, tolerance allowed, const cJSON *layers,
                            const float *values, const cJSON *expected) {
    cursor c = {.n = golden_size(expected)};
    for (const cJSON *tensor = expected ? expected->child : NULL; tensor; tensor = tensor->next)
        c.n += golden_size(tensor);
    c.values = golden_room(g, (size_t)c.n, sizeof *c.values);
    double *wide = golden_room(g, 2 * (size_t)c.n, sizeof *wide), *actual = wide + c.n;
    double largest = 0;
    const cJSON *tensor;
    int64_t at = 0, n = 0;
    if (expected)
        take_tensors(g, layers, expected, &c);
    for (int32_t i = 0; (tensor = golden_tensor(layers, expected, i));
         at += golden_size(tensor), i++)
        for (int64_t j = at; !golden_is_cancelled(layers, tensor) && j < at + golden_size(tensor);
             j++, n++) {
            wide[n] = (double)c.values[j];
            actual[n] = (double)values[j];
            largest = fmax(largest, fabs(wide[n]));
        }
    golden_compare_values(g, kind, allowed, largest, n, actual, wide);
}

static tt_task task_of(const tt_descriptor *loss, int32_t outputs, int32_t targets) {
    if (loss->tasks & TT_REGRESSION)
        return TT_REGRESSION;
    return targets > 1 ? TT_MULTILABEL : outputs == 1 ? TT_BINARY : TT_MULTICLASS;
}

static int32_t outputs_of(golden *g, const cJSON *layers) {
    int32_t outputs = 1;
    for (const cJSON *layer = layers->child; layer; layer = layer->next)
        outputs = golden_count(g, layer, "out", 1, outputs);
    return outputs;
}

bool golden_run_begin(golden *g, golden_run *run, const cJSON *layers, const cJSON *init,
                      const cJSON *x, const cJSON *y, int32_t rows) {
    *run = (golden_run){.rows = rows, .outputs = outputs_of(g, layers)};
    if (!golden_is_open(g) || !golden_is_table(g, "x", x))
        return false;
    if (rows < 1 || rows > golden_dimension(x, 0) ||
        golden_dimension(y, 0) != golden_dimension(x, 0)) {
        golden_fail(g, "x and y are no %d rows", (int)rows);
        return false;
    }
    run->loss = tt_family_row(&tt_loss_family,
                              tt_family_find(&tt_loss_family, tt_config_get(g->config, "loss")));
    int32_t targets = (int32_t)(golden_size(y) / golden_dimension(y, 0));
    tt_task task = task_of(run->loss, run->outputs, targets);
    int32_t n_classes = task == TT_BINARY ? 2 : task == TT_MULTICLASS ? run->outputs : 0;
    if (!(run->loss->tasks & (int32_t)task)) {
        golden_unsupported(g, "%s on a target of several columns", run->loss->key);
        return false;
    }
    tt_error error;
    const float *const xs[2] = {golden_floats(g, x), NULL};
    const float *const ys[2] = {golden_floats(g, y), NULL};
    const int64_t n_rows[2] = {rows, 0};
    if (n_classes > 0 && !golden_are_classes(g, "y", golden_size(y), ys[0], n_classes))
        return false;
    run->dataset = tt_dataset_from_arrays(task, golden_dimension(x, 1), targets, n_classes, n_rows,
                                          xs, ys, &error);
    run->trainer = run->dataset ? tt_trainer_new(run->dataset, g->config, &error) : NULL;
    if (run->trainer)
        set_parameters(g, run, layers, init);
    else
        golden_fail(g, "%s", error.message);
    return golden_is_open(g);
}

void golden_run_end(golden_run *run) {
    tt_trainer_free(run->trainer);
    tt_dataset_free(run->dataset);
}

bool golden_run_step(golden *g, golden_run *run, int64_t step, double *row) {
    tt_error error;
    tt_progress progress;
    int32_t columns = tt_n_history_columns();
    double *rows = calloc((size_t)columns * TT_MAX_WAITING, sizeof *rows);
    tt_status status = tt_trainer_run(run->trainer, step, INT32_MAX, &error);
    int32_t n = tt_trainer_take_history(run->trainer, rows, TT_MAX_WAITING);
    if (n > 0)
        memcpy(row, rows + (n - 1) * columns, (size_t)columns * sizeof *row);
    free(rows);
    tt_trainer_progress(run->trainer, &progress);
    if (status == TT_DIVERGED)
        golden_fail(g, "%s", error.message);
    else if (progress.step != step || n == 0)
        golden_fail(g, "the run ended at step %d", (int)progress.step);
    return golden_is_open(g);
}

double golden_column(const double *row, const char *key) {
    for (int32_t i = 0; i < tt_n_history_columns(); i++)
        if (strcmp(tt_history_column(i)->key, key) == 0)
            return row[i];
    return (double)NAN;
}
