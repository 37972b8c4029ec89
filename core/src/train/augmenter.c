#include "augmenter.h"

#include "dataset-store.h"
#include "maths.h"
#include "normal.h"
#include "settings.h"

static tt_status check_background(const tt_augmenter *augmenter, const tt_augmentation *row,
                                  const double *params, tt_error *error) {
    const tt_dataset *dataset = augmenter->dataset;
    for (int32_t e = 0; row->background && e < dataset->n_encoders; e++) {
        const tt_scaler *scaler = dataset->encoders[e].scaler;
        if (scaler && scaler->defined && !scaler->defined(row->background(params)))
            return tt_fail_key(error, "augmentation",
                               "%s brings in a background of %g, for which %s is not defined. "
                               "Choose another background or another scaler.",
                               row->about.label, row->background(params), scaler->about.formula);
    }
    return TT_OK;
}

static tt_status need_image(tt_augmenter *augmenter, const tt_augmentation *row,
                            const double *params, const tt_config *config, tt_error *error) {
    tt_status status = tt_image_find(augmenter->dataset, config, &augmenter->image, error);
    if (status != TT_OK)
        return status;
    if (augmenter->image.height == 0)
        return tt_fail_key(error, "augmentation",
                           "%s is for rows that are pictures, and these are not known to be. Say "
                           "how large they are (data.image), or switch it off.",
                           row->about.label);
    if (row->background)
        augmenter->background = (float)row->background(params);
    return check_background(augmenter, row, params, error);
}

tt_status tt_augmenter_begin(tt_augmenter *augmenter, const tt_dataset *dataset,
                             const tt_config *config, tt_error *error) {
    int32_t rows[TT_MAX_AUGMENTATIONS];
    *augmenter = (tt_augmenter){.dataset = dataset};
    augmenter->n =
        tt_config_rows(config, &tt_augmentation_family, TT_ANY_TASK, TT_MAX_AUGMENTATIONS, rows);
    tt_status status = TT_OK;
    for (int32_t i = 0; i < augmenter->n && status == TT_OK; i++) {
        const tt_augmentation *row = augmenter->rows[i].row = &tt_augmentations[rows[i]];
        double *params = augmenter->rows[i].params;
        tt_config_params(config, &tt_augmentation_family, rows[i], params);
        if (row->picture)
            status = need_image(augmenter, row, params, config, error);
    }
    return status;
}

void tt_augmenter_lay_out(tt_augmenter *augmenter, tt_arena *arena) {
    if (augmenter->n == 0)
        return;
    size_t n_pixels = (size_t)augmenter->image.height * (size_t)augmenter->image.width;
    augmenter->deviations =
        tt_arena_take(arena, (size_t)augmenter->dataset->n_features, sizeof(float));
    augmenter->pixels = tt_arena_take(arena, n_pixels, sizeof *augmenter->pixels);
    for (int i = 0; i < 2; i++)
        augmenter->pictures[i] = tt_arena_take(arena, n_pixels, sizeof(float));
}

static float deviation_of(const tt_dataset *dataset, int32_t feature) {
    int64_t n = dataset->n_rows[TT_TRAINING];
    const float *x = dataset->x[TT_TRAINING] + feature;
    double mean = 0, squares = 0;
    for (int64_t i = 0; i < n; i++)
        mean += (double)x[i * dataset->n_features];
    mean /= (double)n;
    for (int64_t i = 0; i < n; i++) {
        double d = (double)x[i * dataset->n_features] - mean;
        squares += d * d;
    }
    return (float)tt_sqrt(squares / (double)n);
}

void tt_augmenter_fit(tt_augmenter *augmenter) {
    const tt_dataset *dataset = augmenter->dataset;
    if (augmenter->n == 0)
        return;
    for (int32_t j = 0; j < dataset->n_features && dataset->n_encoders == 0; j++)
        augmenter->deviations[j] = deviation_of(dataset, j);
    for (int32_t e = 0; e < dataset->n_encoders; e++)
        if (dataset->encoders[e].coding == TT_CODE_NUMBER) {
            int32_t j = dataset->encoders[e].first;
            augmenter->deviations[j] = deviation_of(dataset, j);
        }
    if (augmenter->image.height > 0)
        tt_image_pixels(dataset, &augmenter->image, augmenter->pixels);
}

/* All augmentations of one picture, so that it is scaled back and again only once. */
static void change_picture(const tt_augmenter *augmenter, tt_random *random, float *x) {
    int32_t height = augmenter->image.height, width = augmenter->image.width;
    float *from = augmenter->pictures[0], *to = augmenter->pictures[1];
    tt_read_pixels(augmenter->dataset, height * width, augmenter->pixels, augmenter->background, x,
                   from);
    for (int32_t i = 0; i < augmenter->n; i++) {
        const tt_augmentation *row = augmenter->rows[i].row;
        if (!row->picture)
            continue;
        row->picture(augmenter->rows[i].params, height, width, random, from, to);
        float *changed = to;
        to = from;
        from = changed;
    }
    tt_write_pixels(augmenter->dataset, height * width, augmenter->pixels, from, x);
}

void tt_augment_rows(const tt_augmenter *augmenter, int32_t n, tt_random *random, float *x) {
    int32_t width = augmenter->dataset->n_features;
    for (int32_t i = 0; i < n; i++, x += width) {
        if (augmenter->image.height > 0)
            change_picture(augmenter, random, x);
        for (int32_t k = 0; k < augmenter->n; k++)
            if (augmenter->rows[k].row->inputs)
                augmenter->rows[k].row->inputs(augmenter->rows[k].params, width,
                                               augmenter->deviations, random, x);
    }
}

void tt_add_noise(double deviation, int64_t n, tt_random *random, float *x) {
    for (int64_t i = 0; i < n; i++)
        x[i] += (float)(deviation * tt_random_normal(random));
}
