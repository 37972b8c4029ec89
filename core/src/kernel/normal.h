#ifndef TT_NORMAL_H
#define TT_NORMAL_H

#include "random.h"

/* A draw from the standard normal distribution (Box and Muller, 1958). It takes two uniform numbers
 * and keeps none for later, so that the state of a sequence is that of its integers. */
double tt_random_normal(tt_random *random);

/* The share of the standard normal distribution that lies below x. */
double tt_normal_share(double x);

/* The number below which the share p of the standard normal distribution lies, 0 < p < 1, with a
 * relative error below 1e-8 for p from 1e-7 to 1 - 1e-7. */
double tt_normal_quantile(double p);

#endif
