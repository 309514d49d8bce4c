import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import { fit, historyOf, makeMoons, MLP, mseLoss, RandomGenerator, SGD } from "../../../mod.ts";
import { barOutput, lineOutput, mostUnwatched, progress } from "../../../nn/fit/progress.ts";
import { monitor } from "../../../nn/watch/monitor.ts";

function network() {
  const model = new MLP(2, [2, 1], { generator: new RandomGenerator(1) });
  return { model, optimizer: new SGD(model.parameters(), { lr: .1 }) };
}

/** A terminal that keeps what it is given. */
function terminal(isTerminal: boolean) {
  const written: string[] = [];
  const writeSync = (bytes: Uint8Array) => written.push(new TextDecoder().decode(bytes));
  return { written, output: lineOutput({ isTerminal: () => isTerminal, writeSync }) };
}

Deno.test("a training of more than 2,000 steps is watched, and a shorter one is not", () => {
  const silent = () => {};
  assertEquals([1, mostUnwatched].map((steps) => progress(steps, silent)), [null, null]);
  assertEquals(progress(mostUnwatched + 1, silent)?.steps, 2001);
});

Deno.test("in a terminal the progress is a line that clears itself, and in a log nothing", () => {
  const watched = terminal(true);
  const live = monitor(3, { every: 0, output: watched.output });
  for (const step of live) {
    live.push(step);
    if (step === 0) break;
  }
  assertEquals(watched.written, [
    "\r[........................] 0 of 3 steps\x1b[K",
    "\r[########................] 1 of 3 steps, loss 0\x1b[K",
    "\r\x1b[K",
  ]);
  const log = terminal(false);
  const logged = monitor(2, { every: 0, output: log.output });
  for (const step of logged) logged.push(step);
  assertEquals(log.written, []);
});

Deno.test("in a notebook the progress is a bar in one place, of which nothing is stored", () => {
  const stored = (every: number) => {
    const sent: string[] = [];
    const shown = new Map<string, unknown>();
    const output = barOutput((type, { data, transient: { display_id } }) => {
      sent.push(type);
      shown.set(display_id, data);
      if (sent.length === 2 && every === 0) {
        assertMatch(String(data["text/html"]), /^<progress max="3" value="1" .*1 of 3 steps, loss/);
      }
    });
    const live = monitor(3, { every, output });
    for (const step of live) live.push(step);
    assert(sent.slice(1).every((type) => type === "update_display_data"));
    return { updates: sent.length, shown: [...shown.values()] };
  };
  const [fast, slow] = [stored(Infinity), stored(0)];
  assert(slow.updates > fast.updates, "the slow one is drawn more often");
  assertEquals(slow.shown, fast.shown);
  assertEquals(slow.shown, [{ "text/html": "", "text/plain": "" }]);
});

Deno.test("historyOf() is what fit returns, and what there is when it returns nothing", () => {
  const { model, optimizer } = network();
  const data = makeMoons({ samples: 20 });
  assertThrows(() => historyOf(model), RangeError, "historyOf: model must have been trained");
  const options = { loss: mseLoss, optimizer, epochs: 3 };
  const history = fit(model, data, options);
  assertEquals(historyOf(model), history);
  let calls = 0;
  const stopped = () => {
    calls++;
    if (calls === 8) throw new Error("stopped");
    return mseLoss;
  };
  assertThrows(
    () => fit(model, data, { ...options, batchSize: 10, loss: (...sides) => stopped()(...sides) }),
    Error,
    "stopped",
  );
  const { losses, epochs } = historyOf(model);
  assert(losses.length > epochs.length * 2 - 1 && losses.length < 6, `${losses.length} losses`);
});

Deno.test("historyOf() refuses what is no model", () => {
  assertThrows(() => historyOf("model" as never), TypeError, "historyOf: model must be");
});
