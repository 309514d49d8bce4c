"""JAX on one core, a call of the compiled step for each step: `jax_peer.py float64|float32`.

Names are filled up to the longest, so that one program serves all of them."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "peers"))

from serve import Clock, serve  # noqa: E402

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

HEADS = 4


def set_up(problem):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", sys.argv[1] == "float64")
    dtype = jnp.dtype(sys.argv[1])
    lr, (beta1, beta2), eps = problem["lr"], problem["betas"], problem["eps"]
    n, size = problem["positions"], problem["batch"]
    shapes = [(27, 16), (16, 16), (27, 16), *[(16, 16)] * 4, (64, 16), (16, 64)]
    initial, at = [], 0
    for rows, columns in shapes:
        numbers = problem["parameters"][at : at + rows * columns]
        initial.append(jnp.array(numbers, dtype).reshape(rows, columns))
        at += rows * columns
    mask = jnp.tril(jnp.ones((n, n), bool))

    def norm(x):
        return x / jnp.sqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-5)

    def loss_of(parameters, signs, shares):
        embedding, place, head, wq, wk, wv, wo, wide, narrow = parameters
        x = norm(embedding[signs[:, :-1]] + place[:n])
        read = norm(x)
        q, k, v = ((read @ w.T).reshape(size, n, HEADS, -1) for w in (wq, wk, wv))
        scores = jnp.where(mask, jnp.einsum("bthi,bshi->bhts", q, k) / 2, -jnp.inf)
        heard = jnp.einsum("bhts,bshi->bthi", jax.nn.softmax(scores), v)
        x = x + heard.reshape(size, n, 16) @ wo.T
        x = x + jax.nn.relu(norm(x) @ wide.T) @ narrow.T
        z = x @ head.T
        right = jnp.take_along_axis(z, signs[:, 1:, None], 2)[..., 0]
        return (shares * (jax.nn.logsumexp(z, 2) - right)).sum()

    @jax.jit
    def step(state, signs, shares):
        parameters, m, v, t = state
        t = t + 1
        loss, gradients = jax.value_and_grad(loss_of)(parameters, signs, shares)
        rate, root = lr / (1 - beta1**t), jnp.sqrt(1 - beta2**t)
        m = [beta1 * a + (1 - beta1) * g for a, g in zip(m, gradients)]
        v = [beta2 * a + (1 - beta2) * g * g for a, g in zip(v, gradients)]
        moved = [p - rate * a / (jnp.sqrt(b) / root + eps) for p, a, b in zip(parameters, m, v)]
        return (moved, m, v, t), loss

    batches = []
    for start in range(0, len(problem["names"]), size):
        names = problem["names"][start : start + size]
        signs = jnp.array([name + [26] * (n + 1 - len(name)) for name in names], "int32")
        lengths = jnp.array([len(name) - 1 for name in names])[:, None]
        shares = jnp.where(jnp.arange(n) < lengths, 1 / (lengths * size), 0).astype(dtype)
        batches.append((signs, shares))

    def train(steps, after):
        zeros = [jnp.zeros_like(p) for p in initial]
        state = (initial, zeros, zeros, jnp.zeros((), dtype))
        clock = Clock()
        for k in range(steps):
            state, loss = step(state, *batches[k % len(batches)])
            if after:
                after(loss)
        jax.block_until_ready(state)
        return clock.seconds()

    return f"JAX {jax.__version__}", train


serve(set_up)
