#ifndef TT_CHECKER_H
#define TT_CHECKER_H

#include "aside.h"

/* Backpropagation and central differences of the naive twin on the same rows, with the same dropout
 * masks, beside the run. */
typedef struct tt_checker {
    tt_aside aside;
    int32_t n_rows; /* the first of the training part, a chunk at the most */
    const float *x; /* of these rows */
    double weight;  /* of these rows together */
    double *parameters, *room;
} tt_checker;

/* A central difference: (above - below) / (2 step). `above` and `below` are the mean loss with the
 * penalties, in double. */
typedef struct tt_difference {
    double step, above, below, slope;
} tt_difference;

/* From here to the end the run stands aside. TT_NO_MEMORY: there is nothing to end. */
tt_status tt_checker_begin(tt_checker *checker, tt_trainer *trainer, int32_t n_rows,
                           tt_error *error);
void tt_checker_end(tt_checker *checker);

/* The gradient of the mean loss, without penalties, into network.gradient, from the last layer down
 * to layer `last`; returns the gradient of its sums: see tt_network_backward_to. Draws the masks
 * that the differences go by. */
const float *tt_checker_backpropagate(tt_checker *checker, int32_t last);

/* For the parameter at `index` of the flat array. */
tt_difference tt_checker_difference(const tt_checker *checker, int64_t index);

#endif
