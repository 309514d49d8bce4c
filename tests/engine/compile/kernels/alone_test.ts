import { assert, assertAlmostEquals, assertEquals } from "../../../support/assert.ts";
import { compile } from "../../../../engine/compile/compile.ts";
import { neighboursOf } from "../../../../engine/compile/kernels/alone.ts";
import { KernelCode } from "../../../../engine/compile/kernels/kernel_code.ts";
import { asLinear } from "../../../../engine/compile/kernels/layers.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { settingOf } from "../../../support/kernels.ts";
import { dot, sum, Value } from "../../../../mod.ts";

const leaves = (n: number) => Array.from({ length: n }, (_, i) => new Value(Math.sin(i + 1)));

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
      const tolerance = precision === "float64" ? 1e-14 : 2e-6;
      for (const shape of shapes) {
        const x = leaves(3), w = leaves(144);
        const loss = sequence(x, w, shape, isByRow);
        const program = compile(loss, { inputs: x, parameters: w, outputs: [loss], precision });
        const rows = [[.3, -.2, .9], x.map(({ data }) => data)];
        program.load(rows);
        const got = program.backward([1]);
        assertAlmostEquals(got, loss.data, tolerance * 144);
        assertEquals([...program.outputs()], [got]);
        const gradients = w.map((p) => p.grad);
        for (const p of w) p.grad = 0;
        loss.backward();
        w.forEach((p, i) => assertAlmostEquals(gradients[i], p.grad, tolerance, `${shape}, ${i}`));
      }
    });
  }
}

Deno.test("lanes are terms of a dot or rows of a matrix, where whole vectors of them lie side by side", () => {
  const wayOf = (type: "f64" | "f32", shape: readonly number[], isByRow: boolean) => {
    const x = leaves(3), w = leaves(144);
    const { kernels } = plan(sequence(x, w, shape, isByRow), x, w);
    const linear = kernels.map(asLinear).find((linear) => linear !== null);
    assert(linear);
    return neighboursOf(new KernelCode(settingOf(type, 1, 1), 1), linear.layers[0]);
  };
  assertEquals(wayOf("f64", [3, 4, 1], true), "along");
  assertEquals(wayOf("f64", [4, 3, 1], true), null);
  assertEquals(wayOf("f64", [4, 3, 1], false), "across");
  assertEquals(wayOf("f64", [5, 4, 2], false), null);
  assertEquals(wayOf("f32", [3, 6, 1], true), null);
  assertEquals(wayOf("f32", [8, 3, 2], false), "across");
});
