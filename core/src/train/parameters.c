#include <assert.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

int32_t tt_trainer_n_tensors(const tt_trainer *trainer) {
    return 2 * trainer->network.n_layers;
}

void tt_trainer_tensor(const tt_trainer *trainer, int32_t index, tt_tensor *tensor) {
    assert(index >= 0 && index < tt_trainer_n_tensors(trainer));
    const tt_layer *layer = &trainer->network.layers[index / 2];
    bool weight = index % 2 == 0;
    tt_tensor_name(&trainer->network, index, tensor->name, sizeof tensor->name);
    tensor->shape[0] = layer->n_out;
    tensor->shape[1] = weight ? layer->n_in : 1;
    tensor->offset = weight ? layer->weight : layer->bias;
}

int64_t tt_trainer_n_parameters(const tt_trainer *trainer) {
    return trainer->network.n_parameters;
}

void tt_trainer_parameters(const tt_trainer *trainer, float *values) {
    tt_network_export(&trainer->network, values);
}

void tt_trainer_set_parameters(tt_trainer *trainer, const float *values) {
    tt_network_import(&trainer->network, values);
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
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        const float *w = network->parameters + layer->weight;
        for (int32_t o = 0; o < layer->n_out; o++)
            for (int32_t i = 0; i < layer->n_in; i++)
                hash = hash_value(hash, w[(int64_t)i * layer->n_out + o]);
        for (int32_t o = 0; o < layer->n_out; o++)
            hash = hash_value(hash, network->parameters[layer->bias + o]);
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
