#include "relation.h"

#include <stdlib.h>

#include "maths.h"

static bool is_pair(double x, double y) {
    return x == x && y == y;
}

double tt_pearson(int64_t n, const double *x, const double *y) {
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    int64_t n_pairs = 0;
    for (int64_t i = 0; i < n; i++) {
        if (!is_pair(x[i], y[i]))
            continue;
        n_pairs++;
        mean_x += (x[i] - mean_x) / (double)n_pairs;
        mean_y += (y[i] - mean_y) / (double)n_pairs;
    }
    for (int64_t i = 0; i < n; i++) {
        if (!is_pair(x[i], y[i]))
            continue;
        double dx = x[i] - mean_x, dy = y[i] - mean_y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    return xy / (tt_sqrt(xx) * tt_sqrt(yy));
}

typedef struct group {
    int64_t n;
    double mean;
} group;

bool tt_eta_squared(int64_t n, const double *x, int32_t n_groups, const int32_t *groups,
                    double *result) {
    group *means = calloc((size_t)n_groups + 1, sizeof *means), all = {0};
    if (!means)
        return false;
    for (int64_t i = 0; i < n; i++) {
        if (x[i] != x[i] || groups[i] < 0)
            continue;
        group *own = &means[groups[i]];
        own->mean += (x[i] - own->mean) / (double)++own->n;
        all.mean += (x[i] - all.mean) / (double)++all.n;
    }
    double between = 0, total = 0;
    for (int32_t g = 0; g < n_groups; g++) {
        double d = means[g].mean - all.mean;
        between += (double)means[g].n * d * d;
    }
    for (int64_t i = 0; i < n; i++)
        if (x[i] == x[i] && groups[i] >= 0)
            total += (x[i] - all.mean) * (x[i] - all.mean);
    free(means);
    *result = between < total ? between / total : total / total;
    return true;
}

typedef struct crossing {
    int64_t *cells; /* (n_a, n_b) */
    int64_t *a, *b; /* sums of its rows and columns */
    int64_t n;
} crossing;

static int32_t count_present(int32_t n, const int64_t *sums) {
    int32_t present = 0;
    for (int32_t i = 0; i < n; i++)
        present += sums[i] > 0;
    return present;
}

static double v_of(const crossing *t, int32_t n_a, int32_t n_b) {
    double chi_squared = 0;
    for (int32_t i = 0; i < n_a; i++)
        for (int32_t j = 0; j < n_b; j++) {
            double wanted = (double)t->a[i] * (double)t->b[j] / (double)t->n;
            double d = (double)t->cells[(int64_t)i * n_b + j] - wanted;
            chi_squared += wanted > 0 ? d * d / wanted : 0;
        }
    int32_t present_a = count_present(n_a, t->a), present_b = count_present(n_b, t->b);
    int32_t least = present_a < present_b ? present_a : present_b;
    double v = tt_sqrt(chi_squared / ((double)t->n * (double)(least - 1)));
    return least < 2 ? __builtin_nan("") : v < 1 ? v : 1;
}

bool tt_cramers_v(int64_t n, int32_t n_a, const int32_t *a, int32_t n_b, const int32_t *b,
                  double *result) {
    size_t n_cells = (size_t)n_a * (size_t)n_b;
    crossing t = {.cells = calloc(n_cells + (size_t)n_a + (size_t)n_b + 1, sizeof *t.cells)};
    if (!t.cells)
        return false;
    t.a = t.cells + n_cells;
    t.b = t.a + n_a;
    for (int64_t i = 0; i < n; i++) {
        if (a[i] < 0 || b[i] < 0)
            continue;
        t.cells[(int64_t)a[i] * n_b + b[i]]++;
        t.a[a[i]]++;
        t.b[b[i]]++;
        t.n++;
    }
    *result = v_of(&t, n_a, n_b);
    free(t.cells);
    return true;
}
