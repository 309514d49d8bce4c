"""The side of a competitor in the talk with the benchmark, for competitors in Python.

It is told a problem in one line of JSON and answers with one line; then come lines
`losses N` (the losses of the first N steps) and `run N` (the seconds that N steps take, by
the clock on the wall and by that of the processor), each from the initial parameters.
"""

import json
import sys
import time


def serve(set_up):
    """set_up(problem) gives (version, train); train(steps, after) starts anew and gives the
    seconds; after(loss), unless None, is told the loss of each step."""
    try:
        version, train = set_up(json.loads(sys.stdin.readline()))
    except ImportError as error:
        say({"missing": f"the Python package {error.name} (pip install {error.name})"})
        return
    say({"version": version})
    for line in sys.stdin:
        command, argument = line.split()
        if command == "losses":
            losses = []
            train(int(argument), losses.append)
            say([float(loss) for loss in losses])
        else:
            wall, cpu = train(int(argument), None)
            say({"wall": wall, "cpu": cpu})


def timed(steps, step, after):
    """The seconds of `steps` steps, where step(k) gives a loss, of which after(loss) is told."""
    clock = Clock()
    for k in range(steps):
        loss = step(k)
        if after:
            after(loss)
    return clock.seconds()


class Clock:
    def __init__(self):
        self.start = time.perf_counter(), time.process_time()

    def seconds(self):
        wall, cpu = self.start
        return time.perf_counter() - wall, time.process_time() - cpu


def say(x):
    print(json.dumps(x), flush=True)
