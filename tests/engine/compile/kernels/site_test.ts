import { assert, assertEquals } from "../../../support/assert.ts";
import { Site } from "../../../../engine/compile/kernels/site.ts";
import type { Places } from "../../../../engine/compile/plan/plan.ts";
import { dot, sum } from "../../../../mod.ts";
import { runKernel, settingOf } from "../../../support/kernels.ts";
import { agrees, only, several } from "../../../support/reference.ts";

const even = (first: number, member: number, position: number): Places["index"] => ({
  ...{ first, member, position, table: null },
});

for (const type of ["f64", "f32"] as const) {
  Deno.test(`the address of member m, position i is where that row or scalar of ${type} lies`, () => {
    const setting = settingOf(type, 12, 12);
    const { values, adjoints, rowBytes, scalarBytes } = setting.memory;
    const table = Int32Array.of(7, 0, 3, 3, 9, 1);
    const indices: [Places["index"], (m: number, i: number) => number][] = [
      [even(1, 2, 0), (m) => 1 + 2 * m],
      [even(0, 0, 3), (_, i) => 3 * i],
      [even(2, 3, 1), (m, i) => 2 + 3 * m + i],
      [{ ...even(0, 0, 0), table }, (m, i) => table[2 * m + i]],
    ];
    for (const [index, right] of indices) {
      for (const area of ["row", "scalar"] as const) {
        for (const [m, i] of [[0, 0], [0, 1], [2, 0], [2, 1]]) {
          runKernel(setting, (code) => {
            const site = new Site(code);
            const { offset, local } = site.address("adjoints", { area, index }, m, i, 2);
            const unit = area === "row" ? rowBytes : scalarBytes;
            assertEquals(offset, adjoints[area] + right(m, i) * unit);
            // A scalar whose place is known needs no pointer.
            assertEquals(local === undefined, area === "scalar");
            site.end();
          });
        }
        // With a counter the place is found as the code runs; a table has its own memory.
        if (index.table !== null) continue;
        const numbers = runKernel(setting, (code) => {
          code.loop(0, 3, 1, (m) => {
            const site = new Site(code);
            const value = site.value("values", { area, index }, { local: m }, 1, 2);
            const target = site.address("adjoints", { area: "scalar", index: even(0, 1, 0) }, {
              local: m,
            });
            site.overExamples("scalar", () => {
              const emitter = code.emitter(value);
              code.write(false, target, () => emitter.push(value));
            });
            site.end();
          });
        }, (numbers) => {
          for (let k = 0; k < 12; k++) {
            numbers[(values.row + k * rowBytes) / scalarBytes] = 100 + k;
            numbers[values.scalar / scalarBytes + k] = 200 + k;
          }
        });
        const start = adjoints.scalar / scalarBytes;
        const base = area === "row" ? 100 : 200;
        assertEquals(
          [...numbers.slice(start, start + 3)],
          [0, 1, 2].map((m) => base + right(m, 1)),
        );
      }
    }
  });
}

Deno.test("equal addresses share a pointer, which is free again at the end", () => {
  runKernel(settingOf("f64", 4, 4), (code) => {
    code.loop(0, 2, 1, (m) => {
      const site = new Site(code);
      const at = (first: number) =>
        site.address("values", { area: "row", index: even(first, 1, 0) }, { local: m }).local;
      const local = at(0);
      assertEquals([at(0), at(2)], [local, local]);
      assert(
        site.address("values", { area: "row", index: even(0, 2, 0) }, { local: m }).local !== local,
      );
      site.end();
      const [a, b] = [code.local("i32"), code.local("i32")];
      assert([a, b].includes(local!));
      for (const x of [a, b]) code.release("i32", x);
    });
  });
});

Deno.test("operands may be taken in falling order, by steps and in disorder", () => {
  for (const [step, first] of [[-1, 20], [2, 0], [-3, 5], [8, 3]]) {
    agrees(
      (x, w) => {
        const at = (i: number) => (first + i * step + 63) % 21;
        const h = Array.from({ length: 21 }, (_, i) => x[i % 3].mul(w[at(i)]).sin());
        const g = h.map((_, i) => h[at(i)].mul(w[i]));
        const lists = h.map((_, i) => dot([h[at(i)], w[i], h[at(i + 1)]], [w[at(i)], g[i], h[i]]));
        return only(sum([...g, ...lists]).mul(.1));
      },
      3,
      several(21),
    );
  }
});

for (const type of ["f64", "f32"] as const) {
  Deno.test(`a vector of scalars of ${type} at any distance is read, stored and added to lane by lane`, () => {
    const setting = settingOf(type, 1, 24);
    const { values, adjoints, scalarBytes } = setting.memory;
    const lanes = type === "f64" ? 2 : 4;
    for (const distance of [0, 1, 2, 5]) {
      const places: Places = { area: "scalar", index: even(4, distance, 0) };
      const numbers = runKernel(setting, (code) => {
        const site = new Site(code, { across: "member" });
        const read = site.value("values", places, 0);
        const own: Places = { area: "scalar", index: even(0, 1, 0) };
        const emitter = code.emitter(read);
        const [kept, sums] = [own, places].map((places) => site.address("adjoints", places, 0));
        site.store(kept, own, () => emitter.push(read));
        if (distance > 0) {
          for (let k = 0; k < 2; k++) {
            site.addTo(sums, places, () => code.base(kept).loadVector(kept.offset), false);
          }
        }
        const target: Places = { area: "scalar", index: even(20, distance && 1, 0) };
        site.store(site.address("values", target, 0), target, () => {
          code.base(kept).loadVector(kept.offset);
        });
        site.end();
      }, (numbers) => {
        for (let k = 0; k < 24; k++) numbers[values.scalar / scalarBytes + k] = 100 + k;
      });
      const [start, ofAdjoints] = [values.scalar, adjoints.scalar].map((at) => at / scalarBytes);
      const right = Array.from({ length: lanes }, (_, k) => 104 + k * distance);
      const stored = numbers.slice(start + 20, start + 20 + lanes);
      // A number that is the same for all is stored once.
      assertEquals(
        [...stored],
        distance > 0 ? right : [104, ...[121, 122, 123].slice(0, lanes - 1)],
      );
      if (distance === 0) continue;
      right.forEach((x, k) => assertEquals(numbers[ofAdjoints + 4 + k * distance], 2 * x));
    }
  });
}
