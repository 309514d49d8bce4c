import { assert, assertEquals } from "../../../support/assert.ts";
import { assemble, Code, signed, unsigned } from "../../../../engine/compile/code/wasm.ts";

Deno.test("unsigned() gives the bytes of the specification's examples and edges", () => {
  assertEquals(unsigned(0), [0]);
  assertEquals(unsigned(127), [0x7f]);
  assertEquals(unsigned(128), [0x80, 1]);
  assertEquals(unsigned(624485), [0xe5, 0x8e, 0x26]);
  assertEquals(unsigned(2 ** 31), [0x80, 0x80, 0x80, 0x80, 8]);
  assertEquals(unsigned(2 ** 32 - 1), [0xff, 0xff, 0xff, 0xff, 0x0f]);
});

Deno.test("signed() gives the bytes of the specification's examples and edges", () => {
  assertEquals(signed(0), [0]);
  assertEquals(signed(63), [0x3f]);
  assertEquals(signed(64), [0xc0, 0]);
  assertEquals(signed(-1), [0x7f]);
  assertEquals(signed(-64), [0x40]);
  assertEquals(signed(-65), [0xbf, 0x7f]);
  assertEquals(signed(-123456), [0xc0, 0xbb, 0x78]);
  assertEquals(signed(2 ** 31 - 1), [0xff, 0xff, 0xff, 0xff, 7]);
  assertEquals(signed(-(2 ** 31)), [0x80, 0x80, 0x80, 0x80, 0x78]);
});

Deno.test("both are read back as they were written", () => {
  const read = (bytes: number[], isSigned: boolean) => {
    const value = bytes.reduce((sum, byte, i) => sum + (byte & 0x7f) * 2 ** (7 * i), 0);
    const isNegative = isSigned && (bytes[bytes.length - 1] & 0x40) !== 0;
    return isNegative ? value - 2 ** (7 * bytes.length) : value;
  };
  for (let bit = 0; bit < 31; bit++) {
    for (const x of [2 ** bit - 1, 2 ** bit, 2 ** bit + 1]) {
      assertEquals(read(unsigned(x), false), x);
      assertEquals(read(signed(x), true), x);
      assertEquals(read(signed(-x - 1), true), -x - 1);
    }
  }
});

/** Runs a function (i32, …) → i32. */
function run(write: (code: Code) => void, ...x: number[]): number {
  const parameters = x.map(() => "i32" as const);
  const code = new Code({ parameters, results: ["i32"] });
  write(code);
  const bytes = assemble({ functions: [code], exports: { f: 0 } });
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

Deno.test("functions of equal signatures share a type, and calls find them by index", () => {
  const one = new Code({ parameters: [], results: ["i32"] });
  one.i32(20);
  const two = new Code({ parameters: [], results: ["i32"] });
  two.call(0).call(0).add();
  const bytes = assemble({ functions: [one, two], exports: { one: 0, two: 1 } });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  assertEquals((exports.two as () => number)(), 40);
  assertEquals(WebAssembly.Module.exports(module).map(({ name }) => name), ["one", "two"]);
  // Magic, version, then section 1 of five bytes: one type, () → i32.
  assertEquals([...bytes.slice(8, 15)], [1, 5, 1, 0x60, 0, 1, 0x7f]);
});

Deno.test("a module may have 300,000 functions", () => {
  const empty = new Code({ parameters: [], results: [] });
  const functions = new Array<Code>(300_000).fill(empty);
  assert(WebAssembly.validate(assemble({ functions, exports: { last: 299_999 } })));
});

Deno.test("what a module calls of Math it imports once, and its own functions come after it", () => {
  const root = new Code({ parameters: ["f64"], results: ["f64"] });
  root.get(0).call("cos").call("sin").call("cos");
  const twice = new Code({ parameters: ["f64"], results: ["f64"] });
  twice.get(0).call(0).call(0);
  const bytes = assemble({ functions: [root, twice], exports: { twice: 1 } });
  const module = new WebAssembly.Module(bytes);
  assertEquals(
    WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`),
    ["env.memory", "Math.cos", "Math.sin"],
  );
  const memory = new WebAssembly.Memory({ initial: 1 });
  const halve = (x: number) => x / 2, increase = (x: number) => x + 1;
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory },
    Math: { cos: halve, sin: increase },
  });
  // (8 / 2 + 1) / 2, and the same again.
  assertEquals((exports.twice as (x: number) => number)(8), 1.125);
});

Deno.test("a call finds its function among more than 128 behind imported ones", () => {
  const numbers = Array.from({ length: 200 }, (_, i) => {
    return new Code({ parameters: [], results: ["i32"] }).i32(i);
  });
  const root = new Code({ parameters: [], results: ["i32"] });
  for (const i of [199, 126, 127, 128]) root.call(i);
  root.add().add().add();
  const host = new Code({ parameters: ["f64"], results: ["f64"] }).get(0).call("sin");
  const bytes = assemble({ functions: [...numbers, host, root], exports: { root: 201 } });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory },
    Math: { sin: Math.sin },
  });
  assertEquals((exports.root as () => number)(), 199 + 126 + 127 + 128);
});
