import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import { display, LossHistory, Value } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

function history(losses: readonly number[], options = {}): LossHistory {
  const result = new LossHistory(options);
  for (const loss of losses) result.push(loss);
  return result;
}

/** The points that a chart draws. */
function points(h: LossHistory): { step: number; loss: number }[] {
  return (h.chart().spec.data as { values: { step: number; loss: number }[] }).values;
}

Deno.test("a history keeps losses, given as numbers or as Values, in order", () => {
  const h = new LossHistory();
  h.push(.5);
  h.push(new Value(.25));
  assertEquals(h.losses, [.5, .25]);
});

Deno.test("a history refuses everything else, and keeps what it had", () => {
  const h = history([1]);
  for (const [thing, name] of strangers) {
    assertThrows(
      () => h.push(untyped<number>(thing)),
      TypeError,
      `LossHistory.push: loss must be a Value or a number, got ${name}`,
    );
  }
  assertEquals(h.losses, [1]);
});

Deno.test("a history's text says how many steps, and the first and last loss", () => {
  assertEquals(String(history([])), "LossHistory(0 steps)");
  assertEquals(String(history([.123456])), "LossHistory(1 step, 0.1235 to 0.1235)");
  assertEquals(String(history([.5, 1, .25])), "LossHistory(3 steps, 0.5 to 0.25)");
  assertEquals(Deno.inspect([history([1, 2])]), "[ LossHistory(2 steps, 1 to 2) ]");
});

Deno.test("a history shows itself as a live chart, a still picture and text, and nothing else", async () => {
  const h = history([4, 2, 1, .5]);
  const bundle = await h[display]();
  assertEquals(Object.keys(bundle).sort(), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(bundle["text/plain"], "LossHistory(4 steps, 4 to 0.5)");
  assertEquals(
    bundle["application/vnd.vegalite.v5+json"],
    (await h.chart()[display]())["application/vnd.vegalite.v5+json"],
  );
  const svg = String(bundle["image/svg+xml"]);
  assertMatch(svg, /^<svg/);
  const line = svg.match(/class="mark-line[^>]*><path[^>]* d="(M[^"]+)"/);
  assert(line !== null, "the picture has a line");
  assertEquals(line[1].split(/[ML]/).length - 1, 4);
});

Deno.test("a history's chart has every step, from 0", () => {
  assertEquals(points(history([4, 2])), [{ step: 0, loss: 4 }, { step: 1, loss: 2 }]);
});

Deno.test("a history of more than 1,000 steps is drawn in part, and says so", () => {
  const whole = history(Array.from({ length: 1000 }, (_, i) => i));
  assertEquals(points(whole).length, 1000);
  assertEquals(whole.chart().spec.title, "LossHistory(1000 steps, 0 to 999)");
  whole.push(7);
  assert(points(whole).length <= 1000);
  assertStringIncludes(
    String(whole.chart().spec.title),
    "1001 steps, 0 to 7), a part of them drawn",
  );
});

Deno.test("a history can be drawn on a logarithmic axis", () => {
  const scale = (h: LossHistory) =>
    (h.chart().spec.encoding as { y: { scale: { type?: string } } }).y.scale.type;
  assertEquals(scale(history([1, .1], { logarithmic: true })), "log");
  assertEquals(scale(history([1, .1])), "linear");
});

Deno.test("histories that are empty, short or not finite can be shown, too", async () => {
  for (const losses of [[], [1], [1, NaN, Infinity, 2]]) {
    assertMatch(String((await history(losses)[display]())["image/svg+xml"]), /^<svg/);
  }
});
