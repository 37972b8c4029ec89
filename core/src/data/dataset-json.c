#include <stdlib.h>

#include "dataset-store.h"

/* The schema:
 *
 * {"task": "regression" | "binary" | "multiclass" | "multilabel", "target": "species",
 *  "targets": ["species"],
 *  "n_training": 120, "n_validation": 30, "n_test": 0, "n_dropped": 0,
 *  "n_features": 4, "n_classes": 3, "n_outputs": 3, "target_offset": 0, "target_scale": 1,
 *  "target_offsets": [0], "target_scales": [1], "target_log": false, "weighted": false,
 *  "columns": [{"name": "petal_width", "scaler": "standard" | null, "coding": "number",
 *               "fill": 0.2, "flag": false, "whole": false, "min": 0.1, "max": 2.5, "median": 1.3},
 *              {"name": "colour", "coding": "one_hot" | "ordinal", "fill": "red" | null,
 *               "levels": ["blue", "red", "other"], "mode": "red", "other": true, "dropped": 0},
 *              {"name": "day", "coding": "date", "flag": false, "parts": ["elapsed", "month"],
 *               "min": 1709251200, "max": 1711843200, "median": 1710547200,   seconds since 1970
 *               "fill": "2024-03-16", "typical": "2024-03-16"},
 *              ...],
 *  "features": ["petal_width", "colour=red", ...],
 *  "classes": [{"name": "setosa", "training": 40, "validation": 10}, ...],
 *  "labels": [{"name": "spam", "no": "0", "yes": "1", "training": 12, "validation": 3}, ...],
 *  "notes": [{"column": "name, or empty", "message": "..."}, ...]}
 *
 * "target", "target_offset" and "target_scale" are those of the first target. "labels" is there for
 * multilabel; its counts are those of yes. */

static int64_t count_class(const tt_dataset *dataset, int part, int32_t target, int32_t index) {
    int64_t count = 0;
    for (int64_t i = 0; i < dataset->n_rows[part]; i++)
        count += dataset->y[part][i * dataset->n_targets + target] == (float)index;
    return count;
}

const char *tt_task_key(tt_task task) {
    return task == TT_REGRESSION   ? "regression"
           : task == TT_BINARY     ? "binary"
           : task == TT_MULTICLASS ? "multiclass"
                                   : "multilabel";
}

void tt_add_names_json(tt_text *json, const char *key, int32_t n, const char *const *names) {
    tt_text_add(json, ",%j:[", key);
    for (int32_t i = 0; i < n; i++)
        tt_text_add(json, i ? ",%j" : "%j", names[i]);
    tt_text_add(json, "]");
}

static void add_numbers(tt_text *json, const char *key, int32_t n, const double *values) {
    tt_text_add(json, ",%j:[", key);
    for (int32_t i = 0; i < n; i++)
        tt_text_add(json, i ? ",%n" : "%n", values[i]);
    tt_text_add(json, "]");
}

static void add_sizes(tt_text *json, const tt_dataset *dataset) {
    tt_text_add(json, "\"task\":%j,\"target\":%j", tt_task_key(dataset->task),
                dataset->target_names[0]);
    tt_add_names_json(json, "targets", dataset->n_targets, dataset->target_names);
    for (int part = 0; part < TT_N_PARTS; part++)
        tt_text_add(json, ",\"n_%s\":%l", tt_part_key((tt_part)part), dataset->n_rows[part]);
    tt_text_add(json, ",\"n_dropped\":%l", dataset->n_dropped);
    tt_text_add(json, ",\"n_features\":%i,\"n_classes\":%i,\"n_outputs\":%i", dataset->n_features,
                dataset->n_classes, dataset->n_outputs);
    tt_text_add(json, ",\"target_offset\":%n,\"target_scale\":%n", dataset->target_offsets[0],
                dataset->target_scales[0]);
    add_numbers(json, "target_offsets", dataset->n_targets, dataset->target_offsets);
    add_numbers(json, "target_scales", dataset->n_targets, dataset->target_scales);
    tt_text_add(json, ",\"target_log\":%s,\"weighted\":%s", dataset->target_log ? "true" : "false",
                dataset->weighted ? "true" : "false");
}

static void add_number(tt_text *json, const tt_encoder *encoder) {
    tt_text_add(json, ",\"coding\":\"number\",\"fill\":%n,\"flag\":%s,\"whole\":%s", encoder->fill,
                encoder->flag ? "true" : "false", encoder->whole ? "true" : "false");
    tt_text_add(json, ",\"min\":%n,\"max\":%n,\"median\":%n", encoder->min, encoder->max,
                encoder->median);
}

static void add_date_text(tt_text *json, const char *key, double seconds) {
    char text[TT_DATE_SIZE];
    tt_format_date(seconds, text);
    tt_text_add(json, ",%j:%j", key, text);
}

static void add_date(tt_text *json, const tt_encoder *encoder) {
    tt_text_add(json, ",\"coding\":\"date\",\"flag\":%s,\"parts\":[",
                encoder->flag ? "true" : "false");
    for (int part = 0, n = 0; part < TT_N_DATE_PARTS; part++)
        if (encoder->parts >> part & 1)
            tt_text_add(json, n++ ? ",%j" : "%j", tt_date_part_key((tt_date_part)part));
    tt_text_add(json, "],\"min\":%n,\"max\":%n,\"median\":%n", encoder->min, encoder->max,
                encoder->median);
    add_date_text(json, "fill", encoder->fill);
    add_date_text(json, "typical", encoder->median);
}

static void add_category(tt_text *json, const tt_dataset *dataset, const tt_encoder *encoder) {
    const char *const *levels = dataset->level_names + encoder->levels;
    tt_text_add(json, ",\"coding\":%j,\"fill\":",
                encoder->coding == TT_CODE_ORDINAL ? "ordinal" : "one_hot");
    if (encoder->fill_level >= 0)
        tt_text_add(json, "%j", levels[encoder->fill_level]);
    else
        tt_text_add(json, "null");
    tt_text_add(json, ",\"levels\":[");
    for (int32_t i = 0; i < encoder->n_levels; i++)
        tt_text_add(json, i ? ",%j" : "%j", levels[i]);
    tt_text_add(json, "],\"mode\":%j,\"other\":%s,\"dropped\":%i", levels[encoder->mode],
                encoder->other >= 0 ? "true" : "false", encoder->dropped);
}

void tt_add_columns_json(tt_text *json, const tt_dataset *dataset) {
    tt_text_add(json, ",\"columns\":[");
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        const tt_encoder *encoder = &dataset->encoders[e];
        tt_text_add(json, e ? ",{\"name\":%j" : "{\"name\":%j", dataset->column_names[e]);
        if (encoder->scaler)
            tt_text_add(json, ",\"scaler\":%j", encoder->scaler->about.key);
        else
            tt_text_add(json, ",\"scaler\":null");
        if (encoder->coding == TT_CODE_NUMBER)
            add_number(json, encoder);
        else if (encoder->coding == TT_CODE_DATE)
            add_date(json, encoder);
        else
            add_category(json, dataset, encoder);
        tt_text_add(json, "}");
    }
    tt_text_add(json, "]");
}

static void add_classes(tt_text *json, const tt_dataset *dataset) {
    tt_text_add(json, ",\"classes\":[");
    for (int32_t i = 0; i < dataset->n_classes; i++)
        tt_text_add(json, "%s{\"name\":%j,\"training\":%l,\"validation\":%l}", i ? "," : "",
                    dataset->class_names[i], count_class(dataset, TT_TRAINING, 0, i),
                    count_class(dataset, TT_VALIDATION, 0, i));
    tt_text_add(json, "]");
}

static void add_labels(tt_text *json, const tt_dataset *dataset) {
    tt_text_add(json, ",\"labels\":[");
    for (int32_t t = 0; t < dataset->n_targets; t++)
        tt_text_add(
            json, "%s{\"name\":%j,\"no\":%j,\"yes\":%j,\"training\":%l,\"validation\":%l}",
            t ? "," : "", dataset->target_names[t], tt_dataset_label_value(dataset, t, false),
            tt_dataset_label_value(dataset, t, true), count_class(dataset, TT_TRAINING, t, 1),
            count_class(dataset, TT_VALIDATION, t, 1));
    tt_text_add(json, "]");
}

char *tt_dataset_json(const tt_dataset *dataset) {
    tt_text json = {0};
    tt_text_add(&json, "{");
    add_sizes(&json, dataset);
    tt_add_columns_json(&json, dataset);
    tt_add_names_json(&json, "features", dataset->n_features, dataset->feature_names);
    add_classes(&json, dataset);
    if (dataset->task == TT_MULTILABEL)
        add_labels(&json, dataset);
    tt_text_add(&json, ",\"notes\":[%s]}", dataset->notes);
    return tt_text_finish(&json);
}
