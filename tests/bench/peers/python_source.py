"""A scalar autograd as tutorials in Python write it: a class with operators, a closure for
each operation, and a recursive topological sort; and a network of neurons on top."""

import math
import sys
from platform import python_implementation, python_version

from serve import serve, timed

sys.setrecursionlimit(100_000)


class Value:
    def __init__(self, data, operands=(), op=""):
        self.data = data
        self.grad = 0.0
        self.spread = lambda: None
        self.operands = set(operands)
        self.op = op

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def spread():
            self.grad += out.grad
            other.grad += out.grad

        out.spread = spread
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def spread():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.spread = spread
        return out

    def __pow__(self, exponent):
        out = Value(self.data**exponent, (self,), "**")

        def spread():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad

        out.spread = spread
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,), "exp")

        def spread():
            self.grad += out.data * out.grad

        out.spread = spread
        return out

    def log(self):
        out = Value(math.log(self.data), (self,), "log")

        def spread():
            self.grad += out.grad / self.data

        out.spread = spread
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,), "tanh")

        def spread():
            self.grad += (1 - out.data**2) * out.grad

        out.spread = spread
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,), "relu")

        def spread():
            self.grad += (out.data > 0) * out.grad

        out.spread = spread
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            for operand in node.operands:
                visit(operand)
            order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.spread()


class Neuron:
    def __init__(self, numbers, activation):
        *self.w, self.b = [Value(data) for data in numbers]
        self.activation = activation

    def __call__(self, x):
        out = sum((w * a for w, a in zip(self.w, x)), self.b)
        return out if self.activation == "linear" else getattr(out, self.activation)()

    def parameters(self):
        return [*self.w, self.b]


class MLP:
    def __init__(self, problem):
        sizes, rest = problem["sizes"], iter(problem["parameters"])
        hidden = [problem["activation"]] * (len(sizes) - 2)
        self.layers = [
            [Neuron([next(rest) for _ in range(nin + 1)], activation) for _ in range(nout)]
            for nin, nout, activation in zip(sizes, sizes[1:], [*hidden, problem["outputActivation"]])
        ]

    def __call__(self, x):
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        return x[0]

    def parameters(self):
        return [p for layer in self.layers for neuron in layer for p in neuron.parameters()]


def scalar_trainer(problem, model):
    """train(steps, after) of a model of scalars, micrograd's or that above."""
    x, y, lr, penalty = (problem[name] for name in ("x", "y", "lr", "penalty"))
    parameters = model.parameters()

    def reset():
        for p, data in zip(parameters, problem["parameters"]):
            p.data = data

    def step(_):
        answers = [model(row) for row in x]
        if problem["loss"] == "squares":
            loss = sum((f - label) ** 2 for f, label in zip(answers, y))
        else:
            margins = sum((f * -label + 1).relu() for f, label in zip(answers, y))
            loss = margins * (1 / len(y)) + sum(p * p for p in parameters) * penalty
        for p in parameters:
            p.grad = 0.0
        loss.backward()
        for p in parameters:
            p.data -= lr * p.grad
        return loss.data

    def train(steps, after):
        reset()
        return timed(steps, step, after)

    return train


if __name__ == "__main__":
    version = f"{python_implementation()} {python_version()}"
    serve(lambda problem: (version, scalar_trainer(problem, MLP(problem))))
