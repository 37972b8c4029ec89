#ifndef GOLDEN_H
#define GOLDEN_H

/* What the files of golden_check share: one case of a file of reference results, numbers out of its
 * JSON, settings by name, and comparisons. The format is described in tests/native/goldens. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "tabtrain/tabtrain.h"

#include "rows.h"
#include "span.h"

typedef struct golden {
    const cJSON *json;   /* the case */
    const cJSON *shared; /* what the cases of its file have in common; may be NULL */
    tt_config *config;   /* with every default; for the case to change */
    bool failed, unsupported;
    char reason[200]; /* the first one */
    void *room;       /* blocks of golden_room */
} golden;

/* One category: checks a case of it. A case that neither fails nor is unsupported has passed. */
typedef void golden_check(golden *g);

golden_check check_activation, check_default, check_initializer, check_keras, check_lbfgs,
    check_loss, check_metric, check_optimizer, check_preprocessing, check_quality,
    check_regularization, check_run, check_schedule, check_sklearn_run;

/* The parts of a Keras case that other files know about. */
golden_check check_keras_optimizer, check_keras_schedule, check_keras_callback, check_keras_layer;

/* Parts of the regularization cases. */
golden_check check_weight_decay, check_dropout, check_norm;

/* Whether the case is of a scaler, which it then checks. */
bool golden_check_scaler(golden *g);

/* Turns a file that has no cases of its own into cases; see golden-defaults.c. */
cJSON *default_cases(const cJSON *file);

void golden_fail(golden *g, const char *format, ...) __attribute__((format(printf, 2, 3)));
void golden_unsupported(golden *g, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether the case is still to be gone on with. */
bool golden_is_open(const golden *g);

/* Members of an object; a missing text is "", a missing number `fallback`. */
const cJSON *golden_at(const cJSON *object, const char *path); /* "expected.loss"; may be NULL */
const char *golden_text(const cJSON *object, const char *path);
double golden_number(const cJSON *object, const char *path, double fallback);
double golden_value(const cJSON *item); /* a number, flag, "nan", "inf", "-inf"; null is NaN */

/* Zeroed memory, 16-byte aligned, that lives as long as the case. */
void *golden_room(golden *g, size_t count, size_t size);

/* Fails where a tensor inside `item` has not as many numbers as its shape says. */
void golden_check_tensors(golden *g, const cJSON *item);

/* Fails where the case has no member at one of the paths, which are separated by spaces. */
bool golden_needs(golden *g, const char *paths);

/* Fails where it is no tensor of rows and columns, at least one of each. */
bool golden_is_table(golden *g, const char *name, const cJSON *tensor);

/* Fails where the tensor does not have n numbers. */
bool golden_has_size(golden *g, const char *name, const cJSON *tensor, int64_t n);

/* Fails where one of n values is no class from 0 to n_classes - 1. */
bool golden_are_classes(golden *g, const char *name, int64_t n, const float *values,
                        int32_t n_classes);

/* A whole number from `least` up; `fallback` where there is none, or where the case fails. */
int32_t golden_count(golden *g, const cJSON *object, const char *path, int32_t least,
                     int32_t fallback);

/* A tensor, a bare list or nested lists as a flat array that lives as long as the case. */
int64_t golden_size(const cJSON *tensor);
int32_t golden_dimension(const cJSON *tensor, int32_t index); /* 1 for a missing one */
double *golden_doubles(golden *g, const cJSON *tensor);
float *golden_floats(golden *g, const cJSON *tensor);

/* |actual - expected| <= relative |expected| + absolute (largest |expected|). */
typedef struct tolerance {
    double relative, absolute;
} tolerance;

static const tolerance OF_FLOATS = {1e-5, 1e-6}, OF_DOUBLES = {1e-7, 1e-9};

/* Compare an array, or a number, with what is expected; `kind` names it in the summary. An
 * `expected` that is not there is no comparison. */
void golden_compare(golden *g, const char *kind, tolerance allowed, int64_t n, const double *actual,
                    const cJSON *expected);
void golden_compare_floats(golden *g, const char *kind, tolerance allowed, int64_t n,
                           const float *actual, const cJSON *expected);
void golden_compare_number(golden *g, const char *kind, tolerance allowed, double actual,
                           const cJSON *expected);

/* The same for numbers that come from elsewhere; `scale` stands for the largest one. */
void golden_compare_values(golden *g, const char *kind, tolerance allowed, double scale, int64_t n,
                           const double *actual, const double *expected);

/* The worst errors since the last call, as " kind 1.2e-07, kind ...", to be freed. */
char *golden_take_worst(void);

/* What a case calls a setting, and what we call it: a parameter of the row; several, separated by
 * commas, for a list that is taken apart; or "" for what is not the row's business. A name that is
 * not listed is the same on both sides. */
typedef struct alias {
    const char *theirs, *ours;
} alias;

/* The index of a row, or -1 and an unsupported case. */
int32_t golden_row(golden *g, const tt_family *family, const char *key);

/* Sets a key of the configuration; what it does not take makes the case fail. */
void golden_set(golden *g, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sets the parameters of a row from the members of an object. A member that the row has no
 * parameter for makes the case unsupported. `aliases` ends in {0}; NULL for none. */
void golden_set_params(golden *g, const tt_family *family, int32_t row, const cJSON *values,
                       const alias *aliases);

/* The same, and the parameters as the row's functions want them: TT_MAX_PARAMS values. */
void golden_params(golden *g, const tt_family *family, int32_t row, const cJSON *values,
                   const alias *aliases, double *params);

/* Looks a name up: the last alias is {0}; the name itself when it is not listed. */
const char *golden_ours(const alias *aliases, const char *theirs);

/* Limit a gradient, or one tensor's part of it, by the core's own regularizers. */
void golden_clip(golden *g, const char *key, double limit, int64_t n, float *gradient);
void golden_clip_tensor(golden *g, double limit, const tt_span *span, float *gradient);

/* Names and parameters that more than one file uses. */
cJSON *golden_optimizer_values(const cJSON *config, const char *name, const char **row);
int32_t golden_loss_row(golden *g, const char *name);
void golden_set_absent_alpha(golden *g, const char *loss, const cJSON *config);
int32_t golden_activation_row(golden *g, const char *name);
extern const alias loss_aliases[], activation_aliases[], optimizer_aliases[], keras_aliases[],
    schedule_aliases[];

#endif
