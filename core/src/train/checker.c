#include "checker.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

static double penalties(const tt_checker *checker) {
    const tt_trainer *trainer = checker->aside.trainer;
    double sum = 0;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        for (int32_t s = 0; row->reference_penalty && s < trainer->network.n_spans; s++) {
            const tt_span *span = &trainer->network.spans[s];
            sum += row->reference_penalty(trainer->plan.regularizers[r].params, span,
                                          checker->parameters + span->offset);
        }
    }
    return sum;
}

static double objective(const tt_checker *checker) {
    const tt_trainer *trainer = checker->aside.trainer;
    double loss = tt_network_reference_loss(&trainer->network, checker->parameters,
                                            trainer->plan.loss, trainer->plan.loss_params,
                                            checker->n_rows, checker->x, trainer->y, checker->room);
    return loss / checker->weight + penalties(checker);
}

tt_difference tt_checker_difference(const tt_checker *checker, int64_t index) {
    double *w = &checker->parameters[index], at = *w;
    tt_difference result = {.step = 1e-6 * (at > 1 ? at : at < -1 ? -at : 1)};
    *w = at + result.step;
    result.above = objective(checker);
    *w = at - result.step;
    result.below = objective(checker);
    *w = at;
    result.slope = (result.above - result.below) / (2 * result.step);
    return result;
}

const float *tt_checker_backpropagate(tt_checker *checker, int32_t last) {
    tt_network *network = &checker->aside.trainer->network;
    memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
    return tt_aside_gradient(&checker->aside, TT_TRAINING, 0, checker->n_rows, checker->weight,
                             last);
}

tt_status tt_checker_begin(tt_checker *checker, tt_trainer *trainer, int32_t n_rows,
                           tt_error *error) {
    const tt_network *network = &trainer->network;
    int64_t rows = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    rows = rows < n_rows ? rows : n_rows;
    rows = rows < network->chunk_rows ? rows : network->chunk_rows;
    size_t n = (size_t)network->n_parameters;
    size_t room = tt_network_reference_room(network, (int32_t)rows);
    *checker = (tt_checker){.n_rows = (int32_t)rows,
                            .weight = tt_weight_of(trainer, TT_TRAINING, NULL, 0, (int32_t)rows),
                            .parameters = malloc(n * sizeof(double)),
                            .room = malloc(room * sizeof(double))};
    bool good = checker->parameters && checker->room;
    if (!good || tt_aside_begin(&checker->aside, trainer, error) != TT_OK) {
        free(checker->parameters);
        free(checker->room);
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left to check the gradient.");
    }
    checker->x = tt_take_rows(trainer, TT_TRAINING, NULL, 0, checker->n_rows);
    for (size_t i = 0; i < n; i++)
        checker->parameters[i] = (double)network->parameters[i];
    return TT_OK;
}

void tt_checker_end(tt_checker *checker) {
    tt_aside_end(&checker->aside);
    free(checker->parameters);
    free(checker->room);
}
