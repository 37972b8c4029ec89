/* The layout, in the terms of bytes.h:
 *
 *   task, whether targets are log1p'd, n_targets, for each: name, offset, scale
 *   n_classes (for labels: two words for each target), their names
 *   key of the scaler, how many numbers it fits, n_encoders, for each:
 *     name of the column, coding (+ OWN_SCALER), of dates the parts
 *     constant, flag, whole, fill, min, max, median
 *     n_levels, dropped, fill level + 1, "other" + 1, mode, names of the levels
 *     with OWN_SCALER: key of its scaler, how many numbers that fits
 *     what the scaler fitted, unless the coding is one-hot */

#include "preparation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table-store.h"

/* Beyond all dates that are read, whose years have four digits. */
static const double MOST_SECONDS = 1e12;

enum {
    N_SHARED = 4,                      /* numbers that every encoder has: fill, min, max, median */
    OWN_SCALER = 8,                    /* a bit above those of the codings */
    MOST_NAME_BYTES = 2 * TT_MAX_NAME, /* of a column; each of its levels repeats them */
};

static bool is_scaled(const tt_encoder *encoder) {
    return encoder->coding != TT_CODE_ONE_HOT;
}

static bool has_own_scaler(const tt_dataset *dataset, const tt_encoder *e) {
    return is_scaled(e) && (e->scaler != dataset->scaler || e->scaler_size != dataset->scaler_size);
}

static void write_encoder(const tt_dataset *dataset, int32_t index, tt_text *bytes) {
    const tt_encoder *e = &dataset->encoders[index];
    const double shared[N_SHARED] = {e->fill, e->min, e->max, e->median};
    tt_put_text(bytes, dataset->column_names[index]);
    bool own = has_own_scaler(dataset, e);
    tt_put_u32(bytes, (uint32_t)e->coding | (own ? OWN_SCALER : 0));
    if (e->coding == TT_CODE_DATE)
        tt_put_u32(bytes, e->parts);
    tt_put_u32(bytes, e->constant);
    tt_put_u32(bytes, e->flag);
    tt_put_u32(bytes, e->whole);
    tt_put_doubles(bytes, N_SHARED, shared);
    tt_put_u32(bytes, (uint32_t)e->n_levels);
    tt_put_u32(bytes, (uint32_t)e->dropped);
    tt_put_u32(bytes, (uint32_t)(e->fill_level + 1));
    tt_put_u32(bytes, (uint32_t)(e->other + 1));
    tt_put_u32(bytes, (uint32_t)e->mode);
    for (int32_t i = 0; i < e->n_levels; i++)
        tt_put_text(bytes, dataset->level_names[e->levels + i]);
    if (own) {
        tt_put_text(bytes, e->scaler->about.key);
        tt_put_u32(bytes, (uint32_t)e->scaler_size);
    }
    if (is_scaled(e))
        tt_put_doubles(bytes, tt_n_scaled(e) * e->scaler_size, dataset->fitted + e->fitted);
}

void tt_preparation_write(const tt_dataset *dataset, tt_text *bytes) {
    tt_put_u32(bytes, (uint32_t)dataset->task);
    tt_put_u32(bytes, dataset->target_log);
    tt_put_u32(bytes, (uint32_t)dataset->n_targets);
    for (int32_t t = 0; t < dataset->n_targets; t++) {
        tt_put_text(bytes, dataset->target_names[t]);
        tt_put_doubles(bytes, 1, &dataset->target_offsets[t]);
        tt_put_doubles(bytes, 1, &dataset->target_scales[t]);
    }
    tt_put_u32(bytes, (uint32_t)tt_n_class_names(dataset));
    for (int32_t i = 0; i < tt_n_class_names(dataset); i++)
        tt_put_text(bytes, dataset->class_names[i]);
    tt_put_text(bytes, dataset->scaler->about.key);
    tt_put_u32(bytes, (uint32_t)dataset->scaler_size);
    tt_put_u32(bytes, (uint32_t)dataset->n_encoders);
    for (int32_t e = 0; e < dataset->n_encoders; e++)
        write_encoder(dataset, e, bytes);
}

/* What is read, until the data set that it goes into can be sized. */
typedef struct reading {
    tt_reader *reader;
    tt_dataset like; /* its arrays are on the heap */
    tt_dataset_texts texts;
    int64_t room; /* for numbers in like.fitted */
} reading;

/* A count of things that take at least `size` bytes each; 0, and the reading has failed, when there
 * cannot be so many. */
static int32_t get_count(tt_reader *reader, size_t size) {
    uint32_t n = tt_get_u32(reader);
    reader->failed |= n > reader->left / size || n > INT32_MAX / 2;
    return reader->failed ? 0 : (int32_t)n;
}

/* A number below `end`; 0 after a failure. */
static int32_t get_below(tt_reader *reader, int32_t end) {
    uint32_t value = tt_get_u32(reader);
    reader->failed |= end <= 0 || value >= (uint32_t)end;
    return reader->failed ? 0 : (int32_t)value;
}

static void get_finite(tt_reader *reader, int64_t n, double *values) {
    tt_get_doubles(reader, n, values);
    for (int64_t i = 0; i < n; i++)
        reader->failed |= values[i] - values[i] != 0;
}

static tt_task get_task(tt_reader *reader) {
    uint32_t task = tt_get_u32(reader);
    bool known = task == TT_REGRESSION || task == TT_BINARY || task == TT_MULTICLASS ||
                 task == TT_MULTILABEL;
    reader->failed |= !known;
    return reader->failed ? TT_REGRESSION : (tt_task)task;
}

static bool read_targets(reading *r) {
    tt_dataset *like = &r->like;
    like->task = get_task(r->reader);
    like->target_log = get_below(r->reader, 2);
    like->n_targets = get_count(r->reader, 2 * sizeof(double));
    like->target_offsets = calloc((size_t)like->n_targets + 1, sizeof(double));
    like->target_scales = calloc((size_t)like->n_targets + 1, sizeof(double));
    if (!like->target_offsets || !like->target_scales)
        return false;
    for (int32_t t = 0; t < like->n_targets; t++) {
        tt_get_text(r->reader, &r->texts.targets);
        get_finite(r->reader, 1, &like->target_offsets[t]);
        get_finite(r->reader, 1, &like->target_scales[t]);
    }
    bool one = like->task & TT_CLASSIFICATION;
    r->reader->failed |= like->n_targets < 1 || (one && like->n_targets != 1);
    return true;
}

static void read_classes(reading *r) {
    tt_dataset *like = &r->like;
    int32_t n = get_count(r->reader, sizeof(uint32_t));
    for (int32_t i = 0; i < n; i++)
        tt_get_text(r->reader, &r->texts.classes);
    like->n_classes = like->task & TT_CLASSIFICATION ? n : 0;
    like->n_outputs = like->task == TT_MULTICLASS ? n : like->n_targets;
    bool enough = !(like->task & TT_CLASSIFICATION) || n >= 2;
    bool fits = n == tt_n_class_names(like) && (like->task != TT_BINARY || n == 2);
    r->reader->failed |= !enough || !fits;
}

static void read_scaler(tt_reader *reader, const tt_scaler **scaler, int32_t *size) {
    tt_text key = {0};
    tt_get_text(reader, &key);
    int32_t row = key.bytes ? tt_family_find(&tt_scaler_family, key.bytes) : -1;
    free(key.bytes);
    reader->failed |= row < 0;
    *scaler = &tt_scalers[row < 0 ? 0 : row];
    *size = get_count(reader, 1);
}

static void read_levels(reading *r, tt_encoder *e) {
    tt_reader *reader = r->reader;
    e->n_levels = get_count(reader, sizeof(uint32_t));
    e->dropped = get_below(reader, 2);
    e->fill_level = get_below(reader, e->n_levels + 1) - 1;
    e->other = get_below(reader, e->n_levels + 1) - 1;
    e->mode = get_below(reader, e->n_levels + tt_is_numeric(e));
    e->levels = r->like.n_levels;
    for (int32_t i = 0; i < e->n_levels; i++)
        tt_get_text(reader, &r->texts.levels);
    r->like.n_levels += e->n_levels;
    bool none = tt_is_numeric(e);
    reader->failed |= none ? e->n_levels != 0 : e->n_levels <= e->dropped;
    reader->failed |= e->other >= 0 && e->other != e->n_levels - 1;
}

static bool read_fitted(reading *r, const tt_encoder *e) {
    tt_dataset *like = &r->like;
    const tt_scaler *scaler = e->scaler;
    r->reader->failed |= (size_t)e->scaler_size > r->reader->left / sizeof(double);
    r->reader->failed |= e->scaler_size < 2 || (!scaler->n_fitted && e->scaler_size != 2);
    if (r->reader->failed)
        return true;
    if (like->n_fitted + e->scaler_size > r->room) {
        r->room = 2 * r->room + e->scaler_size;
        double *fitted = realloc(like->fitted, (size_t)r->room * sizeof *fitted);
        if (!fitted)
            return false;
        like->fitted = fitted;
    }
    double *fitted = like->fitted + like->n_fitted;
    like->n_fitted += e->scaler_size;
    get_finite(r->reader, e->scaler_size, fitted);
    r->reader->failed |= scaler->plausible && !scaler->plausible(e->scaler_size, fitted);
    return true;
}

/* The scaler of an encoder and what it fitted; false when memory runs out. */
static bool read_scaling(reading *r, tt_encoder *e, bool own) {
    e->fitted = r->like.n_fitted;
    r->reader->failed |= own && !is_scaled(e);
    if (!is_scaled(e))
        return true;
    e->scaler = r->like.scaler;
    e->scaler_size = r->like.scaler_size;
    if (own)
        read_scaler(r->reader, &e->scaler, &e->scaler_size);
    for (int32_t i = 0; i < tt_n_scaled(e); i++)
        if (!read_fitted(r, e))
            return false;
    return true;
}

/* Reads the column's name into `column`, which ends in NUL. */
static bool read_encoder(reading *r, tt_encoder *e) {
    tt_reader *reader = r->reader;
    double shared[N_SHARED];
    size_t name = r->texts.columns.size;
    reader->failed |= tt_get_text(reader, &r->texts.columns) > MOST_NAME_BYTES;
    int32_t coding = get_below(reader, OWN_SCALER + TT_CODE_DATE + 1);
    reader->failed |= (coding & ~OWN_SCALER) > TT_CODE_DATE;
    e->coding = reader->failed ? TT_CODE_NUMBER : (tt_coding)(coding & ~OWN_SCALER);
    if (e->coding == TT_CODE_DATE)
        e->parts = (uint32_t)get_below(reader, 1 << TT_N_DATE_PARTS);
    reader->failed |= e->coding == TT_CODE_DATE && e->parts == 0;
    e->constant = get_below(reader, 2);
    e->flag = get_below(reader, tt_is_numeric(e) ? 2 : 1);
    e->whole = get_below(reader, 2);
    get_finite(reader, N_SHARED, shared);
    for (int i = 0; e->coding == TT_CODE_DATE && i < N_SHARED; i++)
        reader->failed |= fabs(shared[i]) > MOST_SECONDS;
    e->fill = shared[0], e->min = shared[1], e->max = shared[2], e->median = shared[3];
    read_levels(r, e);
    if (!read_scaling(r, e, coding & OWN_SCALER))
        return false;
    e->first = r->like.n_features;
    e->width = is_scaled(e) ? tt_n_scaled(e) + e->flag : e->n_levels - e->dropped;
    r->like.n_features += e->width;
    if (!reader->failed && !r->texts.columns.failed && !r->texts.levels.failed)
        tt_name_features(&r->texts, r->texts.columns.bytes + name, e);
    return true;
}

static bool read_encoders(reading *r) {
    r->like.n_encoders = get_count(r->reader, N_SHARED * sizeof(double));
    r->reader->failed |= r->like.n_encoders < 1;
    r->like.encoders = calloc((size_t)r->like.n_encoders + 1, sizeof *r->like.encoders);
    if (!r->like.encoders)
        return false;
    for (int32_t e = 0; e < r->like.n_encoders && !r->reader->failed; e++)
        if (!read_encoder(r, &r->like.encoders[e]))
            return false;
    return true;
}

static void copy(void *to, const void *from, int64_t n, size_t size) {
    if (n > 0)
        memcpy(to, from, (size_t)n * size);
}

static tt_dataset *assemble(const reading *r, tt_error *error) {
    const tt_dataset *like = &r->like;
    tt_dataset *dataset = tt_dataset_reserve(like, &r->texts, error);
    if (!dataset)
        return NULL;
    copy(dataset->encoders, like->encoders, like->n_encoders, sizeof *like->encoders);
    copy(dataset->fitted, like->fitted, like->n_fitted, sizeof *like->fitted);
    copy(dataset->target_offsets, like->target_offsets, like->n_targets, sizeof(double));
    copy(dataset->target_scales, like->target_scales, like->n_targets, sizeof(double));
    return dataset;
}

static void free_reading(reading *r) {
    tt_dataset_texts_free(&r->texts);
    free(r->like.target_offsets);
    free(r->like.target_scales);
    free(r->like.encoders);
    free(r->like.fitted);
}

tt_dataset *tt_preparation_read(tt_reader *reader, tt_error *error) {
    reading r = {.reader = reader};
    tt_dataset *dataset = NULL;
    bool good = read_targets(&r);
    if (good)
        read_classes(&r);
    if (good)
        read_scaler(reader, &r.like.scaler, &r.like.scaler_size);
    good = good && read_encoders(&r);
    if (!good)
        tt_fail(error, TT_NO_MEMORY, "There is no memory left for the model.");
    else if (reader->failed)
        tt_fail(error, TT_BAD_DATA, "The preparation in this model is not valid.");
    else
        dataset = assemble(&r, error);
    free_reading(&r);
    return dataset;
}
