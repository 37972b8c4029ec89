/* A snapshot is a header, tt_state, the arrays that a run needs to go on from there, and the
 * settings as the text of a .cfg file. tt_state has no pointers and the same layout on every build.
 */

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

/* Weights that are those of the network and need not be written once more. */
enum { BEST = 1, GOOD = 2 };

typedef struct header {
    char magic[8];
    uint64_t fingerprint; /* of what must agree for the arrays to fit */
    uint64_t copies;      /* BEST, GOOD, both or neither */
    uint64_t state_size, text_size;
} header;

static const char magic[8] = "tabsnap2";

typedef struct array {
    void *at;
    size_t size; /* bytes */
} array;

typedef struct array_list {
    array items[TT_MAX_SLOTS + 16];
    int32_t n;
    size_t size; /* of all */
} array_list;

static uint64_t mix(uint64_t hash, uint64_t value) {
    for (int byte = 0; byte < 8; byte++)
        hash = (hash ^ (value >> (8 * byte) & 0xff)) * 0x100000001b3u;
    return hash;
}

/* Sizes of the data and the tensors, and the choices that give the arrays their meaning. */
static uint64_t fingerprint_of(const tt_trainer *trainer) {
    const tt_network *network = &trainer->network;
    const tt_plan *plan = &trainer->plan;
    uint64_t hash = 0xcbf29ce484222325u;
    for (int32_t part = 0; part < 2; part++)
        hash = mix(hash, (uint64_t)tt_dataset_n_rows(trainer->dataset, (tt_part)part));
    hash = mix(hash, (uint64_t)trainer->batch_size);
    hash = mix(hash, (uint64_t)(plan->optimizer - tt_optimizers));
    hash = mix(hash, (uint64_t)(plan->loss - tt_losses));
    hash = mix(hash, (uint64_t)(plan->schedule - tt_schedules));
    for (int32_t s = 0; s < network->n_spans; s++) {
        hash = mix(hash, (uint64_t)network->spans[s].n_in);
        hash = mix(hash, (uint64_t)network->spans[s].n_out);
    }
    return hash;
}

static void list_array(array_list *list, void *at, size_t count, size_t size) {
    list->items[list->n++] = (array){at, count * size};
    list->size += count * size;
}

static void list_rows(array_list *list, const tt_trainer *trainer, tt_part part) {
    const tt_dataset *dataset = trainer->dataset;
    size_t rows = (size_t)tt_dataset_n_rows(dataset, part);
    list_array(list, trainer->predictions[part], rows * (size_t)tt_dataset_n_outputs(dataset),
               sizeof(double));
    list_array(list, trainer->targets[part], rows * (size_t)tt_dataset_n_targets(dataset),
               sizeof(double));
}

/* The arrays of a run that is in `state`, but for those that are written before they are read. */
static array_list arrays_of(const tt_trainer *trainer, const tt_state *state, uint64_t copies) {
    const tt_network *network = &trainer->network;
    const tt_optimizer *optimizer = trainer->plan.optimizer;
    size_t n = (size_t)network->n_parameters, n_running = (size_t)network->n_running;
    array_list list = {0};
    list_array(&list, network->parameters, n, sizeof(float));
    list_array(&list, network->running, n_running, sizeof(float));
    if (state->row_in_batch > 0)
        list_array(&list, network->gradient, n, sizeof(float));
    for (int32_t i = 0; i < optimizer->n_slots; i++)
        list_array(&list, trainer->slots[i], n, sizeof(float));
    list_array(&list, trainer->slot_history, n * trainer->history_length, sizeof(float));
    list_array(&list, trainer->scalars, TT_MAX_SCALARS, sizeof(double));
    if (!(copies & BEST))
        list_array(&list, trainer->best, n + n_running, sizeof(float));
    if (!(copies & GOOD))
        list_array(&list, trainer->good, n + n_running, sizeof(float));
    if (state->averages_taken > 0 || state->averaged_is_current)
        list_array(&list, trainer->averaged, n, sizeof(float));
    if (state->progress.status == TT_OK && (state->row > 0 || state->evaluation.under_way)) {
        list_rows(&list, trainer, TT_TRAINING);
        list_rows(&list, trainer, TT_VALIDATION);
    }
    list_array(&list, trainer->waiting, (size_t)state->n_waiting * (size_t)tt_n_history_columns(),
               sizeof(double));
    return list;
}

/* Whether weights, as tt_keep_weights leaves them, are those of the network. */
static bool are_current(const tt_trainer *trainer, const float *weights) {
    const tt_network *network = &trainer->network;
    size_t n = (size_t)network->n_parameters, n_running = (size_t)network->n_running;
    return memcmp(weights, network->parameters, n * sizeof *weights) == 0 &&
           memcmp(weights + n, network->running, n_running * sizeof *weights) == 0;
}

static header make_header(const tt_trainer *trainer, size_t text_size) {
    header h = {.fingerprint = fingerprint_of(trainer),
                .copies = (are_current(trainer, trainer->best) ? BEST : 0) |
                          (are_current(trainer, trainer->good) ? GOOD : 0),
                .state_size = sizeof(tt_state),
                .text_size = text_size};
    memcpy(h.magic, magic, sizeof magic);
    return h;
}

static size_t size_of(const tt_trainer *trainer, const header *h, const tt_state *state) {
    array_list list = arrays_of(trainer, state, h->copies);
    return sizeof *h + (size_t)h->state_size + list.size + (size_t)h->text_size;
}

size_t tt_trainer_snapshot_size(const tt_trainer *trainer) {
    char *text = tt_config_text(trainer->config);
    header h = make_header(trainer, text ? strlen(text) : 0);
    tt_free_text(text);
    return size_of(trainer, &h, &trainer->state);
}

static char *put(char *to, const void *from, size_t size) {
    memcpy(to, from, size);
    return to + size;
}

tt_status tt_trainer_save(const tt_trainer *trainer, void *snapshot, size_t size, tt_error *error) {
    char *text = tt_config_text(trainer->config), *at = snapshot;
    if (!text)
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left for a snapshot.");
    header h = make_header(trainer, strlen(text));
    bool fits = size == size_of(trainer, &h, &trainer->state);
    if (fits) {
        array_list list = arrays_of(trainer, &trainer->state, h.copies);
        at = put(at, &h, sizeof h);
        at = put(at, &trainer->state, sizeof trainer->state);
        for (int32_t i = 0; i < list.n; i++)
            at = put(at, list.items[i].at, list.items[i].size);
        put(at, text, strlen(text));
    }
    tt_free_text(text);
    return fits ? TT_OK
                : tt_fail(error, TT_BAD_DATA, "The room for the snapshot has another size.");
}

static tt_status check(const tt_trainer *trainer, const void *snapshot, size_t size, header *found,
                       tt_state *state, tt_error *error) {
    header expected = make_header(trainer, 0);
    bool good = size >= sizeof *found + sizeof *state;
    if (good) {
        memcpy(found, snapshot, sizeof *found);
        memcpy(state, (const char *)snapshot + sizeof *found, sizeof *state);
        expected.copies = found->copies;
        expected.text_size = found->text_size;
        good = memcmp(found, &expected, sizeof expected) == 0 && state->n_waiting >= 0 &&
               state->n_waiting <= TT_MAX_WAITING && size_of(trainer, found, state) == size;
    }
    return good ? TT_OK
                : tt_fail(error, TT_BAD_DATA,
                          "This snapshot was made with other data, another network or another "
                          "version. Restore the set-up it belongs to first.");
}

/* The settings of the snapshot, but for the epochs, which are the trainer's own. */
static tt_config *read_settings(const tt_trainer *trainer, const char *text, size_t size,
                                tt_error *error) {
    tt_config *config = tt_config_new();
    if (!config) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left to restore a snapshot.");
        return NULL;
    }
    const char *epochs = tt_config_get(trainer->config, "train.epochs");
    if (tt_config_read(config, text, size, error) == TT_OK &&
        tt_config_set(config, "train.epochs", epochs, error) == TT_OK)
        return config;
    tt_config_free(config);
    return NULL;
}

/* A run that had finished goes on where it has epochs left. */
static void set_end(tt_trainer *trainer) {
    tt_progress *p = &trainer->state.progress;
    p->total_steps = trainer->plan.epochs * trainer->steps_per_epoch;
    if (p->status == TT_FINISHED && p->step < p->total_steps) {
        p->status = TT_OK;
        tt_begin_epoch(trainer);
    }
}

/* Arrays that the snapshot has not are zero, as in a new trainer, or copies of the weights. */
static void take_arrays(tt_trainer *trainer, const char *from, uint64_t copies) {
    array_list list = arrays_of(trainer, &trainer->state, copies);
    memset(trainer->kept.block, 0, trainer->kept.size);
    for (int32_t i = 0; i < list.n; from += list.items[i++].size)
        memcpy(list.items[i].at, from, list.items[i].size);
    if (copies & BEST)
        tt_keep_weights(trainer, false, trainer->best);
    if (copies & GOOD)
        tt_keep_weights(trainer, false, trainer->good);
}

tt_status tt_trainer_load(tt_trainer *trainer, const void *snapshot, size_t size, tt_error *error) {
    header h;
    tt_state found;
    if (check(trainer, snapshot, size, &h, &found, error) != TT_OK)
        return TT_BAD_DATA;
    if (found.progress.step > trainer->plan.epochs * trainer->steps_per_epoch)
        return tt_fail_key(error, "train.epochs",
                           "The run has %l epochs behind it already. Give it more than that.",
                           found.progress.epoch);
    const char *text = (const char *)snapshot + size - h.text_size;
    tt_config *config = read_settings(trainer, text, (size_t)h.text_size, error);
    if (!config)
        return TT_BAD_DATA;
    tt_config_free(trainer->config);
    trainer->config = config;
    tt_plan_read_live(&trainer->plan, config);
    trainer->state = found;
    take_arrays(trainer, (const char *)snapshot + sizeof h + sizeof found, h.copies);
    tt_draw_order(trainer);
    tt_network_touch(&trainer->network);
    set_end(trainer);
    return TT_OK;
}
