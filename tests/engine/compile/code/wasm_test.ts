import { assert, assertEquals } from "../../../support/assert.ts";
import { Code } from "../../../../engine/compile/code/code.ts";
import { assemble, withData } from "../../../../engine/compile/code/wasm.ts";

Deno.test("functions of equal signatures share a type, and one may call the other", () => {
  const one = new Code({ parameters: [], results: ["i32"] });
  one.i32(20);
  const two = new Code({ parameters: [], results: ["i32"] });
  two.call(one).call(one).add();
  const bytes = assemble({ functions: [one, two], exports: { one, two } });
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
  assert(WebAssembly.validate(assemble({ functions, exports: { last: empty } })));
});

Deno.test("what a module calls of Math it imports once, and its own functions come after it", () => {
  const root = new Code({ parameters: ["f64"], results: ["f64"] });
  root.get(0).call("cos").call("sin").call("cos");
  const twice = new Code({ parameters: ["f64"], results: ["f64"] });
  twice.get(0).call(root).call(root);
  const bytes = assemble({ functions: [root, twice], exports: { twice } });
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
  for (const i of [199, 126, 127, 128]) root.call(numbers[i]);
  root.add().add().add();
  const host = new Code({ parameters: ["f64"], results: ["f64"] }).get(0).call("sin");
  const bytes = assemble({ functions: [...numbers, host, root], exports: { root } });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory },
    Math: { sin: Math.sin },
  });
  assertEquals((exports.root as () => number)(), 199 + 126 + 127 + 128);
});

Deno.test("a module with data fills its memory when it begins, and nothing else", () => {
  const module = assemble({ functions: [], exports: {} });
  const long = new Uint8Array(300).map((_, i) => i);
  const bytes = withData(module, [{ at: 65, bytes: Uint8Array.of(1, 2) }, {
    at: 70_000,
    bytes: long,
  }]);
  const memory = new WebAssembly.Memory({ initial: 2 });
  new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const all = new Uint8Array(memory.buffer);
  assertEquals([...all.subarray(64, 68)], [0, 1, 2, 0]);
  assertEquals(all.subarray(70_000, 70_300), long);
  assertEquals(all.filter((x) => x !== 0).length, 2 + 298); // two of the long are 0
  assertEquals(withData(module, []).subarray(0, module.length), module);
});
