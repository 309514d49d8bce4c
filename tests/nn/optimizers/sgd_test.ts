import { assertThrows } from "../../support/assert.ts";
import { SGD, Value } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import { testAsTorch } from "../../support/torch_optimizers.ts";

testAsTorch(SGD);

Deno.test("SGD refuses a momentum below 0 and a dampening that is no number", () => {
  const parameters = [new Value(1)];
  assertThrows(() => new SGD(parameters, { momentum: -1 }), RangeError, "SGD: momentum");
  assertThrows(() => new SGD(parameters, { dampening: NaN }), RangeError, "SGD: dampening");
});

Deno.test("SGD refuses nesterov without momentum or with dampening", () => {
  const parameters = [new Value(1)];
  const message = "SGD: nesterov must come with momentum above 0 and dampening 0, got momentum ";
  for (const [momentum, dampening] of [[0, 0], [0.9, 0.5]]) {
    assertThrows(
      () => new SGD(parameters, { nesterov: true, momentum, dampening }),
      RangeError,
      `${message}${momentum} and dampening ${dampening}`,
    );
  }
  assertThrows(
    () => new SGD(parameters, { momentum: 0.9, nesterov: untyped(1) }),
    TypeError,
    "SGD: nesterov must be a boolean, got number 1",
  );
});
