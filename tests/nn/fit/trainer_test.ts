import { assert, assertEquals } from "../../support/assert.ts";
import { crossEntropy, SGD, type Value } from "../../../mod.ts";
import { liftExamples, measure, type Task } from "../../../nn/fit/trainer.ts";
import { network, points } from "../../support/points.ts";

Deno.test("lifted examples are constants, which no gradient reaches, and a copy", () => {
  const y = [0, 1];
  const lifted = liftExamples({ x: [[1, 2], [3, 4]], y });
  y[0] = 9;
  assertEquals(lifted.x.map((row) => row.map(({ data }) => data)), [[1, 2], [3, 4]]);
  assert(lifted.x.flat().every(({ requiresGrad }) => !requiresGrad));
  assertEquals(lifted.y, [0, 1]);
});

Deno.test("measuring gives the loss of all examples and their outputs, and leaves no gradients", () => {
  const [model, data] = [network(2), points(6)];
  const seen: (string | null)[] = [];
  const task: Task = {
    model,
    loss: (answers, targets) => {
      const rows = answers.map((answer) => [answer].flat());
      seen.push(...rows.flat().map(({ op }) => op));
      const loss = crossEntropy(rows, targets.flat());
      targets.fill(0); // a copy of the labels
      return loss;
    },
    optimizer: new SGD(model.parameters()),
    data,
    validation: undefined,
  };
  const lifted = liftExamples(data);
  const { loss, outputs } = measure(task, lifted);
  const answers = data.x.map((x) => model.forward(x));
  assertEquals(outputs, answers.flat().map((output) => output.data));
  assertEquals(loss, crossEntropy(answers, data.y).data);
  assertEquals(new Set(seen), new Set([null]), "the answers come without their history");
  assertEquals(lifted.y, data.y);
  assert(model.parameters().every((p: Value) => p.grad === 0));
});
