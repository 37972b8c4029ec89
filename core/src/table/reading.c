#include "reading.h"

#include "number-format.h"
#include "text.h"

enum { MOST_WORDS = 10 }; /* one in so many texts of a column of numbers may be none */

static void note(char evidence[TT_EVIDENCE_SIZE], const char *text, size_t size) {
    if (*evidence || size >= TT_EVIDENCE_SIZE)
        return;
    memcpy(evidence, text, size);
    evidence[size] = 0;
}

static bool is_plain(const char *text, size_t size) {
    double number;
    return tt_read_cell(text, size, &number) == TT_CELL_NUMBER;
}

static void tally_date(tt_tally *tally, const char *text, size_t size) {
    tt_order_evidence order = tt_order_of(text, size);
    if (order == TT_NO_DATE)
        return;
    tally->n_dates++;
    tally->n_day += order == TT_DAY_FOR_SURE;
    tally->n_month += order == TT_MONTH_FOR_SURE;
    tally->n_unclear_order += order == TT_ORDER_UNCLEAR;
    note(tally->date, text, size);
    if (order == TT_DAY_FOR_SURE)
        note(tally->day, text, size);
    if (order == TT_MONTH_FOR_SURE)
        note(tally->month, text, size);
}

static void tally_number(tt_tally *tally, const char *text, size_t size) {
    tt_mark_evidence mark = tt_mark_of(text, size);
    bool plain = is_plain(text, size), formatted = mark != TT_NO_NUMBER && !plain;
    tally->n_words += mark == TT_NO_NUMBER && !plain;
    tally->n_formatted += formatted;
    tally->n_point += mark == TT_POINT_FOR_SURE;
    tally->n_comma += mark == TT_COMMA_FOR_SURE;
    tally->n_unclear += mark == TT_MARK_UNCLEAR;
    tally->unclear_comma |= mark == TT_MARK_UNCLEAR && memchr(text, ',', size);
    if (mark == TT_POINT_FOR_SURE && formatted)
        note(tally->point, text, size);
    if (mark == TT_COMMA_FOR_SURE)
        note(tally->comma, text, size);
    if (formatted || mark == TT_MARK_UNCLEAR)
        note(tally->any, text, size);
}

/* Whether so many texts that are something else leave enough. */
static bool are_few(int64_t n_others, int64_t n) {
    return n_others * MOST_WORDS <= n;
}

void tt_tally_text(tt_tally *tally, const char *text, size_t size) {
    bool code = tally->n_codes > 0, date = are_few(tally->n - tally->n_dates, tally->n_all);
    tally->n_codes += tt_is_code(text, size);
    if (!code && are_few(tally->n_words, tally->n_all))
        tally_number(tally, text, size);
    if (!code && date)
        tally_date(tally, text, size);
    tally->n++;
}

static bool has_numbers(const tt_tally *tally) {
    return tally->n_codes == 0 && are_few(tally->n_words, tally->n);
}

char tt_tally_mark(const tt_tally *tally) {
    if (!has_numbers(tally) || tally->n_comma == tally->n_point)
        return 0;
    return tally->n_comma > tally->n_point ? ',' : '.';
}

static bool has_dates(const tt_tally *tally) {
    return tally->n_codes == 0 && tally->n_dates > 0 &&
           are_few(tally->n - tally->n_dates, tally->n);
}

int32_t tt_tally_order(const tt_tally *tally) {
    if (!has_dates(tally) || tally->n_day == tally->n_month)
        return -1;
    return tally->n_day > tally->n_month ? TT_DAY_FIRST : TT_MONTH_FIRST;
}

static void settle_order(tt_reading *reading, const tt_tally *tally, tt_date_order order) {
    const char *shown = order == TT_DAY_FIRST ? tally->day : tally->month;
    reading->settled = true;
    reading->kind = TT_READ_DATE;
    reading->order = order;
    reading->order_told = tally->n_day + tally->n_month + tally->n_unclear_order > 0;
    memcpy(reading->evidence, *shown ? shown : tally->date, TT_EVIDENCE_SIZE);
}

static void settle_date(tt_reading *reading, const tt_tally *tally, const tt_file_marks *file) {
    int32_t own = tt_tally_order(tally);
    int64_t n_against = reading->order == TT_DAY_FIRST ? tally->n_month : tally->n_day;
    if (reading->order_asked && are_few(n_against, tally->n)) {
        settle_order(reading, tally, reading->order);
    } else if (own >= 0) {
        settle_order(reading, tally, (tt_date_order)own);
    } else if (tally->n_unclear_order == 0) {
        settle_order(reading, tally, TT_DAY_FIRST);
    } else if (file->order >= 0) {
        settle_order(reading, tally, (tt_date_order)file->order);
    } else if (file->complete) {
        bool american = strchr(tally->date, '/') && file->delimiter != ';' && file->mark != ',';
        reading->unclear = true;
        settle_order(reading, tally, american ? TT_MONTH_FIRST : TT_DAY_FIRST);
    }
}

static void settle_with(tt_reading *reading, const tt_tally *tally, char mark) {
    bool needed = tally->n_formatted > 0 || (mark == ',' && tally->n_unclear > 0);
    const char *shown = mark == ',' ? tally->comma : tally->point;
    reading->settled = true;
    reading->mark = mark;
    reading->kind = needed ? TT_READ_FORMATTED : TT_READ_PLAIN;
    if (needed)
        memcpy(reading->evidence, *shown ? shown : tally->any, TT_EVIDENCE_SIZE);
}

void tt_settle_reading(tt_reading *reading, const tt_tally *tally, const tt_file_marks *file) {
    char own = tt_tally_mark(tally);
    int64_t n_against = reading->mark == ',' ? tally->n_point : tally->n_comma;
    bool obeyed = reading->asked && are_few(tally->n_words + n_against, tally->n);
    if (has_dates(tally) && !reading->no_dates) {
        settle_date(reading, tally, file);
    } else if (!has_numbers(tally) || tally->n_formatted + tally->n_unclear == 0) {
        reading->settled = true;
    } else if (obeyed) {
        settle_with(reading, tally, reading->mark);
    } else if (own) {
        settle_with(reading, tally, own);
    } else if (tally->n_unclear == 0) {
        settle_with(reading, tally, '.');
    } else if (file->mark) {
        settle_with(reading, tally, file->mark);
    } else if (file->complete) {
        bool comma = tally->unclear_comma && file->delimiter == ';';
        reading->unclear = tally->unclear_comma || file->delimiter == ';';
        settle_with(reading, tally, comma ? ',' : '.');
    }
}

bool tt_read_by(const tt_reading *reading, const char *text, size_t size, tt_cell *cell) {
    double number;
    bool good = false;
    switch (reading->kind) {
    case TT_READ_PLAIN:
        good = tt_read_cell(text, size, &number) == TT_CELL_NUMBER;
        break;
    case TT_READ_FORMATTED:
        good = tt_read_formatted(text, size, reading->mark, &number);
        break;
    case TT_READ_DATE:
        good = tt_read_date(text, size, reading->order, &number);
        break;
    case TT_READ_VERBATIM:
        break;
    }
    if (good)
        *cell = tt_cell_of_number(number);
    return good;
}
