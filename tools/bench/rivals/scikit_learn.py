"""scikit-learn's MLPClassifier and MLPRegressor on one thread, an epoch a call of partial_fit.

Its squared loss has a factor of 1/2, so plain gradient descent gets twice the rate. It has no AdamW.
"""

import warnings

import numpy

from answer import Commands, answer, give_up

try:
    from sklearn.neural_network import MLPClassifier, MLPRegressor
except ImportError:
    give_up("python3-sklearn")

warnings.filterwarnings("ignore")


def estimator_of(problem):
    told = problem.optimizer
    if told["kind"] == "adamw":
        raise ValueError("scikit-learn has no AdamW")
    regression = problem.task == "regression"
    half = regression and told["kind"] == "sgd"
    kind = MLPRegressor if regression else MLPClassifier
    return kind(
        hidden_layer_sizes=problem.widths[1:-1],
        activation=problem.activation,
        solver=told["kind"],
        alpha=0,
        batch_size=problem.batch,
        learning_rate_init=told["rate"] * (2 if half else 1),
        momentum=told.get("momentum", 0),
        nesterovs_momentum=False,
        beta_1=problem.adam["beta1"],
        beta_2=problem.adam["beta2"],
        epsilon=problem.adam["epsilon"],
        shuffle=False,
        max_iter=1,
    )


class Training:
    def __init__(self, problem):
        self.problem = problem
        self.targets = problem.targets
        self.estimator = estimator_of(problem)
        self.fit(slice(0, 1))
        tensors = list(problem.tensors())
        self.estimator.coefs_ = [weight.T.copy() for weight, _ in tensors]
        self.estimator.intercepts_ = [bias for _, bias in tensors]
        del self.estimator._optimizer
        self.done = 0

    def fit(self, rows):
        classes = {}
        if self.problem.task != "regression":
            classes = {"classes": numpy.arange(max(2, self.problem.widths[-1]))}
        self.estimator.partial_fit(self.problem.features[rows], self.targets[rows], **classes)

    def run(self, steps):
        slices = self.problem.slices()
        while steps > 0:
            first = self.done % len(slices)
            n = min(steps, len(slices) - first)
            self.fit(slice(slices[first].start, slices[first + n - 1].stop))
            self.done += n
            steps -= n

    def weights(self):
        pairs = zip(self.estimator.coefs_, self.estimator.intercepts_)
        return [part for weight, bias in pairs for part in (weight.T, bias)]

    def loss(self, rows):
        x, y = self.problem.features[:rows], self.targets[:rows]
        if self.problem.task == "regression":
            return float(numpy.mean((self.estimator.predict(x) - y) ** 2))
        chance = self.estimator.predict_proba(x)[numpy.arange(rows), y.astype(int)]
        return float(-numpy.log(numpy.maximum(chance, 1e-30)).mean())


answer(Commands(Training))
