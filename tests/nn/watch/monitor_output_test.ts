import { join } from "node:path";
import process from "node:process";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { monitor } from "../../../mod.ts";
import {
  type Broadcast,
  notebookOutput,
  processTerminal,
  terminalOutput,
} from "../../../nn/watch/monitor_output.ts";
import { needs } from "../../support/permissions.ts";
import { pictureTypes } from "../../support/pictures.ts";

/** A message to a notebook, shortened to what tests look at. */
interface Message {
  type: string;
  id: string;
  kinds: string[];
  text: string;
}

/** An output that keeps what a notebook would get. */
function notebook() {
  const messages: Message[] = [];
  const broadcast: Broadcast = (type, { data, metadata, transient }) => {
    assertEquals(metadata, {});
    const text = String(data["text/plain"]);
    messages.push({ type, id: transient.display_id, kinds: Object.keys(data).sort(), text });
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

Deno.test("a notebook gets one picture, which is replaced at every step and ends as a chart", () => {
  const { messages, output } = notebook();
  const live = monitor(3, { every: 0, output });
  for (const step of live) live.push(1 / (step + 1));
  const types = ["display_data", ...Array(3).fill("update_display_data")];
  assertEquals(messages.map(({ type }) => type), types);
  assertEquals(new Set(messages.map(({ id }) => id)).size, 1);
  const still = ["image/svg+xml", "text/plain"];
  assertEquals(messages.map(({ kinds }) => kinds), [
    ...Array(3).fill(pictureTypes),
    ["application/vnd.vegalite.v5+json", ...still],
  ]);
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

/** What a real kernel sent for a list of cells; see {@link runCells}. */
interface Sent {
  cell: number;
  type: string;
  kinds: string[];
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
        while idle_at is None or time.monotonic() < idle_at + 0.5:
            now = time.monotonic()
            if now > started + 120:
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
                    "kinds": sorted(content.get("data", {})),
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

const fitting = `
import { fit, historyOf, makeMoons, MLP, mseLoss, RandomGenerator, SGD } from "chainrule";
const network = () => new MLP(2, [4, 1], { generator: new RandomGenerator(1) });
const data = makeMoons({ samples: 20 });
const train = (model, epochs) => {
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  return fit(model, data, { loss: mseLoss, optimizer, epochs });
};`;

Deno.test({
  name: "in a kernel, pictures arrive during the loop, and after Stop the losses are still there",
  ignore: !installed,
  fn: async () => {
    const busy = "{ const end = performance.now() + 5; while (performance.now() < end); }";
    const sent = await runCells([
      `import { monitor } from "chainrule";\nconst start = performance.now();`,
      `const live = monitor(300);\nfor (const step of live) { ${busy} live.push(1 / (step + 1)); }`,
      `performance.now() - start`,
      `// stop\nconst long = monitor(1e6);\nfor (const step of long) { ${busy} long.push(step); }`,
      // What the monitor draws after Stop, it draws within a second of the kernel's own time.
      `await new Promise((done) => setTimeout(done, 1200));`,
      `long.history.losses.length`,
      `for (const step of long) { console.log(step); break; }`,
      `try { for (const step of monitor(9)) throw new Error("x"); } catch {}\nlong;`,
      fitting,
      `// stop\nconst model = network();\ntrain(model, 1e7);`,
      `const { losses } = historyOf(model);\nlosses.length;`,
      `const again = network();
       const same = train(again, losses.length).losses.join() === losses.join();
       const numbers = (of) => of.parameters().map(({ data }) => data).join();
       same && numbers(network()) !== numbers(model);`,
    ]);
    const of = (...cells: number[]) => sent.filter(({ cell }) => cells.includes(cell));

    const whole = of(1);
    assertEquals(whole[0].type, "display_data");
    assertEquals(new Set(whole.slice(1).map(({ type }) => type)), new Set(["update_display_data"]));
    assertEquals(new Set(whole.map(({ id }) => id)), new Set(["chainrule-monitor-1"]));
    assertEquals(whole.at(-1)!.text, "300 of 300 steps, loss 0.0033333");
    assert(whole.at(-1)!.kinds.includes("application/vnd.vegalite.v5+json"), "it ends as a chart");
    const during = whole.at(-1)!.at - whole[0].at;
    assert(during > .2, `all pictures came within ${during} s: not while the loop ran`);
    const seconds = Number(of(2)[0].text) / 1000;
    assert(whole.length <= 3 + 20 * seconds, `${whole.length} pictures in ${seconds} s`);

    const stopped = of(3, 4);
    const count = Number(of(5)[0].text);
    assert(stopped.some(({ type }) => type === "error"), "the loop was not stopped");
    assert(count > 1, `${count} steps in half a second`);
    const last = stopped.findLast(({ type }) => type === "update_display_data");
    assertEquals(last?.text, `${count} of 1000000 steps, loss ${count - 1}`);

    assertEquals(of(6)[0].text, `${count} of 1000000 steps, loss ${count - 1}`);
    assertEquals(of(6)[0].id, "chainrule-monitor-3");
    assertEquals(of(7).map(({ type }) => type).slice(0, 2), [
      "display_data",
      "update_display_data",
    ]);
    assertMatch(of(7).at(-1)!.text, new RegExp(`^LossHistory\\(${count} steps, 0 to `));

    assert(of(9).some(({ type }) => type === "error"), "fit was not stopped");
    const taken = Number(of(10)[0].text);
    assert(taken > 10 && taken < 1e7, `${taken} steps`);
    assertEquals(
      of(11).at(-1)!.text,
      "true",
      "the losses are those of its steps, and the model has learned",
    );
  },
});

Deno.test("Node's terminal is its stderr, and a page has none", () => {
  assertEquals(processTerminal()?.isTerminal(), process.stderr.isTTY === true);
  const { getBuiltinModule } = process;
  try {
    Object.assign(process, { getBuiltinModule: undefined });
    assertEquals(processTerminal(), undefined);
  } finally {
    Object.assign(process, { getBuiltinModule });
  }
});

Deno.test("a terminal that takes nothing, for a while or for good, does not end the training", () => {
  const written: string[] = [];
  let calls = 0;
  const output = terminalOutput({
    isTerminal: () => true,
    writeSync: (bytes) => {
      if (calls++ < 2) throw new Error("Resource temporarily unavailable");
      return written.push(new TextDecoder().decode(bytes));
    },
  });
  const live = monitor(4, { every: 0, output });
  for (const step of live) live.push(step + 1);
  assertEquals([live.history.losses, written.length], [[1, 2, 3, 4], 3]);
});

Deno.test("a monitor on a full disk or a closed pipe leaves the training and its history", {
  ignore: needs("run", "read").ignore || Deno.build.os !== "linux",
}, async () => {
  const door = new URL("../../../mod.ts", import.meta.url).href;
  const script = `
    import { fit, makeMoons, MLP, mseLoss, SGD } from "${door}";
    const model = new MLP(2, [1]);
    const optimizer = new SGD(model.parameters());
    const options = { loss: mseLoss, optimizer, epochs: 30, monitor: { every: 0 } };
    console.log(fit(model, makeMoons({ samples: 10 }), options).losses.length);
  `;
  for (const stderr of ["2>/dev/full", "2>&1 >&3 3>&- | true"]) {
    const { code, stdout } = await new Deno.Command("bash", {
      args: ["-c", `exec 3>&1; "$0" eval --no-check "$1" ${stderr}`, Deno.execPath(), script],
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout).trim()], [0, "30"]);
  }
});
