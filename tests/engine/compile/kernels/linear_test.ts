import { assertAlmostEquals, assertEquals } from "../../../support/assert.ts";
import { compile } from "../../../../engine/compile/compile.ts";
import { asLinear } from "../../../../engine/compile/kernels/linear.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, MLP, sum, Value } from "../../../../mod.ts";
import { agrees, only, several } from "../../../support/reference.ts";

/** Whether each kernel of dots is taken for a layer. */
function layers(build: (x: readonly Value[], w: readonly Value[]) => Value): boolean[] {
  const [x, w] = [4, 20].map((n) => Array.from({ length: n }, (_, i) => new Value(i + .5)));
  return plan(build(x, w), x, w).kernels.filter(({ groups: [{ op }] }) => op === "dot")
    .map((kernel) => asLinear(kernel) !== null);
}

/** Five dots, each of four parameters with x. */
const five = (x: readonly Value[], w: readonly Value[], order = [0, 1, 2, 3]) =>
  [0, 1, 2, 3, 4].map((k) => dot(w.slice(4 * k, 4 * k + 4), order.map((i) => x[i])));

Deno.test("dots of parameters with the same rows are a layer, on either side of the dot", () => {
  assertEquals(layers((x, w) => sum(five(x, w))), [true]);
  assertEquals(layers((x, w) => sum([0, 4, 8].map((k) => dot(x, w.slice(k, k + 4))))), [true]);
});

Deno.test("dots of rows with rows, of rows in disorder, or of other rows each, are none", () => {
  assertEquals(layers((x, w) => dot(x, x.map((xi, i) => xi.mul(w[i])))), [false]);
  assertEquals(layers((x, w) => sum(five(x, w, [0, 2, 1, 3]))), [false]);
  assertEquals(
    layers((x, w) => sum([0, 1].map((k) => dot(w.slice(4 * k, 4 * k + 2), x.slice(k, k + 2))))),
    [false],
  );
});

Deno.test("dots of parameters alone are none: they are the same for all examples", () => {
  assertEquals(layers((x, w) => dot(w.slice(0, 4), w.slice(4, 8)).mul(x[0])), [false]);
});

Deno.test("a layer may take the same row twice, so that both weights count", () => {
  agrees(
    ([x], w) => {
      const h = x.mul(w[0]).tanh();
      const row = [h, h];
      return only(sum([0, 1, 2, 3, 4].map((k) => dot(w.slice(2 * k, 2 * k + 2), row).sin())));
    },
    1,
    several(10),
  );
});

Deno.test("a layer may have one weight for all, or one row of weights", () => {
  agrees((x, [w]) => only(dot(x.map(() => w), x.map((xi) => xi.mul(w)))), 6, [.5]);
  agrees(
    (x, w) => {
      const h = x.map((xi, i) => xi.mul(w[i]).tanh());
      return only(sum(h.map(() => dot(w, h).sin())));
    },
    6,
    several(6),
  );
});

for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 40]) {
  Deno.test(`a layer of ${n} neurons between layers of ${n} is exact: tiles and what is left of them`, () => {
    const layer = (w: readonly Value[], x: readonly Value[], from: number) =>
      Array.from({ length: n }, (_, k) => {
        const at = from + k * (x.length + 1);
        return dot(w.slice(at, at + x.length), x).add(w[at + x.length]).mul(1 / n).tanh();
      });
    agrees(
      (x, w) => {
        const h = layer(w, layer(w, x, 0), n * (x.length + 1));
        return { loss: sum(h).pow(2), outputs: h };
      },
      3,
      several(4 * n + n * (n + 1)),
    );
  });
}

for (const precision of ["float64", "float32"] as const) {
  Deno.test(`one to nine examples of ${precision} give the gradients of their layers, after many and before`, () => {
    const model = new MLP(5, [7, 6, 1], { activation: "tanh" });
    const x = Array.from({ length: 5 }, () => new Value(0)), parameters = model.parameters();
    const program = compile(model.forward(x) as Value, { inputs: x, parameters, precision });
    const rows = Array.from({ length: 40 }, (_, i) => x.map((_, k) => Math.sin(5 * i + k)));
    program.load(rows);
    for (const n of [40, 1, 2, 3, 4, 5, 8, 9, 40, 1]) {
      model.zeroGrad();
      const loss = program.backward(rows.slice(0, n).map((_, i) => 39 - i));
      const got = parameters.map((p) => p.grad);
      model.zeroGrad();
      const right = sum(rows.toReversed().slice(0, n).map((row) => model.forward(row) as Value))
        .div(n);
      right.backward();
      const tolerance = precision === "float64" ? 1e-14 : 1e-6;
      assertAlmostEquals(loss, right.data, tolerance);
      parameters.forEach((p, i) => assertAlmostEquals(got[i], p.grad, tolerance));
    }
  });
}
