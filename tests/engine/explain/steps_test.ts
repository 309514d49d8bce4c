import fc from "fast-check";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { steps, Value } from "../../../mod.ts";
import { display } from "../../../engine/show/jupyter.ts";
import { contents, gradients, untyped } from "../../support/helpers.ts";
import { point, program, run, smooth } from "../../support/programs.ts";
import { example } from "../../support/examples.ts";

Deno.test("one node a step: forward from the inputs, then backward from the result", () => {
  const { L } = example();
  assertEquals(steps(L).frames.map(({ title }) => title), [
    "Forward: the inputs are given",
    "Forward: compute v1",
    "Forward: compute v2",
    "Forward: compute L",
    "Backward: start at L",
    "Backward: L hands its gradient on",
    "Backward: v2 hands its gradient on",
    "Backward: v1 hands its gradient on",
    "Done",
  ]);
  assertEquals(steps(L, { forward: false }).frames.length, 5);
});

Deno.test("a step says the chain rule with symbols and with numbers", () => {
  const { L } = example();
  assertEquals(steps(L).frames.map(({ lines }) => lines), [
    [],
    ["v1 = a · b = 2 · (−3) = −6"],
    ["v2 = v1 + c = −6 + 10 = 4"],
    ["L = v2 · f = 4 · (−2) = −8"],
    ["∂L/∂L = 1"],
    [
      "∂L/∂v2 += f · ∂L/∂L = (−2) · 1 = −2",
      "∂L/∂f += v2 · ∂L/∂L = 4 · 1 = 4",
    ],
    [
      "∂L/∂v1 += ∂v2/∂v1 · ∂L/∂v2 = 1 · ∂L/∂v2 = 1 · (−2) = −2",
      "∂L/∂c += ∂v2/∂c · ∂L/∂v2 = 1 · ∂L/∂v2 = 1 · (−2) = −2",
    ],
    [
      "∂L/∂a += ∂v1/∂a · ∂L/∂v1 = b · ∂L/∂v1 = (−3) · (−2) = 6",
      "∂L/∂b += ∂v1/∂b · ∂L/∂v1 = a · ∂L/∂v1 = 2 · (−2) = −4",
    ],
    ["∂L/∂a = 6,  ∂L/∂b = −4,  ∂L/∂c = −2,  ∂L/∂f = 4"],
  ]);
});

Deno.test("each step's gradients are those before it plus local derivative times upstream", () => {
  const property = fc.property(program(smooth), point, (made, data) => {
    const leaves = data.map((x) => new Value(x));
    const y = run(made, leaves);
    let film;
    try {
      film = steps(y);
    } catch (error) {
      assert(error instanceof RangeError);
      return;
    }
    const expected = gradients(y, leaves);
    const final = film.frames[film.frames.length - 1].gradients;
    leaves.forEach((leaf, i) => {
      assertEquals((final.get(leaf) ?? 0) + 0, expected[i] + 0);
    });
    for (const { node, known } of film.frames) {
      if (node) assert([node, ...node.operands].every((one) => known.has(one)));
    }
  });
  fc.assert(property, { seed: 11, numRuns: 80 });
});

Deno.test("gradients fill in from right to left, and a second path adds up", () => {
  const a = new Value(3, { label: "a" });
  const y = a.mul(a);
  y.label = "y";
  const film = steps(y, { forward: false });
  assertEquals(film.frames.map(({ gradients }) => gradients.get(a) ?? 0), [0, 6, 6]);
  assertEquals(
    film.frames[1].lines[1],
    "∂y/∂a += a · ∂y/∂y = 3 · 1 = 3, together 3 + 3 = 6",
  );
});

Deno.test("in the wrong order the answer is wrong, and the last step says so", () => {
  const a = new Value(1, { label: "a" });
  const b = a.add(a), c = b.add(b);
  [b.label, c.label] = ["b", "c"];
  const wrong = steps(c, { forward: false, order: [b, c] });
  const last = wrong.frames[wrong.frames.length - 1];
  assertEquals(last.title, "Done, and wrong: a node handed its gradient on before it was complete");
  assertEquals(last.lines, ["∂c/∂a = 0, but it should be 4"]);
  assertEquals(steps(c, { order: [c, b] }).frames.at(-1)!.lines, ["∂c/∂a = 4"]);
});

Deno.test("another right order is right, though it adds up in another order", () => {
  const a = new Value(0.1, { label: "a" });
  const [p, q, r] = [a.mul(0.7), a.mul(0.3), a.exp()];
  const y = p.add(q).add(r);
  const inner = y.operands[0];
  const film = steps(y, { forward: false, order: [y, r, inner, p, q] });
  assertEquals(film.frames[film.frames.length - 1].title, "Done");
});

Deno.test("watching changes nothing in the graph", async () => {
  const { L } = example();
  L.backward();
  const before = contents(L);
  await steps(L)[display]();
  assertEquals(contents(L), before);
});

Deno.test("what cannot be shown is an error that says why", () => {
  let y = new Value(1);
  for (let i = 0; i < 60; i++) y = y.exp();
  assertThrows(() => steps(y), RangeError, "steps: the graph must have at most 60 nodes, got 61");
  assertThrows(() => steps(untyped<Value>(3)), TypeError, "root must be a Value, got number 3");
  const a = new Value(1);
  const order = [a];
  assertThrows(
    () => steps(a.exp(), { order }),
    RangeError,
    "order[0] must be a result in the graph",
  );
});
