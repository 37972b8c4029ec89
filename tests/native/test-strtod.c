#include "strtod-twin.h"

#include "random.h"

/* Millions of numbers that differ from build to build in nothing but how many there are. */
#if defined(__OPTIMIZE__) && !defined(__wasm__)
enum { SHARE = 1 };
#else
enum { SHARE = 20 };
#endif
enum {
    N_PATTERNS = 700000 / SHARE,
    N_SCALED = 700000 / SHARE,
    N_TEXTS = 600000 / SHARE,
    N_SUBNORMAL = 200000 / SHARE,
    N_MIDPOINTS = 8000 / SHARE,
    N_LONG = 8000 / SHARE,
    MAX_TEXT = 2048,
};

static uint64_t random_bits(tt_random *random) {
    return (uint64_t)tt_random_bits(random) << 32 | tt_random_bits(random);
}

static double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double finite_double(tt_random *random) {
    uint64_t bits;
    do
        bits = random_bits(random);
    while ((bits >> 52 & 0x7ff) == 0x7ff);
    return double_of(bits);
}

/* Every exponent alike, with 1 to 25 digits. */
static void test_bit_patterns(void **state) {
    (void)state;
    tt_random random = tt_random_new(1, TT_FOR_SPLIT);
    char text[64];
    for (int i = 0; i < N_PATTERNS; i++) {
        snprintf(text, sizeof text, "%.*e", i % 25, finite_double(&random));
        compare_with_strtod(text);
    }
}

/* Whole numbers of up to 20 digits with exponents up to and beyond both ends of the range. */
static void test_scaled_integers(void **state) {
    (void)state;
    tt_random random = tt_random_new(2, TT_FOR_SPLIT);
    char text[64];
    for (int i = 0; i < N_SCALED; i++) {
        uint64_t digits = random_bits(&random) >> tt_random_below(&random, 64);
        snprintf(text, sizeof text, "%s%llu%c%d", i % 3 ? "" : "-", (unsigned long long)digits,
                 i % 2 ? 'e' : 'E', (int)tt_random_below(&random, 720) - 360);
        compare_with_strtod(text);
    }
}

/* Numbers of the kind a file holds: up to 24 digits with a point among them, small exponents. */
static void test_texts_as_in_files(void **state) {
    (void)state;
    tt_random random = tt_random_new(3, TT_FOR_SPLIT);
    for (int i = 0; i < N_TEXTS; i++) {
        char text[64];
        size_t size = 0;
        uint32_t n = 1 + tt_random_below(&random, 24), point = tt_random_below(&random, 30);
        if (tt_random_below(&random, 2))
            text[size++] = "-+"[i % 2];
        for (uint32_t j = 0; j < n; j++) {
            if (j == point)
                text[size++] = '.';
            text[size++] = (char)('0' + tt_random_below(&random, 10));
        }
        text[size] = '\0';
        if (i % 4 == 0)
            snprintf(text + size, sizeof text - size, "e%d",
                     (int)tt_random_below(&random, 80) - 40);
        compare_with_strtod(text);
    }
}

/* Where doubles have fewer digits, and around the ends of their range. */
static void test_subnormal_and_largest(void **state) {
    (void)state;
    tt_random random = tt_random_new(4, TT_FOR_SPLIT);
    const uint64_t largest = UINT64_C(0x7fefffffffffffff);
    char text[64];
    for (int i = 0; i < N_SUBNORMAL; i++) {
        uint64_t small = random_bits(&random) >> (12 + tt_random_below(&random, 52));
        uint64_t bits = i % 4 == 3 ? largest - small % 4096 : small;
        snprintf(text, sizeof text, "%.*e", i % 30, double_of(bits));
        compare_with_strtod(text);
    }
}

/* The text of a number without an exponent, with its last digit lowered, or one put far behind. */
static void compare_beside(char *text, size_t size) {
    compare_with_strtod(text);
    strcpy(text + size, "000000000000000000001");
    compare_with_strtod(text);
    size_t last = size - 1;
    while (text[last] == '0' || text[last] == '.')
        last--;
    text[last]--;
    strcpy(text + last + 1, "99999999999999999999");
    compare_with_strtod(text);
}

/* Half-way between two doubles, in all its digits: a tie, and just beyond it on both sides. A long
 * double has the one bit more that it takes. */
static void test_midpoints(void **state) {
    (void)state;
    tt_random random = tt_random_new(5, TT_FOR_SPLIT);
    char text[MAX_TEXT];
    for (int i = 0; i < N_MIDPOINTS; i++) {
        uint64_t bits = random_bits(&random) >> 1;
        if (i % 2)
            bits = (UINT64_C(1023) - 60 + i % 120) << 52 | (bits & ((UINT64_C(1) << 52) - 1));
        if (i % 8 == 0)
            bits >>= 11; /* subnormal */
        if (bits >> 52 >= 0x7fe)
            continue;
        long double middle = ((long double)double_of(bits) + double_of(bits + 1)) / 2;
        size_t size = (size_t)snprintf(text, sizeof text, "%.1080Lf", middle);
        compare_beside(text, size);
    }
}

/* Hundreds of digits, zeros in front and behind, and exponents that make up for them. */
static void test_long_texts(void **state) {
    (void)state;
    tt_random random = tt_random_new(6, TT_FOR_SPLIT);
    char text[MAX_TEXT];
    for (int i = 0; i < N_LONG; i++) {
        size_t n_zeros = tt_random_below(&random, 700),
               n_digits = 1 + tt_random_below(&random, 900);
        size_t point = tt_random_below(&random, 1600), size = 0;
        for (size_t j = 0; j < n_zeros + n_digits; j++) {
            if (j == point)
                text[size++] = '.';
            text[size++] = j < n_zeros ? '0' : (char)('0' + tt_random_below(&random, 10));
        }
        snprintf(text + size, sizeof text - size, "e%d", (int)tt_random_below(&random, 1600) - 800);
        compare_with_strtod(text);
    }
}

static void test_huge_exponents(void **state) {
    (void)state;
    static const char *const numbers[] = {"0", "1", "0.0", "123456789012345678901234567890", ".5"};
    static const char *const exponents[] = {"e0",
                                            "e00000000000000000000000001",
                                            "e-0",
                                            "E+308",
                                            "e-324",
                                            "e309",
                                            "e-345",
                                            "e2147483647",
                                            "e2147483648",
                                            "e-2147483649",
                                            "e9223372036854775807",
                                            "e-9223372036854775808",
                                            "e18446744073709551616",
                                            "e99999999999999999999999999",
                                            "e-99999999999999999999999999"};
    char text[128];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (size_t j = 0; j < sizeof exponents / sizeof *exponents; j++) {
            snprintf(text, sizeof text, "%s%s", numbers[i], exponents[j]);
            compare_with_strtod(text);
        }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_bit_patterns),      cmocka_unit_test(test_scaled_integers),
    cmocka_unit_test(test_texts_as_in_files), cmocka_unit_test(test_subnormal_and_largest),
    cmocka_unit_test(test_midpoints),         cmocka_unit_test(test_long_texts),
    cmocka_unit_test(test_huge_exponents),
};

RUN_TESTS(tests)
