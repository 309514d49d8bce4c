import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "../../support/assert.ts";
import { type Chart, display, gradcheckCurve, MLP, RandomGenerator, Value } from "../../../mod.ts";
import { elements } from "../../support/pictures.ts";

const smooth = (x: Value) => x.exp().mul(x.sin());

/** All rows of inline data in a chart, of its layers too. */
function rows(chart: Chart): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const collect = (part: unknown) => {
    if (typeof part !== "object" || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      if (key === "values") found.push(...value as Record<string, unknown>[]);
      else collect(value);
    }
  };
  collect(chart.spec);
  return found;
}

/** The texts that a chart writes beside its axes. */
const texts = (chart: Chart) => rows(chart).flatMap(({ text }) => text === undefined ? [] : [text]);

Deno.test("a curve shows itself as a live chart, a still picture and text, the same each time", async () => {
  const make = () => gradcheckCurve(smooth, [1], { steps: [.1, 1e-3, 1e-5] });
  const bundle = await make()[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertMatch(
    String(bundle["text/plain"]),
    /^gradcheckCurve: 3 steps from 0\.1 to 1e-5; the error is smallest, \S+, at h = 1e-5$/,
  );
  assertEquals(Deno.inspect(make()), bundle["text/plain"]);
  assertEquals(await make()[display](), bundle);
});

Deno.test("the slopes of the V are named only where they are", () => {
  const bend = gradcheckCurve(smooth, [1]);
  assertEquals(texts(bend.chart()), ["gradcheck: h = 6e-6", "bend: as h²", "rounding: as 1/h"]);
  // A parabola has no truncation, and a wrong derivative errs the same at each step.
  const parabola = gradcheckCurve((x) => x.mul(x).mul(3.3), [1.7]);
  assertEquals(texts(parabola.chart()), ["gradcheck: h = 6e-6", "rounding: as 1/h"]);
  const wrong = gradcheckCurve((x) => x.add(Math.sin(x.data) - x.data), [1]);
  assertEquals(texts(wrong.chart()), ["gradcheck: h = 6e-6"]);
  assertAlmostEquals(wrong.best!.error, 1 - Math.cos(1), 1e-3);
});

Deno.test("errors of exactly 0 lie on the lower border as hollow points", async () => {
  const constant = gradcheckCurve((x) => x.mul(0).add(1), [2]);
  assert(constant.points.every(({ error }) => error === 0));
  const chart = constant.chart();
  const errors = rows(chart).flatMap(({ error }) => error === undefined ? [] : [error as number]);
  assertEquals(errors.length, 49);
  assert(errors.every((error) => error > 0), "no logarithm of 0");
  const svg = await chart.svg();
  assert(!/NaN|Infinity|undefined/.test(svg.replace(/aria-[\w-]+="[^"]*"/g, "")));
  assertStringIncludes(svg, "hollow points: the error is exactly 0");
});

Deno.test("errors that are not numbers are left out of the chart and kept in the data", async () => {
  const curve = gradcheckCurve((x) => x.log(), [.02]);
  assert(Number.isNaN(curve.points[0].error));
  const chart = curve.chart();
  assertEquals(JSON.parse(JSON.stringify(chart.spec)), chart.spec);
  assertMatch(await chart.svg(), /^<svg/);
  const nowhere = gradcheckCurve((x) => x.log(), [-1]);
  assertEquals(nowhere.best, undefined);
  assertStringIncludes(String(nowhere), "no error is a number");
  assertMatch(await nowhere.chart().svg(), /^<svg/);
});

Deno.test("a curve of a few inputs has a line for each, of many the largest error", () => {
  const inputs = (chart: Chart) =>
    new Set(rows(chart).flatMap(({ input }) => input === undefined ? [] : [input]));
  const two = gradcheckCurve((x, y) => x.exp().mul(y.sin()), [1, 2]);
  assertEquals([...inputs(two.chart())], ["x0", "x1"]);
  const model = new MLP(2, [3, 1], { generator: new RandomGenerator(1) });
  const many = gradcheckCurve(() => model.forward([1, 2]), model.parameters());
  assertEquals([...inputs(many.chart())], ["largest of all inputs"]);
  const drawn = rows(many.chart()).filter(({ input }) => input !== undefined);
  assertEquals(drawn.length, 49);
  const largest = many.points.filter(({ step }) => step === .1).map(({ error }) => error);
  assertEquals(drawn[0].error, Math.max(...largest));
  assertEquals(new Set(many.points.map(({ label }) => label)).size, 13, "w0 [0], w0 [3], …");
});

Deno.test("a label with markup stays text in the picture", async () => {
  const label = "<img src=x onerror=alert(1)>";
  const curve = gradcheckCurve((x, y) => x.exp().add(y.exp()), [new Value(1, { label }), 2]);
  const svg = await curve.chart().svg();
  assert(!svg.includes("<img"));
  assertStringIncludes(svg, "&lt;img src=x");
  assert(!elements(svg.replace(/&(lt|gt|amp|quot);/g, "&#1;")).includes("img"));
});
