"""PyTorch on one thread: batches cut beforehand, the library's own layers and optimizers."""

from answer import Commands, answer, give_up

try:
    import torch
except ImportError:
    give_up("python3-torch")

torch.set_num_threads(1)
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh}


def loss_of(task):
    if task == "regression":
        return lambda out, y: torch.nn.functional.mse_loss(out[:, 0], y)
    if task == "binary":
        return lambda out, y: torch.nn.functional.binary_cross_entropy_with_logits(out[:, 0], y)
    return torch.nn.functional.cross_entropy


def optimizer_of(parameters, told, adam):
    if told["kind"] == "sgd":
        return torch.optim.SGD(parameters, told["rate"], momentum=told.get("momentum", 0))
    own = {"lr": told["rate"], "betas": (adam["beta1"], adam["beta2"]), "eps": adam["epsilon"]}
    if told["kind"] == "adam":
        return torch.optim.Adam(parameters, **own)
    return torch.optim.AdamW(parameters, weight_decay=told["decay"], **own)


class Training:
    def __init__(self, problem):
        self.problem = problem
        self.parameters = [
            torch.tensor(part, requires_grad=True) for pair in problem.tensors() for part in pair
        ]
        self.x = torch.from_numpy(problem.features)
        self.y = torch.from_numpy(problem.targets)
        self.y = self.y.long() if problem.task == "multiclass" else self.y
        self.batches = [(self.x[rows], self.y[rows]) for rows in problem.slices()]
        self.loss_function = loss_of(problem.task)
        self.activation = ACTIVATIONS[problem.activation]
        self.optimizer = optimizer_of(self.parameters, problem.optimizer, problem.adam)
        self.done = 0

    def forward(self, x):
        for i in range(0, len(self.parameters), 2):
            x = torch.nn.functional.linear(x, self.parameters[i], self.parameters[i + 1])
            x = self.activation(x) if i + 2 < len(self.parameters) else x
        return x

    def run(self, steps):
        for step in range(self.done, self.done + steps):
            x, y = self.batches[step % len(self.batches)]
            self.optimizer.zero_grad(set_to_none=True)
            self.loss_function(self.forward(x), y).backward()
            self.optimizer.step()
        self.done += steps

    def weights(self):
        return [part.detach().numpy() for part in self.parameters]

    def loss(self, rows):
        with torch.no_grad():
            return float(self.loss_function(self.forward(self.x[:rows]), self.y[:rows]))


answer(Commands(Training))
