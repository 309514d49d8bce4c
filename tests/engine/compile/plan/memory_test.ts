import { assert, assertEquals } from "../../../support/assert.ts";
import { align, memoryMap } from "../../../../engine/compile/plan/memory.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, sum, Value } from "../../../../mod.ts";

const leaves = (n: number) => Array.from({ length: n }, () => new Value(1));

Deno.test("sizes are rounded up to lines of the cache", () => {
  assertEquals([0, 1, 63, 64, 65, 1000].map(align), [0, 64, 64, 64, 128, 1024]);
});

for (const type of ["f64", "f32"] as const) {
  Deno.test(`no two things of a program of ${type} lie in one place, on one thread or on several`, () => {
    const x = leaves(5), w = leaves(13);
    const made = plan(sum([dot(w.slice(0, 5), x).tanh(), ...w]), x, w);
    for (const threads of [1, 2, 5]) {
      const maps = Array.from(
        { length: threads },
        (_, thread) => memoryMap(made, type, thread, threads),
      );
      const [{ scalarBytes, rowBytes, tables }] = maps;
      assertEquals(scalarBytes, type === "f64" ? 8 : 4);
      const scalars = made.scalars * scalarBytes, rows = made.rows * rowBytes;
      const areas = [
        [0, scalars],
        ...maps.flatMap(({ values, adjoints, loss }) => [
          [adjoints.scalar, scalars],
          [values.row, rows],
          [adjoints.row, rows],
          [loss, 16],
        ]),
        [tables, 0],
      ].sort(([a], [b]) => a - b);
      areas.slice(1).forEach(([start], i) => {
        const [before, size] = areas[i];
        assert(before + size <= start, `${before} + ${size} and ${start}`);
        assertEquals(start % 16, 0);
      });
      // The values of the scalars are there once, and the tables after all else.
      assert(maps.every(({ values }) => values.scalar === 0));
      assertEquals(areas.at(-1)![0], tables);
    }
  });
}

Deno.test("many rows are short, from a line of the cache, unless many scalars go with them", () => {
  const sizes = { inputs: [], parameters: [], constants: [], kernels: [], groups: 0, members: [] };
  const places = { root: { area: "row", index: 0 } as const, outputs: [], losses: [] };
  const rowBytes = (rows: number, scalars: number) =>
    (["f64", "f32"] as const).map((type) =>
      memoryMap({ ...sizes, ...places, rows, scalars }, type).rowBytes
    );
  assertEquals(rowBytes(500, 4000), [256, 128]);
  assertEquals(rowBytes(1500, 4000), [128, 128]);
  assertEquals(rowBytes(6000, 4000), [64, 64]);
  assertEquals(rowBytes(6000, 400_000), [256, 128]);
});
