#include "record.h"

#include <stdlib.h>

#include "byte-lanes.h"

bool tt_record_reserve(tt_record *record, int32_t n) {
    if (n <= record->capacity)
        return true;
    int32_t capacity = record->capacity ? record->capacity : 32;
    while (capacity < n)
        capacity *= 2;
    tt_cell_text *cells = realloc(record->cells, (size_t)capacity * sizeof *cells);
    if (!cells)
        return false;
    record->cells = cells;
    record->capacity = capacity;
    return true;
}

static bool is_raw(const tt_cell_text *cell) {
    return cell->form >= TT_RAW_QUOTED;
}

static bool reserve_scratch(tt_record *record) {
    size_t size = 0;
    for (int32_t i = 0; i < record->n_kept; i++)
        size += is_raw(&record->cells[i]) ? record->cells[i].size : 0;
    if (size <= record->scratch_size)
        return true;
    char *scratch = realloc(record->scratch, 2 * size + TT_BYTE_LANES);
    if (!scratch)
        return false;
    record->scratch = scratch;
    record->scratch_size = 2 * size;
    return true;
}

/* Copies the bytes up to the first that is a quote, an escape or NUL, and more that do not count,
 * to `out`; returns how many do. */
static size_t copy_plain(const char *at, const char *end, char quote, char escape, char *out) {
    const tt_u8x16 quotes = tt_splat_byte(quote), escapes = tt_splat_byte(escape);
    const char *start = at;
    for (; end - at >= TT_BYTE_LANES; at += TT_BYTE_LANES, out += TT_BYTE_LANES) {
        tt_u8x16 bytes = tt_load_bytes(at);
        uint32_t stops = tt_top_bits((tt_u8x16)(bytes == quotes) | (tt_u8x16)(bytes == escapes) |
                                     (tt_u8x16)(bytes == 0));
        memcpy(out, &bytes, sizeof bytes);
        if (stops)
            return (size_t)(at - start) + (size_t)__builtin_ctz(stops);
    }
    for (; at < end && *at != quote && *at != escape && *at; at++)
        *out++ = *at;
    return (size_t)(at - start);
}

/* Copies the cell to `out`, where 16 bytes more may be written; returns its size there. */
static uint32_t unescape(const tt_cell_text *cell, char quote, char escape, char *out) {
    bool quoted = cell->form == TT_RAW_QUOTED;
    const char *start = out, *end = cell->text + cell->size;
    for (const char *at = cell->text; at < end; at++) {
        size_t n = copy_plain(at, end, quote, escape, out);
        at += n;
        out += n;
        if (at == end)
            break;
        if (escape && *at == escape && at + 1 < end) {
            at++;
        } else if (quoted && *at == quote) {
            quoted = at + 1 < end && at[1] == quote;
            at += quoted;
            if (!quoted)
                continue;
        }
        if (*at)
            *out++ = *at;
    }
    return (uint32_t)(out - start);
}

bool tt_record_unescape(tt_record *record, char quote, char escape) {
    if (record->n_raw == 0)
        return true;
    if (!reserve_scratch(record))
        return false;
    char *out = record->scratch;
    for (int32_t i = 0; i < record->n_kept; i++) {
        tt_cell_text *cell = &record->cells[i];
        if (!is_raw(cell))
            continue;
        *cell = (tt_cell_text){out, unescape(cell, quote, escape, out), TT_TEXT, 0};
        out += cell->size;
    }
    record->n_raw = 0;
    return true;
}

void tt_record_clear(tt_record *record, int64_t line) {
    record->n_cells = 0;
    record->n_kept = 0;
    record->n_raw = 0;
    record->nul = 0;
    record->bad_quote = 0;
    record->quoted = false;
    record->line = line;
}

void tt_record_free(tt_record *record) {
    free(record->cells);
    free(record->scratch);
    *record = (tt_record){0};
}
