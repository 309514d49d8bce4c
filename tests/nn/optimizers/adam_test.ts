import { assertEquals, assertThrows } from "../../support/assert.ts";
import { Adam, AdamW, Value } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import { testAsTorch } from "../../support/torch_optimizers.ts";

testAsTorch(Adam);
testAsTorch(AdamW);

Deno.test("Adam and AdamW refuse an eps and betas out of their range", () => {
  const parameters = [new Value(1)];
  for (const Class of [Adam, AdamW]) {
    const { name } = Class;
    assertThrows(() => new Class(parameters, { eps: -1 }), RangeError, `${name}: eps`);
    for (const beta of [-0.1, 1, NaN]) {
      const message = `${name}: betas[1] must be a finite number from 0 and below 1, got ${beta}`;
      assertThrows(() => new Class(parameters, { betas: [0.9, beta] }), RangeError, message);
    }
    assertThrows(
      () => new Class(parameters, { betas: untyped([0.9]) }),
      RangeError,
      `${name}: betas must have 2 elements, got 1`,
    );
    assertThrows(
      () => new Class(parameters, { betas: untyped(0.9) }),
      TypeError,
      `${name}: betas must be an array, got number 0.9`,
    );
  }
});

Deno.test("AdamW decays by 0.01 where its weight decay is left undefined", () => {
  const { weightDecay } = new AdamW([new Value(1)], { weightDecay: undefined });
  assertEquals([weightDecay, new Adam([new Value(1)]).weightDecay], [0.01, 0]);
});
