#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "scanner.h"
#include "sniff.h"

enum { MAX_RECORDS = 200 }; /* that are looked at */

/* A cell of the first record, and what stands below it. */
typedef struct column_look {
    bool number, word; /* the first cell */
    bool comes_again;  /* its text stands below */
    int32_t n_numbers, n_words;
} column_look;

static bool is_number(const tt_cell_text *cell) {
    double number;
    return cell->form == TT_PLAIN_NUMBER ||
           tt_read_cell(cell->text, cell->size, &number) == TT_CELL_NUMBER;
}

static bool is_same(const tt_cell_text *a, const tt_cell_text *b) {
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

/* Adds what a record says to each column; returns whether it repeats the whole first one. */
static bool look_at(column_look *looks, const tt_record *first, const tt_record *record) {
    bool same = record->n_kept == first->n_kept;
    for (int32_t i = 0; i < first->n_kept && i < record->n_kept; i++) {
        const tt_cell_text *cell = &record->cells[i];
        bool again = is_same(&first->cells[i], cell);
        same = same && again;
        if (cell->size == 0)
            continue;
        looks[i].comes_again |= again;
        looks[i].n_numbers += is_number(cell);
        looks[i].n_words += !is_number(cell);
    }
    return same;
}

static void look_at_first(column_look *looks, const tt_record *first) {
    for (int32_t i = 0; i < first->n_kept; i++)
        if (first->cells[i].size > 0) {
            looks[i].number = is_number(&first->cells[i]);
            looks[i].word = !looks[i].number;
        }
}

static bool decide(const column_look *looks, int32_t n, bool repeated, const char **why) {
    int32_t n_numbers = 0, n_words = 0, n_again = 0, n_above = 0;
    for (int32_t i = 0; i < n; i++) {
        n_numbers += looks[i].number;
        n_words += looks[i].word;
        n_again += looks[i].word && looks[i].comes_again;
        n_above += looks[i].word && looks[i].n_numbers > 0 && looks[i].n_words == 0;
    }
    *why = "words stand above numbers";
    if (n_above > 0)
        return true;
    *why = "the first record is all numbers";
    if (n_numbers > 0 && n_words == 0)
        return false;
    *why = "the words of the first record come again below it";
    if (n_again > 0 && !repeated && (n_numbers > 0 || n_again == n))
        return false;
    *why = "the first record has words that do not come again";
    return true;
}

static bool read_on(tt_scanner *scanner, column_look *looks, const tt_record *first, const char *at,
                    const char *end, bool complete, bool *repeated) {
    tt_status status = TT_OK;
    for (int i = 0; i < MAX_RECORDS; i++) {
        status = tt_scan(scanner, &at, end, complete, NULL);
        if (status != TT_OK || !scanner->complete)
            break;
        *repeated |= look_at(looks, first, &scanner->record);
    }
    return status != TT_NO_MEMORY;
}

bool tt_sniff_header(tt_file_form *form, const char *bytes, size_t size, bool complete) {
    const char *at = bytes, *end = bytes + size, *why = "";
    tt_scanner first = tt_scanner_new(&form->dialect);
    tt_status status = tt_scan(&first, &at, end, true, NULL); /* it may be longer than the head */
    form->header = true;
    if (status == TT_OK && first.complete && first.record.n_kept > 0) {
        column_look *looks = calloc((size_t)first.record.n_kept, sizeof *looks);
        tt_scanner below = tt_scanner_new(&form->dialect);
        bool repeated = false;
        below.lines_to_skip = 0;
        below.after_cr = first.after_cr;
        status = looks ? TT_OK : TT_NO_MEMORY;
        if (looks) {
            look_at_first(looks, &first.record);
            if (!read_on(&below, looks, &first.record, at, end, complete, &repeated))
                status = TT_NO_MEMORY;
            form->header = decide(looks, first.record.n_kept, repeated, &why);
        }
        tt_scanner_free(&below);
        free(looks);
    }
    tt_scanner_free(&first);
    tt_format(form->part[TT_HEADER].evidence, sizeof form->part[TT_HEADER].evidence, "%s", why);
    return status != TT_NO_MEMORY;
}
