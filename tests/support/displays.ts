/**
 * A program that shows everything for whose picture a package is needed, and prints a line of JSON
 * for each: its text, and the media types of the pictures that it offers.
 *
 * @module
 */
import {
  Adam,
  Chart,
  confusionMatrix,
  decisionBoundary,
  diagnose,
  display,
  draw,
  explain,
  fit,
  gradcheckCurve,
  LossHistory,
  lossSurface,
  makeMoons,
  MLP,
  monitor,
  mseLoss,
  RandomGenerator,
  secant,
  steps,
  Value,
} from "../../mod.ts";

const generator = new RandomGenerator(1);
const x = new Value(2, { label: "x" });
const y = x.mul(3).add(x);
const model = new MLP(2, [4, 4, 1], { generator });
const moons = makeMoons({ samples: 20 });
const answer = () => mseLoss(moons.x.map((point) => model.forward(point)), moons.y);
const losses = new LossHistory();
losses.push(1);
losses.push(0.5);
const live = monitor(2, { output: () => {} });
for (const step of live) live.push(step);
const still = new Value(1).mul(Number.NaN);

const all = {
  value: y,
  foldedValue: answer(),
  draw: draw(y),
  explain: explain(x, y),
  steps: steps(y),
  chart: new Chart({ mark: "bar", data: { values: [{ a: 1 }] }, encoding: {} }, "a bar"),
  secant: secant((t) => t * t, 1),
  gradcheckCurve: gradcheckCurve((t) => t.exp(), [1]),
  lossHistory: losses,
  monitor: live,
  lossSurface: lossSurface(answer, model, { n: 4 }),
  fit: fit(model, moons, { loss: mseLoss, optimizer: new Adam(model.parameters()), epochs: 2 }),
  decisionBoundary: decisionBoundary(model, moons),
  confusionMatrix: confusionMatrix([0, 1], [0, 1]),
  dataset: moons,
  diagnose: diagnose(still, model),
};

for (const [name, shown] of Object.entries(all)) {
  const { "text/plain": text, ...pictures } = await shown[display]();
  console.log(JSON.stringify({ name, text, pictures: Object.keys(pictures) }));
}
