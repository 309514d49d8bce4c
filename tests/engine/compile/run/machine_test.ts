import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../../support/assert.ts";
import { generate, generateAlone } from "../../../../engine/compile/kernels/generate.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { Machine } from "../../../../engine/compile/run/machine.ts";
import { Value } from "../../../../mod.ts";

/** w·x + 3, with x as an output. */
function machine(type: "f64" | "f32" = "f64") {
  const [x, w] = [new Value(1), new Value(2)];
  const made = plan(w.mul(x).add(3), [x], [w], [x]);
  const running = new Machine(made, [generate(made, { type, isFused: false, threads: 1 })]);
  running.parameters[0] = 2;
  return running;
}

for (const type of ["f64", "f32"] as const) {
  Deno.test(`a machine of ${type} computes losses, gradients and outputs of its memory`, () => {
    const running = machine(type);
    running.load([[1], [2], [6]]);
    assertEquals(running.compute("step", undefined), 9);
    assertEquals([...running.gradients, ...running.outputs], [3, 1, 2, 6]);
    assertEquals(running.compute("evaluate", [2, 0]), 10);
    assertEquals([...running.outputs], [6, 1]);
    running.parameters[0] = 1;
    assertEquals(running.compute("evaluate", [2]), 9);
  });
}

Deno.test("without examples a machine computes nothing, and after bad ones neither", () => {
  const running = machine();
  assertThrows(() => running.compute("step", undefined), Error, "Program: load examples first");
  running.load([[1]]);
  assertThrows(() => running.compute("step", [1]), RangeError, "batch[0] must be a whole number");
});

Deno.test("examples, parameters and a user's numbers stay as the memory grows", () => {
  const running = machine();
  running.load([[1], [2], [6]]);
  const at = running.room(100);
  running.write(at, [.5, .25]);
  assertEquals(running.compute("evaluate", undefined), 9);
  // So large a batch needs more than the memory has.
  assertEquals(running.compute("evaluate", new Array(2 ** 17).fill(1)), 7);
  assertEquals([...running.view(at, 2)], [.5, .25]);
  assertEquals(running.room(50), at);
  assertEquals(running.room(100_000), at);
  assertEquals([...running.view(at, 2)], [.5, .25]);
  assertEquals(running.compute("evaluate", undefined), 9);
  assertEquals([...running.parameters], [2]);
});

Deno.test("who uses the memory is told before another does", () => {
  const running = machine();
  const calls: string[] = [];
  const user = (name: string) => ({ leave: () => void calls.push(name) });
  const [a, b] = ["a", "b"].map(user);
  running.use(a);
  assert(running.user === a);
  running.use(b);
  running.use(null);
  assertEquals(calls, ["a", "b"]);
  assert(running.user === null);
});

Deno.test("one example alone is computed by code that is made once, and anew where its tables would be in the way", () => {
  const [x, w] = [new Value(1), new Value(2)];
  const made = plan(w.mul(x).exp(), [x], [w], [x]);
  const settings = { type: "f64", isFused: false, threads: 1 } as const;
  const places: number[] = [];
  const running = new Machine(made, [generate(made, settings)], (tables) => {
    places.push(tables);
    return generateAlone(made, settings, tables);
  });
  running.parameters[0] = 2;
  running.load([[0], [.5], [1]]);
  assertAlmostEquals(running.compute("step", undefined), (1 + Math.E + Math.E ** 2) / 3, 1e-14);
  assertEquals(places, []);
  const answers = (i: number) => {
    assertAlmostEquals(running.compute("step", [i]), Math.exp(i), 1e-14);
    assertAlmostEquals(running.gradients[0], i / 2 * Math.exp(i), 1e-14);
    assertEquals([...running.outputs], [i / 2]);
    assertAlmostEquals(running.compute("evaluate", [i]), Math.exp(i), 1e-14);
  };
  for (const i of [0, 1, 2]) answers(i);
  assertEquals(places.length, 1);
  assertAlmostEquals(running.compute("evaluate", [0, 2]), (1 + Math.E ** 2) / 2, 1e-14);
  const at = running.room(1000);
  answers(1);
  assertEquals(places.length, 2);
  assert(at + 1000 <= places[1], `${at} and ${places[1]}`);
  running.write(at, new Array(125).fill(7));
  assertEquals(running.room(1000), at);
  answers(2);
  assertEquals([...new Set(running.view(at, 125))], [7]);
  assertEquals(places.length, 2);
});

Deno.test("without such code one example is a block of its own", () => {
  const running = machine();
  running.load([[4], [5]]);
  assertEquals(running.compute("step", [1]), 13);
  assertEquals([...running.gradients, ...running.outputs], [5, 5]);
});
