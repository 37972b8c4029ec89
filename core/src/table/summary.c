#include "summary.h"

tt_summary tt_summary_new(void) {
    return (tt_summary){.whole = true};
}

static bool is_whole(double x) {
    return x >= 0x1p53 || x <= -0x1p53 || x == (double)(int64_t)x;
}

static tt_summary of_mixed_run(const tt_cell *cells, int64_t n) {
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

/* Two cells at a time, as numbers. */
typedef double pair __attribute__((vector_size(16)));
typedef int64_t pair_mask __attribute__((vector_size(16)));

static inline pair load_pair(const tt_cell *cells) {
    pair numbers;
    memcpy(&numbers, cells, sizeof numbers);
    return numbers;
}

static inline pair choose(pair_mask mask, pair yes, pair no) {
    return (pair)((mask & (pair_mask)yes) | (~mask & (pair_mask)no));
}

/* Sum, smallest and largest of the numbers of a run, less the one that is left over where their
 * number is odd. */
static void add_pairs(const tt_cell *cells, int64_t n, tt_summary *run) {
    double first = tt_number_of(cells[0]);
    pair origin = {first, first}, sum = {0}, min = origin, max = origin;
    for (int64_t i = 0; i + 1 < n; i += 2) {
        pair x = load_pair(cells + i);
        sum += x - origin;
        min = choose(x < min, x, min);
        max = choose(x > max, x, max);
    }
    run->mean = sum[0] + sum[1];
    run->min = min[0] < min[1] ? min[0] : min[1];
    run->max = max[0] > max[1] ? max[0] : max[1];
}

static double squares_of_pairs(const tt_cell *cells, int64_t n, double mean) {
    pair center = {mean, mean}, squares = {0};
    for (int64_t i = 0; i + 1 < n; i += 2) {
        pair d = load_pair(cells + i) - center;
        squares += d * d;
    }
    return squares[0] + squares[1];
}

/* The same where all cells are numbers, in two lanes; false where they are not. Anything else is a
 * NaN, which the sum then is as well. */
static bool of_numbers(const tt_cell *cells, int64_t n, tt_summary *run) {
    double first = tt_number_of(cells[0]), last = tt_number_of(cells[n - 1]);
    bool odd = n & 1;
    *run = tt_summary_new();
    add_pairs(cells, n, run);
    double sum = run->mean + (odd ? last - first : 0);
    if (sum != sum)
        return false;
    run->n_numbers = n;
    run->mean = first + sum / (double)n;
    run->squares = squares_of_pairs(cells, n, run->mean);
    if (!odd)
        return true;
    run->min = last < run->min ? last : run->min;
    run->max = last > run->max ? last : run->max;
    run->squares += (last - run->mean) * (last - run->mean);
    return true;
}

static bool are_whole(const tt_cell *cells, int64_t n) {
    for (int64_t i = 0; i < n; i++)
        if (tt_is_number(cells[i]) && !is_whole(tt_number_of(cells[i])))
            return false;
    return true;
}

void tt_summary_add(tt_summary *summary, const tt_cell *cells, int64_t n) {
    tt_summary run;
    bool mixed = summary->n_missing + summary->n_words > 0; /* so far, and so probably here */
    if (mixed || !of_numbers(cells, n, &run))
        run = of_mixed_run(cells, n);
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
    summary->whole = summary->whole && are_whole(cells, n);
}
