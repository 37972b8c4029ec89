#include <stdlib.h>

#include "dataset-build.h"
#include "settings.h"

/* What is known of a class while its rows are dealt out. */
typedef struct class_deal {
    int64_t size;  /* rows of the class */
    int64_t start; /* rows of the classes before it, in the order in which they first occur */
    int64_t dealt;
    bool seen;
} class_deal;

/* How many of the numbers 0..end-1 leave the remainder `fold` when divided by `folds`. */
static int64_t with_remainder(int64_t end, int64_t folds, int64_t fold) {
    return (end - fold + folds - 1) / folds;
}

/* With all rows in a list, class after class, and the places of the list dealt to the folds in
 * turn, this is how many rows of a class each fold gets: so the counts of two folds differ by at
 * most 1, within each class and in all. */
static int64_t rows_of_fold(const class_deal *deal, int64_t folds, int64_t fold) {
    return with_remainder(deal->start + deal->size, folds, fold) -
           with_remainder(deal->start, folds, fold);
}

/* Whether the next row of a class is one of those that the fold gets: the folds take theirs in
 * turn. */
static bool is_in_fold(const class_deal *deal, int64_t folds, int64_t fold) {
    int64_t begin = 0;
    for (int64_t f = 0; f < fold; f++)
        begin += rows_of_fold(deal, folds, f);
    return deal->dealt >= begin && deal->dealt < begin + rows_of_fold(deal, folds, fold);
}

static void find_starts(const tt_build *build, class_deal *deals) {
    int64_t start = 0;
    for (int64_t i = 0; i < build->n_rows; i++)
        deals[tt_split_class(build, (uint32_t)i)].size++;
    for (int64_t i = 0; i < build->n_rows; i++) {
        class_deal *deal = &deals[tt_split_class(build, (uint32_t)i)];
        if (deal->seen)
            continue;
        deal->seen = true;
        deal->start = start;
        start += deal->size;
    }
}

tt_status tt_split_by_fold(tt_build *build, const uint32_t *order, bool *validation) {
    int64_t folds = (int64_t)tt_config_number(build->config, "split.folds");
    int64_t fold = (int64_t)tt_config_number(build->config, "split.fold") - 1;
    int32_t n_classes = tt_split_is_stratified(build) ? build->classes[0].n : 1;
    class_deal *deals = calloc((size_t)n_classes, sizeof *deals);
    if (!deals)
        return tt_build_no_memory(build);
    find_starts(build, deals);
    for (int64_t i = 0; i < build->n_rows; i++) {
        class_deal *deal = &deals[tt_split_class(build, order[i])];
        validation[order[i]] = is_in_fold(deal, folds, fold);
        deal->dealt++;
    }
    free(deals);
    return TT_OK;
}
