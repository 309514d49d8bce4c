import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import {
  type Chart,
  display,
  gradcheck,
  type GradcheckCurve,
  gradcheckCurve,
  MLP,
  RandomGenerator,
  Value,
} from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
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

/** The largest error of a curve among steps of an interval. */
const worst = ({ points }: GradcheckCurve, low: number, high: number) =>
  Math.max(...points.filter(({ step }) => step >= low && step <= high).map(({ error }) => error));

Deno.test("gradcheckCurve() tries 49 steps from 1e-1 to 1e-13, four a decade", () => {
  const steps = gradcheckCurve(smooth, [1]).points.map(({ step }) => step);
  assertEquals(steps.length, 49);
  assertEquals(steps.slice(0, 5), [.1, .0562, .0316, .0178, .01]);
  assertEquals(steps[48], 1e-13);
});

Deno.test("a curve's errors are |backward() − (f(x+h) − f(x−h)) / 2h|, with h relative to max(1, |x|)", () => {
  const f = (x: number) => Math.exp(x) * Math.sin(x);
  for (const x of [.5, -4]) {
    const slope = Math.exp(x) * (Math.sin(x) + Math.cos(x));
    const { points } = gradcheckCurve(smooth, [x], { steps: [.1, .01, 1e-9] });
    for (const { step, analytic, numeric, error } of points) {
      const h = step * Math.max(1, Math.abs(x));
      assertAlmostEquals(analytic, slope, 1e-12);
      assertEquals(numeric, (f(x + h) - f(x - h)) / (x + h - (x - h)));
      assertEquals(error, Math.abs(analytic - numeric));
    }
  }
});

Deno.test("at gradcheck()'s own step a curve has gradcheck()'s own numbers", () => {
  const fn = (x: Value, y: Value) => x.tanh().mul(y.exp());
  const inputs = [.3, -2];
  const curve = gradcheckCurve(fn, inputs, { steps: [6e-6] });
  assertEquals(
    curve.points.map(({ label, analytic, numeric }) => [label, analytic, numeric]),
    gradcheck(fn, inputs).entries.map(({ label, analytic, numeric }) => [label, analytic, numeric]),
  );
});

Deno.test("a curve is a V: errors fall with h², then rise with 1/h, and the default is near its bottom", () => {
  const curve = gradcheckCurve(smooth, [1]);
  const at = (h: number) => worst(curve, h * .99, h * 1.01);
  assertAlmostEquals(Math.log10(at(.1) / at(.01)), 2, .05);
  assertAlmostEquals(Math.log10(at(.01) / at(.001)), 2, .05);
  assert(worst(curve, 1e-13, 1e-12) > 1e4 * worst(curve, 1e-8, 1e-7));
  const { step, error } = curve.best!;
  assert(step > 1e-7 && step < 1e-4, `best step ${step}`);
  assert(gradcheck(smooth, [1]).entries[0].error < 100 * error);
  assertEquals(texts(curve.chart()), ["bend: as h²", "rounding: as 1/h", "gradcheck: h = 6e-6"]);
});

Deno.test("the slopes of the V are named only where they are", () => {
  // A parabola has no truncation, and a wrong derivative errs the same at each step.
  const parabola = gradcheckCurve((x) => x.mul(x).mul(3.3), [1.7]);
  assertEquals(texts(parabola.chart()), ["rounding: as 1/h", "gradcheck: h = 6e-6"]);
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
  assertEquals(drawn[0].error, worst(many, .1, .1));
  assertEquals(new Set(many.points.map(({ label }) => label)).size, 13, "w0 [0], w0 [3], …");
});

Deno.test("gradcheckCurve() puts data and gradients back, also when fn throws", () => {
  const x = new Value(1, { label: "x" });
  x.grad = 5;
  gradcheckCurve(smooth, [x]);
  assertEquals([x.data, x.grad], [1, 5]);
  let calls = 0;
  assertThrows(
    () =>
      gradcheckCurve((v) => {
        if (++calls === 9) throw new URIError("on the ninth call");
        return v.exp();
      }, [x]),
    URIError,
  );
  assertEquals([x.data, x.grad], [1, 5]);
});

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

Deno.test("a label with markup stays text in the picture", async () => {
  const label = "<img src=x onerror=alert(1)>";
  const curve = gradcheckCurve((x, y) => x.exp().add(y.exp()), [new Value(1, { label }), 2]);
  const svg = await curve.chart().svg();
  assert(!svg.includes("<img"));
  assertStringIncludes(svg, "&lt;img src=x");
  assert(!elements(svg.replace(/&(lt|gt|amp|quot);/g, "&#1;")).includes("img"));
});

Deno.test("gradcheckCurve() refuses steps, inputs and results that are none", () => {
  for (const [thing, got] of [[[], "an array of 0"], ["1", 'string "1"'], [3, "number 3"]]) {
    assertThrows(
      () => gradcheckCurve(smooth, [1], { steps: untyped<number[]>(thing) }),
      RangeError,
      `gradcheckCurve: steps must be an array of at least one number, got ${got}`,
    );
  }
  for (const h of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => gradcheckCurve(smooth, [1], { steps: [.1, h] }),
      RangeError,
      `gradcheckCurve: steps[1] must be above 0 and finite, got ${h}`,
    );
  }
  assertThrows(
    () => gradcheckCurve(() => new Value(1), []),
    RangeError,
    "gradcheckCurve: inputs must have at least one element, got none",
  );
  for (const [thing, name] of strangers) {
    assertThrows(
      () => gradcheckCurve(smooth, [untyped<number>(thing)]),
      TypeError,
      `gradcheckCurve: inputs[0] must be a number or a Value, got ${name}`,
    );
    assertThrows(
      () => gradcheckCurve(() => untyped<Value>(thing), [1]),
      TypeError,
      `gradcheckCurve: fn must return a Value, got ${name}`,
    );
  }
});
