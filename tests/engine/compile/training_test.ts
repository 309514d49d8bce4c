import { assertEquals } from "../../support/assert.ts";
import { compile, SGD, Value } from "../../../mod.ts";

/** (w·x + v)² at x = 1, where w is 1 and v is 1. */
function square() {
  const [x, w, v] = [1, 1, 1].map((data) => new Value(data));
  const program = compile(w.mul(x).add(v).pow(2), { inputs: [x], parameters: [w, v] });
  program.load([[1]]);
  return { program, w, v };
}

Deno.test("a training of some parameters leaves the others at their Values, whatever another training does", () => {
  const { program, w, v } = square();
  const some = program.training(new SGD([w], { lr: 0.125 }));
  const all = program.training(new SGD([w, v], { lr: 0.125 }));
  assertEquals(some.step(), 4); // w = 1 − 4 / 8
  assertEquals(all.step(), 4); // w = v = 0.5, its own
  assertEquals(some.evaluate(), 2.25); // (0.5 + 1)²
  assertEquals(some.step(), 2.25);
  all.evaluate();
  some.share();
  assertEquals([w.data, v.data], [0.125, 1]);
});

Deno.test("two trainings in turns, of one parameter each, see what the other has shared", () => {
  const { program, w, v } = square();
  const [first, second] = [w, v].map((p) => program.training(new SGD([p], { lr: 0.125 })));
  const [a, b] = [w, v].map(({ data }) => new Value(data));
  const optimizers = [a, b].map((p) => new SGD([p], { lr: 0.125 }));
  for (let turn = 0; turn < 3; turn++) {
    for (const [k, training] of [first, second].entries()) {
      const loss = a.add(b).pow(2);
      a.grad = b.grad = 0;
      loss.backward();
      optimizers[k].step();
      assertEquals(training.step(), loss.data);
      training.share();
      assertEquals([w.data, v.data], [a.data, b.data]);
    }
  }
});

Deno.test("a Value that is not trained may be set between the steps", () => {
  const { program, w, v } = square();
  const training = program.training(new SGD([w], { lr: 0.125 }));
  assertEquals(training.step(), 4);
  v.data = 3;
  assertEquals(training.evaluate(), 12.25); // w is 0.5
  v.data = 4;
  assertEquals(training.step(), 20.25);
  training.share();
  assertEquals(v.data, 4);
});
