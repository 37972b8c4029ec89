/* Initializers are held to the properties of what they draw: bounds, mean and deviation. */

#include "golden.h"

#include <stdio.h>

#include "initializer.h"

/* The row and its parameters for an initializer of a library; `params` is JSON. */
static const struct {
    const char *library, *name, *row, *params;
} names[] = {
    {"torch", "nn.Linear weight", "lecun_uniform", "{\"gain\":0.57735026918962573}"},
    {"torch", "xavier_uniform_", "glorot_uniform", NULL},
    {"torch", "xavier_normal_", "glorot_normal", NULL},
    {"torch", "kaiming_uniform_", "he_uniform", NULL},
    {"torch", "kaiming_normal_", "he_normal", NULL},
    {"keras", "GlorotUniform", "glorot_uniform", NULL},
    {"keras", "GlorotNormal", "glorot_normal", NULL},
    {"keras", "HeUniform", "he_uniform", NULL},
    {"keras", "HeNormal", "he_normal", NULL},
    {"keras", "LecunUniform", "lecun_uniform", NULL},
    {"keras", "LecunNormal", "lecun_normal", NULL},
    {"keras", "RandomUniform", "uniform", NULL},
    {"keras", "RandomNormal", "normal", NULL},
    {"keras", "TruncatedNormal", "truncated_normal", NULL},
    {"sklearn", "MLP coefs_ and intercepts_", "sklearn", NULL},
};

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

void check_initializer(golden *g) {
    const char *library = golden_text(g->json, "library"),
               *name = golden_text(g->json, "initializer");
    int32_t fan_in = (int32_t)golden_number(g->json, "fan_in", 0);
    int32_t fan_out = (int32_t)golden_number(g->json, "fan_out", 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].library, library) != 0 || !is_name(name, names[i].name))
            continue;
        int32_t row = golden_row(g, &tt_initializer_family, names[i].row);
        double p[TT_MAX_PARAMS];
        cJSON *granted = cJSON_Parse(names[i].params ? names[i].params : "{}");
        if (row >= 0) {
            golden_set_params(g, &tt_initializer_family, row, granted, NULL);
            golden_params(g, &tt_initializer_family, row, golden_at(g->json, "config"), NULL, p);
        }
        cJSON_Delete(granted);
        if (golden_is_open(g)) {
            tt_random random = tt_random_new(1, TT_FOR_WEIGHTS);
            float *w = golden_room(g, (size_t)fan_in * (size_t)fan_out, sizeof *w);
            tt_initializers[row].fill(p, fan_in, fan_out, &random, w);
            check_values(g, (int64_t)fan_in * fan_out, w);
        }
        return;
    }
    golden_unsupported(g, "no such initializer: %s %s", library, name);
}
