import { assert, assertEquals } from "../../support/assert.ts";
import { lossChart, mostPoints, planCurves } from "../../../nn/watch/loss_chart.ts";

interface Spec {
  data: { values: Record<string, string | number | null>[] };
  encoding: Record<"x" | "y", {
    field: string;
    axis: { values: number[]; format: string };
    scale: { type: string; domain: number[]; nice: boolean };
  }>;
}

const spec = (...args: Parameters<typeof lossChart>) => lossChart(...args) as unknown as Spec;

Deno.test("a curve has a point for each loss, from step 0 on; what is no number is a gap", () => {
  const { data, encoding } = spec({ loss: [4, NaN, 1e301, 2] });
  assertEquals(data.values, [
    { step: 0, loss: 4 },
    { step: 1, loss: null },
    { step: 2, loss: null },
    { step: 3, loss: 2 },
  ]);
  assertEquals([encoding.x.field, encoding.y.field], ["step", "loss"]);
});

Deno.test("several curves are told apart by their names, and share the axes", () => {
  const settings = { unit: "epoch", first: 1 } as const;
  const { data, encoding } = spec({ training: [1, .5], validation: [3, NaN] }, settings);
  assertEquals(data.values, [
    { epoch: 1, data: "training", loss: 1 },
    { epoch: 2, data: "training", loss: .5 },
    { epoch: 1, data: "validation", loss: 3 },
    { epoch: 2, data: "validation", loss: null },
  ]);
  assertEquals([encoding.x.scale.domain, encoding.y.scale.domain], [[1, 2], [0, 3]]);
});

Deno.test("the axis of losses goes from 0 to a mark above all, in steps of 1, 2 or 5", () => {
  const marks = (losses: number[]) => planCurves([losses], {}).y.marks;
  assertEquals(marks([5, 1]), [0, 1, 2, 3, 4, 5]);
  assertEquals(marks([.33, .02]), [0, .1, .2, .3, .4]);
  assertEquals(marks([-7, 12]), [-10, -5, 0, 5, 10, 15]);
  assertEquals(marks([]), [0, 1]);
  assertEquals(marks([0, 0]), [0, 1]);
  for (const losses of [[3], [1e-12, 1e-11], [1e300, -1e300]]) {
    const { y } = planCurves([losses], {});
    assert(losses.every((loss) => loss >= y.domain[0] && loss <= y.domain[1]), `${losses}`);
    assertEquals(y.domain, [y.marks[0], y.marks[y.marks.length - 1]]);
  }
});

Deno.test("a logarithmic axis has the powers of ten around the losses above 0", () => {
  const { data, encoding: { y } } = spec({ loss: [5, 0, -1, .002] }, { logarithmic: true });
  assertEquals(data.values.map(({ loss }) => loss), [5, null, null, .002]);
  assertEquals(y.axis.values, [.001, .01, .1, 1, 10]);
  assertEquals([y.scale.type, y.scale.nice, y.scale.domain], ["log", false, [.001, 10]]);
  assertEquals(planCurves([[1e-12, 1]], { logarithmic: true }).y.marks.length, 4, "every fifth");
  assertEquals(planCurves([[]], { logarithmic: true }).y.marks, [.1, 1]);
});

Deno.test("the axis of steps ends at the last step, or at the last that is expected", () => {
  const end = (count: number, last?: number) =>
    planCurves([Array(count).fill(1)], { last }).x.domain[1];
  assertEquals([end(30), end(30, 39), end(30, 9), end(1), end(0)], [29, 39, 29, 1, 1]);
  assertEquals(planCurves([Array(30).fill(1)], { last: 39 }).x.marks, [0, 10, 20, 30]);
});

Deno.test("the axis of accuracies goes up to all, in percent, and not from 0", () => {
  const { encoding: { y } } = spec({ accuracy: [.62, .97] }, { field: "accuracy" });
  assertEquals(y.field, "accuracy");
  assertEquals(y.axis, { values: [.6, .7, .8, .9, 1], format: ".0%" });
  assertEquals(planCurves([[1, 1]], { field: "accuracy" }).y.domain, [.9, 1]);
});

Deno.test("of very many losses a part is drawn: every peak, and the ends", () => {
  const losses = Array.from({ length: 100_000 }, (_, i) => i === 54_321 ? 7 : i % 2 + 1);
  const [points] = planCurves([losses], {}).points;
  assert(points.length <= mostPoints, `${points.length} points`);
  assertEquals(points.filter(([, loss]) => loss === 7), [[54_321, 7]]);
  assertEquals([points[0], points[points.length - 1]], [[0, 1], [99_999, 2]]);
  assertEquals(points.map(([at]) => at), points.map(([at]) => at).toSorted((a, b) => a - b));
  assertEquals(planCurves([losses.slice(0, mostPoints)], {}).points[0].length, mostPoints);
});
