/* The catalogue as JSON:
 *
 * {"families": [{"key", "label", "help", "pick": "one" | "any" | "per_layer", "default", "live",
 *                "by_column": [use], "params": [param], "rows": [row]}],
 *  "groups": [{"key", "label", "help", "params": [param]}],
 *  "presets": [{"key", "label", "help", "settings": text of a .cfg file, "tasks": [task]}],
 *  "history": [{"key", "label", "help"}]}
 *
 * "by_column" of a family is that of its choice and of all parameters.
 *
 * row: {"key", "label", "help", "formula", "source", "names": {"pytorch", "keras", "sklearn"},
 * "differs", "share", "higher_is_better" (metrics only), "tasks": [task], "auto_tasks": [task],
 * "params": [param]}; "" stands for what is not there. param: {"key", "setting", "label", "help",
 * "kind", "default"}, with "min", "max", "log_scale" for numbers, "choices" where there are any,
 * "reads_file": true where a change asks for reading the file again, and "by_column": [use] where
 * columns with such a use may have a value of their own. use: "number" | "date" | "category".
 * task: "regression" | "binary" | "multiclass" | "multilabel". */

#include <stdlib.h>

#include "metric.h"
#include "settings.h"
#include "tabtrain/trainer.h"
#include "text.h"
#include "value.h"

static const char *const kinds[] = {
    [TT_KIND_REAL] = "real",         [TT_KIND_INTEGER] = "integer", [TT_KIND_FLAG] = "flag",
    [TT_KIND_CHOICE] = "choice",     [TT_KIND_CHOICES] = "choices", [TT_KIND_REALS] = "reals",
    [TT_KIND_INTEGERS] = "integers", [TT_KIND_TEXT] = "text",       [TT_KIND_COLUMN] = "column",
    [TT_KIND_COLUMNS] = "columns",   [TT_KIND_STEPS] = "steps",
};

static const char *const picks[] = {
    [TT_PICK_ONE] = "one", [TT_PICK_ANY] = "any", [TT_PICK_PER_LAYER] = "per_layer"};

static void add_choices(tt_text *json, const char *choices) {
    const tt_family *family = tt_choices_family(choices);
    tt_text_add(json, ",\"choices\":[");
    for (int32_t r = 0; family && r < family->n_rows; r++)
        tt_text_add(json, r > 0 ? ",%j" : "%j", tt_family_row(family, r)->key);
    for (const char *at = choices; !family && *at; at++) {
        tt_text_add(json, at == choices ? "\"" : "");
        tt_text_add(json, *at == '|' ? "\",\"" : "%c", *at);
        tt_text_add(json, at[1] ? "" : "\"");
    }
    tt_text_add(json, "]");
}

/* Nothing where no column can differ. */
static void add_uses(tt_text *json, int32_t uses) {
    static const char *const names[] = {"number", "date", "category"};
    tt_text_add(json, uses ? ",\"by_column\":[" : "");
    for (int32_t i = 0, n = 0; i < 3; i++)
        if (uses >> i & 1)
            tt_text_add(json, n++ > 0 ? ",%j" : "%j", names[i]);
    tt_text_add(json, uses ? "]" : "");
}

/* `kind` is that of the values the setting takes. */
static void add_param(tt_text *json, const char *prefix, const tt_param *param, tt_kind kind) {
    char fallback[64];
    tt_param_default(param, fallback, sizeof fallback);
    tt_text_add(json, "{\"key\":%j,\"setting\":\"%s.%s\",\"label\":%j,\"help\":%j", param->key,
                prefix, param->key, param->label, param->help);
    tt_text_add(json, ",\"kind\":%j,\"default\":%j", kinds[kind], fallback);
    if (param->kind == TT_KIND_REAL || param->kind == TT_KIND_INTEGER ||
        param->kind == TT_KIND_REALS || param->kind == TT_KIND_INTEGERS)
        tt_text_add(json, ",\"min\":%n,\"max\":%n,\"log_scale\":%s", param->min, param->max,
                    param->log_scale ? "true" : "false");
    if (param->choices)
        add_choices(json, param->choices);
    if (param->reads_file)
        tt_text_add(json, ",\"reads_file\":true");
    add_uses(json, param->by_column);
    tt_text_add(json, "}");
}

/* `family` is that of the row whose parameters they are; NULL for others. */
static void add_params(tt_text *json, const char *prefix, const tt_param *params, int32_t n,
                       const tt_family *family) {
    tt_text_add(json, ",\"params\":[");
    for (int32_t i = 0; i < n; i++) {
        tt_text_add(json, i > 0 ? "," : "");
        bool list = family && tt_is_per_layer(family, &params[i]);
        add_param(json, prefix, &params[i],
                  list ? tt_param_as_list(&params[i]).kind : params[i].kind);
    }
    tt_text_add(json, "]");
}

static void add_tasks(tt_text *json, const char *key, int32_t tasks) {
    static const char *const names[] = {"regression", "binary", "multiclass", "multilabel"};
    tt_text_add(json, ",%j:[", key);
    for (int32_t i = 0, n = 0; i < 4; i++)
        if (tasks >> i & 1)
            tt_text_add(json, n++ > 0 ? ",%j" : "%j", names[i]);
    tt_text_add(json, "]");
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

static void add_row(tt_text *json, const tt_family *family, const tt_descriptor *row) {
    char prefix[64];
    tt_format(prefix, sizeof prefix, "%s.%s", family->key, row->key);
    tt_text_add(json, "{\"key\":%j,\"label\":%j,\"help\":%j,\"formula\":%j,\"source\":%j", row->key,
                row->label, row->help, row->formula, or_empty(row->source));
    tt_text_add(json, ",\"names\":{\"pytorch\":%j,\"keras\":%j,\"sklearn\":%j},\"differs\":%j",
                or_empty(row->names.pytorch), or_empty(row->names.keras),
                or_empty(row->names.sklearn), or_empty(row->differs));
    tt_text_add(json, ",\"share\":%s", row->share ? "true" : "false");
    if (family == &tt_metric_family)
        tt_text_add(json, ",\"higher_is_better\":%s",
                    ((const tt_metric *)row)->higher_is_better ? "true" : "false");
    add_tasks(json, "tasks", row->tasks);
    add_tasks(json, "auto_tasks", row->auto_tasks);
    add_params(json, prefix, row->params, row->n_params, family);
    tt_text_add(json, "}");
}

static void add_family(tt_text *json, const tt_family *family) {
    tt_text_add(json, "{\"key\":%j,\"label\":%j,\"help\":%j,\"pick\":%j,\"default\":%j,\"live\":%s",
                family->key, family->label, family->help, picks[family->pick], family->choice,
                family->live ? "true" : "false");
    add_uses(json, family->by_column);
    add_params(json, family->key, family->params, family->n_params, NULL);
    tt_text_add(json, ",\"rows\":[");
    for (int32_t r = 0; r < family->n_rows; r++) {
        tt_text_add(json, r > 0 ? "," : "");
        add_row(json, family, tt_family_row(family, r));
    }
    tt_text_add(json, "]}");
}

static void add_group(tt_text *json, const tt_group *group) {
    tt_text_add(json, "{\"key\":%j,\"label\":%j,\"help\":%j", group->key, group->label,
                group->help);
    add_params(json, group->key, group->params, group->n_params, NULL);
    tt_text_add(json, "}");
}

static void add_preset(tt_text *json, const tt_preset *preset) {
    tt_text_add(json, "{\"key\":%j,\"label\":%j,\"help\":%j,\"settings\":%j", preset->key,
                preset->label, preset->help, preset->settings);
    add_tasks(json, "tasks", preset->tasks);
    tt_text_add(json, "}");
}

char *tt_catalogue_json(void) {
    tt_text json = {0};
    tt_text_add(&json, "{\"families\":[");
    for (int32_t f = 0; f < tt_n_families(); f++) {
        tt_text_add(&json, f > 0 ? "," : "");
        add_family(&json, tt_family_at(f));
    }
    tt_text_add(&json, "],\"groups\":[");
    for (int32_t g = 0; g < tt_n_groups(); g++) {
        tt_text_add(&json, g > 0 ? "," : "");
        add_group(&json, tt_group_at(g));
    }
    tt_text_add(&json, "],\"presets\":[");
    for (int32_t i = 0; i < tt_n_presets(); i++) {
        tt_text_add(&json, i > 0 ? "," : "");
        add_preset(&json, tt_preset_at(i));
    }
    tt_text_add(&json, "],\"history\":[");
    for (int32_t c = 0; c < tt_n_history_columns(); c++) {
        const tt_descriptor *column = tt_history_column(c);
        tt_text_add(&json, "%s{\"key\":%j,\"label\":%j,\"help\":%j}", c > 0 ? "," : "", column->key,
                    column->label, column->help);
    }
    tt_text_add(&json, "]}");
    return tt_text_finish(&json);
}

void tt_free_text(char *text) {
    free(text);
}
