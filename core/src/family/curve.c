#include "curve.h"

#include <math.h>
#include <string.h>

static void merge(const tt_scored *from, int64_t start, int64_t middle, int64_t end,
                  tt_scored *to) {
    int64_t left = start, right = middle;
    for (int64_t i = start; i < end; i++) {
        bool take_left = left < middle && (right >= end || from[left].score >= from[right].score);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

void tt_sort_scored(int64_t n, tt_scored *scored, tt_scored *spare) {
    tt_scored *from = scored, *to = spare;
    for (int64_t width = 1; width < n; width *= 2) {
        for (int64_t start = 0; start < n; start += 2 * width) {
            int64_t middle = start + width < n ? start + width : n;
            int64_t end = middle + width < n ? middle + width : n;
            merge(from, start, middle, end, to);
        }
        tt_scored *kept = from;
        from = to;
        to = kept;
    }
    if (from != scored)
        memcpy(scored, from, (size_t)n * sizeof *scored);
}

/* Hits and other rows at or above a threshold, of which `next` is the first row below. */
typedef struct walk {
    int64_t next;
    double hits, others;
} walk;

/* Goes down to the next distinct score; false at the end. */
static bool next_threshold(walk *at, int64_t n, const tt_scored *scored) {
    if (at->next >= n)
        return false;
    double score = scored[at->next].score;
    do {
        at->hits += scored[at->next].hit;
        at->others += 1 - scored[at->next].hit;
        at->next++;
    } while (at->next < n && scored[at->next].score == score);
    return true;
}

static walk count_all(int64_t n, const tt_scored *scored) {
    walk all = {.next = n};
    for (int64_t i = 0; i < n; i++)
        all.hits += scored[i].hit;
    all.others = (double)n - all.hits;
    return all;
}

double tt_curve_roc_auc(int64_t n, const tt_scored *scored) {
    walk at = {0}, all = count_all(n, scored);
    double area = 0, hits = 0, others = 0;
    if (all.hits == 0 || all.others == 0)
        return NAN;
    while (next_threshold(&at, n, scored)) {
        area += (at.others - others) * (at.hits + hits) / 2;
        hits = at.hits;
        others = at.others;
    }
    return area / (all.hits * all.others);
}

double tt_curve_average_precision(int64_t n, const tt_scored *scored) {
    walk at = {0}, all = count_all(n, scored);
    double sum = 0, hits = 0;
    while (all.hits > 0 && next_threshold(&at, n, scored)) {
        sum += (at.hits - hits) / all.hits * (at.hits / (at.hits + at.others));
        hits = at.hits;
    }
    return sum;
}

int64_t tt_roc_curve(int64_t n, const tt_scored *scored, double *false_rate, double *true_rate,
                     double *threshold) {
    walk at = {0}, all = count_all(n, scored);
    int64_t points = 0;
    threshold[0] = INFINITY;
    do {
        false_rate[points] = all.others > 0 ? at.others / all.others : NAN;
        true_rate[points] = all.hits > 0 ? at.hits / all.hits : NAN;
        if (at.next > 0)
            threshold[points] = scored[at.next - 1].score;
        points++;
    } while (next_threshold(&at, n, scored));
    return points;
}

int64_t tt_precision_recall_curve(int64_t n, const tt_scored *scored, double *precision,
                                  double *recall, double *threshold) {
    walk at = {0}, counter = {0}, all = count_all(n, scored);
    int64_t last = 0;
    while (next_threshold(&counter, n, scored))
        last++;
    precision[last] = 1;
    recall[last] = 0;
    threshold[last] = INFINITY;
    for (int64_t point = last - 1; next_threshold(&at, n, scored); point--) {
        precision[point] = at.hits / (at.hits + at.others);
        recall[point] = all.hits > 0 ? at.hits / all.hits : 1;
        threshold[point] = scored[at.next - 1].score;
    }
    return last + 1;
}

int32_t tt_calibration_curve(int64_t n, const tt_scored *scored, int32_t n_bins, double *mean_score,
                             double *share, double *count) {
    const double width = 1 / (double)n_bins;
    int32_t filled = 0;
    int64_t i = n - 1;
    for (int32_t bin = 0; bin < n_bins; bin++) {
        double sum = 0, hits = 0, rows = 0;
        for (; i >= 0 && (bin == n_bins - 1 || scored[i].score <= (bin + 1) * width); i--) {
            sum += scored[i].score;
            hits += scored[i].hit;
            rows += 1;
        }
        if (rows == 0)
            continue;
        mean_score[filled] = sum / rows;
        share[filled] = hits / rows;
        count[filled++] = rows;
    }
    return filled;
}
