/* A snapshot is a header, tt_state, the arrays of the `kept` arena, and the settings as the text of
 * a .cfg file. tt_state has no pointers and the same layout on every build. The last of the arrays
 * is the history rows that wait: the room behind them may be left out. */

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "trainer-state.h"

typedef struct header {
    char magic[8];
    uint64_t fingerprint; /* of what must agree for the arrays to fit */
    uint64_t state_size, kept_size, text_size;
} header;

static const char magic[8] = "tabsnap1";

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

/* Of the kept arrays, to the last of the rows that wait. */
static size_t kept_size(const tt_trainer *trainer, int32_t n_waiting) {
    const double *end = trainer->waiting + (ptrdiff_t)n_waiting * tt_n_history_columns();
    return (size_t)((const char *)end - (const char *)trainer->kept.block);
}

static header make_header(const tt_trainer *trainer, size_t text_size) {
    header h = {.fingerprint = fingerprint_of(trainer),
                .state_size = sizeof(tt_state),
                .kept_size = kept_size(trainer, trainer->state.n_waiting),
                .text_size = text_size};
    memcpy(h.magic, magic, sizeof magic);
    return h;
}

static size_t size_of(const header *h) {
    return sizeof *h + (size_t)(h->state_size + h->kept_size + h->text_size);
}

size_t tt_trainer_snapshot_size(const tt_trainer *trainer) {
    char *text = tt_config_text(trainer->config);
    header h = make_header(trainer, text ? strlen(text) : 0);
    tt_free_text(text);
    return size_of(&h);
}

tt_status tt_trainer_save(const tt_trainer *trainer, void *snapshot, size_t size, tt_error *error) {
    char *text = tt_config_text(trainer->config), *at = snapshot;
    if (!text)
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left for a snapshot.");
    header h = make_header(trainer, strlen(text));
    bool fits = size == size_of(&h);
    if (fits) {
        memcpy(at, &h, sizeof h);
        memcpy(at += sizeof h, &trainer->state, sizeof trainer->state);
        memcpy(at += sizeof trainer->state, trainer->kept.block, (size_t)h.kept_size);
        memcpy(at + h.kept_size, text, strlen(text));
    }
    tt_free_text(text);
    return fits ? TT_OK
                : tt_fail(error, TT_BAD_DATA, "The room for the snapshot has another size.");
}

/* Whether as much follows the header as it says, and every waiting row is there. */
static bool is_whole(const tt_trainer *trainer, const header *found, const tt_state *state,
                     size_t size) {
    return state->n_waiting >= 0 && state->n_waiting <= TT_MAX_WAITING &&
           found->kept_size >= kept_size(trainer, state->n_waiting) &&
           found->kept_size <= trainer->kept.size && size_of(found) == size;
}

static tt_status check(const tt_trainer *trainer, const void *snapshot, size_t size, header *found,
                       tt_state *state, tt_error *error) {
    header expected = make_header(trainer, 0);
    bool good = size >= sizeof *found + sizeof *state;
    if (good) {
        memcpy(found, snapshot, sizeof *found);
        memcpy(state, (const char *)snapshot + sizeof *found, sizeof *state);
        expected.kept_size = found->kept_size;
        expected.text_size = found->text_size;
        good =
            memcmp(found, &expected, sizeof expected) == 0 && is_whole(trainer, found, state, size);
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

tt_status tt_trainer_load(tt_trainer *trainer, const void *snapshot, size_t size, tt_error *error) {
    header h;
    tt_state found;
    if (check(trainer, snapshot, size, &h, &found, error) != TT_OK)
        return TT_BAD_DATA;
    const char *kept = (const char *)snapshot + sizeof h + sizeof found;
    if (found.progress.step > trainer->plan.epochs * trainer->steps_per_epoch)
        return tt_fail_key(error, "train.epochs",
                           "The run has %l epochs behind it already. Give it more than that.",
                           found.progress.epoch);
    tt_config *config = read_settings(trainer, kept + h.kept_size, (size_t)h.text_size, error);
    if (!config)
        return TT_BAD_DATA;
    tt_config_free(trainer->config);
    trainer->config = config;
    tt_plan_read_live(&trainer->plan, config);
    trainer->state = found;
    memcpy(trainer->kept.block, kept, (size_t)h.kept_size);
    tt_network_touch(&trainer->network);
    set_end(trainer);
    return TT_OK;
}
