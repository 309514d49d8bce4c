import { compile, type Program, Value } from "../../../../mod.ts";
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

Deno.test("a program that nobody closes does not keep the process alive", async () => {
  const mod = new URL("../../../../mod.ts", import.meta.url).href;
  const script = `
    import { compile, type Program, Value } from "${mod}";
    const [x, w] = [1, 2].map((data) => new Value(data));
    const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w], threads: 3 });
    program.load(Array.from({ length: 64 }, () => [3]));
    console.log(program.forward());
  `;
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", script],
    signal: AbortSignal.timeout(30_000),
  }).output();
  assertEquals([code, new TextDecoder().decode(stdout).trim()], [0, "36"]);
});

Deno.test("using closes a program at the end of its block", () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const rows = Array.from({ length: 64 }, () => [3]);
  let outside: Program;
  {
    using program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w], threads: 2 });
    program.load(rows);
    assertEquals(program.forward(), 36);
    outside = program;
  }
  assertThrows(() => outside.forward(), Error, "Program: it was closed");
});
