#include "regularizer.h"

#include "maths.h"
#include "params.h"
#include "reduce.h"

#define STRENGTH(text)                                                                             \
    {                                                                                              \
        .key = "strength", .label = "Strength λ", .help = text, .kind = TT_KIND_REAL, .min = 0,    \
        .max = 1e6, .value = 1e-4, .log_scale = true                                               \
    }
#define LIMIT(default_limit, text)                                                                 \
    {                                                                                              \
        .key = "limit", .label = "Limit", .help = text, .kind = TT_KIND_REAL, .min = 1e-9,         \
        .max = 1e9, .value = default_limit, .log_scale = true                                      \
    }

#define WITH_BIASES                                                                                \
    {                                                                                              \
        .key = "biases", .label = "Biases too",                                                    \
        .help = "Whether biases count as well as weights.", .kind = TT_KIND_FLAG, .max = 1         \
    }

static bool counts(const double *p, const tt_span *span) {
    return span->weight || p[1] != 0;
}

static const tt_param l1_params[] = {STRENGTH("Weight of the sum of absolute weights."),
                                     WITH_BIASES};

static double l1_penalty(const double *p, const tt_span *span, const float *w, float *g) {
    if (!counts(p, span))
        return 0;
    float strength = (float)p[0];
    double sum = 0;
    for (int64_t i = 0; i < tt_span_size(span); i++) {
        float sign = (float)((w[i] > 0) - (w[i] < 0));
        sum += (double)(sign * w[i]);
        g[i] += strength * sign;
    }
    return p[0] * sum;
}

enum { L2_SUM, L2_HALF };

static const tt_param l2_params[] = {
    STRENGTH("Weight of the sum of squared weights."),
    WITH_BIASES,
    TT_CHOICE("form", "Definition",
              "The whole sum of squares (Keras), or half of it, whose gradient is PyTorch's weight "
              "decay.",
              "sum|half", "sum"),
};

static double l2_penalty(const double *p, const tt_span *span, const float *w, float *g) {
    if (!counts(p, span))
        return 0;
    double strength = p[2] == L2_HALF ? p[0] / 2 : p[0], sum = 0;
    float twice = (float)(2 * strength);
    for (int64_t i = 0; i < tt_span_size(span); i++) {
        sum += (double)w[i] * (double)w[i];
        g[i] += twice * w[i];
    }
    return strength * sum;
}

static double l1_reference(const double *p, const tt_span *span, const double *w) {
    double sum = 0;
    for (int64_t i = 0; counts(p, span) && i < tt_span_size(span); i++)
        sum += w[i] < 0 ? -w[i] : w[i];
    return p[0] * sum;
}

static double l2_reference(const double *p, const tt_span *span, const double *w) {
    double sum = 0;
    for (int64_t i = 0; counts(p, span) && i < tt_span_size(span); i++)
        sum += w[i] * w[i];
    return p[0] * sum;
}

static const tt_param clip_value_params[] = {LIMIT(1, "No gradient is larger than this.")};

static void clip_value(const double *p, int32_t n, double norm, float *g) {
    (void)norm;
    float limit = (float)p[0];
    for (int32_t i = 0; i < n; i++) {
        float x = g[i];
        x = x > limit ? limit : x;
        g[i] = x < -limit ? -limit : x;
    }
}

static const tt_param clip_norm_params[] = {
    LIMIT(1, "The gradient as a whole is no longer than this.")};

static void clip_norm(const double *p, int32_t n, double norm, float *g) {
    double factor = p[0] / (norm + 1e-6);
    if (factor >= 1)
        return;
    float shrink = (float)factor;
    for (int32_t i = 0; i < n; i++)
        g[i] *= shrink;
}

static void clip_tensor_norm(const double *p, const tt_span *span, float *g) {
    double norm = tt_sqrt(tt_sum_squares(tt_span_size(span), g));
    float shrink = (float)(p[0] / norm);
    for (int64_t i = 0; norm > p[0] && i < tt_span_size(span); i++)
        g[i] *= shrink;
}

static const tt_param clip_tensor_norm_params[] = {
    LIMIT(1, "The gradient of no weight matrix or bias is longer than this.")};

static const tt_param max_norm_params[] = {
    LIMIT(3, "No unit's incoming weights are longer than this.")};

/* The columns of (n_in, n_out) are the units. */
static void max_norm(const double *p, const tt_span *span, float *w) {
    for (int32_t o = 0; span->weight && o < span->n_out; o++) {
        double squares = 0;
        for (int32_t i = 0; i < span->n_in; i++) {
            double x = (double)w[(int64_t)i * span->n_out + o];
            squares += x * x;
        }
        double norm = tt_sqrt(squares);
        float shrink = (float)(p[0] / (norm + 1e-7));
        for (int32_t i = 0; norm > p[0] && i < span->n_in; i++)
            w[(int64_t)i * span->n_out + o] *= shrink;
    }
}

/* Brings the length of every column of (n_in, n_out), a unit's incoming weights, to `rate` times
 * the length within the limits plus the rest of its own (Keras constraints, epsilon and all). */
static void limit_norms(double lowest, double highest, double rate, const tt_span *span, float *w) {
    for (int32_t o = 0; span->weight && o < span->n_out; o++) {
        double squares = 0;
        for (int32_t i = 0; i < span->n_in; i++) {
            double x = (double)w[(int64_t)i * span->n_out + o];
            squares += x * x;
        }
        double norm = tt_sqrt(squares);
        double within = norm < lowest ? lowest : norm > highest ? highest : norm;
        float factor = (float)((rate * within + (1 - rate) * norm) / (norm + 1e-7));
        for (int32_t i = 0; i < span->n_in; i++)
            w[(int64_t)i * span->n_out + o] *= factor;
    }
}

static void unit_norm(const double *p, const tt_span *span, float *w) {
    (void)p;
    limit_norms(1, 1, 1, span, w);
}

static const tt_param min_max_norm_params[] = {
    LIMIT(1, "No unit's incoming weights are longer than this."),
    TT_LOG_REAL("lowest", "Lower limit", "No unit's incoming weights are shorter.", 0, 1e9, 0),
    TT_REAL("rate", "Rate", "How much of the way to the limit a step goes; 1 for all.", 0, 1, 1),
};

static void min_max_norm(const double *p, const tt_span *span, float *w) {
    limit_norms(p[1], p[0], p[2], span, w);
}

static void non_negative(const double *p, const tt_span *span, float *w) {
    (void)p;
    for (int64_t i = 0; span->weight && i < tt_span_size(span); i++)
        w[i] = w[i] < 0 ? 0 : w[i];
}

static const tt_param ema_params[] = {
    {.key = "decay",
     .label = "Decay",
     .help = "Share of the average that is kept at each step.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 0.999999,
     .value = 0.99},
};

static double ema_average(const double *p, int64_t t, int64_t steps_per_epoch, int64_t *taken) {
    (void)t, (void)steps_per_epoch;
    *taken += 1;
    return *taken == 1 ? 1 : 1 - p[0];
}

static const tt_param swa_params[] = {
    {.key = "start",
     .label = "From epoch",
     .help = "The first epoch whose weights enter the average.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 1e6,
     .value = 50},
};

static double swa_average(const double *p, int64_t t, int64_t steps_per_epoch, int64_t *taken) {
    if (t % steps_per_epoch != 0 || (double)(t / steps_per_epoch) < p[0])
        return 0;
    *taken += 1;
    return 1 / (double)*taken;
}

enum { STOP_PATIENCE, STOP_MIN_DELTA, STOP_RESTORE_BEST };

static const tt_param early_stopping_params[] = {
    [STOP_PATIENCE] = {.key = "patience",
                       .label = "Patience",
                       .help = "Epochs without improvement before the run stops.",
                       .kind = TT_KIND_INTEGER,
                       .min = 0,
                       .max = 1e6,
                       .value = 10},
    [STOP_MIN_DELTA] = {.key = "min_delta",
                        .label = "Smallest gain",
                        .help = "The loss must fall by more than this to count as improved.",
                        .kind = TT_KIND_REAL,
                        .min = 0,
                        .max = 1e6,
                        .value = 0,
                        .log_scale = true},
    [STOP_RESTORE_BEST] = TT_FLAG("restore_best", "Restore the best",
                                  "Ends the run, stopped early or not, with the weights of its "
                                  "best epoch instead of the last one's.",
                                  0),
};

static bool early_stopping(const double *p, double loss, double state[2]) {
    if (loss < state[0] - p[STOP_MIN_DELTA]) {
        state[0] = loss;
        state[1] = 0;
        return false;
    }
    state[1] += 1;
    return state[1] >= p[STOP_PATIENCE];
}

static bool early_stopping_restores_best(const double *p) {
    return p[STOP_RESTORE_BEST] != 0;
}

#define PENALTY_COLUMN(row_key, row_label)                                                         \
    {                                                                                              \
        .key = "penalty_" row_key, .label = row_label " penalty",                                  \
        .help = "The " row_label " term of the penalty at the last step, before its update."       \
    }

const tt_regularizer tt_regularizers[] = {
    {.about = {.key = "l1",
               .label = "L1",
               .help =
                   "Pulls every weight to zero by the same force; useless ones end at zero. With "
                   "L2: elastic net.",
               .formula = "penalty = λ Σ|w|",
               .source = "Tibshirani, 1996",
               .names = {.keras = "regularizers.L1",
                         .sklearn = "Lasso, SGDRegressor(penalty='l1')"},
               .differs =
                   "On weights, not biases, unless told otherwise. Strength 0.0001; 0.01 in Keras.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(l1_params)},
     .penalty = l1_penalty,
     .column = PENALTY_COLUMN("l1", "L1"),
     .reference_penalty = l1_reference},
    {.about =
         {.key = "l2",
          .label = "L2",
          .help = "Pulls large weights the most, and keeps all of them small.",
          .formula = "penalty = λ Σw², or λ/2 Σw²",
          .source = "Hoerl and Kennard, 1970",
          .names = {.pytorch = "weight_decay of the optimizers",
                    .keras = "regularizers.L2",
                    .sklearn = "Ridge, alpha of MLPClassifier and MLPRegressor"},
          .differs =
              "The whole sum of squares on weights, as in Keras; PyTorch's decay is half of it and "
              "biases too. scikit-learn's perceptrons divide half of it by the rows of the batch.",
          .tasks = TT_ANY_TASK,
          TT_PARAMS(l2_params)},
     .penalty = l2_penalty,
     .column = PENALTY_COLUMN("l2", "L2"),
     .reference_penalty = l2_reference},
    {.about = {.key = "clip_value",
               .label = "Clip by value",
               .help = "Cuts every single gradient at a limit.",
               .formula = "g = min(max(g, −c), c)",
               .names = {.pytorch = "nn.utils.clip_grad_value_", .keras = "clipvalue"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(clip_value_params)},
     .clip = clip_value},
    {.about = {.key = "clip_norm",
               .label = "Clip by norm",
               .help = "Shortens the gradient when it is too long, and keeps its direction.",
               .formula = "g = g min(1, c / (‖g‖ + 10⁻⁶))",
               .source = "Pascanu, Mikolov and Bengio, 2013",
               .names = {.pytorch = "nn.utils.clip_grad_norm_", .keras = "global_clipnorm"},
               .differs = "Adds 10⁻⁶ to the norm, as in PyTorch; Keras does not.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(clip_norm_params)},
     .clip = clip_norm},
    {.about = {.key = "clip_tensor_norm",
               .label = "Clip each tensor by norm",
               .help = "Shortens the gradient of a weight matrix or bias when it is too long.",
               .formula = "g = g min(1, c / ‖g‖), for each tensor",
               .names = {.keras = "clipnorm"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(clip_tensor_norm_params)},
     .clip_tensor = clip_tensor_norm},
    {.about = {.key = "max_norm",
               .label = "Max-norm",
               .help = "Keeps the incoming weights of every unit short.",
               .formula = "w = w c / ‖w‖ where ‖w‖ > c, for each unit",
               .source = "Srivastava et al., 2014",
               .names = {.pytorch = "renorm", .keras = "constraints.MaxNorm"},
               .differs =
                   "Touches only what is too long, as in PyTorch; Keras rescales all by ‖w‖ / (‖w‖ "
                   "+ 10⁻⁷): Min-max-norm without a lower limit. Limit 3; 2 in Keras.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(max_norm_params)},
     .constrain = max_norm},
    {.about = {.key = "min_max_norm",
               .label = "Min-max-norm",
               .help = "Keeps the incoming weights of every unit between two lengths.",
               .formula = "w = w (r·clip(‖w‖, low, high) + (1 − r)‖w‖) / ‖w‖, for each unit",
               .names = {.keras = "constraints.MinMaxNorm"},
               .tasks = TT_ANY_TASK,
               TT_PARAMS(min_max_norm_params)},
     .constrain = min_max_norm},
    {.about = {.key = "unit_norm",
               .label = "Unit norm",
               .help = "Keeps the incoming weights of every unit at length 1.",
               .formula = "w = w / ‖w‖, for each unit",
               .names = {.keras = "constraints.UnitNorm"},
               .tasks = TT_ANY_TASK},
     .constrain = unit_norm},
    {.about = {.key = "non_negative",
               .label = "Non-negative weights",
               .help = "Sets negative weights to zero, so that no feature counts against the "
                       "output of a unit.",
               .formula = "w = max(0, w)",
               .names = {.keras = "constraints.NonNeg"},
               .tasks = TT_ANY_TASK},
     .constrain = non_negative},
    {.about = {.key = "ema",
               .label = "Weight averaging (EMA)",
               .help = "Judges a smooth moving average of the weights instead of the latest ones.",
               .formula = "a = d·a + (1 − d)w after every step",
               .source = "Polyak and Juditsky, 1992",
               .names = {.pytorch = "optim.swa_utils.AveragedModel with get_ema_multi_avg_fn",
                         .keras = "use_ema of the optimizers"},
               .differs = "Every evaluation is of the average, and batch normalization keeps its "
                          "latest statistics. Decay 0.99 as in Keras; 0.999 in PyTorch.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(ema_params)},
     .average = ema_average},
    {.about = {.key = "swa",
               .label = "Weight averaging (SWA)",
               .help = "Judges the plain mean of the weights at the ends of the late epochs.",
               .formula = "a = mean of w at the ends of the epochs from `start` on",
               .source = "Izmailov et al., 2018",
               .names = {.pytorch = "optim.swa_utils.AveragedModel"},
               .differs = "Batch normalization keeps its latest statistics; PyTorch has update_bn "
                          "for new ones. The rate is that of the schedule, there is no SWALR.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(swa_params)},
     .average = swa_average},
    {.about = {.key = "early_stopping",
               .label = "Early stopping",
               .help = "Stops when the validation loss has not improved for a while.",
               .formula = "stop after `patience` epochs without loss < best − min_delta",
               .source = "Prechelt, 1998",
               .names = {.keras = "callbacks.EarlyStopping",
                         .sklearn = "early_stopping of MLPClassifier and MLPRegressor"},
               .differs = "Goes by the validation loss. Patience 10; 0 in Keras. The best weights "
                          "are those of the lowest loss, in Keras of the last gain above "
                          "min_delta; scikit-learn goes by the score and always restores them.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(early_stopping_params)},
     .stop = early_stopping,
     .restores_best = early_stopping_restores_best},
};

const tt_family tt_regularizer_family = {
    .key = "regularizer",
    .label = "Regularization",
    .help = "Brakes against overfitting and wild steps; any of them together.",
    .pick = TT_PICK_ANY,
    .choice = "",
    .live = true,
    TT_ROWS(tt_regularizers),
};
