/* Rows that are pictures: what is found, what is refused, and the way from inputs to pixels. */

#include "unit.h"

#include "pixels.h"
#include "read-csv.h"
#include "text.h"

enum { MOST_PIXELS = 100 };

/* A table of `rows` by `columns` pixels under a header whose names are printed from the numbers of
 * row and column, or of the pixel; values 0..high in a fixed pattern, and a target of two classes.
 */
static char *pixel_table(const char *name, bool two, int32_t rows, int32_t columns, int32_t base,
                         int32_t high) {
    tt_text csv = {0};
    for (int32_t r = 0; r < rows; r++)
        for (int32_t c = 0; c < columns; c++) {
            if (two)
                tt_text_add(&csv, name, r + base, c + base);
            else
                tt_text_add(&csv, name, r * columns + c + base);
            tt_text_add(&csv, ",");
        }
    tt_text_add(&csv, "digit\n");
    for (int32_t i = 0; i < 24; i++) {
        for (int32_t k = 0; k < rows * columns; k++)
            tt_text_add(&csv, "%i,", i == 0 ? 0 : i == 1 ? high : (i * 7 + k * 5) % (high + 1));
        tt_text_add(&csv, "%s\n", i % 2 ? "one" : "two");
    }
    return tt_text_finish(&csv);
}

static tt_image find(const char *text, const char *cfg) {
    tt_error error;
    tt_image image;
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    assert_int_equal(tt_image_find(dataset, config, &image, &error), TT_OK);
    tt_config_free(config);
    tt_dataset_free(dataset);
    return image;
}

static void expect_image(char *text, const char *cfg, int32_t height, int32_t width) {
    tt_image image = find(text, cfg);
    assert_int_equal(image.height, height);
    assert_int_equal(image.width, width);
    tt_free_text(text);
}

static void pictures_are_found_by_names_and_ranges(void **state) {
    (void)state;
    expect_image(pixel_table("pixel_%i_%i", true, 5, 4, 0, 16), "", 5, 4);
    expect_image(pixel_table("%ix%i", true, 6, 7, 1, 255), "", 6, 7);
    expect_image(pixel_table("pixel%i", false, 6, 6, 0, 255), "", 6, 6);
    expect_image(pixel_table("pix.%i", false, 6, 6, 1, 1), "", 6, 6);
    expect_image(pixel_table("V%i", false, 6, 6, 1, 255), "", 6, 6);
}

static void other_tables_are_no_pictures(void **state) {
    (void)state;
    expect_image(pixel_table("V%i", false, 6, 7, 1, 255), "", 0, 0); /* no square */
    expect_image(pixel_table("V%i", false, 6, 6, 1, 4), "", 0, 0);   /* answers to questions */
    expect_image(pixel_table("V%i", false, 4, 4, 1, 100), "", 0, 0); /* sixteen scores */
    expect_image(pixel_table("pixel%i", false, 3, 3, 0, 255), "", 0, 0);
    expect_image(pixel_table("pixel%i", false, 6, 6, 0, 255), "data.image = none", 0, 0);
}

static void a_size_says_more_than_the_names(void **state) {
    (void)state;
    expect_image(pixel_table("pixel%i", false, 6, 6, 0, 255), "data.image = 4x9", 4, 9);
    expect_image(pixel_table("V%i", false, 4, 4, 1, 100), "data.image = 4x4", 4, 4);
    expect_image(pixel_table("%ix%i", true, 4, 4, 1, 9), "data.image = 5x4", 5, 4);
    char *text = pixel_table("V%i", false, 4, 4, 1, 100);
    expect_bad_setting(text, "data.image = 5x5", "data.image",
                       "have 25 pixels, and there are 16 columns of numbers");
    expect_bad_setting(text, "data.image = big", "data.image", "\"big\" is no size of a picture");
    expect_bad_setting(text, "data.image = 0x16", "data.image", "is no size");
    expect_bad_setting(text, "data.image = 4x", "data.image", "is no size");
    tt_free_text(text);
}

/* The column of each pixel, by name. */
static void expect_columns(const char *text, const char *cfg, const char *const *names) {
    tt_error error;
    tt_image image;
    tt_pixel pixels[MOST_PIXELS];
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    assert_int_equal(tt_image_find(dataset, config, &image, &error), TT_OK);
    assert_in_range(image.height * image.width, 1, MOST_PIXELS);
    tt_image_pixels(dataset, &image, pixels);
    for (int32_t i = 0; i < image.height * image.width; i++) {
        const char *name =
            pixels[i].feature < 0 ? "-" : tt_dataset_feature_name(dataset, pixels[i].feature);
        assert_string_equal(name, names[i]);
    }
    tt_config_free(config);
    tt_dataset_free(dataset);
}

static void pixels_lie_where_their_names_say(void **state) {
    (void)state;
    static const char text[] = "age,p1_0,p0_1,colour,p0_0,p1_1,y\n"
                               "1,2,3,red,4,5,0\n2,3,1,blue,9,8,1\n3,3,3,red,3,8,0\n"
                               "1,2,6,red,1,5,1\n7,1,3,red,4,2,0\n";
    expect_columns(text, "data.image = 2x2", (const char *const[]){"p0_0", "p0_1", "p1_0", "p1_1"});
    expect_columns(text, "data.image = 2x2\ndata.ignore = p0_1",
                   (const char *const[]){"p0_0", "-", "p1_0", "p1_1"});
    expect_columns(text, "data.image = 1x5",
                   (const char *const[]){"age", "p1_0", "p0_1", "p0_0", "p1_1"});
}

static void pixels_come_back_through_every_scaler(void **state) {
    (void)state;
    char *text = pixel_table("pixel_%i_%i", true, 4, 4, 0, 16);
    for (int32_t f = 0; f < tt_n_families(); f++)
        for (int32_t r = 0; r < tt_family_at(f)->n_rows; r++) {
            if (strcmp(tt_family_at(f)->key, "scaler") != 0)
                continue;
            char cfg[100];
            tt_error error;
            tt_image image;
            tt_pixel pixels[16];
            float values[16], x[16];
            tt_format(cfg, sizeof cfg, "split.validation = 0\nscaler = %s",
                      tt_family_row(tt_family_at(f), r)->key);
            tt_dataset *dataset = good_dataset(text, cfg);
            tt_config *config = config_of(cfg);
            assert_int_equal(tt_image_find(dataset, config, &image, &error), TT_OK);
            tt_image_pixels(dataset, &image, pixels);
            for (int32_t i = 2; i < 24; i++) {
                const float *row = tt_dataset_x(dataset, TT_TRAINING) + i * 16;
                tt_read_pixels(dataset, 16, pixels, 0, row, values);
                for (int32_t k = 0; k < 16; k++)
                    assert_near(values[k], (i * 7 + k * 5) % 17, 1e-5, 1e-5);
                tt_write_pixels(dataset, 16, pixels, values, x);
                for (int32_t k = 0; k < 16; k++)
                    assert_near(x[k], row[k], 1e-5, 1e-5);
            }
            tt_config_free(config);
            tt_dataset_free(dataset);
        }
    tt_free_text(text);
}

static void the_text_tells_size_range_and_columns(void **state) {
    (void)state;
    static const char text[] = "pix1,pix2,pix3,y\n1,0,0,0\n2,9,1,1\n3,4,5,0\n4,4,2,1\n5,3,3,0\n";
    static const char cfg[] = "split.validation = 0\ndata.image = 2x2\ndata.ignore = pix3";
    tt_error error;
    expect_bad_setting(text, "data.image = 2x2\ndata.ignore = pix2,pix3", "data.image",
                       "1 columns");
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    char *json = tt_image_json(dataset, config, &error);
    assert_string_equal(json, "{\"height\":2,\"width\":2,\"set\":true,\"low\":0,\"high\":9,"
                              "\"columns\":[null,\"pix1\",\"pix2\",null]}");
    tt_free_text(json);
    tt_config_set(config, "data.image", "none", &error);
    json = tt_image_json(dataset, config, &error);
    assert_string_equal(json, "null");
    tt_free_text(json);
    tt_config_free(config);
    tt_dataset_free(dataset);
}

static void a_model_knows_its_pictures(void **state) {
    (void)state;
    tt_error error;
    static const char cfg[] = "train.epochs = 1\nmodel.hidden = 4";
    char *text = pixel_table("pixel_%i_%i", true, 4, 5, 0, 16);
    tt_dataset *dataset = good_dataset(text, cfg);
    tt_config *config = config_of(cfg);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    tt_model *model = tt_model_new(trainer, TT_PRESENT, &error);
    char *json = tt_model_json(model);
    assert_mentions(json, "\"image\":{\"height\":4,\"width\":5,\"set\":false");
    tt_free_text(json);
    tt_model_free(model);
    tt_trainer_free(trainer);
    tt_config_free(config);
    tt_dataset_free(dataset);
    tt_free_text(text);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(pictures_are_found_by_names_and_ranges),
    cmocka_unit_test(other_tables_are_no_pictures),
    cmocka_unit_test(a_size_says_more_than_the_names),
    cmocka_unit_test(pixels_lie_where_their_names_say),
    cmocka_unit_test(pixels_come_back_through_every_scaler),
    cmocka_unit_test(the_text_tells_size_range_and_columns),
    cmocka_unit_test(a_model_knows_its_pictures),
};

RUN_TESTS(tests)
