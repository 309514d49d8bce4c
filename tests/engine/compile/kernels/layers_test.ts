import { assert, assertEquals } from "../../../support/assert.ts";
import { asLinear, type Layer } from "../../../../engine/compile/kernels/layers.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, sum, Value } from "../../../../mod.ts";

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

/** The layers of the first kernel of dots. */
function layersOf(build: (x: readonly Value[], w: readonly Value[]) => Value): readonly Layer[] {
  const [x, w] = [12, 40].map((n) => Array.from({ length: n }, (_, i) => new Value(i + .5)));
  const { kernels } = plan(build(x, w), x, w);
  return asLinear(kernels.find(({ groups: [{ op }] }) => op === "dot")!)?.layers ?? [];
}

const sizes = (layers: readonly Layer[]) =>
  layers.map(({ height, width, count }) => `${height} × ${width}, ${count}`);

Deno.test("a matrix that is applied to several lists of rows is one layer", () => {
  const rows = (x: readonly Value[], w: readonly Value[], step: number) =>
    sum(
      [0, 1, 2].flatMap((t) =>
        [0, 3, 6, 9].map((at) => dot(w.slice(at, at + 3), x.slice(t * step, t * step + 3)))
      ),
    );
  for (const step of [1, 3, 4]) {
    const layers = layersOf((x, w) => rows(x, w, step));
    assertEquals(sizes(layers), ["4 × 3, 3"]);
    const [{ matrix, source, target }] = layers;
    assertEquals(matrix.index, { first: 0, member: 3, position: 1, table: null });
    assertEquals(source.index, { first: 0, member: step, position: 1, table: null });
    assertEquals(target.index, { first: 12, member: 4, position: 1, table: null });
  }
});

Deno.test("neurons of the same rows, made in any order, are one matrix", () => {
  const order = [9, 0, 6, 3];
  assertEquals(
    sizes(
      layersOf((x, w) =>
        sum([3, 0].flatMap((t) => order.map((at) => dot(w.slice(at, at + 3), x.slice(t, t + 3)))))
      ),
    ),
    ["4 × 3, 2"],
  );
});

Deno.test("lists at uneven distances, and matrices apart, are layers of their own", () => {
  const five = (x: readonly Value[], w: readonly Value[], from: number, t: number) =>
    [0, 3, 6, 9, 12].map((at) => dot(w.slice(from + at, from + at + 3), x.slice(t, t + 3)));
  assertEquals(
    sizes(layersOf((x, w) => sum([0, 1, 3].flatMap((t) => five(x, w, 0, t))))),
    ["5 × 3, 2", "5 × 3, 1"],
  );
  assertEquals(
    sizes(
      layersOf((x, w) => sum([0, 3].flatMap((t) => [0, 20].flatMap((at) => five(x, w, at, t))))),
    ),
    ["5 × 3, 2", "5 × 3, 2"],
  );
});

Deno.test("what would be many small layers is none", () => {
  const small = (x: readonly Value[], w: readonly Value[]) =>
    sum(
      [0, 7, 14, 21].flatMap((at) =>
        [0, 3].map((k) => dot(w.slice(at + k, at + k + 3), x.slice(at / 7, at / 7 + 3)))
      ),
    );
  assert(layersOf(small).length === 0);
});
