#ifndef TABTRAIN_EXPLAIN_H
#define TABTRAIN_EXPLAIN_H

#include "tabtrain/trainer.h"

/* The arithmetic of one parameter: its gradient as a sum over rows, and the same by a central
 * difference.
 *
 * For weight (j, i) of a layer, which leads from input a_i to the sum s_j = sum_i w_ji a_i + b_j,
 *
 *     gradient = sum_rows delta_j a_i / weight + penalty,   delta_j = d loss(row) / d s_j,
 *
 * where `weight` is what all rows count together: their number, unless rows are weighted. For a
 * bias a_i is 1. A scale or shift of a normalization and a trained slope have no terms, only the
 * gradient. */
typedef struct tt_term {
    int64_t row;       /* of the training part */
    int64_t table_row; /* of the table, from 0 */
    double input;      /* a_i */
    double delta;      /* delta_j of the row's own loss */
    double product;    /* input * delta */
} tt_term;

typedef struct tt_explanation {
    char name[24];       /* of the tensor */
    int32_t row, column; /* in the tensor */
    double value;        /* of the parameter */
    int32_t n_terms;     /* as many as there are rows; 0 where the tensor has none */
    double sum;          /* of the products; NaN without terms */
    double weight;
    double penalty;                /* what the penalties add to the gradient */
    double gradient;               /* by backpropagation, with the penalties */
    double step;                   /* h of the central difference */
    double loss_above, loss_below; /* mean loss with the penalties at value + h and value - h, by
                                      the naive twin in double */
    double difference;             /* (loss_above - loss_below) / 2h */
    double relative_error; /* |gradient - difference| / the larger of the two; 0 when equal */
} tt_explanation;

/* On the first `n_rows` training rows, a chunk at the most (256, fewer in a large network). `terms`
 * has room for n_rows. The run goes on as if nothing had happened. TT_BAD_SETTING for a parameter
 * that is not there, TT_NO_MEMORY. */
tt_status tt_trainer_explain(tt_trainer *trainer, int32_t tensor, int32_t row, int32_t column,
                             int32_t n_rows, tt_term *terms, tt_explanation *explanation,
                             tt_error *error);

/* The same as one JSON text (schema: explain.c). The caller frees it with tt_free_text. NULL with
 * an error. */
char *tt_trainer_explain_json(tt_trainer *trainer, int32_t tensor, int32_t row, int32_t column,
                              int32_t n_rows, tt_error *error);

#endif
