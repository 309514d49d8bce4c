import { assertThrows } from "../assert.ts";
import { checkNumber } from "../../nn/check_number.ts";
import { strangers, untyped } from "../engine/helpers.ts";

Deno.test("checkNumber() passes finite numbers that hold and throws for others", () => {
  for (const x of [0, -1, 1e300]) checkNumber("x", x);
  checkNumber("x", 1, " above 0", (x) => x > 0);
  for (const x of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => checkNumber("x", x, " above 0", (x) => x > 0),
      RangeError,
      `x must be a finite number above 0, got ${x}`,
    );
  }
});

Deno.test("checkNumber() says what it got that is no number", () => {
  for (const [thing, got] of strangers) {
    assertThrows(() => checkNumber("x", untyped(thing)), RangeError, `number, got ${got}`);
  }
});
