#include "text.h"
#include "trainer-state.h"

void tt_layer_name(const tt_network *network, int32_t l, char *name, size_t size) {
    if (l + 1 < network->n_layers)
        tt_format(name, size, "hidden %i", (int)l + 1);
    else
        tt_format(name, size, "output");
}

void tt_tensor_name(const tt_network *network, int32_t index, char *name, size_t size) {
    static const char *const parts[] = {"weight", "bias", "scale", "shift", "slope"};
    int64_t offset = network->spans[index].offset;
    int32_t l = 0;
    while (l + 1 < network->n_layers && network->layers[l + 1].weight <= offset)
        l++;
    const tt_layer *layer = &network->layers[l];
    const int64_t offsets[] = {layer->weight, layer->bias, layer->scale, layer->shift,
                               layer->slope};
    char layer_text[16];
    tt_layer_name(network, l, layer_text, sizeof layer_text);
    for (int32_t part = 0; part < 5; part++)
        if (offsets[part] == offset)
            tt_format(name, size, "%s %s", layer_text, parts[part]);
}
