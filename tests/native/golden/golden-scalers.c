#include "golden.h"

#include "scaler.h"

static const struct {
    const char *theirs, *ours;
} rows[] = {
    {"StandardScaler", "standard"}, {"MinMaxScaler", "minmax"},
    {"MaxAbsScaler", "max_abs"},    {"RobustScaler", "robust"},
    {"PowerTransformer", "power"},  {"QuantileTransformer", "quantile"},
};

static const alias aliases[] = {{"with_mean", "center"},
                                {"with_std", "scale"},
                                {"with_centering", "center"},
                                {"with_scaling", "scale"},
                                {"feature_range", "low,high"},
                                {"quantile_range", "lower,upper"},
                                {0}};

/* Column j of a table, whose values are n_cols apart. */
static void take_column(const double *table, int32_t n_rows, int32_t n_cols, int32_t j,
                        double *column) {
    for (int32_t i = 0; i < n_rows; i++)
        column[i] = table[i * n_cols + j];
}

static double *apply_all(golden *g, const tt_scaler *scaler, const double *fitted, int32_t n_fitted,
                         const cJSON *table) {
    int32_t n_cols = golden_dimension(table, 1);
    double *values = golden_doubles(g, table);
    for (int64_t i = 0; i < golden_size(table); i++)
        values[i] = tt_scale(scaler, fitted + i % n_cols * n_fitted, values[i]);
    return values;
}

/* Scalers that keep an offset and a scale can be undone. */
static void compare_inverse(golden *g, const double *fitted, const double *scaled,
                            const cJSON *table) {
    const cJSON *expected = golden_at(g->json, "expected.inverse_of_train");
    int32_t n_cols = golden_dimension(table, 1);
    int64_t n = golden_size(table);
    double *values = golden_room(g, (size_t)n, sizeof *values);
    for (int64_t i = 0; i < n; i++)
        values[i] = fitted[i % n_cols * 2] + fitted[i % n_cols * 2 + 1] * scaled[i];
    golden_compare(g, "inverse", OF_DOUBLES, n, values, expected);
}

/* An exponent is where a likelihood is flat, which leaves it half of its digits. */
static const tolerance OF_EXPONENTS = {1e-6, 1e-7};

static void check_columns(golden *g, const tt_scaler *scaler, const double *p) {
    const cJSON *x = golden_at(g->json, "x"), *x_new = golden_at(g->json, "x_new");
    const cJSON *expected = golden_at(g->json, "expected");
    if (!golden_needs(g, "expected.train") || !golden_is_table(g, "x", x) ||
        (x_new && !golden_is_table(g, "x_new", x_new)))
        return;
    int32_t n_rows = golden_dimension(x, 0), n_cols = golden_dimension(x, 1);
    int32_t n_fitted = tt_scaler_n_fitted(scaler, p);
    if (x_new && golden_dimension(x_new, 1) != n_cols) {
        golden_fail(g, "x and x_new have different columns");
        return;
    }
    const double *table = golden_doubles(g, x);
    tolerance allowed = strcmp(scaler->about.key, "power") == 0 ? OF_EXPONENTS : OF_DOUBLES;
    double *column = golden_room(g, (size_t)n_rows, sizeof *column);
    double *fitted = golden_room(g, (size_t)(n_fitted * n_cols), sizeof *fitted);
    for (int32_t j = 0; j < n_cols; j++) {
        take_column(table, n_rows, n_cols, j, column);
        scaler->fit(p, n_rows, column, fitted + j * n_fitted);
    }
    const double *scaled = apply_all(g, scaler, fitted, n_fitted, x);
    golden_compare(g, "train", allowed, golden_size(x), scaled, golden_at(expected, "train"));
    golden_compare(g, "new", allowed, golden_size(x_new),
                   apply_all(g, scaler, fitted, n_fitted, x_new), golden_at(expected, "new"));
    if (n_fitted == 2)
        compare_inverse(g, fitted, scaled, x);
}

/* Names of scikit-learn's choices that are not ours. */
static void check_scaler(golden *g, const char *key) {
    double p[TT_MAX_PARAMS];
    cJSON *values = cJSON_Duplicate(golden_at(g->json, "config"), true);
    int32_t row = golden_row(g, &tt_scaler_family, key);
    if (strcmp(golden_text(values, "method"), "yeo-johnson") == 0)
        cJSON_ReplaceItemInObject(values, "method", cJSON_CreateString("yeo_johnson"));
    if (strcmp(golden_text(values, "method"), "box-cox") == 0)
        golden_unsupported(g, "numbers of any sign are scaled here, Box-Cox takes positive ones");
    if (row >= 0 && golden_is_open(g))
        golden_params(g, &tt_scaler_family, row, values, aliases, p);
    if (golden_is_open(g))
        check_columns(g, &tt_scalers[row], p);
    cJSON_Delete(values);
}

bool golden_check_scaler(golden *g) {
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].theirs, golden_text(g->json, "transformer")) == 0) {
            check_scaler(g, rows[i].ours);
            return true;
        }
    }
    return false;
}
