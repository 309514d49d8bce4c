import { assert, assertEquals } from "../../support/assert.ts";
import {
  Adam,
  crossEntropy,
  fit,
  hingeLoss,
  MLP,
  mseLoss,
  RandomGenerator,
  SGD,
  Value,
} from "../../../mod.ts";
import { dataOf, network, points, signed } from "../../support/points.ts";
import { eagerTrainer } from "../../../nn/fit/eager_trainer.ts";

Deno.test("fit takes the steps of the loop that is written by hand, to the last bit", () => {
  const data = points(10);
  const [ours, byHand] = [network(2), network(2)];
  const history = fit(ours, data, {
    loss: crossEntropy,
    optimizer: new Adam(ours.parameters(), { lr: 0.1 }),
    epochs: 8,
    compile: false,
  });
  const optimizer = new Adam(byHand.parameters(), { lr: 0.1 });
  const losses: number[] = [];
  for (let epoch = 0; epoch < 8; epoch++) {
    const loss = crossEntropy(data.x.map((x) => byHand.forward(x)), data.y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss.data);
  }
  assertEquals(history.losses, losses);
  assertEquals(history.epochs.map(({ loss }) => loss), losses);
  assertEquals(dataOf(ours.parameters()), dataOf(byHand.parameters()));
});

Deno.test("an optimizer may hold more than the model, such as a parameter of the loss", () => {
  const model = network(1);
  const scale = new Value(1);
  scale.grad = 1e6;
  fit(model, signed(points(4)), {
    loss: (scores, labels) => hingeLoss(scores.map((score) => score.mul(scale)), labels),
    optimizer: new SGD([...model.parameters(), scale], { lr: 0.01 }),
    epochs: 2,
  });
  assert(scale.data !== 1 && Math.abs(scale.data - 1) < 0.5, `${scale.data}`);
});

Deno.test("validation is measured in evaluation mode, and changes nothing", () => {
  const model = new MLP(2, [4, 1], { dropout: .5, generator: new RandomGenerator(1) });
  const validation = signed(points(6, 2));
  const optimizer = new SGD(model.parameters());
  const before = dataOf(model.parameters());
  const trainer = eagerTrainer({
    model,
    loss: (answers) => mseLoss(answers.flat(), validation.y),
    optimizer,
    data: signed(points(4)),
    validation,
  });
  const loss = trainer.validate();
  assertEquals([model.training, dataOf(model.parameters())], [true, before]);
  model.eval();
  const answers = validation.x.map((x) => model.forward(x));
  assertEquals(trainer.outputs(), answers.map(({ data }) => data));
  assertEquals(loss, mseLoss(answers, validation.y).data);
});
