#include "golden-run.h"

#include <stdio.h>

#include "optimizer.h"
#include "schedule.h"
#include "settings.h"

/* Names of PyTorch, Keras and the formulas; what other settings decide has no name here. */
const alias schedule_aliases[] = {{"type", ""},
                                  {"per", ""},
                                  {"n", ""},
                                  {"lr0", ""},
                                  {"max_lr", ""},
                                  {"initial_learning_rate", ""},
                                  {"metrics", ""},
                                  {"warmup", ""},
                                  {"warmup_iters", ""},
                                  {"warmup_steps", ""},
                                  {"warmup_target", ""},
                                  {"alpha", ""},
                                  {"total_steps", "total"},
                                  {"anneal_strategy", "anneal"},
                                  {"scale_mode", ""},
                                  {"T_max", "t_max"},
                                  {"T_0", "t_0"},
                                  {"first_decay_steps", "t_0"},
                                  {"T_mult", "t_mult"},
                                  {"t_mul", "t_mult"},
                                  {"m_mul", "m_mult"},
                                  {"k", "decay"},
                                  {"beta", "power"},
                                  {"end_lr", "eta_min"},
                                  {"end_learning_rate", "eta_min"},
                                  {"min_delta", "threshold"},
                                  {0}};

/* Our row, parameters that go without saying, and what `total_iters`, `T`, `decay_steps` and
 * `decay_rate` are called there; NULL for the same. */
static const struct kind {
    const char *type, *keras, *row, *granted, *length, *rate;
} kinds[] = {
    {"multistep", NULL, "multi_step", NULL, NULL, NULL},
    {"polynomial", NULL, "polynomial", NULL, "total", NULL},
    {"poly_decay", NULL, "polynomial", NULL, "total", NULL},
    {"natural_exp", NULL, "natural_exponential", NULL, NULL, NULL},
    {"warmup_cosine", NULL, "cosine", "{\"hold\":1}", "t_max", NULL},
    {"sequential_warmup_cosine", NULL, "cosine", NULL, "t_max", NULL},
    {"keras_exponential", "ExponentialDecay", "exponential", NULL, NULL, "gamma"},
    {"keras_inverse_time", "InverseTimeDecay", "inverse_time", NULL, NULL, "decay"},
    {"keras_polynomial", "PolynomialDecay", "polynomial", "{\"eta_min\":1e-4}", "total", NULL},
    {"keras_cosine", "CosineDecay", "cosine", "{\"hold\":1}", "t_max", NULL},
    {"keras_cosine_restarts", "CosineDecayRestarts", "cosine_restarts", "{\"t_mult\":2}", NULL,
     NULL},
    {"callback_drop_once", NULL, "multi_step", NULL, NULL, NULL},
    {"callback_drop_each", NULL, "multi_step", NULL, NULL, NULL},
    {NULL, "PiecewiseConstantDecay", "polyline", NULL, NULL, NULL},
    {"keras_reduce_on_plateau", "ReduceLROnPlateau", "reduce_on_plateau",
     "{\"form\":\"keras\",\"threshold_mode\":\"abs\"}", NULL, NULL},
};

static struct kind find_kind(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if ((kinds[i].type && strcmp(kinds[i].type, name) == 0) ||
            (kinds[i].keras && strcmp(kinds[i].keras, name) == 0))
            return kinds[i];
    return (struct kind){.row = name};
}

/* The rate that the schedule's shape multiplies. */
static double base_of(const cJSON *config) {
    static const char *const names[] = {"max_lr", "warmup_target", "lr0", "initial_learning_rate"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (cJSON_IsNumber(golden_at(config, names[i])))
            return golden_number(config, names[i], 0);
    return cJSON_GetNumberValue(cJSON_GetArrayItem(golden_at(config, "values"), 0));
}

static void put(cJSON *values, const char *name, cJSON *value) {
    cJSON_DeleteItemFromObjectCaseSensitive(values, name);
    cJSON_AddItemToObject(values, name, value);
}

/* Drops from `after` on: one, or one at every later epoch. */
static void add_drops(cJSON *values, const cJSON *config, bool each) {
    int after = (int)golden_number(config, "after", 0), n = (int)golden_number(config, "n", 0);
    cJSON *milestones = cJSON_CreateArray();
    for (int t = after; t == after || (each && t < n); t++)
        cJSON_AddItemToArray(milestones, cJSON_CreateNumber(t));
    put(values, "gamma", cJSON_CreateNumber(golden_number(config, "factor", 0.1)));
    put(values, "milestones", milestones);
    cJSON_DeleteItemFromObjectCaseSensitive(values, "after");
    cJSON_DeleteItemFromObjectCaseSensitive(values, "factor");
}

/* A level up to each boundary, and a jump right after it. */
static void add_points(cJSON *values, const cJSON *config) {
    const cJSON *boundaries = golden_at(config, "boundaries"),
                *levels = golden_at(config, "values");
    cJSON *points = cJSON_CreateArray();
    double first = golden_value(levels->child), t = 0;
    for (int i = 0; i < cJSON_GetArraySize(levels); i++) {
        double level = golden_value(cJSON_GetArrayItem(levels, i)) / first;
        cJSON_AddItemToArray(points, cJSON_CreateNumber(t));
        cJSON_AddItemToArray(points, cJSON_CreateNumber(level));
        if (i == cJSON_GetArraySize(boundaries))
            break;
        t = golden_value(cJSON_GetArrayItem(boundaries, i));
        cJSON_AddItemToArray(points, cJSON_CreateNumber(t));
        cJSON_AddItemToArray(points, cJSON_CreateNumber(level));
    }
    put(values, "points", points);
    cJSON_DeleteItemFromObjectCaseSensitive(values, "boundaries");
    cJSON_DeleteItemFromObjectCaseSensitive(values, "values");
}

static void rename_member(cJSON *values, const char *theirs, const char *ours) {
    cJSON *item = ours ? cJSON_DetachItemFromObjectCaseSensitive(values, theirs) : NULL;
    if (item)
        put(values, ours, item);
}

/* All the members of a case, with what goes without saying, in the names of the row. */
static cJSON *gather(const struct kind *kind, const cJSON *config) {
    cJSON *values = cJSON_Parse(kind->granted ? kind->granted : "{}");
    for (const cJSON *item = config->child; item; item = item->next)
        put(values,
            golden_ours(schedule_aliases, item->string)[0]
                ? golden_ours(schedule_aliases, item->string)
                : item->string,
            cJSON_Duplicate(item, true));
    double warmup = golden_number(config, "warmup", 0);
    double alpha = golden_number(config, "alpha", 0);
    rename_member(values, "total_iters", kind->length);
    rename_member(values, "T", kind->length);
    rename_member(values, "decay_steps", kind->length);
    rename_member(values, "decay_rate", kind->rate);
    if (warmup > 0 && kind->length && golden_at(values, kind->length))
        put(values, kind->length,
            cJSON_CreateNumber(golden_number(values, kind->length, 0) - warmup));
    if (alpha > 0)
        put(values, "eta_min", cJSON_CreateNumber(alpha * base_of(config)));
    if (strcmp(kind->row, "reduce_on_plateau") == 0)
        cJSON_DeleteItemFromObjectCaseSensitive(values, "mode");
    if (kind->type && strncmp(kind->type, "callback_", 9) == 0)
        add_drops(values, config, strcmp(kind->type, "callback_drop_each") == 0);
    if (strcmp(kind->row, "polyline") == 0)
        add_points(values, config);
    return values;
}

/* Keras and PyTorch's LinearLR say where the rate starts; a start of 0 stands for another form of
 * warm-up here, so it becomes a tiny one. */
static void set_warmup(golden *g, const cJSON *config) {
    double warmup = golden_number(config, "warmup", 0);
    double steps = golden_number(config, "warmup_steps", golden_number(config, "warmup_iters", 0));
    if (steps > 0) {
        double from = golden_number(config, "start_factor", 0);
        if (golden_at(config, "warmup_target"))
            from = golden_number(config, "lr0", golden_number(config, "initial_learning_rate", 0)) /
                   base_of(config);
        golden_set(g, "schedule.warmup_start", "%.17g", fmax(from, 1e-12));
    }
    golden_set(g, "schedule.warmup", "%.17g", warmup + steps);
}

static int32_t set_row(golden *g, const char *name, const cJSON *config) {
    if (!cJSON_IsObject(config)) {
        golden_fail(g, "the schedule's settings are no object");
        return -1;
    }
    struct kind kind = find_kind(name);
    int32_t row = golden_row(g, &tt_schedule_family, kind.row);
    if (row < 0)
        return row;
    cJSON *values = gather(&kind, config);
    if (golden_at(config, "warmup_iters"))
        cJSON_DeleteItemFromObjectCaseSensitive(values, "start_factor");
    golden_set(g, "schedule", "%s", kind.row);
    golden_set_params(g, &tt_schedule_family, row, values, schedule_aliases);
    set_warmup(g, config);
    cJSON_Delete(values);
    return row;
}

void golden_set_schedule(golden *g, const char *name, const cJSON *values) {
    char key[64];
    double base = base_of(values);
    set_row(g, name, values);
    snprintf(key, sizeof key, "optimizer.%s.lr", tt_config_get(g->config, "optimizer"));
    if (!isnan(base))
        golden_set(g, key, "%.17g", base);
}

/* The rates of units 0, 1, ...; with given losses, also the one after the last. */
static void compare_rates(golden *g, int32_t row, const cJSON *config, const cJSON *losses) {
    const cJSON *expected = golden_at(g->json, "expected");
    double p[TT_MAX_PARAMS], shared[TT_MAX_PARAMS], state[TT_SCHEDULE_STATE] = {0};
    int32_t n = (int32_t)golden_size(golden_at(expected, "lr"));
    double *rates = golden_room(g, 2 * (size_t)n, sizeof *rates), *momentum = rates + n;
    double base = base_of(config);
    double total = golden_number(config, "total_steps", n);
    double sign = strcmp(golden_text(config, "mode"), "max") == 0 ? -1 : 1;
    const tt_schedule *schedule = &tt_schedules[row];
    golden_params(g, &tt_schedule_family, row, NULL, NULL, p);
    tt_config_shared_params(g->config, &tt_schedule_family, shared);
    for (int32_t t = 0; t < n; t++) {
        rates[t] = tt_scheduled_rate(schedule, p, shared, base, t, total, state);
        momentum[t] = tt_scheduled_momentum(schedule, p, shared, t, total);
        const cJSON *loss = cJSON_GetArrayItem(losses, t);
        if (loss)
            schedule->observe(p, base, sign * golden_value(loss), state);
    }
    golden_compare(g, "lr", OF_DOUBLES, n, rates, golden_at(expected, "lr"));
    golden_compare(g, "momentum", OF_DOUBLES, n, momentum, golden_at(expected, "momentum"));
}

static void check_rates(golden *g, const char *name, const cJSON *config, const cJSON *losses) {
    int32_t row = set_row(g, name, config);
    if (golden_is_open(g))
        compare_rates(g, row, config, losses);
}

void check_schedule(golden *g) {
    const cJSON *config = golden_at(g->json, "config");
    check_rates(g, golden_text(g->json, "schedule"), config, golden_at(config, "metrics"));
}

void check_keras_schedule(golden *g) {
    check_rates(g, golden_text(g->json, "schedule"), golden_at(g->json, "config"), NULL);
}
