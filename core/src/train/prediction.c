#include <stdlib.h>

#include "prediction-state.h"

tt_prediction *tt_prediction_new(tt_model *model, const tt_table *table, tt_error *error) {
    size_t n = (size_t)tt_table_n_rows(table) * (size_t)tt_model_n_outputs(model);
    tt_prediction *prediction = calloc(1, sizeof *prediction);
    bool good = prediction != NULL;
    if (good) {
        prediction->model = model;
        prediction->table = table;
        prediction->values = malloc(n * sizeof *prediction->values);
        prediction->fallbacks =
            calloc((size_t)tt_model_n_columns(model), sizeof *prediction->fallbacks);
        good = prediction->values && prediction->fallbacks;
    }
    tt_status status = good ? tt_bind(&prediction->binding, model->preparation, table, error)
                            : tt_fail(error, TT_NO_MEMORY,
                                      "There is no memory left to predict a table of %l rows.",
                                      tt_table_n_rows(table));
    if (status == TT_OK)
        return prediction;
    tt_prediction_free(prediction);
    return NULL;
}

void tt_prediction_free(tt_prediction *prediction) {
    if (!prediction)
        return;
    tt_binding_free(&prediction->binding);
    free(prediction->values);
    free(prediction->fallbacks);
    free(prediction);
}

static tt_status predict_chunk(tt_prediction *prediction, int32_t n, tt_error *error) {
    tt_model *model = prediction->model;
    int64_t first = prediction->n_done;
    tt_status status = tt_binding_encode(&prediction->binding, first, n, NULL, model->x, error);
    if (status != TT_OK)
        return status;
    tt_count_fallbacks(&prediction->binding, first, n, prediction->fallbacks);
    tt_model_forward(model, n, model->x, prediction->values + first * tt_model_n_outputs(model));
    prediction->n_done += n;
    return TT_OK;
}

tt_status tt_prediction_run(tt_prediction *prediction, int64_t max_rows, tt_error *error) {
    int64_t left = tt_table_n_rows(prediction->table) - prediction->n_done;
    int64_t end = prediction->n_done + (left < max_rows ? left : max_rows);
    int32_t most = prediction->model->network.chunk_rows;
    tt_status status = TT_OK;
    while (prediction->n_done < end && status == TT_OK) {
        int64_t n = end - prediction->n_done;
        status = predict_chunk(prediction, n < most ? (int32_t)n : most, error);
    }
    bool finished = prediction->n_done == tt_table_n_rows(prediction->table);
    return status == TT_OK && finished ? TT_FINISHED : status;
}

const double *tt_prediction_values(const tt_prediction *prediction) {
    return prediction->values;
}
