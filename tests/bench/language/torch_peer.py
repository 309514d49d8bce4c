"""PyTorch, eager, on one thread of the CPU: `torch_peer.py float64|float32`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "peers"))

from serve import serve, timed  # noqa: E402

HEADS = 4


def set_up(problem):
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(1)
    torch.set_default_dtype(getattr(torch, sys.argv[1]))
    shapes = [(27, 16), (16, 16), (27, 16), *[(16, 16)] * 4, (64, 16), (16, 64)]
    numbers = torch.tensor(problem["parameters"])
    pieces = numbers.split([rows * columns for rows, columns in shapes])
    initial = [piece.reshape(shape) for piece, shape in zip(pieces, shapes)]
    parameters = [matrix.clone().requires_grad_() for matrix in initial]
    embedding, place, head, wq, wk, wv, wo, wide, narrow = parameters
    batches = [padded(torch, batch) for batch in split(problem["names"], problem["batch"])]

    def loss_of(signs, following, shares):
        b, n = signs.shape
        norm = lambda x: F.rms_norm(x, (16,), eps=1e-5)
        x = norm(embedding[signs] + place[:n])
        read = norm(x)
        q, k, v = ((read @ w.T).view(b, n, HEADS, -1).transpose(1, 2) for w in (wq, wk, wv))
        heard = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + heard.transpose(1, 2).reshape(b, n, 16) @ wo.T
        x = x + F.relu(norm(x) @ wide.T) @ narrow.T
        surprises = F.cross_entropy((x @ head.T).flatten(0, 1), following, reduction="none")
        return shares @ surprises

    def train(steps, after):
        with torch.no_grad():
            for p, matrix in zip(parameters, initial):
                p.copy_(matrix)
        optimizer = torch.optim.Adam(
            parameters, lr=problem["lr"], betas=problem["betas"], eps=problem["eps"]
        )

        def step(k):
            loss = loss_of(*batches[k % len(batches)])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss

        return timed(steps, step, after)

    return f"PyTorch {torch.__version__}", train


def split(names, batch):
    return [names[i : i + batch] for i in range(0, len(names), batch)]


def padded(torch, names):
    """Signs (b, n), what follows on them and each one's share of the loss, both (b * n)."""
    n = max(map(len, names)) - 1
    filled = [name + [26] * (n + 1 - len(name)) for name in names]
    share = lambda name, t: 1 / (len(name) - 1) / len(names) if t < len(name) - 1 else 0.0
    shares = [[share(name, t) for t in range(n)] for name in names]
    signs = torch.tensor(filled)
    return signs[:, :-1], signs[:, 1:].flatten(), torch.tensor(shares).flatten()


serve(set_up)
