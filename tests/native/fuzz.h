#ifndef FUZZ_H
#define FUZZ_H

/* Shared by the fuzzers: choices made by the bytes of an input, and what must hold of whatever
 * comes out. A check that fails aborts, which libFuzzer reports with the input. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cjson/cJSON.h>

#include "tabtrain/tabtrain.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline void fuzz_check(bool holds, const char *what) {
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

/* The bytes of an input that no choice has taken yet. */
typedef struct fuzz_input {
    const uint8_t *at, *end;
} fuzz_input;

/* Below n, from one byte; 0 at the end. */
static inline uint32_t fuzz_below(fuzz_input *input, uint32_t n) {
    return input->at < input->end ? *input->at++ % n : 0;
}

/* A copy of the exact size, so that a sanitizer sees a step too far. The caller frees it. */
static inline char *fuzz_copy(const void *bytes, size_t size) {
    char *copy = malloc(size + (size == 0));
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

/* Every default; copied, as making one anew takes longer than most inputs. */
static inline tt_config *fuzz_config(void) {
    static tt_config *fresh;
    if (!fresh)
        fresh = tt_config_new();
    return tt_config_copy(fresh);
}

static inline void fuzz_set(tt_config *config, const char *key, const char *value) {
    fuzz_check(tt_config_set(config, key, value, NULL) == TT_OK, key);
}

static inline void fuzz_check_error(const tt_error *error) {
    size_t size = strlen(error->message);
    fuzz_check(error->status != TT_OK && size > 0, "a failure says why");
    fuzz_check(size < sizeof error->message && strlen(error->key) < sizeof error->key,
               "an error fits");
}

/* Frees the text; NULL, for no memory, is a failure here. */
static inline void fuzz_check_json(char *text) {
    fuzz_check(text != NULL, "there is a text");
    cJSON *json = cJSON_Parse(text);
    fuzz_check(json != NULL, "a JSON text parses");
    fuzz_check(tt_is_utf8(text, strlen(text)), "a JSON text is UTF-8");
    cJSON_Delete(json);
    tt_free_text(text);
}

static inline void fuzz_check_finite(const float *values, int64_t n) {
    for (int64_t i = 0; i < n; i++)
        fuzz_check(values[i] - values[i] == 0, "what is encoded is finite");
}

static inline void fuzz_check_dataset(const tt_dataset *dataset, int64_t n_rows) {
    int64_t n_used = 0;
    for (int part = TT_TRAINING; part <= TT_VALIDATION; part++) {
        int64_t n = tt_dataset_n_rows(dataset, (tt_part)part);
        fuzz_check_finite(tt_dataset_x(dataset, (tt_part)part), n * tt_dataset_n_features(dataset));
        fuzz_check_finite(tt_dataset_y(dataset, (tt_part)part), n * tt_dataset_n_targets(dataset));
        for (int64_t i = 0; i < n; i++)
            fuzz_check(tt_dataset_source_row(dataset, (tt_part)part, i) < n_rows,
                       "a row comes from the table");
        n_used += n;
    }
    fuzz_check(n_used <= n_rows, "no row is used twice");
    fuzz_check(tt_dataset_n_rows(dataset, TT_TRAINING) > 0, "there is something to train on");
    fuzz_check_json(tt_dataset_json(dataset));
}

#endif
