#include "strtod-twin.h"

#include "random.h"

static double random_double(tt_random *random) {
    uint64_t bits;
    double value;
    do {
        bits = (uint64_t)tt_random_bits(random) << 32 | tt_random_bits(random);
    } while ((bits >> 52 & 0x7ff) == 0x7ff);
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void test_parses_hard_cases(void **state) {
    (void)state;
    const char *const cases[] = {
        "0",
        "-0",
        "0.0e10",
        "0e999999999999999999999",
        "00000.1",
        "1.",
        ".5",
        "+7",
        "1E+2",
        "1e-2",
        "5e-324",
        "2.4703282292062327208e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017"
        "977"
        "587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854"
        "84"
        "581771153176447573027006985557136695962284291481986083493647529271907416844436551070434271"
        "15"
        "59699508093042880177904174497792",
        "1e-400",
        "1e400",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "9007199254740993.0",
        "9007199254740993.00000000000000000000000000000000000000001",
        "9007199254740992.99999999999999999999999999999999999999999",
        "9007199254740995",
        "1e22",
        "1e23",
        "8.5e22",
        "123456789012345678e22",
        "18446744073709551615",
        "18446744073709551616",
        "9999999999999999999e27",
        "9999999999999999999e-27",
        "1000000000000000001e-27",
        "0.30000000000000004",
        "6.0221407599999999e23",
        "3.1415926535897932384626433832795028841971693993751",
        "4503599627370496.5",
        "4503599627370497.5",
        "4503599627370497.4999999999999999999999999",
        "7.4109846876186981626485318930233205854758970392148714663837852375101326090531312779794975"
        "454245398856969484704316857659638998506553390969459816219401617281718945106978546710679176"
        "87"
        "25716963477283446498e-324",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        compare_with_strtod(cases[i]);
}

static void test_parses_any_number_of_digits(void **state) {
    (void)state;
    enum { N = 3000 };
    char text[N + 64];
    memset(text, '3', N);
    strcpy(text + N, "e-3000");
    compare_with_strtod(text);
    text[1] = '.';
    strcpy(text + N, "e-310");
    compare_with_strtod(text);
    memset(text, '0', N);
    memcpy(text, "0.", 2);
    strcpy(text + N, "123456789e2990");
    compare_with_strtod(text);

    /* A midpoint, thousands of zeros, and a last digit that breaks the tie. */
    memset(text, '0', N);
    memcpy(text, "9007199254740993.", 17);
    strcpy(text + N, "0");
    compare_with_strtod(text);
    strcpy(text + N, "1");
    compare_with_strtod(text);
}

static void test_scans_plain_numbers(void **state) {
    (void)state;
    const char *const plain[] = {"0",     "7",           "-7",
                                 "+12.5", ".5",          "5.",
                                 "0.001", "12345678",    "1234567890123456789",
                                 "-0.12", "1.234567",    "12345678.12345678",
                                 "1e5",   "-6.90815e+5", "12345678.1234567",
                                 "1E-30", "0e5"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (!scan_and_compare(plain[i], strtod(plain[i], NULL)))
            fail_msg("%s is plain", plain[i]);
    const char *const others[] = {"",
                                  "-",
                                  ".",
                                  "007",
                                  "00.5",
                                  "-01",
                                  "x",
                                  "--1",
                                  "inf",
                                  ",5",
                                  "12345678901234567890",
                                  "1e",
                                  "1e+",
                                  "1e1234",
                                  "1e999"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char bytes[TT_NUMBER_ROOM + 32] = "";
        double value;
        strcpy(bytes, others[i]);
        assert_null(tt_scan_number(bytes, bytes + sizeof bytes, &value));
        assert_null(tt_scan_number(bytes, bytes + TT_NUMBER_ROOM - 1, &value));
    }
}

static void test_parses_infinities(void **state) {
    (void)state;
    const char *const words[] = {"inf", "INF", "-inf", "+Infinity", "-iNfInItY"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        compare_with_strtod(words[i]);
}

static void test_refuses_everything_else(void **state) {
    (void)state;
    const char *const texts[] = {"",     " ",   "1 ",  " 1",    ".",     "-",    "+",
                                 "e5",   "1e",  "1e+", "1e-",   "1.2.3", "--1",  "+-1",
                                 "0x1",  "nan", "1,5", "1e5.0", "in",    "infi", "infx",
                                 "1_00", "1f",  "١",   "1e5e5", ".e1",   "i.nf"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 42;
        assert_false(tt_parse_decimal(texts[i], strlen(texts[i]), &value));
        assert_true(value == 42);
    }
    double value = 42;
    assert_false(tt_parse_decimal("1\0", 2, &value));
    assert_true(tt_parse_decimal("12345", 2, &value));
    assert_true(value == 12);
}

static void assert_format(double value, const char *wanted) {
    char text[TT_DECIMAL_SIZE];
    size_t size = tt_format_decimal(value, text);
    assert_string_equal(text, wanted);
    assert_int_equal(size, strlen(wanted));
}

static void test_formats_known_values(void **state) {
    (void)state;
    const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {150, "150"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {2.0 / 3, "0.6666666666666666"},
        {100000000000000, "100000000000000"},
        {999999999999999, "999999999999999"},
        {1e15, "1e15"},
        {-1.25e15, "-1.25e15"},
        {0.000001, "0.000001"},
        {0.00000123456789012345678, "0.0000012345678901234567"},
        {9.5e-7, "9.5e-7"},
        {1e-10, "1e-10"},
        {1e23, "1e23"},
        {9007199254740993.0, "9.007199254740992e15"},
        {0x1p-44, "5.684341886080802e-14"},
        {0x1p-1022, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {(double)0.1f, "0.10000000149011612"},
        {__builtin_inf(), "inf"},
        {-__builtin_inf(), "-inf"},
        {__builtin_nan(""), "nan"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_format(cases[i].value, cases[i].text);
}

/* A number of significant digits that reads back, found with printf: the nearest one of each
 * length. A formatter may beat it by one digit at powers of two, never lose. */
static int shortest_with_printf(double value) {
    char text[64];
    for (int n = 1; n < 17; n++) {
        snprintf(text, sizeof text, "%.*e", n - 1, value);
        if (strtod(text, NULL) == value)
            return n;
    }
    return 17;
}

static int count_significant(const char *text) {
    int n = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (n == 0 && *text == '0'))
            continue;
        zeros = *text == '0' ? zeros + 1 : 0;
        n++;
    }
    return n - zeros;
}

static void check_round_trip(double value) {
    char text[TT_DECIMAL_SIZE];
    double back;
    size_t size = tt_format_decimal(value, text);
    assert_in_range(size, 1, TT_DECIMAL_SIZE - 1);
    if (!tt_parse_decimal(text, size, &back) || memcmp(&back, &value, sizeof value) != 0)
        fail_msg("%a reads back from %s as %a", value, text, back);
    if (count_significant(text) > shortest_with_printf(value))
        fail_msg("%a has a shorter form than %s", value, text);
}

static void test_formats_round_trip(void **state) {
    (void)state;
    tt_random random = tt_random_new(4, TT_FOR_SPLIT);
    for (int i = 0; i < 3000; i++) {
        check_round_trip(random_double(&random));
        check_round_trip((int32_t)tt_random_bits(&random) / 1000.0);
        check_round_trip((float)tt_random_uniform(&random));
    }
    double power = 0x1p-1074;
    for (; power < 0x1p1023; power *= 2)
        check_round_trip(power);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parses_hard_cases),
        cmocka_unit_test(test_parses_any_number_of_digits),
        cmocka_unit_test(test_scans_plain_numbers),
        cmocka_unit_test(test_parses_infinities),
        cmocka_unit_test(test_refuses_everything_else),
        cmocka_unit_test(test_formats_known_values),
        cmocka_unit_test(test_formats_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
