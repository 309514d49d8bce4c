/**
 * What PyTorch's optimizers do, and ours beside them.
 *
 * @module
 */
import { assert, assertEquals } from "./assert.ts";
import {
  type AdamOptions,
  MLP,
  mseLoss,
  type Optimizer,
  RandomGenerator,
  type SGDOptions,
  Value,
} from "../../mod.ts";
import torch from "../fixtures/torch_optim.json" with { type: "json" };
import mlp from "../fixtures/torch_mlp.json" with { type: "json" };

/** A class of optimizers, with all options that there are. */
type Class = new (
  parameters: readonly Value[],
  options: SGDOptions & AdamOptions,
) => Optimizer;

interface Run {
  name: string;
  options: SGDOptions & AdamOptions;
}

const runs = torch.trajectories.runs as unknown as (Run & { path: number[][] })[];
const trainings = torch.network as unknown as (Run & { losses: number[]; final: number[] })[];

function largestError(ours: readonly number[], theirs: readonly number[]): number {
  assertEquals(ours.length, theirs.length);
  return Math.max(...ours.map((x, i) => Math.abs(x - theirs[i]) / Math.abs(theirs[i])));
}

/** Tests every run that PyTorch's optimizer of this name has in the fixtures. */
export function testAsTorch(Class: Class): void {
  const { name } = Class;
  const own = ({ name }: Run) => name === Class.name;
  Deno.test(`PyTorch has gone both ways with ${name}`, () => {
    assert(runs.some(own) && trainings.some(own));
  });

  for (const run of runs.filter(own)) {
    const { options, path } = run;
    Deno.test(`50 steps of ${name} with ${JSON.stringify(options)} are PyTorch's within 1e-12`, () => {
      const [x, y, z] = torch.trajectories.start.map((v) => new Value(v));
      const optimizer = new Class([x, y, z], options);
      const ours = path.map(() => {
        const loss = x.div(2).exp().sub(x).add(x.mul(y).tanh())
          .add(y.sub(z).pow(2).div(2)).add(z.pow(2).div(10));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return [x.data, y.data, z.data];
      });
      const error = largestError(ours.flat(), path.flat());
      assert(error < 1e-12, `error ${error}`);
    });
  }

  for (const run of trainings.filter(own)) {
    const { options, losses, final } = run;
    Deno.test(`${name} with ${JSON.stringify(options)} trains the tutorial's network PyTorch's way`, () => {
      const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
      const optimizer = new Class(model.parameters(), options);
      const ours = losses.map(() => {
        const loss = mseLoss(mlp.xs.map((x) => model.forward(x)), mlp.ys);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return loss.data;
      });
      const errors = [
        largestError(ours, losses),
        largestError(model.parameters().map((p) => p.data), final),
      ];
      assert(Math.max(...errors) < 1e-12, `errors ${errors}`);
    });
  }
}
