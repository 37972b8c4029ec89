#ifndef TT_NORMAL_H
#define TT_NORMAL_H

#include "random.h"

/* A draw from the standard normal distribution (Box and Muller, 1958). It takes two uniform numbers
 * and keeps none for later, so that the state of a sequence is that of its integers. */
double tt_random_normal(tt_random *random);

#endif
