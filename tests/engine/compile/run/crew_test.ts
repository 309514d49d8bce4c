import { compile, type Program, Value } from "../../../../mod.ts";
import { assert, assertEquals, assertThrows } from "../../../support/assert.ts";
import { needs } from "../../../support/permissions.ts";

Deno.test(
  "a program whose threads have ended says so at once, and keeps its parameters",
  needs("read"),
  () => {
    const [x, w] = [1, 2].map((data) => new Value(data));
    const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w], threads: 2 });
    program.load(Array.from({ length: 64 }, () => [3]));
    assertEquals(program.forward(), 36);
    program.close();
    for (const call of [() => program.forward(), () => program.backward()]) {
      assertThrows(call, Error, "Program: it was closed, and its threads have ended");
    }
    assertEquals([w.data, w.grad], [2, 0]);
  },
);

Deno.test("threads know sin and cos of far angles, too", needs("read"), () => {
  const [x, w] = [1, 1].map((data) => new Value(data));
  const loss = w.mul(x).sin().add(w.mul(x).cos());
  const program = compile(loss, { inputs: [x], parameters: [w], threads: 3, outputs: [loss] });
  const angles = Array.from({ length: 96 }, (_, i) => 1e22 * (1 + i / 7));
  program.load(angles.map((angle) => [angle]));
  program.forward();
  assertEquals([...program.outputs()], angles.map((angle) => Math.sin(angle) + Math.cos(angle)));
  program.close();
});

Deno.test(
  "a program that nobody closes does not keep the process alive",
  needs("read", "run"),
  async () => {
    const mod = new URL("../../../../mod.ts", import.meta.url).href;
    const script = `
    import { compile, Value } from "${mod}";
    const [x, w] = [1, 2].map((data) => new Value(data));
    const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w], threads: 3 });
    program.load(Array.from({ length: 64 }, () => [3]));
    console.log(program.forward());
  `;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", script],
      signal: AbortSignal.timeout(120_000),
    }).output();
    assertEquals([code, new TextDecoder().decode(stdout).trim()], [0, "36"]);
  },
);

Deno.test("using closes a program at the end of its block", needs("read"), () => {
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
Deno.test(
  "threads that may not read their code are an error at once, and one thread needs nothing",
  {
    permissions: { read: false },
  },
  () => {
    const [x, w] = [1, 2].map((data) => new Value(data));
    const loss = w.mul(x);
    const start = performance.now();
    assertThrows(
      () => compile(loss, { inputs: [x], parameters: [w], threads: 2 }),
      Error,
      "compile: threads need permission to read ",
    );
    assert(performance.now() - start < 5000, "it must not wait for the workers");
    const alone = compile(loss, { inputs: [x], parameters: [w] });
    alone.load([[3]]);
    assertEquals(alone.forward(), 6);
  },
);
