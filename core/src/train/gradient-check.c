/* Backpropagation against central differences of the naive twin in double. */

#include "checker.h"
#include "text.h"

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
static tt_gradient_check check_tensor(const tt_checker *checker, int32_t index, int64_t most,
                                      double largest) {
    const tt_network *network = &checker->aside.trainer->network;
    const tt_span *span = &network->spans[index];
    int64_t size = tt_span_size(span), stride = (size + most - 1) / most;
    tt_gradient_check result = {.worst = -1};
    tt_tensor_name(network, index, result.name, sizeof result.name);
    for (int64_t i = 0; i < size; i += stride, result.n_checked++) {
        double found = (double)network->gradient[span->offset + i];
        double expected = tt_checker_difference(checker, span->offset + i).slope;
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
    tt_checker checker;
    double penalties[TT_MAX_PENALTIES];
    tt_status status = tt_checker_begin(&checker, trainer, n_rows, error);
    if (status != TT_OK)
        return status;
    tt_checker_backpropagate(&checker, 0);
    tt_add_penalties(trainer, penalties);
    double largest = largest_gradient(&trainer->network);
    for (int32_t i = 0; i < trainer->network.n_spans; i++)
        checks[i] = check_tensor(&checker, i, most_per_tensor, largest);
    tt_checker_end(&checker);
    return TT_OK;
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
