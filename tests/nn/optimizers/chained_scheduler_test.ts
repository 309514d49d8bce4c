import { assertThrows } from "../../support/assert.ts";
import { ChainedScheduler, ExponentialLR, SGD, Value } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import { testRates } from "../../support/torch_schedules.ts";

testRates("ChainedScheduler");

Deno.test("what is no list of schedules of one optimizer is refused", () => {
  const make = () => new ExponentialLR(new SGD([new Value(1)], { lr: 1 }), { gamma: .5 });
  const attempt = (schedulers: unknown) => () => new ChainedScheduler(untyped(schedulers));
  assertThrows(attempt([]), RangeError, "ChainedScheduler: schedulers must have at least one");
  assertThrows(attempt(make()), TypeError, "ChainedScheduler: schedulers must be an array");
  assertThrows(attempt([make(), 3]), TypeError, "ChainedScheduler: schedulers[1] must be an LRS");
  assertThrows(
    attempt([make(), make()]),
    RangeError,
    "ChainedScheduler: schedulers[1] must be one of the same optimizer, got one of another",
  );
});
