#include <math.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

static int64_t first_not_finite(int64_t n, const float *x) {
    for (int64_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return i;
    return -1;
}

static double largest_finite(int64_t n, const float *x) {
    double most = 0;
    for (int64_t i = 0; i < n; i++) {
        double size = x[i] < 0 ? -(double)x[i] : (double)x[i];
        most = isfinite(size) && size > most ? size : most;
    }
    return most;
}

static int32_t layer_of(const tt_network *network, const tt_span *span) {
    int32_t l = 0;
    while (l + 1 < network->n_layers && network->layers[l + 1].weight <= span->offset)
        l++;
    return l;
}

/* Looks for a tensor with a value that is not finite: from the first layer up as weights are used,
 * or from the last one down as gradients are made. */
static bool find_tensor(const tt_network *network, const float *flat, bool upwards,
                        tt_autopsy *autopsy) {
    int32_t found = -1;
    for (int32_t s = 0; s < network->n_spans; s++) {
        const tt_span *span = &network->spans[s];
        bool later = found >= 0 && (upwards || layer_of(network, span) ==
                                                   layer_of(network, &network->spans[found]));
        if (!later && first_not_finite(tt_span_size(span), flat + span->offset) >= 0)
            found = s;
    }
    if (found < 0)
        return false;
    autopsy->layer = layer_of(network, &network->spans[found]);
    tt_tensor_name(network, found, autopsy->tensor, sizeof autopsy->tensor);
    return true;
}

/* The loss of row i of the chunk at hand. */
static double row_loss(const tt_trainer *trainer, int32_t i) {
    const tt_network *network = &trainer->network;
    int32_t outputs = network->n_outputs;
    const tt_rows rows = {.n = 1,
                          .outputs = outputs,
                          .z = network->layers[network->n_layers - 1].output + i * outputs,
                          .y = trainer->y + i * tt_targets_per_row(trainer),
                          .weight = trainer->weight ? trainer->weight + i : NULL,
                          .scale = 1};
    return trainer->plan.loss->evaluate(trainer->plan.loss_params, &rows);
}

static void blame_row(tt_trainer *trainer, const uint32_t *order, int64_t position, double loss) {
    tt_autopsy *autopsy = &trainer->state.autopsy;
    autopsy->row = order ? (int64_t)order[position] : position;
    autopsy->table_row = tt_dataset_source_row(trainer->dataset, autopsy->part, autopsy->row);
    autopsy->row_loss = loss;
}

static bool find_in_activations(tt_trainer *trainer, const uint32_t *order, int64_t first,
                                int32_t rows) {
    tt_network *network = &trainer->network;
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        int64_t at = first_not_finite((int64_t)rows * layer->n_out, layer->output);
        if (at < 0)
            continue;
        int32_t i = (int32_t)(at / layer->n_out);
        trainer->state.autopsy.origin = TT_ORIGIN_ACTIVATION;
        trainer->state.autopsy.layer = l;
        blame_row(trainer, order, first + i, row_loss(trainer, i));
        return true;
    }
    return false;
}

/* The first row with a loss that is not finite; else blames the one with the largest loss so far.
 */
static bool find_in_losses(tt_trainer *trainer, const uint32_t *order, int64_t first, int32_t rows,
                           double *largest) {
    for (int32_t i = 0; i < rows; i++) {
        double loss = row_loss(trainer, i);
        bool failed = !isfinite(loss);
        if (failed || loss > *largest)
            blame_row(trainer, order, first + i, loss);
        if (failed) {
            trainer->state.autopsy.origin = TT_ORIGIN_LOSS;
            trainer->state.autopsy.layer = trainer->network.n_layers - 1;
            return true;
        }
        *largest = loss > *largest ? loss : *largest;
    }
    return false;
}

static void measure_layer(tt_trainer *trainer, int32_t rows) {
    const tt_layer *layer = &trainer->network.layers[trainer->state.autopsy.layer];
    trainer->state.autopsy.largest = largest_finite((int64_t)rows * layer->n_out, layer->output);
}

static void begin_autopsy(tt_trainer *trainer, tt_part part) {
    trainer->state.autopsy =
        (tt_autopsy){.part = part, .row = -1, .table_row = -1, .row_loss = NAN, .largest = NAN};
}

/* Rows that all weigh nothing have no mean loss. */
static void blame_no_row(tt_trainer *trainer) {
    begin_autopsy(trainer, trainer->state.evaluation.part);
    trainer->state.autopsy.origin = TT_ORIGIN_LOSS;
    trainer->state.autopsy.layer = trainer->network.n_layers - 1;
}

bool tt_find_fault(tt_trainer *trainer, tt_part part, int64_t first, int32_t rows) {
    double largest = -INFINITY;
    begin_autopsy(trainer, part);
    bool found = find_in_activations(trainer, NULL, first, rows) ||
                 find_in_losses(trainer, NULL, first, rows, &largest);
    if (found)
        measure_layer(trainer, rows);
    return found;
}

/* Goes through the batch once more, with the same random numbers and so the same bits, until a
 * number is not finite. */
static void replay_batch(tt_trainer *trainer) {
    tt_state *state = &trainer->state;
    tt_network *network = &trainer->network;
    int64_t end = state->row, rows_seen = state->progress.rows_seen;
    double largest = -INFINITY, penalties[TT_MAX_PENALTIES];
    bool found = false;
    begin_autopsy(trainer, TT_TRAINING);
    state->row = state->batch_start.row;
    state->row_in_batch = 0;
    state->dropout = state->batch_start.dropout;
    state->augmentation = state->batch_start.augmentation;
    memset(network->gradient, 0, (size_t)network->n_parameters * sizeof(float));
    while (state->row < end && !found) {
        int64_t first = state->row, left = end - first;
        int32_t rows = (int32_t)(left < network->chunk_rows ? left : network->chunk_rows);
        tt_train_chunk(trainer, rows);
        found = find_in_activations(trainer, trainer->order, first, rows) ||
                find_in_losses(trainer, trainer->order, first, rows, &largest);
        if (!found && find_tensor(network, network->gradient, false, &state->autopsy)) {
            state->autopsy.origin = TT_ORIGIN_GRADIENT;
            found = true;
        }
        if (found)
            measure_layer(trainer, rows);
    }
    if (!found) {
        begin_autopsy(trainer, TT_TRAINING);
        state->autopsy.origin = TT_ORIGIN_GRADIENT;
        tt_add_penalties(trainer, penalties);
        find_tensor(network, network->gradient, false, &state->autopsy);
    }
    state->row = end;
    state->row_in_batch = 0;
    state->progress.rows_seen = rows_seen;
}

static void describe(const tt_autopsy *autopsy, char *text, size_t size) {
    int64_t row = autopsy->table_row + 1;
    switch (autopsy->origin) {
    case TT_ORIGIN_ACTIVATION:
        tt_format(text, size, "in the activations of layer \"%s\", at row %l of the table",
                  autopsy->layer_name, row);
        break;
    case TT_ORIGIN_LOSS:
        if (row > 0)
            tt_format(text, size, "in the loss itself, at row %l of the table", row);
        else
            tt_format(text, size, "in the loss itself");
        break;
    case TT_ORIGIN_GRADIENT:
        if (row > 0)
            tt_format(text, size, "in the gradient of \"%s\", at row %l of the table",
                      autopsy->tensor, row);
        else
            tt_format(text, size, "in the gradient of \"%s\"", autopsy->tensor);
        break;
    case TT_ORIGIN_WEIGHT:
        tt_format(text, size, "in the tensor \"%s\"", autopsy->tensor);
        break;
    }
}

static void write_message(const tt_autopsy *autopsy, const char *what, tt_error *failure) {
    char origin[128];
    describe(autopsy, origin, sizeof origin);
    if (autopsy->step == 0)
        tt_fail(failure, TT_DIVERGED,
                "The run cannot begin: before its first step the %s is not finite, first seen %s. "
                "Look for a number that is far too large there, or scale features and target.",
                what, origin);
    else
        tt_fail(failure, TT_DIVERGED,
                "The run diverged at step %l (epoch %l): the %s is not finite, first seen %s. The "
                "weights of step %l are back. Try a lower learning rate, clipping, or scaled "
                "features.",
                autopsy->step, autopsy->epoch, what, origin, autopsy->good_step);
}

tt_status tt_diverge(tt_trainer *trainer, const char *what, bool evaluating) {
    const tt_progress *p = &trainer->state.progress;
    tt_autopsy *autopsy = &trainer->state.autopsy;
    tt_autopsy weights = {
        .origin = TT_ORIGIN_WEIGHT, .row = -1, .table_row = -1, .row_loss = NAN, .largest = NAN};
    bool weight = find_tensor(&trainer->network, trainer->network.parameters, true, &weights);
    if (weight)
        *autopsy = weights;
    else if (!evaluating)
        replay_batch(trainer);
    else if (!trainer->state.evaluation.failed)
        blame_no_row(trainer);
    autopsy->step = evaluating || weight ? p->step : p->step + 1;
    autopsy->epoch = autopsy->step > 0 ? (autopsy->step - 1) / p->steps_per_epoch + 1 : 0;
    autopsy->good_step = trainer->state.good_step;
    autopsy->evaluating = evaluating;
    tt_layer_name(&trainer->network, autopsy->layer, autopsy->layer_name,
                  sizeof autopsy->layer_name);
    tt_copy_vitals(trainer, autopsy);
    write_message(autopsy, what, &trainer->state.failure);
    tt_put_weights(trainer, trainer->good);
    return TT_DIVERGED;
}
