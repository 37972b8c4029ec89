#include "tabtrain/image.h"

#include <string.h>

#include "dataset-store.h"
#include "pixels.h"
#include "settings.h"

enum {
    LEAST_SIDE = 4,
    LEAST_BLIND_SIDE = 6, /* where no name says pixel: many tables have 16 or 25 scores of a kind */
    LEAST_GREYS = 15,     /* likewise, the highest value */
    MOST_SIDE = 1024,
    MOST_DIGITS = 6,
    MOST_BETWEEN = 3, /* characters between the two numbers of a name */
    MOST_GROUPS = 50, /* that are looked at, of columns with names alike */
};

/* The last one or two numbers of a name, and how long the text before them is. */
typedef struct pixel_name {
    bool two;
    int32_t row, column; /* of one number only the column */
    size_t prefix;
} pixel_name;

/* The columns with names alike. */
typedef struct pixel_group {
    int32_t leader; /* one of them; -1 for all numbers */
    pixel_name name;
    int32_t n;
    int32_t least, most_row, most_column;
    double low, high; /* over all of them */
    bool whole;
} pixel_group;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The number that ends before `*end`, which then is where it begins; -1 without one. */
static int32_t number_before(const char *name, size_t *end) {
    size_t begin = *end;
    while (begin > 0 && is_digit(name[begin - 1]))
        begin--;
    if (begin == *end || *end - begin > MOST_DIGITS)
        return -1;
    int32_t number = 0;
    for (size_t i = begin; i < *end; i++)
        number = 10 * number + (name[i] - '0');
    *end = begin;
    return number;
}

static bool read_name(const char *name, pixel_name *parts) {
    size_t end = strlen(name);
    end -= end > 0 && !is_digit(name[end - 1]);
    int32_t column = number_before(name, &end);
    *parts = (pixel_name){.column = column, .prefix = end};
    if (column < 0)
        return false;
    for (size_t between = 1; between <= MOST_BETWEEN && between < end; between++) {
        size_t before = end - between;
        if (!is_digit(name[before - 1]))
            continue;
        int32_t row = number_before(name, &before);
        if (row >= 0)
            *parts = (pixel_name){true, row, column, before};
        break;
    }
    return true;
}

/* Whether encoder `e` belongs to the group, and its parts of the name. */
static bool is_in(const tt_dataset *dataset, const pixel_group *group, int32_t e,
                  pixel_name *parts) {
    if (dataset->encoders[e].coding != TT_CODE_NUMBER)
        return false;
    if (group->leader < 0)
        return true;
    const char *name = dataset->column_names[e], *first = dataset->column_names[group->leader];
    return read_name(name, parts) && parts->two == group->name.two &&
           parts->prefix == group->name.prefix && memcmp(name, first, parts->prefix) == 0;
}

static pixel_group gather(const tt_dataset *dataset, int32_t leader) {
    pixel_group all = {.leader = leader, .least = INT32_MAX, .whole = true};
    if (leader >= 0 && !read_name(dataset->column_names[leader], &all.name))
        return all;
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        const tt_encoder *encoder = &dataset->encoders[e];
        pixel_name parts = {0};
        if (!is_in(dataset, &all, e, &parts))
            continue;
        int32_t least = parts.two && parts.row < parts.column ? parts.row : parts.column;
        all.least = least < all.least ? least : all.least;
        all.most_row = parts.row > all.most_row ? parts.row : all.most_row;
        all.most_column = parts.column > all.most_column ? parts.column : all.most_column;
        all.low = all.n == 0 || encoder->min < all.low ? encoder->min : all.low;
        all.high = all.n == 0 || encoder->max > all.high ? encoder->max : all.high;
        all.whole &= encoder->whole;
        all.n++;
    }
    return all;
}

static bool have_one_range(const tt_dataset *dataset, const pixel_group *group) {
    int32_t at_zero = 0, high = 0;
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        pixel_name parts;
        if (!is_in(dataset, group, e, &parts))
            continue;
        at_zero += dataset->encoders[e].min == 0;
        high += dataset->encoders[e].max >= 0.9 * group->high;
    }
    return group->low == 0 && group->high > 0 && 2 * at_zero > group->n && 3 * high >= group->n;
}

static bool look_like_greys(const tt_dataset *dataset, const pixel_group *group, int32_t side) {
    return side >= LEAST_BLIND_SIDE && group->whole && group->high >= LEAST_GREYS &&
           have_one_range(dataset, group);
}

static bool says_pixel(const tt_dataset *dataset, const pixel_group *group) {
    const char *name = dataset->column_names[group->leader];
    for (size_t i = 0; i + 3 <= group->name.prefix; i++)
        if ((name[i] | 32) == 'p' && (name[i + 1] | 32) == 'i' && (name[i + 2] | 32) == 'x')
            return true;
    return false;
}

/* The side of a square of n pixels, or 0. */
static int32_t side_of(int64_t n) {
    for (int32_t side = LEAST_SIDE; (int64_t)side * side <= n; side++)
        if ((int64_t)side * side == n)
            return side;
    return 0;
}

static bool holds(const tt_image *image, int64_t n) {
    int64_t size = (int64_t)image->height * image->width;
    return n <= size && 2 * n >= size;
}

/* The picture that columns named by row and column make up, of the size that is wanted if any. */
static bool fit_two(const tt_dataset *dataset, const pixel_group *group, tt_image *image) {
    int32_t base = group->least == 0 ? 0 : 1;
    int32_t height = group->most_row + 1 - base, width = group->most_column + 1 - base;
    if (image->set && (height > image->height || width > image->width))
        return false;
    image->base = base;
    if (!image->set) {
        image->height = height;
        image->width = width;
        if (height < LEAST_SIDE || width < LEAST_SIDE ||
            !(says_pixel(dataset, group) || have_one_range(dataset, group)))
            return false;
    }
    return holds(image, group->n);
}

static bool fit_one(const tt_dataset *dataset, const pixel_group *group, tt_image *image) {
    int64_t most = group->most_column;
    if (image->set) {
        int64_t size = (int64_t)image->height * image->width;
        image->base = most == size ? 1 : 0;
        return (says_pixel(dataset, group) ? most <= size : most + 1 - image->base == size) &&
               group->least >= image->base && holds(image, group->n);
    }
    image->base = side_of(most + 1) > 0 ? 0 : 1;
    image->height = image->width = side_of(most + 1 - image->base);
    return image->height > 0 && group->least >= image->base && holds(image, group->n) &&
           (says_pixel(dataset, group) || look_like_greys(dataset, group, image->height));
}

static bool fit_all(const tt_dataset *dataset, const pixel_group *group, tt_image *image) {
    if (image->set)
        return group->n == (int64_t)image->height * image->width;
    image->height = image->width = side_of(group->n);
    return group->n == dataset->n_encoders && look_like_greys(dataset, group, image->height);
}

static bool find(const tt_dataset *dataset, tt_image *image) {
    const tt_image wanted = *image;
    pixel_group last = {.leader = -1};
    for (int32_t e = 0, n_groups = 0; e < dataset->n_encoders && n_groups < MOST_GROUPS; e++) {
        pixel_name parts;
        if (last.n > 0 && is_in(dataset, &last, e, &parts))
            continue;
        last = gather(dataset, e);
        n_groups += last.n > 0;
        *image = wanted;
        image->leader = e;
        if (last.n > 0 && (last.name.two ? fit_two : fit_one)(dataset, &last, image))
            return true;
    }
    pixel_group all = gather(dataset, -1);
    *image = wanted;
    return fit_all(dataset, &all, image);
}

/* Whether the text is a size; its numbers go to the image. */
static bool read_size(const char *text, tt_image *image) {
    size_t end = strlen(text);
    image->width = number_before(text, &end);
    if (image->width < 1 || image->width > MOST_SIDE || end < 2 || text[end - 1] != 'x')
        return false;
    end--;
    image->height = number_before(text, &end);
    return end == 0 && image->height >= 1 && image->height <= MOST_SIDE;
}

static tt_status no_such_size(const tt_dataset *dataset, const tt_image *image, tt_error *error) {
    int32_t n = dataset->n_encoders ? gather(dataset, -1).n : dataset->n_features;
    return tt_fail_key(error, "data.image",
                       "Pictures of %i x %i have %i pixels, and there are %i columns of numbers. "
                       "Give height x width of these rows, or none.",
                       (int)image->height, (int)image->width, (int)(image->height * image->width),
                       (int)n);
}

tt_status tt_image_find(const tt_dataset *dataset, const tt_config *config, tt_image *image,
                        tt_error *error) {
    const char *text = tt_config_get(config, "data.image");
    *image = (tt_image){.leader = -1};
    if (strcmp(text, "none") == 0)
        return TT_OK;
    image->set = strcmp(text, "auto") != 0;
    if (image->set && !read_size(text, image))
        return tt_fail_key(error, "data.image",
                           "\"%s\" is no size of a picture. Write height x width, such as 28x28, "
                           "or auto, or none.",
                           text);
    tt_image found = *image;
    bool good = dataset->n_encoders > 0
                    ? find(dataset, &found)
                    : image->set && found.height * found.width == dataset->n_features;
    if (good)
        *image = found;
    else if (image->set)
        return no_such_size(dataset, image, error);
    return TT_OK;
}

/* Where the pixel of a name lies in the picture, row by row. */
static int32_t place_of(const tt_image *image, const pixel_name *parts) {
    int32_t column = parts->column - image->base;
    return parts->two ? (parts->row - image->base) * image->width + column : column;
}

void tt_image_pixels(const tt_dataset *dataset, const tt_image *image, tt_pixel *pixels) {
    int32_t n = image->height * image->width, next = 0;
    for (int32_t i = 0; i < n; i++)
        pixels[i] = (tt_pixel){-1, dataset->n_encoders > 0 ? -1 : i};
    pixel_group members = {.leader = image->leader};
    if (image->leader >= 0)
        read_name(dataset->column_names[image->leader], &members.name);
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        pixel_name parts = {0};
        if (is_in(dataset, &members, e, &parts))
            pixels[image->leader < 0 ? next++ : place_of(image, &parts)] =
                (tt_pixel){e, dataset->encoders[e].first};
    }
}
