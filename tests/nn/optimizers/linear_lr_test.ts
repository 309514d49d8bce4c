import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { ExponentialLR, LinearLR, SGD, Value } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import torch from "../../fixtures/torch_optim.json" with { type: "json" };

const optimizer = () => new SGD([new Value(1)], { lr: .5 });
const runs = torch.schedules.filter(({ name }) => name === "LinearLR");

for (const { options, first, rates } of runs) {
  Deno.test(`50 rates of LinearLR with ${JSON.stringify(options)} are PyTorch's within 1e-12`, () => {
    const sgd = optimizer();
    const schedule = new LinearLR(sgd, options);
    assert(Math.abs(sgd.lr - first) < 1e-15, `at first ${sgd.lr}, PyTorch ${first}`);
    for (const [t, rate] of rates.entries()) {
      schedule.step();
      // PyTorch goes from rate to rate, so that what should be 0 keeps their rounding.
      const error = Math.abs(sgd.lr - rate) / Math.max(rate, 1e-3);
      assert(error < 1e-12, `after ${t + 1} steps: ${sgd.lr}, PyTorch ${rate}, error ${error}`);
    }
  });
}

Deno.test("LinearLR ends at 0 exactly", () => {
  const sgd = optimizer();
  const schedule = new LinearLR(sgd, { startFactor: 1, endFactor: 0, totalIters: 3 });
  for (let t = 0; t < 4; t++) schedule.step();
  assertEquals(sgd.lr, 0);
});

Deno.test("LinearLR goes on from the rate that it finds: other schedules and rates set by hand count", () => {
  const sgd = optimizer();
  const exponential = new ExponentialLR(sgd, { gamma: .5 });
  const linear = new LinearLR(sgd, { startFactor: .5, totalIters: 2 });
  const step = () => {
    exponential.step();
    linear.step();
    return sgd.lr;
  };
  assertEquals([sgd.lr, step(), step(), step()], [.25, .1875, .125, .0625]);
  sgd.lr = 4;
  assertEquals(step(), 2);
});

Deno.test("LinearLR refuses settings out of their range, and leaves the rate then", () => {
  const sgd = optimizer();
  const must = "must be a finite number";
  const wrong: [ConstructorParameters<typeof LinearLR>[1], string][] = [
    [{ startFactor: 0 }, `startFactor ${must} above 0, got 0`],
    [{ startFactor: 1.5 }, `startFactor ${must} from 0 to 1, got 1.5`],
    [{ endFactor: -1 }, `endFactor ${must} from 0 to 1, got -1`],
    [{ endFactor: NaN }, `endFactor ${must} from 0 to 1, got NaN`],
    [{ totalIters: 0 }, "totalIters must be a whole number from 1, got 0"],
  ];
  for (const [options, message] of wrong) {
    assertThrows(() => new LinearLR(sgd, options), RangeError, `LinearLR: ${message}`);
    assertEquals(sgd.lr, .5);
  }
  assertThrows(() => new LinearLR(untyped(7)), TypeError, "LinearLR: optimizer must be an Opt");
});
