/* What augmentation does to training rows, and what it leaves alone. */

#include "training.h"

#include "augmentation.h"
#include "augmenter.h"
#include "trainer-state.h"

enum { HEIGHT = 5, WIDTH = 7, PIXELS = HEIGHT * WIDTH };

static const tt_augmentation *row_of(const char *key) {
    return &tt_augmentations[tt_family_find(&tt_augmentation_family, key)];
}

static void fill(float *pixels) {
    for (int i = 0; i < PIXELS; i++)
        pixels[i] = (float)(i * i % 23) + 0.25f;
}

/* A picture moved down and right, with 9 around it. */
static bool is_shifted(const float *pixels, const float *changed, int down, int right) {
    for (int r = 0; r < HEIGHT; r++)
        for (int c = 0; c < WIDTH; c++) {
            int from_r = r - down, from_c = c - right;
            bool inside = from_r >= 0 && from_r < HEIGHT && from_c >= 0 && from_c < WIDTH;
            float wanted = inside ? pixels[from_r * WIDTH + from_c] : 9;
            if (changed[r * WIDTH + c] != wanted)
                return false;
        }
    return true;
}

static void shifts_move_whole_pixels_exactly_and_all_alike(void **state) {
    (void)state;
    float pixels[PIXELS], changed[PIXELS];
    int seen[5][5] = {{0}};
    tt_random random = tt_random_new(1, TT_FOR_AUGMENTATION);
    fill(pixels);
    for (int i = 0; i < 2500; i++) {
        bool found = false;
        row_of("affine")->picture((double[]){2, 0, 9}, HEIGHT, WIDTH, &random, pixels, changed);
        for (int down = -2; down <= 2; down++)
            for (int right = -2; right <= 2; right++)
                if (is_shifted(pixels, changed, down, right)) {
                    seen[down + 2][right + 2]++;
                    found = true;
                }
        assert_true(found);
    }
    for (int k = 0; k < 25; k++) /* 100 expected, with a deviation of about 10 */
        assert_in_range(seen[k / 5][k % 5], 50, 150);
}

static void without_shift_and_rotation_a_picture_stays_as_it_is(void **state) {
    (void)state;
    float pixels[PIXELS], changed[PIXELS];
    tt_random random = tt_random_new(2, TT_FOR_AUGMENTATION);
    fill(pixels);
    row_of("affine")->picture((double[]){0, 0, 9}, HEIGHT, WIDTH, &random, pixels, changed);
    assert_memory_equal(changed, pixels, sizeof pixels);
}

/* Rotation by the textbook: each pixel is looked up at its place turned back about the centre. */
static double turned(const float *pixels, double angle, int row, int column) {
    double y = row - (HEIGHT - 1) / 2.0, x = column - (WIDTH - 1) / 2.0;
    double r = y * cos(angle) - x * sin(angle) + (HEIGHT - 1) / 2.0;
    double c = y * sin(angle) + x * cos(angle) + (WIDTH - 1) / 2.0, sum = 0;
    for (int i = 0; i < HEIGHT + 8; i++)
        for (int j = 0; j < WIDTH + 8; j++) {
            int at_r = i - 4, at_c = j - 4;
            bool inside = at_r >= 0 && at_r < HEIGHT && at_c >= 0 && at_c < WIDTH;
            double near = fmax(0, 1 - fabs(r - at_r)) * fmax(0, 1 - fabs(c - at_c));
            sum += near * (inside ? (double)pixels[at_r * WIDTH + at_c] : 9);
        }
    return sum;
}

static void rotations_follow_the_naive_twin(void **state) {
    (void)state;
    float pixels[PIXELS], changed[PIXELS];
    double least = 1, most = -1;
    tt_random random = tt_random_new(3, TT_FOR_AUGMENTATION);
    fill(pixels);
    for (int i = 0; i < 200; i++) {
        tt_random copy = random;
        tt_random_below(&copy, 1), tt_random_below(&copy, 1);
        double angle = (2 * tt_random_uniform(&copy) - 1) * 30 * acos(-1) / 180;
        least = fmin(least, angle);
        most = fmax(most, angle);
        row_of("affine")->picture((double[]){0, 30, 9}, HEIGHT, WIDTH, &random, pixels, changed);
        for (int k = 0; k < PIXELS; k++)
            assert_near(changed[k], turned(pixels, angle, k / WIDTH, k % WIDTH), 1e-5, 1e-5);
    }
    assert_true(least < -0.4 && most > 0.4 && least >= -0.524 && most <= 0.524);
}

static void noise_has_the_share_of_each_columns_deviation(void **state) {
    (void)state;
    enum { ROWS = 20000 };
    const float deviations[] = {1, 0, 4};
    const double p[] = {0.25};
    double sum[3] = {0}, squares[3] = {0};
    tt_random random = tt_random_new(4, TT_FOR_AUGMENTATION);
    for (int i = 0; i < ROWS; i++) {
        float x[] = {10, 20, 30};
        row_of("noise")->inputs(p, 3, deviations, &random, x);
        for (int j = 0; j < 3; j++) {
            double d = (double)x[j] - 10 * (j + 1);
            sum[j] += d;
            squares[j] += d * d;
        }
    }
    for (int j = 0; j < 3; j++) {
        double wanted = 0.25 * (double)deviations[j];
        assert_near(sum[j] / ROWS, 0, 0, 4 * wanted / sqrt(ROWS) + 1e-12);
        assert_near(sqrt(squares[j] / ROWS), wanted, 0.03, 1e-12);
    }
}

static tt_table *table_of(const char *text) {
    tt_csv *csv = tt_csv_new(config, &error);
    tt_csv_feed(csv, text, strlen(text), NULL);
    tt_table *table = tt_csv_finish(csv, &error);
    tt_csv_free(csv);
    assert_non_null(table);
    return table;
}

static void only_columns_of_numbers_get_noise(void **state) {
    (void)state;
    static const char text[] = "width,colour,day,size,y\n1,red,2024-01-02,5,1.5\n"
                               "2,blue,2024-02-03,,2.5\n4,red,2024-03-04,7,2\n8,red,,9,1\n";
    config = tt_config_new();
    set("split.validation", "0");
    set("data.missing_flag", "1");
    set("augmentation", "noise");
    tt_table *table = table_of(text);
    dataset = tt_dataset_new(table, config, &error);
    assert_non_null(dataset);
    int32_t n = tt_dataset_n_features(dataset);
    tt_arena arena = {0};
    tt_augmenter augmenter;
    assert_int_equal(tt_augmenter_begin(&augmenter, dataset, config, &error), TT_OK);
    tt_augmenter_lay_out(&augmenter, &arena);
    assert_true(tt_arena_reserve(&arena));
    tt_augmenter_lay_out(&augmenter, &arena);
    tt_augmenter_fit(&augmenter);
    for (int32_t j = 0; j < n; j++) {
        const char *name = tt_dataset_feature_name(dataset, j);
        bool number = strcmp(name, "width") == 0 || strcmp(name, "size") == 0;
        assert_near(augmenter.deviations[j], number, 1e-6, 0);
    }
    tt_arena_free(&arena);
    tt_table_free(table);
    tear_down();
}

/* The hash of a short run under settings, "key=value" each, the last one NULL. */
static uint64_t hash_of(const char *const *settings) {
    set_up(TT_MULTICLASS);
    set("train.epochs", "6");
    for (; *settings; settings++) {
        const char *equals = strchr(*settings, '=');
        char key[64];
        snprintf(key, sizeof key, "%.*s", (int)(equals - *settings), *settings);
        set(key, equals + 1);
    }
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 1 << 30, 1000);
    uint64_t hash = tt_trainer_hash(trainer);
    tt_trainer_free(trainer);
    tear_down();
    return hash;
}

#define HASH(...) hash_of((const char *const[]){__VA_ARGS__, NULL})

static void augmentation_changes_a_run_only_where_it_does_something(void **state) {
    (void)state;
    uint64_t plain = HASH("data.image=2x2");
    assert_true(HASH("data.image=2x2", "augmentation=noise") != plain);
    assert_true(HASH("data.image=2x2", "augmentation=affine") != plain);
    assert_true(HASH("augmentation=noise", "augmentation.noise.share=0") == plain);
    assert_true(HASH("data.image=2x2", "augmentation=affine", "augmentation.affine.shift=0",
                     "augmentation.affine.rotation=0") == plain);
}

static void mixup_mixes_rows_that_augmentation_has_changed(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("train.mixup", "0.5");
    set("augmentation", "noise");
    tt_trainer *trainer = new_trainer();
    float share;
    const float *x = tt_dataset_x(dataset, TT_TRAINING);
    const float *mixed = tt_augment(trainer, 16, x, &share);
    const float *changed = trainer->altered;
    assert_memory_not_equal(changed, x, 16 * FEATURES * sizeof *x);
    for (int i = 0; i < 16; i++) {
        bool found = false;
        for (int k = 0; k < 16; k++) {
            int j = 0;
            while (j < FEATURES &&
                   mixed[i * FEATURES + j] ==
                       share * changed[i * FEATURES + j] + (1 - share) * changed[k * FEATURES + j])
                j++;
            found |= j == FEATURES;
        }
        assert_true(found);
    }
    tt_trainer_free(trainer);
    tear_down();
}

static void weights_of_rows_count_as_without_augmentation(void **state) {
    (void)state;
    static const char text[] = "a,b,w,y\n1,2,1,0\n2,1,0,1\n5,3,2,0\n4,7,0,1\n3,3,1,1\n2,2,3,0\n";
    config = tt_config_new();
    set("split.validation", "0");
    set("data.task", "binary");
    set("data.weights", "w");
    set("augmentation", "noise");
    set("train.epochs", "1");
    set("train.batch_size", "0");
    tt_table *table = table_of(text);
    dataset = tt_dataset_new(table, config, &error);
    tt_trainer *trainer = new_trainer();
    run_to(trainer, 0, 1000);
    assert_int_equal(tt_train_unit(trainer, 1), TT_OK);
    double sum = 0, weight = 0; /* as predicted before the step, from the rows with their noise */
    for (int i = 0; i < 6; i++) {
        double own = (double)tt_dataset_weights(dataset, TT_TRAINING)[i];
        double p = trainer->predictions[TT_TRAINING][i];
        sum -= own * log(trainer->targets[TT_TRAINING][i] > 0.5 ? p : 1 - p);
        weight += own;
    }
    assert_near(trainer->state.progress.batch_loss, sum / weight, 1e-5, 0);
    tt_trainer_free(trainer);
    tt_table_free(table);
    tear_down();
}

/* With a rate of 0 the weights stay as they began, so that only the rows differ. */
static void rows_are_judged_as_they_are(void **state) {
    (void)state;
    double loss[2][2];
    for (int on = 0; on < 2; on++) {
        set_up(TT_MULTICLASS);
        set("optimizer.adam.lr", "0");
        set("train.epochs", "1");
        set("train.evaluate_training", "epoch");
        if (on)
            set("augmentation", "noise");
        tt_trainer *trainer = new_trainer();
        run_to(trainer, 1 << 30, 1000);
        loss[on][0] = history[n_history - 1][column("validation_loss")];
        loss[on][1] = history[n_history - 1][column("evaluated_loss")];
        if (on)
            assert_true(history[n_history - 1][column("training_loss")] != loss[on][1]);
        tt_trainer_free(trainer);
        tear_down();
    }
    assert_true(loss[0][0] == loss[1][0] && loss[0][1] == loss[1][1]);
}

static void pictures_are_needed_where_pictures_are_changed(void **state) {
    (void)state;
    set_up(TT_MULTICLASS);
    set("augmentation", "affine");
    assert_null(tt_trainer_new(dataset, config, &error));
    assert_int_equal(error.status, TT_BAD_SETTING);
    assert_string_equal(error.key, "augmentation");
    assert_non_null(strstr(error.message, "data.image"));
    tear_down();
}

static void a_preview_shows_rows_before_and_after(void **state) {
    (void)state;
    float before[3 * FEATURES], after[3 * FEATURES], again[3 * FEATURES];
    set_up(TT_MULTICLASS);
    set("data.image", "2x2");
    assert_int_equal(tt_picture_preview(dataset, config, 3, 1, before, after, &error), 3);
    assert_memory_equal(before, after, sizeof before);
    for (int32_t i = 0; i < 3; i++)
        assert_memory_equal(before + i * FEATURES,
                            tt_dataset_x(dataset, TT_TRAINING) + i * 40 / 3 * FEATURES,
                            FEATURES * sizeof(float));
    set("augmentation", "affine");
    assert_int_equal(tt_picture_preview(dataset, config, 3, 1, before, after, &error), 3);
    assert_memory_not_equal(before, after, sizeof before);
    assert_int_equal(tt_picture_preview(dataset, config, 3, 1, before, again, &error), 3);
    assert_memory_equal(again, after, sizeof after);
    assert_int_equal(tt_picture_preview(dataset, config, 3, 2, before, again, &error), 3);
    assert_memory_not_equal(again, after, sizeof after);
    set("data.image", "none");
    assert_int_equal(tt_picture_preview(dataset, config, 3, 1, before, after, &error), -1);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(shifts_move_whole_pixels_exactly_and_all_alike),
    cmocka_unit_test(without_shift_and_rotation_a_picture_stays_as_it_is),
    cmocka_unit_test(rotations_follow_the_naive_twin),
    cmocka_unit_test(noise_has_the_share_of_each_columns_deviation),
    cmocka_unit_test(only_columns_of_numbers_get_noise),
    cmocka_unit_test(augmentation_changes_a_run_only_where_it_does_something),
    cmocka_unit_test(mixup_mixes_rows_that_augmentation_has_changed),
    cmocka_unit_test(weights_of_rows_count_as_without_augmentation),
    cmocka_unit_test(rows_are_judged_as_they_are),
    cmocka_unit_test(pictures_are_needed_where_pictures_are_changed),
    cmocka_unit_test(a_preview_shows_rows_before_and_after),
};

RUN_TESTS(tests)
