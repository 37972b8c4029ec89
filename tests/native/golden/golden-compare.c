#include "golden.h"

#include <float.h>
#include <stdio.h>

/* The worst errors of the file under way, by kind. */
enum { MAX_KINDS = 64 };

static struct worst {
    char kind[32];
    double error;
} worst[MAX_KINDS];

static void note(const char *kind, double error) {
    struct worst *entry = worst;
    while (entry < worst + MAX_KINDS - 1 && *entry->kind && strcmp(entry->kind, kind) != 0)
        entry++;
    snprintf(entry->kind, sizeof entry->kind, "%s", kind);
    if (!(error <= entry->error))
        entry->error = error;
}

char *golden_take_worst(void) {
    enum { SIZE = 64 * MAX_KINDS };
    char *text = calloc(1, SIZE);
    for (size_t i = 0, size = 0; text && i < MAX_KINDS && *worst[i].kind && size < SIZE; i++)
        size += (size_t)snprintf(text + size, SIZE - size, "%s %s %.1e", i > 0 ? "," : "",
                                 worst[i].kind, worst[i].error);
    memset(worst, 0, sizeof worst);
    return text;
}

/* The distance relative to |expected|, to which the largest value of the array is added in the
 * proportion of the two tolerances: the case passes where this is at most `relative`. */
static double error_of(tolerance allowed, double scale, double actual, double expected) {
    if (actual == expected || (isnan(actual) && isnan(expected)))
        return 0;
    double unit = fabs(expected) + scale * allowed.absolute / allowed.relative;
    double error = fabs(actual - expected) / unit;
    return isnan(error) ? (double)INFINITY : error;
}

void golden_compare_values(golden *g, const char *kind, tolerance allowed, double scale, int64_t n,
                           const double *actual, const double *expected) {
    for (int64_t i = 0; i < n; i++) {
        double error = error_of(allowed, scale, actual[i], expected[i]);
        note(kind, error);
        if (!(error <= allowed.relative))
            golden_fail(g, "%s [%d] is %.9g, expected %.9g", kind, (int)i, actual[i], expected[i]);
    }
}

/* The largest of the values up to `limit`. */
static double largest_of(int64_t n, const double *values, double limit) {
    double largest = 0;
    for (int64_t i = 0; i < n; i++)
        if (fabs(values[i]) <= limit && fabs(values[i]) > largest)
            largest = fabs(values[i]);
    return largest;
}

void golden_compare(golden *g, const char *kind, tolerance allowed, int64_t n, const double *actual,
                    const cJSON *expected) {
    if (!expected || cJSON_IsNull(expected))
        return;
    if (golden_size(expected) != n) {
        golden_fail(g, "%s has %d values, expected %d", kind, (int)n, (int)golden_size(expected));
        return;
    }
    const double *values = golden_doubles(g, expected);
    golden_compare_values(g, kind, allowed, largest_of(n, values, DBL_MAX), n, actual, values);
}

/* A float cannot follow past its range: there any number near its end will do. */
void golden_compare_floats(golden *g, const char *kind, tolerance allowed, int64_t n,
                           const float *actual, const cJSON *expected) {
    if (!expected || cJSON_IsNull(expected))
        return;
    if (golden_size(expected) != n) {
        golden_fail(g, "%s has %d values, expected %d", kind, (int)n, (int)golden_size(expected));
        return;
    }
    double *wide = golden_room(g, (size_t)n, sizeof *wide), *values = golden_doubles(g, expected);
    for (int64_t i = 0; i < n; i++) {
        wide[i] = (double)actual[i];
    }
    double scale = largest_of(n, values, (double)FLT_MAX);
    for (int64_t i = 0; i < n; i++)
        if (fabs(values[i]) > (double)FLT_MAX && actual[i] > 1e38f)
            values[i] = wide[i];
    golden_compare_values(g, kind, allowed, scale, n, wide, values);
}

void golden_compare_number(golden *g, const char *kind, tolerance allowed, double actual,
                           const cJSON *expected) {
    golden_compare(g, kind, allowed, 1, &actual, expected);
}
