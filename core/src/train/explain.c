/* The arithmetic of one parameter. As JSON:
 *
 * {"name", "row", "column", "value", "terms": [{"row", "table_row", "input", "delta", "product"}],
 *  "sum", "weight", "penalty", "gradient", "step", "loss_above", "loss_below", "difference",
 *  "relative_error"} */

#include "tabtrain/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "checker.h"
#include "text.h"

/* A parameter, and the layer it belongs to. */
typedef struct place {
    const tt_span *span;
    int32_t layer, row, column;
    int64_t index; /* in the flat array */
} place;

static place find_place(const tt_network *network, int32_t tensor, int32_t row, int32_t column) {
    const tt_span *span = &network->spans[tensor];
    place at = {span, 0, row, column, span->offset + (int64_t)column * span->n_out + row};
    while (at.layer + 1 < network->n_layers && network->layers[at.layer + 1].weight <= span->offset)
        at.layer++;
    return at;
}

/* The terms of a weight or bias; how many there are. `delta` is what backpropagation leaves,
 * already divided by the weight of all rows. */
static int32_t write_terms(const tt_checker *checker, const place *at, const float *delta,
                           tt_term *terms) {
    tt_trainer *trainer = checker->aside.trainer;
    const tt_layer *layer = &trainer->network.layers[at->layer];
    bool weight = at->span->offset == layer->weight;
    if (!weight && at->span->offset != layer->bias)
        return 0;
    const float *inputs = at->layer > 0 ? layer[-1].output : checker->x;
    for (int32_t i = 0; i < checker->n_rows; i++) {
        double input = weight ? (double)inputs[(int64_t)i * layer->n_in + at->column] : 1;
        double own = (double)delta[(int64_t)i * layer->n_out + at->row] * checker->weight;
        terms[i] = (tt_term){.row = i,
                             .table_row = tt_dataset_source_row(trainer->dataset, TT_TRAINING, i),
                             .input = input,
                             .delta = own,
                             .product = input * own};
    }
    return checker->n_rows;
}

/* What the penalties add to a gradient of zero. */
static double penalty_gradient(tt_trainer *trainer, int64_t index) {
    tt_network *network = &trainer->network;
    double penalties[TT_MAX_PENALTIES];
    memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
    tt_add_penalties(trainer, penalties);
    return (double)network->gradient[index];
}

static double magnitude(double x) {
    return x < 0 ? -x : x;
}

static double relative_error(double a, double b) {
    double scale = magnitude(a) > magnitude(b) ? magnitude(a) : magnitude(b);
    return scale > 0 ? magnitude(a - b) / scale : 0;
}

static void work_out(tt_checker *checker, const place *at, tt_term *terms, tt_explanation *result) {
    tt_trainer *trainer = checker->aside.trainer;
    double penalties[TT_MAX_PENALTIES];
    const float *delta = tt_checker_backpropagate(checker, at->layer);
    result->n_terms = write_terms(checker, at, delta, terms);
    result->sum = result->n_terms > 0 ? 0 : NAN;
    for (int32_t i = 0; i < result->n_terms; i++)
        result->sum += terms[i].product;
    tt_add_penalties(trainer, penalties);
    result->gradient = (double)trainer->network.gradient[at->index];
    result->penalty = penalty_gradient(trainer, at->index);
    tt_difference difference = tt_checker_difference(checker, at->index);
    result->step = difference.step;
    result->loss_above = difference.above;
    result->loss_below = difference.below;
    result->difference = difference.slope;
    result->relative_error = relative_error(result->gradient, difference.slope);
}

tt_status tt_trainer_explain(tt_trainer *trainer, int32_t tensor, int32_t row, int32_t column,
                             int32_t n_rows, tt_term *terms, tt_explanation *explanation,
                             tt_error *error) {
    const tt_network *network = &trainer->network;
    bool exists = tensor >= 0 && tensor < network->n_spans && row >= 0 && column >= 0 &&
                  row < network->spans[tensor].n_out && column < network->spans[tensor].n_in;
    if (!exists || n_rows < 1)
        return tt_fail(error, TT_BAD_SETTING,
                       "There is no parameter in row %i, column %i of tensor %i, or no row of the "
                       "data to explain it by. Choose one of the network's weights.",
                       (int)row + 1, (int)column + 1, (int)tensor + 1);
    tt_checker checker;
    tt_status status = tt_checker_begin(&checker, trainer, n_rows, error);
    if (status != TT_OK)
        return status;
    place at = find_place(network, tensor, row, column);
    *explanation = (tt_explanation){.row = row,
                                    .column = column,
                                    .value = (double)network->parameters[at.index],
                                    .weight = checker.weight};
    tt_tensor_name(network, tensor, explanation->name, sizeof explanation->name);
    work_out(&checker, &at, terms, explanation);
    tt_checker_end(&checker);
    return TT_OK;
}

static void add_terms(tt_text *json, int32_t n, const tt_term *terms) {
    tt_text_add(json, ",\"terms\":[");
    for (int32_t i = 0; i < n; i++)
        tt_text_add(json,
                    "%s{\"row\":%l,\"table_row\":%l,\"input\":%n,\"delta\":%n,\"product\":%n}",
                    i > 0 ? "," : "", terms[i].row, terms[i].table_row, terms[i].input,
                    terms[i].delta, terms[i].product);
    tt_text_add(json, "]");
}

char *tt_trainer_explain_json(tt_trainer *trainer, int32_t tensor, int32_t row, int32_t column,
                              int32_t n_rows, tt_error *error) {
    int32_t most = n_rows < trainer->network.chunk_rows ? n_rows : trainer->network.chunk_rows;
    tt_term *terms = calloc((size_t)(most > 0 ? most : 1), sizeof *terms);
    tt_explanation e;
    if (!terms) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left to explain a weight.");
        return NULL;
    }
    if (tt_trainer_explain(trainer, tensor, row, column, most, terms, &e, error) != TT_OK) {
        free(terms);
        return NULL;
    }
    tt_text json = {0};
    tt_text_add(&json, "{\"name\":%j,\"row\":%i,\"column\":%i,\"value\":%n", e.name, (int)e.row,
                (int)e.column, e.value);
    add_terms(&json, e.n_terms, terms);
    tt_text_add(&json, ",\"sum\":%n,\"weight\":%n,\"penalty\":%n,\"gradient\":%n", e.sum, e.weight,
                e.penalty, e.gradient);
    tt_text_add(&json, ",\"step\":%n,\"loss_above\":%n,\"loss_below\":%n,\"difference\":%n", e.step,
                e.loss_above, e.loss_below, e.difference);
    tt_text_add(&json, ",\"relative_error\":%n}", e.relative_error);
    free(terms);
    return tt_text_finish(&json);
}
