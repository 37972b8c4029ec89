#ifndef TT_READING_H
#define TT_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cell.h"
#include "date.h"

/* How the cells of a column become numbers or dates. It is found from the column's own texts: the
 * first rows of a table are kept as texts until then (settle.c). */

typedef enum tt_reading_kind {
    TT_READ_PLAIN,     /* plain decimals are numbers, anything else is a word */
    TT_READ_FORMATTED, /* numbers with a decimal mark, groups, units: see number-format.h */
    TT_READ_DATE,      /* dates and times, as seconds since 1970: see date.h */
    TT_READ_VERBATIM,  /* every text is a word */
} tt_reading_kind;

enum { TT_EVIDENCE_SIZE = 48 };

typedef struct tt_reading {
    tt_reading_kind kind;
    bool settled;   /* else its cells are kept as texts for now */
    bool asked;     /* by a setting: for the kind or the mark */
    bool unclear;   /* the texts may mean something else as well: 1,234 */
    bool final;     /* its words were too many to keep when it was settled, for good */
    bool keeps_all; /* no word stands for a missing value: data.not_missing */
    bool no_dates;  /* what could be a date is none: data.not_dates */
    tt_date_order order;
    bool order_asked; /* by a setting */
    bool order_told;  /* it matters: day and month are numbers in front of the year */
    char mark;        /* '.' or ','; 0 while it is not known */
    char evidence[TT_EVIDENCE_SIZE]; /* a text of the column that told it; "" for none */
} tt_reading;

/* What the distinct texts of a column say. Begin with {.n_all = ...}. What a column cannot hold any
 * more, whatever is still to come, is not looked for in further texts. */
typedef struct tt_tally {
    int64_t n_all;                            /* texts and numbers that there are in the column */
    int64_t n, n_formatted, n_words, n_codes; /* formatted: numbers, but no plain decimals */
    int64_t n_point, n_comma, n_unclear;
    char point[TT_EVIDENCE_SIZE], comma[TT_EVIDENCE_SIZE], any[TT_EVIDENCE_SIZE];
    int64_t n_dates, n_day, n_month, n_unclear_order;
    char date[TT_EVIDENCE_SIZE], day[TT_EVIDENCE_SIZE], month[TT_EVIDENCE_SIZE];
    bool unclear_comma; /* one of the unclear ones has a comma */
} tt_tally;

void tt_tally_text(tt_tally *tally, const char *text, size_t size);

/* The mark that the column's own texts show: ',', '.' or 0. */
char tt_tally_mark(const tt_tally *tally);

/* The order of day and month that its texts show: -1 for none. */
int32_t tt_tally_order(const tt_tally *tally);

/* What else can tell the mark or the order of a column whose own texts do not. */
typedef struct tt_file_marks {
    char mark;     /* that most other columns show; 0 for none */
    int32_t order; /* the same; -1 for none */
    char delimiter;
    bool complete; /* there is nothing to wait for */
} tt_file_marks;

/* Settles a reading by its tally, unless it is better to wait. What a setting asks for is obeyed if
 * nine of ten texts can be read so; else the texts themselves decide. An unclear mark is that of
 * the file; in the end it is a comma in a file with semicolons if there are commas, else a point.
 * An unclear order is that of the file; in the end the month is first between slashes, unless the
 * file has semicolons or decimal commas. */
void tt_settle_reading(tt_reading *reading, const tt_tally *tally, const tt_file_marks *file);

/* The cell of a text that is not missing, if it is a number or date by this reading; else false. */
bool tt_read_by(const tt_reading *reading, const char *text, size_t size, tt_cell *cell);

#endif
