#include "dataset-build.h"

enum { TILE_ROWS = 256 }; /* rows of x that are filled together, so that they stay in the cache */

static tt_status fail_too_large(const tt_build *build, int32_t column) {
    return tt_fail_at(build->error, 0, column + 1,
                      "Column \"%s\" has numbers that are too large to train on. Leave it out, or "
                      "divide it by a constant.",
                      build->table->columns[column].name);
}

/* Fills in one feature of `n` rows; false when a value or the scale itself is out of range. */
static bool encode_number(const tt_build *build, const tt_encoder *encoder, int64_t n,
                          const uint32_t *rows, float *x) {
    bool finite = encoder->scale - encoder->scale == 0;
    for (int64_t i = 0; i < n; i++, x += build->n_features) {
        tt_cell cell = tt_build_cell(build, rows[i], encoder->column);
        double value = cell == TT_MISSING ? encoder->fill : tt_number_of(cell);
        *x = (float)((value - encoder->offset) / encoder->scale);
        finite = finite && *x - *x == 0;
    }
    return finite;
}

static void encode_category(const tt_build *build, const tt_encoder *encoder, int64_t n,
                            const uint32_t *rows, float *x) {
    for (int64_t i = 0; i < n; i++, x += build->n_features) {
        tt_cell cell = tt_build_cell(build, rows[i], encoder->column);
        int32_t level =
            cell == TT_MISSING ? encoder->fill_level : tt_levels_find(&encoder->levels, cell);
        if (level >= 0)
            x[level] = 1;
    }
}

static tt_status encode_features(const tt_build *build, int64_t n, const uint32_t *rows, float *x) {
    for (int32_t e = 0; e < build->n_encoders; e++) {
        const tt_encoder *encoder = &build->encoders[e];
        if (encoder->constant || encoder->width == 0)
            continue;
        if (build->roles[encoder->column] == TT_AS_CATEGORY)
            encode_category(build, encoder, n, rows, x + encoder->first);
        else if (!encode_number(build, encoder, n, rows, x + encoder->first))
            return fail_too_large(build, encoder->column);
    }
    return TT_OK;
}

static tt_status encode_target(const tt_build *build, int64_t n, const uint32_t *rows, float *y) {
    if (build->target_scale - build->target_scale != 0)
        return fail_too_large(build, build->target);
    for (int64_t i = 0; i < n; i++) {
        tt_cell cell = tt_build_cell(build, rows[i], build->target);
        if (build->task == TT_REGRESSION)
            y[i] = (float)((tt_number_of(cell) - build->target_offset) / build->target_scale);
        else
            y[i] = (float)tt_levels_find(&build->classes, cell);
        if (y[i] - y[i] != 0)
            return fail_too_large(build, build->target);
    }
    return TT_OK;
}

tt_status tt_encode_part(const tt_build *build, tt_part part, float *x, float *y) {
    const uint32_t *rows = build->part_rows[part];
    int64_t n_rows = build->n_part[part];
    tt_status status = encode_target(build, n_rows, rows, y);
    for (int64_t row = 0; row < n_rows && status == TT_OK; row += TILE_ROWS) {
        int64_t n = n_rows - row < TILE_ROWS ? n_rows - row : TILE_ROWS;
        status = encode_features(build, n, rows + row, x + row * build->n_features);
    }
    return status;
}
