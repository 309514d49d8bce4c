"""Runs and reads the models of a folder, and writes one of its own into it.

    python models.py FOLDER

`inputs.json` in the folder tells the inputs of the models: {name: [[...], ...]}.
For each there are `NAME.float64.onnx`, `NAME.float32.onnx` and `NAME.safetensors`.
Prints what ONNX Runtime computes, what the tensors are, and what the network in
`python.safetensors` computes, as JSON.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors.numpy import load_file, save_file


def run(path, x):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    [entry], [out] = session.get_inputs(), session.get_outputs()
    [y] = session.run(["y"], {"x": x})
    return {
        "answers": y.tolist(),
        "x": [entry.type, entry.shape],
        "y": [out.type, out.shape],
    }


def read(path):
    return {
        name: {"dtype": str(tensor.dtype), "values": tensor.tolist()}
        for name, tensor in load_file(path).items()
    }


def write(path):
    """A network of seven layers with the names that it would have in nn.Sequential."""
    rng = np.random.default_rng(0)
    sizes = [3, 4, 4, 4, 4, 4, 4, 2]
    tensors = {}
    x = rng.uniform(-2, 2, (5, 3))
    y = x
    for i, (nin, nout) in enumerate(zip(sizes, sizes[1:])):
        weight = rng.normal(size=(nout, nin)).astype(np.float32)
        bias = rng.normal(size=nout)
        tensors |= {f"{2 * i}.weight": weight, f"{2 * i}.bias": bias}
        y = np.tanh(y @ weight.astype(np.float64).T + bias)
    save_file(tensors, path, metadata={"format": "pt"})
    return {"sizes": sizes, "x": x.tolist(), "y": y.tolist()}


def main(folder):
    inputs = json.loads((folder / "inputs.json").read_text())
    models = {
        name: {
            "float64": run(folder / f"{name}.float64.onnx", np.array(x, np.float64)),
            "float32": run(folder / f"{name}.float32.onnx", np.array(x, np.float32)),
            "tensors": read(folder / f"{name}.safetensors"),
        }
        for name, x in inputs.items()
    }
    print(json.dumps({"models": models, "written": write(folder / "python.safetensors")}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
