#include "loss.h"

#include <string.h>

#include "maths.h"

/* An element-wise loss: value and derivative for one difference d = prediction - target. */
typedef float (*of_difference)(const double *p, float d, float *slope);

static inline double elementwise(const double *p, const tt_rows *rows, of_difference f) {
    double total = 0;
    for (int32_t i = 0; i < rows->n; i++) {
        float weight = rows->weight ? rows->weight[i] : 1;
        float share = rows->scale / (float)rows->outputs * weight;
        double sum = 0;
        for (int32_t j = i * rows->outputs; j < (i + 1) * rows->outputs; j++) {
            float slope;
            sum += (double)f(p, rows->z[j] - rows->y[j], &slope);
            if (rows->dz)
                rows->dz[j] = share * slope;
        }
        total += (double)weight * sum;
    }
    return total / rows->outputs;
}

static float square(const double *p, float d, float *slope) {
    (void)p;
    *slope = 2 * d;
    return d * d;
}

static double mse_evaluate(const double *p, const tt_rows *rows) {
    return elementwise(p, rows, square);
}

static double mse_reference(const double *p, int32_t outputs, const double *z, const float *y) {
    (void)p;
    double sum = 0;
    for (int32_t j = 0; j < outputs; j++)
        sum += (z[j] - (double)y[j]) * (z[j] - (double)y[j]);
    return sum / outputs;
}

static float absolute(const double *p, float d, float *slope) {
    (void)p;
    *slope = (float)((d > 0) - (d < 0));
    return d < 0 ? -d : d;
}

static double mae_evaluate(const double *p, const tt_rows *rows) {
    return elementwise(p, rows, absolute);
}

static double mae_reference(const double *p, int32_t outputs, const double *z, const float *y) {
    (void)p;
    double sum = 0;
    for (int32_t j = 0; j < outputs; j++)
        sum += z[j] < (double)y[j] ? (double)y[j] - z[j] : z[j] - (double)y[j];
    return sum / outputs;
}

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

static float huber(const double *p, float d, float *slope) {
    float delta = (float)p[0], size = d < 0 ? -d : d;
    bool inside = size <= delta;
    *slope = inside ? d : d < 0 ? -delta : delta;
    return inside ? 0.5f * d * d : delta * (size - 0.5f * delta);
}

static double huber_evaluate(const double *p, const tt_rows *rows) {
    return elementwise(p, rows, huber);
}

static double huber_reference(const double *p, int32_t outputs, const double *z, const float *y) {
    double sum = 0;
    for (int32_t j = 0; j < outputs; j++) {
        double d = z[j] - (double)y[j], size = d < 0 ? -d : d;
        sum += size <= p[0] ? 0.5 * d * d : p[0] * (size - 0.5 * p[0]);
    }
    return sum / outputs;
}

/* max(z, 0) - z y + log(1 + exp(-|z|)), which is finite for every finite z; four at a time. */
static tt_f32x4 bce_of(tt_f32x4 logit, tt_f32x4 target) {
    tt_f32x4 size = (tt_f32x4)((tt_i32x4)logit & 0x7fffffff);
    tt_f32x4 positive = (tt_f32x4)((tt_i32x4)logit & ~(tt_i32x4)(logit < 0));
    return positive - logit * target + tt_log1p_f32x4(tt_exp_f32x4(-size));
}

static double bce_evaluate(const double *p, const tt_rows *rows) {
    (void)p;
    double total = 0;
    int32_t n = rows->n * rows->outputs;
    float share = rows->scale / (float)rows->outputs;
    for (int32_t i = 0; i < n; i += 4) {
        int32_t width = n - i < 4 ? n - i : 4;
        size_t bytes = (size_t)width * sizeof(float);
        tt_f32x4 logit = {0}, target = {0}, weight = {1, 1, 1, 1};
        memcpy(&logit, rows->z + i, bytes);
        memcpy(&target, rows->y + i, bytes);
        for (int32_t j = 0; rows->weight && j < width; j++)
            weight[j] = rows->weight[(i + j) / rows->outputs];
        tt_f32x4 loss = weight * bce_of(logit, target);
        for (int32_t j = 0; j < width; j++)
            total += (double)loss[j];
        if (rows->dz) {
            tt_f32x4 gradient = share * weight * (tt_sigmoid_f32x4(logit) - target);
            memcpy(rows->dz + i, &gradient, bytes);
        }
    }
    return total / rows->outputs;
}

static double bce_reference(const double *p, int32_t outputs, const double *z, const float *y) {
    (void)p;
    double sum = 0;
    for (int32_t j = 0; j < outputs; j++)
        sum +=
            (z[j] > 0 ? z[j] : 0) - z[j] * (double)y[j] + tt_log1p(tt_exp(z[j] > 0 ? -z[j] : z[j]));
    return sum / outputs;
}

static float largest(int32_t n, const float *z) {
    float most = z[0];
    for (int32_t j = 1; j < n; j++)
        most = z[j] > most ? z[j] : most;
    return most;
}

/* e[j] = exp(z[j] - shift), and their sum in order; e may be z, or NULL when only the sum is
 * wanted. */
static float exponentials(int32_t n, const float *z, float shift, float *e) {
    float sum = 0;
    for (int32_t j = 0; j < n; j += 4) {
        int32_t width = n - j < 4 ? n - j : 4;
        tt_f32x4 v = {0};
        memcpy(&v, z + j, (size_t)width * sizeof(float));
        v = tt_exp_f32x4(v - shift);
        for (int32_t i = 0; i < width; i++)
            sum += v[i];
        if (e)
            memcpy(e + j, &v, (size_t)width * sizeof(float));
    }
    return sum;
}

static double cross_entropy_evaluate(const double *p, const tt_rows *rows) {
    (void)p;
    double total = 0;
    const float *z = rows->z;
    float *dz = rows->dz;
    for (int32_t i = 0; i < rows->n; i++, z += rows->outputs) {
        int32_t class = (int32_t)rows->y[i];
        float weight = rows->weight ? rows->weight[i] : 1;
        float most = largest(rows->outputs, z);
        float sum = exponentials(rows->outputs, z, most, dz);
        total += (double)(weight * (tt_log_f32(sum) + (most - z[class])));
        if (!dz)
            continue;
        float factor = rows->scale * weight / sum;
        for (int32_t j = 0; j < rows->outputs; j++)
            dz[j] *= factor;
        dz[class] -= rows->scale * weight;
        dz += rows->outputs;
    }
    return total;
}

static double cross_entropy_reference(const double *p, int32_t outputs, const double *z,
                                      const float *y) {
    (void)p;
    double most = z[0], sum = 0;
    for (int32_t j = 1; j < outputs; j++)
        most = z[j] > most ? z[j] : most;
    for (int32_t j = 0; j < outputs; j++)
        sum += tt_exp(z[j] - most);
    return tt_log(sum) + most - z[(int32_t)y[0]];
}

void tt_apply_link(tt_link link, int32_t rows, int32_t outputs, float *z) {
    if (link == TT_LINK_SIGMOID) {
        for (int32_t i = 0; i < rows * outputs; i++)
            z[i] = tt_sigmoid_f32(z[i]);
    } else if (link == TT_LINK_SOFTMAX) {
        for (int32_t i = 0; i < rows; i++, z += outputs) {
            float sum = exponentials(outputs, z, largest(outputs, z), z);
            for (int32_t j = 0; j < outputs; j++)
                z[j] /= sum;
        }
    }
}

const tt_loss tt_losses[] = {
    {.about = {.key = "mse",
               .label = "Mean squared error",
               .help = "The standard for regression; large errors weigh most. With classes it "
                       "compares each output with 0 or 1.",
               .formula = "L = mean((z − y)²)",
               .source = "PyTorch nn.MSELoss",
               .tasks = TT_ANY_TASK,
               .auto_tasks = TT_REGRESSION},
     .target = TT_TARGET_VALUES,
     .link = TT_LINK_IDENTITY,
     .evaluate = mse_evaluate,
     .reference = mse_reference},
    {.about = {.key = "mae",
               .label = "Mean absolute error",
               .help = "Every unit of error weighs the same, so outliers pull less; aims at the "
                       "median.",
               .formula = "L = mean(|z − y|)",
               .source = "PyTorch nn.L1Loss",
               .tasks = TT_ANY_TASK},
     .target = TT_TARGET_VALUES,
     .link = TT_LINK_IDENTITY,
     .evaluate = mae_evaluate,
     .reference = mae_reference},
    {.about = {.key = "huber",
               .label = "Huber",
               .help = "Squared for small errors, absolute for large ones: smooth, and robust to "
                       "outliers.",
               .formula = "L = mean(½d² where |d| ≤ δ, else δ(|d| − δ/2)), d = z − y",
               .source = "Huber, 1964; PyTorch nn.HuberLoss",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(huber_params)},
     .target = TT_TARGET_VALUES,
     .link = TT_LINK_IDENTITY,
     .evaluate = huber_evaluate,
     .reference = huber_reference},
    {.about = {.key = "bce_with_logits",
               .label = "Binary cross-entropy",
               .help = "The standard for two classes; the sigmoid is part of the loss.",
               .formula = "L = mean(−y log σ(z) − (1 − y) log(1 − σ(z)))",
               .source = "PyTorch nn.BCEWithLogitsLoss",
               .tasks = TT_CLASSIFICATION,
               .auto_tasks = TT_BINARY},
     .target = TT_TARGET_VALUES,
     .link = TT_LINK_SIGMOID,
     .evaluate = bce_evaluate,
     .reference = bce_reference},
    {.about = {.key = "cross_entropy",
               .label = "Softmax cross-entropy",
               .help = "The standard for several classes; the softmax is part of the loss.",
               .formula = "L = mean(−log softmax(z)[y])",
               .source = "PyTorch nn.CrossEntropyLoss",
               .tasks = TT_MULTICLASS,
               .auto_tasks = TT_MULTICLASS},
     .target = TT_TARGET_CLASS,
     .link = TT_LINK_SOFTMAX,
     .evaluate = cross_entropy_evaluate,
     .reference = cross_entropy_reference},
};

const tt_family tt_loss_family = {
    .key = "loss",
    .label = "Loss",
    .help = "What training makes small. Automatic takes the usual one for the task.",
    .pick = TT_PICK_ONE,
    .choice = "auto",
    TT_ROWS(tt_losses),
};
