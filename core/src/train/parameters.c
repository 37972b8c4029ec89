#include <assert.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

int32_t tt_trainer_n_tensors(const tt_trainer *trainer) {
    return trainer->network.n_spans;
}

void tt_trainer_tensor(const tt_trainer *trainer, int32_t index, tt_tensor *tensor) {
    assert(index >= 0 && index < tt_trainer_n_tensors(trainer));
    const tt_span *span = &trainer->network.spans[index];
    tt_tensor_name(&trainer->network, index, tensor->name, sizeof tensor->name);
    tensor->shape[0] = span->n_out;
    tensor->shape[1] = span->n_in;
    tensor->offset = span->offset;
}

int64_t tt_trainer_n_parameters(const tt_trainer *trainer) {
    return trainer->network.n_parameters;
}

void tt_trainer_parameters(const tt_trainer *trainer, float *values) {
    tt_network_export(&trainer->network, trainer->network.parameters, values);
}

void tt_trainer_set_parameters(tt_trainer *trainer, const float *values) {
    tt_network_import(&trainer->network, values, trainer->network.parameters);
    tt_network_touch(&trainer->network);
}

void tt_keep_weights(const tt_trainer *trainer, bool averaged, float *weights) {
    const tt_network *network = &trainer->network;
    size_t n = (size_t)network->n_parameters;
    const float *from =
        averaged && trainer->state.averaged_is_current ? trainer->averaged : network->parameters;
    memcpy(weights, from, n * sizeof *weights);
    memcpy(weights + n, network->running, (size_t)network->n_running * sizeof *weights);
}

void tt_put_weights(tt_trainer *trainer, const float *weights) {
    tt_network *network = &trainer->network;
    size_t n = (size_t)network->n_parameters;
    memcpy(network->parameters, weights, n * sizeof *weights);
    memcpy(network->running, weights + n, (size_t)network->n_running * sizeof *weights);
    trainer->state.averaged_is_current = false;
    tt_network_touch(network);
}

void tt_trainer_restore_best(tt_trainer *trainer) {
    tt_put_weights(trainer, trainer->best);
}

static uint64_t hash_value(uint64_t hash, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    for (int byte = 0; byte < 4; byte++)
        hash = (hash ^ (bits >> (8 * byte) & 0xff)) * 0x100000001b3u;
    return hash;
}

uint64_t tt_trainer_hash(const tt_trainer *trainer) {
    const tt_network *network = &trainer->network;
    uint64_t hash = 0xcbf29ce484222325u;
    for (int32_t s = 0; s < network->n_spans; s++) {
        const tt_span *span = &network->spans[s];
        for (int32_t o = 0; o < span->n_out; o++)
            for (int32_t i = 0; i < span->n_in; i++)
                hash = hash_value(hash,
                                  network->parameters[span->offset + (int64_t)i * span->n_out + o]);
    }
    return hash;
}

const tt_descriptor *tt_trainer_loss(const tt_trainer *trainer) {
    return &trainer->plan.loss->about;
}

const tt_descriptor *tt_trainer_metric(const tt_trainer *trainer) {
    return &trainer->plan.metric->about;
}

char *tt_trainer_json(const tt_trainer *trainer) {
    tt_text json = {0};
    tt_text_add(&json, "{\"loss\":%j,\"metric\":%j,\"n_parameters\":%l,\"tensors\":[",
                tt_trainer_loss(trainer)->key, tt_trainer_metric(trainer)->key,
                tt_trainer_n_parameters(trainer));
    for (int32_t i = 0; i < tt_trainer_n_tensors(trainer); i++) {
        tt_tensor tensor;
        tt_trainer_tensor(trainer, i, &tensor);
        tt_text_add(&json, "%s{\"name\":%j,\"shape\":[%i,%i],\"offset\":%l}", i > 0 ? "," : "",
                    tensor.name, (int)tensor.shape[0], (int)tensor.shape[1], tensor.offset);
    }
    tt_text_add(&json, "]}");
    return tt_text_finish(&json);
}
