/* Default hyper-parameters. A row of ours has one set of defaults: PyTorch's, where it has the
 * row. Those of Keras and scikit-learn are other numbers for the same rows, and are not cases. */

#include "golden.h"

#include <stdio.h>

/* What PyTorch calls a class, and where its parameters are: a row, or a group of settings. */
static const alias places[] = {
    {"SGD", "optimizer.sgd"},
    {"Adagrad", "optimizer.adagrad"},
    {"Adadelta", "optimizer.adadelta"},
    {"RMSprop", "optimizer.rmsprop"},
    {"Adam", "optimizer.adam"},
    {"AdamW", "optimizer.adamw"},
    {"Adamax", "optimizer.adamax"},
    {"NAdam", "optimizer.nadam"},
    {"RAdam", "optimizer.radam"},
    {"Rprop", "optimizer.rprop"},
    {"ASGD", "optimizer.asgd"},
    {"LBFGS", "optimizer.lbfgs"},
    {"StepLR", "schedule.step"},
    {"MultiStepLR", "schedule.multi_step"},
    {"ExponentialLR", "schedule.exponential"},
    {"PolynomialLR", "schedule.polynomial"},
    {"CosineAnnealingLR", "schedule.cosine"},
    {"CosineAnnealingWarmRestarts", "schedule.cosine_restarts"},
    {"OneCycleLR", "schedule.one_cycle"},
    {"CyclicLR", "schedule.cyclic"},
    {"LinearLR", "schedule.linear"},
    {"ConstantLR", "schedule.constant_factor"},
    {"ReduceLROnPlateau", "schedule.reduce_on_plateau"},
    {"BatchNorm1d", "model"},
    {"LayerNorm", "model"},
    {"LeakyReLU", "activation.leaky_relu"},
    {"ELU", "activation.elu"},
    {"CELU", "activation.celu"},
    {"PReLU", "activation.prelu"},
    {"Softplus", "activation.softplus"},
    {"Hardtanh", "activation.hard_tanh"},
    {"GELU", "activation.gelu"},
    {"HuberLoss", "loss.huber"},
    {"SmoothL1Loss", "loss.smooth_l1"},
    {"PoissonNLLLoss", "loss.poisson_nll"},
    {"GaussianNLLLoss", "loss.gaussian_nll"},
    {"CrossEntropyLoss", "loss.cross_entropy"},
    {"MultiMarginLoss", "loss.multi_margin"},
    {"KLDivLoss", "loss.kl_div"},
    {0},
};

/* Members that are parameters here under another name; the other ones are not hyper-parameters of
 * the row and have no counterpart: reductions, devices, what is chosen by another setting. */
static const alias members[] = {
    {"negative_slope", "slope"},
    {"init", "slope"},
    {"min_val", "min"},
    {"max_val", "max"},
    {"betas", "beta1,beta2"},
    {"etas", "eta_minus,eta_plus"},
    {"step_sizes", "step_min,step_max"},
    {"initial_accumulator_value", "initial_accumulator"},
    {0},
};

/* Where ours are other ones on purpose. */
static const alias by_design[] = {
    {"Dropout", "!a share of each layer, 0 for none"},
    {"GELU", "!the exact and the approximate one are two rows"},
    {"LinearLR", "!takes the whole run unless a length is given"},
    {"CyclicLR", "!cycles of 10 units, for epochs as well as steps"},
    {"KLDivLoss", "!batchmean, the divergence itself, as PyTorch advises"},
    {0},
};

static const alias model_members[] = {{"eps", "epsilon"}, {0}};

cJSON *default_cases(const cJSON *file) {
    cJSON *cases = cJSON_CreateArray();
    const cJSON *torch = golden_at(file, "torch");
    for (const cJSON *entry = cJSON_IsObject(torch) ? torch->child : NULL; entry;
         entry = entry->next) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddStringToObject(item, "id", entry->string);
        cJSON_AddBoolToObject(item, "optional", golden_ours(by_design, entry->string)[0] == '!');
        cJSON_AddItemToObject(item, "values", cJSON_Duplicate(entry, true));
        cJSON_AddItemToArray(cases, item);
    }
    return cases;
}

/* Numbers of a list are compared one by one with the parameters that `ours` names. */
static bool compare_default(golden *g, const char *place, const char *ours, const cJSON *value) {
    const cJSON *item = cJSON_IsArray(value) ? value->child : value;
    bool found = false;
    for (; item && *ours; item = item->next) {
        char key[96];
        size_t size = strcspn(ours, ",");
        snprintf(key, sizeof key, "%s.%s%.*s", place, strcmp(place, "model") == 0 ? "norm_" : "",
                 (int)size, ours);
        const char *text = tt_config_get(g->config, key);
        ours += size + (ours[size] == ',');
        if (!text)
            continue;
        found = true;
        double actual = strtod(text, NULL), expected = golden_value(item);
        bool equal = cJSON_IsString(item) ? strcmp(text, item->valuestring) == 0
                                          : fabs(actual - expected) <= 1e-12 * fabs(expected);
        if (!equal)
            golden_fail(g, "%s is %s, in PyTorch %.9g%s", key, text, expected,
                        cJSON_IsString(item) ? item->valuestring : "");
    }
    return found;
}

void check_default(golden *g) {
    const char *name = golden_text(g->json, "id");
    const char *place = golden_ours(places, name);
    int found = 0, asked = 0;
    if (golden_ours(by_design, name) != name) {
        golden_unsupported(g, "%s", golden_ours(by_design, name) + 1);
        return;
    }
    if (place == name) {
        golden_unsupported(g, "no row of ours");
        return;
    }
    const cJSON *values = golden_at(g->json, "values");
    if (!cJSON_IsObject(values)) {
        golden_fail(g, "the defaults are no object");
        return;
    }
    for (const cJSON *value = values->child; value; value = value->next) {
        bool required = strcmp(golden_text(values, value->string), "required") == 0;
        if (cJSON_IsNull(value) || required)
            continue;
        const char *ours =
            golden_ours(strcmp(place, "model") == 0 ? model_members : members, value->string);
        asked++;
        found += compare_default(g, place, ours, value);
    }
    if (found == 0 && asked > 0)
        golden_unsupported(g, "%s has none of these parameters", place);
}
