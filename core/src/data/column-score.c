#include "column-score.h"

#include <stdlib.h>

#include "tabtrain/dataset.h"

enum { NEAREST = 7 };

/* The training rows, ascending by value, and a guess for each of their distinct values. */
typedef struct guesser {
    int32_t n_classes;
    int64_t n, n_numbers; /* training rows, those with a number first */
    double *values, *y;
    int64_t *counts; /* of each class among rows start..end - 1 */
    double sum;      /* of y of these rows */
    int64_t start, end;
} guesser;

/* The rows start..end - 1 from now on; neither bound ever falls. */
static void move_to(guesser *g, int64_t start, int64_t end) {
    for (; g->end < end; g->end++) {
        g->sum += g->y[g->end];
        if (g->n_classes)
            g->counts[(int32_t)g->y[g->end]]++;
    }
    for (; g->start < start; g->start++) {
        g->sum -= g->y[g->start];
        if (g->n_classes)
            g->counts[(int32_t)g->y[g->start]]--;
    }
}

static double most_frequent(const guesser *g) {
    int32_t best = 0;
    for (int32_t c = 1; c < g->n_classes; c++)
        best = g->counts[c] > g->counts[best] ? c : best;
    return best;
}

static double guess_of(const guesser *g) {
    return g->n_classes ? most_frequent(g) : g->sum / (double)(g->end - g->start);
}

/* What the rows first..end - 1, which have the same value, are guessed to be. */
static double guess_at(guesser *g, int64_t first, int64_t end) {
    int64_t spare = first < g->n_numbers ? NEAREST - (end - first) : 0;
    int64_t start = spare > 0 ? first - spare / 2 : first;
    start = start > 0 ? start : 0;
    int64_t last = start + NEAREST < g->n_numbers ? start + NEAREST : g->n_numbers;
    move_to(g, start, last > end ? last : end);
    return guess_of(g);
}

/* Least squares of y on the numbers; what is missing stands at their mean. */
typedef struct line {
    double mean_x, mean_y, slope;
} line;

static line fit_line(const guesser *g) {
    line fit = {0};
    double xx = 0, xy = 0;
    for (int64_t i = 0; i < g->n_numbers; i++) {
        double share = 1 / (double)(i + 1), dx = g->values[i] - fit.mean_x;
        fit.mean_x += dx * share;
        fit.mean_y += (g->y[i] - fit.mean_y) * share;
    }
    for (int64_t i = 0; i < g->n_numbers; i++) {
        double dx = g->values[i] - fit.mean_x;
        xx += dx * dx;
        xy += dx * (g->y[i] - fit.mean_y);
    }
    fit.slope = xx > 0 ? xy / xx : 0;
    return fit;
}

static double error_of(const guesser *g, double guess, double y) {
    return g->n_classes ? guess != y : (guess - y) * (guess - y);
}

typedef struct errors {
    double overall, nearest, straight;
} errors;

static void add_errors(const guesser *g, const tt_scored_row *row, bool number, double overall,
                       double nearest, const line *fit, errors *of_part) {
    double x = number ? row->value : fit->mean_x;
    double straight = fit->mean_y + fit->slope * (x - fit->mean_x);
    of_part->overall += error_of(g, overall, row->y);
    of_part->nearest += error_of(g, nearest, row->y);
    of_part->straight += error_of(g, straight, row->y);
}

/* A row goes by the training rows of its own value, and a number that they lack by the next lower
 * one, or the lowest. */
static void measure(guesser *g, int64_t n, const tt_scored_row *rows, int64_t n_numbers,
                    double overall, errors by_part[2]) {
    line fit = fit_line(g);
    double guess = overall;
    for (int64_t i = 0, at = 0; i < n; i++) {
        bool number = i < n_numbers, known = false;
        while (at < g->n && (at < g->n_numbers) == number &&
               (g->values[at] <= rows[i].value || (number && at == 0))) {
            int64_t end = at + 1;
            while (end < g->n && g->values[end] == g->values[at] && (end < g->n_numbers) == number)
                end++;
            known = g->values[at] == rows[i].value;
            guess = guess_at(g, at, end);
            at = end;
        }
        bool repeated = i > 0 && rows[i - 1].value == rows[i].value && i != n_numbers;
        if (!number && !known && !repeated)
            guess = overall;
        add_errors(g, &rows[i], number, overall, guess, &fit, &by_part[rows[i].part]);
    }
}

static bool gather(guesser *g, int64_t n, const tt_scored_row *rows, int64_t n_numbers) {
    g->values = malloc(((size_t)n + 1) * sizeof *g->values);
    g->y = malloc(((size_t)n + 1) * sizeof *g->y);
    g->counts = calloc((size_t)g->n_classes + 1, sizeof *g->counts);
    if (!g->values || !g->y || !g->counts)
        return false;
    for (int64_t i = 0; i < n; i++) {
        if (rows[i].part != TT_TRAINING)
            continue;
        g->values[g->n] = rows[i].value;
        g->y[g->n++] = rows[i].y;
        g->n_numbers += i < n_numbers;
    }
    return true;
}

static double overall_guess(guesser *g) {
    move_to(g, 0, g->n);
    double guess = g->n > 0 ? guess_of(g) : 0;
    for (int32_t c = 0; c < g->n_classes; c++)
        g->counts[c] = 0;
    g->start = g->end = 0;
    g->sum = 0;
    return guess;
}

bool tt_score_column(int64_t n, const tt_scored_row *rows, int64_t n_numbers, int32_t n_classes,
                     double score[2]) {
    guesser g = {.n_classes = n_classes};
    errors by_part[2] = {{0, 0, 0}, {0, 0, 0}};
    bool good = gather(&g, n, rows, n_numbers);
    if (good)
        measure(&g, n, rows, n_numbers, overall_guess(&g), by_part);
    bool straight = !n_classes && by_part[TT_TRAINING].straight < by_part[TT_TRAINING].nearest;
    for (int part = 0; part < 2; part++) {
        const errors *e = &by_part[part];
        double left = straight ? e->straight : e->nearest;
        score[part] = e->overall > 0 ? 1 - left / e->overall : __builtin_nan("");
    }
    free(g.values);
    free(g.y);
    free(g.counts);
    return good;
}

/* Beyond chance: (share of equal neighbours - that of any two rows) / (1 - that of any two). */
static double equal_neighbours(int64_t n, const tt_scored_row *rows, int32_t n_classes) {
    double equal = 0, by_chance = 0;
    for (int64_t i = 1; i < n; i++)
        equal += rows[i].y == rows[i - 1].y;
    for (int32_t c = 0; c < n_classes; c++) {
        double count = 0;
        for (int64_t i = 0; i < n; i++)
            count += rows[i].y == (float)c;
        by_chance += count / (double)n * (count / (double)n);
    }
    return by_chance < 1 ? (equal / (double)(n - 1) - by_chance) / (1 - by_chance)
                         : __builtin_nan("");
}

static double autocorrelation(int64_t n, const tt_scored_row *rows) {
    double mean = 0, squares = 0, products = 0;
    for (int64_t i = 0; i < n; i++)
        mean += (rows[i].y - mean) / (double)(i + 1);
    for (int64_t i = 0; i < n; i++) {
        double d = rows[i].y - mean;
        squares += d * d;
        products += i > 0 ? d * (rows[i - 1].y - mean) : 0;
    }
    return squares > 0 ? products / squares : __builtin_nan("");
}

double tt_serial_likeness(int64_t n, const tt_scored_row *rows, int32_t n_classes) {
    if (n < 2)
        return __builtin_nan("");
    return n_classes ? equal_neighbours(n, rows, n_classes) : autocorrelation(n, rows);
}
