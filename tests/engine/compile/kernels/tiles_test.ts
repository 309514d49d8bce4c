import { assertEquals } from "../../../support/assert.ts";
import {
  overPositions,
  pointer,
  rowsOfTile,
  tiles,
} from "../../../../engine/compile/kernels/tiles.ts";
import type { Places } from "../../../../engine/compile/plan/plan.ts";
import { runKernel, settingOf } from "../../../support/kernels.ts";

const setting = settingOf("f64", 1, 30);
const start = setting.memory.adjoints.scalar, target = start / 8;

/** Scalars by member and by position. */
const places = (first: number, member: number, position: number): Places => ({
  area: "scalar",
  index: { first, member, position, table: null },
});

Deno.test("tiles cover each of n things once, and the last is as small as what is left", () => {
  for (let n = 1; n <= 17; n++) {
    const sizes: number[] = [];
    const numbers = runKernel(setting, (code) => {
      tiles(code, n, 4, (at, size) => {
        sizes.push(size);
        const { local, offset } = pointer(code, places(0, 1, 0), at);
        for (let k = 0; k < size; k++) {
          code.addToScalar({ offset: start + offset + 8 * k, local }, () => code.literal(1));
        }
        code.release("i32", local);
      });
    });
    assertEquals(
      [...numbers.slice(target, target + 20)],
      Array.from({ length: 20 }, (_, i) => i < n ? 1 : 0),
    );
    assertEquals(sizes, [...n >= 4 ? [4] : [], ...n % 4 > 0 ? [n % 4] : []]);
  }
});

Deno.test("a tile has five rows of a matrix where nothing is left then, and else four", () => {
  assertEquals([1, 4, 5, 8, 10, 16, 27, 50].map(rowsOfTile), [4, 4, 5, 4, 5, 4, 4, 5]);
});

Deno.test("pointers go through all positions of lists, each by its stride, which may be 0", () => {
  for (const n of [1, 3, 4, 5, 6, 7, 8, 9, 11, 12]) {
    for (const [left, right] of [[1, 1], [1, 0], [0, 1], [0, 0], [1, 2]]) {
      const numbers = runKernel(setting, (code) => {
        const a = code.local("i32"), b = code.local("i32");
        code.i32(0).set(a).i32(0).set(b);
        const pointers = [[a, places(0, 0, left)], [b, places(0, 0, right)]] as const;
        overPositions(code, n, pointers, (count) => {
          // Σ x[i] · y[i], with numbers of the values.
          for (let i = 0; i < count; i++) {
            code.addToScalar({ offset: start }, () => {
              code.get(a).loadSplat(8 * left * i).get(b).loadSplat(8 * right * i).lanes("mul");
            });
          }
        });
      }, (numbers) => {
        for (let k = 0; k < 30; k++) numbers[k] = k + 1;
      });
      const products = Array.from({ length: n }, (_, i) => (left * i + 1) * (right * i + 1));
      assertEquals(numbers[target], products.reduce((x, y) => x + y, 0));
    }
  }
});

Deno.test("a pointer may be so many members and positions ahead of what its loops count", () => {
  const numbers = runKernel(setting, (code) => {
    code.loop(0, 2, 1, (local) => {
      const m = { local, ahead: 2 }, i = { local, ahead: 1 };
      const { local: at, offset } = pointer(code, places(1, 5, 3), m, i);
      code.addToScalar({ offset: start + offset, local: at }, () => code.literal(1));
      code.release("i32", at);
    });
  });
  const found = [...numbers.slice(target, target + 30).keys()].filter((k) => numbers[target + k]);
  assertEquals(found, [0, 1].map((k) => 1 + 5 * (k + 2) + 3 * (k + 1)));
});
