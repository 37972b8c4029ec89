/* Initializers are held to the properties of what they draw: bounds, mean and deviation. */

#include "golden.h"

#include <stdio.h>

#include "initializer.h"

/* The row and its parameters for an initializer of a library; `params` is JSON. */
static const struct {
    const char *library, *name, *row, *params;
    bool bias; /* what is drawn for a bias */
} names[] = {
    {"torch", "nn.Linear weight", "torch_linear", NULL, false},
    {"torch", "nn.Linear bias", "torch_linear", NULL, true},
    {"torch", "xavier_uniform_", "glorot_uniform", NULL, false},
    {"torch", "xavier_normal_", "glorot_normal", NULL, false},
    {"torch", "kaiming_uniform_", "he_uniform", NULL, false},
    {"torch", "kaiming_normal_", "he_normal", NULL, false},
    {"torch", "orthogonal_", "orthogonal", NULL, false},
    {"keras", "GlorotUniform", "glorot_uniform", NULL, false},
    {"keras", "GlorotNormal", "glorot_normal", "{\"truncated\":1}", false},
    {"keras", "HeUniform", "he_uniform", NULL, false},
    {"keras", "HeNormal", "he_normal", "{\"truncated\":1}", false},
    {"keras", "LecunUniform", "lecun_uniform", NULL, false},
    {"keras", "LecunNormal", "lecun_normal", "{\"truncated\":1}", false},
    {"keras", "RandomUniform", "uniform", NULL, false},
    {"keras", "RandomNormal", "normal", NULL, false},
    {"keras", "TruncatedNormal", "truncated_normal", NULL, false},
    {"sklearn", "MLP coefs_ and intercepts_", "sklearn", NULL, false},
};

static const alias aliases[] = {
    {"nonlinearity", ""}, {"minval", "low"}, {"maxval", "high"}, {"stddev", "std"}, {0}};

static void check_values(golden *g, int64_t n, const float *w) {
    const cJSON *expected = golden_at(g->json, "expected");
    double sum = 0, squares = 0, largest = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += (double)w[i];
        squares += (double)w[i] * (double)w[i];
        largest = fabs((double)w[i]) > largest ? fabs((double)w[i]) : largest;
    }
    double mean = sum / (double)n, deviation = sqrt(squares / (double)n - mean * mean);
    double wanted = golden_number(expected, "std", 0);
    double bound = golden_number(expected, "bound", (double)INFINITY);
    /* Five standard errors: of the mean, and of the deviation of the widest of these
     * distributions, the normal one. */
    const tolerance chance = {5 / sqrt(2 * (double)n), 0};
    double of_mean = mean / wanted / sqrt(2.0),
           middle = golden_number(expected, "mean", 0) / wanted;
    golden_compare_values(g, "std", chance, 0, 1, &deviation, &wanted);
    golden_compare_values(g, "mean", (tolerance){chance.relative, chance.relative}, 1, 1, &of_mean,
                          &middle);
    if (largest > bound * (1 + 1e-6))
        golden_fail(g, "the largest value is %.9g, the bound %.9g", largest, bound);
    if (isfinite(bound) && largest < 0.95 * bound)
        golden_fail(g, "no value is near the bound: %.9g of %.9g", largest, bound);
    if (!isfinite(bound) && largest < 3 * wanted)
        golden_fail(g, "a normal distribution without tails: %.9g", largest);
}

/* Keras's names carry a remark in brackets. */
static bool is_name(const char *text, const char *name) {
    size_t size = strlen(name);
    return strncmp(text, name, size) == 0 && (text[size] == 0 || text[size] == ' ');
}

/* What He's rows have a slope for; LeCun's take the gain of any other activation. */
static bool is_rectified(const char *nonlinearity) {
    return !*nonlinearity || strcmp(nonlinearity, "relu") == 0 ||
           strcmp(nonlinearity, "leaky_relu") == 0;
}

static const char *row_for(const char *row, const char *nonlinearity) {
    if (strncmp(row, "he_", 3) != 0 || is_rectified(nonlinearity))
        return row;
    return strcmp(row, "he_uniform") == 0 ? "lecun_uniform" : "lecun_normal";
}

/* "5/3", "sqrt(2)" or "0.75"; 1 where it is none of them. */
static double read_gain(const char *text) {
    double a, b;
    if (sscanf(text, "%lf/%lf", &a, &b) == 2)
        return a / b;
    if (sscanf(text, " sqrt(%lf)", &a) == 1)
        return sqrt(a);
    return sscanf(text, "%lf", &a) == 1 ? a : 1;
}

/* PyTorch's gains by name, and a gain given as "tanh = 5/3". A mean of 0 goes without saying. */
static void set_gain(golden *g, const char *row, cJSON *config) {
    static const struct {
        const char *nonlinearity;
        double gain;
    } gains[] = {{"linear", 1}, {"sigmoid", 1}, {"tanh", 5.0 / 3}, {"selu", 0.75}};
    const char *kind = golden_text(config, "nonlinearity"), *gain = golden_text(config, "gain");
    double known = 0;
    if (strchr(gain, '='))
        cJSON_ReplaceItemInObject(config, "gain",
                                  cJSON_CreateNumber(read_gain(strchr(gain, '=') + 1)));
    if (strcmp(kind, "relu") == 0 && golden_at(config, "a"))
        cJSON_ReplaceItemInObject(config, "a", cJSON_CreateNumber(0));
    for (size_t i = 0; i < sizeof gains / sizeof gains[0]; i++)
        if (strcmp(gains[i].nonlinearity, kind) == 0)
            known = gains[i].gain;
    if (!is_rectified(kind) && known == 0)
        golden_unsupported(g, "no gain for %s", kind);
    if (!is_rectified(kind)) {
        cJSON_DeleteItemFromObject(config, "a");
        cJSON_AddNumberToObject(config, "gain", known);
    }
    if (golden_number(config, "mean", 1) == 0)
        cJSON_DeleteItemFromObject(config, "mean");
    if (strcmp(row, "sklearn") == 0 && strcmp(golden_text(config, "activation"), "logistic") != 0)
        cJSON_DeleteItemFromObject(config, "activation");
}

enum { MOST_DRAWN = 100000000 };

static void draw(golden *g, int32_t row, bool bias, const double *p) {
    int32_t fan_in = golden_count(g, g->json, "fan_in", 1, 1);
    int32_t fan_out = golden_count(g, g->json, "fan_out", 1, 1);
    int64_t n = bias ? fan_out : (int64_t)fan_in * fan_out;
    if (n > MOST_DRAWN)
        golden_fail(g, "more than %d weights", MOST_DRAWN);
    if (!golden_is_open(g))
        return;
    tt_random random = tt_random_new(1, TT_FOR_WEIGHTS);
    float *w = golden_room(g, (size_t)n, sizeof *w);
    if (bias)
        tt_initializers[row].fill_bias(p, fan_in, fan_out, &random, w);
    else
        tt_initializers[row].fill(p, fan_in, fan_out, &random, w);
    check_values(g, n, w);
}

void check_initializer(golden *g) {
    const char *library = golden_text(g->json, "library");
    const char *name = golden_text(g->json, "initializer");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        double p[TT_MAX_PARAMS];
        if (strcmp(names[i].library, library) != 0 || !is_name(name, names[i].name))
            continue;
        const char *kind = golden_text(g->json, "config.nonlinearity");
        int32_t row = golden_row(g, &tt_initializer_family, row_for(names[i].row, kind));
        if (row < 0)
            return;
        cJSON *config = cJSON_Duplicate(golden_at(g->json, "config"), true);
        cJSON *granted = cJSON_Parse(names[i].params ? names[i].params : "{}");
        set_gain(g, names[i].row, config);
        golden_set_params(g, &tt_initializer_family, row, granted, NULL);
        golden_params(g, &tt_initializer_family, row, config, aliases, p);
        if (golden_is_open(g))
            draw(g, row, names[i].bias, p);
        cJSON_Delete(granted);
        cJSON_Delete(config);
        return;
    }
    golden_unsupported(g, "no such initializer: %s %s", library, name);
}
