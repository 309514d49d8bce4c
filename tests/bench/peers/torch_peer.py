"""PyTorch, eager, on one thread of the CPU: `torch_peer.py float64|float32`."""

import sys

from serve import serve, timed


def set_up(problem):
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(getattr(torch, sys.argv[1]))
    sizes, batch, lr = problem["sizes"], problem["batch"], problem["lr"]
    model = torch.nn.Sequential(*layers(torch, problem))
    parameters = list(model.parameters())
    initial = list(tensors(torch, sizes, problem["parameters"]))
    x = torch.tensor(problem["x"]).split(batch)
    is_classifier = problem["loss"] == "crossEntropy"
    y = torch.tensor(problem["y"], dtype=torch.long if is_classifier else None).split(batch)
    optimizer = torch.optim.SGD(parameters, lr=lr)

    def loss_of(f, y):
        if problem["loss"] == "crossEntropy":
            return torch.nn.functional.cross_entropy(f, y)
        if problem["loss"] == "squares":
            return (f.squeeze(1) - y).square().sum()
        squares = sum(p.square().sum() for p in parameters)
        return torch.relu(1 - y * f.squeeze(1)).mean() + problem["penalty"] * squares

    def reset():
        with torch.no_grad():
            for p, data in zip(parameters, initial):
                p.copy_(data)

    def step(k):
        k %= len(x)
        loss = loss_of(model(x[k]), y[k])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    def train(steps, after):
        reset()
        return timed(steps, step, after)

    return f"PyTorch {torch.__version__}", train


def layers(torch, problem):
    sizes = problem["sizes"]
    kinds = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "linear": None}
    for i, (nin, nout) in enumerate(zip(sizes, sizes[1:])):
        yield torch.nn.Linear(nin, nout)
        kind = kinds[problem["outputActivation" if i == len(sizes) - 2 else "activation"]]
        if kind:
            yield kind()


def tensors(torch, sizes, numbers):
    """Weights and bias of each layer, from numbers that lie neuron by neuron."""
    at = 0
    for nin, nout in zip(sizes, sizes[1:]):
        end = at + nout * (nin + 1)
        layer = torch.tensor(numbers[at:end]).reshape(nout, nin + 1)
        yield layer[:, :-1]
        yield layer[:, -1]
        at = end


serve(set_up)
