import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { ExponentialLR, LambdaLR, SGD, Value } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import torch from "../../fixtures/torch_optim.json" with { type: "json" };

const optimizer = () => new SGD([new Value(1)], { lr: .5 });

Deno.test("50 rates of LambdaLR are PyTorch's within 1e-12, the first at once", () => {
  const { first, rates } = torch.schedules.find(({ name }) => name === "LambdaLR")!;
  const sgd = optimizer();
  const schedule = new LambdaLR(sgd, (t) => Math.min((t + 1) / 10, .97 ** t));
  assertEquals(sgd.lr, first);
  for (const [t, rate] of rates.entries()) {
    schedule.step();
    const error = Math.abs(sgd.lr - rate) / rate;
    assert(error < 1e-12, `after ${t + 1} steps: ${sgd.lr}, PyTorch ${rate}, error ${error}`);
  }
});

Deno.test("LambdaLR refuses what is no function, and factors that are no rates", () => {
  const sgd = optimizer();
  for (const [thing, name] of strangers) {
    if (typeof thing === "function") continue;
    const message = `LambdaLR: lrLambda must be a function, got ${name}`;
    assertThrows(() => new LambdaLR(sgd, untyped(thing)), TypeError, message);
  }
  for (const factor of [-1, NaN, Infinity, untyped<number>("1")]) {
    const message = "LambdaLR: lrLambda(0) must be a finite number from 0, got ";
    assertThrows(() => new LambdaLR(sgd, () => factor), RangeError, message);
  }
  assertEquals(sgd.lr, .5);
  const schedule = new LambdaLR(sgd, (t) => t === 0 ? 1 : NaN);
  assertThrows(() => schedule.step(), RangeError, "LambdaLR: lrLambda(1) must be a finite number");
  assertEquals(sgd.lr, .5);
});

Deno.test("LambdaLR has the last word: its factors are of the rate before the first schedule", () => {
  const sgd = optimizer();
  const first = new ExponentialLR(sgd, { gamma: .5 });
  first.step();
  const schedule = new LambdaLR(sgd, (t) => 1 / (t + 1));
  assertEquals(sgd.lr, .5);
  first.step();
  schedule.step();
  assertEquals(sgd.lr, .25);
});
