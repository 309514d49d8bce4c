"""JAX on one core: `jax_peer.py float64|float32 calls|loop`, a call of the compiled step for
each step, or all steps in one `fori_loop`."""

import os
import sys

from serve import Clock, serve

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def set_up(problem):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", sys.argv[1] == "float64")
    dtype = jnp.dtype(sys.argv[1])
    lr, penalty = problem["lr"], problem["penalty"]
    x = jnp.array(problem["x"], dtype).reshape(-1, problem["batch"], problem["sizes"][0])
    is_classifier = problem["loss"] == "crossEntropy"
    y = jnp.array(problem["y"], "int32" if is_classifier else dtype).reshape(x.shape[:2])
    kinds = {"tanh": jnp.tanh, "relu": jax.nn.relu, "linear": lambda a: a}

    def network(parameters, a):
        for i, (w, b) in enumerate(parameters):
            last = i == len(parameters) - 1
            a = kinds[problem["outputActivation" if last else "activation"]](a @ w.T + b)
        return a

    def loss_of(parameters, x, y):
        f = network(parameters, x)
        if is_classifier:
            right = jnp.take_along_axis(f, y[:, None], 1)[:, 0]
            return (jax.nn.logsumexp(f, 1) - right).mean()
        if problem["loss"] == "squares":
            return jnp.square(f[:, 0] - y).sum()
        squares = sum(jnp.square(w).sum() + jnp.square(b).sum() for w, b in parameters)
        return jax.nn.relu(1 - y * f[:, 0]).mean() + penalty * squares

    def step(parameters, x, y):
        loss, gradients = jax.value_and_grad(loss_of)(parameters, x, y)
        return jax.tree.map(lambda p, g: p - lr * g, parameters, gradients), loss

    def turn(k, state):
        parameters, total = state
        i = k % x.shape[0]
        parameters, loss = step(parameters, x[i], y[i])
        return parameters, total + loss

    step = jax.jit(step)
    loop = jax.jit(lambda p, n: jax.lax.fori_loop(0, n, turn, (p, jnp.zeros((), dtype))))
    initial = list(layers(jnp, dtype, problem["sizes"], problem["parameters"]))
    batches = list(zip(x, y))

    def calls(steps, after):
        parameters = initial
        clock = Clock()
        for k in range(steps):
            parameters, loss = step(parameters, *batches[k % len(batches)])
            if after:
                after(loss)
        jax.block_until_ready(parameters)
        return clock.seconds()

    def in_loop(steps, after):
        clock = Clock()
        jax.block_until_ready(loop(initial, steps))
        seconds = clock.seconds()
        # A loop tells only the sum of its losses; that of a step is a difference of two sums.
        sums = [float(loop(initial, k)[1]) for k in range(steps + 1)] if after else []
        for one, next in zip(sums, sums[1:]):
            after(next - one)
        return seconds

    return f"JAX {jax.__version__}", calls if sys.argv[2] == "calls" else in_loop


def layers(jnp, dtype, sizes, numbers):
    """(weights, bias) of each layer, from numbers that lie neuron by neuron."""
    at = 0
    for nin, nout in zip(sizes, sizes[1:]):
        end = at + nout * (nin + 1)
        layer = jnp.array(numbers[at:end], dtype).reshape(nout, nin + 1)
        yield layer[:, :-1], layer[:, -1]
        at = end


serve(set_up)
