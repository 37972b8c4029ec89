#include <stdlib.h>

#include "table-store.h"

static tt_tally tally_words(const tt_table *table, int32_t column) {
    const tt_dictionary *words = &table->words[column];
    tt_tally tally = {.n_all = words->n_words + table->summaries[column].n_numbers};
    for (uint32_t code = 0; code < words->n_words; code++)
        tt_tally_text(&tally, tt_dictionary_word(words, code), tt_dictionary_length(words, code));
    return tally;
}

/* What each word becomes: a number, or a word of `kept`, in the order of arrival. */
static bool read_words(const tt_table *table, int32_t column, tt_cell *becomes,
                       tt_dictionary *kept) {
    const tt_dictionary *words = &table->words[column];
    for (uint32_t code = 0; code < words->n_words; code++) {
        const char *word = tt_dictionary_word(words, code);
        size_t size = tt_dictionary_length(words, code);
        if (tt_read_by(&table->readings[column], word, size, &becomes[code]))
            continue;
        uint32_t new_code = tt_dictionary_add(kept, word, size);
        if (new_code == TT_NO_WORD)
            return false;
        becomes[code] = tt_cell_of_word(new_code);
    }
    return true;
}

static tt_cell *cells_of(const tt_table *table, int32_t block, int32_t column) {
    return table->blocks[block] + (size_t)column * (size_t)table->block_stride;
}

/* Replaces the words in the rows there are, and summarizes what was summarized of them anew. */
static void rewrite(tt_table *table, int32_t column, const tt_cell *becomes) {
    int64_t block_rows = (int64_t)1 << table->block_shift;
    tt_summary *summary = &table->summaries[column];
    int64_t n_summarized = summary->n_numbers + summary->n_missing + summary->n_words;
    *summary = tt_summary_new();
    for (int64_t first = 0; first < table->n_rows; first += block_rows) {
        int64_t n = table->n_rows - first < block_rows ? table->n_rows - first : block_rows;
        tt_cell *cells = cells_of(table, (int32_t)(first >> table->block_shift), column);
        for (int64_t i = 0; i < n; i++)
            if (tt_is_word(cells[i]) && tt_word_of(cells[i]) != TT_OTHER_WORD)
                cells[i] = becomes[tt_word_of(cells[i])];
        if (first + n <= n_summarized)
            tt_summary_add(summary, cells, n);
    }
}

/* Reads the words of a column by its reading, now that it is settled. */
static bool reread(tt_table *table, int32_t column) {
    tt_dictionary *words = &table->words[column], kept = {0};
    tt_cell *becomes = malloc(((size_t)words->n_words + 1) * sizeof *becomes);
    bool good = becomes && read_words(table, column, becomes, &kept);
    if (good) {
        rewrite(table, column, becomes);
        tt_dictionary_free(words);
        *words = kept;
    } else {
        tt_dictionary_free(&kept);
    }
    free(becomes);
    table->plain[column] = table->readings[column].kind == TT_READ_PLAIN && !table->missing_numbers;
    return good;
}

static bool settle(tt_table *table, int32_t column, const tt_tally *tally,
                   const tt_file_marks *file) {
    tt_reading *reading = &table->readings[column];
    tt_settle_reading(reading, tally, file);
    return !reading->settled || reread(table, column);
}

/* Formatted numbers that came only after the first rows, in which plain ones were seen: a comma
 * would have changed these if they have a point. */
static bool reconsider(tt_table *table, int32_t column, tt_tally *tally,
                       const tt_file_marks *file) {
    tt_reading *reading = &table->readings[column];
    const tt_summary *summary = &table->summaries[column];
    tt_reading found = {.mark = reading->mark,
                        .asked = reading->asked,
                        .order = reading->order,
                        .order_asked = reading->order_asked,
                        .no_dates = reading->no_dates};
    tally->n += summary->n_numbers;
    tt_settle_reading(&found, tally, file);
    bool comma = found.mark == ',';
    bool date = found.kind == TT_READ_DATE && summary->n_numbers == 0;
    if ((found.kind != TT_READ_FORMATTED && !date) ||
        (comma && summary->n_numbers > 0 && !summary->whole))
        return true;
    found.keeps_all = reading->keeps_all;
    *reading = found;
    return reread(table, column);
}

bool tt_table_settle_column(tt_table *table, int32_t column) {
    tt_tally tally = tally_words(table, column);
    const tt_file_marks file = {
        .order = -1, .delimiter = table->form.dialect.delimiter, .complete = true};
    bool good = table->readings[column].settled ? reconsider(table, column, &tally, &file)
                                                : settle(table, column, &tally, &file);
    table->readings[column].final = true;
    return good;
}

/* The mark, and the order, that more columns show than the other one; 0 and -1 for none. */
static char vote(const tt_table *table, const tt_tally *tallies) {
    int32_t n_comma = 0, n_point = 0;
    for (int32_t i = 0; i < table->n_columns; i++) {
        char mark = tt_tally_mark(&tallies[i]);
        n_comma += mark == ',';
        n_point += mark == '.';
    }
    return n_comma > n_point ? ',' : n_point > n_comma ? '.' : 0;
}

static int32_t vote_order(const tt_table *table, const tt_tally *tallies) {
    int32_t n_day = 0, n_month = 0;
    for (int32_t i = 0; i < table->n_columns; i++) {
        int32_t order = table->readings[i].no_dates ? -1 : tt_tally_order(&tallies[i]);
        n_day += order == TT_DAY_FIRST;
        n_month += order == TT_MONTH_FIRST;
    }
    return n_day > n_month ? TT_DAY_FIRST : n_month > n_day ? TT_MONTH_FIRST : -1;
}

bool tt_table_settle(tt_table *table, bool complete) {
    tt_tally *tallies = calloc((size_t)table->n_columns, sizeof *tallies);
    if (!tallies)
        return false;
    for (int32_t i = 0; i < table->n_columns; i++)
        if (!table->readings[i].final)
            tallies[i] = tally_words(table, i);
    tt_file_marks file = {vote(table, tallies), vote_order(table, tallies),
                          table->form.dialect.delimiter, complete};
    bool good = true;
    for (int32_t i = 0; i < table->n_columns && good; i++) {
        const tt_reading *reading = &table->readings[i];
        if (!reading->settled)
            good = settle(table, i, &tallies[i], &file);
        else if (reading->kind == TT_READ_PLAIN && complete && tallies[i].n > 0)
            good = reconsider(table, i, &tallies[i], &file);
    }
    free(tallies);
    return good;
}
