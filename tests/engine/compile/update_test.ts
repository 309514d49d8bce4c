import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  applyRule,
  generateUpdate,
  updateMemory,
  type UpdateRule,
} from "../../../engine/compile/update.ts";
import { instantiate } from "../../../engine/compile/run/instance.ts";
import { settingOf } from "../../support/kernels.ts";

/** Momentum with a square root, a branch and two numbers of a step. */
const ruleOf = (count: number): UpdateRule => ({
  state: [0, 1].map((k) => Float64Array.from({ length: count }, (_, i) => k + i / 8)),
  shared: 2,
  begin: () => [.25, 3],
  apply(w, p, gradient, [v, s], [rate, limit]) {
    const velocity = w.add(w.mul(rate, v), gradient);
    const squares = w.max(s, w.mul(gradient, gradient));
    const size = w.order(squares, limit, () => w.lit(1), () => limit, () => w.sqrt(squares));
    return [w.sub(p, w.div(velocity, size)), velocity, squares];
  },
});

for (const type of ["f64", "f32"] as const) {
  Deno.test(`an update as code moves parameters of ${type} as applyRule() does, what is left of vectors too`, () => {
    for (const count of [1, 2, 3, 4, 5, 8, 11]) {
      const { memory } = settingOf(type, 1, count);
      const data = Float64Array.from({ length: count }, (_, i) => 1 + i);
      const grad = Float64Array.from({ length: count }, (_, i) => (-1) ** i * (i + .5));
      const rule = ruleOf(count);
      const own = updateMemory(rule, count, memory, () => 4096);
      const buffer = new WebAssembly.Memory({ initial: 1 });
      const numbers = (at: number, n = count) =>
        type === "f64"
          ? new Float64Array(buffer.buffer, at, n)
          : new Float32Array(buffer.buffer, at, n);
      numbers(memory.values.scalar).set(data);
      numbers(memory.adjoints.scalar).set(grad);
      numbers(own.shared, rule.shared).set(rule.begin());
      rule.state.forEach((s, k) => numbers(own.state[k]).set(s));
      instantiate(generateUpdate(rule, count, memory, own, { pages: 1 }), buffer).update();
      applyRule(rule, data, grad);
      const tolerance = type === "f64" ? 0 : 1e-6;
      const check = (at: number, right: Float64Array) =>
        numbers(at).forEach((x, i) =>
          assert(Math.abs(x - right[i]) <= tolerance * Math.abs(right[i]))
        );
      check(memory.values.scalar, data);
      check(memory.adjoints.scalar, grad);
      rule.state.forEach((s, k) => check(own.state[k], s));
    }
  });
}

Deno.test("the numbers of a rule have places of their own in the room that is given", () => {
  const { memory } = settingOf("f64", 1, 9);
  let asked = 0;
  const own = updateMemory(ruleOf(9), 9, memory, (bytes) => {
    asked = bytes;
    return 1000;
  });
  // Two numbers, then twice nine, each from the start of a line of the cache.
  assertEquals([own, asked], [{ shared: 1000, state: [1064, 1192] }, 320]);
});

Deno.test("an update that needs a function of vectors is an error that names it", () => {
  const { memory } = settingOf("f64", 1, 1);
  const rule: UpdateRule = {
    state: [],
    shared: 0,
    begin: () => [],
    apply: (w, p) => [w.tanh(p)],
  };
  const own = updateMemory(rule, 1, memory, () => 0);
  assertThrows(
    () => generateUpdate(rule, 1, memory, own, { pages: 1 }),
    Error,
    "compile: an update has no function tanh",
  );
});
