import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertThrows,
} from "../../support/assert.ts";
import { display, gradcheck, type GradcheckCurve, gradcheckCurve, Value } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

const smooth = (x: Value) => x.exp().mul(x.sin());

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
