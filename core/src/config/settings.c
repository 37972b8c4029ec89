#include "settings.h"
#include "activation.h"
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
    &tt_scaler_family,    &tt_activation_family, &tt_initializer_family, &tt_loss_family,
    &tt_optimizer_family, &tt_schedule_family,   &tt_regularizer_family, &tt_metric_family,
};

#define SEED(text)                                                                                 \
    {                                                                                              \
        .key = "seed", .label = "Seed", .help = text, .kind = TT_KIND_INTEGER, .min = 0,           \
        .max = 4294967295.0, .value = 0                                                            \
    }

static const tt_param data_params[] = {
    {.key = "file",
     .label = "File",
     .help = "Name of the CSV file, for links and .cfg files.",
     .kind = TT_KIND_TEXT,
     .text = ""},
    {.key = "target",
     .label = "Target",
     .help = "The column to predict, or several of them: all numbers, or all with two values. The "
             "last one when empty.",
     .kind = TT_KIND_COLUMNS,
     .text = ""},
    {.key = "task",
     .label = "Task",
     .help = "What kind of prediction; automatic goes by the target's values. Several columns are "
             "several numbers, or several labels of yes and no (multilabel).",
     .kind = TT_KIND_CHOICE,
     .text = "auto",
     .choices = "auto|regression|binary|multiclass|multilabel"},
    {.key = "delimiter",
     .label = "Delimiter",
     .help = "What stands between two cells of the file.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|comma|semicolon|tab|pipe|space"},
    {.key = "quote",
     .label = "Quote",
     .help = "What stands around cells that hold delimiters or line breaks.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|double|single|none"},
    {.key = "escape",
     .label = "Escape",
     .help = "What takes the meaning from the character behind it; quotes may double in any case.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|none|backslash"},
    {.key = "header",
     .label = "Header",
     .help = "Whether the first record names the columns; automatic goes by numbers below words, "
             "and by words that come again.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|yes|no"},
    {.key = "skip",
     .label = "Lines to skip",
     .help = "How many lines stand above the table: auto, or a number.",
     .kind = TT_KIND_TEXT,
     .reads_file = true,
     .text = "auto"},
    {.key = "comment",
     .label = "Comments",
     .help = "Lines that begin with this character are left out.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|none|hash|percent"},
    {.key = "charset",
     .label = "Encoding",
     .help = "How the file's bytes stand for letters.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|utf-8|utf-16le|utf-16be|windows-1252"},
    {.key = "ragged_rows",
     .label = "Ragged rows",
     .help = "Rows with more or fewer cells than the header: drop them, or fill in missing cells "
             "and leave out what is too much.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "drop",
     .choices = "drop|fill"},
    {.key = "bad_quotes",
     .label = "Bad quotes",
     .help = "Rows with text behind a closing quote: keep the text as part of the cell, or drop "
             "the row.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "keep",
     .choices = "keep|drop"},
    {.key = "sample_share",
     .label = "Sample of the rows",
     .help = "Reads this share of the rows, chosen by chance: for files that do not fit into "
             "memory.",
     .kind = TT_KIND_REAL,
     .reads_file = true,
     .min = 1e-6,
     .max = 1,
     .value = 1,
     .log_scale = true},
    {.key = "sample_seed",
     .label = "Seed of the sample",
     .help = "Another seed draws other rows.",
     .kind = TT_KIND_INTEGER,
     .reads_file = true,
     .min = 0,
     .max = 4294967295.0,
     .value = 0},
    {.key = "decimal",
     .label = "Decimal mark",
     .help = "What stands before the decimals: a point or a comma. Automatic goes by what each "
             "column shows, and else by the other columns.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|point|comma"},
    {.key = "decimal_comma",
     .label = "Decimal comma in",
     .help = "Columns in which 1,234 is a little more than 1, whatever the others are like.",
     .kind = TT_KIND_COLUMNS,
     .reads_file = true,
     .text = ""},
    {.key = "decimal_point",
     .label = "Decimal point in",
     .help = "Columns in which 1,234 is more than 1000, whatever the others are like.",
     .kind = TT_KIND_COLUMNS,
     .reads_file = true,
     .text = ""},
    {.key = "date_order",
     .label = "Order of dates",
     .help = "Whether 03/04/2024 is the 3rd of April or the 4th of March; automatic goes by what "
             "each column shows, and else by the other columns.",
     .kind = TT_KIND_CHOICE,
     .reads_file = true,
     .text = "auto",
     .choices = "auto|day_month|month_day"},
    {.key = "date_parts",
     .label = "Dates as",
     .help = "What inputs a date becomes: days since the first training row, year, month, day of "
             "the month, weekday from Monday 0, hour. Parts that never change are left out.",
     .kind = TT_KIND_CHOICES,
     .text = "elapsed,month,weekday,hour",
     .choices = "elapsed|year|month|day|weekday|hour"},
    {.key = "missing_words",
     .label = "Missing words",
     .help = "Words that stand for a missing value, separated by commas; an empty cell is always "
             "missing. Numbers such as -999 can be among them.",
     .kind = TT_KIND_TEXT,
     .reads_file = true,
     .text = "NA,N/A,n/a,#N/A,<NA>,NaN,nan,NULL,null,None,?,-"},
    {.key = "not_missing",
     .label = "Missing words kept in",
     .help = "Columns in which these words are values like any other, and only an empty cell is "
             "missing.",
     .kind = TT_KIND_COLUMNS,
     .reads_file = true,
     .text = ""},
    {.key = "texts",
     .label = "As texts",
     .help = "Columns kept as they are written, without a look for numbers in them.",
     .kind = TT_KIND_COLUMNS,
     .reads_file = true,
     .text = ""},
    {.key = "bad_numbers",
     .label = "Bad numbers",
     .help = "What becomes of a text among the numbers of a column: it counts as missing, its row "
             "is dropped, or the whole column is taken as text.",
     .kind = TT_KIND_CHOICE,
     .text = "missing",
     .choices = "missing|drop|text"},
    {.key = "ignore",
     .label = "Left out",
     .help = "Columns that are not used as features.",
     .kind = TT_KIND_COLUMNS,
     .text = ""},
    {.key = "numbers",
     .label = "As numbers",
     .help = "Columns read as numbers whatever they look like; words in them count as missing.",
     .kind = TT_KIND_COLUMNS,
     .text = ""},
    {.key = "categories",
     .label = "As categories",
     .help = "Columns read as categories whatever they look like.",
     .kind = TT_KIND_COLUMNS,
     .text = ""},
    {.key = "missing",
     .label = "Missing numbers",
     .help =
         "Fill in the mean, median or most frequent number of the training rows, or a constant, "
         "or drop the row.",
     .kind = TT_KIND_CHOICE,
     .text = "mean",
     .choices = "mean|median|most_frequent|constant|drop"},
    {.key = "fill_value",
     .label = "Constant",
     .help = "What a missing number becomes when it is filled with a constant.",
     .kind = TT_KIND_REAL,
     .min = -1e9,
     .max = 1e9,
     .value = 0},
    {.key = "missing_flag",
     .label = "Flag missing",
     .help = "Gives each numeric feature with missing values a second input that says where.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
    {.key = "missing_category",
     .label = "Missing categories",
     .help = "The most frequent level of the training rows, or no level at all, as unknown levels "
             "are.",
     .kind = TT_KIND_CHOICE,
     .text = "most_frequent",
     .choices = "most_frequent|none"},
    {.key = "encoding",
     .label = "Categories as",
     .help =
         "One input of 0 or 1 for each level, or one input with the number of the level, scaled "
         "like other numbers.",
     .kind = TT_KIND_CHOICE,
     .text = "one_hot",
     .choices = "one_hot|ordinal"},
    {.key = "drop_first",
     .label = "Drop first level",
     .help = "One-hot without an input for the first level, which the others imply.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
    {.key = "min_count",
     .label = "Rare levels below",
     .help = "Levels with fewer training rows become one level, other, as unknown levels then do; "
             "0 keeps all.",
     .kind = TT_KIND_INTEGER,
     .min = 0,
     .max = 1e6,
     .value = 0},
    {.key = "scale_target",
     .label = "Standardize target",
     .help = "Trains a regression on a target of mean 0 and deviation 1; reports are in the file's "
             "units all the same.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "log_target",
     .label = "Logarithm of target",
     .help = "Trains a regression on ln(1 + target), for amounts that spread over powers of ten; "
             "reports are in the file's units all the same.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
    {.key = "duplicates",
     .label = "Repeated rows",
     .help = "Keep rows that are the same as one before in every feature and target, or drop them, "
             "so that none is in both parts of the split.",
     .kind = TT_KIND_CHOICE,
     .text = "keep",
     .choices = "keep|drop"},
    {.key = "weights",
     .label = "Weights",
     .help = "A column with what each row counts in the loss; it is no feature then.",
     .kind = TT_KIND_COLUMN,
     .text = ""},
    {.key = "class_weight",
     .label = "Class weights",
     .help = "Balanced: rows of rare classes count more, so that all classes count alike.",
     .kind = TT_KIND_CHOICE,
     .text = "none",
     .choices = "none|balanced"},
};

static const tt_param split_params[] = {
    {.key = "method",
     .label = "Method",
     .help = "Any rows, whole groups of rows, or the last rows in time.",
     .kind = TT_KIND_CHOICE,
     .text = "random",
     .choices = "random|group|order"},
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
             "twice: faster on wide networks, by up to a third as the processor allows, and the "
             "last digits differ.",
     .kind = TT_KIND_CHOICE,
     .text = "exact",
     .choices = "exact|fused"},
    SEED("The same seed gives the same batches and dropout."),
};

static const tt_group groups[] = {
    {"data", "Data", "How the file is read and what is predicted.", TT_PARAMS(data_params)},
    {"split", "Split", "Which rows train and which judge.", TT_PARAMS(split_params)},
    {"model", "Model", "The network.", TT_PARAMS(model_params)},
    {"train", "Training", "How long and in what portions.", TT_PARAMS(train_params)},
};

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
    return &groups[index];
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
