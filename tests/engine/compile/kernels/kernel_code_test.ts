import { assert, assertEquals } from "../../../support/assert.ts";
import { Site } from "../../../../engine/compile/kernels/site.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { Value } from "../../../../mod.ts";
import { runKernel, settingOf } from "../../../support/kernels.ts";

for (const type of ["f64", "f32"] as const) {
  const setting = settingOf(type, 3, 8);
  const { scalarBytes, rowBytes, adjoints, values } = setting.memory;
  const scalar = (k: number) => ({ offset: adjoints.scalar + k * scalarBytes });
  const at = (offset: number) => offset / scalarBytes;

  Deno.test(`the sum of all lanes of ${type} is added to a number in memory, and to that alone`, () => {
    const lanes = 16 / scalarBytes;
    const numbers = runKernel(setting, (code) => {
      const local = code.local("v128");
      code.base({ offset: 0 }).loadVector(values.row).set(local);
      code.addToScalar(scalar(2), () => code.laneSum(local));
    }, (numbers) => {
      for (let i = 0; i < lanes; i++) numbers[at(values.row) + i] = 10 ** i;
      numbers.fill(.5, at(adjoints.scalar), at(adjoints.scalar) + 8);
    });
    const sum = type === "f64" ? 11 : 1111;
    assertEquals([...numbers.slice(at(adjoints.scalar), at(adjoints.scalar) + 4)], [
      .5,
      .5,
      sum + .5,
      .5,
    ]);
  });

  Deno.test(`the sums of two vectors of ${type} are added to two neighbours at once, as one by one`, () => {
    const lanes = 16 / scalarBytes;
    const numbers = runKernel(setting, (code) => {
      const [a, b] = [code.local("v128"), code.local("v128")];
      code.base({ offset: 0 }).loadVector(values.row).set(a);
      code.base({ offset: 0 }).loadVector(values.row + 16).set(b);
      code.addToScalar(scalar(0), () => code.laneSum(a));
      code.base({ offset: 0 }).loadVector(values.row).set(a);
      code.addToScalar(scalar(1), () => code.laneSum(b));
      code.base({ offset: 0 }).loadVector(values.row + 16).set(b);
      code.addToNeighbours(scalar(4), () => code.laneSums(a, b));
    }, (numbers) => {
      for (let i = 0; i < 2 * lanes; i++) numbers[at(values.row) + i] = (-1) ** i / (i + 3);
      numbers.fill(.5, at(adjoints.scalar), at(adjoints.scalar) + 8);
    });
    const [a, b, c, d, ...sums] = numbers.slice(at(adjoints.scalar), at(adjoints.scalar) + 8);
    assertEquals([c, d, ...sums], [.5, .5, a, b, .5, .5]);
    assert(a !== .5 && b !== .5 && a !== b);
  });

  Deno.test(`neighbours of ${type} are gone over by whole vectors, one or two at a time, and what is left over one by one`, () => {
    const all = settingOf(type, 1, 24), lanes = 16 / scalarBytes;
    for (const count of [1, 2, 3, 4, 7, 8, 9, 16, 23]) {
      for (const most of [1, 2] as const) {
        const numbers = runKernel(all, (code) => {
          code.eachNeighbour(count, (m, vectors) => {
            assert(vectors <= most);
            const places = {
              area: "scalar",
              index: { first: 0, member: 1, position: 0, table: null },
            } as const;
            for (let v = 0; v < Math.max(vectors, 1); v++) {
              const at = typeof m === "number"
                ? m + v * lanes
                : { ...m, ahead: (m.ahead ?? 0) + v * lanes };
              const site = new Site(code, { across: vectors > 0 ? "member" : undefined });
              const address = site.address("adjoints", places, at);
              const emitter = code.emitter(site.value("values", places, at));
              const push = () => emitter.push(site.value("values", places, at));
              if (vectors > 0) code.addToVector(address, push);
              else code.addToScalar(address, push);
              site.end();
            }
          }, most);
        }, (numbers) => {
          const { values, adjoints } = all.memory;
          for (let k = 0; k < 24; k++) {
            numbers[at(values.scalar) + k] = k;
            numbers[at(adjoints.scalar) + k] = .5;
          }
        });
        const start = at(all.memory.adjoints.scalar);
        assertEquals(
          [...numbers.slice(start, start + 24)],
          Array.from({ length: 24 }, (_, k) => k < count ? k + .5 : .5),
        );
      }
    }
  });

  Deno.test(`as many vectors of ${type} as each has lanes are transposed`, () => {
    const lanes = 16 / scalarBytes, places = [...Array(lanes).keys()];
    const numbers = runKernel(setting, (code) => {
      const vectors = places.map(() => code.local("v128"));
      vectors.forEach((local, k) => code.i32(0).loadVector(values.row + 16 * k).set(local));
      code.transpose(vectors);
      vectors.forEach((local, k) => code.i32(0).get(local).storeVector(values.row + 16 * k));
    }, (numbers) => {
      for (let i = 0; i < lanes * lanes; i++) numbers[at(values.row) + i] = i;
    });
    const start = at(values.row);
    assertEquals(
      [...numbers.slice(start, start + lanes * lanes)],
      places.flatMap((column) => places.map((row) => row * lanes + column)),
    );
  });

  Deno.test(`the first gradient of a row of ${type} is written over what is there, others are added`, () => {
    const address = { offset: adjoints.row + rowBytes };
    for (const isFirst of [true, false]) {
      const numbers = runKernel(
        setting,
        (code) => code.writeRow(address, isFirst, () => code.literal(3)),
        (numbers) => numbers.fill(.25),
      );
      const all = [
        ...numbers.slice(at(address.offset) - 1, at(address.offset) + 16 / scalarBytes + 1),
      ];
      const written = isFirst ? 3 : 3.25;
      assertEquals(all, [.25, ...new Array(16 / scalarBytes).fill(written), .25]);
    }
  });

  Deno.test(`clearing the adjoints of a group of ${type} leaves its neighbours`, () => {
    const [x, w] = [new Value(1), new Value(2)];
    // One input, so that this is the second row.
    const [{ groups }] = plan(x.mul(w), [x], [w]).kernels;
    const numbers = runKernel(
      setting,
      (code) => code.zeroAdjoints(groups),
      (numbers) => numbers.fill(7),
    );
    const row = at(rowBytes);
    const part = (k: number) =>
      numbers.slice(at(adjoints.row) + k * row, at(adjoints.row) + (k + 1) * row);
    assertEquals([0, 1, 2].map((k) => new Set(part(k))), [
      new Set([7]),
      new Set([0]),
      new Set([7]),
    ]);
  });
}

Deno.test("each member gets its code once, a few written out and many in a loop", () => {
  const setting = settingOf("f64", 1, 8);
  const start = setting.memory.adjoints.scalar;
  for (const count of [0, 1, 4, 5, 8]) {
    let written = 0;
    const numbers = runKernel(setting, (code) =>
      code.eachMember(count, (m) => {
        written++;
        const pointer = code.local("i32");
        if (typeof m === "number") code.i32(8 * m).set(pointer);
        else code.get(m.local).i32(8).mul().set(pointer);
        code.addToScalar({ offset: start, local: pointer }, () => code.literal(1));
        code.release("i32", pointer);
      }));
    const all = [...numbers.slice(start / 8, start / 8 + 8)];
    assertEquals(all, Array.from({ length: 8 }, (_, m) => m < count ? 1 : 0));
    assertEquals(written, count > 4 ? 1 : count);
  }
});
