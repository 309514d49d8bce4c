"""`deno jupyter` says "idle" before a cell's output has been sent, so that output is lost.

Found with Deno 2.8.2, 2.8.3, 2.9.0, 2.9.6 and 2.9.8. Deno 2.8.1, which has the kernel before, lost nothing in 60 runs.

**To reproduce**

    pip install nbclient
    python lost_output.py --deno "$(which deno)"

The script makes a notebook of 10 cells. Each prints 200 lines by `console.log` and then sends one
`display_data`. It executes the notebook with nbclient on that Deno, with a kernelspec of its own in a
temporary folder, and prints as JSON what arrived of each cell.

**Expected**: 200 lines and 1 picture in each of the 10 cells, 2,010 outputs in all.

**Actual**: most cells end early and keep some of their lines. In JupyterLab the rest appears under
the next cell; nbclient, nbconvert and `jupyter execute` drop it.

**Cause**, as one reads it in cli/js/jupyter_kernel.js, which came with the rewrite of the kernel
(https://github.com/denoland/deno/pull/34083, in Deno 2.8.2): what a cell prints goes from the thread of the
REPL into a channel, and `iopubDrainer()` takes it out again, one message after the other. `handleExecute()`
does not wait for it. When the result of the cell is there, it calls `publishStatus("idle")`, which writes
to the socket at once, in front of everything that is still in the channel. The protocol wants it the
other way round: idle comes after all output of the request,
https://jupyter-client.readthedocs.io/en/stable/messaging.html#request-reply. What is left in the
channel is then sent with `currentParentHeader`, which by that time is the header of the next request.

The kernel before slept for 5 ms in the same place, to let the task that sends the printed lines come to its
turn (see the review of https://github.com/denoland/deno/pull/20337), and that is nearly always enough.

**A way out**: let the idle message go through the same channel as the output, behind it.

`--barrier FILE` executes the notebook with a first cell that imports FILE, a module that makes
each cell wait. `--runs N` does it all N times, each in a new kernel.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

CELLS, LINES = 10, 200

CELL = """\
for (let line = 1; line <= {lines}; line++) console.log(`cell {cell}, line ${{line}}`);
await Deno.jupyter.broadcast("display_data", {{
  data: {{ "text/plain": "cell {cell}, picture" }}, metadata: {{}}, transient: {{}},
}});"""


def write_kernelspec(folder, deno):
    """A kernel of the name "reproduction", found through the variable JUPYTER_PATH."""
    spec = {
        "argv": [str(deno), "jupyter", "--kernel", "--conn", "{connection_file}"],
        "display_name": "Deno",
        "language": "typescript",
        "env": {"NO_COLOR": "1"},
    }
    file = folder / "kernels" / "reproduction" / "kernel.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(spec))


def make_notebook(barrier):
    """The cells, in front of them one that imports the barrier if there is one."""
    sources = [CELL.format(cell=i + 1, lines=LINES) for i in range(CELLS)]
    if barrier:
        sources.insert(0, f"import * as barrier from {json.dumps(barrier.resolve().as_uri())};")
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])


def count(cell, number):
    """How much of what a cell sent arrived, and how much that other cells sent."""
    prefix = f"cell {number}, "
    lines = "".join(o.text for o in cell.outputs if o.output_type == "stream").splitlines()
    shown = [o.data["text/plain"] for o in cell.outputs if o.output_type == "display_data"]
    return {
        "lines": sum(line.startswith(prefix + "line") for line in lines),
        "pictures": shown.count(prefix + "picture"),
        "foreign": sum(not text.startswith(prefix) for text in [*lines, *shown]),
    }


def run(barrier, folder):
    """Executes the notebook in a new kernel and counts what arrived of each cell."""
    notebook = make_notebook(barrier)
    client = NotebookClient(
        notebook,
        kernel_name="reproduction",
        timeout=120,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(stderr=subprocess.DEVNULL)
    return [count(cell, i + 1) for i, cell in enumerate(notebook.cells[-CELLS:])]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--deno", required=True, help="the Deno to try")
    parser.add_argument("--barrier", type=Path, help="a module that makes each cell wait")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()

    deno = shutil.which(options.deno)
    if deno is None:
        parser.exit(1, f"there is no executable {options.deno}\n")
    deno = Path(deno).absolute()
    version = subprocess.check_output([deno, "--version"], text=True).split()[1]
    with tempfile.TemporaryDirectory() as folder:
        write_kernelspec(Path(folder), deno)
        os.environ["JUPYTER_PATH"] = folder
        runs = [run(options.barrier, Path(folder)) for _ in range(options.runs)]
    report = {"deno": version, "sent": {"lines": LINES, "pictures": 1}, "runs": runs}
    json.dump(report, sys.stdout)
    print()


if __name__ == "__main__":
    main()
