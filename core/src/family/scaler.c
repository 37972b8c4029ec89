#include "scaler-functions.h"

#include "maths.h"

int32_t tt_scaler_n_fitted(const tt_scaler *scaler, const double *p) {
    return scaler->n_fitted ? scaler->n_fitted(p) : 2;
}

void tt_mean_and_deviation(int64_t n, const double *x, double *mean, double *deviation) {
    double average = 0, squares = 0;
    for (int64_t i = 0; i < n; i++) {
        double d = x[i] - average;
        average += d / (double)(i + 1);
        squares += d * (x[i] - average);
    }
    double root = tt_sqrt(squares / (double)n);
    *mean = average;
    *deviation = root > 0 ? root : 1;
}

/* fitted: what to take away, and what to divide by */
static double multiply_and_shift(const double *fitted, double y) {
    return fitted[0] + fitted[1] * y;
}

static void none_fit(const double *p, int64_t n, double *x, double *fitted) {
    (void)p, (void)n, (void)x;
    fitted[0] = 0;
    fitted[1] = 1;
}

static const tt_param standard_params[] = {
    {.key = "center",
     .label = "Center",
     .help = "Takes the mean away (with_mean).",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "scale",
     .label = "Scale",
     .help = "Divides by the deviation (with_std).",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
};

static void standard_fit(const double *p, int64_t n, double *x, double *fitted) {
    tt_mean_and_deviation(n, x, &fitted[0], &fitted[1]);
    if (p[0] == 0)
        fitted[0] = 0;
    if (p[1] == 0)
        fitted[1] = 1;
}

static const tt_param minmax_params[] = {
    {.key = "low",
     .label = "Low",
     .help = "What the smallest training value becomes.",
     .kind = TT_KIND_REAL,
     .min = -1000,
     .max = 1000,
     .value = 0},
    {.key = "high",
     .label = "High",
     .help = "What the largest training value becomes.",
     .kind = TT_KIND_REAL,
     .min = -1000,
     .max = 1000,
     .value = 1},
};

static void minmax_fit(const double *p, int64_t n, double *x, double *fitted) {
    double min = x[0], max = x[0];
    for (int64_t i = 1; i < n; i++) {
        min = x[i] < min ? x[i] : min;
        max = x[i] > max ? x[i] : max;
    }
    fitted[1] = (max > min ? max - min : 1) / (p[1] - p[0]);
    fitted[0] = min - p[0] * fitted[1];
}

static const char *minmax_complaint(const double *p) {
    return p[0] < p[1] ? NULL : "The low end of the range must lie below the high end.";
}

static void max_abs_fit(const double *p, int64_t n, double *x, double *fitted) {
    (void)p;
    double most = 0;
    for (int64_t i = 0; i < n; i++) {
        double size = x[i] < 0 ? -x[i] : x[i];
        most = size > most ? size : most;
    }
    fitted[0] = 0;
    fitted[1] = most > 0 ? most : 1;
}

static const tt_param robust_params[] = {
    {.key = "lower",
     .label = "Lower percentile",
     .help = "Where the range that counts begins.",
     .kind = TT_KIND_REAL,
     .min = 0,
     .max = 49,
     .value = 25},
    {.key = "upper",
     .label = "Upper percentile",
     .help = "Where it ends.",
     .kind = TT_KIND_REAL,
     .min = 51,
     .max = 100,
     .value = 75},
    {.key = "center",
     .label = "Center",
     .help = "Takes the median away (with_centering).",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "scale",
     .label = "Scale",
     .help = "Divides by the range (with_scaling).",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 1},
    {.key = "unit_variance",
     .label = "Unit variance",
     .help = "Counts the range in deviations of a normal distribution, so that a column that is "
             "normal gets deviation 1.",
     .kind = TT_KIND_FLAG,
     .max = 1,
     .value = 0},
};

static const tt_param quantile_params[] = {
    {.key = "n_quantiles",
     .label = "Quantiles",
     .help = "Points that the distribution is kept as; no more than there are training rows.",
     .kind = TT_KIND_INTEGER,
     .min = 2,
     .max = 1000,
     .value = 100,
     .log_scale = true},
    {.key = "output_distribution",
     .label = "Distribution",
     .help = "Of the ranks: even from 0 to 1, or normal from −5.2 to 5.2.",
     .kind = TT_KIND_CHOICE,
     .text = "uniform",
     .choices = "uniform|normal"},
};

static bool is_above_minus_one(double x) {
    return x > -1;
}

#define STANDARDIZE                                                                                \
    {                                                                                              \
        .key = "standardize", .label = "Standardize",                                              \
        .help = "Brings the result to mean 0 and deviation 1.", .kind = TT_KIND_FLAG, .max = 1,    \
        .value = 1                                                                                 \
    }

static const tt_param log1p_params[] = {STANDARDIZE};

static const tt_param power_params[] = {
    {.key = "method",
     .label = "Method",
     .help = "Yeo-Johnson finds the exponent that makes the values most like a normal "
             "distribution; the signed power takes the one given.",
     .kind = TT_KIND_CHOICE,
     .text = "yeo_johnson",
     .choices = "yeo_johnson|signed_power"},
    {.key = "exponent",
     .label = "Exponent",
     .help = "Of the signed power; 0.5 is the square root.",
     .kind = TT_KIND_REAL,
     .min = 0.05,
     .max = 5,
     .value = 0.5},
    STANDARDIZE,
};

const tt_scaler tt_scalers[] = {
    {.about = {.key = "standard",
               .label = "Standard",
               .help = "Mean 0 and deviation 1, the usual choice for networks.",
               .formula = "(x − mean) / deviation",
               .names = {.keras = "layers.Normalization", .sklearn = "StandardScaler"},
               TT_PARAMS(standard_params),
               .tasks = TT_ANY_TASK},
     .fit = standard_fit,
     .invert = multiply_and_shift},
    {.about = {.key = "minmax",
               .label = "Min-max",
               .help = "From 0 to 1, or another range, over the training rows.",
               .formula = "low + (high − low)(x − min) / (max − min)",
               .names = {.sklearn = "MinMaxScaler"},
               TT_PARAMS(minmax_params),
               .tasks = TT_ANY_TASK},
     .fit = minmax_fit,
     .invert = multiply_and_shift,
     .complaint = minmax_complaint},
    {.about = {.key = "robust",
               .label = "Robust",
               .help = "By median and quartiles, which a few outliers do not move.",
               .formula = "(x − median) / (Q₇₅ − Q₂₅)",
               .names = {.sklearn = "RobustScaler"},
               TT_PARAMS(robust_params),
               .tasks = TT_ANY_TASK},
     .fit = tt_robust_fit,
     .invert = multiply_and_shift},
    {.about = {.key = "max_abs",
               .label = "Max-abs",
               .help = "Within −1 and 1 over the training rows; zero stays zero.",
               .formula = "x / max|x|",
               .names = {.sklearn = "MaxAbsScaler"},
               .tasks = TT_ANY_TASK},
     .fit = max_abs_fit,
     .invert = multiply_and_shift},
    {.about = {.key = "quantile",
               .label = "Quantile",
               .help = "The rank among the training values, from 0 to 1: outliers and skew are "
                       "gone, distances too.",
               .formula = "share of training values below x",
               .names = {.sklearn = "QuantileTransformer"},
               .differs = "100 quantiles unless told otherwise; 1,000 in scikit-learn.",
               TT_PARAMS(quantile_params),
               .tasks = TT_ANY_TASK},
     .n_fitted = tt_quantile_n_fitted,
     .fit = tt_quantile_fit,
     .apply = tt_quantile_apply,
     .invert = tt_quantile_invert,
     .plausible = tt_quantile_plausible},
    {.about = {.key = "log1p",
               .label = "Logarithm",
               .help = "For counts and amounts that spread over powers of ten; numbers must lie "
                       "above −1.",
               .formula = "ln(1 + x)",
               .source = "NumPy log1p",
               .names = {.sklearn = "FunctionTransformer(numpy.log1p)"},
               .differs = "The logarithms are standardized as well, unless that is off.",
               TT_PARAMS(log1p_params),
               .tasks = TT_ANY_TASK},
     .n_fitted = tt_power_n_fitted,
     .fit = tt_log1p_fit,
     .apply = tt_power_apply,
     .invert = tt_power_invert,
     .plausible = tt_power_plausible,
     .defined = is_above_minus_one},
    {.about = {.key = "power",
               .label = "Power",
               .help = "Bends skewed values towards a normal distribution. The exponent is found "
                       "from at most 10,000 rows.",
               .formula = "x ≥ 0: ((1 + x)^λ − 1) / λ; x < 0: −((1 − x)^(2−λ) − 1) / (2 − λ); or "
                          "sign(x)|x|^λ",
               .source = "Yeo and Johnson 2000",
               .names = {.sklearn = "PowerTransformer"},
               .differs = "The exponent is found from at most 10,000 rows. The signed power is an "
                          "addition; Box-Cox is not there.",
               TT_PARAMS(power_params),
               .tasks = TT_ANY_TASK},
     .n_fitted = tt_power_n_fitted,
     .fit = tt_power_fit,
     .apply = tt_power_apply,
     .invert = tt_power_invert,
     .plausible = tt_power_plausible},
    {.about = {.key = "none",
               .label = "None",
               .help = "Numbers as they are; large ones then dominate the gradient.",
               .formula = "x",

               .tasks = TT_ANY_TASK},
     .fit = none_fit,
     .invert = multiply_and_shift},
};

const tt_family tt_scaler_family = {
    .key = "scaler",
    .label = "Scaling",
    .help = "Brings numeric features to one scale, fitted on the training rows only.",
    .pick = TT_PICK_ONE,
    .choice = "standard",
    .by_column = TT_USE_NUMBER | TT_USE_DATE | TT_USE_CATEGORY,
    TT_ROWS(tt_scalers),
};
