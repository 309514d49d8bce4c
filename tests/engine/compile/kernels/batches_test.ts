import { assert, assertEquals } from "../../../support/assert.ts";
import { compile } from "../../../../engine/compile/compile.ts";
import { sum, Value } from "../../../../mod.ts";

for (const precision of ["float64", "float32"] as const) {
  Deno.test(`every input and output of every example of ${precision} arrives, whatever their number`, () => {
    for (const width of [0, 1, 3, 4, 5, 8, 9]) {
      const inputs = Array.from({ length: width }, () => new Value(0)), w = new Value(.5);
      const outputs = [w, ...inputs];
      const loss = sum(outputs);
      const program = compile(loss, { inputs, parameters: [w], outputs, precision });
      for (const n of [1, 2, 7, 8, 9, 31, 32, 33, 65]) {
        const rows = Array.from({ length: n }, (_, i) => inputs.map((_, k) => 100 * i + k));
        program.load(rows);
        const mean = program.forward();
        assertEquals([...program.outputs()], rows.flatMap((row) => [.5, ...row]));
        const right = .5 + rows.flat().reduce((a, b) => a + b, 0) / n;
        assert(Math.abs(mean - right) <= 1e-5 * right);
      }
    }
  });
}

Deno.test("the mean weighs all examples alike, in whichever block and lane they are", () => {
  const [x, w] = [new Value(0), new Value(1)];
  const program = compile(x.mul(w), { inputs: [x], parameters: [w] });
  for (const n of [5, 33, 70]) {
    for (const k of [0, 3, n - 1]) {
      program.load(Array.from({ length: n }, (_, i) => [i === k ? n : 0]));
      w.grad = 0;
      const loss = program.backward();
      assert(Math.abs(loss - 1) < 1e-15 && Math.abs(w.grad - 1) < 1e-15, `${k} of ${n}`);
    }
  }
});

Deno.test("what is the same for all examples counts once, and its gradient is whole", () => {
  const [x, w] = [new Value(0), new Value(3)];
  const program = compile(w.mul(w), { inputs: [x], parameters: [w], outputs: [x] });
  program.load(Array.from({ length: 40 }, (_, i) => [i]));
  assertEquals([program.backward(), w.grad, program.outputs().length], [9, 6, 40]);
});

Deno.test("a batch may be longer than the examples", () => {
  const [x, w] = [new Value(0), new Value(1)];
  const program = compile(x.mul(w), { inputs: [x], parameters: [w] });
  program.load([[2.25], [9], [20.25]]);
  const batch = Array.from({ length: 10_000 }, (_, i) => i % 3);
  const mean = (3334 * 2.25 + 3333 * (9 + 20.25)) / 10_000;
  assert(Math.abs(program.forward(batch) - mean) < 1e-12);
  assertEquals(program.forward(), 10.5);
});
