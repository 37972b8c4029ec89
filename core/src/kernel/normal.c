#include "normal.h"

#include "maths.h"

double tt_random_normal(tt_random *random) {
    const double two_pi = 6.28318530717958647693;
    double u = 1 - tt_random_uniform(random);
    double angle = two_pi * tt_random_uniform(random);
    return tt_sqrt(-2 * tt_log(u)) * tt_cos(angle);
}

static const double root_half = 0.70710678118654752440;

double tt_normal_share(double x) {
    return (1 + tt_erf(x * root_half)) / 2;
}

/* Of the upper tail: Abramowitz and Stegun, 1964, 26.2.23, with an error below 4.5e-4. */
static double rough_quantile(double tail) {
    double t = tt_sqrt(-2 * tt_log(tail));
    return t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                   (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/* Newton's steps double the digits each. */
double tt_normal_quantile(double p) {
    const double root_two_pi = 2.50662827463100050242;
    double tail = p < 0.5 ? p : 1 - p, x = rough_quantile(tail);
    for (int i = 0; i < 3; i++)
        x += (tt_normal_share(-x) - tail) * root_two_pi * tt_exp(x * x / 2);
    return p < 0.5 ? -x : x;
}
