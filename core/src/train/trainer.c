#include "tabtrain/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "settings.h"
#include "text.h"
#include "trainer-state.h"

static void begin(tt_trainer *trainer) {
    const tt_plan *plan = &trainer->plan;
    tt_random weights = tt_random_new(plan->model_seed, TT_FOR_WEIGHTS);
    trainer->state.batches = tt_random_new(plan->train_seed, TT_FOR_BATCHES);
    trainer->state.dropout = tt_random_new(plan->train_seed, TT_FOR_DROPOUT);
    trainer->state.augmentation = tt_random_new(plan->train_seed, TT_FOR_AUGMENTATION);
    tt_network_initialize(&trainer->network, plan->initializer, plan->initializer_params, &weights);
    tt_keep_weights(trainer, false, trainer->best);
    tt_keep_weights(trainer, false, trainer->good);
    trainer->state.progress = (tt_progress){
        .total_steps = plan->epochs * trainer->steps_per_epoch,
        .steps_per_epoch = trainer->steps_per_epoch,
        .best_epoch = -1,
        .best_loss = NAN,
        .batch_loss = NAN,
    };
    trainer->state.gradient_norm = NAN;
    for (int32_t l = 0; l <= TT_MAX_HIDDEN; l++)
        trainer->state.update_ratio[l] = NAN;
    for (int32_t i = 0; i < TT_MAX_REGULARIZERS; i++)
        trainer->state.stop_state[i][0] = INFINITY;
    tt_begin_epoch(trainer);
    tt_evaluation_begin(trainer);
}

static tt_status build(tt_trainer *trainer, tt_error *error) {
    tt_status status =
        tt_plan_read(&trainer->plan, trainer->config, tt_dataset_task(trainer->dataset), error);
    int32_t n_outputs = tt_dataset_n_outputs(trainer->dataset);
    if (status == TT_OK)
        status = tt_plan_check_arithmetic(&trainer->plan, trainer->config, error);
    if (status == TT_OK)
        status = tt_plan_check_outputs(&trainer->plan, n_outputs, error);
    if (status == TT_OK)
        status = tt_augmenter_begin(&trainer->augmenter, trainer->dataset, trainer->config, error);
    if (status != TT_OK)
        return status;
    int64_t rows = tt_dataset_n_rows(trainer->dataset, TT_TRAINING);
    int64_t wanted = trainer->plan.optimizer->full_batch ? 0 : trainer->plan.batch_size;
    trainer->batch_size = wanted == 0 || wanted > rows ? rows : wanted;
    trainer->epoch_rows = rows;
    trainer->steps_per_epoch = (rows + trainer->batch_size - 1) / trainer->batch_size;
    tt_lay_out(trainer);
    if (!tt_arena_reserve(&trainer->kept) || !tt_arena_reserve(&trainer->scratch))
        return tt_fail(error, TT_NO_MEMORY,
                       "This network on these rows needs %g MB, more than there is. Use fewer or "
                       "narrower layers, or fewer rows.",
                       (double)((trainer->kept.used + trainer->scratch.used) / 1000000));
    tt_lay_out(trainer);
    tt_augmenter_fit(&trainer->augmenter);
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
    tt_arena_free(&trainer->kept);
    tt_arena_free(&trainer->scratch);
    tt_given_free(&trainer->given);
    tt_config_free(trainer->config);
    free(trainer);
}

void tt_begin_epoch(tt_trainer *trainer) {
    trainer->state.row = 0;
    trainer->state.epoch_sum = trainer->state.epoch_weight = trainer->state.epoch_penalty = 0;
    trainer->state.order = trainer->state.batches;
    tt_draw_order(trainer);
}

void tt_draw_order(tt_trainer *trainer) {
    trainer->state.batches = trainer->state.order;
    if (trainer->order && trainer->given.n_batches == 0)
        tt_random_permutation(&trainer->state.batches, (uint32_t)trainer->epoch_rows,
                              trainer->order);
}

bool tt_is_due(const tt_trainer *trainer, int64_t step, int64_t until_step) {
    int64_t every = trainer->plan.report_every;
    return trainer->state.row == trainer->epoch_rows || step == until_step ||
           (every > 0 && step % every == 0);
}

/* What takes about as long as to evaluate so many rows. */
enum { TRAINED_ROW = 3, UPDATE = 16 };

/* A chunk of training; returns the work that it was. */
static int64_t train(tt_trainer *trainer, int64_t until_step) {
    tt_progress *p = &trainer->state.progress;
    int64_t step = p->step, rows = p->rows_seen;
    p->status = tt_train_unit(trainer, until_step);
    if (p->status == TT_OK && p->step > step && tt_is_due(trainer, p->step, until_step))
        tt_evaluation_begin(trainer);
    return (p->rows_seen - rows) * TRAINED_ROW + (p->step - step) * UPDATE;
}

static int64_t evaluate(tt_trainer *trainer) {
    int32_t rows = tt_evaluation_rows(trainer);
    trainer->state.progress.status = tt_evaluate_unit(trainer);
    return rows;
}

tt_status tt_trainer_run(tt_trainer *trainer, int64_t until_step, int32_t max_work,
                         tt_error *error) {
    tt_progress *p = &trainer->state.progress;
    for (int64_t work = 0; work < max_work && p->status == TT_OK;) {
        if (trainer->state.n_waiting == TT_MAX_WAITING)
            break;
        if (trainer->state.evaluation.under_way)
            work += evaluate(trainer);
        else if (p->step < until_step)
            work += train(trainer, until_step);
        else
            break;
    }
    if (p->status == TT_DIVERGED && error)
        *error = trainer->state.failure;
    return p->status;
}

void tt_trainer_progress(const tt_trainer *trainer, tt_progress *progress) {
    *progress = trainer->state.progress;
    progress->evaluating = trainer->state.evaluation.under_way;
    progress->learning_rate =
        tt_plan_rate(&trainer->plan, progress->step, progress->steps_per_epoch,
                     progress->total_steps, trainer->state.schedule_state);
}

int32_t tt_trainer_take_history(tt_trainer *trainer, double *rows, int32_t max_rows) {
    int32_t n = trainer->state.n_waiting < max_rows ? trainer->state.n_waiting : max_rows;
    const int32_t n_columns = tt_n_history_columns();
    const size_t row_size = (size_t)n_columns * sizeof(double);
    trainer->state.n_waiting -= n;
    memcpy(rows, trainer->waiting, (size_t)n * row_size);
    memmove(trainer->waiting, trainer->waiting + n * n_columns,
            (size_t)trainer->state.n_waiting * row_size);
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
