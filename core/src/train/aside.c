#include "aside.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

tt_status tt_aside_begin(tt_aside *aside, tt_trainer *trainer, tt_error *error) {
    tt_network *network = &trainer->network;
    size_t n_running = (size_t)network->n_running * sizeof(float);
    float *gradient = calloc((size_t)network->n_parameters, sizeof *gradient);
    float *running = malloc(n_running + 1);
    if (!gradient || !running) {
        free(gradient);
        free(running);
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left to look into the network.");
    }
    *aside = (tt_aside){trainer, network->gradient, running, trainer->state.dropout, {0}};
    memcpy(running, network->running, n_running);
    network->gradient = gradient;
    for (int32_t l = 0; l < TT_MAX_HIDDEN; l++) {
        aside->given[l] = network->layers[l].given;
        network->layers[l].given = NULL;
    }
    return TT_OK;
}

void tt_aside_end(tt_aside *aside) {
    tt_network *network = &aside->trainer->network;
    free(network->gradient);
    network->gradient = aside->gradient;
    memcpy(network->running, aside->running, (size_t)network->n_running * sizeof(float));
    free(aside->running);
    for (int32_t l = 0; l < TT_MAX_HIDDEN; l++)
        network->layers[l].given = aside->given[l];
}

const float *tt_aside_gradient(tt_aside *aside, tt_part part, int64_t first, int32_t n,
                               double weight, int32_t last) {
    tt_trainer *trainer = aside->trainer;
    tt_network *network = &trainer->network;
    const float *x = tt_take_rows(trainer, part, NULL, first, n);
    const float *outputs = tt_network_forward(network, n, x, &aside->dropout);
    tt_loss_of(trainer, n, trainer->y, outputs, (float)(1 / weight), network->d_outputs);
    return tt_network_backward_to(network, n, x, last);
}
