#ifndef TT_LOSS_PARAMS_H
#define TT_LOSS_PARAMS_H

#include "rows.h"

/* The parameters of the rows in loss.c. */

static const tt_param huber_params[] = {
    {.key = "delta",
     .label = "Delta",
     .help = "Differences up to delta count squared, larger ones linearly.",
     .kind = TT_KIND_REAL,
     .min = 1e-6,
     .max = 1e6,
     .value = 1,
     .log_scale = true},
};

static const tt_param smooth_l1_params[] = {
    {.key = "beta",
     .label = "Beta",
     .help = "Differences below beta count squared, larger ones linearly.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1e6,
     .value = 1,
     .log_scale = true},
};

static const tt_param quantile_params[] = {
    {.key = "q",
     .label = "Quantile",
     .help = "The share of targets that should lie below the prediction.",
     .kind = TT_KIND_REAL,
     .min = 0.001,
     .max = 0.999,
     .value = 0.5},
};

static const tt_param poisson_nll_params[] = {
    {.key = "log_input",
     .label = "Output is a logarithm",
     .help = "The network gives the logarithm of the rate; without it the output must be positive: "
             "take softplus or exponential as output activation.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "full",
     .label = "Full",
     .help = "Adds Stirling's approximation of log(y!), which does not change the gradient.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
    {.key = "eps",
     .label = "Epsilon",
     .help = "Added to the rate before the logarithm is taken.",
     .kind = TT_KIND_REAL,
     .min = 1e-12,
     .max = 0.1,
     .value = 1e-8,
     .log_scale = true},
};

static const tt_param gaussian_nll_params[] = {
    {.key = "variance",
     .label = "Variance from",
     .help = "exp: the second output is the logarithm of the variance. direct: it is the variance, "
             "and should come from softplus or exponential as output activation.",
     .kind = TT_KIND_CHOICE,
     .text = "exp",
     .choices = "exp|direct"},
    {.key = "full",
     .label = "Full",
     .help = "Adds log(2π)/2, which does not change the gradient.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
    {.key = "eps",
     .label = "Epsilon",
     .help = "Smaller variances count as this.",
     .kind = TT_KIND_REAL,
     .min = 1e-12,
     .max = 0.1,
     .value = 1e-6,
     .log_scale = true},
};

static const tt_param bce_with_logits_params[] = {
    {.key = "label_smoothing",
     .label = "Label smoothing",
     .help = "Moves targets from 0 and 1 towards one half.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0},
    {.key = "pos_weight",
     .label = "Positive weight",
     .help = "What positive targets count: one number, or one for each output; empty for 1.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 1e6,
     .text = "",
     .n_max = TT_MAX_LIST},
};

static const tt_param multilabel_soft_margin_params[] = {
    {.key = "class_weights",
     .label = "Class weights",
     .help = "One number for each output, in their order; empty counts all alike.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 1e6,
     .text = "",
     .n_max = TT_MAX_LIST},
};

static const tt_param binary_focal_params[] = {
    {.key = "gamma",
     .label = "Gamma",
     .help = "How much easy rows fade; 0 is plain cross-entropy.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 20,
     .value = 2},
    {.key = "alpha",
     .label = "Alpha",
     .help = "Weight of the second class, 1 − alpha for the first; 0 weighs neither.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0.25},
};

static const tt_param cross_entropy_params[] = {
    {.key = "label_smoothing",
     .label = "Label smoothing",
     .help = "Share of the target that is spread over all classes.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0},
    {.key = "class_weights",
     .label = "Class weights",
     .help = "One number for each class, in their order; empty counts all alike.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 1e6,
     .text = "",
     .n_max = TT_MAX_LIST},
};

static const tt_param nll_params[] = {
    {.key = "class_weights",
     .label = "Class weights",
     .help = "One number for each class, in their order; empty counts all alike.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 1e6,
     .text = "",
     .n_max = TT_MAX_LIST},
};

static const tt_param multi_margin_params[] = {
    {.key = "p",
     .label = "Power",
     .help = "1 or 2: what shortfalls are raised to.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 2,
     .value = 1},
    {.key = "margin",
     .label = "Margin",
     .help = "How far the own class should lead the others.",
     .kind = TT_KIND_REAL,
     .min = 1e-6,
     .max = 1e6,
     .value = 1,
     .log_scale = true},
    {.key = "class_weights",
     .label = "Class weights",
     .help = "One number for each class, in their order; empty counts all alike.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 1e6,
     .text = "",
     .n_max = TT_MAX_LIST},
};

static const tt_param softmax_focal_params[] = {
    {.key = "gamma",
     .label = "Gamma",
     .help = "How much easy rows fade; 0 is plain cross-entropy.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 20,
     .value = 2},
    {.key = "alpha",
     .label = "Alpha",
     .help = "One number for each class, or one for all; empty for 1.",
     .kind = TT_KIND_REALS,
     .min = 0,
     .max = 1e6,
     .text = "",
     .n_max = TT_MAX_LIST},
};

static const tt_param kl_div_params[] = {
    {.key = "reduction",
     .label = "Mean over",
     .help = "batchmean: over rows, the divergence itself. mean: over all elements, as PyTorch "
             "does by default.",
     .kind = TT_KIND_CHOICE,
     .text = "batchmean",
     .choices = "batchmean|mean"},
    {.key = "log_target",
     .label = "Targets are logarithms",
     .help = "For targets given as logarithms of probabilities; class targets are not.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
};

#endif
