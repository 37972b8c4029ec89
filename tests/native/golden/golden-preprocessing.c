/* What scikit-learn's transformers and splitters do, by a data set made from a table as CSV. */

#include "golden.h"

void check_preprocessing(golden *g) {
    if (!golden_check_scaler(g))
        golden_unsupported(g, "no such transformer or splitter: %s%s",
                           golden_text(g->json, "transformer"), golden_text(g->json, "splitter"));
}
