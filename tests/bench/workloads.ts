/**
 * What the benchmarks measure.
 *
 * @module
 */
import { MLP, RandomGenerator, sum, Value } from "../../mod.ts";

/** One step of gradient descent on the tutorial's network and its four examples. */
export function tutorialStep(): () => void {
  const xs = [[2, 3, -1], [3, -1, .5], [.5, 1, 1], [1, 1, -1]];
  const ys = [1, -1, -1, 1];
  const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
  return () => {
    const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= .05 * p.grad;
  };
}

/** One step on two half circles of 50 points each, with the max-margin loss, as in micrograd's demo. */
export function moonsStep(): () => void {
  const generator = new RandomGenerator(1);
  const noise = () => generator.uniform(-.15, .15);
  const points = Array.from({ length: 100 }, (_, i) => {
    const [angle, upper] = [Math.PI * generator.uniform(), i % 2 === 0];
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return { x: upper ? [x + noise(), y + noise()] : [1 - x + noise(), .5 - y + noise()], upper };
  });
  const model = new MLP(2, [16, 16, 1], {
    activation: "relu",
    outputActivation: "linear",
    generator,
  });
  return () => {
    const losses = points.map(({ x, upper }) => model.forward(x).mul(upper ? -1 : 1).add(1).relu());
    const loss = sum(losses).div(points.length);
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= .05 * p.grad;
  };
}

/** Builds a graph of `size` nodes over a few shared leaves, and sweeps it. */
export function graph(size: number): () => void {
  const leaves = [.5, -.25, 1].map((x) => new Value(x));
  return () => {
    let y = leaves[0];
    for (let i = leaves.length; i < size; i += 3) y = y.mul(leaves[1]).add(leaves[2]).tanh();
    y.backward();
  };
}
