#include <assert.h>

#include "tabtrain/config.h"

/* Every preset sets the same choices, so that one after another leaves nothing of the first. */
#define NETWORK(hidden, activation, initializer)                                                   \
    "model.hidden = " hidden "\nactivation = " activation "\ninitializer = " initializer           \
    "\nmodel.dropout = 0\nmodel.output_activation = linear\n"
#define PLAIN      "model.norm = none\nmodel.skip = 0\n"
#define NO_PENALTY "regularizer =\n"

#define LINEAR               NETWORK("", "relu", "glorot_uniform") PLAIN
#define RELU(hidden)         NETWORK(hidden, "relu", "glorot_uniform") PLAIN NO_PENALTY
#define AUTOMATIC_LOSS(rest) "loss = auto\n" rest
#define SQUARED_ERROR(rest)  "loss = mse\n" rest

static const tt_preset presets[] = {
    {"linear", "Linear regression",
     "No hidden layer and the squared error; as in scikit-learn LinearRegression once it has "
     "converged.",
     SQUARED_ERROR(LINEAR NO_PENALTY), TT_REGRESSION},
    {"ridge", "Ridge regression",
     "Linear regression with L2 on the weights. The strength is scikit-learn's alpha divided by "
     "the rows.",
     SQUARED_ERROR(LINEAR "regularizer = l2\nregularizer.l2.strength = 0.01\n"
                          "regularizer.l2.biases = 0\nregularizer.l2.form = sum\n"),
     TT_REGRESSION},
    {"lasso", "Lasso",
     "Linear regression with L1 on the weights, which drives useless ones towards zero. The "
     "strength is twice scikit-learn's alpha.",
     SQUARED_ERROR(LINEAR "regularizer = l1\nregularizer.l1.strength = 0.01\n"
                          "regularizer.l1.biases = 0\n"),
     TT_REGRESSION},
    {"elastic_net", "Elastic net", "Linear regression with L1 and L2 on the weights.",
     SQUARED_ERROR(LINEAR "regularizer = l1,l2\nregularizer.l1.strength = 0.005\n"
                          "regularizer.l1.biases = 0\nregularizer.l2.strength = 0.005\n"
                          "regularizer.l2.biases = 0\nregularizer.l2.form = sum\n"),
     TT_REGRESSION},
    {"logistic", "Logistic regression",
     "No hidden layer and binary cross-entropy: one weight for each feature. scikit-learn "
     "LogisticRegression adds L2.",
     AUTOMATIC_LOSS(LINEAR NO_PENALTY), TT_BINARY | TT_MULTILABEL},
    {"softmax", "Softmax regression",
     "No hidden layer and softmax cross-entropy: one weight for each feature and class. "
     "scikit-learn LogisticRegression adds L2.",
     AUTOMATIC_LOSS(LINEAR NO_PENALTY), TT_MULTICLASS},
    {"tanh_8_8", "8-8, tanh", "Two small smooth layers, as in many demonstrations.",
     AUTOMATIC_LOSS(NETWORK("8,8", "tanh", "glorot_uniform") PLAIN NO_PENALTY), TT_ANY_TASK},
    {"relu_64_32", "64-32, ReLU", "Two layers: a good start for a table of some thousand rows.",
     AUTOMATIC_LOSS(RELU("64,32")), TT_ANY_TASK},
    {"relu_100_64_32_1", "100-64-32-1, ReLU and sigmoid",
     "The textbooks' network for yes or no; its sigmoid is part of the loss, and the inputs are "
     "your features.",
     AUTOMATIC_LOSS(RELU("64,32")), TT_BINARY | TT_MULTILABEL},
    {"relu_784_128_10", "784-128-10, ReLU and softmax",
     "The textbooks' network for written digits; inputs and outputs are your features and classes.",
     AUTOMATIC_LOSS(RELU("128")), TT_MULTICLASS},
    {"sklearn_100", "100, as in scikit-learn",
     "One ReLU layer with the initial weights of MLPClassifier and MLPRegressor.",
     AUTOMATIC_LOSS(NETWORK("100", "relu", "sklearn") PLAIN NO_PENALTY), TT_ANY_TASK},
    {"gelu_128_64_32", "128-64-32, GELU, layer norm", "Three smooth layers, each at its own scale.",
     AUTOMATIC_LOSS(NETWORK("128,64,32", "gelu", "glorot_uniform") "model.norm = layer\n"
                                                                   "model.skip = 0\n" NO_PENALTY),
     TT_ANY_TASK},
    {"selu_64x4", "64-64-64-64, SELU",
     "A self-normalizing network (Klambauer et al., 2017): deep without normalization.",
     AUTOMATIC_LOSS(NETWORK("64,64,64,64", "selu", "lecun_normal") PLAIN NO_PENALTY), TT_ANY_TASK},
    {"residual_64x4", "64-64-64-64 with skips",
     "A residual network: every two layers add what went into them, after batch normalization.",
     AUTOMATIC_LOSS(NETWORK("64,64,64,64", "relu", "he_normal") "model.norm = batch\n"
                                                                "model.skip = 2\n" NO_PENALTY),
     TT_ANY_TASK},
};

int32_t tt_n_presets(void) {
    return sizeof presets / sizeof presets[0];
}

const tt_preset *tt_preset_at(int32_t index) {
    assert(index >= 0 && index < tt_n_presets());
    return &presets[index];
}
