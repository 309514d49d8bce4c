import { assert, assertEquals } from "../../../support/assert.ts";
import { generate, generateAlone, paysAlone } from "../../../../engine/compile/kernels/generate.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { instantiate } from "../../../../engine/compile/run/instance.ts";
import { MLP, sum, Value } from "../../../../mod.ts";

const leaves = (n: number) => Array.from({ length: n }, (_, i) => new Value(i + 1));

for (const type of ["f64", "f32"] as const) {
  Deno.test(`one example of ${type} is taken by its number, and its outputs are put where they are asked for`, () => {
    const [x, w] = [leaves(3), leaves(3)];
    const made = plan(sum(x.map((xi, i) => xi.mul(w[i]))), x, w, [x[2], w[1], x[0]]);
    const settings = { type, isFused: false, threads: 1 } as const;
    const { memory, end } = generate(made, settings);
    const alone = generateAlone(made, settings, end);
    const own = new WebAssembly.Memory({ initial: 1 });
    const numbers = type === "f64" ? new Float64Array(own.buffer) : new Float32Array(own.buffer);
    const at = (place: number) => place / memory.scalarBytes;
    for (const { at, offsets } of alone.tables) new Int32Array(own.buffer, at).set(offsets);
    const [order, out, data] = [64, 128, 192].map((more) => alone.end + more);
    new Int32Array(own.buffer, order).set([1]);
    numbers.set([1, 10, 100], at(memory.values.scalar));
    numbers.set([7, 7, 7, 2, 3, 4], at(data));
    const { step, evaluate } = instantiate(alone.bytes, own);
    const gradients = numbers.subarray(at(memory.adjoints.scalar), at(memory.adjoints.scalar) + 3);
    for (const run of [evaluate, step]) {
      gradients.fill(9);
      run(0, order, 0, data, out);
      assertEquals(numbers[at(memory.loss)], 432);
      assertEquals([...numbers.slice(at(out), at(out) + 3)], [4, 10, 2]);
      assertEquals([...gradients], run === step ? [2, 3, 4] : [9, 9, 9]);
      // What an example was before has left nothing.
      run(0, order, 0, data, out);
      assertEquals(numbers[at(memory.loss)], 432);
    }
  });
}

Deno.test("code for one example pays in networks, and not where no two nodes are alike", () => {
  const x = leaves(2), model = new MLP(2, [8, 1]);
  assert(paysAlone(plan(model.forward(x) as Value, x, model.parameters())));
  let y = x[0].mul(x[1]);
  for (let i = 0; i < 20; i++) y = y.mul(x[i % 2]).tanh();
  assert(!paysAlone(plan(y, x, [])));
});
