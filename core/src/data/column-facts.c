#include "tabtrain/diagnose.h"

#include <stdlib.h>

#include "column-score.h"
#include "fact-rows.h"
#include "maths.h"

/* Beyond the code of any level. */
static const double MISSING_CODE = 0x1p60;

/* What the columns share: the rows in the order of the table, and room for them in another. */
typedef struct fact_finder {
    const tt_table *table;
    const tt_dataset *dataset;
    int64_t n;
    tt_fact_row *rows;
    tt_scored_row *sorted;
    tt_levels levels;
} fact_finder;

int32_t tt_n_fact_columns(const tt_dataset *dataset) {
    return dataset->n_encoders;
}

/* No two rows are equal, so that every sort gives the same order. */
static int compare(const void *a, const void *b) {
    const tt_scored_row *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static tt_column_facts no_facts(bool categorical, int64_t n) {
    double nan = __builtin_nan("");
    return (tt_column_facts){.categorical = categorical,
                             .n_rows = n,
                             .min = nan,
                             .first_quartile = nan,
                             .median = nan,
                             .third_quartile = nan,
                             .max = nan,
                             .skewness = nan,
                             .score = {nan, nan},
                             .serial = nan};
}

/* Linear between the two nearest numbers, as in NumPy (type 7 of Hyndman and Fan, 1996). */
static double quantile(int64_t n, const tt_scored_row *sorted, double share) {
    double place = share * (double)(n - 1);
    int64_t below = (int64_t)place;
    double low = sorted[below].value, rest = place - (double)below;
    return rest > 0 ? low + (sorted[below + 1].value - low) * rest : low;
}

static double skewness_of(int64_t n, const tt_scored_row *sorted) {
    double mean = 0, squares = 0, cubes = 0;
    for (int64_t i = 0; i < n; i++)
        mean += (sorted[i].value - mean) / (double)(i + 1);
    for (int64_t i = 0; i < n; i++) {
        double d = sorted[i].value - mean;
        squares += d * d / (double)n;
        cubes += d * d * d / (double)n;
    }
    return cubes / (squares * tt_sqrt(squares));
}

static int64_t count_far(int64_t n, const tt_scored_row *sorted, const tt_column_facts *facts) {
    double reach = 3 * (facts->third_quartile - facts->first_quartile);
    int64_t n_far = 0;
    for (int64_t i = 0; i < n && reach > 0; i++)
        n_far += sorted[i].value < facts->first_quartile - reach ||
                 sorted[i].value > facts->third_quartile + reach;
    return n_far;
}

static void describe_numbers(int64_t n, const tt_scored_row *sorted, tt_column_facts *facts) {
    if (n == 0)
        return;
    facts->whole = true;
    for (int64_t i = 0; i < n && facts->whole; i++) {
        double x = sorted[i].value;
        facts->whole = x >= 0x1p53 || x <= -0x1p53 || x == (double)(int64_t)x;
    }
    facts->min = sorted[0].value;
    facts->first_quartile = quantile(n, sorted, 0.25);
    facts->median = quantile(n, sorted, 0.5);
    facts->third_quartile = quantile(n, sorted, 0.75);
    facts->max = sorted[n - 1].value;
    facts->skewness = skewness_of(n, sorted);
    facts->n_far = count_far(n, sorted, facts);
}

static void count_values(int64_t n, const tt_scored_row *sorted, tt_column_facts *facts) {
    for (int64_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && sorted[end].value == sorted[start].value;)
            end++;
        int64_t count = end - start;
        facts->n_distinct++;
        facts->n_top = count > facts->n_top ? count : facts->n_top;
        if (facts->categorical && count < TT_RARE_ROWS) {
            facts->n_rare++;
            facts->n_rare_rows += count;
        }
    }
}

/* All rows of the table have a number, each larger than the one before, or each smaller. */
static bool is_in_order(int64_t n, const tt_scored_row *rows, int64_t n_numbers) {
    bool rising = n_numbers == n && n > 1, falling = rising;
    for (int64_t i = 1; i < n && (rising || falling); i++) {
        rising = rising && rows[i].value > rows[i - 1].value;
        falling = falling && rows[i].value < rows[i - 1].value;
    }
    return rising || falling;
}

/* Rows with a value first, in the order of the table, and behind them those without; returns how
 * many have one. False in `good` when memory runs out. */
static int64_t gather(fact_finder *finder, int32_t column, bool categorical, bool *good) {
    int64_t n = finder->n, n_present = 0, n_missing = 0;
    tt_levels_clear(&finder->levels);
    for (int64_t i = 0; i < n; i++) {
        const tt_fact_row *row = &finder->rows[i];
        tt_cell cell = tt_table_cell(finder->table, row->row, column);
        bool present = categorical ? cell != TT_MISSING : tt_is_number(cell);
        tt_scored_row scored = {MISSING_CODE, row->y, row->part, (uint32_t)i};
        if (present && categorical) {
            *good = *good && tt_levels_count(&finder->levels, cell, INT32_MAX / 4);
            scored.value = tt_levels_find(&finder->levels, cell);
        } else if (present) {
            scored.value = tt_number_of(cell);
        }
        finder->sorted[present ? n_present++ : n - 1 - n_missing++] = scored;
    }
    return n_present;
}

static bool find_facts(fact_finder *finder, const tt_encoder *encoder, int32_t column,
                       tt_column_facts *facts) {
    bool good = true, categorical = !tt_is_numeric(encoder);
    int64_t n = finder->n, n_present = gather(finder, column, categorical, &good);
    int32_t n_classes = finder->dataset->n_classes;
    tt_scored_row *rows = finder->sorted;
    *facts = no_facts(categorical, n);
    facts->n_missing = n - n_present;
    if (!categorical) {
        facts->in_order = is_in_order(n, rows, n_present);
        qsort(rows, (size_t)n_present, sizeof *rows, compare);
        describe_numbers(n_present, rows, facts);
        facts->serial = tt_serial_likeness(n_present, rows, n_classes);
    } else {
        qsort(rows, (size_t)n_present, sizeof *rows, compare);
    }
    count_values(n_present, rows, facts);
    return good && tt_score_column(n, rows, categorical ? 0 : n_present, n_classes, facts->score);
}

tt_status tt_find_column_facts(const tt_table *table, const tt_dataset *dataset, int32_t first,
                               int32_t n, tt_column_facts *facts, tt_error *error) {
    fact_finder finder = {.table = table, .dataset = dataset};
    finder.rows = tt_fact_rows(dataset, TT_MAX_FACT_ROWS, &finder.n);
    finder.sorted = malloc(((size_t)finder.n + 1) * sizeof *finder.sorted);
    bool good = finder.rows && finder.sorted;
    for (int32_t i = 0; i < n && good; i++)
        good = find_facts(&finder, &dataset->encoders[first + i],
                          tt_table_find(table, dataset->column_names[first + i]), &facts[i]);
    tt_levels_free(&finder.levels);
    free(finder.sorted);
    free(finder.rows);
    return good ? TT_OK
                : tt_fail(error, TT_NO_MEMORY, "There is no memory left to look at the columns.");
}
