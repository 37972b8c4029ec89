/* Backpropagation against central differences of the naive twin in double. */

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

/* What a check needs beside the trainer: the parameters in double, room for the naive twin, and
 * what the forward pass would otherwise change. */
typedef struct checker {
    tt_trainer *trainer;
    int32_t n_rows;
    const float *x;
    double weight; /* of the rows */
    double *parameters, *room;
    float *running;
} checker;

static double penalties(const checker *check) {
    const tt_trainer *trainer = check->trainer;
    double sum = 0;
    for (int32_t r = 0; r < trainer->plan.n_regularizers; r++) {
        const tt_regularizer *row = trainer->plan.regularizers[r].row;
        for (int32_t s = 0; row->reference_penalty && s < trainer->network.n_spans; s++) {
            const tt_span *span = &trainer->network.spans[s];
            sum += row->reference_penalty(trainer->plan.regularizers[r].params, span,
                                          check->parameters + span->offset);
        }
    }
    return sum;
}

static double objective(const checker *check) {
    const tt_trainer *trainer = check->trainer;
    double loss = tt_network_reference_loss(&trainer->network, check->parameters,
                                            trainer->plan.loss, trainer->plan.loss_params,
                                            check->n_rows, check->x, trainer->y, check->room);
    return loss / check->weight + penalties(check);
}

static double central_difference(const checker *check, int64_t index) {
    double *w = &check->parameters[index], at = *w;
    double h = 1e-6 * (at > 1 ? at : at < -1 ? -at : 1);
    *w = at + h;
    double up = objective(check);
    *w = at - h;
    double down = objective(check);
    *w = at;
    return (up - down) / (2 * h);
}

/* One pass as in training; masks are drawn, but the run's own random numbers and running statistics
 * stay. */
static void backpropagate(const checker *check) {
    tt_trainer *trainer = check->trainer;
    tt_network *network = &trainer->network;
    tt_random dropout = trainer->state.dropout;
    memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
    const float *outputs = tt_network_forward(network, check->n_rows, check->x, &dropout);
    tt_loss_of(trainer, check->n_rows, trainer->y, outputs, (float)(1 / check->weight),
               network->d_outputs);
    tt_network_backward(network, check->n_rows, check->x);
    double penalties[TT_MAX_PENALTIES];
    tt_add_penalties(trainer, penalties);
    memcpy(network->running, check->running, (size_t)network->n_running * sizeof(float));
}

static double magnitude(double x) {
    return x < 0 ? -x : x;
}

static double largest_gradient(const tt_network *network) {
    double most = 0;
    for (int64_t i = 0; i < network->n_parameters; i++) {
        double size = magnitude((double)network->gradient[i]);
        most = size > most ? size : most;
    }
    return most;
}

/* Errors are relative to the gradient itself, but not below a thousandth of the largest one, where
 * float has nothing left to tell. */
static tt_gradient_check check_tensor(const checker *check, int32_t index, int64_t most,
                                      double largest) {
    const tt_network *network = &check->trainer->network;
    const tt_span *span = &network->spans[index];
    int64_t size = tt_span_size(span), stride = (size + most - 1) / most;
    tt_gradient_check result = {.worst = -1};
    tt_tensor_name(network, index, result.name, sizeof result.name);
    for (int64_t i = 0; i < size; i += stride, result.n_checked++) {
        double found = (double)network->gradient[span->offset + i];
        double expected = central_difference(check, span->offset + i);
        double scale = magnitude(expected) > 1e-3 * largest ? magnitude(expected) : 1e-3 * largest;
        double error = scale > 0 ? magnitude(found - expected) / scale : 0;
        if (error <= result.worst)
            continue;
        result.worst = error;
        result.row = (int32_t)(i % span->n_out);
        result.column = (int32_t)(i / span->n_out);
        result.backpropagated = found;
        result.difference = expected;
    }
    return result;
}

tt_status tt_trainer_check_gradient(tt_trainer *trainer, int32_t n_rows, int32_t most_per_tensor,
                                    tt_gradient_check *checks, tt_error *error) {
    tt_network *network = &trainer->network;
    int64_t rows = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    rows = rows < n_rows ? rows : n_rows;
    rows = rows < network->chunk_rows ? rows : network->chunk_rows;
    size_t n = (size_t)network->n_parameters, n_running = (size_t)network->n_running;
    checker check = {.trainer = trainer, .n_rows = (int32_t)rows};
    check.parameters = malloc(n * sizeof(double));
    check.room = malloc(tt_network_reference_room(network, check.n_rows) * sizeof(double));
    check.running = malloc((n_running + 1) * sizeof(float));
    tt_status status = TT_OK;
    if (check.parameters && check.room && check.running) {
        for (size_t i = 0; i < n; i++)
            check.parameters[i] = (double)network->parameters[i];
        memcpy(check.running, network->running, n_running * sizeof(float));
        check.x = tt_take_rows(trainer, TT_TRAINING, NULL, 0, check.n_rows);
        check.weight = tt_weight_of(trainer, TT_TRAINING, NULL, 0, check.n_rows);
        backpropagate(&check);
        double largest = largest_gradient(network);
        for (int32_t i = 0; i < network->n_spans; i++)
            checks[i] = check_tensor(&check, i, most_per_tensor, largest);
    } else {
        status = tt_fail(error, TT_NO_MEMORY, "There is no memory left to check the gradient.");
    }
    free(check.parameters);
    free(check.room);
    free(check.running);
    return status;
}

char *tt_trainer_gradient_json(tt_trainer *trainer, int32_t n_rows, int32_t most_per_tensor,
                               tt_error *error) {
    tt_gradient_check checks[TT_MAX_SPANS];
    if (tt_trainer_check_gradient(trainer, n_rows, most_per_tensor, checks, error) != TT_OK)
        return NULL;
    tt_text json = {0};
    tt_text_add(&json, "[");
    for (int32_t i = 0; i < tt_trainer_n_tensors(trainer); i++) {
        const tt_gradient_check *check = &checks[i];
        tt_text_add(&json,
                    "%s{\"name\":%j,\"n_checked\":%l,\"worst\":%n,\"row\":%i,\"column\":%i,"
                    "\"backpropagated\":%n,\"difference\":%n}",
                    i > 0 ? "," : "", check->name, check->n_checked, check->worst, (int)check->row,
                    (int)check->column, check->backpropagated, check->difference);
    }
    tt_text_add(&json, "]");
    return tt_text_finish(&json);
}
