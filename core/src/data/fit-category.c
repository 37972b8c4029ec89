#include "dataset-build.h"
#include "settings.h"

enum { MAX_LEVELS = 1000 }; /* of one feature */

static tt_status count_levels(tt_build *build, int32_t column, tt_levels *levels) {
    for (int64_t i = 0; i < build->n_part[TT_TRAINING]; i++) {
        tt_cell cell = tt_build_cell(build, build->part_rows[TT_TRAINING][i], column);
        if (cell == TT_MISSING || tt_levels_count(levels, cell, MAX_LEVELS))
            continue;
        if (levels->failed)
            return tt_build_no_memory(build);
        return tt_fail_key(build->error, "data.categories",
                           "Column \"%s\" has more than %i levels, too many for one feature. Take "
                           "it out of data.categories or leave the column out.",
                           build->table->columns[column].name, MAX_LEVELS);
    }
    if (!tt_table_sort_levels(build->table, column, levels))
        return tt_build_no_memory(build);
    return TT_OK;
}

/* The level that each of the levels becomes: itself, or "other" behind the last one that stays. */
static int32_t merge_rare(tt_build *build, int32_t column, const tt_levels *levels,
                          tt_encoder *encoder, int32_t *becomes) {
    int64_t min_count = (int64_t)tt_config_number(build->steps, "data.min_count");
    char message[120];
    int32_t n_kept = 0, n_rare = 0;
    for (int32_t i = 0; i < levels->n; i++) {
        bool rare = levels->items[i].count < min_count;
        becomes[i] = rare ? -1 : n_kept++;
        n_rare += rare;
    }
    if (n_rare == 0)
        return n_kept;
    for (int32_t i = 0; i < levels->n; i++)
        becomes[i] = becomes[i] < 0 ? n_kept : becomes[i];
    encoder->other = n_kept;
    tt_format(message, sizeof message, "%i level%s with fewer than %l training rows became other",
              n_rare, n_rare == 1 ? "" : "s", min_count);
    tt_add_note(build, column, message);
    return n_kept + 1;
}

static void name_levels(tt_build *build, int32_t column, const tt_levels *levels,
                        const tt_encoder *encoder, const int32_t *becomes) {
    tt_text *names = &build->texts.levels;
    for (int32_t i = 0; i < levels->n; i++) {
        if (becomes[i] == encoder->other)
            continue;
        tt_table_add_text(build->table, column, levels->items[i].cell, names);
        tt_end_name(names);
    }
    if (encoder->other >= 0) {
        tt_text_add(names, "other");
        tt_end_name(names);
    }
}

static int32_t most_frequent(const tt_levels *levels, int32_t n, const int32_t *becomes) {
    int64_t counts[MAX_LEVELS + 1] = {0};
    int32_t best = 0;
    for (int32_t i = 0; i < levels->n; i++)
        counts[becomes[i]] += levels->items[i].count;
    for (int32_t i = 1; i < n; i++)
        best = counts[i] > counts[best] ? i : best;
    return best;
}

static tt_status fit_codes(tt_build *build, int32_t column, const tt_levels *levels,
                           const int32_t *becomes, tt_encoder *encoder, double *codes) {
    int64_t n = build->n_part[TT_TRAINING];
    for (int64_t i = 0; i < n; i++) {
        tt_cell cell = tt_build_cell(build, build->part_rows[TT_TRAINING][i], column);
        codes[i] = cell == TT_MISSING ? encoder->fill_level : becomes[tt_levels_find(levels, cell)];
    }
    encoder->width = 1;
    return tt_fit_scaler(build, column, encoder, n, codes);
}

static tt_status fit_coding(tt_build *build, int32_t column, const tt_levels *levels,
                            tt_encoder *encoder, double *codes) {
    int32_t becomes[MAX_LEVELS];
    bool ordinal = tt_config_is(build->steps, "data.encoding", "ordinal");
    encoder->n_levels = merge_rare(build, column, levels, encoder, becomes);
    encoder->levels = build->n_levels;
    encoder->mode = most_frequent(levels, encoder->n_levels, becomes);
    encoder->fill_level =
        tt_config_is(build->steps, "data.missing_category", "none") ? -1 : encoder->mode;
    encoder->coding = ordinal ? TT_CODE_ORDINAL : TT_CODE_ONE_HOT;
    name_levels(build, column, levels, encoder, becomes);
    build->n_levels += encoder->n_levels;
    if (ordinal)
        return fit_codes(build, column, levels, becomes, encoder, codes);
    bool drop = tt_config_number(build->steps, "data.drop_first") != 0;
    encoder->constant = encoder->n_levels == 1;
    encoder->dropped = drop && !encoder->constant;
    encoder->width = encoder->n_levels - encoder->dropped;
    return TT_OK;
}

tt_status tt_fit_category(tt_build *build, int32_t column, tt_encoder *encoder, double *codes) {
    tt_levels levels = {0};
    tt_status status = count_levels(build, column, &levels);
    if (status == TT_OK && levels.n > 0)
        status = fit_coding(build, column, &levels, encoder, codes);
    tt_levels_free(&levels);
    return status;
}
