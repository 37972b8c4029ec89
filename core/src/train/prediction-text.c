/* A prediction as texts: the columns it adds, and whole rows as CSV. */

#include <assert.h>
#include <string.h>

#include "metric.h"
#include "prediction-state.h"

/* Adds a text that may need quotes: RFC 4180. */
static void add_cell(tt_text *csv, const char *cell) {
    if (!strpbrk(cell, ",\"\r\n") && cell[0] != ' ') {
        tt_text_add(csv, "%s", cell);
        return;
    }
    tt_text_add(csv, "\"");
    for (const char *at = cell; *at; at++)
        tt_text_add(csv, *at == '"' ? "\"\"" : "%c", *at);
    tt_text_add(csv, "\"");
}

/* Values that have a column of probabilities each: classes, also where one output stands for two of
 * them, or labels. */
static int32_t n_probabilities(const tt_model *model) {
    const tt_dataset *preparation = model->preparation;
    return tt_dataset_task(preparation) == TT_MULTILABEL ? tt_dataset_n_targets(preparation)
                                                         : tt_dataset_n_classes(preparation);
}

static const char *probability_name(const tt_model *model, int32_t index) {
    const tt_dataset *preparation = model->preparation;
    return tt_dataset_task(preparation) == TT_MULTILABEL
               ? tt_dataset_target_name(preparation, index)
               : tt_dataset_class_name(preparation, index);
}

static int32_t n_added(const tt_model *model) {
    return tt_dataset_n_targets(model->preparation) + n_probabilities(model);
}

/* The name of an added column, which the caller frees. */
static char *added_name(const tt_model *model, int32_t index) {
    int32_t n_targets = tt_dataset_n_targets(model->preparation);
    tt_text name = {0};
    if (index < n_targets)
        tt_text_add(&name, "predicted_%s", tt_dataset_target_name(model->preparation, index));
    else
        tt_text_add(&name, "probability_%s", probability_name(model, index - n_targets));
    return tt_text_finish(&name);
}

char *tt_prediction_json(const tt_prediction *prediction) {
    tt_text json = {0};
    tt_text_add(&json, "{\"n_rows\":%l,\"columns\":[", prediction->n_done);
    for (int32_t i = 0; i < n_added(prediction->model); i++) {
        char *name = added_name(prediction->model, i);
        tt_text_add(&json, i ? ",%j" : "%j", name ? name : "");
        json.failed |= !name;
        tt_free_text(name);
    }
    tt_text_add(&json, "],\"notes\":[");
    tt_add_fallbacks_json(&json, &prediction->binding, prediction->fallbacks);
    tt_text_add(&json, "]}");
    return tt_text_finish(&json);
}

static void add_names(tt_text *csv, const tt_prediction *prediction) {
    for (int32_t i = 0; i < tt_table_n_columns(prediction->table); i++) {
        tt_text_add(csv, i ? "," : "");
        add_cell(csv, tt_table_column(prediction->table, i)->name);
    }
    for (int32_t i = 0; i < n_added(prediction->model); i++) {
        char *name = added_name(prediction->model, i);
        tt_text_add(csv, ",");
        add_cell(csv, name ? name : "");
        csv->failed |= !name;
        tt_free_text(name);
    }
    tt_text_add(csv, "\r\n");
}

static void add_table_cells(tt_text *csv, const tt_table *table, int64_t row) {
    for (int32_t i = 0; i < table->n_columns; i++) {
        tt_cell cell = tt_table_cell(table, row, i);
        tt_text_add(csv, i ? "," : "");
        if (tt_is_word(cell))
            add_cell(csv, tt_table_word(table, i, cell));
        else
            tt_table_add_text(table, i, cell, csv);
    }
}

static void add_predicted(tt_text *csv, const tt_dataset *preparation, const double *values) {
    tt_task task = tt_dataset_task(preparation);
    int32_t n_targets = tt_dataset_n_targets(preparation);
    int32_t n_outputs = tt_dataset_n_outputs(preparation);
    for (int32_t t = 0; t < n_targets; t++) {
        tt_text_add(csv, ",");
        if (task == TT_REGRESSION)
            tt_text_add(csv, "%g", values[t]);
        else if (task == TT_MULTILABEL)
            add_cell(csv, tt_dataset_label_value(preparation, t, tt_decide(1, &values[t])));
        else
            add_cell(csv, tt_dataset_class_name(preparation, tt_decide(n_outputs, values)));
    }
    if (task == TT_BINARY)
        tt_text_add(csv, ",%g", 1 - values[0]);
    for (int32_t i = 0; i < n_outputs && task != TT_REGRESSION; i++)
        tt_text_add(csv, ",%g", values[i]);
}

char *tt_prediction_csv(const tt_prediction *prediction, int64_t first, int64_t n_rows) {
    const tt_model *model = prediction->model;
    tt_text csv = {0};
    assert(first >= 0 && first + n_rows <= prediction->n_done);
    if (first == 0)
        add_names(&csv, prediction);
    for (int64_t row = first; row < first + n_rows; row++) {
        add_table_cells(&csv, prediction->table, row);
        add_predicted(&csv, model->preparation,
                      prediction->values + row * tt_model_n_outputs(model));
        tt_text_add(&csv, "\r\n");
    }
    return tt_text_finish(&csv);
}
