#include "schedule.h"

#include "maths.h"

#define RUN_LENGTH(name, text)                                                                     \
    {                                                                                              \
        .key = name, .label = "Length", .help = text " 0 takes the whole run.",                    \
        .kind = TT_KIND_INTEGER, .min = 0, .max = 1e9, .value = 0                                  \
    }

static double constant_rate(const double *p, double base, double t, double total,
                            const double *state) {
    (void)state;
    (void)p, (void)t, (void)total;
    return base;
}

static double whole(double x) {
    return (double)(int64_t)x;
}

static const tt_param step_params[] = {
    {.key = "step_size",
     .label = "Every",
     .help = "Units (epochs or steps) between two drops.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 1e9,
     .value = 10},
    {.key = "gamma",
     .label = "Factor",
     .help = "What the rate is multiplied by at each drop.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 10,
     .value = 0.1},
};

static double step_rate(const double *p, double base, double t, double total, const double *state) {
    (void)state;
    (void)total;
    return base * tt_pow(p[1], whole(t / p[0]));
}

static const tt_param exponential_params[] = {
    {.key = "gamma",
     .label = "Factor",
     .help = "What the rate is multiplied by at every unit.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 10,
     .value = 0.95},
};

static double exponential_rate(const double *p, double base, double t, double total,
                               const double *state) {
    (void)state;
    (void)total;
    return base * tt_pow(p[0], t);
}

static const tt_param polynomial_params[] = {
    {.key = "power",
     .label = "Power β",
     .help = "1 falls in a straight line; larger powers fall faster at first.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 100,
     .value = 1},
    RUN_LENGTH("total", "Units until the rate is zero."),
};

static double polynomial_rate(const double *p, double base, double t, double total,
                              const double *state) {
    (void)state;
    double length = p[1] > 0 ? p[1] : total;
    return t < length ? base * tt_pow(1 - t / length, p[0]) : p[0] > 0 ? 0 : base;
}

static const tt_param staircase_params[] = {
    {.key = "step_size",
     .label = "Every",
     .help = "Units (epochs or steps) between two drops.",
     .kind = TT_KIND_INTEGER,
     .min = 1,
     .max = 1e9,
     .value = 10},
    {.key = "drop",
     .label = "Drop d",
     .help = "Share of the base rate that each drop takes away; never below zero.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1,
     .value = 0.1},
};

static double staircase_rate(const double *p, double base, double t, double total,
                             const double *state) {
    (void)state;
    (void)total;
    double left = 1 - p[1] * whole(t / p[0]);
    return left > 0 ? base * left : 0;
}

static const tt_param cosine_params[] = {
    {.key = "eta_min",
     .label = "Lowest rate",
     .help = "Where the rate ends.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 1e12,
     .value = 0,
     .log_scale = true},
    RUN_LENGTH("t_max", "Units from the highest to the lowest rate; it rises again afterwards."),
};

static double cosine_rate(const double *p, double base, double t, double total,
                          const double *state) {
    (void)state;
    const double pi = 3.14159265358979323846;
    double length = p[1] > 0 ? p[1] : total;
    return p[0] + (base - p[0]) * (1 + tt_cos(pi * t / length)) / 2;
}

double tt_scheduled_rate(const tt_schedule *schedule, const double *p, double warmup, double base,
                         double t, double total, const double *state) {
    if (t < warmup)
        return base * (t + 1) / warmup;
    double left = total - warmup;
    return schedule->rate(p, base, t - warmup, left > 1 ? left : 1, state);
}

const tt_schedule tt_schedules[] = {
    {.about = {.key = "constant",
               .label = "Constant",
               .help = "The same rate all the way.",
               .formula = "lr(t) = lr₀",
               .source = "",
               .tasks = TT_ANY_TASK},
     .rate = constant_rate},
    {.about = {.key = "step",
               .label = "Step drop",
               .help = "Divides the rate every so often, as in many papers.",
               .formula = "lr(t) = lr₀ γ^⌊t / s⌋",
               .source = "PyTorch StepLR",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(step_params)},
     .rate = step_rate},
    {.about = {.key = "exponential",
               .label = "Exponential",
               .help = "Shrinks by the same factor at every unit.",
               .formula = "lr(t) = lr₀ γ^t",
               .source = "PyTorch ExponentialLR",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(exponential_params)},
     .rate = exponential_rate},
    {.about = {.key = "polynomial",
               .label = "Polynomial",
               .help = "Falls to zero at the end of the run.",
               .formula = "lr(t) = lr₀ (1 − t / T)^β",
               .source = "PyTorch PolynomialLR, Keras PolynomialDecay",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(polynomial_params)},
     .rate = polynomial_rate},
    {.about = {.key = "staircase",
               .label = "Staircase",
               .help = "Falls by the same amount every so often.",
               .formula = "lr(t) = lr₀ max(0, 1 − d ⌊t / s⌋)",
               .source = "textbook staircase decay",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(staircase_params)},
     .rate = staircase_rate},
    {.about = {.key = "cosine",
               .label = "Cosine",
               .help = "Slow, fast, slow: half a cosine wave down to the lowest rate.",
               .formula = "lr(t) = η_min + (lr₀ − η_min)(1 + cos(π t / T)) / 2",
               .source = "Loshchilov and Hutter, 2017; PyTorch CosineAnnealingLR",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(cosine_params)},
     .rate = cosine_rate},
};

static const tt_param shared_params[] = {
    [TT_SCHEDULE_UNIT] = {.key = "unit",
                          .label = "Unit of t",
                          .help = "Whether the rate changes at every epoch or at every step (one "
                                  "batch). All lengths of the schedule count in it.",
                          .kind = TT_KIND_CHOICE,
                          .text = "epoch",
                          .choices = "epoch|step"},
    [TT_SCHEDULE_WARMUP] = {.key = "warmup",
                            .label = "Warm-up",
                            .help = "Units in which the rate climbs in a straight line to its full "
                                    "height before the schedule begins; 0 for none.",
                            .kind = TT_KIND_INTEGER,
                            .min = 0,
                            .max = 1e9,
                            .value = 0},
};

const tt_family tt_schedule_family = {
    .key = "schedule",
    .label = "Learning-rate schedule",
    .help = "How the rate changes over the run.",
    .pick = TT_PICK_ONE,
    .choice = "constant",
    TT_PARAMS(shared_params),
    TT_ROWS(tt_schedules),
};
