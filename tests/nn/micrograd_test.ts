import { assert, assertEquals } from "../support/assert.ts";
import { dot, fit, hingeLoss, LRScheduler, makeMoons, MLP, SGD, type Value } from "../../mod.ts";
import micrograd from "../fixtures/micrograd_moons.json" with { type: "json" };

const { x, y, initial, losses, accuracies } = micrograd;
/** What micrograd's demonstration adds to the loss. */
const penalty = (parameters: readonly Value[]) => dot(parameters, parameters).mul(1e-4);

/** The demonstration's network before its first step. */
function start(): MLP<readonly [16, 16, 1]> {
  const model = new MLP(2, [16, 16, 1], { activation: "relu", outputActivation: "linear" });
  const parameters = model.parameters();
  assertEquals(parameters.length, initial.length);
  for (const [i, p] of parameters.entries()) p.data = initial[i];
  return model;
}

/** The largest difference between two lists, each relative to the second list's number. */
function largestError(ours: readonly number[], theirs: readonly number[]): number {
  assertEquals(ours.length, theirs.length);
  return Math.max(...ours.map((a, i) => Math.abs(a - theirs[i]) / Math.abs(theirs[i])));
}

Deno.test("the demonstration's half-moons are those of makeMoons", () => {
  const moons = makeMoons({ samples: 100, noise: 0.1, seed: 1337 });
  assertEquals(moons.y.map((label) => 2 * label - 1), y);
  assert(largestError(moons.x.flat(), x.flat()) < 1e-12);
});

Deno.test("a loop as in micrograd's demonstration goes micrograd's way, step by step", () => {
  const model = start();
  const ours = losses.map((_, step) => {
    const loss = hingeLoss(x.map((point) => model.forward(point)), y)
      .add(penalty(model.parameters()));
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= (1 - 0.9 * step / 100) * p.grad;
    return loss.data;
  });
  assert(largestError(ours, losses) < 1e-9, `${largestError(ours, losses)}`);
});

Deno.test("fit goes micrograd's way as well, and gets every point right", () => {
  class Falling extends LRScheduler {
    override rate(t: number, start: number): number {
      return start - 0.9 * t / 100;
    }
  }
  const model = start();
  const parameters = model.parameters();
  const optimizer = new SGD(parameters, { lr: 1 });
  const history = fit(model, { x, y }, {
    loss: (scores, labels) => hingeLoss(scores, labels).add(penalty(parameters)),
    optimizer,
    scheduler: new Falling(optimizer),
    epochs: 100,
  });
  assert(largestError(history.losses, losses) < 1e-9, `${largestError(history.losses, losses)}`);
  assertEquals(history.epochs.map(({ accuracy }) => accuracy), accuracies);
  assertEquals(accuracies[99], 1);
});
