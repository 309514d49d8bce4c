import { assert, assertEquals, assertStrictEquals } from "../../../support/assert.ts";
import { evaluate, noFunction } from "../../../support/kernels.ts";
import { Emitter, type Expr, Lanes } from "../../../../engine/compile/code/lanes.ts";
import { Code } from "../../../../engine/compile/code/code.ts";
import { assemble } from "../../../../engine/compile/code/wasm.ts";
import { instantiate } from "../../../../engine/compile/run/instance.ts";

Deno.test("equal expressions are one object, others are not", () => {
  const b = new Lanes();
  const [x, y] = [b.local(0), b.local(1)];
  assertStrictEquals(b.op("add", x, y), b.op("add", b.local(0), b.local(1)));
  assert(b.op("add", x, y) !== b.op("add", y, x));
  assert(b.op("add", x, y) !== b.op("sub", x, y));
  assertStrictEquals(b.literal(NaN), b.literal(NaN));
  assert(b.literal(0) !== b.literal(-0));
  assert(b.literal(1) !== b.local(1));
  assert(b.bits(1n) !== b.literal(1));
  assertStrictEquals(b.load({ offset: 8, local: 1 }), b.load({ local: 1, offset: 8 }));
  assert(b.load({ offset: 8, local: 1 }) !== b.load({ offset: 8 }));
  assert(b.load({ offset: 8 }) !== b.splat({ offset: 8 }));
  assert(b.shift("shl", x, 1) !== b.shift("shl", x, 2));
  assert(b.call("f", x) !== b.call("g", x));
});

const operations: [
  string,
  (b: Lanes, x: Expr, y: Expr) => Expr,
  (x: number, y: number) => number,
][] = [
  ["add", (b, x, y) => b.op("add", x, y), (x, y) => x + y],
  ["sub", (b, x, y) => b.op("sub", x, y), (x, y) => x - y],
  ["mul", (b, x, y) => b.op("mul", x, y), (x, y) => x * y],
  ["div", (b, x, y) => b.op("div", x, y), (x, y) => x / y],
  ["min", (b, x, y) => b.op("min", x, y), Math.min],
  ["max", (b, x, y) => b.op("max", x, y), Math.max],
  ["pmin", (b, x, y) => b.op("pmin", x, y), (x, y) => y < x ? y : x],
  ["pmax", (b, x, y) => b.op("pmax", x, y), (x, y) => x < y ? y : x],
  ["abs", (b, x) => b.op("abs", x), Math.abs],
  ["neg", (b, x) => b.op("neg", x), (x) => -x],
  ["sqrt", (b, x) => b.op("sqrt", x), Math.sqrt],
  ["floor", (b, x) => b.op("floor", x), Math.floor],
  ["trunc", (b, x) => b.op("trunc", x), Math.trunc],
  ["literal", (b) => b.literal(2.5), () => 2.5],
  ["lt", (b, x, y) => b.op("and", b.op("lt", x, y), b.literal(1)), (x, y) => x < y ? 1 : 0],
  ["le", (b, x, y) => b.op("and", b.op("le", x, y), b.literal(1)), (x, y) => x <= y ? 1 : 0],
  ["gt", (b, x, y) => b.op("and", b.op("gt", x, y), b.literal(1)), (x, y) => x > y ? 1 : 0],
  ["ge", (b, x, y) => b.op("and", b.op("ge", x, y), b.literal(1)), (x, y) => x >= y ? 1 : 0],
  ["eq", (b, x, y) => b.op("and", b.op("eq", x, y), b.literal(1)), (x, y) => x === y ? 1 : 0],
  ["ne", (b, x, y) => b.op("andnot", b.literal(1), b.op("eq", x, y)), (x, y) => x !== y ? 1 : 0],
  [
    "bitselect",
    (b, x, y) => b.op("bitselect", x, y, b.op("lt", x, y)),
    (x, y) => x < y ? x : y,
  ],
];

for (const type of ["f64", "f32"] as const) {
  for (const [name, make, right] of operations) {
    Deno.test(`${name} of ${type} does in each lane what JavaScript does`, () => {
      const values = [1.5, -2.25, 0, -0, NaN, Infinity, -Infinity, 4];
      for (const y of values) {
        const lanes = type === "f64" ? 2 : 4;
        for (let i = 0; i < values.length; i += lanes) {
          const x = values.slice(i, i + lanes);
          const { results } = evaluate(type, x, x.map(() => y), (b, x, y) => [make(b, x, y)]);
          assertEquals(
            results[0],
            x.map((xi) => type === "f64" ? right(xi, y) : Math.fround(right(xi, y))),
          );
        }
      }
    });
  }
}

Deno.test("what several expressions share is computed once", () => {
  const product = (b: Lanes, x: Expr, y: Expr) => b.op("sqrt", b.op("mul", x, y));
  const { results, code } = evaluate("f64", [2, 3], [8, 12], (b, x, y) => [
    b.op("add", product(b, x, y), product(b, x, y)),
    product(b, x, y),
    b.op("neg", product(b, x, y)),
  ]);
  assertEquals(results, [[8, 12], [4, 6], [-4, -6]]);
  // f64x2.sqrt is the bytes fd ef 01.
  const text = [...code.bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  assertEquals(text.split("fd ef 01").length - 1, 1);
});

Deno.test("a literal or a local that is used often takes no local of its own", () => {
  const b = new Lanes();
  const code = new Code({ parameters: ["v128"], results: ["v128"] });
  const x = b.local(0), two = b.literal(2);
  const root = b.op("mul", b.op("add", x, two), b.op("sub", x, two));
  const emitter = new Emitter(code, { functionOf: noFunction }, [root]);
  emitter.push(root);
  assertEquals(code.local("v128"), 1);
});

Deno.test("the local of what is shared is free again after the last use", () => {
  const b = new Lanes();
  const code = new Code({ parameters: ["v128"], results: ["v128"] });
  const square = b.op("mul", b.local(0), b.local(0)), twice = b.op("add", square, square);
  const roots = [b.op("add", twice, twice), square];
  const emitter = new Emitter(code, { functionOf: noFunction }, roots);
  emitter.push(roots[0]);
  const other = code.local("v128");
  assertEquals(other, 2);
  code.release("v128", other);
  emitter.push(square);
  assertEquals([0, 0, 0].map(() => code.local("v128")), [1, 2, 3]);
});

Deno.test("constants are loaded from where they are kept, but for those of 0 bits and 1 bits", () => {
  const b = new Lanes();
  const kept: bigint[] = [];
  const constantAt = (bits: bigint) => 16 * (kept.push(bits) - 1);
  for (const type of ["f64", "f32"] as const) {
    const code = new Code({ parameters: [], results: ["v128"] }, type);
    const root = [.5, 0, -2].map((x) => b.literal(x)).concat(b.bits(~0n), b.bits(-2n))
      .reduce((x, y) => b.op("or", x, y));
    new Emitter(code, { functionOf: noFunction, constantAt }, [root]).push(root);
  }
  assertEquals(kept, [
    ...[0x3fe00000_00000000n, 0xc0000000_00000000n, 0xffffffff_fffffffen],
    ...[0x3f000000_3f000000n, 0xc0000000_c0000000n, 0xffffffff_fffffffen],
  ]);
});

Deno.test("an expression of what lies behind loads from there, and has the rest of the other", () => {
  const b = new Lanes();
  const at = (offset: number) => b.load({ offset, local: 1 });
  const scalar = b.splat({ offset: 8 }), product = b.op("mul", scalar, b.literal(2));
  const sum = (x: Expr) => b.op("add", b.op("mul", x, x), product);
  assert(b.next(sum(at(32))) === sum(at(48)));
  assert(b.next(product) === product);
});

Deno.test("two expressions are computed side by side, with a function of two where there is one", () => {
  const b = new Lanes();
  const v128 = (count: number) => new Array<"v128">(count).fill("v128");
  const square = new Code({ parameters: v128(1), results: v128(1) });
  square.get(0).get(0).lanes("mul");
  const twice = new Code({ parameters: v128(2), results: v128(2) });
  twice.get(0).get(0).lanes("mul").get(1).get(1).lanes("mul");
  const root = (x: Expr) => {
    const y = b.call("square", b.op("add", x, b.literal(1)));
    return b.op("sub", b.op("mul", y, y), b.call("square", b.literal(2)));
  };
  const code = new Code({ parameters: v128(2), results: v128(2) });
  const roots = [0, 1].map((local) => root(b.local(local)));
  const around = { functionOf: () => square, twiceOf: () => twice };
  const emitter = new Emitter(code, around, roots);
  emitter.computeBoth(roots[0], roots[1]);
  for (const root of roots) emitter.push(root);

  const run = new Code({ parameters: [], results: [] });
  for (const at of [0, 16]) run.i32(0).loadVector(at);
  const results = [run.local("v128"), run.local("v128")];
  run.call(code).set(results[1]).set(results[0]);
  results.forEach((result, v) => run.i32(0).get(result).storeVector(32 + 16 * v));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const numbers = new Float64Array(memory.buffer, 0, 8);
  numbers.set([0, 1, 2, 3]);
  const functions = [square, twice, code, run];
  instantiate(assemble({ functions, exports: { run } }), memory).run();
  assertEquals([...numbers.subarray(4)], [0, 1, 2, 3].map((x) => (x + 1) ** 4 - 4));
});
