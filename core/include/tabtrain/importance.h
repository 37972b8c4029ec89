#ifndef TABTRAIN_IMPORTANCE_H
#define TABTRAIN_IMPORTANCE_H

#include "tabtrain/model.h"

/* Permutation importance of a column of the file: how much worse the model becomes when the values
 * of that column are shuffled among the rows, all the features it was encoded to together (Breiman,
 * 2001: "Random forests", section 10; scikit-learn's permutation_importance). */
typedef struct tt_importance tt_importance;

/* Borrows model and data set, the one the model was trained on, and scores the model once on the
 * part as it is: on all its rows, or on `max_rows` of them drawn once. The shuffles follow from
 * `seed` and the column alone. TT_BAD_SETTING when the part has no rows. */
tt_importance *tt_importance_new(tt_model *model, const tt_dataset *dataset, tt_part part,
                                 int32_t column, int64_t max_rows, uint64_t seed, tt_error *error);
void tt_importance_free(tt_importance *importance);

/* Shuffles once more and scores the model again. */
void tt_importance_shuffle(tt_importance *importance);

/* What the shuffles so far have told. */
typedef struct tt_importance_result {
    int64_t n_rows;
    int32_t n_shuffles;
    double loss, metric;                       /* of the rows as they are */
    double loss_rise, loss_rise_deviation;     /* shuffled - loss: mean, population deviation */
    double metric_drop, metric_drop_deviation; /* by how much the metric becomes worse; NaN where
                                                  it is not defined */
} tt_importance_result;

void tt_importance_result_of(const tt_importance *importance, tt_importance_result *result);

#endif
