#ifndef TT_MODEL_STATE_H
#define TT_MODEL_STATE_H

#include "dataset-store.h"
#include "plan.h"
#include "tabtrain/model.h"
#include "text.h"

/* The inside of a model. The network has its own arrays: a model shares nothing with a trainer. */
struct tt_model {
    tt_text bytes; /* as saved */
    tt_config *config;
    tt_dataset *preparation; /* without rows */
    tt_plan plan;
    tt_network network;
    tt_arena kept, scratch;
    float *x;      /* (chunk_rows, n_inputs): room for rows that are to go forward */
    float *linked; /* (chunk_rows, n_outputs of the network) */
};

/* The raw outputs of up to chunk_rows rows; unless NULL, `predictions` receives what they mean. The
 * outputs stay valid until the next call. */
const float *tt_model_forward(tt_model *model, int32_t n, const float *x, double *predictions);

/* The file of a model as bytes, from what a run has; `weights` as tt_keep_weights leaves them
 * (model-file.c). */
bool tt_model_write(const tt_trainer *trainer, const float *weights, tt_text *bytes);

/* Fills in a zeroed model from the bytes in it. */
tt_status tt_model_read(tt_model *model, tt_error *error);

/* What value `output` of a prediction is of: a target, a class or a label. */
const char *tt_model_output_name(const tt_model *model, int32_t output);

#endif
