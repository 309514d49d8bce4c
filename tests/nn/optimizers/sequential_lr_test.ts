import { assertEquals, assertThrows } from "../../support/assert.ts";
import { ExponentialLR, LambdaLR, LinearLR, SequentialLR, SGD, Value } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import { testRates } from "../../support/torch_schedules.ts";

testRates("SequentialLR");

const optimizer = (lr = 1) => new SGD([new Value(1)], { lr });

Deno.test("a schedule of one's own function begins at its milestone with its rate of 0", () => {
  const sgd = optimizer();
  const schedulers = [
    new ExponentialLR(sgd, { gamma: .5 }),
    new LambdaLR(sgd, (t) => 10 - t),
  ];
  const schedule = new SequentialLR(sgd, { schedulers, milestones: [2] });
  const rates = Array.from({ length: 4 }, () => {
    const { lr } = sgd;
    schedule.step();
    return lr;
  });
  assertEquals(rates, [1, .5, 10, 9]);
});

Deno.test("schedules one after the other can be parts of others", () => {
  const sgd = optimizer();
  const warmUp = new LinearLR(sgd, { startFactor: .5, totalIters: 2 });
  const fall = new ExponentialLR(sgd, { gamma: .5 });
  const inner = new SequentialLR(sgd, { schedulers: [warmUp, fall], milestones: [2] });
  const schedulers = [new ExponentialLR(sgd, { gamma: 1 }), inner];
  const outer = new SequentialLR(sgd, { schedulers, milestones: [2] });
  const rates = Array.from({ length: 7 }, () => {
    const { lr } = sgd;
    outer.step();
    return lr;
  });
  assertEquals(rates, [1, 1, .5, .75, 1, .5, .25]);
});

Deno.test("what is no list of schedules and milestones is refused, and the rate stays", () => {
  const sgd = optimizer();
  const one = new ExponentialLR(sgd, { gamma: .5 });
  const attempt = (schedulers: unknown, milestones: unknown) => () =>
    new SequentialLR(sgd, {
      schedulers: untyped([schedulers].flat()),
      milestones: untyped(milestones),
    });
  assertThrows(attempt([], []), RangeError, "SequentialLR: schedulers must have at least one");
  assertThrows(attempt([3], []), TypeError, "SequentialLR: schedulers[0] must be an LRScheduler");
  assertThrows(attempt([one, one], []), RangeError, "milestones must have 1 element, got 0");
  assertThrows(attempt([one], 3), TypeError, "SequentialLR: milestones must be an array");
  assertThrows(attempt([one, one], [0]), RangeError, "milestones[0] must be a whole number from 1");
  assertThrows(
    attempt([one, one, one], [4, 4]),
    RangeError,
    "milestones[1] must be a whole number from 5, got 4",
  );
  const other = new ExponentialLR(optimizer(), { gamma: .5 });
  assertThrows(
    attempt([one, other], [2]),
    RangeError,
    "SequentialLR: schedulers[1] must be one of the same optimizer, got one of another SGD(lr=1)",
  );
  assertEquals(sgd.lr, 1);
});
