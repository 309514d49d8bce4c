import { compile, Value } from "../../../../mod.ts";
import { assertEquals, assertThrows } from "../../../support/assert.ts";

Deno.test("a program whose threads have ended says so at once, and keeps its parameters", () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w], threads: 2 });
  program.load(Array.from({ length: 64 }, () => [3]));
  assertEquals(program.forward(), 36);
  program.close();
  for (const call of [() => program.forward(), () => program.backward()]) {
    assertThrows(call, Error, "Program: it was closed, and its threads have ended");
  }
  assertEquals([w.data, w.grad], [2, 0]);
});
