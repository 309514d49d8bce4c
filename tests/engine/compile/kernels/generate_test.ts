import { assert, assertEquals } from "../../../support/assert.ts";
import { compile } from "../../../../engine/compile/compile.ts";
import { generate } from "../../../../engine/compile/kernels/generate.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { MLP, sum, Value } from "../../../../mod.ts";

const leaves = (n: number) => Array.from({ length: n }, (_, i) => new Value(i + .5));
const settings = { type: "f64", isFused: false, threads: 1 } as const;

/** What a module imports and exports, by name. */
function names(bytes: Uint8Array<ArrayBuffer>) {
  const module = new WebAssembly.Module(bytes);
  return {
    imports: WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`),
    exports: WebAssembly.Module.exports(module).map(({ name }) => name),
  };
}

Deno.test("the same graph gives the same bytes", () => {
  const make = () => {
    const model = new MLP(2, [3, 1]);
    const x = [new Value(1), new Value(2)];
    return compile(model.forward(x) as Value, { inputs: x, parameters: model.parameters() }).bytes;
  };
  assertEquals(make(), make());
});

Deno.test("a module imports Math's sine and cosine if an operation or its derivative needs them", () => {
  const [x, w] = leaves(2);
  const of = (loss: Value, parameters = [w]) =>
    names(generate(plan(loss, [x], parameters), settings).bytes);
  assertEquals(of(x.mul(w).exp()), { imports: ["env.memory"], exports: ["step", "evaluate"] });
  assertEquals(of(x.mul(w).sin()).imports, ["env.memory", "Math.sin", "Math.cos"]);
  // Where nothing is trained there is no derivative.
  assertEquals(of(x.sin(), []).imports, ["env.memory", "Math.sin"]);
});

Deno.test("a table of indices is kept once, in bytes from one number to the next", () => {
  const [x, ...w] = leaves(8);
  const order = [3, 1, 6, 2, 2];
  const products = order.map((i) => x.mul(w[i]));
  const { tables, memory, end } = generate(plan(sum(products), [x], w), settings);
  assertEquals(tables.map(({ offsets }) => [...offsets]), [order.map((i) => 8 * i)]);
  assertEquals(tables[0].at, memory.tables);
  assert(end >= memory.tables + 4 * order.length);
});

Deno.test("a constant lies in memory once, in both halves of a vector", () => {
  const [x, w] = leaves(2);
  const loss = x.mul(w).exp().add(x.exp());
  const { tables, memory } = generate(plan(loss, [x], [w]), settings);
  const constants = tables.map(({ offsets }) => [...new Float64Array(offsets.buffer)]);
  assertEquals(constants.filter(([c]) => c === Math.LOG2E), [[Math.LOG2E, Math.LOG2E]]);
  assert(tables.every(({ at }) => at >= memory.tables && at % 16 === 0));
});

Deno.test("a long program is many functions, each ended with the kernel that goes beyond 4096 bytes", () => {
  const [x, w] = leaves(2);
  let y = x.mul(w);
  for (let i = 0; i < 500; i++) y = sum([y, w]).tanh();
  const { bytes } = generate(plan(y, [x], [w]), settings);
  assert(bytes.length > 60_000);
  const sizes = functionSizes(bytes);
  assert(sizes.length > 15 && Math.max(...sizes) < 2 * 4096, `${sizes}`);
});

/** The lengths of a module's functions, which its last section has. */
function functionSizes(bytes: Uint8Array): number[] {
  let at = 8;
  const read = () => {
    let x = 0;
    for (let shift = 0;; shift += 7) {
      const byte = bytes[at++];
      x += (byte & 0x7f) << shift;
      if (byte < 0x80) return x;
    }
  };
  while (bytes[at++] !== 10) {
    const size = read();
    at += size;
  }
  read();
  return Array.from({ length: read() }, () => {
    const size = read();
    at += size;
    return size;
  });
}
