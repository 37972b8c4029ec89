#ifndef TT_DATASET_STORE_H
#define TT_DATASET_STORE_H

#include "arena.h"
#include "date.h"
#include "scaler.h"
#include "tabtrain/dataset.h"
#include "text.h"

/* How a column becomes `width` features, starting at feature `first`: what was fitted on the
 * training rows, as plain numbers. A model file holds all of it (preparation.c). */
typedef enum tt_coding {
    TT_CODE_NUMBER,
    TT_CODE_ONE_HOT,
    TT_CODE_ORDINAL,
    TT_CODE_DATE, /* seconds since 1970, as some of its parts */
} tt_coding;

typedef struct tt_encoder {
    tt_coding coding;
    int32_t first, width;
    bool constant; /* in the training rows: the features are zero */
    bool flag;     /* numbers: the last feature is 1 where the number is missing, else 0 */
    double fill;   /* numbers: stands for a missing one */
    const tt_scaler *scaler; /* NULL for one-hot */
    int32_t scaler_size;     /* numbers that it fits for one feature */
    int64_t fitted;  /* numbers and ordinals: where the scaler's numbers begin in `fitted`; dates:
                        those of the first part, with those of the others behind them */
    char mark;       /* the decimal mark that was found in the column; 0 for plain decimals */
    char date_order; /* 'd' or 'm' where the order of day and month matters; else 0 */
    uint32_t parts;  /* dates: bits of tt_date_part, each a feature, in that order */
    int64_t levels;  /* categories: where the names of the levels begin in `level_names` */
    int32_t n_levels;
    int32_t dropped;    /* one-hot: first levels without a feature, 0 or 1 */
    int32_t fill_level; /* categories: stands for a missing one; -1 for none */
    int32_t other;      /* categories: the level of rare and unknown words; -1 for none */

    /* What the column is like in the training rows, missing cells left out. */
    double min, max, median; /* numbers and dates; the days of a date count from its min */
    bool whole;              /* numbers: all of the table's are */
    int32_t mode;            /* categories: the most frequent level */
} tt_encoder;

/* Whether it encodes numbers, which dates are too. */
static inline bool tt_is_numeric(const tt_encoder *encoder) {
    return encoder->coding == TT_CODE_NUMBER || encoder->coding == TT_CODE_DATE;
}

/* Features that a scaler was fitted for; not for one-hot. */
static inline int32_t tt_n_scaled(const tt_encoder *encoder) {
    return encoder->coding == TT_CODE_DATE ? __builtin_popcount(encoder->parts) : 1;
}

/* The inside of a data set. Arrays and names lie in the arena. */
struct tt_dataset {
    tt_arena arena;
    tt_task task;
    int32_t n_features, n_targets, n_classes, n_outputs;
    int64_t n_rows[TT_N_PARTS];
    int64_t n_dropped; /* rows of the table in no part */
    float *x[TT_N_PARTS], *y[TT_N_PARTS];
    uint32_t *source_rows[TT_N_PARTS];
    float *weights[TT_N_PARTS]; /* NULL when all are 1 */
    bool weighted;
    double *target_offsets, *target_scales; /* (n_targets) */
    bool target_log;                        /* the targets are log1p'd before they are scaled */

    /* The fitted steps: one encoder a column that is used. */
    const tt_scaler *scaler; /* of columns without settings of their own */
    int32_t scaler_size;
    int32_t n_encoders;
    int64_t n_fitted, n_levels;
    tt_encoder *encoders;
    double *fitted;
    const char **column_names; /* of the encoders */
    const char **level_names;

    const char **feature_names, **target_names;
    const char **class_names; /* of labels: those of 0 and 1 of each target in turn */
    char *notes;              /* the items of the JSON list of notes */
};

/* The texts that go into a data set; names end in NUL, one behind the other. */
typedef struct tt_dataset_texts {
    tt_text features, classes, columns, levels, targets, notes;
} tt_dataset_texts;

/* A data set with the task and the sizes of `like`, its texts copied, its arrays zero. NULL with
 * TT_NO_MEMORY, which says how many MB it would take. */
tt_dataset *tt_dataset_reserve(const tt_dataset *like, const tt_dataset_texts *texts,
                               tt_error *error);
void tt_dataset_texts_free(tt_dataset_texts *texts);

/* How many class names there are. */
int32_t tt_n_class_names(const tt_dataset *dataset);

/* tt_dataset_target_value of n rows of n_targets values, in place. */
void tt_dataset_target_values(const tt_dataset *dataset, int64_t n, double *values);

/* Adds the NUL that ends a name. */
void tt_end_name(tt_text *names);

/* The word for a part of a date. */
const char *tt_date_part_key(tt_date_part part);

/* Adds to the settings of a reader how the columns of the features were written, so that other
 * files are read in the same way where they leave it open. False when memory runs out (pin.c). */
bool tt_pin_reading(const tt_dataset *dataset, tt_config *config);

/* Names the features of an encoder whose levels are in `texts` (fit.c). */
void tt_name_features(tt_dataset_texts *texts, const char *column, const tt_encoder *encoder);

/* Parts of the JSON of a data set, each a list with its key: names, columns; the task's key
 * (dataset-json.c). */
void tt_add_names_json(tt_text *json, const char *key, int32_t n, const char *const *names);
void tt_add_columns_json(tt_text *json, const tt_dataset *dataset);
const char *tt_task_key(tt_task task);

#endif
