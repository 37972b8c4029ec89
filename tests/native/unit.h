#ifndef UNIT_H
#define UNIT_H

/* What every test file begins with. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* |actual - expected| <= absolute + relative |expected|, with equal infinities and NaNs as equals.
 */
#define assert_near(actual, expected, relative, absolute)                                          \
    assert_near_at(actual, expected, relative, absolute, __FILE__, __LINE__)

static inline void assert_near_at(double actual, double expected, double relative, double absolute,
                                  const char *file, int line) {
    if (isnan(actual) && isnan(expected))
        return;
    if (actual == expected || fabs(actual - expected) <= absolute + relative * fabs(expected))
        return;
    printf("%s:%d: %.17g is not near %.17g\n", file, line, actual, expected);
    assert_true(false);
}

#define RUN_TESTS(tests)                                                                           \
    int main(void) {                                                                               \
        return cmocka_run_group_tests(tests, NULL, NULL);                                          \
    }

#endif
