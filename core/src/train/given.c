#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

void tt_given_free(tt_given *given) {
    free(given->sizes);
    free(given->rows);
    *given = (tt_given){0};
}

static tt_status check_batches(const tt_trainer *trainer, int32_t n_batches, const int32_t *sizes,
                               const int32_t *rows, tt_error *error) {
    int64_t n_training = tt_dataset_n_rows(trainer->dataset, TT_TRAINING), n = 0;
    bool whole = false;
    for (int32_t l = 0; l < trainer->network.n_layers; l++)
        whole |= trainer->network.layers[l].norm == TT_NORM_BATCH;
    if (trainer->plan.optimizer->full_batch || trainer->state.progress.step > 0 || n_batches < 1)
        return tt_fail_key(error, "train.batch_size",
                           "Batches can be given before the first step only, one at least, and not "
                           "to an optimizer that takes all rows.");
    for (int32_t i = 0; i < n_batches; i++) {
        if (sizes[i] < 1 || (whole && sizes[i] > trainer->network.chunk_rows))
            return tt_fail_key(error, "train.batch_size",
                               "Batch %i has %i rows. It needs one at least, and with batch "
                               "normalization no more than train.batch_size.",
                               i, sizes[i]);
        n += sizes[i];
    }
    if (n > n_training)
        return tt_fail_key(error, "train.batch_size",
                           "The batches of an epoch have %l rows together, more than the %l there "
                           "are.",
                           n, n_training);
    for (int64_t i = 0; i < n; i++)
        if (rows[i] < 0 || rows[i] >= n_training)
            return tt_fail_key(error, "train.batch_size", "There is no training row %i.", rows[i]);
    return TT_OK;
}

tt_status tt_trainer_set_batches(tt_trainer *trainer, int32_t n_batches, const int32_t *sizes,
                                 const int32_t *rows, tt_error *error) {
    tt_given *given = &trainer->given;
    tt_status status = check_batches(trainer, n_batches, sizes, rows, error);
    if (status != TT_OK)
        return status;
    int64_t n = 0;
    for (int32_t i = 0; i < n_batches; i++)
        n += sizes[i];
    int32_t *new_sizes = malloc((size_t)n_batches * sizeof *new_sizes);
    uint32_t *new_rows = malloc((size_t)n * sizeof *new_rows);
    if (!new_sizes || !new_rows) {
        free(new_sizes);
        free(new_rows);
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left for the batches.");
    }
    memcpy(new_sizes, sizes, (size_t)n_batches * sizeof *new_sizes);
    for (int64_t i = 0; i < n; i++)
        new_rows[i] = (uint32_t)rows[i];
    free(given->sizes);
    free(given->rows);
    given->n_batches = n_batches;
    given->sizes = new_sizes;
    given->rows = new_rows;
    trainer->order = new_rows;
    trainer->epoch_rows = n;
    trainer->steps_per_epoch = n_batches;
    trainer->state.progress.steps_per_epoch = n_batches;
    trainer->state.progress.total_steps = trainer->plan.epochs * n_batches;
    return TT_OK;
}

static int64_t largest_batch(const tt_trainer *trainer) {
    const tt_given *given = &trainer->given;
    int64_t largest = given->n_batches > 0 ? 0 : trainer->batch_size;
    for (int32_t i = 0; i < given->n_batches; i++)
        largest = given->sizes[i] > largest ? given->sizes[i] : largest;
    return largest;
}

tt_status tt_trainer_set_masks(tt_trainer *trainer, int32_t hidden, int32_t n_steps, int32_t n_rows,
                               const float *masks, tt_error *error) {
    if (hidden < 0 || hidden >= trainer->plan.n_hidden ||
        trainer->network.layers[hidden].dropout == 0)
        return tt_fail_key(error, "model.dropout",
                           "Hidden layer %i has no dropout to give masks to.", hidden + 1);
    int64_t largest = largest_batch(trainer);
    if (masks && (n_steps < 1 || n_rows < largest))
        return tt_fail_key(error, "train.batch_size",
                           "A mask needs a row for each of the %l rows of a batch.", largest);
    trainer->given.masks[hidden] = (tt_given_masks){masks, n_steps, n_rows};
    trainer->network.layers[hidden].given = NULL;
    return TT_OK;
}

int64_t tt_batch_rows(const tt_trainer *trainer) {
    const tt_given *given = &trainer->given;
    const tt_state *state = &trainer->state;
    if (given->n_batches > 0)
        return given->sizes[state->progress.step % given->n_batches];
    int64_t left = trainer->epoch_rows - state->row + state->row_in_batch;
    return left < trainer->batch_size ? left : trainer->batch_size;
}

void tt_place_masks(tt_trainer *trainer) {
    for (int32_t l = 0; l < trainer->plan.n_hidden; l++) {
        const tt_given_masks *masks = &trainer->given.masks[l];
        tt_layer *layer = &trainer->network.layers[l];
        if (!masks->values)
            continue;
        int64_t row = trainer->state.progress.step % masks->n_steps * masks->n_rows +
                      trainer->state.row_in_batch;
        layer->given = masks->values + row * layer->n_out;
    }
}

void tt_trainer_gradient(const tt_trainer *trainer, float *values) {
    const tt_network *network = &trainer->network;
    tt_network_export(network, trainer->clipped ? trainer->unclipped : network->gradient, values);
}
