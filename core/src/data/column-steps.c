#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "settings.h"

static const char STEPS[] = "data.by_column";

/* Bits of tt_use; 0 for texts, which become no inputs. */
static int32_t use_of(tt_role role) {
    return role == TT_AS_NUMBER     ? TT_USE_NUMBER
           : role == TT_AS_DATE     ? TT_USE_DATE
           : role == TT_AS_CATEGORY ? TT_USE_CATEGORY
                                    : 0;
}

static tt_status check_step(const tt_build *build, int32_t column, const char *key,
                            const char *setting) {
    const char *name = build->table->columns[column].name;
    bool one_hot = build->roles[column] == TT_AS_CATEGORY &&
                   tt_config_is(build->steps, "data.encoding", "one_hot");
    if (!(tt_config_by_column(build->config, key) & use_of(build->roles[column])))
        return tt_fail_key(build->error, STEPS,
                           "\"%s\" is no step for the column \"%s\", which is used as a %s. Take "
                           "it out, or change the type of the column.",
                           setting, name, tt_role_key(build->roles[column]));
    if (one_hot && strncmp(setting, "scaler", 6) == 0)
        return tt_fail_key(build->error, STEPS,
                           "\"%s\" is no step for the column \"%s\", whose inputs are 0 or 1. Take "
                           "it out, or make the encoding ordinal.",
                           setting, name);
    return TT_OK;
}

static tt_status check_steps(tt_build *build, int32_t column) {
    char key[64];
    const char *cursor = build->column_steps[column], *setting;
    tt_status status = tt_use_steps(build, column);
    while (status == TT_OK &&
           (setting = tt_config_next_step(&cursor, build->config, key, sizeof key)))
        status = check_step(build, column, key, setting);
    return status;
}

static tt_status find_columns(tt_build *build) {
    tt_steps_walk walk = {.at = tt_config_get(build->config, STEPS)};
    char name[TT_MAX_NAME + 32];
    while (tt_config_next_steps(&walk, name, sizeof name)) {
        int32_t column;
        tt_status status = tt_find_column(build, STEPS, name, &column);
        if (status != TT_OK)
            return status;
        if (build->column_steps[column])
            return tt_fail_key(build->error, STEPS,
                               "\"%s\" is listed twice. Name each column once, with all of its "
                               "settings.",
                               build->table->columns[column].name);
        build->column_steps[column] = walk.settings;
    }
    return TT_OK;
}

tt_status tt_choose_steps(tt_build *build) {
    tt_status status = find_columns(build);
    for (int32_t t = 0; t < build->n_targets && status == TT_OK; t++)
        if (build->column_steps[build->targets[t]])
            tt_add_note(build, build->targets[t],
                        "is the target, so that its steps in data.by_column are not taken");
    for (int32_t i = 0; i < build->table->n_columns && status == TT_OK; i++)
        if (build->column_steps[i] && build->features[i])
            status = check_steps(build, i);
    return status;
}

static tt_status choose_scaler(tt_build *build, int32_t column) {
    int32_t row;
    tt_config_rows(build->steps, &tt_scaler_family, TT_ANY_TASK, 1, &row);
    tt_config_params(build->steps, &tt_scaler_family, row, build->scaler_params);
    build->scaler = &tt_scalers[row];
    const char *complaint =
        build->scaler->complaint ? build->scaler->complaint(build->scaler_params) : NULL;
    if (complaint && build->own)
        return tt_fail_key(build->error, STEPS, "For the column \"%s\": %s",
                           build->table->columns[column].name, complaint);
    return complaint ? tt_fail_key(build->error, "scaler", "%s", complaint) : TT_OK;
}

tt_status tt_use_steps(tt_build *build, int32_t column) {
    const char *settings = column >= 0 ? build->column_steps[column] : NULL;
    if (!settings && build->steps == build->config)
        return TT_OK;
    tt_config_free(build->own);
    build->own = settings ? tt_config_copy(build->config) : NULL;
    build->steps = settings ? build->own : build->config;
    if (settings && !(build->own && tt_config_take_steps(build->own, settings)))
        return tt_build_no_memory(build);
    return choose_scaler(build, column);
}
