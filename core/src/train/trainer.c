#include "tabtrain/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "settings.h"
#include "text.h"
#include "trainer-state.h"

static void shape_network(tt_trainer *trainer) {
    const tt_plan *plan = &trainer->plan;
    tt_network *network = &trainer->network;
    *network = (tt_network){.n_inputs = tt_dataset_n_features(trainer->dataset),
                            .n_layers = plan->n_hidden + 1};
    for (int32_t l = 0; l < plan->n_hidden; l++) {
        tt_layer *layer = &network->layers[l];
        layer->n_out = plan->widths[l];
        layer->activation = plan->activations[l];
        layer->dropout = plan->dropouts[l];
        memcpy(layer->params, plan->activation_params[l], sizeof layer->params);
    }
    network->layers[plan->n_hidden].n_out = tt_dataset_n_outputs(trainer->dataset);
}

static void lay_out(tt_trainer *trainer) {
    tt_arena *arena = &trainer->arena;
    const tt_dataset *dataset = trainer->dataset;
    shape_network(trainer);
    tt_network_lay_out(&trainer->network, arena);
    size_t n = (size_t)trainer->network.n_parameters;
    size_t outputs = (size_t)trainer->network.n_outputs;
    for (int32_t i = 0; i < trainer->plan.optimizer->n_slots; i++)
        trainer->slots[i] = tt_arena_take(arena, n, sizeof(float));
    const tt_optimizer *optimizer = trainer->plan.optimizer;
    size_t length = optimizer->history_length
                        ? (size_t)optimizer->history_length(trainer->plan.optimizer_params)
                        : 0;
    trainer->slot_history = tt_arena_take(arena, length * n, sizeof(float));
    trainer->scalars = tt_arena_take(arena, TT_MAX_SCALARS, sizeof(double));
    trainer->averaged = tt_arena_take(arena, n, sizeof(float));
    trainer->best = tt_arena_take(arena, n, sizeof(float));
    trainer->good = tt_arena_take(arena, n, sizeof(float));
    size_t rows = (size_t)tt_dataset_n_rows(dataset, TT_TRAINING);
    if (trainer->plan.shuffle && trainer->batch_size < (int64_t)rows)
        trainer->order = tt_arena_take(arena, rows, sizeof *trainer->order);
    trainer->x =
        tt_arena_take(arena, TT_CHUNK_ROWS * (size_t)trainer->network.n_inputs, sizeof(float));
    trainer->y = tt_arena_take(arena, TT_CHUNK_ROWS * outputs, sizeof(float));
    for (int32_t part = 0; part < 2; part++) {
        rows = (size_t)tt_dataset_n_rows(dataset, part);
        trainer->predictions[part] = tt_arena_take(arena, rows * outputs, sizeof(float));
        trainer->targets[part] = tt_arena_take(arena, rows, sizeof(float));
    }
    size_t classes = (size_t)tt_dataset_n_classes(dataset);
    trainer->confusion = tt_arena_take(arena, classes * classes, sizeof(double));
    trainer->waiting = tt_arena_take(arena, (size_t)TT_MAX_WAITING * TT_N_HISTORY, sizeof(double));
}

static void begin(tt_trainer *trainer) {
    const tt_plan *plan = &trainer->plan;
    tt_random weights = tt_random_new(plan->model_seed, TT_FOR_WEIGHTS);
    trainer->batches = tt_random_new(plan->train_seed, TT_FOR_BATCHES);
    trainer->dropout = tt_random_new(plan->train_seed, TT_FOR_DROPOUT);
    tt_network_initialize(&trainer->network, plan->initializer, plan->initializer_params, &weights);
    size_t bytes = (size_t)trainer->network.n_parameters * sizeof(float);
    memcpy(trainer->best, trainer->network.parameters, bytes);
    memcpy(trainer->good, trainer->network.parameters, bytes);
    trainer->progress = (tt_progress){
        .total_steps = plan->epochs * trainer->steps_per_epoch,
        .steps_per_epoch = trainer->steps_per_epoch,
        .best_epoch = -1,
        .best_loss = NAN,
        .batch_loss = NAN,
    };
    trainer->gradient_norm = NAN;
    for (int32_t i = 0; i < TT_MAX_REGULARIZERS; i++)
        trainer->stop_state[i][0] = INFINITY;
    tt_begin_epoch(trainer);
    tt_evaluation_begin(trainer, TT_TRAINING);
}

static tt_status build(tt_trainer *trainer, tt_error *error) {
    tt_status status =
        tt_plan_read(&trainer->plan, trainer->config, tt_dataset_task(trainer->dataset), error);
    if (status != TT_OK)
        return status;
    int64_t rows = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    int64_t wanted = trainer->plan.batch_size;
    trainer->batch_size = wanted == 0 || wanted > rows ? rows : wanted;
    trainer->steps_per_epoch = (rows + trainer->batch_size - 1) / trainer->batch_size;
    lay_out(trainer);
    if (!tt_arena_reserve(&trainer->arena))
        return tt_fail(error, TT_NO_MEMORY,
                       "This network on these rows needs %g MB, more than there is. Use fewer or "
                       "narrower layers, or fewer rows.",
                       (double)(trainer->arena.used / 1000000));
    lay_out(trainer);
    begin(trainer);
    return TT_OK;
}

tt_trainer *tt_trainer_new(const tt_dataset *dataset, const tt_config *config, tt_error *error) {
    tt_trainer *trainer = calloc(1, sizeof *trainer);
    tt_config *copy = tt_config_copy(config);
    if (!trainer || !copy) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for a run.");
        tt_config_free(copy);
        free(trainer);
        return NULL;
    }
    trainer->config = copy;
    trainer->dataset = dataset;
    if (build(trainer, error) != TT_OK) {
        tt_trainer_free(trainer);
        return NULL;
    }
    return trainer;
}

void tt_trainer_free(tt_trainer *trainer) {
    if (!trainer)
        return;
    tt_arena_free(&trainer->arena);
    tt_config_free(trainer->config);
    free(trainer);
}

void tt_begin_epoch(tt_trainer *trainer) {
    trainer->row = 0;
    trainer->epoch_sum = 0;
    if (trainer->order)
        tt_random_permutation(&trainer->batches,
                              (uint32_t)tt_dataset_n_rows(trainer->dataset, TT_TRAINING),
                              trainer->order);
}

/* Whether the state after the last step is to be evaluated. */
static bool is_due(const tt_trainer *trainer, int64_t until_step) {
    const tt_progress *p = &trainer->progress;
    int64_t every = trainer->plan.report_every;
    return trainer->row == tt_dataset_n_rows(trainer->dataset, TT_TRAINING) ||
           p->step == until_step || (every > 0 && p->step % every == 0);
}

tt_status tt_trainer_run(tt_trainer *trainer, int64_t until_step, int32_t max_units,
                         tt_error *error) {
    tt_progress *p = &trainer->progress;
    for (int32_t i = 0; i < max_units && p->status == TT_OK; i++) {
        if (trainer->n_waiting == TT_MAX_WAITING)
            break;
        if (trainer->evaluation.under_way) {
            p->status = tt_evaluate_unit(trainer);
        } else if (p->step < until_step) {
            int64_t before = p->step;
            p->status = tt_train_unit(trainer);
            if (p->status == TT_OK && p->step > before && is_due(trainer, until_step))
                tt_evaluation_begin(trainer, TT_VALIDATION);
        } else {
            break;
        }
    }
    if (p->status == TT_DIVERGED && error)
        *error = trainer->failure;
    return p->status;
}

void tt_trainer_progress(const tt_trainer *trainer, tt_progress *progress) {
    *progress = trainer->progress;
    progress->evaluating = trainer->evaluation.under_way;
    progress->learning_rate =
        tt_plan_rate(&trainer->plan, progress->step, progress->steps_per_epoch,
                     progress->total_steps, trainer->schedule_state);
}

int32_t tt_trainer_take_history(tt_trainer *trainer, double *rows, int32_t max_rows) {
    int32_t n = trainer->n_waiting < max_rows ? trainer->n_waiting : max_rows;
    const size_t row_size = TT_N_HISTORY * sizeof(double);
    trainer->n_waiting -= n;
    memcpy(rows, trainer->waiting, (size_t)n * row_size);
    memmove(trainer->waiting, trainer->waiting + n * TT_N_HISTORY,
            (size_t)trainer->n_waiting * row_size);
    return n;
}

/* Whether `key` is the family's own setting (where any rows may be on), or a parameter of it. */
static bool is_live(const tt_family *family, const char *key) {
    size_t size = strlen(family->key);
    if (!family->live || strncmp(key, family->key, size) != 0)
        return false;
    return key[size] == '.' || (key[size] == 0 && family->pick == TT_PICK_ANY);
}

tt_status tt_trainer_set(tt_trainer *trainer, const char *key, const char *value, tt_error *error) {
    bool live = false;
    for (int32_t f = 0; f < tt_n_families(); f++)
        live = live || is_live(tt_family_at(f), key);
    if (!live && tt_config_get(trainer->config, key))
        return tt_fail_key(error, key, "%s cannot change during a run. Reset to apply it.", key);
    tt_status status = tt_config_set(trainer->config, key, value, error);
    if (status == TT_OK)
        tt_plan_read_live(&trainer->plan, trainer->config);
    return status;
}

void tt_trainer_restore_best(tt_trainer *trainer) {
    memcpy(trainer->network.parameters, trainer->best,
           (size_t)trainer->network.n_parameters * sizeof(float));
    trainer->averaged_is_current = false;
    tt_network_touch(&trainer->network);
}
