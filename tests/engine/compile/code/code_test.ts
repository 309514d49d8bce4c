import { assert, assertEquals, assertThrows } from "../../../support/assert.ts";
import { Code } from "../../../../engine/compile/code/code.ts";
import { assemble } from "../../../../engine/compile/code/wasm.ts";
import { instantiate } from "../../../../engine/compile/run/instance.ts";

/** Runs a function (i32, …) → i32. */
function run(write: (code: Code) => void, ...x: number[]): number {
  const parameters = x.map(() => "i32" as const);
  const code = new Code({ parameters, results: ["i32"] });
  write(code);
  const bytes = assemble({ functions: [code], exports: { f: code } });
  assert(WebAssembly.validate(bytes));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return (exports.f as (...x: number[]) => number)(...x);
}

Deno.test("constants of all sizes arrive in the program", () => {
  for (const x of [0, 1, -1, 63, 64, -64, -65, 8191, 8192, 2 ** 31 - 1, -(2 ** 31)]) {
    assertEquals(run((code) => code.i32(x)), x);
  }
});

Deno.test("a loop runs its body for each step below its end, and once at least", () => {
  const turns = (from: number, end: number, step: number) =>
    run((code) => {
      const n = code.local("i32");
      code.loop(from, end, step, () => code.get(n).i32(1).add().set(n));
      code.get(n);
    });
  assertEquals([turns(0, 5, 1), turns(0, 5, 2), turns(0, 4, 2), turns(3, 5, 1)], [5, 3, 2, 2]);
  assertEquals([turns(0, 1, 1), turns(0, 0, 1), turns(0, 1000, 16)], [1, 1, 63]);
});

Deno.test("a loop may end at a local, and loops may lie in one another", () => {
  const product = (a: number, b: number) =>
    run(
      (code) => {
        const sum = code.local("i32");
        code.loop(0, { local: 0 }, 1, (i) => {
          code.loop(0, { local: 1 }, 1, (k) => {
            code.get(sum).get(i).get(k).mul().add().set(sum);
          });
        });
        code.get(sum);
      },
      a,
      b,
    );
  assertEquals(product(4, 5), 6 * 10);
});

Deno.test("locals come after the parameters and are used again when they are free", () => {
  const code = new Code({ parameters: ["i32", "v128"], results: [] });
  const [a, b] = [code.local("i32"), code.local("v128")];
  assertEquals([a, b], [2, 3]);
  code.release("v128", b);
  assertEquals(code.local("i32"), 4);
  assertEquals(code.local("v128"), 3);
  code.release("i32", a);
  assertEquals([code.local("i32"), code.local("i32")], [2, 5]);
});

Deno.test("locals of both types in turn are declared in their order", () => {
  assertEquals(
    run((code) => {
      const locals = ["i32", "v128", "i32", "i32", "v128", "f64"] as const;
      const [first, , , third] = locals.map((type) => code.local(type));
      code.i32(40).set(first).i32(2).set(third).get(first).get(third).add();
    }),
    42,
  );
});

Deno.test("a function returns early where nothing is left to do", () => {
  const half = (code: Code) => {
    code.get(0).returnUnless(() => code.i32(-1));
    code.i32(100);
  };
  assertEquals([run(half, 0), run(half, 1), run(half, -5)], [-1, 100, 100]);
});

Deno.test("numbers go from memory into lanes and back, whatever their type", () => {
  for (const type of ["f64", "f32"] as const) {
    const code = new Code({ parameters: ["i32"], results: [] }, type);
    const size = type === "f64" ? 8 : 4;
    code.base({ offset: 0, local: 0 }).get(0).loadSplat(size);
    code.get(0).literal(.5).loadLane(0, 1).lanes("mul").storeVector(32);
    code.base({ offset: 48 }).literal(7).storeLane(48);
    code.i32(0).get(0).loadVector(0).storeVector(64);
    code.fillZero(72, 8);
    code.i32(128).i32(48).copy(16);
    const bytes = assemble({ functions: [code], exports: { f: code } });
    const memory = new WebAssembly.Memory({ initial: 1 });
    const numbers = type === "f64"
      ? new Float64Array(memory.buffer)
      : new Float32Array(memory.buffer);
    numbers.set([2, 3, 4, 5]);
    instantiate(bytes, memory).f(0);
    const at = (from: number, n: number) => [...numbers.slice(from / size, from / size + n)];
    // [3, 3 …] · [0.5, 2, 0.5 …], then 7 in one lane, then the first vector up to what is cleared.
    assertEquals(at(32, 2), [1.5, 6]);
    assertEquals(at(48, 2), [7, 0]);
    assertEquals(at(128, 3), [7, ...new Array(2).fill(0)]);
    assertEquals(at(64, 16 / size), type === "f64" ? [2, 0] : [2, 3, 0, 0]);
  }
});

Deno.test("neighbours are loaded into the first lanes, and one lane goes into all", () => {
  for (const [type, counts] of [["f64", [2]], ["f32", [2, 4]]] as const) {
    for (const count of counts) {
      const code = new Code({ parameters: ["i32"], results: [] }, type);
      const size = type === "f64" ? 8 : 4, vector = code.local("v128");
      code.get(0).loadNeighbours(size, count).set(vector);
      for (let lane = 0; lane < count; lane++) {
        code.get(0).splatLane(vector, lane).storeVector(64 + 16 * lane);
      }
      const memory = new WebAssembly.Memory({ initial: 1 });
      const numbers = type === "f64"
        ? new Float64Array(memory.buffer)
        : new Float32Array(memory.buffer);
      numbers.set([2, 3, 4, 5, 6]);
      instantiate(assemble({ functions: [code], exports: { f: code } }), memory).f(0);
      const lanes = 16 / size;
      assertEquals(
        [...numbers.slice(64 / size, 64 / size + count * lanes)],
        Array.from({ length: count * lanes }, (_, i) => 3 + Math.floor(i / lanes)),
      );
    }
  }
});

Deno.test("an instruction that a type has not got is an error", () => {
  const code = new Code({ parameters: [], results: [] }, "f32");
  assertThrows(() => code.lanes("shl"), Error, "no instruction shl for f32");
});
