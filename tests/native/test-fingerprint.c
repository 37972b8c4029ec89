#include "unit.h"

#include "hash.h"
#include "read-csv.h"

/* Published values of XXH64 with seed 0. */
static void a_hash_has_the_published_values(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint64_t value;
    } cases[] = {
        {"", 0xef46db3751d8e999u},
        {"a", 0xd24ec4f1a98c6e5bu},
        {"abc", 0x44bc2cf5ad770999u},
        {"Nobody inspects the spammish repetition", 0xfbcea83c8a378bf1u},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tt_hash hash = tt_hash_new();
        tt_hash_add(&hash, cases[i].text, strlen(cases[i].text));
        assert_true(tt_hash_value(&hash) == cases[i].value);
    }
}

static void any_chunks_give_the_same_hash(void **state) {
    (void)state;
    unsigned char bytes[200];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        tt_hash whole = tt_hash_new();
        tt_hash_add(&whole, bytes, size);
        for (size_t chunk = 1; chunk <= 70; chunk++) {
            tt_hash hash = tt_hash_new();
            for (size_t at = 0; at < size; at += chunk)
                tt_hash_add(&hash, bytes + at, size - at < chunk ? size - at : chunk);
            assert_true(tt_hash_value(&hash) == tt_hash_value(&whole));
        }
    }
}

static void a_table_has_the_hash_of_its_file(void **state) {
    (void)state;
    static const char text[] = "\xef\xbb\xbf"
                               "a,b\r\n1,2\r\n\r\n3,4\r\n5,6\r\n7,8\r\n9,10";
    tt_hash hash = tt_hash_new();
    tt_hash_add(&hash, text, sizeof text - 1);
    tt_random random = tt_random_new(3, TT_FOR_SPLIT);
    for (uint32_t longest = 1; longest < 40; longest += 6) {
        tt_error error;
        tt_table *table = read_in_chunks(&random, text, sizeof text - 1, longest, "", &error);
        assert_non_null(table);
        assert_true(tt_table_fingerprint(table) == tt_hash_value(&hash));
        tt_table_free(table);
    }
}

static void one_byte_makes_another_file(void **state) {
    (void)state;
    tt_table *one = good_table("a,b\n1,2\n3,4\n", ""), *other = good_table("a,b\n1,2\n3,5\n", "");
    assert_true(tt_table_fingerprint(one) != tt_table_fingerprint(other));
    tt_table_free(one);
    tt_table_free(other);
}

static void the_json_gives_sixteen_digits(void **state) {
    (void)state;
    tt_table *table = good_table("a,b\n1,2\n3,4\n", "");
    char digits[64], *json = tt_table_json(table, 0);
    snprintf(digits, sizeof digits, "\"fingerprint\":\"%016llx\"",
             (unsigned long long)tt_table_fingerprint(table));
    assert_non_null(strstr(json, digits));
    tt_free_text(json);
    tt_table_free(table);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_hash_has_the_published_values),
    cmocka_unit_test(any_chunks_give_the_same_hash),
    cmocka_unit_test(a_table_has_the_hash_of_its_file),
    cmocka_unit_test(one_byte_makes_another_file),
    cmocka_unit_test(the_json_gives_sixteen_digits),
};

RUN_TESTS(tests)
