"""The same with the scalar autograd in Python, one number at a time."""

import math
import sys
from pathlib import Path
from platform import python_implementation, python_version

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "peers"))

from python_source import Value  # noqa: E402
from serve import serve, timed  # noqa: E402

WIDTH, SIZE = 16, 4


def dot(a, b):
    total = a[0] * b[0]
    for x, y in zip(a[1:], b[1:]):
        total = total + x * y
    return total


def linear(w, x):
    return [dot(row, x) for row in w]


def plus(a, b):
    return [x + y for x, y in zip(a, b)]


def norm(x):
    scale = (dot(x, x) * (1 / WIDTH) + 1e-5) ** -0.5
    return [one * scale for one in x]


def softmax(scores):
    top = max(score.data for score in scores)
    powers = [(score - top).exp() for score in scores]
    share = sum(powers[1:], powers[0]) ** -1
    return [power * share for power in powers]


def loss_of(w, name):
    keys, values, losses = [], [], []
    for t, (sign, following) in enumerate(zip(name, name[1:])):
        x = norm(plus(w["signs"][sign], w["positions"][t]))
        read = norm(x)
        query = linear(w["query"], read)
        keys.append(linear(w["key"], read))
        values.append(linear(w["value"], read))
        heard = []
        for start in range(0, WIDTH, SIZE):
            end = start + SIZE
            weights = softmax([dot(query[start:end], key[start:end]) * 0.5 for key in keys])
            heard += [dot(weights, [value[i] for value in values]) for i in range(start, end)]
        x = plus(x, linear(w["heads"], heard))
        x = plus(x, linear(w["narrow"], [z.relu() for z in linear(w["wide"], norm(x))]))
        losses.append(-softmax(linear(w["scores"], x))[following].log())
    return sum(losses[1:], losses[0]) * (1 / len(losses))


def set_up(problem):
    lr, (beta1, beta2), eps = problem["lr"], problem["betas"], problem["eps"]
    batch, names = problem["batch"], problem["names"]
    parameters = [Value(data) for data in problem["parameters"]]
    rest = iter(parameters)
    shapes = [("signs", 27, 16), ("positions", 16, 16), ("scores", 27, 16)]
    shapes += [(name, 16, 16) for name in ("query", "key", "value", "heads")]
    shapes += [("wide", 64, 16), ("narrow", 16, 64)]
    w = {
        name: [[next(rest) for _ in range(columns)] for _ in range(rows)]
        for name, rows, columns in shapes
    }

    def train(steps, after):
        for p, data in zip(parameters, problem["parameters"]):
            p.data = data
        m, v = [0.0] * len(parameters), [0.0] * len(parameters)

        def step(k):
            start = k * batch % len(names)
            losses = [loss_of(w, name) for name in names[start : start + batch]]
            loss = sum(losses[1:], losses[0]) * (1 / batch)
            for p in parameters:
                p.grad = 0.0
            loss.backward()
            rate, root = lr / (1 - beta1 ** (k + 1)), math.sqrt(1 - beta2 ** (k + 1))
            for i, p in enumerate(parameters):
                m[i] = beta1 * m[i] + (1 - beta1) * p.grad
                v[i] = beta2 * v[i] + (1 - beta2) * p.grad**2
                p.data -= rate * m[i] / (math.sqrt(v[i]) / root + eps)
            return loss.data

        return timed(steps, step, after)

    return f"{python_implementation()} {python_version()}", train


serve(set_up)
