import { assertEquals, assertThrows } from "../../../support/assert.ts";
import { Code } from "../../../../engine/compile/code/code.ts";
import { assemble } from "../../../../engine/compile/code/wasm.ts";
import { instantiate } from "../../../../engine/compile/run/instance.ts";

Deno.test("a module works on the memory that it is given, with Math's own sine and cosine", () => {
  const code = new Code({ parameters: ["i32"], results: [] });
  for (const name of ["sin", "cos"] as const) {
    const lane = code.get(0).get(0).loadVector(0).vector("f64x2.extract_lane", [0]).call(name);
    lane.vector("f64x2.splat").storeLane(name === "sin" ? 8 : 16);
  }
  const memory = new WebAssembly.Memory({ initial: 1 });
  const numbers = new Float64Array(memory.buffer);
  numbers[4] = 1e22;
  instantiate(assemble({ functions: [code], exports: { f: code } }), memory).f(32);
  assertEquals([...numbers.slice(4, 7)], [1e22, Math.sin(1e22), Math.cos(1e22)]);
});

Deno.test("a module that exports something else is refused", () => {
  // A memory of one page, exported as m.
  const bytes = Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[5, 3, 1, 0, 1],
    ...[7, 5, 1, 1, 0x6d, 2, 0],
  );
  const memory = new WebAssembly.Memory({ initial: 1 });
  assertThrows(() => instantiate(bytes, memory), Error, "a module exports what is no function");
});
