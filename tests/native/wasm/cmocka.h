#ifndef CMOCKA_H
#define CMOCKA_H

/* The part of cmocka's interface that the tests use, for wasm, where cmocka is not packaged and
 * longjmp needs JavaScript: a failed check prints cmocka's summary and ends the program, so tests
 * after it are not run. Output lines are cmocka's. */

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*test_func)(void **state);
    int (*setup_func)(void **state);
    int (*teardown_func)(void **state);
    void *initial_state;
};

static struct {
    const char *name;
    size_t n_passed;
} cm_running;

#define print_message(...) printf(__VA_ARGS__)
#define print_error(...)   printf(__VA_ARGS__)

#define cmocka_unit_test_prestate_setup_teardown(f, setup, teardown, state)                        \
    { #f, f, setup, teardown, state }
#define cmocka_unit_test_setup_teardown(f, setup, teardown)                                        \
    cmocka_unit_test_prestate_setup_teardown(f, setup, teardown, NULL)
#define cmocka_unit_test_prestate(f, state)                                                        \
    cmocka_unit_test_prestate_setup_teardown(f, NULL, NULL, state)
#define cmocka_unit_test_setup(f, setup)       cmocka_unit_test_setup_teardown(f, setup, NULL)
#define cmocka_unit_test_teardown(f, teardown) cmocka_unit_test_setup_teardown(f, NULL, teardown)
#define cmocka_unit_test(f)                    cmocka_unit_test_setup_teardown(f, NULL, NULL)

#define cmocka_run_group_tests(tests, setup, teardown)                                             \
    cm_run_group(#tests, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)

_Noreturn static inline void cm_fail(const char *file, int line) {
    printf("%s:%d: error: Failure!\n", file, line);
    printf("[  FAILED  ] %s\n", cm_running.name);
    printf("[  PASSED  ] %zu test(s).\n", cm_running.n_passed);
    printf("[  FAILED  ] 1 test(s), listed below:\n[  FAILED  ] %s\n", cm_running.name);
    exit(1);
}

static inline int cm_run_group(const char *group, const struct CMUnitTest *tests, size_t n_tests,
                               int (*setup)(void **), int (*teardown)(void **)) {
    printf("[==========] %s: Running %zu test(s).\n", group, n_tests);
    void *group_state = NULL;
    cm_running.name = group;
    cm_running.n_passed = 0;
    if (setup != NULL && setup(&group_state) != 0)
        cm_fail(group, 0);
    for (size_t i = 0; i < n_tests; i++) {
        void *state = tests[i].initial_state != NULL ? tests[i].initial_state : group_state;
        cm_running.name = tests[i].name;
        printf("[ RUN      ] %s\n", tests[i].name);
        if (tests[i].setup_func != NULL && tests[i].setup_func(&state) != 0)
            cm_fail(tests[i].name, 0);
        tests[i].test_func(&state);
        if (tests[i].teardown_func != NULL && tests[i].teardown_func(&state) != 0)
            cm_fail(tests[i].name, 0);
        printf("[       OK ] %s\n", tests[i].name);
        cm_running.n_passed++;
    }
    cm_running.name = group;
    if (teardown != NULL && teardown(&group_state) != 0)
        cm_fail(group, 0);
    printf("[==========] %s: %zu test(s) run.\n", group, n_tests);
    printf("[  PASSED  ] %zu test(s).\n", cm_running.n_passed);
    return 0;
}

static inline void cm_integers(int holds, uintmax_t a, const char *relation, uintmax_t b,
                               const char *file, int line) {
    if (!holds) {
        printf("%#" PRIxMAX " %s %#" PRIxMAX "\n", a, relation, b);
        cm_fail(file, line);
    }
}

static inline void cm_strings(int wanted_equal, const char *a, const char *b, const char *file,
                              int line) {
    if ((strcmp(a, b) == 0) != wanted_equal) {
        printf("\"%s\" %s \"%s\"\n", a, wanted_equal ? "!=" : "==", b);
        cm_fail(file, line);
    }
}

static inline void cm_condition(int holds, const char *text, const char *file, int line) {
    if (!holds) {
        printf("%s\n", text);
        cm_fail(file, line);
    }
}

static inline void cm_equal(int wanted, uintmax_t a, uintmax_t b, const char *file, int line) {
    cm_integers((a == b) == wanted, a, wanted ? "!=" : "==", b, file, line);
}

static inline void cm_in_range(uintmax_t value, uintmax_t low, uintmax_t high, const char *file,
                               int line) {
    cm_integers(value >= low, value, "<", low, file, line);
    cm_integers(value <= high, value, ">", high, file, line);
}

/* Functions underneath, so that each argument is evaluated once. */
#define assert_true(c)             cm_condition(!!(c), #c, __FILE__, __LINE__)
#define assert_false(c)            cm_condition(!(c), "!(" #c ")", __FILE__, __LINE__)
#define assert_non_null(c)         assert_true((c) != NULL)
#define assert_null(c)             assert_true((c) == NULL)
#define assert_ptr_equal(a, b)     assert_true((const void *)(a) == (const void *)(b))
#define assert_ptr_not_equal(a, b) assert_true((const void *)(a) != (const void *)(b))
#define assert_int_equal(a, b)     cm_equal(1, (uintmax_t)(a), (uintmax_t)(b), __FILE__, __LINE__)
#define assert_int_not_equal(a, b) cm_equal(0, (uintmax_t)(a), (uintmax_t)(b), __FILE__, __LINE__)
#define assert_in_range(value, low, high)                                                          \
    cm_in_range((uintmax_t)(value), (uintmax_t)(low), (uintmax_t)(high), __FILE__, __LINE__)
#define assert_string_equal(a, b)           cm_strings(1, a, b, __FILE__, __LINE__)
#define assert_string_not_equal(a, b)       cm_strings(0, a, b, __FILE__, __LINE__)
#define assert_memory_equal(a, b, size)     assert_true(memcmp(a, b, size) == 0)
#define assert_memory_not_equal(a, b, size) assert_true(memcmp(a, b, size) != 0)
#define fail()                              cm_fail(__FILE__, __LINE__)
#define fail_msg(...)                                                                              \
    do {                                                                                           \
        printf("ERROR: ");                                                                         \
        printf(__VA_ARGS__);                                                                       \
        printf("\n");                                                                              \
        cm_fail(__FILE__, __LINE__);                                                               \
    } while (0)

#endif
