#include "augmentation.h"

#include "maths.h"
#include "normal.h"
#include "params.h"

static const tt_param noise_params[] = {
    TT_REAL("share", "Share", "Deviation of the noise, as a share of that of each column.", 0, 10,
            0.1),
};

static void add_noise(const double *p, int32_t n, const float *deviations, tt_random *random,
                      float *x) {
    for (int32_t i = 0; i < n; i++)
        if (deviations[i] > 0)
            x[i] += (float)(p[0] * (double)deviations[i] * tt_random_normal(random));
}

enum { SHIFT, ROTATION, BACKGROUND };

static const tt_param affine_params[] = {
    [SHIFT] = TT_INTEGER(
        "shift", "Shift",
        "Up to so many whole pixels in each direction; one is much for pictures of 8 by 8.", 0, 100,
        1),
    [ROTATION] = TT_REAL("rotation", "Rotation",
                         "Up to so many degrees about the centre, both ways.", 0, 180, 10),
    [BACKGROUND] =
        TT_REAL("background", "Background",
                "What comes in from outside the picture, as a value of the file.", -1e9, 1e9, 0),
};

static const double radians_per_degree = 3.14159265358979323846 / 180;

/* How far a picture is moved: the pixel at (row, column) comes from the place
 * (row_at + cos row - sin column, column_at + sin row + cos column). */
typedef struct motion {
    double cos, sin, row_at, column_at;
} motion;

static int32_t draw_shift(const double *p, tt_random *random) {
    int32_t most = (int32_t)p[SHIFT];
    return (int32_t)tt_random_below(random, (uint32_t)(2 * most + 1)) - most;
}

static motion draw_motion(const double *p, int32_t height, int32_t width, tt_random *random) {
    double down = draw_shift(p, random), right = draw_shift(p, random);
    double angle = p[ROTATION] * (2 * tt_random_uniform(random) - 1) * radians_per_degree;
    double row = (height - 1) / 2.0, column = (width - 1) / 2.0;
    motion m = {.cos = tt_cos(angle), .sin = tt_sin(angle)};
    m.row_at = row - m.cos * (row + down) + m.sin * (column + right);
    m.column_at = column - m.sin * (row + down) - m.cos * (column + right);
    return m;
}

static int32_t floor_of(double x) {
    int32_t whole = (int32_t)x;
    return whole > x ? whole - 1 : whole;
}

/* Between the four pixels around a place, those outside being `outside`. */
static float sample(int32_t height, int32_t width, const float *pixels, float outside, double row,
                    double column) {
    int32_t top = floor_of(row), left = floor_of(column);
    double down = row - top, right = column - left, value = 0;
    for (int32_t i = 0; i < 2; i++)
        for (int32_t j = 0; j < 2; j++) {
            int32_t r = top + i, c = left + j;
            bool inside = r >= 0 && r < height && c >= 0 && c < width;
            double share = (i ? down : 1 - down) * (j ? right : 1 - right);
            value += share * (double)(inside ? pixels[r * width + c] : outside);
        }
    return (float)value;
}

static void move(const double *p, int32_t height, int32_t width, tt_random *random,
                 const float *pixels, float *changed) {
    motion m = draw_motion(p, height, width, random);
    for (int32_t r = 0; r < height; r++)
        for (int32_t c = 0; c < width; c++)
            changed[r * width + c] =
                sample(height, width, pixels, (float)p[BACKGROUND],
                       m.row_at + m.cos * r - m.sin * c, m.column_at + m.sin * r + m.cos * c);
}

static double background(const double *p) {
    return p[BACKGROUND];
}

const tt_augmentation tt_augmentations[] = {
    {.about = {.key = "noise",
               .label = "Noise on numbers",
               .help = "Shakes each column of numbers by a share of its own deviation; categories, "
                       "dates and flags stay as they are.",
               .formula = "x = x + s·σⱼ·ε, ε ~ N(0, 1)",
               .source = "Bishop, 1995",
               .names = {.keras = "layers.GaussianNoise"},
               .differs = "Keras adds one deviation to every input, one-hot ones too: that is the "
                          "setting Input noise.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(noise_params)},
     .inputs = add_noise},
    {.about = {.key = "affine",
               .label = "Shifts and rotations",
               .help = "Moves and turns each picture a little. For rows whose columns are pixels.",
               .formula = "x(r) = x₀(R(−θ)(r − c − d) + c), d ≤ p, θ ≤ a",
               .source = "Simard, Steinkraus and Platt, 2003",
               .names = {.pytorch = "torchvision.transforms.RandomAffine",
                         .keras = "layers.RandomTranslation, layers.RandomRotation"},
               .differs =
                   "Shifts are whole pixels, and pixels between others are found bilinearly; "
                   "PyTorch takes the nearest one unless told otherwise, and Keras mirrors "
                   "the picture at its edges.",
               .tasks = TT_ANY_TASK,
               TT_PARAMS(affine_params)},
     .picture = move,
     .background = background},
};

const tt_family tt_augmentation_family = {
    .key = "augmentation",
    .label = "Augmentation",
    .help =
        "Changes the training rows a little each time they are used, so that the network cannot "
        "learn them by heart. Rows that judge are never changed.",
    .pick = TT_PICK_ANY,
    .choice = "",
    TT_ROWS(tt_augmentations),
};
