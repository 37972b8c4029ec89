#include <stdlib.h>

#include "dataset-build.h"
#include "settings.h"

typedef struct dated {
    tt_cell cell;
    const char *word; /* NULL for a number */
    uint32_t place;
} dated;

/* Numbers ascending, then words by code point, which also orders dates as 2026-11-21; rows of the
 * same time as in the file. */
static int compare(const void *a, const void *b) {
    const dated *left = a, *right = b;
    int order = 0;
    if (left->word && right->word)
        order = strcmp(left->word, right->word);
    else if (left->word || right->word)
        order = left->word ? 1 : -1;
    else
        order = (tt_number_of(left->cell) > tt_number_of(right->cell)) -
                (tt_number_of(left->cell) < tt_number_of(right->cell));
    return order ? order : left->place < right->place ? -1 : 1;
}

static tt_status fail_at_row(const tt_build *build, uint32_t row) {
    int64_t line = tt_table_line(build->table, row);
    return tt_fail_at(build->error, line, build->order + 1,
                      "Line %l of the column \"%s\" has no value to order it by. Leave split.order "
                      "empty to take the rows as they are in the file.",
                      line, build->table->columns[build->order].name);
}

static tt_status sort_rows(const tt_build *build, dated *rows) {
    for (int64_t i = 0; i < build->n_rows; i++) {
        rows[i] = (dated){.place = (uint32_t)i};
        if (build->order < 0)
            continue;
        tt_cell cell = tt_table_cell(build->table, build->rows[i], build->order);
        if (cell == TT_MISSING || cell == tt_cell_of_word(TT_OTHER_WORD))
            return fail_at_row(build, build->rows[i]);
        rows[i].cell = cell;
        rows[i].word = tt_is_word(cell) ? tt_table_word(build->table, build->order, cell) : NULL;
    }
    qsort(rows, (size_t)build->n_rows, sizeof *rows, compare);
    return TT_OK;
}

tt_status tt_split_by_order(tt_build *build, const uint32_t *order, bool *validation) {
    (void)order;
    dated *rows = malloc((size_t)build->n_rows * sizeof *rows);
    if (!rows)
        return tt_build_no_memory(build);
    tt_status status = sort_rows(build, rows);
    int64_t n = tt_split_share_of(build, build->n_rows, build->n_rows - 1);
    for (int64_t i = build->n_rows - n; i < build->n_rows && status == TT_OK; i++)
        validation[rows[i].place] = true;
    free(rows);
    return status;
}
