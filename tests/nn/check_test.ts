import { assertEquals, assertThrows } from "../support/assert.ts";
import { Value } from "../../mod.ts";
import {
  checkArray,
  checkBoolean,
  checkChoice,
  checkEach,
  checkExamples,
  checkFunction,
  checkImageSize,
  checkIndices,
  checkInstance,
  checkLength,
  checkList,
  checkNumber,
  checkNumbers,
  checkObject,
  checkOperands,
  checkRows,
  checkSameLength,
  checkSize,
  checkString,
  checkWhole,
} from "../../nn/check.ts";
import { strangers, untyped } from "../support/helpers.ts";

Deno.test("checkSize() passes whole numbers from 1 and throws for others", () => {
  for (const n of [1, 2, 1e6]) checkSize("n", n);
  for (const n of [0, -1, .5, NaN, Infinity, 2 ** 53]) {
    assertThrows(() => checkSize("n", n), RangeError, `n must be a whole number from 1, got ${n}`);
  }
  checkSize("n", 5, 5);
  assertThrows(() => checkSize("n", 6, 5), RangeError, "n must be at most 5, got 6");
});

Deno.test("checkWhole() passes whole numbers between two others, or from one on", () => {
  for (const n of [0, 1, 9]) checkWhole("n", n, 0, 9);
  checkWhole("n", 2 ** 53 - 1, 0);
  for (const n of [-1, 10, .5, NaN]) {
    const message = `n must be a whole number from 0 to 9, got ${n}`;
    assertThrows(() => checkWhole("n", n, 0, 9), RangeError, message);
  }
  for (const n of [-1, 2 ** 53]) {
    const message = `n must be a whole number from 0, got ${n}`;
    assertThrows(() => checkWhole("n", n, 0), RangeError, message);
  }
});

Deno.test("checkNumber() passes finite numbers in the range and throws for others", () => {
  for (const x of [0, -1, 1e300]) checkNumber("x", x);
  const ends = [
    [" from 0", [0, 1e300], [-5e-324]],
    [" above 0", [5e-324, 1e300], [0, -1]],
    [" from 0 to 1", [0, 1], [-.1, 1.1]],
    [" from 0 and below 1", [0, .99], [-.1, 1]],
    [" between 0 and 1", [.01, .99], [0, 1]],
  ] as const;
  for (const [range, inside, outside] of ends) {
    for (const x of inside) checkNumber("x", x, range);
    for (const x of [...outside, NaN, Infinity]) {
      const message = `x must be a finite number${range}, got ${x}`;
      assertThrows(() => checkNumber("x", x, range), RangeError, message);
    }
  }
});

Deno.test("checkNumber() says what it got that is no number", () => {
  for (const [thing, got] of strangers) {
    assertThrows(() => checkNumber("x", thing), RangeError, `number, got ${got}`);
  }
});

Deno.test("checks of a type pass what is of it and throw for others", () => {
  for (const x of [true, false]) checkBoolean("x", x);
  assertThrows(() => checkBoolean("x", 0), TypeError, "x must be a boolean, got number 0");
  checkString("x", "");
  assertThrows(() => checkString("x", 0), TypeError, "x must be a string, got number 0");
  checkFunction("x", Math.sin);
  assertThrows(() => checkFunction("x", {}), TypeError, "x must be a function, got an object");
  checkObject("x", {});
  for (const [x, got] of [[null, "null"], [[], "an array of 0"], ["", 'string ""']] as const) {
    assertThrows(() => checkObject("x", x), TypeError, `x must be an object, got ${got}`);
  }
  checkInstance("x", new Date(), Date, "a Date");
  assertThrows(() => checkInstance("x", {}, Date, "a Date"), TypeError, "x must be a Date, got an");
});

Deno.test("checkChoice() passes the names that there are, and says them", () => {
  checkChoice("x", "b", ["a", "b"]);
  assertThrows(
    () => checkChoice("x", "c", ["a", "b"]),
    RangeError,
    'must be a or b, got string "c"',
  );
  const names = ["a", "b", "toString"];
  assertThrows(() => checkChoice("x", 1, names), RangeError, "one of a, b, toString, got number 1");
});

Deno.test("lists must be lists, of a length if one is asked for, and else not empty", () => {
  checkArray("x", []);
  assertThrows(
    () => checkArray("x", { length: 0 }),
    TypeError,
    "x must be an array, got an object",
  );
  checkList("x", [], 0);
  assertThrows(() => checkList("x", []), RangeError, "x must have at least one element, got an em");
  assertThrows(() => checkList("x", [1], 2), RangeError, "x must have 2 elements, got 1");
  assertThrows(() => checkLength("x", [1], 2, " as y"), RangeError, "2 elements as y, got 1");
});

Deno.test("checkSameLength() names the list that is wrong, or both", () => {
  const same = (a: unknown, b: unknown) => () =>
    checkSameLength("f", { a: untyped<unknown[]>(a), b: untyped<unknown[]>(b) });
  same([1], [1])();
  assertThrows(same(1, []), TypeError, "f: a must be an array, got number 1");
  assertThrows(same([], 1), TypeError, "f: b must be an array, got number 1");
  assertThrows(same([1], []), RangeError, "f: a and b must have the same length, got 1 and 0");
  assertThrows(same([], []), RangeError, "f: a must have at least one element, got an empty array");
});

Deno.test("the elements of lists are checked by number, also those that a list leaves out", () => {
  const hole: number[] = [];
  hole[1] = 1;
  const asks = [
    [checkNumbers, RangeError, "a finite number"],
    [checkIndices, RangeError, "a whole number from 0"],
    [checkOperands, TypeError, "a Value or a number"],
    [(name: string, x: unknown) => checkEach(name, x, checkBoolean), TypeError, "a boolean"],
  ] as const;
  for (const [check, type, what] of asks) {
    assertThrows(() => check("x", hole), type, `x[0] must be ${what}, got undefined`);
    assertThrows(() => check("x", []), RangeError, "x must have at least one element");
  }
  checkNumbers("x", [1, -2], 2);
  checkIndices("x", [0, 1, 1], 2);
  assertThrows(
    () => checkIndices("x", [0, 2], 2),
    RangeError,
    "x[1] must be a whole number from 0 to 1",
  );
  checkOperands("x", [1, new Value(2), NaN], 3);
  assertThrows(() => checkOperands("x", [1], 2), RangeError, "x must have 2 elements, got 1");
});

Deno.test("rows are as long as the first, and examples have as many labels", () => {
  checkRows("x", [[1, 2], [3, 4]]);
  assertThrows(() => checkRows("x", [[1], [2, 3]]), RangeError, "x[1] must have 1 element as the");
  assertThrows(() => checkRows("x", [[1], [NaN]]), RangeError, "x[1][0] must be a finite number");
  checkExamples("data", { x: [[1], [2]], y: [0, 1] });
  const data = { x: [[1], [2]], y: [0] };
  assertThrows(() => checkExamples("data", data), RangeError, "data: x and y must have the same");
  assertThrows(
    () => checkExamples("data", untyped(null)),
    TypeError,
    "data must be a Dataset or { x, y }, got null",
  );
});

Deno.test("an image's sides multiply to its pixels, and can be drawn", () => {
  checkImageSize("size", [3, 2], 6);
  assertThrows(
    () => checkImageSize("size", null, 6),
    TypeError,
    "must be [width, height], got null",
  );
  assertThrows(() => checkImageSize("size", [3, 3], 6), RangeError, "6 pixels in all, got 3 × 3");
  assertThrows(
    () => checkImageSize("size", [1, 251], 251),
    RangeError,
    "size[1] must be at most 250",
  );
});

Deno.test("a check tells the compiler what it has found", () => {
  const unknown: unknown = [1, 2];
  checkNumbers("x", unknown);
  const sum: number = unknown[0] + unknown[1];
  assertEquals(sum, 3);
});
