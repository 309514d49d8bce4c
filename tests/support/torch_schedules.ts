/**
 * What PyTorch's schedules of schedules do, and ours beside them.
 *
 * @module
 */
import {
  ChainedScheduler,
  CosineAnnealingLR,
  ExponentialLR,
  LinearLR,
  type LRScheduler,
  type Optimizer,
  SequentialLR,
  SGD,
  StepLR,
  Value,
} from "../../mod.ts";
import { assert } from "./assert.ts";
import torch from "../fixtures/torch_schedules.json" with { type: "json" };

interface Run {
  kind: string;
  schedules: { name: string; options: Record<string, number> }[];
  milestones: number[];
  lr: number;
  rates: number[];
}

type Class = new (optimizer: Optimizer, options: Record<string, number>) => LRScheduler;
const classes = { CosineAnnealingLR, ExponentialLR, LinearLR, StepLR } as unknown as Record<
  string,
  Class
>;

/** An optimizer with such a schedule. */
function make({ kind, schedules, milestones, lr }: Run): LRScheduler {
  const optimizer = new SGD([new Value(1)], { lr });
  const schedulers = schedules.map(({ name, options }) => new classes[name](optimizer, options));
  return kind === "SequentialLR"
    ? new SequentialLR(optimizer, { schedulers, milestones })
    : new ChainedScheduler(schedulers);
}

/** Tests the rates of all schedules of a kind, also where they are saved and loaded on the way. */
export function testRates(kind: string): void {
  for (const run of (torch.runs as unknown as Run[]).filter((run) => run.kind === kind)) {
    const names = run.schedules.map(({ name }) => name).join(", ");
    Deno.test(`30 rates of ${kind} of ${names} are PyTorch's within 1e-12`, () => {
      let schedule = make(run);
      for (const [t, rate] of run.rates.entries()) {
        const { lr } = schedule.optimizer;
        const error = Math.abs(lr - rate);
        assert(error <= 1e-12 * rate, `after ${t} steps: ${lr}, PyTorch ${rate}`);
        if (t % 4 === 0) {
          const other = make(run);
          other.loadStateDict(schedule.stateDict());
          schedule = other;
        }
        schedule.step();
      }
    });
  }
}
