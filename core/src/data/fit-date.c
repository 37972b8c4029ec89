#include "dataset-build.h"
#include "settings.h"

const char *tt_date_part_key(tt_date_part part) {
    static const char *const keys[TT_N_DATE_PARTS] = {
        [TT_PART_ELAPSED] = "elapsed", [TT_PART_YEAR] = "year",       [TT_PART_MONTH] = "month",
        [TT_PART_DAY] = "day",         [TT_PART_WEEKDAY] = "weekday", [TT_PART_HOUR] = "hour"};
    return keys[part];
}

static bool varies(int64_t n, const double *x) {
    for (int64_t i = 1; i < n; i++)
        if (x[i] != x[0])
            return true;
    return false;
}

static void take_part(tt_date_part part, const tt_encoder *encoder, int64_t n, const double *dates,
                      double *values) {
    for (int64_t i = 0; i < n; i++)
        values[i] = tt_part_of_date(part, dates[i], encoder->min);
}

/* Fits the scaler to one more part. */
static tt_status add_part(tt_build *build, int32_t column, tt_date_part part, tt_encoder *encoder,
                          double *values) {
    int64_t first = encoder->parts ? encoder->fitted : build->n_fitted;
    tt_status status = tt_fit_scaler(build, column, encoder, build->n_part[TT_TRAINING], values);
    encoder->fitted = first;
    encoder->parts |= 1u << part;
    return status;
}

tt_status tt_fit_date(tt_build *build, int32_t column, tt_encoder *encoder, const double *dates,
                      double *values) {
    int64_t n = build->n_part[TT_TRAINING];
    int32_t chosen[TT_N_DATE_PARTS];
    int32_t n_chosen = tt_config_choices(build->steps, "data.date_parts", TT_N_DATE_PARTS, chosen);
    uint32_t wanted = 0;
    tt_status status = TT_OK;
    /* A list may name a part again; only as many as there are have been read. */
    for (int32_t i = 0; i < n_chosen && i < TT_N_DATE_PARTS; i++)
        wanted |= 1u << chosen[i];
    encoder->coding = TT_CODE_DATE;
    for (int part = 0; part < TT_N_DATE_PARTS && status == TT_OK; part++) {
        if (!(wanted >> part & 1))
            continue;
        take_part((tt_date_part)part, encoder, n, dates, values);
        if (varies(n, values))
            status = add_part(build, column, (tt_date_part)part, encoder, values);
    }
    if (status == TT_OK && encoder->parts == 0) {
        take_part(TT_PART_ELAPSED, encoder, n, dates, values);
        status = add_part(build, column, TT_PART_ELAPSED, encoder, values);
    }
    encoder->width = tt_n_scaled(encoder) + encoder->flag;
    return status;
}
