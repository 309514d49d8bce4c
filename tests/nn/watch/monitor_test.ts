import { join } from "node:path";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import { display, LossHistory, monitor, type MonitorOptions, Value } from "../../../mod.ts";
import { drawMonitor } from "../../../nn/watch/monitor_view.ts";
import {
  type Broadcast,
  notebookOutput,
  terminalOutput,
} from "../../../nn/watch/monitor_output.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { needs } from "../../support/permissions.ts";

/** A message to a notebook, shortened to what tests look at. */
interface Message {
  type: string;
  id: string;
  svg: string;
  text: string;
}

/** An output that keeps what a notebook would get. */
function notebook() {
  const messages: Message[] = [];
  const broadcast: Broadcast = (type, { data, metadata, transient }) => {
    assertEquals(metadata, {});
    assertEquals(Object.keys(data).sort(), ["image/svg+xml", "text/plain"]);
    const [svg, text] = [String(data["image/svg+xml"]), String(data["text/plain"])];
    messages.push({ type, id: transient.display_id, svg, text });
    return Promise.resolve();
  };
  return { messages, output: notebookOutput(broadcast) };
}

/** An output that keeps what a terminal or a log would get. */
function terminal(isTerminal: boolean) {
  const written: string[] = [];
  const output = terminalOutput({
    isTerminal: () => isTerminal,
    writeSync: (bytes) => written.push(new TextDecoder().decode(bytes)),
  });
  return { written, output };
}

/** Nothing between the first picture and the last. */
const every = Infinity;
const quiet: MonitorOptions = { every, output: () => {} };

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
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

Deno.test("a notebook gets one picture, which is replaced at every step", () => {
  const { messages, output } = notebook();
  const live = monitor(3, { every: 0, output });
  for (const step of live) live.push(1 / (step + 1));
  const types = ["display_data", ...Array(3).fill("update_display_data")];
  assertEquals(messages.map(({ type }) => type), types);
  assertEquals(new Set(messages.map(({ id }) => id)).size, 1);
  assertEquals(messages.map(({ text }) => text), [
    "0 of 3 steps",
    "1 of 3 steps, loss 1",
    "2 of 3 steps, loss 0.5",
    "3 of 3 steps, loss 0.33333",
  ]);
});

Deno.test("the pictures of a program are counted, so that they have the same names in each run", () => {
  const ids = [1, 2].map(() => {
    const { messages, output } = notebook();
    for (const _ of monitor(1, { output }));
    return messages[0].id;
  });
  const [first, second] = ids.map((id) => Number(id.match(/^chainrule-monitor-(\d+)$/)![1]));
  assertEquals(second, first + 1);
});

Deno.test("at most 20 pictures a second are sent, and the last one is among them", () => {
  const { messages, output } = notebook();
  const live = monitor(1e6, { output });
  const start = performance.now();
  for (const step of live) {
    live.push(step);
    if (performance.now() - start > 300) break;
  }
  const updates = messages.length - 2; // without the first and the last
  const time = performance.now() - start;
  assert(updates >= 1 && updates <= time / 50, `${updates} updates in ${time} ms`);
  const n = live.history.losses.length;
  assert(n > 1000, `only ${n} steps`);
  assertStringIncludes(messages.at(-1)!.text, `${n} of 1000000 steps, loss `);
});

Deno.test("drawing that is slow gets its share of the time and no more", () => {
  let drawn = 0;
  const slow = () => {
    drawn++;
    busy(10);
  };
  const live = monitor(1e6, { every: 1, output: slow });
  const start = performance.now();
  for (const _ of live) {
    live.push(1);
    if (performance.now() - start > 290) break;
  }
  assert(drawn >= 2 && drawn <= 4, `${drawn} pictures`);
});

Deno.test("the last picture is drawn when the loop ends early, and when it throws", () => {
  for (const end of ["break", "throw"]) {
    const { messages, output } = notebook();
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
    assertEquals(messages.map(({ text }) => text), ["0 of 100 steps", "7 of 100 steps, loss 6"]);
    assertEquals(messages[1].type, "update_display_data");
  }
});

Deno.test("a loop that was left goes on where it was, under a new picture", () => {
  const { messages, output } = notebook();
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
  assertEquals(messages.filter(({ type }) => type === "display_data").length, 2);
  assertEquals(messages.at(-1)!.text, "5 of 5 steps, loss 4");
  assertEquals(new Set(messages.map(({ id }) => id)).size, 2);
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
  const { messages, output } = notebook();
  const live = monitor(3, { every, output });
  for (let i = 0; i < 3; i++) live.push(i);
  assertEquals(messages.map(({ type, text }) => `${type}: ${text}`), [
    "display_data: 1 of 3 steps, loss 0",
    "update_display_data: 3 of 3 steps, loss 2",
  ]);
});

Deno.test("a loop of one's own that ends early is drawn as soon as it lets go", async () => {
  const { messages, output } = notebook();
  const live = monitor(100, { every: 10, output });
  for (let i = 0; i < 7; i++) live.push(i);
  assertEquals(messages.length, 1);
  await new Promise((resolve) => setTimeout(resolve, 40));
  assertEquals(messages.map(({ text }) => text).slice(1), ["7 of 100 steps, loss 6"]);
});

Deno.test("more losses than steps are kept and counted", () => {
  const live = monitor(2, { ...quiet, every: 0 });
  for (let i = 0; i < 3; i++) live.push(i);
  assertEquals(live.history.losses, [0, 1, 2]);
  const svg = drawMonitor({ losses: [0, 1, 2], steps: 2, logarithmic: false });
  assertStringIncludes(svg, "<title>3 steps, 2 expected, loss 2</title>");
});

Deno.test("a broadcast that promises nothing, as on newer Denos, is fine", () => {
  const live = monitor(2, { output: notebookOutput(() => {}) });
  for (const step of live) live.push(step);
  assertEquals(live.history.losses, [0, 1]);
});

Deno.test("a picture that cannot be sent does not end the training", async () => {
  const live = monitor(2, { output: notebookOutput(() => Promise.reject(new Error("gone"))) });
  for (const step of live) live.push(step);
  await Promise.resolve();
  assertEquals(live.history.losses, [0, 1]);
});

Deno.test("the picture is an SVG of a bar and a curve, and has no time in it", () => {
  const svg = drawMonitor({ losses: [4, 2, 1], steps: 6, logarithmic: false });
  assertMatch(svg, /^<svg [^]*<\/svg>$/);
  const bars = [...svg.matchAll(/<rect [^>]*width="([\d.]+)" height="7"/g)].map(([, w]) =>
    Number(w)
  );
  assertEquals(bars[1] / bars[0], .5);
  const curve = svg.match(/<path d="(M[^"]+)" fill="none"/)![1];
  assertEquals(curve, "M62,46L150.8,130L239.6,172");
  assertEquals(drawMonitor({ losses: [4, 2, 1], steps: 6, logarithmic: false }), svg);
});

Deno.test("the picture's curve keeps every peak, however many losses there are", () => {
  const losses = Array.from({ length: 100_000 }, (_, i) => i === 54_321 ? 7 : 1);
  const svg = drawMonitor({ losses, steps: losses.length, logarithmic: false });
  assert(svg.length < 30_000, `${svg.length} characters`);
  const curve = svg.match(/<path d="(M[^"]+)" fill="none"/)![1];
  const heights = new Set([...curve.matchAll(/,([\d.]+)/g)].map(([, y]) => y));
  assertEquals(heights.size, 2);
});

Deno.test("losses that are not finite leave a gap in the picture and no NaN", () => {
  for (const logarithmic of [false, true]) {
    for (const losses of [[NaN], [1, NaN, 2, Infinity, -1, 0, 3], [], [0], [1e308, -1e308]]) {
      const svg = drawMonitor({ losses, steps: 9, logarithmic });
      const drawing = svg.replace(
        /<title>[^]*?<\/title>|<text[^]*?<\/text>|aria-label="[^"]*"/g,
        "",
      );
      assertEquals(drawing.match(/NaN|Infinity/), null, `${losses}`);
    }
  }
  const svg = drawMonitor({ losses: [1, NaN, 2, 3], steps: 9, logarithmic: false });
  assertEquals(svg.match(/<path d="(M[^"]+)" fill="none"/)![1].match(/[ML]/g), ["M", "M", "L"]);
});

Deno.test("a logarithmic picture has the powers of ten at its side", () => {
  const svg = drawMonitor({ losses: [5, .002], steps: 2, logarithmic: true });
  const marks = [...svg.matchAll(/text-anchor="end">([^<]+)</g)].map(([, text]) => text);
  assertEquals(marks, ["0.001", "0.01", "0.1", "1", "10", "loss over step"]);
});

Deno.test("a terminal gets one line, written over in place", () => {
  const { written, output } = terminal(true);
  const live = monitor(2, { every: 0, output });
  for (const step of live) live.push(step + .5);
  assertEquals(written, [
    "\r[........................] 0 of 2 steps\x1b[K",
    "\r[############............] 1 of 2 steps, loss 0.5\x1b[K",
    "\r[########################] 2 of 2 steps, loss 1.5\x1b[K\n",
  ]);
});

Deno.test("a log gets the last line only", () => {
  const { written, output } = terminal(false);
  const live = monitor(8, { every: 0, output });
  for (const step of live) {
    live.push(step);
    if (step === 1) break;
  }
  assertEquals(written, ["[######..................] 2 of 8 steps, loss 1\n"]);
});

Deno.test("a monitor shows the chart of its history, and its text says how far it is", async () => {
  const live = monitor(3, quiet);
  assertEquals(String(live), "Monitor(0 of 3 steps)");
  for (const loss of [.123456, .01]) live.push(loss);
  assertEquals(Deno.inspect([live]), "[ Monitor(2 of 3 steps, loss 0.1235 to 0.01) ]");
  assertEquals(await live[display](), await live.history[display]());
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

/** What a real kernel sent for a list of cells; see {@link runCells}. */
interface Sent {
  cell: number;
  type: string;
  text: string;
  id: string;
  /** Seconds since the cell began. */
  at: number;
}

/**
 * Runs cells in the Deno kernel of `.venv`, and presses Stop in those that begin
 * with `// stop`, half a second after their first picture.
 */
async function runCells(cells: readonly string[]): Promise<Sent[]> {
  // On demand: it looks at the environment as soon as it is loaded.
  const { root, setup } = await import("../../../notebooks/jupyter/setup.ts");
  const { python, env } = await setup();
  const process = new Deno.Command(python, {
    args: ["-c", client, JSON.stringify(cells)],
    cwd: join(root, "notebooks"),
    env,
    stdin: "null",
    stderr: "null",
  });
  const { success, stdout } = await process.output();
  assert(success, "the kernel's client failed");
  return JSON.parse(new TextDecoder().decode(stdout));
}

const client = `
import json, queue, sys, time
from jupyter_client.manager import KernelManager

kernel = KernelManager(kernel_name="deno")
kernel.start_kernel()
client = kernel.client()
client.start_channels()
sent = []
try:
    client.wait_for_ready(timeout=60)
    for i, source in enumerate(json.loads(sys.argv[1])):
        started, stop_at, idle_at = time.monotonic(), None, None
        client.execute(source)
        while idle_at is None or time.monotonic() < idle_at + 0.3:
            now = time.monotonic()
            if now > started + 60:
                sys.exit("a cell did not end")
            if stop_at is not None and now > stop_at:
                kernel.interrupt_kernel()
                stop_at = None
            try:
                message = client.get_iopub_msg(timeout=0.02)
            except queue.Empty:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                idle_at = now
            if kind in ("display_data", "update_display_data", "execute_result", "error", "stream"):
                if kind == "display_data" and source.startswith("// stop"):
                    stop_at = now + 0.5
                sent.append({
                    "cell": i,
                    "type": kind,
                    "text": content.get("data", {}).get("text/plain", content.get("evalue", "")),
                    "id": (content.get("transient") or {}).get("display_id", ""),
                    "at": now - started,
                })
finally:
    client.stop_channels()
    kernel.shutdown_kernel(now=True)
print(json.dumps(sent))
`;

const permitted = needs("read", "write", "run", "env");
const stamp = new URL("../../../.venv/installed.txt", import.meta.url);
const installed = !permitted.ignore && await Deno.stat(stamp).then(() => true, () => false);
if (!permitted.ignore && !installed) {
  console.log("The test of the monitor in a kernel is skipped: no .venv; run: deno task notebooks");
}

Deno.test({
  name: "in a kernel, pictures arrive during the loop, and after Stop the losses are still there",
  ignore: !installed,
  fn: async () => {
    const busy = "{ const end = performance.now() + 5; while (performance.now() < end); }";
    const sent = await runCells([
      `import { monitor } from "chainrule";`,
      `const live = monitor(60);\nfor (const step of live) { ${busy} live.push(1 / (step + 1)); }`,
      `// stop\nconst long = monitor(1e6);\nfor (const step of long) { ${busy} long.push(step); }`,
      `long.history.losses.length`,
      `for (const step of long) { console.log(step); break; }`,
      `try { for (const step of monitor(9)) throw new Error("x"); } catch {}\nlong;`,
    ]);
    const of = (cell: number) => sent.filter((message) => message.cell === cell);

    const whole = of(1);
    assertEquals(whole[0].type, "display_data");
    assertEquals(new Set(whole.slice(1).map(({ type }) => type)), new Set(["update_display_data"]));
    assertEquals(new Set(whole.map(({ id }) => id)), new Set(["chainrule-monitor-1"]));
    assertEquals(whole.at(-1)!.text, "60 of 60 steps, loss 0.016667");
    const during = whole.at(-1)!.at - whole[0].at;
    assert(during > .2, `all pictures came within ${during} s: not while the loop ran`);
    assert(whole.length <= 3 + 20 * during, `${whole.length} pictures in ${during} s`);

    const stopped = of(2);
    const count = Number(of(3)[0].text);
    assert(stopped.some(({ type }) => type === "error"), "the loop was not stopped");
    assert(count >= 10 && count < 2000, `${count} steps in half a second`);
    const last = stopped.findLast(({ type }) => type === "update_display_data");
    assertEquals(last?.text, `${count} of 1000000 steps, loss ${count - 1}`);

    assertEquals(of(4)[0].text, `${count} of 1000000 steps, loss ${count - 1}`);
    assertEquals(of(4)[0].id, "chainrule-monitor-3");
    assertEquals(of(5).map(({ type }) => type).slice(0, 2), [
      "display_data",
      "update_display_data",
    ]);
    assertMatch(of(5).at(-1)!.text, new RegExp(`^LossHistory\\(${count} steps, 0 to `));
  },
});
