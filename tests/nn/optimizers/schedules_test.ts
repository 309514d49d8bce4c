import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { CosineAnnealingLR, ExponentialLR, LRScheduler, SGD, StepLR, Value } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import torch from "../../fixtures/torch_optim.json" with { type: "json" };

interface Run {
  name: string;
  options: { stepSize: number; gamma: number; tMax: number };
  lr: number;
  rates: number[];
}

interface Chained extends Pick<Run, "lr" | "rates"> {
  schedules: (Pick<Run, "name" | "options"> & { begin: number })[];
  byHand: Partial<Record<number, number>>;
}

const here = ["StepLR", "ExponentialLR", "CosineAnnealingLR"];
const runs = (torch.schedules as unknown as Run[]).filter(({ name }) => here.includes(name));
const chained = torch.chainedSchedules as unknown as Chained[];
const classes = { StepLR, ExponentialLR, CosineAnnealingLR };
const optimizer = (lr = 0.5) => new SGD([new Value(1)], { lr });

for (const { name, options, lr, rates } of runs) {
  Deno.test(`50 rates of ${name} with ${JSON.stringify(options)} are PyTorch's within 1e-12`, () => {
    const sgd = optimizer(lr);
    const schedule = new classes[name as keyof typeof classes](sgd, options);
    assertEquals(sgd.lr, lr);
    for (const [t, rate] of rates.entries()) {
      schedule.step();
      const error = sgd.lr === rate ? 0 : Math.abs(sgd.lr - rate) / rate;
      assert(error < 1e-12, `after ${t + 1} steps: ${sgd.lr}, PyTorch ${rate}, error ${error}`);
    }
  });
}

for (const { schedules, byHand, lr, rates } of chained) {
  const names = schedules.map(({ name, begin }) => begin > 0 ? `${name} from ${begin}` : name);
  const set = Object.keys(byHand).length > 0 ? `, rates set by hand ${JSON.stringify(byHand)}` : "";
  Deno.test(`50 rates of ${names.join(" and ")}${set} are PyTorch's within 1e-12`, () => {
    const sgd = optimizer(lr);
    const made: LRScheduler[] = [];
    for (const [t, rate] of rates.entries()) {
      for (const { name, options, begin } of schedules) {
        if (begin === t) made.push(new classes[name as keyof typeof classes](sgd, options));
      }
      sgd.lr = byHand[t] ?? sgd.lr;
      for (const schedule of made) schedule.step();
      const error = sgd.lr === rate ? 0 : Math.abs(sgd.lr - rate) / rate;
      assert(error < 1e-12, `after ${t + 1} steps: ${sgd.lr}, PyTorch ${rate}, error ${error}`);
    }
  });
}

Deno.test("a schedule of one's own gets the rate at the start and the one before the step", () => {
  const got: number[][] = [];
  class Own extends LRScheduler {
    override rate(...numbers: [t: number, start: number, lr: number]): number {
      got.push(numbers);
      return 0.25;
    }
  }
  const sgd = optimizer(1);
  const schedule = new Own(sgd);
  assertEquals(schedule.optimizer, sgd);
  schedule.step();
  sgd.lr = 2;
  schedule.step();
  assertEquals(got, [[1, 1, 1], [2, 1, 2]]);
});

Deno.test("CosineAnnealingLR ends at 0 exactly, where nothing moves", () => {
  const sgd = optimizer();
  const schedule = new CosineAnnealingLR(sgd, { tMax: 3 });
  for (let t = 0; t < 3; t++) schedule.step();
  assertEquals(sgd.lr, 0);
});

Deno.test("schedules refuse what is no optimizer and numbers out of their range", () => {
  assertThrows(
    () => new ExponentialLR(untyped([]), { gamma: 0.9 }),
    TypeError,
    "ExponentialLR: optimizer must be an Optimizer, got an array of 0",
  );
  for (const gamma of [0, -1, NaN]) {
    const message = `LR: gamma must be a finite number above 0, got ${gamma}`;
    assertThrows(() => new ExponentialLR(optimizer(), { gamma }), RangeError, message);
    assertThrows(() => new StepLR(optimizer(), { stepSize: 1, gamma }), RangeError, message);
  }
  for (const n of [0, 1.5, NaN]) {
    const message = `must be a whole number from 1, got ${n}`;
    assertThrows(() => new StepLR(optimizer(), { stepSize: n }), RangeError, message);
    assertThrows(() => new CosineAnnealingLR(optimizer(), { tMax: n }), RangeError, message);
  }
  assertThrows(
    () => new CosineAnnealingLR(optimizer(), { tMax: 2, etaMin: -1 }),
    RangeError,
    "CosineAnnealingLR: etaMin must be a finite number from 0, got -1",
  );
});

Deno.test("a schedule that grows beyond all numbers throws and leaves the rate", () => {
  const sgd = optimizer();
  const schedule = new ExponentialLR(sgd, { gamma: 1e200 });
  schedule.step();
  const { lr } = sgd;
  assertThrows(() => schedule.step(), RangeError, "SGD: lr must be a finite number from 0");
  assertEquals(sgd.lr, lr);
});
