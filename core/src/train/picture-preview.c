#include "tabtrain/picture-preview.h"

#include <string.h>

#include "augmenter.h"
#include "dataset-store.h"
#include "settings.h"

typedef struct preview {
    tt_augmenter augmenter;
    tt_arena arena;
    int32_t n_pixels;
    tt_pixel *pixels;
    float *x; /* one row */
} preview;

static void lay_out(preview *p) {
    p->pixels = tt_arena_take(&p->arena, (size_t)p->n_pixels, sizeof *p->pixels);
    p->x = tt_arena_take(&p->arena, (size_t)p->augmenter.dataset->n_features, sizeof *p->x);
    tt_augmenter_lay_out(&p->augmenter, &p->arena);
}

static tt_status begin(preview *p, const tt_dataset *dataset, const tt_config *config,
                       tt_error *error) {
    tt_image image;
    tt_status status = tt_augmenter_begin(&p->augmenter, dataset, config, error);
    if (status == TT_OK)
        status = tt_image_find(dataset, config, &image, error);
    if (status != TT_OK)
        return status;
    if (image.height == 0)
        return tt_fail_key(error, "data.image",
                           "These rows are not known to be pictures. Say how large they are "
                           "(height x width, such as 28x28).");
    p->n_pixels = image.height * image.width;
    lay_out(p);
    if (!tt_arena_reserve(&p->arena))
        return tt_fail(error, TT_NO_MEMORY, "There is no memory left for the pictures.");
    lay_out(p);
    tt_augmenter_fit(&p->augmenter);
    tt_image_pixels(dataset, &image, p->pixels);
    return TT_OK;
}

static void show(const preview *p, double noise, int64_t row, tt_random *random, float *original,
                 float *changed) {
    const tt_dataset *dataset = p->augmenter.dataset;
    int32_t width = dataset->n_features;
    float absent = p->augmenter.background;
    memcpy(p->x, dataset->x[TT_TRAINING] + row * width, (size_t)width * sizeof *p->x);
    tt_read_pixels(dataset, p->n_pixels, p->pixels, absent, p->x, original);
    tt_augment_rows(&p->augmenter, 1, random, p->x);
    if (noise > 0)
        tt_add_noise(noise, width, random, p->x);
    tt_read_pixels(dataset, p->n_pixels, p->pixels, absent, p->x, changed);
}

int32_t tt_picture_preview(const tt_dataset *dataset, const tt_config *config, int32_t n,
                           uint32_t seed, float *originals, float *changed, tt_error *error) {
    preview p = {0};
    int64_t n_rows = dataset->n_rows[TT_TRAINING];
    int32_t shown = n < n_rows ? n : (int32_t)n_rows;
    if (begin(&p, dataset, config, error) == TT_OK) {
        double noise = tt_config_number(config, "train.input_noise");
        tt_random random = tt_random_new(seed, TT_FOR_AUGMENTATION);
        for (int64_t i = 0; i < shown; i++)
            show(&p, noise, i * n_rows / shown, &random, originals + i * p.n_pixels,
                 changed + i * p.n_pixels);
    } else {
        shown = -1;
    }
    tt_arena_free(&p.arena);
    return shown;
}
