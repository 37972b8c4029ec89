#ifndef GOLDEN_RUN_H
#define GOLDEN_RUN_H

#include "golden.h"

/* A training run of a network on given numbers. */
typedef struct golden_run {
    tt_dataset *dataset;
    tt_trainer *trainer;
    const tt_descriptor *loss;
    int64_t rows;
    int32_t outputs;
} golden_run;

/* Sets model.* and activations from a list of layers. */
void golden_set_layers(golden *g, const cJSON *layers);

/* Sets the family's row and its parameters from an object with "type", or a name and an object. */
void golden_set_loss(golden *g, const char *name, const cJSON *values);
void golden_set_optimizer(golden *g, const cJSON *config);
void golden_set_schedule(golden *g, const char *name, const cJSON *values);

/* Makes the data set from the first `rows` rows, and the trainer from the configuration as it is
 * now; `init` are the parameters by name ("0.weight"), NULL for all zeros. False when the case is
 * closed. The caller ends it all the same. */
bool golden_run_begin(golden *g, golden_run *run, const cJSON *layers, const cJSON *init,
                      const cJSON *x, const cJSON *y, int32_t rows);
void golden_run_end(golden_run *run);

/* One step; its history row, where column `key` is found by golden_column. False when it failed. */
bool golden_run_step(golden *g, golden_run *run, int64_t step, double *row);
double golden_column(const double *row, const char *key);

/* The tensor of an object by name that comes at place `index` in the flat order of the core: layer
 * after layer, weight before bias. NULL past the last one. */
const cJSON *golden_tensor(const cJSON *layers, const cJSON *tensors, int32_t index);

/* Whether the tensor, whose name says which, is a bias right before batch normalization. This takes
 * it away again, so its gradient is nothing but rounding, which many optimizers make large. */
bool golden_is_cancelled(const cJSON *layers, const cJSON *tensor);

/* Parameters or gradient against an object of tensors by name; `absolute` is to the scale of the
 * largest value of them all. Tensors that are cancelled do not count. */
void golden_compare_tensors(golden *g, const char *kind, tolerance allowed, const cJSON *layers,
                            const float *values, const cJSON *expected);

#endif
