#include "scaler.h"

#include "maths.h"

static void none_fit(const double *p, int64_t n, const double *x, double *offset, double *scale) {
    (void)p, (void)n, (void)x;
    *offset = 0;
    *scale = 1;
}

static void standard_fit(const double *p, int64_t n, const double *x, double *offset,
                         double *scale) {
    (void)p;
    double mean = 0, squares = 0;
    for (int64_t i = 0; i < n; i++) {
        double d = x[i] - mean;
        mean += d / (double)(i + 1);
        squares += d * (x[i] - mean);
    }
    double deviation = tt_sqrt(squares / (double)n);
    *offset = mean;
    *scale = deviation > 0 ? deviation : 1;
}

static void minmax_fit(const double *p, int64_t n, const double *x, double *offset, double *scale) {
    (void)p;
    double min = x[0], max = x[0];
    for (int64_t i = 1; i < n; i++) {
        min = x[i] < min ? x[i] : min;
        max = x[i] > max ? x[i] : max;
    }
    *offset = min;
    *scale = max > min ? max - min : 1;
}

const tt_scaler tt_scalers[] = {
    {.about = {.key = "standard",
               .label = "Standard",
               .help = "Mean 0 and deviation 1, the usual choice for networks.",
               .formula = "(x − mean) / deviation",
               .source = "scikit-learn StandardScaler",
               .tasks = TT_ANY_TASK},
     .fit = standard_fit},
    {.about = {.key = "minmax",
               .label = "Min-max",
               .help = "From 0 to 1 over the training rows.",
               .formula = "(x − min) / (max − min)",
               .source = "scikit-learn MinMaxScaler",
               .tasks = TT_ANY_TASK},
     .fit = minmax_fit},
    {.about = {.key = "none",
               .label = "None",
               .help = "Numbers as they are; large ones then dominate the gradient.",
               .formula = "x",
               .source = "",
               .tasks = TT_ANY_TASK},
     .fit = none_fit},
};

const tt_family tt_scaler_family = {
    .key = "scaler",
    .label = "Scaling",
    .help = "Brings numeric features to one scale, fitted on the training rows only.",
    .pick = TT_PICK_ONE,
    .choice = "standard",
    TT_ROWS(tt_scalers),
};
