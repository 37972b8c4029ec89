#include <math.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

static bool all_finite(int64_t n, const float *x) {
    for (int64_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return false;
    return true;
}

/* The first tensor of a flat array with a value that is not finite; -1 when there is none. */
static int32_t find_tensor(const tt_network *network, const float *flat) {
    for (int32_t s = 0; s < network->n_spans; s++)
        if (!all_finite(tt_span_size(&network->spans[s]), flat + network->spans[s].offset))
            return s;
    return -1;
}

static void find_origin(const tt_network *network, int32_t rows, char *text, size_t size) {
    char name[24];
    int32_t tensor = find_tensor(network, network->parameters);
    if (tensor >= 0) {
        tt_tensor_name(network, tensor, name, sizeof name);
        tt_format(text, size, "in the tensor \"%s\"", name);
        return;
    }
    for (int32_t l = 0; l < network->n_layers; l++) {
        if (all_finite((int64_t)rows * network->layers[l].n_out, network->layers[l].output))
            continue;
        tt_layer_name(network, l, name, sizeof name);
        tt_format(text, size, "in the activations of layer \"%s\"", name);
        return;
    }
    tensor = find_tensor(network, network->gradient);
    if (tensor >= 0)
        tt_tensor_name(network, tensor, name, sizeof name);
    tt_format(text, size, tensor >= 0 ? "in the gradient of \"%s\"" : "in the loss itself", name);
}

tt_status tt_diverge(tt_trainer *trainer, const char *what, int32_t rows) {
    const tt_progress *p = &trainer->state.progress;
    char origin[80];
    find_origin(&trainer->network, rows, origin, sizeof origin);
    int64_t step = rows > 0 ? p->step + 1 : p->step;
    tt_fail(
        &trainer->state.failure, TT_DIVERGED,
        "The run diverged at step %l (epoch %l): the %s is not finite, first seen %s. The weights "
        "of step %l are back. Try a lower learning rate, clipping, or scaled features.",
        step, step > 0 ? (step - 1) / p->steps_per_epoch + 1 : 0, what, origin,
        trainer->state.good_step);
    tt_put_weights(trainer, trainer->good);
    return TT_DIVERGED;
}
