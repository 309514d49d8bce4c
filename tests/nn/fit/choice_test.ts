import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import { hingeLoss, MLP, RandomGenerator, SGD } from "../../../mod.ts";
import { chooseTrainer } from "../../../nn/fit/choice.ts";
import type { Loss, Task } from "../../../nn/fit/trainer.ts";
import { points, signed } from "../../support/points.ts";

const data = signed(points(8));

function task(dropout = 0): Task {
  const generator = new RandomGenerator(1);
  const model = new MLP(2, [4, 1], { outputActivation: "linear", dropout, generator });
  const optimizer = new SGD(model.parameters(), { lr: .1 });
  return { model, loss: hingeLoss as Loss, optimizer, data, validation: undefined };
}

const all = [...data.y.keys()];

Deno.test("what is the library's own is compiled, unless that is forbidden", () => {
  assertEquals(chooseTrainer(task(), 8, {}).reason, null);
  assertEquals(chooseTrainer(task(), 8, { compile: false }).reason, "compile is false");
});

Deno.test("single precision is used where the training is compiled, and else said not to be", () => {
  const losses = (["float64", "float32"] as const).map((precision) => {
    const { trainer, notes } = chooseTrainer(task(), 8, { precision });
    assertEquals(notes, []);
    return [trainer.step(all), trainer.step(all)];
  });
  assert(losses[0].every((loss, i) => loss !== losses[1][i]), "the numbers are others");
  assert(losses[0].every((loss, i) => Math.abs(loss - losses[1][i]) < 1e-6));
  const own = { ...task(), loss: ((scores, y) => hingeLoss(scores.flat(), y.flat())) as Loss };
  const { reason, notes } = chooseTrainer(own, 8, { precision: "float32" });
  assertMatch(reason ?? "", /a function of its own/);
  assertEquals(notes, ["in double precision"]);
});

Deno.test("where WebAssembly cannot fuse, the training is compiled without, and says why", () => {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    const { reason, notes, trainer } = chooseTrainer(task(), 8, { fused: true });
    assertEquals(reason, null);
    assertEquals(notes.length, 1);
    assertMatch(notes[0], /^not fused because compile: fused must be false where/);
    assert(trainer.step(all) > 0);
    assertThrows(
      () => chooseTrainer(task(), 8, { fused: true, compile: true }),
      RangeError,
      "compile: fused must be false where",
    );
  } finally {
    WebAssembly.validate = validate;
  }
});
