#include "normal.h"

#include "maths.h"

double tt_random_normal(tt_random *random) {
    const double two_pi = 6.28318530717958647693;
    double u = 1 - tt_random_uniform(random);
    double angle = two_pi * tt_random_uniform(random);
    return tt_sqrt(-2 * tt_log(u)) * tt_cos(angle);
}
