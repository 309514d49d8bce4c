import { assert, assertAlmostEquals, assertEquals } from "../../../support/assert.ts";
import { asLinearAlone, type Layer } from "../../../../engine/compile/kernels/layers.ts";
import { planAlone } from "../../../../engine/compile/plan/alone.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { ask, compiledAlone, eager, only, worstError } from "../../../support/reference.ts";
import { dot, sum, Value } from "../../../../mod.ts";

const numbers = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(i + 1));

/** A matrix, row by row or column by column, applied to lists of what is computed of the inputs. */
function sequence(
  x: readonly Value[],
  w: readonly Value[],
  [height, width, lists]: readonly number[],
  isByRow: boolean,
): Value {
  const row = (j: number) =>
    Array.from({ length: width }, (_, i) => w[isByRow ? j * width + i : i * height + j]);
  return sum(
    Array.from({ length: lists }, (_, t) => {
      const list = Array.from({ length: width }, (_, i) => x[(t + i) % 3].mul(w[t + i]).tanh());
      return Array.from({ length: height }, (_, j) => dot(row(j), list).sin());
    }).flat(),
  );
}

const shapes = [1, 2, 3, 4, 6, 8, 9, 12].flatMap((height) =>
  [1, 2, 3, 4, 6, 8, 12].flatMap((width) => [1, 2, 3].map((lists) => [height, width, lists]))
);

for (const precision of ["float64", "float32"] as const) {
  for (const isByRow of [true, false]) {
    Deno.test(`one example of ${precision} is exact in matrices of all shapes by ${isByRow ? "row" : "column"}`, () => {
      const tolerance = precision === "float64" ? 1e-14 : 2e-6, at = numbers(144);
      for (const shape of shapes) {
        const build = (x: readonly Value[], w: readonly Value[]) => {
          const loss = sequence(x, w, shape, isByRow);
          return { loss, outputs: [loss, x[1]] };
        };
        const made = compiledAlone(build, 3, at, { precision });
        const examples = [[.3, -.2, .9], numbers(3)];
        made.program.load(examples);
        for (const i of [1, 0]) {
          for (const p of made.parameters) p.grad = 0;
          const loss = made.program.backward([i]);
          const gradients = made.parameters.map((p) => p.grad);
          const right = eager(build, [examples[i]], at);
          assertAlmostEquals(loss, right.loss, tolerance * 144);
          assertEquals(made.program.outputs()[0], loss);
          gradients.forEach((g, k) => {
            assertAlmostEquals(g, right.gradients[k], tolerance, `${shape}, ${k}`);
          });
        }
      }
    });
  }
}

Deno.test("layers of lists that both depend on the example are exact, whichever is the matrix", () => {
  const at = numbers(60);
  // Of attention: keys times a query, and values times their weights.
  const build = (x: readonly Value[], w: readonly Value[]) => {
    const [keys, values, query] = [0, 20, 40].map((from) =>
      w.slice(from, from + 20).map((wi, i) => wi.mul(x[i % 3]).tanh())
    );
    const row = (list: readonly Value[], t: number) => list.slice(4 * t, 4 * t + 4);
    const scores = [0, 1, 2, 3, 4].map((t) => dot(row(query, 0), row(keys, t)).exp());
    const mixed = [0, 1, 2, 3].map((j) =>
      dot(scores, [0, 1, 2, 3, 4].map((t) => row(values, t)[j]))
    );
    return only(sum(mixed.map((y) => y.sin())));
  };
  for (const [precision, tolerance] of [["float64", 1e-14], ["float32", 4e-6]] as const) {
    const made = compiledAlone(build, 3, at, { precision });
    made.program.load([numbers(3)]);
    const error = worstError(ask(made), eager(build, [numbers(3)], at));
    assert(error < tolerance, `${error}`);
  }
});

Deno.test("what is a layer for many examples is one for one alone, and so are dots of two lists of examples", () => {
  const x = numbers(3).map((data) => new Value(data)),
    w = numbers(144).map((data) => new Value(data));
  const layersOf = (loss: Value): readonly Layer[] => {
    const many = plan(loss, x, w), one = planAlone(many);
    const linears = one.kernels.map((kernel, n) => asLinearAlone(kernel, many.kernels[n]));
    return linears.find((linear) => linear !== null)?.layers ?? [];
  };
  const sizes = ({ height, width, count }: Layer) => [height, width, count];
  assertEquals(layersOf(sequence(x, w, [4, 3, 2], true)).map(sizes), [[4, 3, 2]]);
  const values = w.slice(0, 12).map((wi, i) => wi.mul(x[i % 3]).sin());
  const weights = w.slice(12, 15).map((wi, i) => wi.mul(x[i]).exp());
  const mixed = [0, 1, 2, 3].map((j) => dot(weights, [0, 1, 2].map((t) => values[4 * t + j])));
  assertEquals(layersOf(sum(mixed.map((y) => y.tanh()))).map(sizes), [[4, 3, 1]]);
  // What is of parameters alone keeps the order of the eager engine.
  assertEquals(layersOf(dot(w.slice(0, 9), w.slice(9, 18)).mul(x[0])), []);
});
