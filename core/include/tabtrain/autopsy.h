#ifndef TABTRAIN_AUTOPSY_H
#define TABTRAIN_AUTOPSY_H

#include "tabtrain/trainer.h"

/* Why a run diverged: the first number that was not finite, in the order in which a step computes
 * them, and the row of the table it belongs to. */
typedef enum tt_origin {
    TT_ORIGIN_ACTIVATION, /* a layer's output overflowed */
    TT_ORIGIN_LOSS,       /* outputs are finite, the loss is not */
    TT_ORIGIN_GRADIENT,   /* the loss is finite, its gradient is not */
    TT_ORIGIN_WEIGHT,     /* the update left a weight that is not finite */
} tt_origin;

/* A step that was still good. */
typedef struct tt_vitals {
    int64_t step;         /* from 1 */
    double loss;          /* of its batch, before its update, without penalty */
    double gradient_norm; /* to about four digits where the step was not reported */
    double learning_rate;
    double largest; /* |value| among the outputs of the autopsy's layer, in the last chunk of the
                       batch */
} tt_vitals;

enum { TT_MAX_VITALS = 8 };

typedef struct tt_autopsy {
    int64_t step;      /* the step that failed, from 1; of an evaluation: the last one done */
    int64_t epoch;     /* it is in, from 1 */
    int64_t good_step; /* whose weights are back */
    bool evaluating;   /* found on evaluating, not in a step */
    tt_origin origin;
    int32_t layer; /* from 0; the output layer for TT_ORIGIN_LOSS */
    char layer_name[16];
    char tensor[24]; /* the first one, for a gradient or weight; else "" */
    tt_part part;
    int64_t row;       /* of the part: the first with a value that is not finite; of a gradient the
                          one with the largest loss in its batch; -1 for a weight, and where no row is to
                          blame */
    int64_t table_row; /* the same row of the table, from 0; -1 */
    double row_loss;   /* of that row; NaN or infinite where that is the fault */
    double largest;    /* |value| among the outputs of the layer on the rows that failed, of the
                          finite ones */
    int32_t n_vitals;
    tt_vitals vitals[TT_MAX_VITALS]; /* the last good steps, oldest first */
} tt_autopsy;

/* False when the run has not diverged. */
bool tt_trainer_autopsy(const tt_trainer *trainer, tt_autopsy *autopsy);

/* The same as one JSON text (schema: autopsy.c), "null" when the run has not diverged. The caller
 * frees it with tt_free_text. */
char *tt_trainer_autopsy_json(const tt_trainer *trainer);

#endif
