#include <assert.h>

#include "binding.h"
#include "dataset-build.h"

enum { TILE_ROWS = 256 }; /* rows of x that are filled together, so that they stay in the cache */

/* The scaled feature `index` of an encoder. False when it is not finite. */
static inline bool scale_into(const tt_dataset *dataset, const tt_encoder *encoder, int32_t index,
                              double value, float *x) {
    const double *fitted = dataset->fitted + encoder->fitted + index * encoder->scaler_size;
    *x = encoder->constant ? 0 : (float)tt_scale(encoder->scaler, fitted, value);
    return *x - *x == 0;
}

static bool code_parts(const tt_dataset *dataset, const tt_encoder *encoder, double date,
                       float *x) {
    int32_t n = 0;
    bool good = true;
    for (int part = 0; part < TT_N_DATE_PARTS; part++) {
        if (!(encoder->parts >> part & 1))
            continue;
        double value = tt_part_of_date((tt_date_part)part, date, encoder->min);
        good = scale_into(dataset, encoder, n, value, &x[n]) && good;
        n++;
    }
    return good;
}

bool tt_code_number(const tt_dataset *dataset, const tt_encoder *encoder, double number, float *x) {
    bool missing = number != number;
    double value = missing ? encoder->fill : number;
    x += encoder->first;
    if (encoder->flag)
        x[tt_n_scaled(encoder)] = missing;
    return encoder->coding == TT_CODE_DATE ? code_parts(dataset, encoder, value, x)
                                           : scale_into(dataset, encoder, 0, value, x);
}

bool tt_code_level(const tt_dataset *dataset, const tt_encoder *encoder, int32_t level, float *x) {
    x += encoder->first;
    if (encoder->coding == TT_CODE_ORDINAL)
        return scale_into(dataset, encoder, 0, level, x);
    memset(x, 0, (size_t)encoder->width * sizeof *x);
    if (level >= encoder->dropped && !encoder->constant)
        x[level - encoder->dropped] = 1;
    return true;
}

/* The row of the table that is row i of x. */
static int64_t row_of(const uint32_t *rows, int64_t first, int64_t i) {
    return rows ? rows[first + i] : first + i;
}

/* The numbers of up to TILE_ROWS rows as they come to the scaler, and the flags of missing ones
 * into the features behind `to`. */
static void take_numbers(const tt_binding *binding, const tt_bound *at, int64_t first, int64_t n,
                         const uint32_t *rows, double *values, float *to) {
    const tt_encoder *encoder = at->encoder;
    const int32_t width = binding->dataset->n_features;
    for (int64_t i = 0; i < n; i++) {
        tt_cell cell = tt_bound_cell(binding, at, row_of(rows, first, i));
        bool missing = !tt_is_number(cell);
        values[i] = missing ? encoder->fill : tt_number_of(cell);
        if (encoder->flag)
            to[i * width + 1] = missing;
    }
}

static void scale_all(const tt_scaler *scaler, const double *fitted, int64_t n, double *values) {
    if (scaler->apply) {
        for (int64_t i = 0; i < n; i++)
            values[i] = scaler->apply(fitted, values[i]);
        return;
    }
    const double offset = fitted[0], unit = fitted[1];
    for (int64_t i = 0; i < n; i++)
        values[i] = (values[i] - offset) / unit;
}

/* A column of numbers, which most columns are: as tt_code_number, step by step for all rows of a
 * tile. Returns how many rows it has filled in, fewer than n where the next one is not finite. */
static int64_t encode_numbers(const tt_binding *binding, const tt_bound *at, int64_t first,
                              int64_t n, const uint32_t *rows, float *x) {
    const tt_encoder *encoder = at->encoder;
    const int32_t width = binding->dataset->n_features;
    double values[TILE_ROWS];
    float *to = x + encoder->first;
    take_numbers(binding, at, first, n, rows, values, to);
    if (encoder->constant)
        memset(values, 0, sizeof values);
    else
        scale_all(encoder->scaler, binding->dataset->fitted + encoder->fitted, n, values);
    for (int64_t i = 0; i < n; i++, to += width) {
        *to = (float)values[i];
        if (*to - *to != 0)
            return i;
    }
    return n;
}

static int64_t encode_others(const tt_binding *binding, const tt_bound *at, int64_t first,
                             int64_t n, const uint32_t *rows, float *x) {
    const tt_dataset *dataset = binding->dataset;
    const tt_encoder *encoder = at->encoder;
    for (int64_t i = 0; i < n; i++, x += dataset->n_features) {
        tt_cell cell = tt_bound_cell(binding, at, row_of(rows, first, i));
        if (tt_is_numeric(encoder) ? !tt_code_number(dataset, encoder, tt_number_of(cell), x)
                                   : !tt_code_level(dataset, encoder, tt_bound_level(at, cell), x))
            return i;
    }
    return n;
}

static tt_status encode_column(const tt_binding *binding, const tt_bound *at, int64_t first,
                               int64_t n, const uint32_t *rows, float *x, tt_error *error) {
    const tt_encoder *encoder = at->encoder;
    const bool number = tt_is_numeric(encoder);
    int64_t n_good = number && encoder->coding != TT_CODE_DATE
                         ? encode_numbers(binding, at, first, n, rows, x)
                         : encode_others(binding, at, first, n, rows, x);
    if (n_good == n)
        return TT_OK;
    tt_cell cell = tt_bound_cell(binding, at, row_of(rows, first, n_good));
    return tt_fail_at_number(error, binding->table, at->column, encoder->scaler,
                             !number              ? tt_bound_level(at, cell)
                             : cell == TT_MISSING ? encoder->fill
                                                  : tt_number_of(cell));
}

tt_status tt_binding_encode(const tt_binding *binding, int64_t first, int64_t n_rows,
                            const uint32_t *rows, float *x, tt_error *error) {
    const tt_dataset *dataset = binding->dataset;
    tt_status status = TT_OK;
    for (int64_t row = 0; row < n_rows && status == TT_OK; row += TILE_ROWS) {
        int64_t n = n_rows - row < TILE_ROWS ? n_rows - row : TILE_ROWS;
        float *tile = x + row * dataset->n_features;
        for (int32_t e = 0; e < dataset->n_encoders && status == TT_OK; e++)
            status =
                encode_column(binding, &binding->columns[e], first + row, n, rows, tile, error);
    }
    return status;
}

tt_status tt_encode_rows(const tt_dataset *dataset, const tt_table *table, int64_t n,
                         const uint32_t *rows, float *x, tt_error *error) {
    tt_binding binding;
    tt_status status = tt_bind(&binding, dataset, table, error);
    if (status == TT_OK)
        status = tt_binding_encode(&binding, 0, n, rows, x, error);
    tt_binding_free(&binding);
    return status;
}

tt_status tt_dataset_encode(const tt_dataset *dataset, const tt_table *table, float *x,
                            tt_error *error) {
    assert(dataset->n_encoders > 0);
    return tt_encode_rows(dataset, table, table->n_rows, NULL, x, error);
}
