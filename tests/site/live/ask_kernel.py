"""Asks Deno's kernel what it answers to the cells in kernel_snippets.json, and stores it there.

Run with the Python of .venv: .venv/bin/python tests/site/live/ask_kernel.py
"""

import json
import time
from pathlib import Path
from queue import Empty

from jupyter_client.manager import KernelManager

HERE = Path(__file__).parent
SNIPPETS = HERE / "kernel_snippets.json"
NOTEBOOKS = HERE.parents[2] / "notebooks"


def ask(client, source):
    """What a cell puts out: pairs of a kind and a text."""
    message_id = client.execute(source)
    outputs, idle_since = [], None
    # The kernel is idle before all its output has come.
    while idle_since is None or time.monotonic() - idle_since < 0.15:
        try:
            message = client.get_iopub_msg(timeout=0.05)
        except Empty:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            if message["parent_header"].get("msg_id") == message_id:
                idle_since = time.monotonic()
        elif kind == "stream":
            if outputs and outputs[-1][0] == content["name"]:
                outputs[-1][1] += content["text"]
            else:
                outputs.append([content["name"], content["text"]])
        elif kind == "error":
            outputs.append([kind, f"{content['ename']}: {content['evalue']}"])
        elif kind in ("execute_result", "display_data"):
            data = content["data"]
            plain = list(data) == ["text/plain"]
            outputs.append([kind, data["text/plain"] if plain else data])
    return outputs


def main():
    groups = json.loads(SNIPPETS.read_text(encoding="utf-8"))
    for group in groups:
        manager = KernelManager(kernel_name="deno")
        manager.start_kernel(cwd=str(NOTEBOOKS))
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        group["kernel"] = [ask(client, cell) for cell in group["cells"]]
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    text = json.dumps(groups, indent=1, ensure_ascii=False)
    SNIPPETS.write_text(text + "\n", encoding="utf-8")


main()
