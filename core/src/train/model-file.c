/* The layout, in the terms of bytes.h:
 *
 *   "tabmodel", version, size of the rest after the checksum, checksum of it
 *   settings as the text of a .cfg file
 *   the preparation (preparation.c)
 *   n_parameters, parameters: tensor after tensor as in tt_trainer_parameters
 *   n_running, running means and variances of batch normalization */

#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "model-state.h"
#include "preparation.h"
#include "trainer-state.h"

enum { VERSION = 1, HEADER_BYTES = 8 + 4 + 8 + 8 };

static const char magic[8] = "tabmodel";

static bool put_parameters(const tt_network *network, const float *weights, tt_text *bytes) {
    float *values = malloc((size_t)network->n_parameters * sizeof *values);
    if (!values)
        return false;
    tt_network_export(network, weights, values);
    tt_put_u64(bytes, (uint64_t)network->n_parameters);
    tt_put_floats(bytes, network->n_parameters, values);
    free(values);
    tt_put_u32(bytes, (uint32_t)network->n_running);
    tt_put_floats(bytes, network->n_running, weights + network->n_parameters);
    return true;
}

/* The settings of the run as a .cfg text, with how the columns were read; NULL without memory. */
static char *settings_of(const tt_trainer *trainer) {
    tt_config *config = tt_config_copy(trainer->config);
    bool good = config && tt_pin_reading(trainer->dataset, config);
    char *text = good ? tt_config_text(config) : NULL;
    tt_config_free(config);
    return text;
}

bool tt_model_write(const tt_trainer *trainer, const float *weights, tt_text *bytes) {
    tt_text rest = {0};
    char *settings = settings_of(trainer);
    bool good = settings != NULL;
    if (good) {
        tt_put_text(&rest, settings);
        tt_preparation_write(trainer->dataset, &rest);
        good = put_parameters(&trainer->network, weights, &rest) && !rest.failed;
    }
    tt_free_text(settings);
    if (good) {
        tt_text_add_bytes(bytes, magic, sizeof magic);
        tt_put_u32(bytes, VERSION);
        tt_put_u64(bytes, rest.size);
        tt_put_u64(bytes, tt_checksum(rest.bytes, rest.size));
        tt_text_add_bytes(bytes, rest.bytes, rest.size);
    }
    free(rest.bytes);
    return good && !bytes->failed;
}

static tt_status no_memory(tt_error *error) {
    return tt_fail(error, TT_NO_MEMORY, "There is no memory left for the model.");
}

static tt_status damaged(tt_error *error) {
    return tt_fail(error, TT_BAD_DATA,
                   "This model file is damaged. Download or copy it once more.");
}

static tt_status read_header(const tt_text *bytes, tt_reader *reader, tt_error *error) {
    *reader = (tt_reader){(const unsigned char *)bytes->bytes, bytes->size, false};
    if (bytes->size < sizeof magic || memcmp(bytes->bytes, magic, sizeof magic) != 0)
        return tt_fail(error, TT_BAD_DATA,
                       "This file is not a model of tabtrain. Choose one that was saved here.");
    tt_get_u32(reader), tt_get_u32(reader);
    uint32_t version = tt_get_u32(reader);
    uint64_t size = tt_get_u64(reader), checksum = tt_get_u64(reader);
    if (!reader->failed && version != VERSION)
        return tt_fail(error, TT_BAD_DATA,
                       "This model file has format %l; this version of tabtrain reads format %i.",
                       (int64_t)version, VERSION);
    if (reader->failed || reader->left < size)
        return tt_fail(error, TT_BAD_DATA,
                       "This model file is cut off: it has %l of %l bytes. Copy it once more.",
                       (int64_t)bytes->size, (int64_t)(size + HEADER_BYTES));
    if (reader->left > size || tt_checksum(reader->at, reader->left) != checksum)
        return damaged(error);
    return TT_OK;
}

static tt_status read_config(tt_model *model, tt_reader *reader, tt_error *error) {
    tt_text text = {0};
    size_t size = tt_get_text(reader, &text);
    model->config = tt_config_new();
    tt_status status = TT_OK;
    if (reader->failed)
        status = damaged(error);
    else if (text.failed || !model->config)
        status = no_memory(error);
    else
        status = tt_config_read(model->config, text.bytes, size, error);
    free(text.bytes);
    return status;
}

static void lay_out(tt_model *model) {
    tt_network *network = &model->network;
    tt_shape_network(network, &model->plan, model->preparation, 0);
    tt_network_lay_out(network, &model->kept, &model->scratch);
    size_t rows = (size_t)network->chunk_rows;
    model->x = tt_arena_take(&model->scratch, rows * (size_t)network->n_inputs, sizeof(float));
    model->linked =
        tt_arena_take(&model->scratch, rows * (size_t)network->n_outputs, sizeof(float));
}

/* The bytes that are left must be as many as the network needs, before it gets any memory. */
static tt_status read_weights(tt_model *model, tt_reader *reader, tt_error *error) {
    tt_network *network = &model->network;
    lay_out(model);
    uint64_t n = tt_get_u64(reader);
    uint64_t needed = (n + (uint64_t)network->n_running + 1) * sizeof(float);
    if (reader->failed || n != (uint64_t)network->n_parameters || reader->left != needed)
        return tt_fail(error, TT_BAD_DATA,
                       "The weights in this model file do not fit its settings.");
    float *values = malloc((size_t)n * sizeof *values);
    if (!values || !tt_arena_reserve(&model->kept) || !tt_arena_reserve(&model->scratch)) {
        free(values);
        return no_memory(error);
    }
    lay_out(model);
    tt_get_floats(reader, (int64_t)n, values);
    tt_network_import(network, values, network->parameters);
    free(values);
    if (tt_get_u32(reader) != (uint32_t)network->n_running)
        return damaged(error);
    tt_get_floats(reader, network->n_running, network->running);
    tt_network_touch(network);
    return TT_OK;
}

tt_status tt_model_read(tt_model *model, tt_error *error) {
    tt_reader reader;
    tt_status status = read_header(&model->bytes, &reader, error);
    if (status == TT_OK)
        status = read_config(model, &reader, error);
    if (status != TT_OK)
        return status;
    model->preparation = tt_preparation_read(&reader, error);
    if (!model->preparation)
        return TT_BAD_DATA;
    status = tt_plan_read(&model->plan, model->config, tt_dataset_task(model->preparation), error);
    if (status == TT_OK)
        status =
            tt_plan_check_outputs(&model->plan, tt_dataset_n_outputs(model->preparation), error);
    return status == TT_OK ? read_weights(model, &reader, error) : status;
}
