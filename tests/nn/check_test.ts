import { assertThrows } from "../support/assert.ts";
import { Value } from "../../mod.ts";
import { checkBoolean, checkInput, checkNumber, checkSize } from "../../nn/check.ts";
import { strangers, untyped } from "../support/helpers.ts";

Deno.test("checkSize() passes whole numbers from 1 and throws for others", () => {
  for (const n of [1, 2, 1e6]) checkSize("n", n);
  for (const n of [0, -1, .5, NaN, Infinity, 2 ** 53]) {
    assertThrows(() => checkSize("n", n), RangeError, `n must be a whole number from 1, got ${n}`);
  }
});

Deno.test("checkBoolean() passes true and false and throws for others", () => {
  for (const x of [true, false]) checkBoolean("x", x);
  // @ts-expect-error a number is none
  assertThrows(() => checkBoolean("x", 0), TypeError, "x must be a boolean, got number 0");
});

Deno.test("checkInput() passes lists of Values and numbers of the right length", () => {
  checkInput("f", [], 0);
  checkInput("f", [1, new Value(2), NaN], 3);
  assertThrows(() => checkInput("f", [1], 2), RangeError, "f: x must have 2 elements, got 1");
});

Deno.test("checkInput() does not skip elements that a list leaves out", () => {
  const x: number[] = [];
  x[1] = 1;
  assertThrows(
    () => checkInput("f", x, 2),
    TypeError,
    "f: x[0] must be a Value or a number, got undefined",
  );
});

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
