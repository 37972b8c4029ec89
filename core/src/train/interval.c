#include <math.h>

#include "maths.h"
#include "tabtrain/cross-validation.h"

/* The 97.5th percentile of Student's t: exact where the spread is wide, and beyond by the expansion
 * in powers of 1/freedom (Abramowitz and Stegun, 26.7.5), which is within 4e-6 there. */
static double student_t(int32_t freedom) {
    static const double exact[] = {12.706204736, 4.302652730, 3.182446305, 2.776445105,
                                   2.570581836,  2.446911851, 2.364624252, 2.306004135,
                                   2.262157163,  2.228138852};
    const int32_t n_exact = sizeof exact / sizeof exact[0];
    if (freedom <= n_exact)
        return exact[freedom - 1];
    const double z = 1.9599639845400536, z2 = z * z, v = freedom;
    double g1 = (z2 + 1) * z / 4;
    double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
    double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
    double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160;
    return z + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v;
}

tt_interval tt_interval_of(int32_t n, const double *values, double overlap) {
    tt_interval interval = {.mean = NAN, .deviation = NAN, .low = NAN, .high = NAN};
    double sum = 0, squares = 0;
    for (int32_t i = 0; i < n; i++) {
        sum += isfinite(values[i]) ? values[i] : 0;
        interval.n += isfinite(values[i]);
    }
    if (interval.n > 0)
        interval.mean = sum / interval.n;
    if (interval.n < 2)
        return interval;
    for (int32_t i = 0; i < n; i++) {
        double d = values[i] - interval.mean;
        squares += isfinite(values[i]) ? d * d : 0;
    }
    interval.deviation = tt_sqrt(squares / (interval.n - 1));
    double reach =
        student_t(interval.n - 1) * interval.deviation * tt_sqrt(1.0 / interval.n + overlap);
    interval.low = interval.mean - reach;
    interval.high = interval.mean + reach;
    return interval;
}
