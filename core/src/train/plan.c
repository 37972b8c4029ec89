#include "plan.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "history.h"
#include "settings.h"
#include "text.h"

static const char *task_name(tt_task task) {
    return task == TT_REGRESSION   ? "regression"
           : task == TT_BINARY     ? "two classes"
           : task == TT_MULTICLASS ? "several classes"
                                   : "several labels";
}

/* The one row that a family's setting names, if it fits the task. */
static const void *row_for_task(const tt_config *config, const tt_family *family, tt_task task,
                                double *params, tt_error *error) {
    int32_t index;
    tt_config_rows(config, family, (int32_t)task, 1, &index);
    const tt_descriptor *row = tt_family_row(family, index);
    if (!(row->tasks & (int32_t)task)) {
        tt_fail_key(error, family->key, "%s is not for a target of %s. Choose another, or \"%s\".",
                    row->label, task_name(task), family->choice);
        return NULL;
    }
    tt_config_params(config, family, index, params);
    return row;
}

/* Spreads a single value over all layers; a list must have one for each. */
static tt_status check_length(const char *key, const char *label, int32_t n, int32_t n_hidden,
                              tt_error *error) {
    if (n == n_hidden || n == 1)
        return TT_OK;
    return tt_fail_key(
        error, key,
        "%s lists %i values for %i hidden %s. Give one for all layers, or one for each.", label,
        (int)n, (int)n_hidden, n_hidden == 1 ? "layer" : "layers");
}

/* The parameters of a hidden layer's activation. */
static tt_status read_activation(tt_plan *plan, const tt_config *config, int32_t row, int32_t layer,
                                 tt_error *error) {
    const tt_descriptor *about = &tt_activations[row].about;
    for (int32_t i = 0; i < about->n_params; i++) {
        char key[64];
        tt_format(key, sizeof key, "activation.%s.%s", about->key, about->params[i].key);
        int32_t n = tt_config_list(config, key, 0, NULL);
        if (check_length(key, about->params[i].label, n, plan->n_hidden, error) != TT_OK)
            return TT_BAD_SETTING;
    }
    plan->activations[layer] = &tt_activations[row];
    tt_config_layer_params(config, &tt_activation_family, row, layer,
                           plan->activation_params[layer]);
    return TT_OK;
}

static tt_status read_layers(tt_plan *plan, const tt_config *config, tt_error *error) {
    double widths[TT_MAX_HIDDEN], dropouts[TT_MAX_HIDDEN];
    int32_t rows[TT_MAX_HIDDEN], norms[TT_MAX_HIDDEN];
    int32_t n = tt_config_list(config, "model.hidden", TT_MAX_HIDDEN, widths);
    assert(n <= TT_MAX_HIDDEN);
    int32_t n_rows =
        tt_config_rows(config, &tt_activation_family, TT_ANY_TASK, TT_MAX_HIDDEN, rows);
    int32_t n_dropouts = tt_config_list(config, "model.dropout", TT_MAX_HIDDEN, dropouts);
    int32_t n_norms = tt_config_choices(config, "model.norm", TT_MAX_HIDDEN, norms);
    if (check_length("activation", "Activation", n_rows, n, error) != TT_OK ||
        check_length("model.dropout", "Dropout", n_dropouts, n, error) != TT_OK ||
        check_length("model.norm", "Normalization", n_norms, n, error) != TT_OK)
        return TT_BAD_SETTING;
    plan->n_hidden = n;
    for (int32_t l = 0; l < n; l++) {
        int32_t row = rows[n_rows == 1 ? 0 : l];
        plan->widths[l] = (int32_t)widths[l];
        plan->norms[l] = (tt_norm)norms[n_norms == 1 ? 0 : l];
        plan->dropouts[l] = dropouts[n_dropouts == 1 ? 0 : l];
        if (read_activation(plan, config, row, l, error) != TT_OK)
            return TT_BAD_SETTING;
    }
    return TT_OK;
}

static void read_output(tt_plan *plan, const tt_config *config) {
    const char *key = tt_config_get(config, "model.output_activation");
    int32_t row = tt_family_find(&tt_activation_family, key);
    bool linear = strcmp(key, "linear") == 0;
    plan->output_activation = linear ? NULL : &tt_activations[row];
    tt_config_layer_params(config, &tt_activation_family, row, TT_MAX_HIDDEN, plan->output_params);
}

/* A loss on probabilities needs outputs that are probabilities. */
static tt_status check_output(const tt_plan *plan, tt_error *error) {
    const char *needed = plan->loss->output_activation;
    const char *chosen = plan->output_activation ? plan->output_activation->about.key : "linear";
    if (!needed || strcmp(needed, chosen) == 0)
        return TT_OK;
    return tt_fail_key(error, "model.output_activation",
                       "%s needs the output activation \"%s\". Set it, or choose a loss that works "
                       "from logits.",
                       plan->loss->about.label, needed);
}

static void read_schedule(tt_plan *plan, const tt_config *config) {
    int32_t row;
    tt_config_rows(config, &tt_schedule_family, TT_ANY_TASK, 1, &row);
    plan->schedule = &tt_schedules[row];
    tt_config_params(config, &tt_schedule_family, row, plan->schedule_params);
    tt_config_shared_params(config, &tt_schedule_family, plan->schedule_shared);
    plan->rate_per_step = tt_config_is(config, "schedule.unit", "step");
}

static void read_optimizer(tt_plan *plan, const tt_config *config) {
    int32_t row;
    tt_config_rows(config, &tt_optimizer_family, TT_ANY_TASK, 1, &row);
    plan->optimizer = &tt_optimizers[row];
}

void tt_plan_read_live(tt_plan *plan, const tt_config *config) {
    int32_t rows[TT_MAX_REGULARIZERS];
    tt_config_params(config, &tt_optimizer_family, (int32_t)(plan->optimizer - tt_optimizers),
                     plan->optimizer_params);
    int32_t n =
        tt_config_rows(config, &tt_regularizer_family, TT_ANY_TASK, TT_MAX_REGULARIZERS, rows);
    plan->n_regularizers = n < TT_MAX_REGULARIZERS ? n : TT_MAX_REGULARIZERS;
    for (int32_t i = 0; i < plan->n_regularizers; i++) {
        const tt_regularizer *row = plan->regularizers[i].row = &tt_regularizers[rows[i]];
        plan->regularizers[i].penalty = row->penalty ? tt_penalty_index(row) : -1;
        tt_config_params(config, &tt_regularizer_family, rows[i], plan->regularizers[i].params);
    }
}

static void read_products(tt_plan *plan, const tt_config *config) {
    bool fused = tt_config_is(config, "train.arithmetic", "fused");
    const tt_products *products = fused ? tt_fused_products() : NULL;
    plan->products = products ? products : &tt_exact_products;
}

tt_status tt_plan_check_arithmetic(const tt_plan *plan, const tt_config *config, tt_error *error) {
    if (tt_config_is(config, "train.arithmetic", "exact") || plan->products != &tt_exact_products)
        return TT_OK;
    return tt_fail_key(error, "train.arithmetic",
                       "Fused multiply-add is not available here: this build or this processor "
                       "lacks it. Choose \"exact\".");
}

tt_status tt_plan_read(tt_plan *plan, const tt_config *config, tt_task task, tt_error *error) {
    plan->loss = row_for_task(config, &tt_loss_family, task, plan->loss_params, error);
    if (!plan->loss)
        return TT_BAD_SETTING;
    plan->loss_weighs =
        plan->loss->own_weight && tt_loss_list_length(plan->loss, plan->loss_params) > 0;
    plan->metric = row_for_task(config, &tt_metric_family, task, plan->metric_params, error);
    if (!plan->metric)
        return TT_BAD_SETTING;
    plan->initializer =
        row_for_task(config, &tt_initializer_family, task, plan->initializer_params, error);
    if (!plan->initializer)
        return TT_BAD_SETTING;
    read_optimizer(plan, config);
    read_schedule(plan, config);
    tt_plan_read_live(plan, config);
    plan->epochs = (int64_t)tt_config_number(config, "train.epochs");
    plan->batch_size = (int64_t)tt_config_number(config, "train.batch_size");
    plan->report_every = (int64_t)tt_config_number(config, "train.report_every");
    int32_t evaluate;
    tt_config_choices(config, "train.evaluate_training", 1, &evaluate);
    plan->evaluate_training = (tt_evaluate)evaluate;
    plan->shuffle = tt_config_number(config, "train.shuffle") != 0;
    read_products(plan, config);
    plan->norm_epsilon = tt_config_number(config, "model.norm_epsilon");
    plan->norm_momentum = tt_config_number(config, "model.norm_momentum");
    plan->norm_biased = tt_config_is(config, "model.norm_variance", "biased");
    plan->skip = (int32_t)tt_config_number(config, "model.skip");
    plan->input_noise = tt_config_number(config, "train.input_noise");
    plan->mixup = tt_config_number(config, "train.mixup");
    read_output(plan, config);
    if (check_output(plan, error) != TT_OK)
        return TT_BAD_SETTING;
    plan->model_seed = (uint64_t)tt_config_number(config, "model.seed");
    plan->train_seed = (uint64_t)tt_config_number(config, "train.seed");
    return read_layers(plan, config, error);
}

tt_status tt_plan_check_outputs(const tt_plan *plan, int32_t n_outputs, tt_error *error) {
    const tt_descriptor *about = &plan->loss->about;
    if (n_outputs < plan->loss->least_outputs)
        return tt_fail_key(error, "loss",
                           "%s needs %i targets or more, and there is one. Choose another loss, or "
                           "more targets.",
                           about->label, (int)plan->loss->least_outputs);
    int32_t length = tt_loss_list_length(plan->loss, plan->loss_params);
    if (length <= 1 || length == n_outputs)
        return TT_OK;
    const tt_param *list = &about->params[about->n_params - 1];
    char key[64];
    tt_format(key, sizeof key, "loss.%s.%s", about->key, list->key);
    return tt_fail_key(error, key, "%s lists %i values for %i outputs. Give one, or one for each.",
                       list->label, (int)length, (int)n_outputs);
}

double tt_plan_rate(const tt_plan *plan, int64_t step, int64_t steps_per_epoch, int64_t total_steps,
                    const double *state) {
    int64_t t = plan->rate_per_step ? step : step / steps_per_epoch;
    int64_t total = plan->rate_per_step ? total_steps : total_steps / steps_per_epoch;
    return tt_scheduled_rate(plan->schedule, plan->schedule_params, plan->schedule_shared,
                             plan->optimizer_params[0], (double)t, (double)total, state);
}

double tt_plan_momentum(const tt_plan *plan, int64_t step, int64_t steps_per_epoch,
                        int64_t total_steps) {
    int64_t t = plan->rate_per_step ? step : step / steps_per_epoch;
    int64_t total = plan->rate_per_step ? total_steps : total_steps / steps_per_epoch;
    return tt_scheduled_momentum(plan->schedule, plan->schedule_params, plan->schedule_shared,
                                 (double)t, (double)total);
}

tt_status tt_schedule_preview(const tt_config *config, int64_t total_steps, int64_t steps_per_epoch,
                              int32_t n, double *rates, double *momenta, tt_error *error) {
    tt_plan plan = {0};
    const double state[TT_SCHEDULE_STATE] = {0};
    if (total_steps < 1 || steps_per_epoch < 1 || n < 1)
        return tt_fail(error, TT_BAD_SETTING, "A preview needs at least one step and one point.");
    read_optimizer(&plan, config);
    read_schedule(&plan, config);
    tt_plan_read_live(&plan, config);
    for (int32_t i = 0; i < n; i++) {
        int64_t step = n > 1 ? (int64_t)((double)i * (double)(total_steps - 1) / (n - 1)) : 0;
        rates[i] = tt_plan_rate(&plan, step, steps_per_epoch, total_steps, state);
        double momentum = tt_plan_momentum(&plan, step, steps_per_epoch, total_steps);
        if (momenta)
            momenta[i] = momentum < 0 ? NAN : momentum;
    }
    return TT_OK;
}
