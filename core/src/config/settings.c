#include "settings.h"
#include "activation.h"
#include "augmentation.h"
#include "data-group.h"
#include "initializer.h"
#include "loss.h"
#include "metric.h"
#include "optimizer.h"
#include "regularizer.h"
#include "scaler.h"
#include "schedule.h"

#include <assert.h>
#include <string.h>

static const tt_family *const families[] = {
    &tt_scaler_family,      &tt_activation_family,   &tt_initializer_family,
    &tt_loss_family,        &tt_optimizer_family,    &tt_schedule_family,
    &tt_regularizer_family, &tt_augmentation_family, &tt_metric_family,
};

#define SEED(text)                                                                                 \
    {                                                                                              \
        .key = "seed", .label = "Seed", .help = text, .kind = TT_KIND_INTEGER, .min = 0,           \
        .max = 4294967295.0, .value = 0                                                            \
    }

static const tt_param split_params[] = {
    {.key = "method",
     .label = "Method",
     .help = "Any rows, whole groups of rows, the last rows in time, or the rows that a column "
             "names.",
     .kind = TT_KIND_CHOICE,
     .text = "random",
     .choices = "random|group|order|part"},
    {.key = "validation",
     .label = "Validation share",
     .help = "Share of the rows kept away from training, to judge it by; of the groups, when the "
             "split is by group.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 0.9,
     .value = 0.2},
    {.key = "stratify",
     .label = "Stratified",
     .help = "Keeps the share of each class alike in both parts.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "shuffle",
     .label = "Shuffled",
     .help = "Draws the rows at random; else the last ones judge, or the folds are in file order.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "group",
     .label = "Group",
     .help = "For the method group: rows with the same value in this column stay together.",
     .kind = TT_KIND_COLUMN,
     .text = ""},
    {.key = "order",
     .label = "Order",
     .help = "For the method order: the column that tells the time; the order of the file when "
             "empty.",
     .kind = TT_KIND_COLUMN,
     .text = ""},
    {.key = "part",
     .label = "Part",
     .help = "For the method part: the column with a word in each row that says whether it is for "
             "training, validation or test. Without rows for validation, the validation share is "
             "drawn from those for training. Test rows are kept away from both and scored on their "
             "own.",
     .kind = TT_KIND_COLUMN,
     .text = ""},
    {.key = "training_words",
     .label = "Words for training",
     .help = "What stands in the column of parts where a row is for training; separated by "
             "commas, in capital letters or small ones.",
     .kind = TT_KIND_TEXT,
     .text = "train,training,learn"},
    {.key = "validation_words",
     .label = "Words for validation",
     .help = "What stands there where a row is for validation.",
     .kind = TT_KIND_TEXT,
     .text = "valid,validation,val,dev"},
    {.key = "test_words",
     .label = "Words for test",
     .help = "What stands there where a row is held out for a test.",
     .kind = TT_KIND_TEXT,
     .text = "test,testing,holdout"},
    {.key = "folds",
     .label = "Folds",
     .help = "Cross-validation: the rows in this many equal folds, of which one judges; 0 for a "
             "share instead.",
     .kind = TT_KIND_INTEGER,
     .min = 0,
     .max = 100,
     .value = 0},
    {.key = "fold",
     .label = "Fold",
     .help = "Which of the folds judges, from 1 on.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 100,
     .value = 1},
    {.key = "repeats",
     .label = "Repeats",
     .help = "How often cross-validation goes through its folds, each time with the rows dealt "
             "anew and other seeds.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 100,
     .value = 1},
    SEED("The same seed gives the same split."),
};

static const tt_param model_params[] = {
    {.key = "hidden",
     .label = "Hidden layers",
     .help = "Width of each hidden layer, up to 8 of them; none makes a linear model.",
     .kind = TT_KIND_INTEGERS,
     .min = 1,
     .max = 1024,
     .text = "16,16",
     .n_max = TT_MAX_HIDDEN},
    {.key = "dropout",
     .label = "Dropout",
     .help = "Share of a hidden layer's units switched off at random in each step: one number for "
             "all layers, or one for each.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 0.95,
     .text = "0",
     .n_max = TT_MAX_HIDDEN},
    {.key = "norm",
     .label = "Normalization",
     .help = "Keeps the sums of each hidden layer at one scale: over the batch, or over the layer. "
             "One for all layers, or one for each.",
     .kind = TT_KIND_CHOICES,
     .text = "none",
     .choices = "none|batch|layer",
     .n_max = TT_MAX_HIDDEN},
    {.key = "norm_epsilon",
     .label = "Normalization epsilon",
     .help = "Added to the variance before the root.",
     .kind = TT_KIND_REAL,
     .min = 1e-12,
     .max = 1,
     .value = 1e-5,
     .log_scale = true},
    {.key = "norm_momentum",
     .label = "Batch-norm momentum",
     .help = "Share of the newest batch in the running mean and variance that evaluation uses.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0.1},
    {.key = "norm_variance",
     .label = "Running variance",
     .help = "Of a batch, the variance that evaluation uses is unbiased in PyTorch (divided by n - "
             "1), biased in Keras.",
     .kind = TT_KIND_CHOICE,
     .text = "unbiased",
     .choices = "unbiased|biased"},
    {.key = "skip",
     .label = "Skip over",
     .help = "Adds the input of every block of so many hidden layers to its output, where the "
             "widths agree; 0 for none.",
     .kind = TT_KIND_INTEGER,
     .min = 0,
     .max = 8,
     .value = 0},
    {.key = "output_activation",
     .label = "Output activation",
     .help =
         "Applied to the outputs before the loss. Losses from logits want linear: their sigmoid "
         "or softmax is built in.",
     .kind = TT_KIND_CHOICE,
     .text = "linear",
     .choices = "@activation"},
    SEED("The same seed gives the same initial weights."),
};

static const tt_param train_params[] = {
    {.key = "epochs",
     .label = "Epochs",
     .help = "Passes over the training rows.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 1e6,
     .value = 100,
     .log_scale = true},
    {.key = "batch_size",
     .label = "Batch size",
     .help = "Rows in a step: 0 for all of them (full-batch gradient descent), 1 for stochastic, "
             "in between for mini-batch gradient descent.",
     .kind = TT_KIND_INTEGER,
     .min = 0,
     .max = 1e6,
     .value = 32,
     .log_scale = true},
    {.key = "shuffle",
     .label = "Shuffle",
     .help = "Draws the rows of each batch anew in every epoch, instead of taking them in the "
             "file's order.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "input_noise",
     .label = "Input noise",
     .help = "Deviation of normal noise that is added to the scaled inputs while training; 0 for "
             "none.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 100,
     .value = 0},
    {.key = "mixup",
     .label = "Mixup",
     .help = "Trains on mixtures of two rows, in shares drawn from Beta(a, a); 0 for none.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0},
    {.key = "evaluate_training",
     .label = "Evaluate training rows",
     .help = "Once more at the end of each epoch, as validation rows are: without dropout and "
             "noise. Automatic does so where that differs from the training loss, up to 10,000 "
             "rows.",
     .kind = TT_KIND_CHOICE,
     .text = "auto",
     .choices = "auto|never|epoch"},
    {.key = "report_every",
     .label = "Report every",
     .help = "Steps between two points of the curves; 0 for one at the end of each epoch.",
     .kind = TT_KIND_INTEGER,
     .min = 0,
     .max = 1e9,
     .value = 0},
    {.key = "arithmetic",
     .label = "Arithmetic",
     .help = "Exact gives the same bits in every browser. Fused rounds once where exact rounds "
             "twice: the last digits differ, and wide networks may train faster, depending on the "
             "processor.",
     .kind = TT_KIND_CHOICE,
     .text = "exact",
     .choices = "exact|fused"},
    SEED("The same seed gives the same batches and dropout."),
};

static const tt_group split_group = {"split", "Split", "Which rows train and which judge.",
                                     TT_PARAMS(split_params)};
static const tt_group model_group = {"model", "Model", "The network.", TT_PARAMS(model_params)};
static const tt_group train_group = {"train", "Training", "How long and in what portions.",
                                     TT_PARAMS(train_params)};

static const tt_group *const groups[] = {&tt_data_group, &split_group, &model_group, &train_group};

int32_t tt_n_families(void) {
    return sizeof families / sizeof families[0];
}

const tt_family *tt_family_at(int32_t index) {
    assert(index >= 0 && index < tt_n_families());
    return families[index];
}

int32_t tt_n_groups(void) {
    return sizeof groups / sizeof groups[0];
}

const tt_group *tt_group_at(int32_t index) {
    assert(index >= 0 && index < tt_n_groups());
    return groups[index];
}

const tt_descriptor *tt_family_row(const tt_family *family, int32_t index) {
    assert(index >= 0 && index < family->n_rows);
    return (const tt_descriptor *)((const char *)family->rows + (size_t)index * family->row_size);
}

int32_t tt_family_find(const tt_family *family, const char *key) {
    for (int32_t i = 0; i < family->n_rows; i++)
        if (strcmp(tt_family_row(family, i)->key, key) == 0)
            return i;
    return -1;
}
