"""Executes notebooks from scratch on the Deno kernel, several at a time.

Called by run.ts: execute.py NOTEBOOK... --notebooks FOLDER
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

SECONDS_PER_CELL = 600
# Each is a process with a heap of its own.
MOST_AT_A_TIME = 4


class Gate:
    """Lets cells run side by side, and one that tells time alone."""

    def __init__(self):
        self.changed = asyncio.Condition()
        self.running = self.waiting_alone = 0
        self.is_alone = False

    async def enter(self, alone=False):
        async with self.changed:
            self.waiting_alone += alone
            await self.changed.wait_for(
                lambda: self.running == 0
                if alone
                else not self.is_alone and self.waiting_alone == 0
            )
            self.waiting_alone -= alone
            self.running += 1
            self.is_alone = alone

    async def leave(self):
        async with self.changed:
            self.running -= 1
            self.is_alone = False
            self.changed.notify_all()


def first_line(source, length=56):
    """What a log says of a cell."""
    line = source.strip().split("\n")[0]
    return line if len(line) <= length else line[: length - 1] + "…"


def merge_streams(outputs):
    """Joins neighbouring pieces of printed text: where they were cut is a matter of timing."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def shorten_paths(outputs, folder):
    """Makes the places in error messages relative, so that they are the same for everyone."""
    for output in outputs:
        if output.output_type == "error":
            output.traceback = [
                line.replace(folder.as_uri() + "/", "./").replace(folder.parent.as_uri() + "/", "../")
                for line in output.traceback
            ]


async def execute(path, gate):
    """The executed notebook, and what went wrong, if anything."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.kernelspec = {
        "display_name": "Deno",
        "language": "typescript",
        "name": "deno",
    }
    code_cells = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        # What the book folds, JupyterLab and VS Code fold by this.
        if "hide-input" in cell.metadata.get("tags", []):
            cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
    # Before the first cell, the kernel starts.
    await gate.enter()
    current = {"index": 0, "number": 0, "start": 0.0, "is_inside": True}

    async def leave():
        if current["is_inside"]:
            current["is_inside"] = False
            await gate.leave()

    async def started(cell, cell_index):
        await leave()
        await gate.enter(alone=cell.metadata.get("measured", False))
        current.update(index=cell_index, start=time.monotonic(), is_inside=True)

    async def executed(cell, cell_index, execute_reply):
        await leave()
        cell.outputs = merge_streams(cell.outputs)
        shorten_paths(cell.outputs, path.parent)
        current["number"] += 1
        seconds = time.monotonic() - current["start"]
        count = f"{current['number']}/{len(code_cells)}"
        which = path.stem.split("_")[0]
        print(f"  {which} {count:>6} {seconds:6.1f} s  {first_line(cell.source)}", flush=True)

    client = NotebookClient(
        notebook,
        kernel_name="deno",
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_execute=started,
        on_cell_executed=executed,
    )
    problem = None
    # What the kernel itself prints is of interest only when it ends: else it says each time that
    # "deno jupyter" is unstable.
    kernel_log = tempfile.TemporaryFile(mode="w+", encoding="utf-8")
    try:
        await client.async_execute(stderr=kernel_log)
    except CellExecutionError as error:
        problem = f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        problem = f"it did not end within {SECONDS_PER_CELL} seconds"
    except DeadKernelError:
        kernel_log.seek(0)
        problem = f"the kernel ended\n{kernel_log.read()}".rstrip()
    finally:
        await leave()
    if problem is None:
        return notebook, None
    cell = notebook.cells[current["index"]]
    name = f"cell {current['index'] + 1} (id {cell.get('id')}, `{first_line(cell.source)}`)"
    return notebook, f"{path.name}, {name}: {problem}"


async def execute_all(paths, folder):
    """Executes notebooks and writes them to a folder; returns what went wrong."""
    gate = Gate()
    left = iter(paths)
    problems = {}

    async def lane():
        for path in left:
            notebook, problems[path] = await execute(path.resolve(), gate)
            folder.mkdir(parents=True, exist_ok=True)
            with open(folder / path.name, "w", encoding="utf-8", newline="\n") as file:
                nbformat.write(notebook, file)

    await asyncio.gather(*(lane() for _ in range(min(os.cpu_count() or 1, MOST_AT_A_TIME))))
    return [problems[path] for path in paths if problems[path]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--notebooks", type=Path, required=True)
    options = parser.parse_args()

    problems = asyncio.run(execute_all(options.paths, options.notebooks))
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
