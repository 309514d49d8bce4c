import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  LossHistory,
  monitor,
  type MonitorMoment,
  type MonitorOptions,
  type MonitorOutput,
  Value,
} from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

/** An output that keeps when it was to draw, and how many losses there were. */
function notes() {
  const drawn: [MonitorMoment, count: number][] = [];
  const output: MonitorOutput = ({ losses }, moment) => void drawn.push([moment, losses.length]);
  return { drawn, output };
}

/** Nothing between the first picture and the last. */
const every = Infinity;
const quiet: MonitorOptions = { every, output: () => {} };

/** Calls `use` with a clock that goes on when it is told to, and not by itself. */
function withClock(use: (goOn: (milliseconds: number) => void) => void): void {
  let time = 0;
  performance.now = () => time;
  try {
    use((milliseconds) => time += milliseconds);
  } finally {
    Reflect.deleteProperty(performance, "now");
  }
}

Deno.test("a loop over a monitor counts its steps, and the history has every loss", () => {
  const live = monitor(4, quiet);
  const steps: number[] = [];
  for (const step of live) {
    steps.push(step);
    live.push(step % 2 === 0 ? 1 / (step + 1) : new Value(1 / (step + 1)));
  }
  assertEquals(steps, [0, 1, 2, 3]);
  assert(live.history instanceof LossHistory);
  assertEquals(live.history.losses, [1, 1 / 2, 1 / 3, 1 / 4]);
});

Deno.test("at most 20 pictures a second are sent, and the last one is among them", () => {
  withClock((goOn) => {
    const { drawn, output } = notes();
    const live = monitor(1e6, { output });
    for (const step of live) {
      live.push(step);
      if (step === 3000) break;
      goOn(0.1);
    }
    const updates = drawn.length - 2; // without the first and the last
    assert(updates >= 5 && updates <= 6, `${updates} updates in 300 ms`);
    assertEquals(drawn.at(-1), ["last", 3001]);
  });
});

Deno.test("drawing that is slow gets its share of the time and no more", () => {
  withClock((goOn) => {
    let drawn = 0;
    const slow = () => {
      drawn++;
      goOn(10);
    };
    const live = monitor(1e6, { every: 1, output: slow });
    for (const _ of live) {
      live.push(1);
      if (performance.now() > 950) break;
      goOn(0.1);
    }
    // The first, three that each wait for 30 times as long as one takes, and the last.
    assertEquals(drawn, 5);
  });
});

Deno.test("the last picture is drawn when the loop ends early, and when it throws", () => {
  for (const end of ["break", "throw"]) {
    const { drawn, output } = notes();
    const live = monitor(100, { every, output });
    const loop = () => {
      for (const step of live) {
        live.push(step);
        if (step === 6 && end === "break") break;
        if (step === 6) throw new Error("in the loop");
      }
    };
    if (end === "break") loop();
    else assertThrows(loop, Error, "in the loop");
    assertEquals(drawn, [["first", 0], ["last", 7]]);
  }
});

Deno.test("a loop that was left goes on where it was, under a new picture", () => {
  const { drawn, output } = notes();
  const live = monitor(5, { every, output });
  const steps: number[] = [];
  const loop = (until: number) => {
    for (const step of live) {
      steps.push(step);
      live.push(step);
      if (step === until) break;
    }
  };
  loop(1);
  loop(9);
  assertEquals(steps, [0, 1, 2, 3, 4]);
  assertEquals(drawn, [["first", 0], ["last", 2], ["first", 2], ["last", 5]]);
});

Deno.test("a monitor whose steps are all taken says so instead of doing nothing", () => {
  const live = monitor(2, quiet);
  const loop = () => {
    for (const step of live) live.push(step);
  };
  loop();
  assertThrows(loop, Error, "monitor: all 2 steps are taken; call monitor(…) again to train on");
  assertEquals(live.history.losses, [0, 1]);
});

Deno.test("a loop of one's own works as well: the picture begins with the first loss", () => {
  const { drawn, output } = notes();
  const live = monitor(3, { every, output });
  for (let i = 0; i < 3; i++) live.push(i);
  assertEquals(drawn, [["first", 1], ["last", 3]]);
});

Deno.test("a loop of one's own that ends early is drawn as soon as it lets go", async () => {
  const { drawn, output } = notes();
  const live = monitor(100, { every: 10, output });
  for (let i = 0; i < 7; i++) live.push(i);
  assertEquals(drawn.length, 1);
  await new Promise((resolve) => setTimeout(resolve, 40));
  assertEquals(drawn.slice(1), [["next", 7]]);
});

Deno.test("more losses than steps are kept and counted", () => {
  const live = monitor(2, { ...quiet, every: 0 });
  for (let i = 0; i < 3; i++) live.push(i);
  assertEquals(live.history.losses, [0, 1, 2]);
});

Deno.test("the axis of the chart is logarithmic if the monitor's is", () => {
  const live = monitor(1, { ...quiet, logarithmic: true });
  live.push(1);
  const { y } = live.history.chart().spec.encoding as { y: { scale: { type?: string } } };
  assertEquals(y.scale.type, "log");
});

Deno.test("a monitor refuses wrong numbers of steps, pauses and losses, and keeps what it had", () => {
  for (const steps of [0, -1, 1.5, NaN, Infinity]) {
    const message = `monitor: steps must be a whole number from 1, got ${steps}`;
    assertThrows(() => monitor(steps), RangeError, message);
  }
  for (const every of [-1, NaN]) {
    const message = `monitor: every must be a number of milliseconds from 0, got ${every}`;
    assertThrows(() => monitor(1, { every }), RangeError, message);
  }
  const live = monitor(3, quiet);
  live.push(1);
  for (const [thing, name] of strangers) {
    assertThrows(
      () => live.push(untyped<number>(thing)),
      TypeError,
      `monitor: loss must be a Value or a number, got ${name}`,
    );
  }
  assertEquals(live.history.losses, [1]);
});

/** Runs `work` and gives what it warned of. */
async function warnings(work: () => void | Promise<void>): Promise<string[]> {
  const { warn } = console;
  const all: string[] = [];
  console.warn = (...x) => void all.push(x.join(" "));
  try {
    await work();
  } finally {
    console.warn = warn;
  }
  return all;
}

Deno.test("an output that throws is left out from then on, said once, and ends nothing", async () => {
  let calls = 0;
  const live = monitor(5, {
    every: 0,
    output: () => {
      if (calls++ === 2) throw new Error("No space left on device");
    },
  });
  const said = await warnings(() => {
    for (const step of live) live.push(step);
  });
  assertEquals([live.history.losses, calls], [[0, 1, 2, 3, 4], 3]);
  assertEquals(said, [
    "monitor: drawing has failed, the training goes on without it: No space left on device",
  ]);
});

Deno.test("an output that fails later than it returns ends nothing either", async () => {
  const live = monitor(2, {
    every: 0,
    output: () => Promise.reject(new Error("too late")) as unknown as void,
  });
  const said = await warnings(async () => {
    for (const step of live) live.push(step);
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
  assertEquals(said.length, 1);
  assertEquals(live.history.losses, [0, 1]);
});
