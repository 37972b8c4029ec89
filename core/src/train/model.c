#include "tabtrain/model.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "model-state.h"
#include "tabtrain/image.h"
#include "trainer-state.h"

static tt_model *no_model(tt_error *error) {
    tt_fail(error, TT_NO_MEMORY, "There is no memory left for the model.");
    return NULL;
}

/* Takes the bytes over, in any case. */
static tt_model *model_of(tt_text bytes, tt_error *error) {
    tt_model *model = calloc(1, sizeof *model);
    if (!model) {
        free(bytes.bytes);
        return no_model(error);
    }
    model->bytes = bytes;
    if (tt_model_read(model, error) == TT_OK)
        return model;
    tt_model_free(model);
    return NULL;
}

tt_model *tt_model_new(const tt_trainer *trainer, tt_weights weights, tt_error *error) {
    const tt_network *network = &trainer->network;
    tt_text bytes = {0};
    if (trainer->dataset->n_encoders == 0) {
        tt_fail(error, TT_BAD_DATA,
                "A run on arrays has no preparation to keep. Make the data set from a table.");
        return NULL;
    }
    size_t n = (size_t)network->n_parameters + (size_t)network->n_running;
    float *present = malloc(n * sizeof *present);
    if (present)
        tt_keep_weights(trainer, true, present);
    const float *chosen = weights == TT_BEST ? trainer->best : present;
    bool good = present && tt_model_write(trainer, chosen, &bytes);
    free(present);
    if (good)
        return model_of(bytes, error);
    free(bytes.bytes);
    return no_model(error);
}

void tt_model_free(tt_model *model) {
    if (!model)
        return;
    tt_arena_free(&model->kept);
    tt_arena_free(&model->scratch);
    tt_dataset_free(model->preparation);
    tt_config_free(model->config);
    free(model->bytes.bytes);
    free(model);
}

size_t tt_model_size(const tt_model *model) {
    return model->bytes.size;
}

void tt_model_save(const tt_model *model, void *bytes) {
    memcpy(bytes, model->bytes.bytes, model->bytes.size);
}

tt_model *tt_model_load(const void *bytes, size_t size, tt_error *error) {
    tt_text copy = {0};
    tt_text_add_bytes(&copy, bytes, size);
    return copy.failed ? no_model(error) : model_of(copy, error);
}

const tt_config *tt_model_config(const tt_model *model) {
    return model->config;
}

int32_t tt_model_n_columns(const tt_model *model) {
    return model->preparation->n_encoders;
}

const char *tt_model_column_name(const tt_model *model, int32_t column) {
    assert(column >= 0 && column < tt_model_n_columns(model));
    return model->preparation->column_names[column];
}

int32_t tt_model_find_column(const tt_model *model, const char *name) {
    for (int32_t i = 0; i < tt_model_n_columns(model); i++)
        if (strcmp(tt_model_column_name(model, i), name) == 0)
            return i;
    return -1;
}

int32_t tt_model_n_outputs(const tt_model *model) {
    return tt_dataset_n_outputs(model->preparation);
}

const float *tt_model_forward(tt_model *model, int32_t n, const float *x, double *predictions) {
    const float *outputs = tt_network_forward(&model->network, n, x, NULL);
    if (predictions)
        tt_interpret(&model->plan, model->preparation, n, model->network.n_outputs, outputs,
                     model->linked, predictions);
    return outputs;
}

const char *tt_model_output_name(const tt_model *model, int32_t output) {
    const tt_dataset *preparation = model->preparation;
    tt_task task = tt_dataset_task(preparation);
    if (task & TT_CLASSIFICATION)
        return tt_dataset_class_name(preparation, task == TT_BINARY ? 1 : output);
    return tt_dataset_target_name(preparation, output);
}

static void add_labels(tt_text *json, const tt_dataset *preparation) {
    int32_t n = tt_dataset_task(preparation) == TT_MULTILABEL ? preparation->n_targets : 0;
    tt_text_add(json, ",\"labels\":[");
    for (int32_t t = 0; t < n; t++)
        tt_text_add(json, "%s{\"name\":%j,\"no\":%j,\"yes\":%j}", t ? "," : "",
                    tt_dataset_target_name(preparation, t),
                    tt_dataset_label_value(preparation, t, false),
                    tt_dataset_label_value(preparation, t, true));
    tt_text_add(json, "]");
}

char *tt_model_json(const tt_model *model) {
    const tt_dataset *preparation = model->preparation;
    char *settings = tt_config_text(model->config);
    char *image = tt_image_json(preparation, model->config, NULL);
    tt_text json = {.failed = !settings};
    tt_text_add(&json, "{\"task\":%j,\"loss\":%j,\"metric\":%j,\"n_parameters\":%l",
                tt_task_key(preparation->task), model->plan.loss->about.key,
                model->plan.metric->about.key, model->network.n_parameters);
    tt_text_add(&json, ",\"n_outputs\":%i,\"outputs\":[", tt_model_n_outputs(model));
    for (int32_t i = 0; i < tt_model_n_outputs(model); i++)
        tt_text_add(&json, i ? ",%j" : "%j", tt_model_output_name(model, i));
    tt_text_add(&json, "]");
    tt_add_names_json(&json, "targets", preparation->n_targets, preparation->target_names);
    tt_add_names_json(&json, "classes", preparation->n_classes, preparation->class_names);
    add_labels(&json, preparation);
    tt_add_columns_json(&json, preparation);
    tt_text_add(&json, ",\"image\":%s", image ? image : "null");
    tt_text_add(&json, ",\"settings\":%j}", settings ? settings : "");
    tt_free_text(settings);
    tt_free_text(image);
    return tt_text_finish(&json);
}
