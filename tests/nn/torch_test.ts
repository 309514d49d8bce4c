import { assert, assertEquals } from "../support/assert.ts";
import { MLP, RandomGenerator, sum } from "../../mod.ts";
import torch from "../fixtures/torch_mlp.json" with { type: "json" };

function largestError(ours: number[], theirs: number[]): number {
  assertEquals(ours.length, theirs.length);
  return Math.max(...ours.map((x, i) => Math.abs(x - theirs[i]) / Math.abs(theirs[i])));
}

Deno.test("training the tutorial's network goes PyTorch's way, step by step", () => {
  const { xs, ys, learningRate, steps } = torch;
  const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
  const parameters = () => model.parameters().map((p) => p.data);
  assertEquals(parameters(), torch.initial);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= learningRate * p.grad;
    losses.push(loss.data);
  }
  assert(largestError(losses, torch.losses) < 1e-10);
  assert(largestError(parameters(), torch.final) < 1e-10);
  assert(losses[steps - 1] < losses[0] / 10);
});
