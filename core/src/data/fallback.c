#include "fallback.h"

static void count(const tt_binding *binding, int64_t row, tt_fallback kind, tt_fallbacks *column) {
    int64_t n = column->count[kind]++;
    if (n < TT_MAX_FALLBACK_LINES)
        column->lines[kind][n] = tt_table_line(binding->table, row);
}

static bool is_unknown(const tt_bound *bound, tt_cell cell) {
    return tt_levels_find(&bound->levels, cell) < 0;
}

void tt_count_fallbacks(const tt_binding *binding, int64_t first, int64_t n, tt_fallbacks *all) {
    for (int32_t e = 0; e < binding->dataset->n_encoders; e++) {
        const tt_bound *bound = &binding->columns[e];
        bool number = tt_is_numeric(bound->encoder);
        for (int64_t row = first; row < first + n; row++) {
            tt_cell cell = tt_table_cell(binding->table, row, bound->column);
            if (cell == TT_MISSING)
                count(binding, row, TT_FILLED_MISSING, &all[e]);
            else if (tt_is_bad_cell(binding, bound, cell))
                count(binding, row, TT_FILLED_WORD, &all[e]);
            else if (!number && is_unknown(bound, cell))
                count(binding, row, TT_UNKNOWN_LEVEL, &all[e]);
        }
    }
}

/* The level that stands for cells of this kind; NULL for none. */
static const char *level_for(const tt_binding *binding, const tt_encoder *encoder,
                             tt_fallback kind) {
    int32_t level = kind == TT_UNKNOWN_LEVEL ? encoder->other : encoder->fill_level;
    return level >= 0 ? binding->dataset->level_names[encoder->levels + level] : NULL;
}

static void describe(tt_text *message, const tt_binding *binding, const tt_encoder *encoder,
                     tt_fallback kind) {
    static const char *const what[] = {[TT_FILLED_MISSING] = "Cells that are missing",
                                       [TT_FILLED_WORD] = "Words among the numbers",
                                       [TT_UNKNOWN_LEVEL] = "Levels that were not in training"};
    const char *level = level_for(binding, encoder, kind);
    char date[TT_DATE_SIZE];
    if (encoder->coding == TT_CODE_DATE) {
        tt_format_date(encoder->fill, date);
        tt_text_add(message, "%s count as %s.", what[kind], date);
    } else if (encoder->coding == TT_CODE_NUMBER)
        tt_text_add(message, "%s count as %g.", what[kind], encoder->fill);
    else if (level)
        tt_text_add(message, "%s count as \"%s\".", what[kind], level);
    else
        tt_text_add(message, "%s count as no level at all.", what[kind]);
}

static void add_fill(tt_text *json, const tt_binding *binding, const tt_encoder *encoder,
                     tt_fallback kind) {
    const char *level = level_for(binding, encoder, kind);
    char date[TT_DATE_SIZE];
    if (encoder->coding == TT_CODE_DATE) {
        tt_format_date(encoder->fill, date);
        tt_text_add(json, ",\"fill\":%j", date);
    } else if (encoder->coding == TT_CODE_NUMBER)
        tt_text_add(json, ",\"fill\":%n", encoder->fill);
    else if (level)
        tt_text_add(json, ",\"fill\":%j", level);
    else
        tt_text_add(json, ",\"fill\":null");
}

static void add_note(tt_text *json, const tt_binding *binding, int32_t index, tt_fallback kind,
                     const tt_fallbacks *column) {
    static const char *const keys[] = {
        [TT_FILLED_MISSING] = "missing", [TT_FILLED_WORD] = "word", [TT_UNKNOWN_LEVEL] = "unknown"};
    int64_t n = column->count[kind];
    tt_text message = {0};
    const tt_encoder *encoder = binding->columns[index].encoder;
    describe(&message, binding, encoder, kind);
    tt_text_add(json, "{\"column\":%j,\"kind\":%j,\"count\":%l,\"lines\":[",
                binding->dataset->column_names[index], keys[kind], n);
    for (int64_t i = 0; i < n && i < TT_MAX_FALLBACK_LINES; i++)
        tt_text_add(json, i ? ",%l" : "%l", column->lines[kind][i]);
    char *text = tt_text_finish(&message);
    tt_text_add(json, "]");
    add_fill(json, binding, encoder, kind);
    tt_text_add(json, ",\"message\":%j}", text ? text : "");
    json->failed |= !text;
    tt_free_text(text);
}

void tt_add_fallbacks_json(tt_text *json, const tt_binding *binding, const tt_fallbacks *all) {
    bool any = false;
    for (int32_t e = 0; e < binding->dataset->n_encoders; e++)
        for (int kind = 0; kind < TT_N_FALLBACKS; kind++) {
            if (all[e].count[kind] == 0)
                continue;
            tt_text_add(json, any ? "," : "");
            add_note(json, binding, e, (tt_fallback)kind, &all[e]);
            any = true;
        }
}
