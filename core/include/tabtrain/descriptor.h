#ifndef TABTRAIN_DESCRIPTOR_H
#define TABTRAIN_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the library describes itself.
 *
 * Whatever a person can pick is one const row of a table: a loss, an optimizer, a scaler. A row
 * starts with a tt_descriptor, so that one walk over all tables gives the form on the page, the
 * keys of links, .cfg files and the command line, the reference page and the tests. */

/* What is to be predicted. The values are bits, so that a row can say which tasks it fits. */
typedef enum tt_task {
    TT_REGRESSION = 1, /* numbers, one for each target column */
    TT_BINARY = 2,     /* one of two classes, one output: the score of the second class */
    TT_MULTICLASS = 4, /* one of K >= 2 classes, K outputs */
    TT_MULTILABEL = 8, /* yes or no for each target column, an output each: the score of yes */
} tt_task;

enum {
    TT_CLASSIFICATION = TT_BINARY | TT_MULTICLASS,
    TT_CLASSES_OR_LABELS = TT_CLASSIFICATION | TT_MULTILABEL,
    TT_ANY_TASK = TT_REGRESSION | TT_CLASSES_OR_LABELS
};

typedef enum tt_kind {
    TT_KIND_REAL,     /* a number within [min, max] */
    TT_KIND_INTEGER,  /* a whole number within [min, max] */
    TT_KIND_FLAG,     /* yes or no, written 1 or 0 */
    TT_KIND_CHOICE,   /* one of `choices` */
    TT_KIND_CHOICES,  /* any number of `choices`, separated by commas */
    TT_KIND_REALS,    /* numbers, separated by commas, each within [min, max] */
    TT_KIND_INTEGERS, /* whole numbers, separated by commas, each within [min, max] */
    TT_KIND_TEXT,     /* any text */
    TT_KIND_COLUMN,   /* the name of a column of the table */
    TT_KIND_COLUMNS,  /* names of columns, separated by commas and quoted as in a CSV file */
    TT_KIND_STEPS, /* settings of some columns: "age, income: scaler=robust missing=median; ..." */
} tt_kind;

/* What a column of the table is used as, where it becomes inputs. The values are bits. */
typedef enum tt_use { TT_USE_NUMBER = 1, TT_USE_DATE = 2, TT_USE_CATEGORY = 4 } tt_use;

/* One setting. Strings are UTF-8 and live as long as the program. */
typedef struct tt_param {
    const char *key;   /* last part of the flat key: "lr" of "optimizer.adam.lr" */
    const char *label; /* two or three words for a form */
    const char *help;  /* one sentence */
    tt_kind kind;
    double min, max;     /* inclusive bounds of numbers */
    double value;        /* default of REAL, INTEGER and FLAG */
    bool log_scale;      /* steps of equal ratio suit it better than steps of equal size */
    const char *text;    /* default of all other kinds */
    const char *choices; /* "a|b|c" for CHOICE and CHOICES, or "@family" for the keys of its rows */
    bool reads_file;     /* says how the file is read: a change asks for reading it again */
    int32_t by_column;   /* bits of tt_use: columns for which TT_KIND_STEPS may say otherwise */
    int32_t n_max;       /* most items of a list; 0 for any number */
} tt_param;

/* What a row is called elsewhere; NULL where a library does not have it. PyTorch names are those in
 * torch, or in a package that extends it. */
typedef struct tt_names {
    const char *pytorch, *keras, *sklearn;
} tt_names;

typedef struct tt_descriptor {
    const char *key;     /* lower_snake_case, unique in its family */
    const char *label;   /* the field's standard name */
    const char *help;    /* one sentence: what it does and when it suits */
    const char *formula; /* plain text in UTF-8 */
    const char *source;  /* paper and year; NULL where it is common knowledge */
    tt_names names;
    const char *differs; /* from those of that name, in a few sentences; NULL where nothing does */
    const tt_param *params;
    int32_t n_params;
    bool share;         /* its value is a share of one, best told as a percentage (metrics) */
    int32_t tasks;      /* bits of tt_task that it fits */
    int32_t auto_tasks; /* bits of tt_task for which the family's choice "auto" picks it */
} tt_descriptor;

typedef enum tt_pick {
    TT_PICK_ONE,       /* `family = row` */
    TT_PICK_ANY,       /* `family = row,row`: each of them at once; empty for none */
    TT_PICK_PER_LAYER, /* `family = row` for every hidden layer, or a list with one for each; so do
                          the REAL parameters of its rows: one number, or one for each layer */
} tt_pick;

/* A table whose rows are structures that begin with a tt_descriptor. */
typedef struct tt_family {
    const char *key, *label, *help;
    tt_pick pick;
    const char *choice;     /* default of the setting `family` itself */
    bool live;              /* parameters may be changed while a run is under way */
    int32_t by_column;      /* as in tt_param, of the choice and all parameters */
    const tt_param *params; /* parameters shared by all rows: `family.parameter` */
    int32_t n_params;
    const void *rows;
    size_t row_size; /* bytes */
    int32_t n_rows;
} tt_family;

/* A group of settings that is no family: "train", "split", ... Its keys are `group.parameter`. */
typedef struct tt_group {
    const char *key, *label, *help;
    const tt_param *params;
    int32_t n_params;
} tt_group;

/* All families and groups, in the order a person meets them. */
int32_t tt_n_families(void);
const tt_family *tt_family_at(int32_t index);
int32_t tt_n_groups(void);
const tt_group *tt_group_at(int32_t index);

/* The descriptor of row `index`, and the index of the row with that key or -1. */
const tt_descriptor *tt_family_row(const tt_family *family, int32_t index);
int32_t tt_family_find(const tt_family *family, const char *key);

#endif
