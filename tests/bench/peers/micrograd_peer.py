"""micrograd from PyPI. It has relu; for tanh an operation of its own kind is added here."""

import math
import sys
from importlib.metadata import version
from platform import python_version

from python_source import scalar_trainer
from serve import serve

sys.setrecursionlimit(100_000)


def set_up(problem):
    from micrograd.engine import Value
    from micrograd.nn import MLP

    def tanh(self):
        out = Value(math.tanh(self.data), (self,), "tanh")

        def spread():
            self.grad += (1 - out.data**2) * out.grad

        out._backward = spread
        return out

    if problem["activation"] == "tanh":
        Value.relu = tanh
    nin, *nouts = problem["sizes"]
    model = MLP(nin, nouts)
    for neuron in model.layers[-1].neurons:
        neuron.nonlin = problem["outputActivation"] != "linear"
    name = f"micrograd {version('micrograd')}, Python {python_version()}"
    return name, scalar_trainer(problem, model)


serve(set_up)
