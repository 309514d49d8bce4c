import { assert, assertEquals } from "../../../support/assert.ts";
import { Code } from "../../../../engine/compile/code/code.ts";
import { laneOpcodes, opcodes, vectorOpcodes } from "../../../../engine/compile/code/opcodes.ts";
import { assemble } from "../../../../engine/compile/code/wasm.ts";

Deno.test("no two instructions have one opcode", () => {
  const plain = Object.values(opcodes);
  assertEquals(new Set(plain).size, plain.length);
  const inLanes = Object.values(laneOpcodes);
  for (const type of [0, 1]) {
    const vector = [
      ...Object.values(vectorOpcodes),
      ...inLanes.flatMap((pair) => pair[type] ?? []),
    ];
    assertEquals(new Set(vector).size, vector.length);
  }
});

const unary = ["abs", "neg", "sqrt", "floor", "trunc", "not"];
const ternary = ["bitselect", "madd"];

Deno.test("every instruction on lanes takes the operands that it is said to, and gives a vector", () => {
  for (const type of ["f64", "f32"] as const) {
    for (const [name, pair] of Object.entries(laneOpcodes)) {
      if (pair[type === "f64" ? 0 : 1] === null) continue;
      const code = new Code({ parameters: ["v128", "v128", "v128"], results: ["v128"] }, type);
      const isShift = name === "shl" || name === "shr";
      const count = unary.includes(name) || isShift ? 1 : ternary.includes(name) ? 3 : 2;
      for (let i = 0; i < count; i++) code.get(i);
      if (isShift) code.i32(3);
      code.lanes(name as keyof typeof laneOpcodes);
      assert(
        WebAssembly.validate(assemble({ functions: [code], exports: { code } })),
        `${name} ${type}`,
      );
    }
  }
});
