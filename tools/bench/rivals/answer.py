"""The loop of a native rival: a command in, a reply out, a line of JSON each."""

import json
import sys
import time

import numpy

WARM_STEPS = 1
LOSS_ROWS = 500


def read(folder, name):
    return numpy.fromfile(f"{folder}/{name}.f32", dtype=numpy.float32)


class Problem:
    """A workload with its data; batches are views of the rows in their order."""

    def __init__(self, workload, folder):
        self.__dict__.update(workload)
        self.features = read(folder, "features").reshape(self.rows, self.widths[0])
        self.targets = read(folder, "targets")
        self.start = read(folder, "weights")

    def slices(self):
        return [slice(i, min(i + self.batch, self.rows)) for i in range(0, self.rows, self.batch)]

    def tensors(self):
        """The first weights: (out, in) and (out) for each layer, copied."""
        at = 0
        for n_in, n_out in zip(self.widths, self.widths[1:]):
            weight = self.start[at : at + n_in * n_out].reshape(n_out, n_in)
            at += n_in * n_out
            yield weight.copy(), self.start[at : at + n_out].copy()
            at += n_out

    def rows_in(self, steps):
        epochs, rest = divmod(steps, len(self.slices()))
        return epochs * self.rows + min(rest * self.batch, self.rows)


class Commands:
    """`train(problem)` starts anew: an object with run(steps), weights() and loss(rows)."""

    def __init__(self, train):
        self.train = train

    def open(self, workload, folder):
        self.problem = Problem(workload, folder)
        self.steps_per_second = 0

    def weightsAfter(self, steps):
        training = self.train(self.problem)
        training.run(steps)
        return numpy.concatenate([part.ravel() for part in training.weights()]).tolist()

    def time(self, steps):
        training = self.train(self.problem)
        start_loss = training.loss(min(LOSS_ROWS, self.problem.rows))
        training.run(WARM_STEPS)
        begin = time.perf_counter()
        training.run(steps)
        seconds = time.perf_counter() - begin
        end_loss = training.loss(min(LOSS_ROWS, self.problem.rows))
        rows = self.problem.rows_in(WARM_STEPS + steps) - self.problem.rows_in(WARM_STEPS)
        return {"rows": rows, "seconds": seconds, "startLoss": start_loss, "endLoss": end_loss}

    def measure(self, seconds):
        epoch = steps = len(self.problem.slices())
        while self.steps_per_second == 0:
            tried = self.time(steps)["seconds"]
            self.steps_per_second = steps / tried if tried > seconds / 8 else 0
            steps *= 4
        epochs = max(1, round(self.steps_per_second * seconds / epoch))
        return self.time(epochs * epoch)


def answer(commands):
    print(json.dumps({"result": "ready"}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = getattr(commands, request["command"])(**request["details"])
            print(json.dumps({"result": result}), flush=True)
        except Exception as error:  # told to the benchmark, which goes on without this row
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)


def give_up(package):
    print(json.dumps({"error": f"{package} is not installed"}), flush=True)
    sys.exit()
