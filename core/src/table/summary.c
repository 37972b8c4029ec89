#include "summary.h"

tt_summary tt_summary_new(void) {
    return (tt_summary){.whole = true};
}

static bool is_whole(double x) {
    return x >= 0x1p53 || x <= -0x1p53 || x == (double)(int64_t)x;
}

static tt_summary of_run(const tt_cell *cells, int64_t n) {
    tt_summary run = tt_summary_new();
    double first = 0, sum = 0; /* of the distances from the first number, which are short */
    for (int64_t i = 0; i < n; i++) {
        if (!tt_is_number(cells[i])) {
            run.n_words += cells[i] != TT_MISSING;
            continue;
        }
        double x = tt_number_of(cells[i]);
        if (run.n_numbers++ == 0)
            first = run.min = run.max = x;
        run.min = x < run.min ? x : run.min;
        run.max = x > run.max ? x : run.max;
        run.whole = run.whole && is_whole(x);
        sum += x - first;
    }
    run.n_missing = n - run.n_numbers - run.n_words;
    if (run.n_numbers == 0)
        return run;
    run.mean = first + sum / (double)run.n_numbers;
    for (int64_t i = 0; i < n; i++)
        if (tt_is_number(cells[i])) {
            double d = tt_number_of(cells[i]) - run.mean;
            run.squares += d * d;
        }
    return run;
}

void tt_summary_add(tt_summary *summary, const tt_cell *cells, int64_t n) {
    tt_summary run = of_run(cells, n);
    int64_t before = summary->n_numbers;
    summary->n_numbers += run.n_numbers;
    summary->n_missing += run.n_missing;
    summary->n_words += run.n_words;
    if (run.n_numbers == 0)
        return;
    double share = (double)run.n_numbers / (double)summary->n_numbers;
    double distance = run.mean - summary->mean;
    summary->squares += run.squares + distance * distance * share * (double)before;
    summary->mean = before ? summary->mean + distance * share : run.mean;
    summary->min = before && summary->min < run.min ? summary->min : run.min;
    summary->max = before && summary->max > run.max ? summary->max : run.max;
    summary->whole = summary->whole && run.whole;
}
