import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { mseLoss, SGD, sum } from "../../../mod.ts";
import { compare } from "../../../nn/fit/comparison.ts";
import type { Loss, Task } from "../../../nn/fit/trainer.ts";
import { network, points } from "../../support/points.ts";

const data = points(50);

function task(loss: Loss = (answers, y) => mseLoss(answers.flat(), y.flat())): Task {
  const model = network(1);
  return { model, loss, optimizer: new SGD(model.parameters()), data, validation: undefined };
}

/** What a loss costs example by example. */
const single = ({ model, loss }: Task) => (i: number) =>
  loss([model.forward(data.x[i])], [data.y[i]]).data;

Deno.test("a comparison meets every example, and leaves gradients and modes as they were", () => {
  const own = task();
  own.model.eval();
  own.model.parameters().forEach((p, i) => p.grad = i);
  const seen: number[] = [];
  const modes = new Set<boolean>();
  const right = single(own);
  const { problem, count } = compare(own, data, true, (i) => {
    seen.push(i);
    modes.add(own.model.training);
    return right(i);
  });
  assertEquals([problem, count], [null, 50]);
  assertEquals(seen.toSorted((a, b) => a - b), [...data.y.keys()]);
  assertEquals([[...modes], own.model.training], [[true], false]);
  assert(own.model.parameters().every((p, i) => p.grad === i));
});

Deno.test("a comparison names the example that differs", () => {
  const own = task();
  const right = single(own);
  for (const wrong of [0, 17, 49]) {
    const { problem } = compare(own, data, true, (i) => right(i) + (i === wrong ? 1e-6 : 0));
    assertStringIncludes(problem ?? "", `the loss of example ${wrong} is ${right(wrong)}`);
  }
  assertStringIncludes(compare(own, data, true, () => NaN).problem ?? "", "compiled NaN");
});

Deno.test("a difference in the last digits is none, also where they are all that is left", () => {
  const cancelling: Loss = (answers, y) =>
    sum(answers.flat().map((answer, i) => answer.add(1e9).sub(1e9).sub(y.flat()[i]).pow(2)))
      .div(y.length);
  const own = task(cancelling);
  const exact = single({ ...own, loss: (answers, y) => mseLoss(answers.flat(), y.flat()) });
  assertEquals(compare(own, data, true, exact).problem, null);
});

Deno.test("a loss must be the mean over batches of the sizes that the training takes", () => {
  const own = (wrong: number): Loss => (answers, y) =>
    mseLoss(answers.flat(), y.flat(), { reduction: y.length === wrong ? "sum" : "mean" });
  for (const [wrong, batchSize] of [[50, 8], [8, 8], [2, 8]]) {
    const { problem } = compare(task(own(wrong)), data, true, single(task()), { batchSize });
    assertStringIncludes(problem ?? "", `the loss of ${wrong} examples is `);
  }
  assertEquals(compare(task(own(9)), data, true, single(task()), { batchSize: 8 }).problem, null);
});
