#include "loss-elementwise.h"
#include "loss-params.h"
#include "maths-lanes.h"
#include "softmax.h"

tt_link tt_link_of(const tt_loss *loss, const double *p) {
    return loss->choose_link ? loss->choose_link(p) : loss->link;
}

int32_t tt_loss_list_length(const tt_loss *loss, const double *p) {
    const int32_t last = loss->about.n_params - 1;
    return last >= 0 && loss->about.params[last].kind == TT_KIND_REALS ? (int32_t)p[last] : 0;
}

void tt_apply_link(tt_link link, int32_t rows, int32_t outputs, const float *z,
                   float *predictions) {
    const int32_t n = rows * outputs;
    if (link == TT_LINK_IDENTITY && predictions != z)
        memcpy(predictions, z, (size_t)n * sizeof *z);
    if (link == TT_LINK_SIGMOID)
        tt_map_lanes(n, z, predictions, tt_sigmoid_lanes);
    if (link == TT_LINK_SOFTMAX)
        tt_softmax(rows, outputs, z, predictions);
    if (link == TT_LINK_EXP)
        tt_map_lanes(n, z, predictions, tt_exp_lanes);
}

tt_f32x4 tt_listed_elements(const double *list, int32_t outputs, int32_t i, int32_t width) {
    tt_f32x4 listed = tt_splat(1);
    for (int32_t j = 0; j < width; j++)
        listed[j] = (float)tt_listed(list, (i + j) % outputs);
    return listed;
}

tt_f32x4 tt_weights_of_elements(const tt_rows *rows, int32_t i, int32_t width) {
    tt_f32x4 weights = tt_splat(1);
    for (int32_t j = 0; j < width; j++)
        weights[j] = rows->weight[(i + j) / rows->outputs];
    return weights;
}

#define FUNCTIONS(name) .evaluate = tt_##name##_evaluate, .reference = tt_##name##_reference

const tt_loss tt_losses[] = {
    {.about = {.key = "mse",
               .label = "Mean squared error",
               .help = "The standard for regression; large errors weigh most. With classes it "
                       "compares each output with 0 or 1.",
               .formula = "L = mean(d²), d = z − y",
               .names = {.pytorch = "nn.MSELoss",
                         .keras = "MeanSquaredError",
                         .sklearn = "MLPRegressor"},
               .differs = "scikit-learn trains on half of it.",
               .tasks = TT_ANY_TASK,
               .auto_tasks = TT_REGRESSION},
     FUNCTIONS(mse)},
    {.about =
         {.key = "mae",
          .label = "Mean absolute error",
          .help = "Every unit of error weighs the same, so outliers pull less; aims at the median.",
          .formula = "L = mean(|z − y|)",
          .names = {.pytorch = "nn.L1Loss",
                    .keras = "MeanAbsoluteError",
                    .sklearn = "SGDRegressor(loss='epsilon_insensitive', epsilon=0)"},
          .tasks = TT_ANY_TASK},
     FUNCTIONS(mae)},
    {.about =
         {.key = "huber",
          .label = "Huber",
          .help =
              "Squared for small errors, absolute for large ones: smooth, and robust to outliers.",
          .formula = "L = mean(½d² where |d| ≤ δ, else δ(|d| − δ/2)), d = z − y",
          .source = "Huber, 1964",
          .names = {.pytorch = "nn.HuberLoss",
                    .keras = "Huber",
                    .sklearn = "SGDRegressor(loss='huber')"},
          .differs = "Limit 1 as in PyTorch and Keras; 0.1 in scikit-learn.",
          .tasks = TT_ANY_TASK,
          TT_PARAMS(huber_params)},
     FUNCTIONS(huber)},
    {.about = {.key = "smooth_l1",
               .label = "Smooth L1",
               .help = "Huber divided by its limit: slope 1 for large errors whatever beta is.",
               .formula = "L = mean(½d²/β where |d| < β, else |d| − β/2), d = z − y",
               .source = "Girshick, 2015 (Fast R-CNN)",
               .names = {.pytorch = "nn.SmoothL1Loss"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(smooth_l1_params)},
     FUNCTIONS(smooth_l1)},
    {.about = {.key = "log_cosh",
               .label = "Log-cosh",
               .help = "Like Huber, but smooth everywhere and without a limit to choose.",
               .formula = "L = mean(log cosh(z − y))",
               .names = {.keras = "LogCosh"},
               .tasks = TT_ANY_TASK},
     FUNCTIONS(log_cosh)},
    {.about = {.key = "quantile",
               .label = "Quantile (pinball)",
               .help = "Aims at a quantile of the target instead of its middle: 0.9 gives a value "
                       "that nine in ten stay below.",
               .formula = "L = mean(max(q(y − z), (q − 1)(y − z)))",
               .source = "Koenker and Bassett, 1978",
               .names = {.sklearn = "QuantileRegressor, mean_pinball_loss"},
               .tasks = TT_REGRESSION,
               TT_PARAMS(quantile_params)},
     FUNCTIONS(quantile)},
    {.about = {.key = "mape",
               .label = "Mean absolute percentage error",
               .help = "Errors in percent of the target, which must not come near 0; switch "
                       "\"Standardize target\" off.",
               .formula = "L = 100 mean(|z − y| / max(|y|, 10⁻⁷))",
               .names = {.keras = "MeanAbsolutePercentageError"},
               .differs = "In percent, as in Keras.",
               .tasks = TT_REGRESSION},
     FUNCTIONS(mape)},
    {.about = {.key = "msle",
               .label = "Mean squared logarithmic error",
               .help = "Compares orders of magnitude; for targets from 0 up, with \"Standardize "
                       "target\" off.",
               .formula =
                   "L = mean((log(1 + z) − log(1 + y))²); z and y below −0.999999 count as that",
               .names = {.keras = "MeanSquaredLogarithmicError"},
               .differs = "Values count from -0.999999 up; from 10⁻⁷ up in Keras.",
               .tasks = TT_REGRESSION},
     FUNCTIONS(msle)},
    {.about = {.key = "cosine_similarity",
               .label = "Cosine similarity",
               .help = "Compares the direction of a row's outputs with that of its targets, "
                       "whatever their lengths; for several targets or classes.",
               .formula = "L = −mean(z·y / (‖z‖ ‖y‖)), from −1 for the same direction to 1",
               .names = {.pytorch = "nn.CosineSimilarity, negated", .keras = "CosineSimilarity"},
               .tasks = TT_REGRESSION | TT_MULTICLASS | TT_MULTILABEL},
     .least_outputs = 2,
     FUNCTIONS(cosine_similarity)},
    {.about = {.key = "poisson_nll",
               .label = "Poisson",
               .help = "For counts; switch \"Standardize target\" off. The prediction is the rate.",
               .formula =
                   "L = mean(eᶻ − yz), or mean(z − y log(z + ε)); exponents above 88 count as 88",
               .names = {.pytorch = "nn.PoissonNLLLoss",
                         .keras = "Poisson",
                         .sklearn = "PoissonRegressor"},
               .differs = "Keras Poisson is the second form (Log input off) with epsilon 10⁻⁷. "
                          "Exponents above 88 count as 88.",
               .tasks = TT_REGRESSION,
               TT_PARAMS(poisson_nll_params)},
     .link = TT_LINK_EXP,
     .choose_link = tt_poisson_nll_link,
     FUNCTIONS(poisson_nll)},
    {.about =
         {.key = "gaussian_nll",
          .label = "Gaussian with variance",
          .help =
              "Learns how uncertain it is: a second output gives the variance of each prediction.",
          .formula = "L = mean(½(log v + (z − y)²/v)), v = max(variance, ε)",
          .source = "Nix and Weigend, 1994",
          .names = {.pytorch = "nn.GaussianNLLLoss"},
          .differs = "The second output is the logarithm of the variance unless Variance is "
                     "direct, as it is in PyTorch.",
          .tasks = TT_REGRESSION,
          TT_PARAMS(gaussian_nll_params)},
     .outputs_per_target = 2,
     FUNCTIONS(gaussian_nll)},
    {.about = {.key = "bce",
               .label = "Binary cross-entropy of probabilities",
               .help = "For outputs that are probabilities already: needs sigmoid as output "
                       "activation. From logits it is more exact.",
               .formula = "L = −mean(y log z + (1 − y) log(1 − z)), logarithms from −100 up",
               .names = {.pytorch = "nn.BCELoss", .keras = "BinaryCrossentropy"},
               .differs = "Logarithms from -100 up, as in PyTorch; Keras keeps probabilities 10⁻⁷ "
                          "away from 0 and 1.",
               .tasks = TT_CLASSES_OR_LABELS},
     .output_activation = "sigmoid",
     FUNCTIONS(bce)},
    {.about =
         {.key = "bce_with_logits",
          .label = "Binary cross-entropy",
          .help =
              "The standard for two classes, and for several labels, each on its own; the sigmoid "
              "is part of the loss.",
          .formula = "L = −mean(w y log σ(z) + (1 − y) log(1 − σ(z))), w the positive weight",
          .names = {.pytorch = "nn.BCEWithLogitsLoss",
                    .keras = "BinaryCrossentropy(from_logits=True)",
                    .sklearn = "MLPClassifier, SGDClassifier(loss='log_loss')"},
          .differs = "Positive weights are from PyTorch, label smoothing is from Keras.",
          .tasks = TT_CLASSES_OR_LABELS,
          .auto_tasks = TT_BINARY | TT_MULTILABEL,
          TT_PARAMS(bce_with_logits_params)},
     .link = TT_LINK_SIGMOID,
     FUNCTIONS(bce_with_logits)},
    {.about = {.key = "hinge",
               .label = "Hinge",
               .help = "Asks for a margin and then no more, as support vector machines do; its "
                       "scores rank, but are no probabilities.",
               .formula = "L = mean(max(0, 1 − tz)), t = 2y − 1",
               .source = "Cortes and Vapnik, 1995",
               .names = {.keras = "Hinge", .sklearn = "SGDClassifier(loss='hinge')"},
               .differs = "Targets are 0 and 1, which become -1 and 1.",
               .tasks = TT_CLASSES_OR_LABELS},
     .link = TT_LINK_SIGMOID,
     FUNCTIONS(hinge)},
    {.about = {.key = "squared_hinge",
               .label = "Squared hinge",
               .help = "A smooth hinge that minds large shortfalls more.",
               .formula = "L = mean(max(0, 1 − tz)²), t = 2y − 1",
               .names = {.keras = "SquaredHinge",
                         .sklearn = "LinearSVC, SGDClassifier(loss='squared_hinge')"},
               .differs = "Targets are 0 and 1, which become -1 and 1.",
               .tasks = TT_CLASSES_OR_LABELS},
     .link = TT_LINK_SIGMOID,
     FUNCTIONS(squared_hinge)},
    {.about = {.key = "soft_margin",
               .label = "Soft margin",
               .help = "The logistic loss in the form of a margin; for two classes the same as "
                       "binary cross-entropy.",
               .formula = "L = mean(log(1 + exp(−tz))), t = 2y − 1",
               .names = {.pytorch = "nn.SoftMarginLoss"},
               .differs = "Targets are 0 and 1; -1 and 1 in PyTorch.",
               .tasks = TT_CLASSES_OR_LABELS},
     .link = TT_LINK_SIGMOID,
     FUNCTIONS(soft_margin)},
    {.about = {.key = "multilabel_soft_margin",
               .label = "Multi-label soft margin",
               .help = "Binary cross-entropy of every output on its own, with a weight for each.",
               .formula = "L = −mean(w(y log σ(z) + (1 − y) log σ(−z)))",
               .names = {.pytorch = "nn.MultiLabelSoftMarginLoss"},
               .tasks = TT_CLASSES_OR_LABELS,
               TT_PARAMS(multilabel_soft_margin_params)},
     .link = TT_LINK_SIGMOID,
     FUNCTIONS(multilabel_soft_margin)},
    {.about =
         {
             .key = "binary_focal",
             .label = "Binary focal",
             .help = "Fades out rows that are right already, so that rare and hard ones count; for "
                     "unbalanced classes.",
             .formula = "L = mean(−αₜ(1 − pₜ)^γ log pₜ), pₜ = σ(z) for y = 1 and σ(−z) for y = 0",
             .source = "Lin et al., 2017",
             .names = {.pytorch = "torchvision.ops.sigmoid_focal_loss",
                       .keras = "BinaryFocalCrossentropy(from_logits=True)"},
             .differs =
                 "Alpha 0.25 counts, as in torchvision; in Keras only with apply_class_balancing.",
             .tasks = TT_CLASSES_OR_LABELS,
             TT_PARAMS(binary_focal_params)},
     .link = TT_LINK_SIGMOID,
     FUNCTIONS(binary_focal)},
    {.about = {.key = "cross_entropy",
               .label = "Softmax cross-entropy",
               .help = "The standard for several classes; the softmax is part of the loss.",
               .formula =
                   "L = −Σ wⱼtⱼ log softmax(z)ⱼ over the mean of w[y], t = (1 − s)·onehot(y) + s/K",
               .names = {.pytorch = "nn.CrossEntropyLoss",
                         .keras = "SparseCategoricalCrossentropy(from_logits=True), "
                                  "CategoricalCrossentropy(from_logits=True)",
                         .sklearn = "MLPClassifier, LogisticRegression"},
               .differs = "With class weights the mean is over the weights, as in PyTorch; over "
                          "the rows in Keras.",
               .tasks = TT_MULTICLASS,
               .auto_tasks = TT_MULTICLASS,
               TT_PARAMS(cross_entropy_params)},
     .target = TT_TARGET_CLASS,
     .link = TT_LINK_SOFTMAX,
     .own_weight = tt_cross_entropy_weight,
     FUNCTIONS(cross_entropy)},
    {.about = {.key = "nll",
               .label = "Negative log-likelihood",
               .help = "Cross-entropy of outputs that are log-probabilities already: needs "
                       "log-softmax as output activation.",
               .formula = "L = −Σ w[y] z[y] / Σ w[y]",
               .names = {.pytorch = "nn.NLLLoss",
                         .keras = "SparseCategoricalCrossentropy of probabilities"},
               .differs = "Takes logarithms of probabilities, as in PyTorch.",
               .tasks = TT_MULTICLASS,
               TT_PARAMS(nll_params)},
     .target = TT_TARGET_CLASS,
     .link = TT_LINK_SOFTMAX,
     .output_activation = "log_softmax",
     .own_weight = tt_nll_weight,
     FUNCTIONS(nll)},
    {.about = {.key = "multi_margin",
               .label = "Multi-class margin",
               .help = "Asks the own class to lead every other by a margin; its scores rank, but "
                       "are no probabilities.",
               .formula = "L = mean(w[y] Σⱼ max(0, margin − z[y] + zⱼ)ᵖ / K), j ≠ y",
               .names = {.pytorch = "nn.MultiMarginLoss"},
               .tasks = TT_MULTICLASS,
               TT_PARAMS(multi_margin_params)},
     .target = TT_TARGET_CLASS,
     .link = TT_LINK_SOFTMAX,
     FUNCTIONS(multi_margin)},
    {.about = {.key = "categorical_hinge",
               .label = "Categorical hinge",
               .help = "Asks the own class to lead the best of the others by 1; its scores rank, "
                       "but are no probabilities.",
               .formula = "L = mean(max(0, 1 + maxⱼ zⱼ − z[y])), j ≠ y",
               .source = "Crammer and Singer, 2001",
               .names = {.keras = "CategoricalHinge",
                         .sklearn = "LinearSVC(multi_class='crammer_singer')"},
               .differs = "Keras also takes 0 among the zⱼ: the same unless the lead is so large.",
               .tasks = TT_MULTICLASS},
     .target = TT_TARGET_CLASS,
     .link = TT_LINK_SOFTMAX,
     FUNCTIONS(categorical_hinge)},
    {.about = {.key = "softmax_focal",
               .label = "Softmax focal",
               .help = "Focal loss for several classes: rows that are right already fade out.",
               .formula = "L = mean(−α[y](1 − p)^γ log p), p = softmax(z)[y]",
               .source = "Lin et al., 2017",
               .names = {.keras = "CategoricalFocalCrossentropy(from_logits=True)"},
               .differs = "No alpha unless given; 0.25 for every class in Keras.",
               .tasks = TT_MULTICLASS,
               TT_PARAMS(softmax_focal_params)},
     .target = TT_TARGET_CLASS,
     .link = TT_LINK_SOFTMAX,
     FUNCTIONS(softmax_focal)},
    {.about = {.key = "kl_div",
               .label = "Kullback-Leibler divergence",
               .help = "Compares distributions over the classes; outputs are log-probabilities: "
                       "needs log-softmax as output activation.",
               .formula = "L = mean(Σ y(log y − z)), 0 where y = 0",
               .source = "Kullback and Leibler, 1951",
               .names = {.pytorch = "nn.KLDivLoss(reduction='batchmean')", .keras = "KLDivergence"},
               .differs = "Takes logarithms of probabilities and means over rows: batchmean, where "
                          "PyTorch has mean unless told otherwise. Keras takes probabilities.",
               .tasks = TT_MULTICLASS,
               TT_PARAMS(kl_div_params)},
     .link = TT_LINK_SOFTMAX,
     .output_activation = "log_softmax",
     FUNCTIONS(kl_div)},
};

const tt_family tt_loss_family = {
    .key = "loss",
    .label = "Loss",
    .help = "What training makes small. Automatic takes the usual one for the task.",
    .pick = TT_PICK_ONE,
    .choice = "auto",
    TT_ROWS(tt_losses),
};
